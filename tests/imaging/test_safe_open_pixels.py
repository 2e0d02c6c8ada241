"""Every way of storing pixels ends as the right 8-bit picture, or is refused; nothing is shown wrong."""

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.safe_open import open_picture
from tests.imaging.made_pictures import (
    CMYK_INK,
    FLOAT,
    GREY,
    RGB,
    SIGNED,
    WHITE_IS_ZERO,
    Samples,
    deep_ramp,
    encoded,
    png,
    png_chunk,
    ramp,
    tiff,
)

SAMPLES = Path(__file__).parent.parent / "samples"
BOUNDS = Bounds()
Order = Literal["<", ">"]
ORDERS: tuple[Order, Order] = ("<", ">")
ENCODINGS = [(order, deflate) for order in ORDERS for deflate in (False, True)]


def opened(folder: Path, content: bytes) -> NDArray[np.int64]:
    path = folder / "picture"
    path.write_bytes(content)
    return np.asarray(open_picture(path, BOUNDS).image).astype(np.int64)


def in_eight_bits(samples: Samples) -> NDArray[np.int64]:
    return np.rint(samples / 257).astype(np.int64)


def as_rgb(grey: Samples) -> NDArray[np.int64]:
    return np.repeat(grey[..., None], 3, axis=2).astype(np.int64)


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(PictureError) as caught:
        opened(folder, content)
    return caught.value.code


@pytest.mark.parametrize(("order", "deflate"), ENCODINGS)
def test_open_picture_16_bit_rgb_tiff_is_right(tmp_path: Path, order: Order, deflate: bool) -> None:
    deep = deep_ramp()
    found = opened(tmp_path, tiff(deep, RGB, order=order, deflate=deflate))
    assert np.abs(found - in_eight_bits(deep)).max() <= 1


@pytest.mark.parametrize(("order", "deflate"), ENCODINGS)
def test_open_picture_16_bit_grey_tiff_is_exact(tmp_path: Path, order: Order, deflate: bool) -> None:
    deep = deep_ramp(1)
    found = opened(tmp_path, tiff(deep, GREY, order=order, deflate=deflate))
    assert np.array_equal(found, as_rgb(in_eight_bits(deep)))


def test_open_picture_16_bit_grey_tiff_with_white_as_zero_is_turned_round(tmp_path: Path) -> None:
    deep = deep_ramp(1)
    found = opened(tmp_path, tiff(deep, WHITE_IS_ZERO))
    assert np.array_equal(found, as_rgb(in_eight_bits(65535 - deep)))


def test_open_picture_8_bit_grey_tiff_with_white_as_zero_is_turned_round(tmp_path: Path) -> None:
    grey = ramp()[..., 0]
    assert np.array_equal(opened(tmp_path, tiff(grey, WHITE_IS_ZERO)), as_rgb(255 - grey))


@pytest.mark.parametrize(("order", "deflate"), ENCODINGS)
def test_open_picture_16_bit_rgba_tiff_keeps_its_alpha(tmp_path: Path, order: Order, deflate: bool) -> None:
    deep = deep_ramp(4)
    found = opened(tmp_path, tiff(deep, RGB, order=order, deflate=deflate, extra_samples=2))
    assert np.abs(found - in_eight_bits(deep)).max() <= 1


def test_open_picture_premultiplied_alpha_is_divided_out(tmp_path: Path) -> None:
    half = np.zeros((48, 64, 4), np.uint16)
    half[...] = (32768, 16384, 0, 32768)
    found = opened(tmp_path, tiff(half, RGB, extra_samples=1))
    assert np.abs(found[0, 0] - (255, 128, 0, 128)).max() <= 2


def test_open_picture_fourth_sample_that_is_not_alpha_is_ignored(tmp_path: Path) -> None:
    deep = deep_ramp(4)
    found = opened(tmp_path, tiff(deep, RGB, extra_samples=0))
    assert np.abs(found - in_eight_bits(deep[..., :3])).max() <= 1


@pytest.mark.parametrize("deflate", [False, True])
def test_open_picture_8_bit_channels_one_after_another_are_right(tmp_path: Path, deflate: bool) -> None:
    assert np.array_equal(opened(tmp_path, tiff(ramp(), RGB, planar=True, deflate=deflate)), ramp())


def test_open_picture_16_bit_channels_one_after_another_are_right_or_refused(tmp_path: Path) -> None:
    deep = deep_ramp()
    found = opened(tmp_path, tiff(deep, RGB, planar=True, deflate=True))
    assert np.abs(found - in_eight_bits(deep)).max() <= 1
    assert refused(tmp_path, tiff(deep, RGB, planar=True)) == "unsupported_format"


def test_open_picture_16_bit_cmyk_tiff_mixes_inks(tmp_path: Path) -> None:
    deep = deep_ramp(4)
    found = opened(tmp_path, tiff(deep, CMYK_INK))
    inks = deep / 65535
    mixed = 255 * (1 - inks[..., :3]) * (1 - inks[..., 3:])
    assert np.abs(found - mixed).max() <= 2


