"""What may spoil pictures made of a reference: its size, sharpness and exposure, and a piece cut by the frame.

Runs in picture processes. Pure functions on the piece's own pixels; what is behind the piece never counts. Lengths are
pixels of the picture.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.regions import Mask
from dmdx_desktop.models.vocabulary import PictureWarning

SMALL_SIDE: Final = 600
"""A picture with a shorter longest side lacks the detail that a listing needs."""
SMALL_PIECE: Final = 320
"""So does a piece that is shorter than this along its longer side, however large the picture around it."""
LEAST_SHARPNESS: Final = 0.33
"""Below this, edges of the piece are softer than in any picture in focus: a blur of two pixels; see ``sharpness``."""

_SHARPEST_SIDE: Final = 1600
_EDGE_SHARE: Final = 0.06
_LEAST_EDGE: Final = 14.0
_LEAST_EDGES: Final = 30
_SHARP_QUANTILE: Final = 90
_TILE: Final = 12
_DARK_LIGHTNESS: Final = 30.0
_CLIPPED_LIGHTNESS: Final = 98.0
_CLIPPED_SHARE: Final = 0.3
_CUT_SHARE: Final = 0.03
_CUT_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class Quality:
    """The measures of a piece in its picture. ``sharpness`` is None where the piece has no edge to judge by."""

    longest_side: int
    piece_side: int
    sharpness: float | None
    dark: bool
    clipped: float
    cropped: bool


def judge_quality(colours: Bytes, coverage: Bytes, lightness: Floats, drawn: bool) -> Quality:
    """The quality of a picture: sRGB (height, width, 3) as it was opened, and 0 to 255 for how much is piece.

    ``lightness`` is the Lab lightness, 0 to 100, of the piece's pixels in any order; ``drawn`` says that it is a
    drawing, whose bare paper is not clipped light. The piece may be empty.
    """
    piece = coverage > 127
    rows, columns = np.flatnonzero(piece.any(axis=1)), np.flatnonzero(piece.any(axis=0))
    side = max(int(np.ptp(rows)), int(np.ptp(columns))) + 1 if len(rows) else 0
    lit = len(lightness) > 0
    return Quality(
        longest_side=max(piece.shape),
        piece_side=side,
        sharpness=sharpness(_grey(colours), piece) if side else None,
        dark=lit and float(np.percentile(lightness, 90)) < _DARK_LIGHTNESS,
        clipped=float((lightness > _CLIPPED_LIGHTNESS).mean()) if lit and not drawn else 0.0,
        cropped=is_cropped(piece),
    )


def quality_warnings(quality: Quality) -> tuple[PictureWarning, ...]:
    """The warnings that follow, in the order of the vocabulary."""
    checks = {
        PictureWarning.SMALL: quality.longest_side < SMALL_SIDE or 0 < quality.piece_side < SMALL_PIECE,
        PictureWarning.BLURRED: quality.sharpness is not None and quality.sharpness < LEAST_SHARPNESS,
        PictureWarning.TOO_DARK: quality.dark,
        PictureWarning.TOO_BRIGHT: quality.clipped > _CLIPPED_SHARE,
        PictureWarning.CROPPED: quality.cropped,
    }
    return tuple(warning for warning in PictureWarning if checks.get(warning, False))


def promise(quality: Quality) -> float:
    """0 to 1: how much of what is read from the picture can be relied on, for a small or unsharp one is less."""
    size = min(1.0, max(quality.piece_side, 1) / SMALL_PIECE) ** 0.5
    soft = 1.0 if quality.sharpness is None else min(1.0, quality.sharpness / LEAST_SHARPNESS)
    return round(float(size * max(soft, 0.3)), 3)


def _grey(colours: Bytes) -> Image.Image:
    return Image.fromarray(colours).convert("L")


def sharpness(grey: Image.Image, piece: Mask) -> float | None:
    """How steep the steepest edges of the piece are, 0 to about 1: the share of an edge's step within one pixel.

    Judged at edges alone, so that smooth polished metal counts for nothing, and by the sharpest places, so that a piece
    whose far end is out of focus counts as sharp. Of edges across and edges down the softer ones count: a camera that
    shook blurs one of them alone. The step over several pixels that each edge is compared with is too
    large for the blocks and ripples of JPEG compression. None where there is no edge to judge by.
    """
    rows, columns = np.flatnonzero(piece.any(axis=1)), np.flatnonzero(piece.any(axis=0))
    if len(rows) < 2 * _TILE or len(columns) < 2 * _TILE:
        return None
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    part, mask = grey.crop(box), piece[box[1] : box[3], box[0] : box[2]]
    step = max(1, -(-max(part.size) // _SHARPEST_SIDE))
    if step > 1:
        part, mask = part.reduce(step), mask[::step, ::step][: part.height // step, : part.width // step]
    ratios = [_edge_ratios(values, inside) for values, inside in _both_ways(part, mask)]
    steepest = [float(np.percentile(found, _SHARP_QUANTILE)) for found in ratios if len(found) >= _LEAST_EDGES]
    return round(min(steepest), 3) if steepest else None


def _both_ways(part: Image.Image, mask: Mask) -> tuple[tuple[Floats, Mask], tuple[Floats, Mask]]:
    """The picture as it is and turned on its side; smoothed a little along the edges that are looked for."""
    values = np.asarray(part, dtype=np.float32)
    inside = mask[: values.shape[0], : values.shape[1]]
    values = values[: inside.shape[0], : inside.shape[1]]
    return (_smoothed(values), _between(inside)), (_smoothed(values.T), _between(inside.T))


def _smoothed(values: Floats) -> Floats:
    """Means of three rows, every other one: an edge across stays as steep, grain and single pixels count for less."""
    return np.asarray((values[:-2:2] + values[1:-1:2] + values[2::2]) / np.float32(3), np.float32)


def _between(inside: Mask) -> Mask:
    """Of which pixels ``_smoothed`` is."""
    return inside[1:-1:2]


def _edge_ratios(values: Floats, inside: Mask) -> Floats:
    """For the strongest edges between neighbours in a row: their step within a pixel against that over nine."""
    if values.shape[1] < 12:
        return np.zeros(0, dtype=np.float32)
    near = np.abs(values[:, 5:-4] - values[:, 4:-5])
    far = np.abs(values[:, 9:] - values[:, :-9])
    whole = inside[:, 5:-4] | inside[:, 4:-5]
    limit = max(_LEAST_EDGE, float(np.percentile(far[whole], 100 - 100 * _EDGE_SHARE)) * 0.7) if whole.any() else 255.0
    # The steepest pixel of an edge is the one that tells; its neighbours on the same slope do not.
    before = np.abs(values[:, 4:-5] - values[:, 3:-6])
    after = np.abs(values[:, 6:-3] - values[:, 5:-4])
    chosen = whole & (far > limit) & (near >= before) & (near >= after)
    return np.asarray(np.minimum(near[chosen] / far[chosen], 1.5), np.float32)


def is_cropped(piece: Mask) -> bool:
    """Whether the piece runs out of the picture: it lies along the frame for more than a touch."""
    if not piece.any():
        return False
    sides = (piece[0], piece[-1], piece[:, 0], piece[:, -1])
    rows, columns = np.flatnonzero(piece.any(axis=1)), np.flatnonzero(piece.any(axis=0))
    size = max(int(np.ptp(rows)), int(np.ptp(columns))) + 1
    least = max(_CUT_LENGTH, _CUT_SHARE * size)
    return any(_longest_run(side) >= least for side in sides)


def _longest_run(line: NDArray[np.bool_]) -> int:
    steps = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]]).astype(np.int8)))
    return int((steps[1::2] - steps[::2]).max()) if len(steps) else 0
