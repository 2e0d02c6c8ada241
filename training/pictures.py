"""Training pictures with exact truth, rendered: photographs, CAD renders, clay and sketches of random pieces.

Runs in the renderer's own Python (bpy, NumPy, SciPy, Pillow), one process a core, each with its own seed:

    python -m training.pictures --renderer FOLDER --to FOLDER --seed N --seconds S [--held-out] [--scale 1.8]
        [--photos-only] [--pale] [--lying] [--families band bangle ...]

Each picture is three files: NAME.png, NAME.truth.png (red: coverage by metal, green: coverage by stones and pearls,
0 to 255) and NAME.json with what is true of it. ``--held-out`` adds backdrops that training never
sees. A run that is stopped loses the picture under way and nothing else.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image

from training.assemblies import assemble
from training.pieces import GEMS, METALS, PEARLS, PieceToRender, random_piece

PAPERS: Final = ((0.965, 0.950, 0.915), (0.955, 0.955, 0.945), (0.93, 0.89, 0.82), (0.975, 0.97, 0.96))
PENCILS: Final = ((0.16, 0.16, 0.18), (0.10, 0.12, 0.22), (0.28, 0.18, 0.12), (0.30, 0.30, 0.32))
PLAIN: Final = {
    "white": "white",
    "offwhite": "off_white",
    "grey": "grey",
    "charcoal": "grey",
    "black": "black",
    "blush": "coloured",
    "navy": "coloured",
    "sage": "coloured",
    "sand": "coloured",
    "slate": "coloured",
}
"""The renderer's seamless backgrounds and what a person calls them."""
HELD_OUT_PLAIN: Final = {"burgundy": "coloured", "teal": "coloured", **PLAIN}
PALE: Final = ("white", "white", "white", "offwhite", "grey")
WHITE_METALS: Final = ("white_gold", "platinum", "silver")
SHAPES: Final = ((1.0, 1.0), (1.0, 0.9), (1.0, 0.8), (0.8, 1.0), (1.0, 1.0), (1.0, 0.65), (1.0, 0.75))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pictures: with unseen backdrops, how many times 512 pixels long, photographs alone, which families.

    ``pale`` asks for what is hardest to cut out: photographs of white metal on white and light grey. ``lying`` asks
    for photographs of bands and bangles that lie on their table and mirror it.
    """

    held_out: bool
    scale: float
    photos_only: bool
    families: tuple[str, ...] = ()
    pale: bool = False
    lying: bool = False


class Studio:
    """The picture renderer with its models, and where raw pictures go. One per process."""

    def __init__(self, folder: Path, raw: Path) -> None:
        sys.path.insert(0, str(folder))
        sys.argv = [sys.argv[0], "--base", str(raw)]
        import bpy
        import masks
        import render

        render.geom.assembled = partial(assemble, render.geom)
        self.bpy: Any = bpy
        self.masks: Any = masks
        self.render: Any = render
        self._raw = raw
        self._latest: Any = None

    def build(self, settings: Mapping[str, Any]) -> Any:
        """The piece of ``settings`` in an empty scene."""
        self.render.reset(*settings["size"])
        self.bpy.context.scene.render.threads = 1
        self._latest = self.render.build(settings)
        return self._latest

    def colours_of(self, piece: PieceToRender) -> frozenset[str]:
        """The colours of its stones and pearls: of one put together at random, those it turned out to be set with."""
        if piece.colours is not None:
            return piece.colours
        roles = {str(part["role"]) for part in self._latest.objs}
        named = {**GEMS, **PEARLS}
        return frozenset(named[role.removeprefix("gem:")] for role in roles if role.removeprefix("gem:") in named)

    def photograph(self, settings: dict[str, Any]) -> tuple[Image.Image, np.ndarray]:
        """A path-traced photograph and its coverage (height, width, 2), metal and stones, 0 to 1."""
        return self._traced(settings, self.render.photo)

    def clay(self, settings: dict[str, Any]) -> tuple[Image.Image, np.ndarray]:
        """A path-traced render in clay."""
        return self._traced(settings, self.render.cad_render)

    def _traced(self, settings: dict[str, Any], look: Any) -> tuple[Image.Image, np.ndarray]:
        piece = self.build(settings)
        path = self._raw / "picture.png"
        look(settings, piece, str(path))
        image = Image.open(path)
        image.load()
        scene = self.bpy.context.scene
        scene.render.film_transparent = False
        own = set(piece.objs)
        for other in scene.objects:
            other.hide_render = other.type == "MESH" and other not in own
        coverage = self.masks.shoot(piece, *image.size, 12)
        if "A" in image.getbands():
            seen = np.asarray(image.getchannel("A"), dtype=np.float32)[..., None] / 255
            coverage = np.minimum(coverage, seen)
        return image, coverage

    def drawn(self, settings: list[dict[str, Any]]) -> list[tuple[Image.Image, np.ndarray]]:
        """CAD viewports and sketches of one piece from one side: they share the slow passes."""
        piece = self.build(settings[0])
        made: list[tuple[Image.Image, np.ndarray]] = []
        shared: list[Any] = []
        passes = self.render.passes

        def once(*arguments: Any) -> Any:
            if not shared:
                shared.append(passes(*arguments))
            normals, ids, depth = shared[0]
            return normals.copy(), ids.copy(), depth

        self.render.passes = once
        try:
            for one in settings:
                path = self._raw / "picture.png"
                look = self.render.sketch if one["kind"] == "sketch" else self.render.cad_view
                look(one, piece, str(path))
                image = Image.open(path)
                image.load()
                made.append((image, self._drawn_coverage(piece, shared[0][1], one)))
        finally:
            self.render.passes = passes
        return made

    def _drawn_coverage(self, piece: Any, ids: np.ndarray, settings: Mapping[str, Any]) -> np.ndarray:
        from scipy import ndimage

        metal = np.array([False] + [ob["role"].startswith("metal") for ob in piece.objs])
        label = np.where(ids > 0, np.where(metal[ids], 1, 2), 0)
        if settings["kind"] == "cad" and settings.get("edges", True):
            inside = label > 0
            rim = np.zeros(inside.shape, bool)
            for axis in (0, 1):
                rim |= inside != np.roll(inside, 1, axis)
            rim = ndimage.binary_dilation(rim) & ~inside
            near = ndimage.distance_transform_edt(~inside, return_distances=False, return_indices=True)
            label = np.where(rim, label[near[0], near[1]], label)
        planes = [(label == value).astype(np.float32) for value in (1, 2)]
        return np.stack([self.render.down(plane, 2) for plane in planes], -1)


def as_wanted(piece: PieceToRender, wanted: Wanted) -> PieceToRender:
    """The piece in the poses and from the sides that are asked for."""
    if not wanted.lying:
        return piece
    aslant = tuple(view for view in piece.views if view[0] == "three_quarter")
    return replace(piece, poses=("lie",), views=aslant or piece.views)


def view_of(piece: PieceToRender, chance: random.Random) -> dict[str, Any]:
    """From where a piece is seen, by the name a jeweller gives it."""
    name, seen_from, seen_above = chance.choice(piece.views)
    azimuth, elevation = float(seen_from), float(seen_above)
    loose = 12 if name == "three_quarter" else 4
    azimuth += chance.choice([0, 0, 1]) * chance.uniform(-loose, loose)
    if name == "three_quarter" and chance.random() < 0.5:
        azimuth = -azimuth
    elevation = min(89, max(2, elevation + chance.uniform(-loose, loose)))
    pose = chance.choice(piece.poses) if name == "three_quarter" else piece.poses[0]
    settings: dict[str, Any] = {"view": name, "az": azimuth, "el": elevation, "pose": pose}
    if pose == "lie":
        settings["lie"] = chance.choice([78, 90, 90])
    return settings


def size_of(chance: random.Random, longest: float) -> tuple[int, int]:
    """Width and height in pixels, even, in one of the usual shapes."""
    width, height = chance.choice(SHAPES)
    if chance.random() < 0.2:
        width, height = height, width
    return round(longest * width / 2) * 2, round(longest * height / 2) * 2


def photo_settings(piece: PieceToRender, chance: random.Random, wanted: Wanted, studio: Studio) -> dict[str, Any]:
    """Everything about one photograph; its background's label is under ``background``."""
    settings = _common(piece, chance, "photo", wanted.scale * chance.choice([448, 512, 576]))
    settings |= {"spp": chance.choice([4, 5, 6]), "margin": chance.uniform(0.62, 0.9)}
    settings["finish"] = chance.choices(["polished", "satin", "brushed", "hammered"], [7, 1, 1, 1])[0]
    if chance.random() < 0.12:
        settings["metal2"] = chance.choice(METALS)
    if wanted.lying:
        settings["el"] = min(60, max(8, chance.gauss(27, 11)))
        settings["finish"] = "polished" if chance.random() < 0.75 else settings["finish"]
    choices = HELD_OUT_PLAIN if wanted.held_out else PLAIN
    table = 1.0 if wanted.pale else chance.random()
    if wanted.pale:
        settings["metal"] = chance.choice(WHITE_METALS)
    if table < 0.10:
        settings |= {"texture": chance.choice(["marble", "wood"]), "background": "busy"}
    elif table < 0.13:
        settings |= {"alpha": True, "background": "transparent"}
    else:
        name = chance.choice(PALE if wanted.pale else [*choices, "white", "white", "grey", "black"])
        colour, roughness = studio.render.BG[name]
        shade = chance.uniform(0.85, 1.12) if name not in ("white",) else chance.uniform(0.94, 1.06)
        studio.render.BG["chosen"] = (tuple(min(part * shade, 0.95) for part in colour), roughness)
        dark = name in ("black", "charcoal", "navy", "burgundy", "teal")
        styles = ("dark", "dark", "moody") if dark else ("light", "light", "light", "soft", "sun")
        settings |= {"bg": "chosen", "background": choices[name], "env": chance.choice(styles)}
        settings["bgspec"] = 0.5 if name == "black" else 0.25
    settings["exp"] = settings.get("exp", 0.3 if settings.get("env") != "dark" else 0.15) + chance.uniform(-0.2, 0.25)
    settings["envrot"] = chance.uniform(-180, 180) if chance.random() < 0.5 else 0
    if piece.hangs and not settings.get("alpha") and "texture" not in settings and chance.random() < 0.7:
        settings |= {"wall": True, "walld": chance.uniform(0.55, 1.8)}
    if chance.random() < 0.15:
        settings["nodof"] = True
    return settings


