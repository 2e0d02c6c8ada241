"""Metal and stones told apart within a cut-out, as the studio's eye sees them. Runs in picture processes.

Works on the covered pixels alone, as a list.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.eye import Reading, Tone

Flags = NDArray[np.bool_]

_SURELY_METAL: Final = 0.3
_SURELY_STONE: Final = 0.7
_AT_ONCE: Final = 1 << 18


class Body(StrEnum):
    """What the colours of a piece say about its metal."""

    GOLD = "gold"
    WHITE = "white"
    COLOURLESS = "colourless"
    """No colour anywhere: clay, wax or an uncoloured drawing, which say nothing about the metal."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The covered pixels of a cut-out: where they are, their Lab colours, and which are stone."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    lab: Floats
    stone: Floats
    """0 to 1 for each covered pixel: how much it belongs to a stone, pearl or enamel."""
    body: Body
    confidence: float
    """0 to 1: how large a part of the pixels is likely told rightly."""

    @property
    def metal(self) -> Flags:
        """Covered pixels that are surely metal."""
        return self.stone < 0.25


def tell_parts(cut: CutOut, least_coverage: int = 1) -> Parts:
    """The parts of a cut-out's pixels that are covered at least that much (1 to 255)."""
    rows, columns = np.nonzero(cut.coverage >= least_coverage)
    chances = cut.stone[rows, columns]
    return Parts(
        rows=rows,
        columns=columns,
        lab=_lab_at(cut.colours, rows, columns),
        stone=_shares(chances),
        body=_body_of(cut.reading),
        confidence=_confidence(chances),
    )


def _lab_at(colours: Bytes, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Floats:
    """Lab of the pixels at those places, some at a time: on the way there each takes five times the memory."""
    lab = np.empty((len(rows), 3), dtype=np.float32)
    for first in range(0, len(rows), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        lab[some] = lab_from_bytes(colours[rows[some], columns[some]])
    return lab


def _shares(chances: Bytes) -> Floats:
    """How much each pixel is stone: the eye's doubt about a pixel is mostly that it lies on the border of both."""
    table = (np.arange(256, dtype=np.float32) / np.float32(255) - _SURELY_METAL) / (_SURELY_STONE - _SURELY_METAL)
    return np.asarray(np.clip(table, 0.0, 1.0).astype(np.float32)[chances], np.float32)


def _confidence(chances: Bytes) -> float:
    if not len(chances):
        return 0.0
    table = np.arange(256, dtype=np.float32) / np.float32(255)
    return round(float(np.maximum(table, 1.0 - table)[chances].mean()), 3)


def _body_of(reading: Reading) -> Body:
    tone = max(reading.tone, key=lambda label: reading.tone[label])
    return {Tone.YELLOW: Body.GOLD, Tone.ROSE: Body.GOLD, Tone.WHITE: Body.WHITE, Tone.HIDDEN: Body.COLOURLESS}[tone]
