"""Formats are told by content alone, from the first bytes, and no bytes upset the telling."""

import json
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dmdx_desktop.imaging.formats import (
    FILE_SUFFIXES,
    FORMAT_LABELS,
    HEAD_BYTES,
    PictureFormat,
    declared_size,
    foreign_kind,
    sniff,
)
from dmdx_desktop.models.foreign_files import Foreign
from tests.imaging.made_pictures import RGB, encoded, ramp, tiff

SAMPLES = Path(__file__).parent.parent / "samples"
CHART = Image.fromarray(ramp())
FTYP_HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
FTYP_AVIF = b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf"


def written() -> list[tuple[PictureFormat, bytes]]:
    return [
        (PictureFormat.JPEG, encoded(CHART, "JPEG")),
        (PictureFormat.PNG, encoded(CHART, "PNG")),
        (PictureFormat.WEBP, encoded(CHART, "WEBP")),
        (PictureFormat.WEBP, encoded(CHART, "WEBP", lossless=True)),
        (PictureFormat.WEBP, encoded(CHART, "WEBP", exif=b"Exif\x00\x00II*\x00")),
        (PictureFormat.TIFF, tiff(ramp(), RGB, order="<")),
        (PictureFormat.TIFF, tiff(ramp(), RGB, order=">")),
        (PictureFormat.TIFF, encoded(CHART, "TIFF", big_tiff=True)),
        (PictureFormat.BMP, encoded(CHART, "BMP")),
        (PictureFormat.GIF, encoded(CHART, "GIF")),
        (PictureFormat.HEIC, FTYP_HEIC),
    ]


@pytest.mark.parametrize(("expected", "content"), written())
def test_sniff_first_bytes_of_a_format_names_it(expected: PictureFormat, content: bytes) -> None:
    assert sniff(content[:HEAD_BYTES]) is expected


def test_sniff_every_sample_agrees_with_its_suffix() -> None:
    manifest = json.loads((SAMPLES / "manifest.json").read_text("utf-8"))
    for entry in manifest["images"]:
        found = sniff((SAMPLES / entry["file"]).read_bytes()[:HEAD_BYTES])
        assert found is not None
        assert Path(entry["file"]).suffix in FILE_SUFFIXES[found]


def test_labels_and_suffixes_cover_every_format() -> None:
    assert set(FORMAT_LABELS) == set(FILE_SUFFIXES) == set(PictureFormat)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"B",
        b"BM",
        b"BMW is a maker of cars and not a bitmap",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"<svg/>",
        FTYP_AVIF,
    ],
)
def test_sniff_something_else_is_none(content: bytes) -> None:
    assert sniff(content) is None


@pytest.mark.parametrize(
    ("content", "suffix", "expected"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', ".svg", Foreign.VECTOR),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg/>', "", Foreign.VECTOR),
        (b'<?xml version="1.0" encoding="UTF-8"?> <!DOCTYPE svg PUBLIC "..."', ".svg", Foreign.VECTOR),
        (b"solid ring exported by CAD", "", Foreign.MODEL),
        (bytes(80) + b"\x01\x00\x00\x00", ".STL", Foreign.MODEL),
        (b"3D Geometry File Format        5", ".3dm", Foreign.MODEL),
        (b"%PDF-1.7", "", Foreign.DOCUMENT),
        (b"8BPS\x00\x01", "", Foreign.LAYERED),
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", "", Foreign.CAMERA_RAW),
        (b"\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01", "", Foreign.CAMERA_RAW),
        (FTYP_AVIF, "", Foreign.OTHER_PICTURE),
        (b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00", "", Foreign.VIDEO),
        (b"plain words", ".jpg", None),
    ],
)
def test_foreign_kind_names_what_was_added(content: bytes, suffix: str, expected: Foreign | None) -> None:
    assert sniff(content) is None
    assert foreign_kind(content[:HEAD_BYTES], suffix) is expected


@pytest.mark.parametrize(
    "content", [content for kind, content in written() if kind not in (PictureFormat.TIFF, PictureFormat.JPEG)][:-1]
)
def test_declared_size_is_that_of_the_picture(content: bytes) -> None:
    assert declared_size(content[:HEAD_BYTES]) == CHART.size


def test_declared_size_of_a_bitmap_stored_top_down_is_positive() -> None:
    head = b"BM" + bytes(12) + struct.pack("<Iii", 40, 64, -48)
    assert declared_size(head) == (64, 48)


@given(st.binary(max_size=HEAD_BYTES), st.sampled_from([b"", *(content[:20] for _, content in written())]))
def test_first_bytes_of_any_kind_never_upset_the_telling(tail: bytes, start: bytes) -> None:
    head = (start + tail)[:HEAD_BYTES]
    size = declared_size(head)
    assert size is None or min(size) >= 0
    assert sniff(head) in {None, *PictureFormat}
    assert foreign_kind(head) in {None, *Foreign}
