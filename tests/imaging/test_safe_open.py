"""What is refused, and in which words; what a header says; what a picture keeps of its file."""

import json
import os
import struct
from pathlib import Path

import pytest
from PIL import Image

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.formats import PictureFormat
from dmdx_desktop.imaging.safe_open import open_picture, read_header
from tests.imaging.made_pictures import RGB, encoded, png, png_chunk, ramp, tiff

SAMPLES = Path(__file__).parent.parent / "samples"
BOUNDS = Bounds()
CHART = Image.fromarray(ramp())


def code_of(path: Path, bounds: Bounds = BOUNDS) -> str:
    with pytest.raises(PictureError) as caught:
        open_picture(path, bounds)
    error = caught.value
    assert error.detail.endswith(".")
    assert error.remedy.endswith(".")
    assert path.stem not in str(error)
    return error.code


def file_of(folder: Path, content: bytes, name: str = "xyzzy.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_open_picture_every_sample_is_upright_srgb_without_remarks() -> None:
    for entry in json.loads((SAMPLES / "manifest.json").read_text("utf-8"))["images"]:
        picture = open_picture(SAMPLES / entry["file"], BOUNDS)
        seen = (entry.get("display_width", entry["width"]), entry.get("display_height", entry["height"]))
        assert (picture.width, picture.height) == seen
        assert picture.has_alpha == ("alpha" in entry["file"])
        assert picture.image.info == {}
        assert type(picture.image) is Image.Image
        assert read_header(SAMPLES / entry["file"], BOUNDS).upright_size == seen


def test_read_header_of_a_turned_photo_tells_how_it_is_stored() -> None:
    header = read_header(SAMPLES / "wedding-band_three-quarter_photo-exif.jpg", BOUNDS)
    assert header.format is PictureFormat.JPEG
    assert (header.width, header.height, header.orientation) == (960, 1200, 6)
    assert (header.bits, header.has_alpha, header.has_icc) == (8, False, False)
    assert header.file_bytes == 69564


def test_read_header_tells_depth_alpha_and_profile() -> None:
    deep = read_header(SAMPLES / "stud-earrings_front_photo.tif", BOUNDS)
    clear = read_header(SAMPLES / "wedding-band-rose_three-quarter_photo-alpha.png", BOUNDS)
    wide = read_header(SAMPLES / "bangle_three-quarter_photo-adobergb.jpg", BOUNDS)
    assert (deep.bits, clear.has_alpha, wide.has_icc) == (16, True, True)


def test_read_header_does_not_decode_pixels(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"no pixels at all")
    path = file_of(tmp_path, content + png_chunk(b"IEND", b""))
    assert read_header(path, BOUNDS).width == 64
    assert code_of(path) == "damaged"


def test_open_picture_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert code_of(tmp_path / "xyzzy.png") == "unreadable_file"


def test_open_picture_folder_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "xyzzy").mkdir()
    assert code_of(tmp_path / "xyzzy") == "unreadable_file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_open_picture_named_pipe_is_unreadable_and_never_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "xyzzy")
    assert code_of(tmp_path / "xyzzy") == "unreadable_file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_open_picture_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = file_of(tmp_path, encoded(CHART, "PNG"))
    path.chmod(0)
    assert code_of(path) == "unreadable_file"


def test_open_picture_file_above_the_byte_bound_is_too_many_bytes(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"")
    os.truncate(path, BOUNDS.file_bytes + 1)
    assert code_of(path) == "too_many_bytes"


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_open_picture_more_pixels_than_allowed_is_refused_in_every_format(tmp_path: Path, picture_format: str) -> None:
    path = file_of(tmp_path, encoded(CHART, picture_format))
    assert code_of(path, Bounds(pixels=64 * 48 - 1)) == "too_many_pixels"
    assert open_picture(path, Bounds(pixels=64 * 48)).width == 64


@pytest.mark.parametrize("size", [(20000, 10), (10, 20000), (401, 20)])
def test_open_picture_very_narrow_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    assert code_of(file_of(tmp_path, encoded(Image.new("RGB", size), "PNG"))) == "too_narrow"


def test_open_picture_smaller_than_anything_useful_is_refused(tmp_path: Path) -> None:
    assert code_of(file_of(tmp_path, encoded(Image.new("RGB", (15, 30)), "PNG"))) == "too_small"


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
@pytest.mark.parametrize("kept", [0.35, 0.6, 0.9])
def test_open_picture_cut_off_is_damaged(tmp_path: Path, picture_format: str, kept: float) -> None:
    whole = encoded(Image.open(SAMPLES / "halo-ring_front.png").resize((400, 300)), picture_format)
    assert code_of(file_of(tmp_path, whole[: int(len(whole) * kept)])) == "damaged"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_open_picture_progressive_jpeg_cut_off_is_damaged(tmp_path: Path, kept: float) -> None:
    whole = encoded(Image.open(SAMPLES / "halo-ring_top_photo.jpg"), "JPEG", progressive=True)
    assert code_of(file_of(tmp_path, whole[: int(len(whole) * kept)])) == "damaged"


@pytest.mark.parametrize("tag", [50706, 254])
def test_open_picture_camera_raw_in_tiff_clothes_is_refused(tmp_path: Path, tag: int) -> None:
    assert code_of(file_of(tmp_path, tiff(ramp(), RGB, more_tags={tag: 1}))) == "unsupported_format"


def test_open_picture_3d_file_says_what_to_export(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"solid ring\nfacet normal 0 0 1\n", "xyzzy.stl")
    with pytest.raises(PictureError) as caught:
        read_header(path, BOUNDS)
    assert caught.value.code == "unsupported_format"
    assert "PNG" in caught.value.remedy


def test_open_picture_opaque_alpha_channel_is_dropped(tmp_path: Path) -> None:
    picture = open_picture(file_of(tmp_path, encoded(CHART.convert("RGBA"), "PNG")), BOUNDS)
    assert picture.image.mode == "RGB"
    assert picture.header.has_alpha


def test_open_picture_works_after_the_file_is_gone(tmp_path: Path) -> None:
    path = file_of(tmp_path, png(ramp(), 2))
    picture = open_picture(path, BOUNDS)
    path.unlink()
    assert picture.image.getpixel((0, 0)) == (250, 20, 20)