@pytest.mark.parametrize("order", ORDERS)
def test_open_picture_measurements_instead_of_colours_are_refused(tmp_path: Path, order: Order) -> None:
    grey = deep_ramp(1)
    floats = tiff((grey / 65535).astype(np.float32), GREY, order=order, sample_format=FLOAT)
    colour_floats = tiff((deep_ramp() / 65535).astype(np.float32), RGB, order=order, sample_format=FLOAT)
    signed = tiff(grey.astype(np.int16), GREY, order=order, sample_format=SIGNED)
    wide = tiff(grey.astype(np.uint32), GREY, order=order)
    for content in (floats, colour_floats, signed, wide):
        assert refused(tmp_path, content) == "unsupported_format"


@pytest.mark.parametrize(("colour_type", "channels"), [(2, 3), (6, 4)])
def test_open_picture_16_bit_colour_png_is_right(tmp_path: Path, colour_type: int, channels: int) -> None:
    deep = deep_ramp(channels)
    assert np.abs(opened(tmp_path, png(deep, colour_type)) - in_eight_bits(deep)).max() <= 1


def test_open_picture_16_bit_grey_png_is_exact(tmp_path: Path) -> None:
    deep = deep_ramp(1)
    assert np.array_equal(opened(tmp_path, png(deep, 0)), as_rgb(in_eight_bits(deep)))


def test_open_picture_16_bit_grey_and_alpha_png_is_right(tmp_path: Path) -> None:
    deep = deep_ramp(2)
    found = opened(tmp_path, png(deep, 4))
    assert np.abs(found[..., 0] - in_eight_bits(deep[..., 0])).max() <= 1
    assert np.abs(found[..., 3] - in_eight_bits(deep[..., 1])).max() <= 1


def test_open_picture_16_bit_sample_tiff_looks_like_the_renders_of_its_kind() -> None:
    picture = open_picture(SAMPLES / "stud-earrings_front_photo.tif", BOUNDS)
    pixels = np.asarray(picture.image).astype(np.int64)
    sideways, downwards = np.abs(np.diff(pixels, axis=1)), np.abs(np.diff(pixels, axis=0))
    assert float(np.median(sideways)) <= 2
    assert float(np.median(downwards)) <= 2


@pytest.mark.parametrize("depth", ["16", "8"])
def test_open_picture_colour_key_becomes_transparency(tmp_path: Path, depth: str) -> None:
    samples = deep_ramp() if depth == "16" else ramp()
    key = b"".join(int(part).to_bytes(2, "big") for part in samples[3, 3])
    found = opened(tmp_path, png(samples, 2, before=png_chunk(b"tRNS", key)))
    assert found[3, 3, 3] == 0
    assert found[40, 40, 3] == 255


def test_open_picture_grey_colour_key_in_16_bits_is_compared_exactly(tmp_path: Path) -> None:
    deep = deep_ramp(1)
    key = int(deep[3, 3]).to_bytes(2, "big")
    found = opened(tmp_path, png(deep, 0, before=png_chunk(b"tRNS", key)))
    assert np.array_equal(found[..., 3] == 0, deep == deep[3, 3])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("picture_format", ["PNG", "TIFF"])
def test_open_picture_of_each_mode_looks_as_before(tmp_path: Path, mode: str, picture_format: str) -> None:
    image = Image.fromarray(ramp()).convert(mode)
    found = opened(tmp_path, encoded(image, picture_format))
    assert np.array_equal(found, np.asarray(image.convert("RGB")))


def test_open_picture_palette_with_transparency_becomes_alpha(tmp_path: Path) -> None:
    palette = Image.fromarray(ramp()).quantize(16)
    clear = palette.getpixel((3, 3))
    found = opened(tmp_path, encoded(palette, "PNG", transparency=clear))
    assert np.array_equal(found[..., 3] == 0, np.asarray(palette) == clear)


def test_open_picture_palette_with_graded_transparency_keeps_the_grades(tmp_path: Path) -> None:
    palette = Image.fromarray(ramp()).quantize(16)
    grades = bytes(range(0, 256, 17))
    found = opened(tmp_path, encoded(palette, "PNG", transparency=grades))
    assert np.array_equal(found[..., 3], np.asarray(palette).astype(np.int64) * 17)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_open_picture_bitmap_of_each_mode_looks_as_before(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(ramp()).convert(mode)
    assert np.array_equal(opened(tmp_path, encoded(image, "BMP")), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("compression", ["tiff_lzw", "packbits", "tiff_adobe_deflate"])
def test_open_picture_tiff_compressions_are_exact(tmp_path: Path, compression: str) -> None:
    image = Image.fromarray(ramp())
    assert np.array_equal(opened(tmp_path, encoded(image, "TIFF", compression=compression)), ramp())


def test_open_picture_fax_tiff_is_black_on_white(tmp_path: Path) -> None:
    page = Image.new("1", (64, 48), 1)
    page.paste(0, (8, 8, 24, 24))
    found = opened(tmp_path, encoded(page, "TIFF", compression="group4"))
    assert np.array_equal(found, np.asarray(page.convert("RGB")))
