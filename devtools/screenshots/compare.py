"""How far two pictures of a screen are apart, as an eye would say that looks at a page and not at pixels. Pure."""

from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

ACROSS: Final = 360
"""Compared at a quarter of their size: edges of letters that moved by a fraction of a pixel are no difference."""
VISIBLE: Final = 40
"""How much a channel has to differ to be seen, of 255."""


def share_that_differs(one: Path, other: Path) -> float:
    """The share of the screen that looks different; 1 where the sizes do."""
    with Image.open(one) as first, Image.open(other) as second:
        if first.size != second.size:
            return 1.0
        smaller = (ACROSS, round(first.height * ACROSS / first.width))
        pictures = [picture.convert("RGB").resize(smaller, Image.Resampling.BOX) for picture in (first, second)]
    bands = ImageChops.difference(*pictures).split()
    strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    seen = sum(strongest.histogram()[VISIBLE:])
    return seen / (smaller[0] * smaller[1])
