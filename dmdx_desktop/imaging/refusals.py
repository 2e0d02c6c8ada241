"""The words with which a picture is refused: one function for each reason. Pure; any process and thread.

No text names the file: its path travels beside the error. Codes are stable, scripts rely on them.
"""

from typing import Final

from dmdx_desktop.errors import PictureError
from dmdx_desktop.models.foreign_files import Foreign

_FORMATS: Final = "JPEG, PNG, WebP, TIFF, BMP, GIF or HEIC"
_FOREIGN_WORDS: Final[dict[Foreign, tuple[str, str]]] = {
    Foreign.VECTOR: (
        "This is a vector drawing, not a picture made of pixels.",
        "Export it as a PNG of at least 1600 pixels and add that.",
    ),
    Foreign.MODEL: (
        "This is a 3D file, not a picture.",
        "Render or capture a view in your CAD program, export it as a PNG and add that.",
    ),
    Foreign.DOCUMENT: (
        "This is a document, not a picture.",
        "Export the page or the picture in it as a PNG and add that.",
    ),
    Foreign.LAYERED: (
        "This is a file with layers that only its own program can put together.",
        "Export it as a PNG or TIFF and add that.",
    ),
    Foreign.CAMERA_RAW: (
        "This is a camera raw file, which has to be developed first.",
        "Develop it in your photo program, export it as a TIFF or JPEG and add that.",
    ),
    Foreign.OTHER_PICTURE: (
        "This kind of picture is not opened.",
        f"Save it as {_FORMATS} and add that.",
    ),
    Foreign.VIDEO: (
        "This is a video or another media file, not a still picture.",
        "Save one frame as a JPEG or PNG and add that.",
    ),
}


def empty_file() -> PictureError:
    """The file holds no bytes at all."""
    return PictureError(
        "empty_file",
        "The file is empty.",
        "It holds no data, which often means that a copy or a download was cut off.",
        "Copy or export the picture again and add the new file.",
    )


def not_a_picture() -> PictureError:
    """The content is nothing we know, whatever its name says."""
    return PictureError(
        "not_a_picture",
        "The file is not a picture.",
        "Its content is not a picture format we know, whatever its name says.",
        f"Add a picture saved as {_FORMATS}.",
    )


def unsupported_format(kind: Foreign) -> PictureError:
    """The content is something known that is not opened; the remedy depends on what it is."""
    detail, remedy = _FOREIGN_WORDS[kind]
    return PictureError("unsupported_format", "The file is of a kind that cannot be used.", detail, remedy)


def unsupported_pixels(what: str) -> PictureError:
    """A format we open, holding pixels that have no one right appearance. ``what`` ends "It stores ..."."""
    return PictureError(
        "unsupported_format",
        "The picture is stored in a way that cannot be used.",
        f"It stores {what}.",
        "Export it as an RGB picture with 8 or 16 bits a channel and add that.",
    )


def heic_unavailable() -> PictureError:
    """A HEIC picture on a computer where the library that opens HEIC is not installed."""
    return PictureError(
        "unsupported_format",
        "HEIC pictures cannot be opened on this computer.",
        "The part of the program that reads them is not installed.",
        "Save the picture as a JPEG and add that, or install pillow-heif.",
    )


def too_many_pixels(width: int, height: int, limit: int) -> PictureError:
    """More pixels than ``limit``."""
    return PictureError(
        "too_many_pixels",
        "The picture is too large.",
        f"It is {width} x {height} pixels, and {limit // 1_000_000} megapixels is the most that is opened.",
        "Save a smaller version, 4000 pixels on the longer side is plenty, and add that.",
    )


def out_of_memory() -> PictureError:
    """Decoding needs more memory than one picture may use."""
    return PictureError(
        "out_of_memory",
        "The picture needs too much memory.",
        "Opening it takes more than one picture may use.",
        "Save a smaller version, 4000 pixels on the longer side is plenty, and add that.",
    )


def too_many_bytes(size: int, limit: int) -> PictureError:
    """A file larger than ``limit`` bytes."""
    return PictureError(
        "too_many_bytes",
        "The file is too large.",
        f"It has {size // 1_000_000} MB, and {limit // 1_000_000} MB is the most that is opened.",
        "Save a smaller version and add that.",
    )


def too_narrow(width: int, height: int, limit: int) -> PictureError:
    """One side more than ``limit`` times the other."""
    return PictureError(
        "too_narrow",
        "The picture is too narrow.",
        f"It is {width} x {height} pixels, and one side may be at most {limit} times the other.",
        "Crop it around the piece and add that.",
    )


def too_small(width: int, height: int, limit: int) -> PictureError:
    """A side shorter than ``limit`` pixels."""
    return PictureError(
        "too_small",
        "The picture is too small.",
        f"It is {width} x {height} pixels, and each side needs at least {limit}.",
        "Add a larger version, best with at least 1000 pixels on the shorter side.",
    )


def damaged() -> PictureError:
    """A known format whose content cannot be decoded whole."""
    return PictureError(
        "damaged",
        "The picture is damaged.",
        "Part of its data is missing or wrong, so it cannot be shown whole.",
        "Copy or export the picture again and add the new file.",
    )


def unreadable_file(detail: str) -> PictureError:
    """The operating system does not hand out the bytes. ``detail`` is one sentence of cause."""
    return PictureError(
        "unreadable_file",
        "The file cannot be read.",
        detail,
        "Check that the file is there and that you may open it, then try again.",
    )
