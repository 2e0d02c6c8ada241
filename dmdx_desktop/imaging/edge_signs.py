"""What the pixels along an outline show, as numbers that ``Eye.shares`` judges them by. Runs in picture processes.

Each pixel is described by what the eye made of it and its neighbours, by how far the colours there have gone from what
is behind the piece towards the piece's own, and by the picture as a whole. Training describes pixels with this very
code, so a change here asks for a new ``edge.onnx`` (``training/edges.py``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, Floats

Places = NDArray[np.intp]

SIGNS: Final = 116
"""How many numbers describe a pixel."""

_OUTLINE_REACH: Final = 3
_COLOUR_REACH: Final = 2
_WIDE: Final = (5, 12)
_LEAST_DIFFERENCE: Final = 20.0
_FAR_FROM_GROUND: Final = 64.0
_MOST_DEPARTURE: Final = 3.0
_CLEAR_DIFFERENCE: Final = 128.0
_UNEVEN: Final = 4.0
_AT_ONCE: Final = 4_096
"""So many pixels are described and judged at a time: what a network once needed it keeps."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for all of a picture."""

    photo: float
    """How likely it is a photograph, 0 to 1."""
    cad: float
    """How likely it is a CAD render, 0 to 1."""
    enlarged: float
    """How many times larger than it is the piece was looked at; below 1 where it was reduced."""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The pixels along an outline, n of them, and the colours that may be mixed there, sRGB values 0 to 255."""

    rows: Places
    columns: Places
    behind: Floats
    """What lies behind the piece there, shape (n, 3)."""
    own: Floats
    """The piece's own colour beside them, shape (n, 3); -1 where nobody knows."""
    unevenness: float
    """How far neighbouring pixels of the background differ, in sRGB values."""


def edge_signs(rgb: Bytes, piece: Bytes, edge: Edge, circumstances: Circumstances) -> Iterator[Floats]:
    """The signs of the pixels of ``edge`` in their order, by blocks of (some, ``SIGNS``).

    ``rgb`` is the picture (height, width, 3), ``piece`` how likely each pixel is piece, 0 to 255.
    """
    image = Image.fromarray(piece)
    wide = tuple(np.asarray(image.filter(ImageFilter.BoxBlur(radius))) for radius in _WIDE)
    planes = _Planes(piece, rgb, wide)
    of_all = np.array(
        [
            circumstances.photo,
            circumstances.cad,
            np.log2(circumstances.enlarged),
            min(edge.unevenness / _UNEVEN, 2.0),
        ],
        np.float32,
    )
    for first in range(0, len(edge.rows), _AT_ONCE):
        yield _described(planes, edge, slice(first, first + _AT_ONCE), of_all)


@dataclass(frozen=True, slots=True, eq=False)
class _Planes:
    piece: Bytes
    rgb: Bytes
    wide: tuple[Bytes, ...]


def _described(planes: _Planes, edge: Edge, some: slice, of_all: Floats) -> Floats:
    rows, columns, behind, own = edge.rows[some], edge.columns[some], edge.behind[some], edge.own[some]
    count = len(rows)
    around = _around(planes.rgb, rows, columns, _COLOUR_REACH).reshape(count, -1, 3).astype(np.float32)
    seen = around[:, around.shape[1] // 2]
    unknown = own[:, 0] < 0
    own = np.where(unknown[:, None], seen, own)
    gap = own - behind
    difference = np.sqrt(np.einsum("nc,nc->n", gap, gap))
    away = around - behind[:, None]
    mixed = np.einsum("npc,nc->np", away, gap) / np.maximum(difference, _LEAST_DIFFERENCE)[:, None] ** 2
    departure = np.sqrt(np.einsum("npc,npc->np", away, away)) / np.float32(_FAR_FROM_GROUND)
    return np.concatenate(
        [
            _as_shares(_around(planes.piece, rows, columns, _OUTLINE_REACH).reshape(count, -1)),
            np.clip(mixed, -1, 2),
            np.minimum(departure, _MOST_DEPARTURE),
            (difference / np.float32(_CLEAR_DIFFERENCE))[:, None],
            unknown[:, None],
            behind / np.float32(255),
            own / np.float32(255),
            seen / np.float32(255),
            _as_shares(np.stack([plane[rows, columns] for plane in planes.wide], axis=1)),
            np.broadcast_to(of_all, (count, len(of_all))),
        ],
        axis=1,
        dtype=np.float32,
    )


def _around(plane: Bytes, rows: Places, columns: Places, reach: int) -> Bytes:
    """The square of pixels around each; beyond the picture its edge goes on."""
    steps = np.arange(-reach, reach + 1)
    down = np.clip(rows[:, None] + steps, 0, plane.shape[0] - 1)
    across = np.clip(columns[:, None] + steps, 0, plane.shape[1] - 1)
    squares: Bytes = plane[down[:, :, None], across[:, None]]
    return squares


def _as_shares(values: Bytes) -> Floats:
    return values.astype(np.float32) / np.float32(255)
