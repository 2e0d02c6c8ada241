"""Colours arrive in sRGB as their profile means them; a profile that means nothing changes nothing."""

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageCms

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.icc import adobe_rgb_profile, srgb_profile
from dmdx_desktop.imaging.safe_open import open_picture
from tests.imaging.made_pictures import encoded, exif_of_adobe_rgb_camera, ramp
from tests.imaging.made_profiles import INKS, print_profile

SAMPLES = Path(__file__).parent.parent / "samples"
BOUNDS = Bounds()
CHART = Image.fromarray(ramp())


def adobe_rgb_by_formula(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Adobe RGB (1998) to sRGB straight from the two specifications (both D65), 0..255, clipped."""
    light = (pixels / 255) ** (563 / 256)
    to_xyz = np.array([[0.57667, 0.18556, 0.18823], [0.29734, 0.62736, 0.07529], [0.02703, 0.07069, 0.99134]])
    to_srgb = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    return srgb_curve(np.clip(light @ to_xyz.T @ to_srgb.T, 0, 1))


def srgb_curve(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """IEC 61966-2-1, 0..1 to 0..255."""
    return np.asarray(255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055))


def test_to_srgb_wide_gamut_follows_the_formula() -> None:
    converted = ColourConverter().to_srgb(CHART, adobe_rgb_profile())
    assert converted.converted
    assert converted.profile_name == "Adobe RGB (1998) compatible"
    difference = np.abs(np.asarray(converted.image) - adobe_rgb_by_formula(ramp()))
    assert difference.max() <= 3
    assert difference.mean() < 0.6


def test_to_srgb_keeps_alpha_while_colours_change() -> None:
    clear = CHART.copy()
    clear.putalpha(Image.fromarray(ramp()[..., 2]))
    found = ColourConverter().to_srgb(clear, adobe_rgb_profile()).image
    assert np.array_equal(np.asarray(found.getchannel("A")), ramp()[..., 2])
    assert np.abs(np.asarray(found)[..., :3] - adobe_rgb_by_formula(ramp())).max() <= 3


def test_to_srgb_of_an_srgb_profile_changes_nothing() -> None:
    system_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb_profile(), system_profile):
        found = ColourConverter().to_srgb(CHART, profile)
        assert not found.converted
        assert found.profile_name is not None
        assert np.array_equal(np.asarray(found.image), ramp())


@pytest.mark.parametrize(
    "profile",
    [b"not an icc profile" * 30, b"\x00" * 128, srgb_profile()[:200], print_profile(), adobe_rgb_profile()[:131]],
    ids=["words", "zeros", "cut", "for print", "no tags"],
)
def test_to_srgb_useless_profile_is_ignored(profile: bytes) -> None:
    found = ColourConverter().to_srgb(CHART, profile)
    assert (found.profile_name, found.converted) == (None, False)
    assert np.array_equal(np.asarray(found.image), ramp())


@pytest.mark.parametrize("position", range(4))
def test_to_srgb_print_picture_follows_its_profile(position: int) -> None:
    inks = tuple(255 if place == position else 0 for place in range(4))
    found = ColourConverter().to_srgb(Image.new("CMYK", (16, 16), inks), print_profile())
    expected = list(INKS.values())[position]
    assert found.image.mode == "RGB"
    assert np.abs(np.asarray(found.image)[0, 0].astype(int) - expected).max() <= 4


def test_to_srgb_profile_whose_name_is_no_text_is_used_all_the_same() -> None:
    profile = adobe_rgb_profile().replace(b"Adobe RGB", b"\xff\xfe\x80be\x9bRGB")
    found = ColourConverter().to_srgb(CHART, profile)
    assert found.converted
    assert found.profile_name == "unnamed"


def test_to_srgb_print_paper_is_white() -> None:
    paper = ColourConverter().to_srgb(Image.new("CMYK", (16, 16), (0, 0, 0, 0)), print_profile()).image
    assert paper.getpixel((0, 0)) == (255, 255, 255)


def test_to_srgb_print_picture_without_profile_mixes_inks() -> None:
    found = ColourConverter().to_srgb(Image.new("CMYK", (16, 16), (255, 0, 0, 128)), None)
    assert np.abs(np.asarray(found.image)[0, 0].astype(int) - (0, 127, 127)).max() <= 1


def test_to_srgb_grey_profile_brightens_grey_only() -> None:
    grey = Image.fromarray(ramp()[..., 0])
    converter = ColourConverter()
    linear = grey_profile(gamma=1.0)
    found = np.asarray(converter.to_srgb(grey, linear).image).astype(int)
    assert np.abs(found - srgb_curve(np.asarray(grey) / 255)[..., None]).max() <= 1
    assert converter.to_srgb(CHART, linear).profile_name is None


def test_to_srgb_remembers_profiles_without_mixing_them_up() -> None:
    converter = ColourConverter()
    first = np.asarray(converter.to_srgb(CHART, adobe_rgb_profile()).image)
    converter.to_srgb(CHART, srgb_profile())
    converter.to_srgb(CHART, b"words")
    assert np.array_equal(np.asarray(converter.to_srgb(CHART, adobe_rgb_profile()).image), first)


def test_open_picture_wide_gamut_sample_is_as_the_renders_without_profile() -> None:
    picture = open_picture(SAMPLES / "bangle_three-quarter_photo-adobergb.jpg", BOUNDS)
    assert picture.srgb_converted
    assert picture.profile_name == "Wide RGB (sample, Adobe-RGB-like)"
    stored = np.asarray(Image.open(SAMPLES / "bangle_three-quarter_photo-adobergb.jpg"))
    assert np.abs(np.asarray(picture.image) - adobe_rgb_by_formula(stored)).mean() < 1.0


def test_open_picture_of_an_adobe_rgb_camera_without_profile_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(encoded(CHART, "JPEG", quality=100, subsampling=0, exif=exif_of_adobe_rgb_camera()))
    picture = open_picture(path, BOUNDS)
    assert picture.srgb_converted
    assert np.abs(np.asarray(picture.image) - adobe_rgb_by_formula(np.asarray(Image.open(path)))).max() <= 3


@pytest.mark.parametrize("picture_format", ["JPEG", "TIFF"])
def test_open_picture_cmyk_with_profile_follows_it(tmp_path: Path, picture_format: str) -> None:
    path = tmp_path / "picture"
    options = {"quality": 100, "subsampling": 0} if picture_format == "JPEG" else {}
    ink = Image.new("CMYK", (32, 32), (0, 255, 0, 0))
    path.write_bytes(encoded(ink, picture_format, icc_profile=print_profile(), **options))
    picture = open_picture(path, BOUNDS)
    assert picture.profile_name == "Odd"
    assert np.abs(np.asarray(picture.image)[16, 16].astype(int) - INKS["magenta ink"]).max() <= 4


def test_open_picture_cmyk_jpeg_marked_by_adobe_and_unmarked_are_told_apart(tmp_path: Path) -> None:
    ink = Image.new("CMYK", (32, 32), (255, 0, 0, 0))
    marked = encoded(ink, "JPEG", quality=100)
    start = marked.index(b"\xff\xee\x00\x0eAdobe")
    unmarked = encoded(ImageChops.invert(ink), "JPEG", quality=100)
    unmarked = unmarked[:start] + unmarked[start + 16 :]
    for content in (marked, unmarked):
        path = tmp_path / "picture"
        path.write_bytes(content)
        found = np.asarray(open_picture(path, BOUNDS).image)[16, 16].astype(int)
        assert np.abs(found - (0, 255, 255)).max() <= 3


def test_srgb_profile_is_the_same_every_time_and_named_so() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert srgb_profile() == srgb_profile()
    assert profile.profile.profile_description == "sRGB IEC61966-2.1"
    assert len(srgb_profile()) < 3000


def grey_profile(gamma: float) -> bytes:
    """The RGB profile's layout, made a grey one: a grey curve, and nothing of the colorants."""
    rgb = bytearray(adobe_rgb_profile())
    rgb[16:20] = b"GRAY"
    curve = rgb.index(b"curv")
    rgb[curve + 12 : curve + 14] = round(gamma * 256).to_bytes(2, "big")
    place = rgb.index(b"rTRC")
    rgb[place : place + 4] = b"kTRC"
    return bytes(rgb)
