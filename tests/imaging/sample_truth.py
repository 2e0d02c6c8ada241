"""The sample pictures with what is true of them, opened and cut out once for all tests of a process."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import CutOut, cut_out
from dmdx_desktop.imaging.eye import Eye
from dmdx_desktop.imaging.safe_open import Picture, open_picture
from dmdx_desktop.imaging.stone_sense import StoneSense, load_stone_sense
from dmdx_desktop.models.vocabulary import Background

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RESOURCES = SAMPLES.parent.parent / "resources"

_BACKGROUNDS = {
    "white seamless": Background.WHITE,
    "white": Background.WHITE,
    "offwhite seamless": Background.OFF_WHITE,
    "grey seamless": Background.GREY,
    "charcoal seamless": Background.GREY,
    "mid grey": Background.GREY,
    "black seamless": Background.BLACK,
    "light grey gradient": Background.GRADIENT,
    "mid grey with grid": Background.GRID,
    "dark grey gradient with grid": Background.GRID,
    "off-white paper": Background.PAPER,
    "transparent": Background.TRANSPARENT,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """What the manifest says of one sample."""

    file: str
    kind: str
    metal: str
    shows_metal: bool
    stone_colours: frozenset[str]
    background: Background

    @property
    def piece_mask(self) -> NDArray[np.bool_]:
        """The pixels that are mostly piece."""
        return np.asarray(Image.open(self._mask("piece"))) > 127

    @property
    def parts_mask(self) -> NDArray[np.uint8]:
        """0 background, 1 metal, 2 stone or pearl."""
        return np.asarray(Image.open(self._mask("parts")))

    def _mask(self, which: str) -> Path:
        return SAMPLES / "masks" / f"{Path(self.file).stem}.{which}.png"


@cache
def truths() -> tuple[Truth, ...]:
    """Every sample."""
    manifest = json.loads((SAMPLES / "manifest.json").read_text(encoding="utf-8"))
    return tuple(
        Truth(
            file=entry["file"],
            kind=entry["kind"],
            metal=entry["metal"],
            shows_metal=entry.get("metal_colour_visible", True),
            stone_colours=frozenset("cream" if "cream" in s["colour"] else s["colour"] for s in entry["stones"]),
            background=_BACKGROUNDS.get(entry["background"], Background.COLOURED),
        )
        for entry in manifest["images"]
    )


@cache
def picture_of(file: str) -> Picture:
    """The sample, opened."""
    return open_picture(SAMPLES / file, Bounds())


@cache
def the_eye() -> Eye:
    """The networks, loaded once."""
    return Eye(RESOURCES)


@cache
def the_stone_sense() -> StoneSense:
    """What tells the colours of stones, loaded once."""
    return load_stone_sense(RESOURCES)


@cache
def cut_of(file: str) -> CutOut:
    """The sample, cut out."""
    return cut_out(picture_of(file), the_eye())


def overlap(mask: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """Intersection over union."""
    return float((mask & truth).sum() / (mask | truth).sum())
