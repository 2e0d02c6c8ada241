"""Holes that cannot be: openings in a piece that are far more colourful than what is behind it. Picture processes.

Gold mirrors the table it lies on, so the eye now and then takes a bright stretch of a band for the table itself. But a
table seen through a ring has the table's colour, or less of it where a shadow falls; what has much more is metal or
stone. Light that gold throws on a white table stays below the limit.

In a drawing bare paper is stone and metal as well as paper: a large opening is one only where the eye, at its first
look, took it for one too or is quite sure of it now, and where nothing is drawn in it: facets are lines, and the paper
behind a ring has none.
"""

from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.regions import Mask, Regions, find_regions, grow, shrink

_STEP: Final = 4
_OPEN: Final = 0.25
"""Openings are looked for where the piece is this unlikely: the rim of a false one is often doubted as well."""
_WIDEST_RIM: Final = 8
_SURELY_BEHIND: Final = 0.03
_MORE_CHROMA: Final = 15.0
_LEAST_CELLS: Final = 3
_FILLED: Final = 0.995
_LEAST_DRAWN_IN: Final = 12
_OUTLINE_CELLS: Final = 2
_LEAST_INNER_CELLS: Final = 6
_INK: Final = 20.0
_DRAWN_IN: Final = 0.1
"""Share of an opening's cells with strokes: at most 0.06 in any true one of 43, 0.2 in the stone taken for one."""
_SURELY_OPEN: Final = 0.03
"""Below this mean chance of piece the second look is believed: no false opening of 44 was as sure, 72 of 130 true."""
_BARE: Final = ((2.0, 0.5), (4.0, 0.2))
"""Half the width of a bare area, in pixels of the first look, and how likely piece that must have taken it for."""


def without_false_holes(piece: Floats, rgb: Bytes) -> Floats:
    """``piece`` 0 to 1 with its false holes filled; ``rgb`` is the sRGB (height, width, 3) it was seen in."""
    cells, shown = piece[::_STEP, ::_STEP], rgb[::_STEP, ::_STEP]
    outside = cells < _SURELY_BEHIND
    openings = find_regions(cells < _OPEN)
    if openings.count < 2 or not (outside & openings.pick(openings.touches_frame)).any():
        return piece
    lab = lab_from_bytes(shown)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    behind = float(np.percentile(chroma[outside & openings.pick(openings.touches_frame)], 75))
    false = _false_ones(openings, chroma, behind)
    if not false.any():
        return piece
    return _filled(piece, _with_doubtful_rim(openings.pick(false), (cells >= _OPEN) & (cells < 0.5)))


def _with_doubtful_rim(cells: Mask, doubtful: Mask) -> Mask:
    """Those cells, and the doubtful ones beside them: where gold mirrors the table, its edge is doubted as well."""
    for _ in range(_WIDEST_RIM):
        cells = cells | (grow(cells, 1) & doubtful)
    return cells


def without_bare_areas(piece: Floats, found: Floats, pixel: float, rgb: Bytes) -> Floats:
    """``piece`` 0 to 1 of a drawing, with the bare areas in it filled that are no openings.

    ``found`` is what the first look saw of the piece, 0 to 1 at a quarter of the size; one of its own pixels is
    ``pixel`` quarter pixels wide. The wider an area, the better it knew. Narrow ones, as in chains, are left as they
    are. ``rgb`` is the drawing itself, sRGB (height, width, 3).
    """
    open_cells = piece[::_STEP, ::_STEP] < 0.5
    openings = find_regions(open_cells)
    bare = np.zeros_like(openings.touches_frame)
    for half_width, least in _BARE:
        wide = np.unique(openings.labels[shrink(open_cells, max(1, round(half_width * pixel)))])
        for label in wide[~openings.touches_frame[wide] & (wide > 0)]:
            bare[label] |= float(found[openings.labels == label].mean()) > least
    enclosed = ~openings.touches_frame & (openings.areas >= _LEAST_DRAWN_IN) & ~bare
    enclosed[0] = False
    darkest = _darkest(rgb) if enclosed.any() else None
    for label in np.flatnonzero(enclosed):
        bare[label] = darkest is not None and _is_drawn_in(openings.labels == label, darkest)
    for label in np.flatnonzero(bare):
        bare[label] = float(piece[::_STEP, ::_STEP][openings.labels == label].mean()) > _SURELY_OPEN
    return _filled(piece, openings.pick(bare)) if bare.any() else piece


def _darkest(rgb: Bytes) -> Floats:
    """The darkest grey, 0 to 255, in every cell: a stroke is thinner than one."""
    grey = rgb.astype(np.float32).mean(axis=-1)
    rows, columns = (-(-side // _STEP) * _STEP - side for side in grey.shape)
    padded = np.pad(grey, ((0, rows), (0, columns)), mode="edge")
    cells = padded.reshape(padded.shape[0] // _STEP, _STEP, padded.shape[1] // _STEP, _STEP)
    return np.asarray(cells.min(axis=(1, 3)), np.float32)


def _is_drawn_in(opening: Mask, darkest: Floats) -> bool:
    """Whether there are more strokes within an opening, away from its outline, than specks on paper."""
    inner = shrink(opening, _OUTLINE_CELLS)
    if int(inner.sum()) < _LEAST_INNER_CELLS:
        return False
    values = darkest[inner]
    return float((values < np.percentile(values, 80) - _INK).mean()) > _DRAWN_IN


def _filled(piece: Floats, cells: Mask) -> Floats:
    grown = grow(cells, 1)
    large = np.repeat(np.repeat(grown, _STEP, axis=0), _STEP, axis=1)[: piece.shape[0], : piece.shape[1]]
    return np.asarray(np.where(large, np.maximum(piece, np.float32(_FILLED)), piece), np.float32)


def _false_ones(openings: Regions, chroma: Floats, behind: float) -> Mask:
    """Which regions are enclosed by the piece and much more colourful than ``behind``."""
    found = ~openings.touches_frame & (openings.areas >= _LEAST_CELLS)
    found[0] = False
    for label in np.flatnonzero(found):
        found[label] = float(np.median(chroma[openings.labels == label])) > behind + _MORE_CHROMA
    return found
