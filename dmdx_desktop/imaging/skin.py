"""Whether a hand, an ear, a neck or a face is in a picture of jewellery. Runs in picture processes.

A cheap and careful look at a reduced picture: skin is a large, smooth, gently shaded region in the colours of human
skin, darker in its shadows without changing hue, that lies beside the piece or fills much of the frame. Gold, rose gold
and blush or sand backdrops have some of these properties; what tells is all of them together.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.regions import Mask, find_regions, grow, shrink

_SIDE: Final = 160
_HUES: Final = (28.0, 74.0)
_LEAST_CHROMA: Final = 11.0
_MOST_CHROMA: Final = 42.0
_LIGHTNESS: Final = (12.0, 90.0)
_LEAST_SHARE: Final = 0.08
_MUCH_OF_FRAME: Final = 0.55
_ROUGHEST: Final = 2.6
_LEAST_SHADING: Final = 0.13
_BACKDROP_SHADING: Final = 0.28
_BEYOND: Final = 0.6
_FROM_FRAME: Final = 0.04
_MOST_FRAME: Final = 0.72
_HUE_SPREAD: Final = 9.0
_EDGE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Skin:
    """The largest region that looks like skin: its share of the picture, and whether it touches the piece."""

    share: float
    beside_piece: bool

    @property
    def is_seen(self) -> bool:
        """Whether there is enough of it, where it matters, to say that a person is in the picture."""
        return self.share > _MUCH_OF_FRAME or (self.share > _LEAST_SHARE and self.beside_piece)


def find_skin(colours: Bytes, coverage: Bytes) -> Skin:
    """Look for skin in sRGB (height, width, 3) of the whole picture; ``coverage``, 0 to 255, is the piece's."""
    step = max(1, max(coverage.shape) // _SIDE)
    small = np.asarray(Image.fromarray(colours).reduce(step))
    piece = np.asarray(Image.fromarray(coverage).reduce(step)) > 100
    lab = lab_from_bytes(small)
    alike = _in_skin_colours(lab)
    regions = find_regions(shrink(alike, 1))
    beside = grow(piece, 3)
    seen = [
        Skin(float(region.mean()), bool((region & beside).any()))
        for region in (grow(regions.labels == label, 1) & alike for label in _large(regions.areas, alike.size))
        if _reaches_out(region, piece) and _is_shaded_like_skin(lab, region) and _ends_in_an_edge(lab, region, piece)
    ]
    return max(seen, key=lambda skin: (skin.is_seen, skin.share), default=Skin(0.0, False))


def _large(areas: "np.typing.NDArray[np.int64]", pixels: int) -> list[int]:
    """The regions that are worth a closer look, at most a few."""
    order = [int(label) for label in np.argsort(areas[1:])[::-1][:3] + 1]
    return [label for label in order if areas[label] > 0.6 * _LEAST_SHARE * pixels]


def _in_skin_colours(lab: Floats) -> Mask:
    lightness = lab[..., 0]
    chroma, hue = np.hypot(lab[..., 1], lab[..., 2]), np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    # Deep skin is less colourful than fair skin in the same light.
    least = np.where(lightness < 40.0, 0.6 * _LEAST_CHROMA, _LEAST_CHROMA)
    return np.asarray(
        (hue > _HUES[0]) & (hue < _HUES[1]) & (chroma > least) & (chroma < _MOST_CHROMA)
        & (lightness > _LIGHTNESS[0]) & (lightness < _LIGHTNESS[1]),
        np.bool_,
    )  # fmt: skip


def _reaches_out(region: Mask, piece: Mask) -> bool:
    """Whether it is more than the piece: rose gold lies within the piece, a hand comes in from the frame."""
    return float((region & ~piece).sum()) > _BEYOND * float(region.sum()) or _frame_share(region) > _FROM_FRAME


def _ends_in_an_edge(lab: Floats, region: Mask, piece: Mask) -> bool:
    """Whether something else begins where it ends: a backdrop that fades into these colours ends nowhere."""
    rim = grow(region, 1) & ~shrink(region, 1) & ~grow(piece, 3)
    rim[:4], rim[-4:], rim[:, :4], rim[:, -4:] = False, False, False, False
    if rim.sum() < 20:
        return True
    across, down = np.zeros(region.shape, dtype=np.float32), np.zeros(region.shape, dtype=np.float32)
    across[:, 3:-3] = np.linalg.norm(lab[:, 6:] - lab[:, :-6], axis=-1)
    down[3:-3] = np.linalg.norm(lab[6:] - lab[:-6], axis=-1)
    return float(np.median(np.maximum(across, down)[rim])) > _EDGE


def _is_shaded_like_skin(lab: Floats, region: Mask) -> bool:
    """Round and soft: shaded from light to dark, without the hard mirror edges of metal and no flat backdrop."""
    inside = shrink(region, 2)
    if inside.sum() < 40:
        return False
    lightness = lab[..., 0]
    low, high = np.percentile(lightness[inside], [5, 95])
    around = _frame_share(region) > _MOST_FRAME
    if high - low < (_BACKDROP_SHADING if around else _LEAST_SHADING) * high:
        return False
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))[inside]
    return bool(
        _roughness(lightness, inside) < _ROUGHEST and np.percentile(np.abs(hue - np.median(hue)), 75) < _HUE_SPREAD
    )


def _roughness(lightness: Floats, inside: Mask) -> float:
    """The usual change of lightness from one pixel to the next but one, less the even slope of shading."""
    bend = np.zeros_like(lightness)
    bend[:, 1:-1] = np.abs(lightness[:, :-2] + lightness[:, 2:] - 2 * lightness[:, 1:-1])
    bend[1:-1] = np.maximum(bend[1:-1], np.abs(lightness[:-2] + lightness[2:] - 2 * lightness[1:-1]))
    return float(np.percentile(bend[inside], 75))


def _frame_share(region: Mask) -> float:
    """How much of the picture's frame it takes: a backdrop takes nearly all, an arm comes in from one side."""
    frame = np.concatenate([region[0], region[-1], region[:, 0], region[:, -1]])
    return float(frame.mean())
