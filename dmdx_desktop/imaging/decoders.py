"""The one place where a file from outside meets a decoder. Runs in picture processes, never in the core or window.

The format is decided by content, and exactly one decoder, the one of that format, is started on it: Pillow's
registry of formats is not consulted, so no other decoder can be reached. Bounds are checked before any pixel is
decoded, truncated pictures are refused, and whatever a decoder throws leaves here as a PictureError.
"""

import errno
import os
import stat
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.imaging import refusals
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.eight_bit import to_eight_bit, uninverted
from dmdx_desktop.imaging.exif import UPRIGHT, read_exif, valid_orientation
from dmdx_desktop.imaging.formats import HEAD_BYTES, PictureFormat, declared_size, foreign_kind, sniff
from dmdx_desktop.imaging.heic import undecoded_heic
from dmdx_desktop.imaging.icc import adobe_rgb_profile
from dmdx_desktop.imaging.orientation import upright_size
from dmdx_desktop.imaging.png_checksums import refuse_wrong_checksums
from dmdx_desktop.models.foreign_files import Foreign

_DECODERS: Final[dict[PictureFormat, Callable[[IO[bytes]], ImageFile.ImageFile]]] = {
    PictureFormat.JPEG: JpegImagePlugin.JpegImageFile,
    PictureFormat.PNG: PngImagePlugin.PngImageFile,
    PictureFormat.WEBP: WebPImagePlugin.WebPImageFile,
    PictureFormat.TIFF: TiffImagePlugin.TiffImageFile,
    PictureFormat.BMP: BmpImagePlugin.BmpImageFile,
    PictureFormat.GIF: GifImagePlugin.GifImageFile,
    PictureFormat.HEIC: undecoded_heic,
}
_READ_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
)
_PNG_DEPTH_AT: Final = 24
_RARE_LAYOUT_WORDS: Final = ("unknown pixel mode", "cannot handle")
"""How Pillow words that a sound file stores its channels in a way it has no code for."""
_TIFF_SUBFILE, _TIFF_DEPTHS, _TIFF_PHOTOMETRIC, _TIFF_ORIENTATION, _TIFF_DNG_VERSION = 254, 258, 262, 274, 50706
_TIFF_WIDTH, _TIFF_HEIGHT, _TIFF_COMPRESSION, _TIFF_PLANAR = 256, 257, 259, 284
_UNCOMPRESSED, _CHANNEL_AFTER_CHANNEL = 1, 2


@dataclass(frozen=True, slots=True)
class Header:
    """What a picture says of itself before any pixel is decoded.

    ``width`` and ``height`` are pixels as stored, ``orientation`` the EXIF value 1 to 8 that says how to turn them
    (a PNG may name it only after its pixels; then it is 1 here), ``bits`` the depth of one channel, ``file_bytes``
    the size of the file.
    """

    format: PictureFormat
    width: int
    height: int
    orientation: int
    bits: int
    has_alpha: bool
    has_icc: bool
    file_bytes: int

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height in pixels as the picture is to be seen."""
        return upright_size(self.width, self.height, self.orientation)


@dataclass(frozen=True, slots=True, eq=False)
class Undecoded:
    """An open picture whose header is read and within bounds. Lives inside ``undecoded`` only."""

    image: ImageFile.ImageFile
    header: Header


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Decoded pixels, not yet turned upright and not yet sRGB.

    ``image`` is L, LA, RGB, RGBA or CMYK with 8 bits a channel; ``icc`` its colour profile or None; ``turn`` the
    orientation (1 to 8) still to be applied; ``full_size`` the width and height it has when decoded whole, turned as
    ``image`` is.
    """

    image: Image.Image
    icc: bytes | None
    turn: int
    full_size: tuple[int, int]


