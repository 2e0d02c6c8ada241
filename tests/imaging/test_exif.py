"""Of EXIF only what changes the look is read, and no block, however broken, can raise."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.imaging.exif import ExifFacts, read_exif
from tests.imaging.made_pictures import exif_of_adobe_rgb_camera, exif_with_orientation


@pytest.mark.parametrize("value", range(1, 9))
def test_read_exif_valid_orientation_is_read(value: int) -> None:
    assert read_exif(exif_with_orientation(value)) == ExifFacts(orientation=value)


def test_read_exif_big_endian_without_prefix_is_read() -> None:
    block = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 8, 0, 0)
    assert read_exif(block).orientation == 8


@pytest.mark.parametrize("value", [0, 9, 99, 65535])
def test_read_exif_orientation_out_of_range_is_upright(value: int) -> None:
    assert read_exif(exif_with_orientation(value)).orientation == 1


def test_read_exif_of_an_adobe_rgb_camera_says_so() -> None:
    assert read_exif(exif_of_adobe_rgb_camera()).adobe_rgb


@given(st.binary(max_size=200), st.integers(0, 60))
def test_read_exif_any_bytes_never_raise(noise: bytes, kept: int) -> None:
    for sound in (exif_with_orientation(6), exif_of_adobe_rgb_camera()):
        facts = read_exif(sound[:kept] + noise)
        assert 1 <= facts.orientation <= 8