def clay_settings(piece: PieceToRender, chance: random.Random, wanted: Wanted) -> dict[str, Any]:
    """A path-traced clay render."""
    settings = _common(piece, chance, "cadr", wanted.scale * chance.choice([448, 512, 576]))
    settings |= {"cadcol": "clay", "background": "grey", "margin": chance.uniform(0.62, 0.88)}
    settings["edges"] = chance.random() < 0.8
    settings["cadbg"] = chance.choice(["white", "white", "rhino"])
    return settings


def drawn_settings(piece: PieceToRender, chance: random.Random, wanted: Wanted) -> list[dict[str, Any]]:
    """Two CAD viewports and a sketch from one side."""
    base = _common(piece, chance, "cad", wanted.scale * chance.choice([512, 576, 640]))
    base |= {"margin": chance.uniform(0.6, 0.88)}
    return [_viewport(base, chance), _viewport(base, chance), _sketch(base, chance)]


def _viewport(base: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    settings = {
        **base,
        "kind": "cad",
        "metal": chance.choice(METALS),
        "cadbg": chance.choice(["rhino", "white", "dark", "grad"]),
    }
    settings["background"] = {"rhino": "grey", "white": "white", "dark": "gradient", "grad": "gradient"}[
        settings["cadbg"]
    ]
    if chance.random() < 0.4:
        settings |= {"grid": True, "background": "grid", "gridplane": chance.choice(["xy", "xy", "xz"])}
        if settings["cadbg"] == "white":
            settings["cadbg"] = "rhino"
    if chance.random() < 0.3:
        settings["cadcol"] = "clay"
    settings["edges"] = chance.random() < 0.85
    if chance.random() < 0.4:
        settings["ui"] = chance.choice(["Perspective", "Top", "Front", "Right", "Shaded"])
    return settings


def _sketch(base: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    settings = {**base, "kind": "sketch", "background": "paper", "seed": chance.randint(1, 10**6)}
    style = chance.choices(["pencil", "gouache", "line"], [5, 3, 2])[0]
    settings |= {"sk": style, "papertone": chance.choice(PAPERS), "pencil": chance.choice(PENCILS)}
    settings |= {"guides": chance.random() < 0.3, "ground": chance.random() < 0.4}
    return settings


def _common(piece: PieceToRender, chance: random.Random, kind: str, longest: float) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "kind": kind,
        "fn": piece.function,
        "args": dict(piece.arguments),
        "metal": chance.choice(METALS),
        "size": size_of(chance, longest),
        "lens": chance.choice([70, 90, 110, 150]),
        **view_of(piece, chance),
    }
    if chance.random() < 0.15:
        settings["roll"] = chance.uniform(-12, 12)
    return settings


def truth_of(settings: Mapping[str, Any], piece: PieceToRender, colours: frozenset[str]) -> dict[str, Any]:
    """What is true of one picture, as it is stored beside it."""
    drawn = settings["kind"] == "sketch"
    shows = not (settings.get("cadcol") == "clay" or (drawn and settings.get("sk") != "gouache"))
    return {
        "kind": "sketch" if drawn else "photo" if settings["kind"] == "photo" else "cad",
        "look": settings.get("sk") if drawn else settings["kind"],
        "family": piece.family,
        "type": piece.type,
        "view": settings["view"],
        "background": settings["background"],
        "metal": settings["metal"],
        "metal2": settings.get("metal2"),
        "finish": settings.get("finish"),
        "colours": sorted(colours),
        "shows_metal": shows,
        "items": piece.items,
    }


def save(folder: Path, name: str, image: Image.Image, coverage: np.ndarray, truth: Mapping[str, Any]) -> None:
    """Write one picture with its truth; the JSON comes last and makes it count."""
    image.save(folder / f"{name}.png")
    planes = np.zeros((*coverage.shape[:2], 3), np.uint8)
    planes[..., :2] = np.rint(np.clip(coverage, 0, 1) * 255)
    Image.fromarray(planes).save(folder / f"{name}.truth.png")
    (folder / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")


def main() -> None:
    """Render until the time is up."""
    parser = argparse.ArgumentParser(prog="training.pictures", description=__doc__.split("\n")[0])
    parser.add_argument("--renderer", type=Path, required=True, help="folder of the picture renderer")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--photos-only", action="store_true")
    parser.add_argument("--pale", action="store_true", help="photographs of white metal on white and light grey alone")
    parser.add_argument("--lying", action="store_true", help="photographs of bands and bangles lying on their table")
    parser.add_argument("--scale", type=float, default=1.0, help="how many times the usual size of about 512 pixels")
    parser.add_argument("--families", nargs="+", default=[], help="of ``pieces.MAKERS``: those alone")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    families = tuple(options.families or (("band", "band", "bangle") if options.lying else ()))
    photos_only = options.photos_only or options.lying
    wanted = Wanted(options.held_out, options.scale, photos_only, families, options.pale, options.lying)
    chance = random.Random(options.seed)
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as raw:
        studio = Studio(options.renderer, Path(raw))
        number = 0
        while time.monotonic() < end:
            number += 1
            try:
                _render_one(studio, chance, wanted, options.to, f"{options.seed}-{number:05d}")
            except (RuntimeError, ValueError, FloatingPointError, ZeroDivisionError) as error:
                # A few random arguments make a model that cannot be built; the next one can.
                print(f"left out {options.seed}-{number:05d}: {type(error).__name__}", flush=True)


def _render_one(studio: Studio, chance: random.Random, wanted: Wanted, folder: Path, name: str) -> None:
    piece = as_wanted(random_piece(chance, wanted.families), wanted)
    look = chance.random()
    if look < 0.62 or wanted.photos_only or wanted.pale:
        settings = photo_settings(piece, chance, wanted, studio)
        made = studio.photograph(settings)
        save(folder, name, *made, truth_of(settings, piece, studio.colours_of(piece)))
    elif look < 0.68:
        settings = clay_settings(piece, chance, wanted)
        made = studio.clay(settings)
        save(folder, name, *made, truth_of(settings, piece, studio.colours_of(piece)))
    else:
        drawn = drawn_settings(piece, chance, wanted)
        for index, (settings, made) in enumerate(zip(drawn, studio.drawn(drawn), strict=True)):
            save(folder, f"{name}{'abc'[index]}", *made, truth_of(settings, piece, studio.colours_of(piece)))


if __name__ == "__main__":
    main()
