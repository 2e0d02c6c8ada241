"""What finished pictures say of themselves: all of it, in any language, and nothing private."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from dmdx_desktop import __version__
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.imaging.provenance import COMPOSITE, Provenance, pixels_sha256, read_provenance, write_png

PICTURE = Image.linear_gradient("L").convert("RGB").resize((40, 30))
SAID = Provenance(title="Halo ring", description="Draft picture on marble.", created_at=1_764_000_123_456)


def _packet_of(path: Path) -> str:
    with Image.open(path) as image:
        image.load()
        packet = image.info["XML:com.adobe.xmp"]
    assert isinstance(packet, str)
    return packet


def test_write_png_says_what_the_picture_is(tmp_path: Path) -> None:
    target = tmp_path / "draft.png"
    written = write_png(PICTURE, target, SAID)
    read = read_provenance(target)

    assert read == SAID
    assert read is not None
    assert (read.label, read.source_type) == ("Draft", COMPOSITE)
    assert read.creator_tool == f"DMDX Studio {__version__}"
    assert (written.width, written.height, written.bytes) == (40, 30, target.stat().st_size)


def test_write_png_names_the_source_type_of_a_composite_without_generated_elements(tmp_path: Path) -> None:
    write_png(PICTURE, tmp_path / "draft.png", SAID)
    packet = _packet_of(tmp_path / "draft.png")
    types = re.findall(r"<Iptc4xmpExt:DigitalSourceType>([^<]*)</Iptc4xmpExt:DigitalSourceType>", packet)

    assert types == ["http://cv.iptc.org/newscodes/digitalsourcetype/composite"]


def test_write_png_says_nothing_but_what_was_agreed(tmp_path: Path) -> None:
    write_png(PICTURE, tmp_path / "draft.png", SAID)
    fields = set(re.findall(r"<((?:dc|xmp|Iptc4xmpExt):\w+)", _packet_of(tmp_path / "draft.png")))

    assert fields == {
        "Iptc4xmpExt:DigitalSourceType",
        "xmp:CreatorTool",
        "xmp:CreateDate",
        "xmp:Label",
        "dc:title",
        "dc:description",
    }
    with Image.open(tmp_path / "draft.png") as image:
        image.load()
        assert set(image.info) <= {"icc_profile", "XML:com.adobe.xmp", "xmp"}


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_write_png_keeps_pixels_and_embeds_srgb(mode: str, tmp_path: Path) -> None:
    target = tmp_path / "draft.png"
    picture = PICTURE.convert(mode)
    written = write_png(picture, target, SAID)

    with Image.open(target) as image:
        assert image.tobytes() == picture.tobytes()
        assert image.info["icc_profile"] == srgb_profile()
        assert written.pixels_sha256 == pixels_sha256(image)


def test_write_png_holds_nothing_private(tmp_path: Path) -> None:
    target = tmp_path / "owner-name" / "draft.png"
    target.parent.mkdir()
    picture = PICTURE.copy()
    picture.info["comment"] = b"shot for Jane Doe"
    picture.info["exif"] = b"Exif\x00\x00MM\x00*Jane Doe"
    write_png(picture, target, SAID)
    content = target.read_bytes()

    assert b"Jane" not in content
    assert b"owner-name" not in content
    assert str(tmp_path).encode() not in content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(title=st.text(max_size=80), created_at=st.integers(0, 4_000_000_000_000))
def test_write_png_with_any_title_can_be_read_again(title: str, created_at: int, tmp_path: Path) -> None:
    target = tmp_path / "draft.png"
    write_png(PICTURE, target, Provenance(title=title, description="", created_at=created_at))
    read = read_provenance(target)

    assert read is not None
    assert read.created_at == created_at
    assert read.title == "".join(sign for sign in title if sign.isprintable())


def test_pixels_sha256_of_one_changed_pixel_differs() -> None:
    changed = PICTURE.copy()
    changed.putpixel((3, 3), (1, 2, 3))

    assert pixels_sha256(changed) != pixels_sha256(PICTURE)
    assert pixels_sha256(PICTURE.convert("RGBA")) != pixels_sha256(PICTURE)


def test_write_png_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as raised:
        write_png(PICTURE, tmp_path / "missing" / "draft.png", SAID)
    assert raised.value.remedy


def test_read_provenance_of_a_picture_that_says_nothing_is_none(tmp_path: Path) -> None:
    PICTURE.save(tmp_path / "plain.png")

    assert read_provenance(tmp_path / "plain.png") is None
