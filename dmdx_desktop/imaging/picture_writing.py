"""Finished images as JPEG, PNG, WebP or TIFF files: sRGB with its profile, XMP of the contract, no more bytes than
allowed. Runs in picture processes.

JPEG is written without colour subsampling, under which red stones and rose gold suffer. The same image, treatment and
provenance give the same bytes: an export that is resumed recognises what it has written.
"""

import io
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

import numpy as np
from PIL import Image, ImageChops, TiffImagePlugin

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.imaging.png_writing import save_png, text_chunk
from dmdx_desktop.imaging.provenance import XMP_KEY, Provenance, packet_of
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.whole_files import whole_file
from dmdx_desktop.models.treatment import LOWEST_QUALITY, FileFormat, MetadataField, Treatment

XMP_TAG: Final = 700
QUALITY_STEP: Final = 4
COMPARED_AT: Final = 48
MOST_CHANGE: Final = 6.0
"""Mean difference of a channel, out of 255, that a lossy format may make of the image seen small; damage makes more."""


def write_picture(image: Image.Image, target: Path, treatment: Treatment, provenance: Provenance | None) -> int:
    """Write ``image`` (RGB or RGBA) and look at the file again; returns the quality it was written with.

    Raises PictureError ``file_too_large`` or ``written_wrongly``, and LibraryError where it cannot be written.
    """
    packet = ""
    if provenance is not None:
        stated = replace(provenance, creator=treatment.creator, rights=treatment.rights)
        packet = packet_of(stated, _names(treatment.metadata))
    quality = treatment.quality
    while True:
        with whole_file(target) as stream:
            _save(image, stream, treatment.format, quality, packet)
        if treatment.max_bytes is None or target.stat().st_size <= treatment.max_bytes:
            break
        if not treatment.format.is_lossy or quality <= LOWEST_QUALITY:
            target.unlink()
            raise _too_large()
        quality = max(LOWEST_QUALITY, quality - QUALITY_STEP)
    _verify(image, target, lossless=not treatment.format.is_lossy)
    return quality


def jpeg_bytes(image: Image.Image, quality: int) -> int:
    """How large ``image`` (RGB) is as a JPEG file, without what it says of itself."""
    stream = io.BytesIO()
    _save(image, stream, FileFormat.JPEG, quality, "")
    return len(stream.getvalue())


def _names(fields: Collection[MetadataField]) -> frozenset[str]:
    return frozenset(field.value for field in fields)


def _save(image: Image.Image, stream: IO[bytes], to: FileFormat, quality: int, packet: str) -> None:
    profile, xmp = srgb_profile(), packet.encode()
    bare = image.copy()
    bare.info = {}
    match to:
        case FileFormat.PNG:
            save_png(bare, stream, [text_chunk(XMP_KEY, packet)] if packet else [])
        case FileFormat.JPEG:
            stream.write(_jpeg(bare, quality, xmp))
        case FileFormat.WEBP:
            bare.save(stream, "WEBP", quality=quality, method=4, exact=False, icc_profile=profile, xmp=xmp)
        case FileFormat.TIFF:
            tags = TiffImagePlugin.ImageFileDirectory_v2()
            if packet:
                tags.tagtype[XMP_TAG] = 1
                tags[XMP_TAG] = xmp
            # The writer of compressed files wants a file of its own: it is put together in memory first.
            whole = io.BytesIO()
            bare.save(whole, "TIFF", compression="tiff_adobe_deflate", icc_profile=profile, tiffinfo=tags)
            stream.write(whole.getbuffer())


def _jpeg(image: Image.Image, quality: int, xmp: bytes) -> bytes:
    """``image`` as a JPEG file: progressive, or baseline where it is too noisy for the encoder's buffer."""
    said = {"xmp": xmp} if xmp else {}
    for progressive in (True, False):
        whole = io.BytesIO()
        try:
            image.save(
                whole,
                "JPEG",
                quality=quality,
                subsampling="4:4:4",
                progressive=progressive,
                icc_profile=srgb_profile(),
                **said,
            )
            break
        except OSError:
            if not progressive:
                raise
    return whole.getvalue()


def _verify(image: Image.Image, target: Path, *, lossless: bool) -> None:
    try:
        seen = open_picture(target, Bounds()).image
    except PictureError as error:
        raise _wrong() from error
    wanted, seen = image.convert("RGBA"), seen.convert("RGBA")
    if seen.size != wanted.size:
        raise _wrong()
    if lossless:
        if ImageChops.difference(_shown(seen), _shown(wanted)).getbbox() is not None:
            raise _wrong()
        return
    small = (min(COMPARED_AT, wanted.width), min(COMPARED_AT, wanted.height))
    pair = [np.asarray(_shown(each).resize(small, Image.Resampling.BOX), np.float32) for each in (seen, wanted)]
    if float(np.abs(pair[0] - pair[1]).mean()) > MOST_CHANGE:
        raise _wrong()


def _shown(image: Image.Image) -> Image.Image:
    """``image`` (RGBA) over white: colours that nobody sees do not count."""
    ground = Image.new("RGB", image.size, (255, 255, 255))
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _too_large() -> PictureError:
    return PictureError(
        "file_too_large",
        "The image does not fit into the channel's file size.",
        f"At quality {LOWEST_QUALITY}, the lowest we write, its file is still too large.",
        "Choose a smaller size, or JPEG.",
    )


def _wrong() -> PictureError:
    return PictureError(
        "written_wrongly",
        "An exported image could not be read again.",
        "What arrived in the folder is not what was written.",
        "Check the disk, then export it again.",
    )
