"""Exported files: every format decodes to what was meant, says what was agreed and nothing else, and keeps to bytes."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.imaging.picture_writing import write_picture
from dmdx_desktop.imaging.provenance import COMPOSITE, Provenance, read_provenance
from dmdx_desktop.models.treatment import ALWAYS_WRITTEN, LOWEST_QUALITY, FileFormat, MetadataField, Treatment

PICTURE = Image.linear_gradient("L").convert("RGB").resize((240, 180))
SAID = Provenance(title="Halo ring", description="Draft picture on marble.", created_at=1_764_000_123_456)
NOISE = Image.fromarray(np.random.default_rng(5).integers(0, 255, (300, 300, 3), np.uint8))


@pytest.mark.parametrize("to", FileFormat)
def test_write_picture_says_what_the_contract_holds_in_every_format(to: FileFormat, tmp_path: Path) -> None:
    target = tmp_path / f"ring{to.ending}"
    write_picture(PICTURE, target, Treatment(format=to), SAID)

    assert read_provenance(target) == SAID
    with Image.open(target) as image:
        assert image.info["icc_profile"] == srgb_profile()
        assert image.size == PICTURE.size


@pytest.mark.parametrize("to", FileFormat)
def test_write_picture_leaves_out_what_the_contract_leaves_out(to: FileFormat, tmp_path: Path) -> None:
    target = tmp_path / f"ring{to.ending}"
    fields = tuple(field for field in MetadataField if field in ALWAYS_WRITTEN)
    write_picture(PICTURE, target, Treatment(format=to, metadata=fields), SAID)
    read = read_provenance(target)

    assert read is not None
    assert (read.source_type, read.label, read.title, read.created_at) == (COMPOSITE, "Draft", "", 0)
    assert b"Halo ring" not in target.read_bytes()


@pytest.mark.parametrize("to", FileFormat)
def test_write_picture_takes_nothing_along_from_where_it_was(to: FileFormat, tmp_path: Path) -> None:
    picture = PICTURE.copy()
    picture.info |= {"comment": b"shot for Jane Doe", "exif": b"Exif\x00\x00MM\x00*Jane Doe", "xmp": b"Jane Doe"}
    target = tmp_path / f"ring{to.ending}"
    write_picture(picture, target, Treatment(format=to), None)

    assert b"Jane" not in target.read_bytes()


@pytest.mark.parametrize("to", FileFormat)
def test_write_picture_twice_gives_the_same_bytes(to: FileFormat, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}{to.ending}" for name in ("one", "two")]
    for file in files:
        write_picture(PICTURE, file, Treatment(format=to), SAID)

    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("to", [FileFormat.PNG, FileFormat.TIFF, FileFormat.WEBP])
def test_write_picture_keeps_what_is_transparent(to: FileFormat, tmp_path: Path) -> None:
    clear = PICTURE.convert("RGBA")
    clear.putalpha(Image.new("L", PICTURE.size, 0))
    target = tmp_path / f"ring{to.ending}"
    write_picture(clear, target, Treatment(format=to), SAID)

    with Image.open(target) as image:
        assert image.convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_write_picture_lowers_the_quality_to_fit_into_the_bytes(tmp_path: Path) -> None:
    target = tmp_path / "ring.jpg"
    free = write_picture(NOISE, target, Treatment(format=FileFormat.JPEG, quality=95), None)
    size = target.stat().st_size
    quality = write_picture(
        NOISE, target, Treatment(format=FileFormat.JPEG, quality=95, max_bytes=round(size * 0.7)), None
    )

    assert free == 95
    assert LOWEST_QUALITY <= quality < 95
    assert target.stat().st_size <= size * 0.7


@pytest.mark.parametrize("to", [FileFormat.JPEG, FileFormat.PNG])
def test_write_picture_that_cannot_fit_says_so_and_leaves_no_file(to: FileFormat, tmp_path: Path) -> None:
    target = tmp_path / f"ring{to.ending}"
    with pytest.raises(PictureError) as raised:
        write_picture(NOISE, target, Treatment(format=to, max_bytes=10_000), None)

    assert raised.value.code == "file_too_large"
    assert not target.exists()
