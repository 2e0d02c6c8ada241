"""Every way of storing pixels, brought to 8 bits a channel in one of five modes. Pure; runs in picture processes.

The result is L, LA, RGB, RGBA or CMYK, its numbers still in the colour space of the file: ``colour`` comes after.
"""

from typing import Final

import numpy as np
from PIL import Image, ImageChops

from dmdx_desktop.imaging import refusals

_STRAIGHT: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
_SIMPLE_CONVERSIONS: Final = {
    "1": "L",
    "La": "LA",
    "RGBa": "RGBA",
    "RGBX": "RGB",
    "PA": "RGBA",
    "YCbCr": "RGB",
}
_REFUSED: Final = {
    "F": "floating-point measurements instead of colours",
    "I": "32-bit or signed numbers instead of colours",
    "LAB": "Lab colours",
    "HSV": "HSV colours",
}
_ROWS_AT_ONCE: Final = 256


def to_eight_bit(image: Image.Image, bits: int, *, white_is_zero: bool = False) -> Image.Image:
    """The decoded ``image`` as L, LA, RGB, RGBA or CMYK with 8 bits a channel.

    ``bits`` is the depth of a channel in the file: colour keys of 16-bit pictures are given in that depth.
    ``white_is_zero`` says that 16-bit grey numbers run from white to black (TIFF 6.0, PhotometricInterpretation 0),
    which the decoder leaves to us. Raises PictureError for pixels that have no one right appearance.
    """
    mode = image.mode
    if mode.startswith("I;16"):
        return _from_grey_16(image, white_is_zero=white_is_zero)
    if mode in _REFUSED:
        raise refusals.unsupported_pixels(_REFUSED[mode])
    if mode == "P":
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if mode in _SIMPLE_CONVERSIONS and "transparency" not in image.info:
        return image.convert(_SIMPLE_CONVERSIONS[mode])
    if mode in ("1", "L", "RGB") and "transparency" in image.info:
        return _with_colour_key(image, bits)
    if mode in _STRAIGHT:
        return image
    raise refusals.unsupported_pixels("pixels of a rare kind")


def uninverted(cmyk: Image.Image) -> Image.Image:
    """CMYK with ink amounts turned round: for files that store them the other way than the decoder assumed."""
    return ImageChops.invert(cmyk)


def _from_grey_16(image: Image.Image, *, white_is_zero: bool) -> Image.Image:
    """16-bit grey rounded to 8 bits, a strip of rows at a time so that large pictures stay within memory."""
    key = image.info.get("transparency")
    grey = Image.new("L", image.size)
    alpha = Image.new("L", image.size, 255) if isinstance(key, int) else None
    for top in range(0, image.height, _ROWS_AT_ONCE):
        box = (0, top, image.width, min(top + _ROWS_AT_ONCE, image.height))
        deep = np.asarray(image.crop(box)).astype(np.uint32)
        shown = 65535 - deep if white_is_zero else deep
        grey.paste(Image.fromarray(((shown * 255 + 32767) // 65535).astype(np.uint8)), box)
        if alpha is not None:
            alpha.paste(Image.fromarray(np.where(deep == key, 0, 255).astype(np.uint8)), box)
    return grey if alpha is None else Image.merge("LA", (grey, alpha))


def _with_colour_key(image: Image.Image, bits: int) -> Image.Image:
    """Grey or RGB whose one key colour means transparent, as real transparency.

    The decoder keeps the upper 8 bits of a 16-bit channel, so a 16-bit key is compared in those.
    """
    key = image.info["transparency"]
    keys = key if isinstance(key, tuple) else (key,)
    grey_or_rgb = image.convert("L") if image.mode == "1" else image
    wanted = tuple(part >> 8 for part in keys) if bits == 16 else keys
    differs: Image.Image | None = None
    for channel, part in zip(grey_or_rgb.split(), wanted, strict=True):
        unlike = channel.point([0 if value == part else 255 for value in range(256)])
        differs = unlike if differs is None else ImageChops.lighter(differs, unlike)
    if differs is None:
        return grey_or_rgb
    return Image.merge(grey_or_rgb.mode + "A", (*grey_or_rgb.split(), differs))
