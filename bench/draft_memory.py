"""Peak memory of a real picture process that draws at 4096, above what it held before it was asked for anything.

Each picture is drawn by a process of its own, started by the pool that the core uses: it reads the reference, then
draws it in rose gold, 4096 x 4096. The references are samples enlarged to 9 megapixels, the most that is worked on: a
photograph, a viewport render with a grid, a sketch, and one with transparency. Looked at is the highest resident memory
the system has seen of the process, and what was resident when it said that it was ready. A picture process may use
1 GiB more than at its start; the gate leaves a margin: at no time more than 600 MB above it.
"""

import argparse
import asyncio
import math
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from bench.harness import Gate, Relation, machine, verdict
from bench.linux_processes import children_of, require_linux, resident_megabytes
from dmdx_desktop.config import resources_folder
from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import PAID_ONLY_SCENES, RecipeMetal, SceneId
from dmdx_desktop.workers.pools import PicturePool, picture_command

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples"
REFERENCES = (
    "signet-ring_three-quarter_photo.jpg",
    "emerald-ring_front.png",
    "halo-ring_top_sketch.jpg",
    "wedding-band-rose_three-quarter_photo-alpha.png",
)
SIZE = 4096
PIXELS = 9_000_000
SECONDS = 600.0
GATE = Gate(Relation.DIFFERENCE, at_most=600.0)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args(arguments)
    require_linux()
    print(f"Memory of a picture process that draws at {SIZE}\n{machine()}\n")
    print(f"{'reference':<50}{'scene':<16}{'before MB':>12}{'peak MB':>12}{'above MB':>12}")
    above = []
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name:
        for reference in REFERENCES:
            large = _enlarged(SAMPLES / reference, Path(name))
            for scene in sorted(set(SceneId) - PAID_ONLY_SCENES):
                before, peak = asyncio.run(_drawn(large, scene, Path(name) / "draft.png"))
                above.append(GATE.value(peak, before))
                print(f"{reference:<50}{scene:<16}{before:>12.1f}{peak:>12.1f}{above[-1]:>12.1f}", flush=True)
    return 0 if verdict(GATE, max(above)) else 1


def _enlarged(sample: Path, folder: Path) -> Path:
    image = open_picture(sample, Bounds()).image
    scale = (PIXELS / (image.width * image.height)) ** 0.5
    target = folder / f"large-{sample.stem}.png"
    size = int(image.width * scale), int(image.height * scale)
    image.resize(size, Image.Resampling.BICUBIC).save(target, compress_level=1)
    return target


async def _drawn(reference: Path, scene: SceneId, target: Path) -> tuple[float, float]:
    """Megabytes before anything was asked, and at the peak of one reading and one draft."""
    pool = PicturePool(1, picture_command(resources_folder()))
    try:
        # Nothing is read for this; it starts the process.
        await pool.call("headers", {"paths": []}, seconds=SECONDS)
        (process,) = children_of(os.getpid())
        before = resident_megabytes(process)
        try:
            await _read_and_draw(pool, reference, scene, target)
        except PictureError as error:
            # Its bound has refused it memory: the peak lies above, nobody knows how far.
            print(f"{reference.name}: {error.title}")
            return before, math.inf
        return before, resident_megabytes(process, peak=True)
    finally:
        await pool.close()


async def _read_and_draw(pool: PicturePool, reference: Path, scene: SceneId, target: Path) -> None:
    asked: Mapping[str, object] = {"path": str(reference), "sha256": reference.name}
    read = await pool.call("measure", asked, seconds=SECONDS)
    piece = Piece.model_validate(read.values["piece"])
    await pool.call("draft", {**asked, **_wish(piece, scene, target)}, seconds=SECONDS)


def _wish(piece: Piece, scene: SceneId, target: Path) -> Mapping[str, object]:
    variant = Variant(scene=scene, metal=RecipeMetal.ROSE_GOLD, size=SIZE)
    return {
        "to": str(target),
        "title": "",
        "variant": variant.model_dump(mode="json"),
        "piece": piece.model_dump(mode="json"),
        "seed": 1,
        "created_at": 0,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
