"""What the victim is asked to do: the whole life of a few small pictures, as commands with fixed ids.

Two folders come in by both ways of grouping; pictures are made, exported, and one piece is deleted again. Every
command is sent again to each new core, as a window does that heard no answer.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image
from pydantic import JsonValue

from dmdx_desktop.core import Core
from dmdx_desktop.models.choices import GroupMode, RecipeMetal, SceneId
from dmdx_desktop.models.commands import Command, Delete, Export, Generate, ImportPaths, ListJobs, RenderPaths, Resume
from dmdx_desktop.models.ids import CommandId, JobId
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.models.recipe import Recipe
from tests.end2end.programs import SAMPLES

EDGE: Final = 200
"""Longest side of the pictures, in pixels: small, because the same work is done hundreds of times."""
DOOMED: Final = "doomed-pendant"
RECIPE: Final = Recipe(
    scenes=(SceneId.WHITE, SceneId.SLATE),
    metals=(RecipeMetal.YELLOW_GOLD, RecipeMetal.PLATINUM),
    size=256,
    even_if_unsure=True,  # so small a picture is seldom cut out surely
)
CATALOGUE: Final = {
    "emerald-ring.png": "emerald-ring_front.png",
    "band-with-exif.jpg": "wedding-band_three-quarter_photo-exif.jpg",
}
VIEWS: Final = {
    "halo-ring_front.png": "halo-ring_front.png",
    "halo-ring_top.png": "halo-ring_top.png",
    "tennis-bracelet.jpg": "tennis-bracelet_three-quarter_photo.jpg",
    f"{DOOMED}.jpg": "ruby-pendant_front_photo.jpg",
}
PIECES_OF_VIEWS: Final = ("halo-ring", "tennis-bracelet", DOOMED)


def make_inputs(folder: Path) -> None:
    """Write the pictures: two grouped by file with a duplicate and a damaged one, four grouped by name."""
    for part, pictures in (("catalogue", CATALOGUE), ("views", VIEWS)):
        (folder / part).mkdir(parents=True)
        for name, sample in pictures.items():
            write_small(SAMPLES / sample, folder / part / name)
    catalogue = folder / "catalogue"
    shutil.copyfile(catalogue / "emerald-ring.png", catalogue / "emerald-ring-again.png")
    whole = (catalogue / "band-with-exif.jpg").read_bytes()
    (catalogue / "broken-off.jpg").write_bytes(whole[: len(whole) // 2])


def write_small(sample: Path, target: Path) -> None:
    """A small copy of ``sample`` in the format of the target's name, with the sample's EXIF."""
    with Image.open(sample) as picture:
        exif = picture.info.get("exif")
        small = picture.convert("RGB")
    small.thumbnail((EDGE, EDGE))
    small.save(target, **({} if exif is None else {"exif": exif}))


async def live(core: Core, inputs: Path, exported: Path) -> None:
    """Carry everything to its end, from wherever an earlier core was stopped."""
    await ask(core, Resume())
    catalogue = RenderPaths(
        id=_fixed(1), paths=(str(inputs / "catalogue"),), to=str(exported / "rendered"), recipe=RECIPE
    )
    await ask(core, catalogue)
    await ask(core, ImportPaths(id=_fixed(2), paths=(str(inputs / "views"),), group=GroupMode.NAME))
    views = [job["id"] for job in await _jobs(core) if job["title"] in PIECES_OF_VIEWS]
    await ask(core, Generate(id=_fixed(3), jobs=_texts(views), recipe=RECIPE))
    await ask(core, Export(id=_fixed(4), targets=_texts(views), to=str(exported / "chosen")))
    doomed = [job["id"] for job in await _jobs(core) if job["title"] == DOOMED]
    await ask(core, Delete(jobs=tuple(JobId(job) for job in _texts(doomed))))


async def ask(core: Core, command: Command) -> Document:
    """What came of ``command``."""
    return (await core.execute(command, _nobody_watches)).document


async def _jobs(core: Core) -> list[dict[str, JsonValue]]:
    listed = (await ask(core, ListJobs()))["jobs"]
    assert isinstance(listed, list)
    return [job for job in listed if isinstance(job, dict)]


def _texts(values: Sequence[JsonValue]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _fixed(number: int) -> CommandId:
    return CommandId(f"00000000-0000-7000-8000-{number:012}")


def _nobody_watches(phase: str, done: int, total: int | None) -> None:
    del phase, done, total
