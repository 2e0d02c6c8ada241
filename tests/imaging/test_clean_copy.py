"""A clean copy holds the pixels as seen and nothing else: no place, no owner, no remark, nothing behind the end."""

import io
import re
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dmdx_desktop.errors import LibraryError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.clean_copy import write_clean_copy
from dmdx_desktop.imaging.formats import PictureFormat
from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.imaging.safe_open import open_picture
from tests.imaging.made_pictures import encoded, exif_with_orientation, ramp

SAMPLES = Path(__file__).parent.parent / "samples"
BOUNDS = Bounds()
SECRET = b"Jane Example was here"
PNG_PARTS = {b"IHDR", b"iCCP", b"IDAT", b"IEND"}


def png_parts(content: bytes) -> list[bytes]:
    """The kinds of all chunks, and whatever follows the last one."""
    kinds, at = [], 8
    while at < len(content):
        length = struct.unpack_from(">I", content, at)[0]
        kinds.append(content[at + 4 : at + 8])
        at += 12 + length
        if kinds[-1] == b"IEND":
            break
    return [*kinds, content[at:]] if content[at:] else kinds


def jpeg_segments(content: bytes) -> list[tuple[int, bytes]]:
    """Marker and payload of every segment up to the pixels."""
    segments, at = [], 2
    while content[at + 1] != 0xDA:
        length = struct.unpack_from(">H", content, at + 2)[0]
        segments.append((content[at + 1], content[at + 4 : at + 2 + length]))
        at += 2 + length
    return segments


def assert_clean(content: bytes, picture_format: PictureFormat) -> None:
    if picture_format is PictureFormat.PNG:
        assert set(png_parts(content)) <= PNG_PARTS
    else:
        kept = [(marker, data) for marker, data in jpeg_segments(content) if 0xE0 <= marker <= 0xEF or marker == 0xFE]
        assert [marker for marker, _ in kept] == [0xE0, 0xE2]
        assert kept[1][1].startswith(b"ICC_PROFILE\x00")
        assert content.endswith(b"\xff\xd9")
    assert Image.open(io.BytesIO(content)).info["icc_profile"] == srgb_profile()


def test_write_clean_copy_of_every_sample_is_clean_and_looks_the_same(tmp_path: Path) -> None:
    for source in sorted(SAMPLES.glob("*.*")):
        if source.suffix == ".json":
            continue
        target = tmp_path / "copy"
        clean = write_clean_copy(source, target, BOUNDS)
        content = target.read_bytes()
        assert_clean(content, clean.format)
        assert (clean.bytes, clean.same_as_source) == (len(content), False)
        assert not re.search(rb"Exif|Jane Example|FakeCam|http://ns.adobe", content)
        before, after = open_picture(source, BOUNDS), open_picture(target, BOUNDS)
        assert (clean.width, clean.height) == (before.width, before.height) == (after.width, after.height)
        assert after.header.orientation == 1
        difference = np.abs(np.asarray(before.image).astype(int) - np.asarray(after.image))
        assert difference.mean() < (1.5 if clean.format is PictureFormat.JPEG else 0.001)


@pytest.mark.parametrize(
    ("picture_format", "expected"),
    [
        ("JPEG", PictureFormat.JPEG),
        ("PNG", PictureFormat.PNG),
        ("WEBP", PictureFormat.PNG),
        ("TIFF", PictureFormat.PNG),
        ("BMP", PictureFormat.PNG),
        ("GIF", PictureFormat.PNG),
    ],
)
def test_write_clean_copy_of_each_format_hides_trailing_data(
    tmp_path: Path, picture_format: str, expected: PictureFormat
) -> None:
    source, target = tmp_path / "source", tmp_path / "copy"
    source.write_bytes(encoded(Image.fromarray(ramp()), picture_format) + SECRET * 50)
    assert write_clean_copy(source, target, BOUNDS).format is expected
    assert SECRET not in target.read_bytes()
    assert_clean(target.read_bytes(), expected)


def test_write_clean_copy_of_a_picture_full_of_remarks_keeps_none(tmp_path: Path) -> None:
    chart = Image.fromarray(ramp())
    texts = PngInfo()
    texts.add_text("Comment", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
    exif = exif_with_orientation(6) + SECRET
    sources = [
        encoded(chart, "PNG", pnginfo=texts, exif=exif, dpi=(300, 300)),
        encoded(chart, "JPEG", comment=SECRET, exif=exif, xmp=SECRET, dpi=(300, 300)),
        encoded(chart, "WEBP", exif=exif, xmp=SECRET),
        encoded(chart, "TIFF", description=SECRET.decode(), artist=SECRET.decode()),
        encoded(chart, "GIF", comment=SECRET),
    ]
    for content in sources:
        assert SECRET in content
        source, target = tmp_path / "source", tmp_path / "copy"
        source.write_bytes(content)
        clean = write_clean_copy(source, target, BOUNDS)
        assert SECRET not in target.read_bytes()
        assert_clean(target.read_bytes(), clean.format)


def test_write_clean_copy_jpeg_keeps_full_colour_resolution(tmp_path: Path) -> None:
    target = tmp_path / "copy"
    write_clean_copy(SAMPLES / "ruby-pendant_front_photo.jpg", target, BOUNDS)
    frame = next(data for marker, data in jpeg_segments(target.read_bytes()) if marker == 0xC0)
    assert [frame[7 + 3 * part] for part in range(3)] == [0x11, 0x11, 0x11]


def test_write_clean_copy_of_a_clean_copy_is_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    made = write_clean_copy(SAMPLES / "stud-earrings_front_photo.tif", first, BOUNDS)
    again = write_clean_copy(first, second, BOUNDS)
    assert again.same_as_source
    assert again.sha256 == made.sha256
    assert first.read_bytes() == second.read_bytes()


def test_write_clean_copy_keeps_transparency(tmp_path: Path) -> None:
    source, target = SAMPLES / "wedding-band-rose_three-quarter_photo-alpha.png", tmp_path / "copy"
    write_clean_copy(source, target, BOUNDS)
    assert np.array_equal(np.asarray(Image.open(source)), np.asarray(Image.open(target)))


def test_write_clean_copy_into_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        write_clean_copy(SAMPLES / "halo-ring_top.png", tmp_path / "absent" / "copy", BOUNDS)
    assert caught.value.code == "unwritable"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a device that is always full")
def test_write_clean_copy_on_a_full_disk_says_so(tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.symlink_to("/dev/full")
    with pytest.raises(LibraryError) as caught:
        write_clean_copy(SAMPLES / "halo-ring_top.png", target, BOUNDS)
    assert caught.value.code == "disk_full"
    assert not target.is_symlink()