@contextmanager
def undecoded(path: Path, bounds: Bounds) -> Iterator[Undecoded]:
    """The picture at ``path`` with its header read and checked; it is closed on leaving.

    Raises PictureError: unreadable_file, empty_file, too_many_bytes, not_a_picture, unsupported_format, damaged,
    too_many_pixels, too_narrow, too_small.
    """
    with _regular_file(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        bounds.check_bytes(size)
        head = _first_bytes(stream)
        picture_format = _known_format(head, path.suffix)
        declared = declared_size(head)
        if declared is not None:
            bounds.check(*declared)
        with _decoder_boundary():
            image = _DECODERS[picture_format](stream)
            header = _header(image, picture_format, head, size)
        bounds.check(header.width, header.height)
        if isinstance(image, TiffImagePlugin.TiffImageFile):
            _refuse_raw_photo(image)
            _refuse_misread_layout(image, header.bits)
        yield Undecoded(image, header)


def decoded(source: Undecoded, *, at_least: int | None = None) -> Decoded:
    """The pixels of ``source``: its first frame or page.

    With ``at_least`` a JPEG may be decoded at a half, a quarter or an eighth of its size, as long as its longer side
    keeps ``at_least`` pixels; the other formats are decoded whole. Raises PictureError damaged, unsupported_format
    or out_of_memory.
    """
    image, header = source.image, source.header
    reduced_to = at_least if header.format is PictureFormat.JPEG else None
    with _decoder_boundary():
        if header.format is PictureFormat.PNG and image.fp is not None:
            refuse_wrong_checksums(image.fp)
        if reduced_to is not None:
            _draft(image, reduced_to)
        image.load()
    if header.format is PictureFormat.JPEG and image.mode == "CMYK" and "adobe" not in image.info:
        pixels = uninverted(image)
    else:
        pixels = to_eight_bit(image, header.bits, white_is_zero=_white_is_zero(image))
    full_size = pixels.size if reduced_to is None else (header.width, header.height)
    result = Decoded(pixels, _meant_profile(image, pixels.mode), _turn(image, header.format), full_size)
    pixels.info.clear()  # Pillow writes comments and other remarks it finds here into every copy it saves
    return result


@contextmanager
def _decoder_boundary() -> Iterator[None]:
    """Named boundary: a decoder fed with bytes from outside may raise anything, and all of it means one thing.

    Only calls into decoders belong inside. Their warnings are about the file, not about this program.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except DmdxError:
            raise
        except MemoryError as failure:
            raise refusals.out_of_memory() from failure
        except OSError as failure:
            raise (refusals.damaged() if failure.errno is None else _unreadable(failure)) from failure
        except SyntaxError as failure:
            rare = any(words in str(failure) for words in _RARE_LAYOUT_WORDS)
            raise (
                refusals.unsupported_pixels("its channels in a rare way") if rare else refusals.damaged()
            ) from failure
        except Exception as failure:
            raise refusals.damaged() from failure


@contextmanager
def _regular_file(path: Path) -> Iterator[IO[bytes]]:
    """``path`` open for reading, never waiting on a pipe or a device."""
    try:
        descriptor = os.open(path, _READ_FLAGS)
    except OSError as failure:
        raise _unreadable(failure) from failure
    try:
        _refuse_irregular(os.fstat(descriptor).st_mode)
        stream = os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
    with stream:
        yield stream


def _refuse_irregular(kind: int) -> None:
    if stat.S_ISDIR(kind):
        raise refusals.unreadable_file("It is a folder.")
    if not stat.S_ISREG(kind):
        raise refusals.unreadable_file("It is a device or a pipe, not an ordinary file.")


def _unreadable(failure: OSError) -> DmdxError:
    match failure.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return refusals.unreadable_file("It is no longer where it was.")
        case errno.EACCES | errno.EPERM:
            return refusals.unreadable_file("You do not have permission to open it.")
        case errno.EISDIR:
            return refusals.unreadable_file("It is a folder.")
    return refusals.unreadable_file("The disk or the network did not deliver it.")


def _first_bytes(stream: IO[bytes]) -> bytes:
    try:
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
    except OSError as failure:
        raise _unreadable(failure) from failure
    return head


def _known_format(head: bytes, suffix: str) -> PictureFormat:
    picture_format = sniff(head)
    if picture_format is None:
        kind = foreign_kind(head, suffix)
        raise refusals.not_a_picture() if kind is None else refusals.unsupported_format(kind)
    return picture_format


def _header(image: ImageFile.ImageFile, picture_format: PictureFormat, head: bytes, size: int) -> Header:
    width, height, orientation = *image.size, read_exif(_exif(image)).orientation
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        width, height = image.tag_v2[_TIFF_WIDTH], image.tag_v2[_TIFF_HEIGHT]
        orientation = valid_orientation(image.tag_v2.get(_TIFF_ORIENTATION))
    return Header(
        format=picture_format,
        width=width,
        height=height,
        orientation=UPRIGHT if picture_format is PictureFormat.HEIC else orientation,
        bits=_bits(image, picture_format, head),
        has_alpha=image.has_transparency_data,
        has_icc=_icc(image) is not None,
        file_bytes=size,
    )


def _bits(image: ImageFile.ImageFile, picture_format: PictureFormat, head: bytes) -> int:
    if picture_format is PictureFormat.PNG:
        return head[_PNG_DEPTH_AT]
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return int(max(image.tag_v2.get(_TIFF_DEPTHS, (1,))))
    if picture_format is PictureFormat.HEIC:
        return int(image.info.get("bit_depth", 8))
    return 8


def _refuse_raw_photo(image: TiffImagePlugin.TiffImageFile) -> None:
    """Refuse camera raw files in TIFF's clothes: their first page is a thumbnail, not the photo.

    DNG 1.7 section "DNGVersion"; TIFF 6.0 section 8 for NewSubfileType, bit 0 "reduced-resolution version".
    """
    reduced = image.tag_v2.get(_TIFF_SUBFILE, 0)
    if _TIFF_DNG_VERSION in image.tag_v2 or (isinstance(reduced, int) and reduced & 1):
        raise refusals.unsupported_format(Foreign.CAMERA_RAW)


def _refuse_misread_layout(image: TiffImagePlugin.TiffImageFile, bits: int) -> None:
    """Refuse what Pillow 13 decodes to noise without a word: uncompressed 16-bit channels one after another."""
    planar = image.tag_v2.get(_TIFF_PLANAR, 1) == _CHANNEL_AFTER_CHANNEL
    uncompressed = image.tag_v2.get(_TIFF_COMPRESSION, 1) == _UNCOMPRESSED
    if bits > 8 and planar and uncompressed and len(image.getbands()) > 1:
        raise refusals.unsupported_pixels("its channels one after another instead of together")


def _draft(image: ImageFile.ImageFile, at_least: int) -> None:
    longer = max(image.size)
    shorter = max(1, at_least * min(image.size) // longer)
    image.draft(None, (at_least, shorter) if image.width >= image.height else (shorter, at_least))


def _white_is_zero(image: ImageFile.ImageFile) -> bool:
    return isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_TIFF_PHOTOMETRIC) == 0


def _icc(image: ImageFile.ImageFile) -> bytes | None:
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) and profile else None


def _meant_profile(image: ImageFile.ImageFile, mode: str) -> bytes | None:
    """The embedded profile, or the one that a camera's mark stands for."""
    profile = _icc(image)
    if profile is None and mode in ("RGB", "RGBA") and read_exif(_exif(image)).adobe_rgb:
        return adobe_rgb_profile()
    return profile


def _exif(image: ImageFile.ImageFile) -> bytes:
    exif = image.info.get("exif")
    return exif if isinstance(exif, bytes) else b""


def _turn(image: ImageFile.ImageFile, picture_format: PictureFormat) -> int:
    """What is still to be turned: the decoders of TIFF and HEIC do it themselves."""
    if picture_format in (PictureFormat.TIFF, PictureFormat.HEIC):
        return UPRIGHT
    return read_exif(_exif(image)).orientation
