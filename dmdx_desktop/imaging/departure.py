"""The backdrop of a picture, if it has one, and how far each pixel departs from it. Picture processes and training.

A smooth surface is fitted to the frame of the picture, then to all that looks like it. A plain backdrop is told from
the piece by this alone; where it is busy it says little, and whoever reads it must know that.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

CHANNELS: Final = 4
"""How many planes ``Backdrop.departure_of`` and ``Backdrop.ground_at`` give."""

_FIT_SIDE: Final = 80
_FRAME_SHARE: Final = 0.05
_ROUNDS: Final = 5
_LEAST_NOISE: Final = 0.004
_GAIN: Final = 2.0
_TELLING: Final = 4.0
_NEAR: Final = 3.0
_UNEVEN: Final = 0.1
_TERMS: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """A smooth surface for each colour of a picture's backdrop, and how far the backdrop usually is from it."""

    weights: Floats
    """Shape (3, 6): of the terms of the second degree, see ``colours_at``."""
    noise: float
    """In sRGB values 0 to 1; large where the backdrop is not smooth and the surface says little."""

    def colours_at(self, rows: Floats, columns: Floats) -> Floats:
        """The surface, sRGB 0 to 1, shape (3, rows, columns), at places from -1 at the first pixel to 1 at the last."""
        x, y = columns[None, None, :], rows[None, :, None]
        level, across, down, across2, both, down2 = (self.weights[:, term, None, None] for term in range(_TERMS))
        along = level + x * (across + x * across2)
        return np.asarray(along + y * (down + y * down2) + x * (y * both), np.float32)

    def departure_of(self, picture: Floats) -> Floats:
        """Planes (4, height, width) for the whole picture, sRGB 0 to 1, shape (3, height, width).

        Three are the differences from the backdrop in red, green and blue, -1 to 1; one is how telling their length is
        against the backdrop's own unevenness, 0 to 1.
        """
        rows, columns = (np.linspace(-1, 1, length, dtype=np.float32) for length in picture.shape[1:])
        difference = picture - self.colours_at(rows, columns)
        length = np.sqrt(np.einsum("chw,chw->hw", difference, difference))
        telling = np.tanh(length / np.float32(_TELLING * self.noise + 0.01))
        return np.concatenate([np.clip(_GAIN * difference, -1, 1), telling[None]]).astype(np.float32)

    def ground_at(self, rows: Floats, columns: Floats) -> Floats:
        """Planes (4, rows, columns), 0 to 1: the surface's colours, and how uneven the backdrop is."""
        colours = np.clip(self.colours_at(rows, columns), 0, 1)
        uneven = np.full((1, *colours.shape[1:]), min(self.noise / _UNEVEN, 1.0), np.float32)
        return np.concatenate([colours, uneven])


def backdrop_of(picture: Floats) -> Backdrop:
    """The backdrop of sRGB 0 to 1, shape (3, height, width)."""
    height, width = picture.shape[1:]
    step = max(1, round(max(height, width) / _FIT_SIDE))
    small = picture[:, step // 2 :: step, step // 2 :: step]
    rows, columns = small.shape[1:]
    colours = small.reshape(3, -1).T.astype(np.float64)
    weights, noise = _fitted(_terms(rows, columns), colours, _frame_of(rows, columns).ravel())
    return Backdrop(weights.T.astype(np.float32), noise)


def _frame_of(rows: int, columns: int) -> Mask:
    margin = max(1, round(min(rows, columns) * _FRAME_SHARE))
    frame = np.ones((rows, columns), dtype=np.bool_)
    frame[margin:-margin, margin:-margin] = False
    return frame


def _terms(rows: int, columns: int) -> NDArray[np.float64]:
    """The terms of a surface of the second degree, shape (rows * columns, 6)."""
    y, x = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)


def _fitted(terms: NDArray[np.float64], colours: NDArray[np.float64], frame: Mask) -> tuple[NDArray[np.float64], float]:
    """Weights (6, 3) of the surface, and the usual distance of the backdrop from it."""
    weights: NDArray[np.float64] = np.zeros((terms.shape[1], 3))
    chosen, noise = frame, _LEAST_NOISE
    for number in range(_ROUNDS):
        kept = terms[chosen]
        square = kept.T @ kept + 1e-4 * np.eye(terms.shape[1])
        weights = np.asarray(np.linalg.solve(square, kept.T @ colours[chosen]), np.float64)
        gaps = np.linalg.norm(colours - terms @ weights, axis=1)
        noise = max(_LEAST_NOISE, float(np.median(gaps[chosen])))
        # The frame alone decides at first, where the piece may lie across it; then all that looks like it.
        pool = frame if number < 2 else np.ones_like(frame)
        near = pool & (gaps < _NEAR * noise + 0.01)
        chosen = near if near.sum() >= 4 * terms.shape[1] else frame
    return weights, noise
