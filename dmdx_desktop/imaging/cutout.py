"""The piece apart from its background: coverage, clean colours, stones, and how sure the outline is. Picture processes.

A picture that brings its own transparency is cut out by it; everything else as the studio's eye sees it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.edge_signs import Circumstances
from dmdx_desktop.imaging.eye import Eye, Reading
from dmdx_desktop.imaging.flat_colours import told_by_colour
from dmdx_desktop.imaging.fraying import unfrayed
from dmdx_desktop.imaging.matte import Matte, as_seen, refine
from dmdx_desktop.imaging.safe_open import Picture
from dmdx_desktop.imaging.sight import Box, Sight, look_at
from dmdx_desktop.imaging.stone_signs import without_mirrors
from dmdx_desktop.models.vocabulary import Kind

SURE_ENOUGH: Final = 0.6
"""Below this confidence an outline is worth a look by a person before it is used."""

_ALPHA_CONFIDENCE: Final = 0.99
_BEHIND_ALPHA: Final = (150, 150, 152)
_LEAST_SHARE: Final = 0.0006
_MOST_SHARE: Final = 0.85
_FILLS_THE_PICTURE: Final = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class CutOut:
    """A piece cut out of its picture, on the picture's own pixels as seen upright."""

    coverage: Bytes
    """0 to 255, shape (height, width): how much of each pixel the piece covers."""
    colours: Bytes
    """sRGB, shape (height, width, 3), freed of the old background along the outline; only right where covered."""
    stone: Bytes
    """0 to 255, shape (height, width): how likely what is covered there is a stone, pearl or enamel and not metal."""
    confidence: float
    """0 to 1: how likely the outline is good enough to be used."""
    reading: Reading
    """What the eye takes the picture for."""
    transparent: bool
    """Whether the picture brought its own transparency."""

    @property
    def drawn(self) -> bool:
        """Whether the picture is a drawing on paper."""
        return self.reading.drawn

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands out from the background."""
        return not bool((self.coverage > 127).any())


def cut_out(picture: Picture, eye: Eye) -> CutOut:
    """Find the piece of ``picture``. Never fails: where nothing can be told the confidence is low or 0."""
    if picture.has_alpha:
        return _by_transparency(picture.image, eye)
    sight = look_at(picture.image, eye)
    rgb = np.asarray(picture.image)
    left, top, right, bottom = sight.box
    part = rgb[top:bottom, left:right]
    matte = _matte(part, sight, eye)
    coverage = _placed(matte.coverage, sight.box, rgb)
    if float((coverage > 127).mean()) < _LEAST_SHARE:
        return _nothing(rgb, sight)
    colours = rgb.copy()
    colours[top:bottom, left:right] = matte.colours
    good = eye.calibration.chance_of_good_outline(sight.expected_overlap)
    stone = told_by_colour(sight.stone, matte.coverage, matte.colours, sight.reading)
    return CutOut(
        coverage=coverage,
        colours=colours,
        stone=_placed(without_mirrors(stone, matte.colours, matte.coverage, sight.reading), sight.box, rgb),
        confidence=round(good * _likelihood(coverage) * unfrayed(coverage), 3),
        reading=sight.reading,
        transparent=False,
    )


def _matte(rgb: Bytes, sight: Sight, eye: Eye) -> Matte:
    if sight.reading.drawn:
        return as_seen(rgb, sight.piece)
    kinds = sight.reading.kind
    circumstances = Circumstances(photo=kinds[Kind.PHOTO], cad=kinds[Kind.CAD], enlarged=sight.enlarged)
    return refine(rgb, sight.piece, eye.shares, circumstances)


def _nothing(rgb: Bytes, sight: Sight) -> CutOut:
    empty = np.zeros(rgb.shape[:2], dtype=np.uint8)
    return CutOut(empty, rgb, empty, 0.0, sight.reading, transparent=False)


def _by_transparency(image: Image.Image, eye: Eye) -> CutOut:
    """The picture's own outline; what it shows is looked at on an even ground, which says nothing."""
    alpha = image.getchannel("A")
    ground = Image.new("RGB", image.size, _BEHIND_ALPHA)
    ground.paste(image.convert("RGB"), mask=alpha)
    # No outline is looked for, which is what small pieces are enlarged for.
    sight = look_at(ground, eye, largest=1.0)
    rgb = np.asarray(image.convert("RGB"))
    coverage = np.asarray(alpha)
    return CutOut(
        coverage=coverage,
        colours=rgb,
        stone=without_mirrors(_placed(sight.stone, sight.box, rgb), rgb, coverage, sight.reading),
        confidence=_ALPHA_CONFIDENCE if float((coverage > 127).mean()) > _LEAST_SHARE else 0.0,
        reading=sight.reading,
        transparent=True,
    )


def _likelihood(coverage: Bytes) -> float:
    """1 for an outline as pieces have it; less for one that fills the picture or lies along much of its frame."""
    piece = coverage > 127
    frame = np.concatenate([piece[0], piece[-1], piece[:, 0], piece[:, -1]])
    filled = _FILLS_THE_PICTURE if float(piece.mean()) > _MOST_SHARE else 1.0
    return filled * float(np.clip(1.0 - 4.0 * frame.mean(), 0.4, 1.0))


def _placed(part: Bytes, box: Box, rgb: Bytes) -> Bytes:
    """A plane of the whole picture that is 0 outside ``box``."""
    plane = np.zeros(rgb.shape[:2], dtype=np.uint8)
    plane[box[1] : box[3], box[0] : box[2]] = part
    return plane
