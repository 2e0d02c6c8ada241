"""Drawings on paper: telling them from pictures, and their closed outline. Runs in picture processes.

A drawn piece is mostly bare paper inside its contour, so its silhouette is what a flood from the frame cannot reach
through the dark strokes, less the large clean openings that touch no outer contour.
"""

from typing import Final

import numpy as np

from dmdx_desktop.imaging.backdrop import Backdrop, distance, fill_from, working_unit
from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.regions import Mask, find_regions, grow, shrink
from dmdx_desktop.imaging.silhouette import Silhouette

_GRAINY_LIGHTNESS: Final = 140.0
_LINE_ART_LIGHTNESS: Final = 190.0
_LEAST_GRAIN: Final = 0.9
_COARSE_SHARE: Final = 0.45
_BLOCK: Final = 4
_MARK: Final = 30.0
_OPENING_SHARE: Final = 0.06
_STROKE_SPAN: Final = 6


def looks_drawn(colours: Floats, backdrop: Backdrop) -> bool:
    """Whether opponent ``colours`` show strokes on paper: light, nothing lighter, with its grain or only lines."""
    lightness, ground = colours[..., 0], backdrop.surface[..., 0]
    mean = float(ground.mean())
    lighter = float((lightness > ground + max(12.0, 7.0 * backdrop.noise)).mean())
    if mean > _GRAINY_LIGHTNESS and lighter < 0.003 and _has_paper_grain(lightness - ground):
        return True
    plain = mean > _LINE_ART_LIGHTNESS and lighter < 0.001 and not backdrop.gridded
    return plain and _is_line_art(distance(colours, backdrop.surface))


def _has_paper_grain(unevenness: Floats) -> bool:
    """Fibres are coarse: averaged over blocks their grain stays, where a sensor's noise falls to a quarter."""
    rows, columns = (side // _BLOCK * _BLOCK for side in unevenness.shape)
    blocks = unevenness[:rows, :columns].reshape(rows // _BLOCK, _BLOCK, columns // _BLOCK, _BLOCK).mean(axis=(1, 3))
    fine, coarse = (float(np.median(np.abs(np.diff(plane, axis=1)))) for plane in (unevenness, blocks))
    return fine > _LEAST_GRAIN and coarse > _COARSE_SHARE * fine


def _is_line_art(gaps: Floats) -> bool:
    unit = working_unit(gaps)
    marks = gaps > _MARK
    return bool(marks.any() and shrink(marks, 2 * unit).sum() < 0.1 * marks.sum())


def find_drawn_silhouette(colours: Floats, backdrop: Backdrop) -> Silhouette:
    """The closed outline of a drawing on opponent ``colours`` of working size."""
    unit = working_unit(colours)
    ink = distance(colours, backdrop.surface)
    strokes = _contours(ink, unit)
    outside = _outside_of(strokes, unit)
    solid = ~outside
    solid = grow(shrink(solid, unit), unit) & solid
    solid = _main_parts(solid)
    piece = solid & ~_openings(ink, strokes, solid, unit)
    piece = grow(shrink(piece, unit), unit) & piece
    depth = np.percentile(ink[strokes], 50) if strokes.any() else 0.0
    return Silhouette(piece=piece, background=fill_from(colours, ~solid), edge_contrast=float(depth / _MARK))


def _contours(ink: Floats, unit: int) -> Mask:
    """Strokes dark enough to be outlines: faint construction lines and the hatching of a shadow stay below."""
    marks = ink > _MARK
    if not marks.any():
        return marks
    limit = max(0.55 * float(np.percentile(ink[marks], 75)), 0.8 * _MARK)
    return ink > limit


def _outside_of(strokes: Mask, unit: int) -> Mask:
    barrier = grow(strokes, unit)
    regions = find_regions(~barrier)
    return grow(regions.pick(regions.touches_frame), unit) & ~strokes


def _main_parts(solid: Mask) -> Mask:
    regions = find_regions(solid)
    if regions.count == 0:
        return solid
    kept = regions.areas > 0.05 * int(regions.areas[1:].max())
    kept[0] = False
    return regions.pick(kept)


def _openings(ink: Floats, strokes: Mask, solid: Mask, unit: int) -> Mask:
    """Holes of rings and hoops: large, clean as the paper outside, and nowhere next to the outer contour."""
    parts = find_regions(solid)
    near_outside = grow(~solid, _STROKE_SPAN * unit)
    regions = find_regions(solid & ~grow(strokes, unit))
    paper_ink = float(np.percentile(ink[~solid], 75)) if (~solid).any() else 0.0
    chosen = np.zeros(regions.count + 1, dtype=np.bool_)
    for label in np.flatnonzero(regions.areas > 50 * unit * unit):
        if label == 0:
            continue
        region = regions.labels == label
        whole = parts.areas[np.bincount(parts.labels[region]).argmax()]
        beside = near_outside[region].mean()
        chosen[label] = (
            regions.areas[label] > _OPENING_SHARE * whole
            and beside < 0.02
            and (ink[region] < paper_ink * 2 + 4).mean() > 0.9
        )
    return grow(regions.pick(chosen), 2 * unit) & ~strokes
