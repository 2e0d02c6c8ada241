"""HEIC pictures, where the library that reads them is installed. Runs in picture processes.

The library is optional and large native code, so it is looked for and imported only when a HEIC picture arrives.
"""

import importlib.util
from collections.abc import Callable
from typing import IO, Final

from PIL import ImageFile

from dmdx_desktop.imaging import refusals

_LIBRARY: Final = "pillow_heif"


def heic_is_available() -> bool:
    """Whether HEIC pictures can be opened on this computer."""
    return importlib.util.find_spec(_LIBRARY) is not None


def undecoded_heic(stream: IO[bytes]) -> ImageFile.ImageFile:
    """The primary picture of a HEIC file, its header read and its pixels not yet decoded.

    Rotation and mirroring stored in the container are applied by the decoder itself. Raises PictureError where
    the library is missing.
    """
    if not heic_is_available():
        raise refusals.heic_unavailable()
    from pillow_heif import HeifImageFile

    undecoded: Callable[[IO[bytes]], ImageFile.ImageFile] = HeifImageFile
    return undecoded(stream)
