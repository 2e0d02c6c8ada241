"""Lays a watermark over a finished image: dark letters on light ground, light on dark. Runs in picture processes."""

from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageStat

from dmdx_desktop.imaging.lettering import Lettering
from dmdx_desktop.models.watermark import MARGIN, Watermark

WEIGHT: Final = "Medium"
SMALLEST: Final = 6
MIDDLE: Final = 128
DARK: Final = (26, 26, 26)
LIGHT: Final = (255, 255, 255)
LINE: Final = 1.25
"""The height of a line, in heights of its letters."""


def marked(image: Image.Image, mark: Watermark, fonts: Path) -> Image.Image:
    """``image`` (RGB or RGBA) with the watermark on it; what is transparent stays so beside the letters."""
    letters = Lettering(fonts)
    pixels = max(SMALLEST, round(mark.size * min(image.size)))
    room = image.width - 2 * MARGIN * min(image.size)
    length = letters.length(mark.text, pixels, WEIGHT)
    if length > room:
        pixels = max(SMALLEST, int(pixels * room / length))
        length = letters.length(mark.text, pixels, WEIGHT)
    size = (length, pixels * LINE)
    corner = mark.corner(image.size, size)
    layer = Image.new("RGBA", image.size, (*_ink(image, corner, size), 0))
    colour = (*_ink(image, corner, size), round(mark.opacity * 255))
    letters.write(ImageDraw.Draw(layer), corner, mark.text, pixels, WEIGHT, colour)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert(image.mode)


def _ink(image: Image.Image, corner: tuple[float, float], size: tuple[float, float]) -> tuple[int, int, int]:
    """What can be read on what is below the line; a clear ground is taken for paper."""
    box = (
        max(0, round(corner[0])),
        max(0, round(corner[1])),
        min(image.width, max(1, round(corner[0] + size[0]))),
        min(image.height, max(1, round(corner[1] + size[1]))),
    )
    below = image.crop(box).convert("RGBA")
    paper = Image.new("RGBA", below.size, (*LIGHT, 255))
    grey = ImageStat.Stat(Image.alpha_composite(paper, below).convert("L")).mean[0]
    return DARK if grey >= MIDDLE else LIGHT
