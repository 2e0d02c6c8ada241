"""How a piece meets the ground in its picture: standing, lying or hanging, and along which line. Picture processes.

What is known of its type and view decides; where that is unknown the shape does, and lying is what is taken when in
doubt, because its shadow is never quite wrong.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.regions import Mask, Regions, find_regions
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.vocabulary import JewelleryType, View

_SIDE: Final = 320
_LEAST_HOLE: Final = 0.12
_LIKE_SIZES: Final = 0.6
_FLAT_RING: Final = 1.5
_STEEPEST: Final = 0.45
_LEVEL_DEPTH: Final = 0.02
_DOWNWARD_DEPTH: Final = 0.05


class Stance(StrEnum):
    """How the piece meets the ground."""

    LYING = "lying"
    """On the ground: the shadow hugs the whole outline."""
    STANDING = "standing"
    """On a floor seen from the side: it touches at its lowest part, and the shadow lies on the floor there."""
    HANGING = "hanging"
    """Close before a wall: a soft shadow falls behind it."""


@dataclass(frozen=True, slots=True)
class Footing:
    """Where and how a piece meets the ground.

    ``slope`` is how many pixels the line on the floor below a standing piece falls per pixel to the right, which is not
    0 where the piece is turned; ``depth`` how deep what touches the floor looks, as a share of the piece's longer side.
    ``oblique`` says of a lying piece that it is seen from the side rather than from above.
    """

    stance: Stance
    slope: float = 0.0
    depth: float = _LEVEL_DEPTH
    oblique: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What the outline of a piece says at a reduced size: its items, its largest hole and its proportions."""

    solid: Mask
    items: tuple[Mask, ...]
    """The separate items, the largest first; specks left out."""
    hole: Mask | None
    """The largest hole, if it is large enough to put a finger through."""

    @property
    def aspect(self) -> float:
        """Width by height."""
        height, width = self.solid.shape
        return float(width / height)

    @property
    def is_pair(self) -> bool:
        """Whether there are two items of like size side by side."""
        if len(self.items) != 2:
            return False
        (x0, y0), (x1, y1) = (middle(item) for item in self.items)
        like = self.items[1].sum() > _LIKE_SIZES * self.items[0].sum()
        return bool(like) and abs(x1 - x0) > 2 * abs(y1 - y0)


def read_shape(coverage: Bytes) -> Shape:
    """The shape of a coverage that is cropped to the piece."""
    rows, columns = coverage.shape
    shrink = max(1.0, max(rows, columns) / _SIDE)
    small = Image.fromarray(coverage).resize(
        (max(3, round(columns / shrink)), max(3, round(rows / shrink))), Image.Resampling.BOX
    )
    solid = np.asarray(small) > 100
    found = find_regions(solid)
    order = np.argsort(-found.areas[1:])[:4] + 1
    items = tuple(found.labels == label for label in order if found.areas[label] > 0.04 * found.areas[order[0]])
    return Shape(solid, items, _largest_hole(solid))


def _largest_hole(solid: Mask) -> Mask | None:
    holes = find_regions(np.pad(~solid, 1, constant_values=True))
    inner = np.where(holes.touches_frame, 0, holes.areas)
    inner[0] = 0
    label = int(inner.argmax())
    if inner[label] < _LEAST_HOLE * solid.size:
        return None
    return np.asarray(_labelled(holes, label)[1:-1, 1:-1], np.bool_)


def _labelled(regions: Regions, label: int) -> Mask:
    return np.asarray(regions.labels == label, np.bool_)


def middle(mask: Mask) -> tuple[float, float]:
    """The centre of gravity of a mask: x and y in its pixels."""
    rows, columns = np.nonzero(mask)
    return float(columns.mean()), float(rows.mean())


def spread_of(mask: Mask) -> NDArray[np.float64]:
    """The covariance of the places of a mask, x before y."""
    rows, columns = np.nonzero(mask)
    return np.cov(np.stack([columns, rows]).astype(np.float64))


def footing_of(shape: Shape, piece: Piece) -> Footing:
    """How a piece of that shape meets the ground."""
    stance = _stance_of(shape, piece)
    if stance is not Stance.STANDING:
        return Footing(stance, oblique=stance is Stance.LYING and _is_oblique(shape, piece))
    if piece.view.value in (View.FRONT, View.BACK, View.SIDE) or shape.hole is None:
        return Footing(stance)
    # The inside of a ring is a circle, and its horizontal diameter runs along the floor: what conjugate diameters of
    # an ellipse say of each other, its covariance says as a slope.
    covariance = spread_of(shape.hole)
    slope = float(np.clip(covariance[0, 1] / max(covariance[0, 0], 1e-6), -_STEEPEST, _STEEPEST))
    narrow = 1.0 - float(np.sqrt(np.divide(*np.linalg.eigvalsh(covariance))))
    return Footing(stance, slope, _LEVEL_DEPTH + (_DOWNWARD_DEPTH - _LEVEL_DEPTH) * min(1.0, 2.5 * narrow))


def _stance_of(shape: Shape, piece: Piece) -> Stance:
    kind, view = piece.type.value, piece.view.value
    if kind is JewelleryType.EARRING:
        return Stance.LYING if view is View.TOP else Stance.HANGING
    if kind is JewelleryType.PENDANT_CHARM:
        return Stance.HANGING if view in (View.FRONT, View.BACK) else Stance.LYING
    if kind is JewelleryType.RING:
        if view is View.THREE_QUARTER and shape.aspect > _FLAT_RING:
            return Stance.LYING
        if view is View.UNKNOWN:
            return Stance.STANDING if _looks_standing(shape) else Stance.LYING
        return Stance.LYING if view is View.TOP else Stance.STANDING
    if kind in (JewelleryType.UNKNOWN, JewelleryType.OTHER, JewelleryType.MENS):
        if shape.is_pair:
            return Stance.HANGING
        return Stance.STANDING if shape.hole is not None and _looks_standing(shape) else Stance.LYING
    return Stance.LYING


def _is_oblique(shape: Shape, piece: Piece) -> bool:
    """Whether a lying piece was seen from the side: as its view says, or as a flattened hoop does."""
    if piece.view.is_known:
        return piece.view.value is View.THREE_QUARTER
    return shape.hole is not None and shape.aspect > 1.5


def _looks_standing(shape: Shape) -> bool:
    """Whether a ring of this outline was seen from the side: through it, or along its narrow band."""
    if len(shape.items) != 1:
        return False
    return shape.aspect < 1.25 if shape.hole is not None else shape.aspect < 0.55
