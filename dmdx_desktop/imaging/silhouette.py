"""The outline of the piece on a photograph or CAD render, found at working size. Runs in picture processes.

The idea: background is what can be reached from the frame (or from large, background-coloured openings) without
crossing an edge. Shadows are smooth, so they are reached too; metal that reflects exactly the background's colour
still has an edge around it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.backdrop import Backdrop, distance, fill_from, working_unit
from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.regions import Mask, Regions, find_regions, grow, shrink

_EDGE_FLOOR: Final = 0.85
_EDGE_CEILING: Final = 2.0
_SHADOW_DEPTH: Final = 0.3
_SPECK_SHARE: Final = 0.012
_CAPTION_MARGIN: Final = 0.08
_CAPTION_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Silhouette:
    """The piece at working size, with what the background is behind and around it (opponent colours)."""

    piece: Mask
    background: Floats
    edge_contrast: float
    """How far the outline's edges stand above the threshold that stops the flood; about 1 is weak."""


def find_silhouette(colours: Floats, backdrop: Backdrop) -> Silhouette:
    """Separate the piece from its background on opponent ``colours`` (height, width, 3) of working size."""
    unit = working_unit(colours)
    gaps = distance(colours, backdrop.surface)
    slopes = _slopes(colours)
    limit = float(np.clip(1.6 * np.percentile(slopes[gaps <= np.median(gaps)], 95), _EDGE_FLOOR, _EDGE_CEILING))
    if backdrop.gridded:
        open_ground = _ground_between_grid_lines(gaps, backdrop, unit)
        reached = _reach_plain(open_ground, unit)
    else:
        open_ground = _walkable(colours, backdrop, gaps, slopes, limit)
        reached = _reach(colours, backdrop, open_ground, unit)
    background = fill_from(colours, reached)
    local_gaps = distance(colours, background)
    ground = reached | (grow(reached, 3 * unit) & (local_gaps < max(4.0, 3.0 * backdrop.noise)))
    ground |= _small_openings(np.minimum(gaps, local_gaps), slopes, ground, limit, backdrop, unit)
    piece = _without_specks(~ground, unit)
    return Silhouette(
        piece=piece, background=fill_from(colours, ~grow(piece, unit)), edge_contrast=_contrast(slopes, piece, limit)
    )


def _slopes(colours: Floats) -> Floats:
    """Length of the colour gradient per pixel after a light blur."""
    soft = _blur(colours)
    squares = np.zeros(colours.shape[:2], dtype=np.float32)
    across = soft[:, 2:] - soft[:, :-2]
    down = soft[2:] - soft[:-2]
    squares[:, 1:-1] += np.einsum("...c,...c->...", across, across)
    squares[1:-1] += np.einsum("...c,...c->...", down, down)
    return np.asarray(np.sqrt(squares) / 2, np.float32)


def _blur(values: Floats) -> Floats:
    padded = np.pad(values, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    return np.asarray((rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16, np.float32)


def _walkable(colours: Floats, backdrop: Backdrop, gaps: Floats, slopes: Floats, limit: float) -> Mask:
    """Pixels the flood may cross: smooth, and of the background's colour or a darker shade of exactly its hue."""
    surface = backdrop.surface
    near = max(5.0, 4.0 * backdrop.noise)
    shade = colours[..., 0] / np.maximum(surface[..., 0], 1.0)
    hue_gap = np.hypot(colours[..., 1] - surface[..., 1] * shade, colours[..., 2] - surface[..., 2] * shade)
    quiet = gaps <= np.median(gaps)
    same_hue = hue_gap < max(0.6, 2.5 * float(np.percentile(hue_gap[quiet], 95)))
    walkable = (slopes < limit) & ((gaps < near) | (same_hue & (shade > _SHADOW_DEPTH)))
    far = gaps > 3 * near
    if not far.any():
        return walkable
    lit = (shade > _SHADOW_DEPTH) & (shade < 1.3)

    if (~same_hue[far]).mean() > 0.75:
        # The piece has a hue of its own, so what has exactly the background's is shadow even where it is steep.
        walkable |= same_hue & lit & (slopes < 20 * limit)
    if (hue_gap[far] > 12.0).mean() > 0.5:
        # A strongly coloured piece or background: light thrown from one on the other is still background.
        near_hue = hue_gap < 4.0 + 0.3 * np.hypot(surface[..., 1], surface[..., 2])
        walkable |= near_hue & lit & (slopes < 20 * limit)
    return walkable


def _reach(colours: Floats, backdrop: Backdrop, open_ground: Mask, unit: int) -> Mask:
    regions = find_regions(shrink(open_ground, unit))
    frame_size = open_ground.size
    accepted = regions.touches_frame.copy()
    gap = colours - backdrop.surface
    noise = max(backdrop.noise, 0.6)
    for label in np.flatnonzero(regions.areas > 0.00005 * frame_size):
        if label == 0 or accepted[label]:
            continue
        lightness, first, second = np.abs(np.median(gap[regions.labels == label], axis=0))
        large = regions.areas[label] > 0.01 * frame_size
        room = 7.5 * noise if large else 3.0 * noise
        accepted[label] = lightness < room and np.hypot(first, second) < 1.5 + noise
    return grow(regions.pick(accepted), unit) & open_ground


def _ground_between_grid_lines(gaps: Floats, backdrop: Backdrop, unit: int) -> Mask:
    least = max(5.0, 4.0 * backdrop.noise)
    body = shrink(gaps > 2.0 * least, unit)
    return ~((gaps > least) & grow(body, 2 * unit))


def _reach_plain(open_ground: Mask, unit: int) -> Mask:
    regions = find_regions(open_ground)
    accepted = regions.touches_frame | (regions.areas > 20 * unit * unit)
    accepted[0] = False
    return regions.pick(accepted)


def _small_openings(gaps: Floats, slopes: Floats, ground: Mask, limit: float, backdrop: Backdrop, unit: int) -> Mask:
    """Gaps between prongs and links: background-coloured, calm inside, too small for the flood."""
    regions = find_regions((gaps < max(3.0, 3.0 * backdrop.noise)) & ~ground)
    calm = _mean_over(regions, slopes) < (3 * limit if backdrop.gridded else 1.5 * limit)
    accepted = calm & (regions.areas > 10 * unit * unit)
    accepted[0] = False
    return regions.pick(accepted)


def _mean_over(regions: Regions, values: Floats) -> Floats:
    sums = np.bincount(regions.labels.ravel(), weights=values.ravel(), minlength=regions.count + 1)
    return (sums / np.maximum(regions.areas, 1)).astype(np.float32)


def _without_specks(piece: Mask, unit: int) -> Mask:
    regions = find_regions(piece)
    if regions.count == 0:
        return piece
    largest = int(regions.areas[1:].max())
    kept = regions.areas > max(8 * unit * unit, _SPECK_SHARE * largest)
    central = np.zeros_like(kept)
    margin = round(_CAPTION_MARGIN * min(piece.shape))
    central[regions.labels[margin:-margin, margin:-margin]] = True
    kept &= central | (regions.areas > _CAPTION_SHARE * largest)
    kept[0] = False
    solid = regions.pick(kept)
    gaps = find_regions(~solid)
    pinholes = gaps.areas < 4 * unit * unit
    pinholes[0] = False
    return solid | gaps.pick(pinholes)


def _contrast(slopes: Floats, piece: Mask, limit: float) -> float:
    outline = grow(piece, 1) & ~shrink(piece, 1)
    return float(np.percentile(slopes[outline], 20) / limit) if outline.any() else 0.0
