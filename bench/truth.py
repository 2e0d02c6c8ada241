"""Pictures of which the truth is known, for the benches that judge readings and cut-outs.

Two kinds of folder are read. One has a manifest.json and masks/NAME.piece.png and masks/NAME.parts.png beside its
pictures, as tests/samples has. The other has three files to a picture: NAME.png, NAME.truth.png (red is how much of a
pixel metal covers, green stones and pearls) and NAME.json with what is true of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.studio_operations import StudioOperations
from dmdx_desktop.models.vocabulary import Background

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "samples"
WHITE_METALS = frozenset({"white_gold", "platinum", "silver"})

Coverage = NDArray[np.uint8]
"""0 to 255 for each pixel, shape (height, width)."""

_BACKGROUNDS = {
    "white seamless": Background.WHITE,
    "white": Background.WHITE,
    "offwhite seamless": Background.OFF_WHITE,
    "grey seamless": Background.GREY,
    "charcoal seamless": Background.GREY,
    "mid grey": Background.GREY,
    "black seamless": Background.BLACK,
    "light grey gradient": Background.GRADIENT,
    "dark grey gradient": Background.GRADIENT,
    "mid grey with grid": Background.GRID,
    "dark grey gradient with grid": Background.GRID,
    "off-white paper": Background.PAPER,
    "transparent": Background.TRANSPARENT,
    "veined marble tabletop with props": Background.BUSY,
    "wood tabletop with props": Background.BUSY,
}
"""What the manifest of the samples calls a background; every other name there is a colour."""


@dataclass(frozen=True)
class TruePicture:
    """One picture, and what is true of it."""

    file: Path
    kind: str
    background: Background
    metals: frozenset[str]
    """The metals it is made of: one, or two of a two-tone piece."""
    shows_metal: bool
    """Whether its colours say anything about metal and stones: not in clay and in uncoloured drawings."""
    stone_colours: frozenset[str] | None
    """None where nobody knows which of its stones can be seen."""
    items: int
    view: str

    @property
    def group(self) -> str:
        """The kind of picture in words that name no file."""
        return f"{self.kind} on {self.background.label.lower()}"

    @property
    def tones(self) -> frozenset[str]:
        """The metals as colours: white metals look the same."""
        return frozenset("white" if metal in WHITE_METALS else metal for metal in self.metals)

    @cached_property
    def coverage(self) -> Coverage:
        """How much of each pixel the piece covers."""
        beside = self.file.with_suffix(".truth.png")
        if not beside.is_file():
            mask = Image.open(self.file.parent / "masks" / f"{self.file.stem}.piece.png").convert("L")
            return np.asarray(mask, dtype=np.uint8)
        planes = np.asarray(Image.open(beside).convert("RGB"), dtype=np.uint16)
        return np.asarray(np.minimum(planes[..., 0] + planes[..., 1], 255), dtype=np.uint8)

    @cached_property
    def parts(self) -> Coverage:
        """0 background, 1 metal, 2 stone or pearl."""
        beside = self.file.with_suffix(".truth.png")
        if not beside.is_file():
            return np.asarray(Image.open(self.file.parent / "masks" / f"{self.file.stem}.parts.png"), dtype=np.uint8)
        planes = np.asarray(Image.open(beside).convert("RGB"), dtype=np.uint8)
        return np.where(self.coverage > 127, np.where(planes[..., 1] > planes[..., 0], 2, 1), 0).astype(np.uint8)


def studio() -> StudioOperations:
    """The operations of the embedded analyst and engine as a picture process has them, in this process."""
    return StudioOperations(ROOT / "resources", Bounds(), ColourConverter())


def true_pictures(folder: Path, most: int | None = None) -> list[TruePicture]:
    """The pictures of a folder with their truth, at most so many, chosen evenly. Exits where there are none."""
    manifest = folder / "manifest.json"
    found = _of_manifest(folder, manifest) if manifest.is_file() else _of_neighbours(folder)
    if not found:
        raise SystemExit(f"{folder} holds no picture with its truth")
    if most is None or len(found) <= most:
        return found
    return [found[index * len(found) // most] for index in range(most)]


def _of_manifest(folder: Path, manifest: Path) -> list[TruePicture]:
    entries: Sequence[Mapping[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["images"]
    return [
        TruePicture(
            file=folder / entry["file"],
            kind=entry["kind"],
            background=_BACKGROUNDS.get(entry["background"], Background.COLOURED),
            metals=frozenset({entry["metal"]}),
            shows_metal=entry.get("metal_colour_visible", True),
            stone_colours=frozenset("cream" if "cream" in s["colour"] else s["colour"] for s in entry["stones"]),
            items=2 if entry["jewellery_type"] == "earrings" else 1,
            view=entry["view"].replace("-", "_"),
        )
        for entry in entries
    ]


def _of_neighbours(folder: Path) -> list[TruePicture]:
    found = []
    for file in sorted(folder.glob("*.json")):
        picture = file.with_suffix(".png")
        truth = file.with_suffix(".truth.png")
        if not (picture.is_file() and truth.is_file()) or _size_of(picture) != _size_of(truth):
            continue  # its maker is still at it
        facts: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        found.append(
            TruePicture(
                file=picture,
                kind=facts["kind"],
                background=Background(facts["background"]),
                metals=frozenset({facts["metal"], facts.get("metal2")}) - {None},
                shows_metal=facts["shows_metal"],
                stone_colours=None if facts["colours"] is None else frozenset(facts["colours"]),
                items=facts["items"],
                view=facts["view"],
            )
        )
    return found


def _size_of(file: Path) -> tuple[int, int]:
    with Image.open(file) as picture:
        return picture.size
