"""Turning a picture upright. Pure; runs in picture processes.

Facts: the eight values of the Orientation tag, Exif 3.0 section 4.6.5.
"""

from typing import Final

from PIL import Image

_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """``image`` as it is to be seen, given the orientation (1 to 8) it was stored with."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height of a picture stored as ``width`` x ``height`` once it is upright."""
    return (height, width) if orientation >= 5 else (width, height)
