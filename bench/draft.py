"""A draft of 1600 x 1600 from import to file, in seconds of one core; the cut-out and the analyst alone.

The references are the samples with their longer side brought to 1600 px. Each is rendered by a command of its own
through a real core with one picture process: found, copied, hashed, made durable, decoded, previewed, read, cut out,
drawn on white in rose gold, written, decoded again for its previews, exported. Counted is the processor time of the
core and of its picture process together, of which the picture is the larger part; seconds by the clock are shown as
well. The core and its process are started, and one picture is made, before anything counts.

Cut-out and analyst are measured apart, as functions in a process with one thread, the best of three each: what they
take is their own work, without decoding. A round's figure is the median over the samples. Each is held against its
budget: 1.0 s, 0.4 s and 0.15 s.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from PIL import Image

from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from bench.linux_processes import require_linux
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.safe_open import open_picture

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "samples"
WARM_UP = SAMPLES / "signet-ring_three-quarter_photo.jpg"
SIDE = 1600
WHOLE_BUDGET, CUTOUT_BUDGET, ANALYST_BUDGET = 1.0, 0.4, 0.15
GATE = Gate(Relation.RATIO, at_most=1.0)
SINGLE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

PUBLISHED = """Published costs of cutting out alone, for scale; other machines, all of their cores:
  u2net, 900 x 1350, i5-10210U       2.1 s   (OPHoperHPO/image-background-remove-tool, issue 40, 2020)
  rembg, 1200 x 1800, processor     30 s     (danielgatis/rembg, issue 29, 2020)
  rembg, product pictures          3 to 8 s  (dev.to, "BiRefNet vs rembg vs U2Net", 2026)
"""

CORE = """
import asyncio, dataclasses, json, os, sys, time
from pathlib import Path
from bench.linux_processes import children_of, processor_seconds
from dmdx_desktop.config import Paths, load_settings
from dmdx_desktop.core import open_core
from dmdx_desktop.models.commands import RenderPaths
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.vocabulary import RecipeMetal, SceneId

def used():
    own = os.getpid()
    return sum(processor_seconds(process) for process in (own, *children_of(own)))

async def main():
    paths = Paths(Path(sys.argv[1]))
    settings = dataclasses.replace(load_settings(paths), picture_processes=1)
    metals = (RecipeMetal.ROSE_GOLD,)
    recipe = Recipe(scenes=(SceneId.WHITE,), metals=metals, size=int(sys.argv[2]), even_if_unsure=True)
    async with open_core(paths, settings) as core:
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            picture, target = line.split("\\t")
            command = RenderPaths(paths=(picture,), recipe=recipe, to=target)
            began, clock = used(), time.perf_counter()
            outcome = await core.execute(command, lambda phase, done, total: None)
            figures = {"processor": used() - began, "clock": time.perf_counter() - clock}
            document = outcome.document
            print(json.dumps({**figures, "made": len(document["outputs"]), "why": document["problems"]}), flush=True)

asyncio.run(main())
"""

PARTS = """
import json, sys, time
from pathlib import Path
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.eye import Eye
from dmdx_desktop.imaging.measure import measure
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.stone_sense import load_stone_sense

def best(work):
    taken = []
    for _ in range(3):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)

paths = [Path(line.strip()) for line in sys.stdin]
eye, sense = Eye(Path("resources")), load_stone_sense(Path("resources"))
cut_out(open_picture(paths[0], Bounds()), eye)
for path in paths:
    picture = open_picture(path, Bounds())
    cut = cut_out(picture, eye)
    taken = best(lambda: cut_out(picture, eye)), best(lambda: measure(picture, cut, sense))
    print(json.dumps(dict(zip(("cut-out", "analyst"), taken))))
"""


def main(arguments: Sequence[str]) -> int:
    rounds = rounds_from(arguments, __doc__ or "", default=5)
    require_linux()
    print(PUBLISHED)
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name:
        folder = Path(name)
        pictures = make_references(folder / "references")
        latest: dict[str, float] = {}
        held = [
            judge(_against_budget(title, count, budget, figure), rounds)
            for title, count, budget, figure in (
                ("from import to file", len(pictures), WHOLE_BUDGET, _whole(folder, pictures, latest)),
                ("cut-out alone", len(pictures), CUTOUT_BUDGET, _parts(pictures, "cut-out")),
                ("analyst alone", len(pictures), ANALYST_BUDGET, _parts(pictures, "analyst")),
            )
        ]
    print(f"\nfrom import to file by the clock, last round: {latest['clock']:.3f} s")
    return 0 if all(held) else 1


def make_references(folder: Path) -> list[Path]:
    """The samples, their longer side of 1600 px, in the kinds of file that they are."""
    folder.mkdir()
    for path in sorted(SAMPLES.iterdir()):
        if path.is_file() and path.suffix != ".json":
            image = open_picture(path, Bounds()).image
            scale = SIDE / max(image.size)
            large = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
            if path.suffix == ".jpg":
                large.convert("RGB").save(folder / path.name, quality=90)
            else:
                large.save(folder / path.name)
    return sorted(folder.iterdir())


def _against_budget(title: str, count: int, budget: float, figure: Callable[[], float]) -> Comparison:
    return Comparison(
        f"A draft of {SIDE} x {SIDE}, {title}: median of {count} samples",
        ("ours", figure),
        ("budget", lambda: budget),
        "processor seconds",
        GATE,
    )


def _whole(folder: Path, pictures: Sequence[Path], latest: dict[str, float]) -> Callable[[], float]:
    def median_seconds() -> float:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            command = [sys.executable, "-c", CORE, str(Path(place) / "library"), str(SIDE)]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as core:
                _rendered(core, WARM_UP, Path(place) / "first")
                figures = [_rendered(core, path, Path(place) / "out") for path in pictures]
                _pipe(core.stdin).close()
        latest["clock"] = statistics.median(figure["clock"] for figure in figures)
        return statistics.median(figure["processor"] for figure in figures)

    return median_seconds


def _rendered(core: "subprocess.Popen[str]", picture: Path, target: Path) -> Mapping[str, float]:
    asking = _pipe(core.stdin)
    asking.write(f"{picture}\t{target}\n")
    asking.flush()
    answer = _pipe(core.stdout).readline()
    figures: Mapping[str, float] = json.loads(answer) if answer else {}
    # A reference the studio will not draw is no figure; it says so at once, which would look quick.
    if figures.get("made") != 1:
        raise SystemExit(f"no draft was made of {picture.name}: {answer.strip()}")
    return figures


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise SystemExit("the core has no pipes")
    return stream


def _parts(pictures: Sequence[Path], which: str) -> Callable[[], float]:
    def median_seconds() -> float:
        done = subprocess.run(
            [sys.executable, "-c", PARTS],
            input="\n".join(str(path) for path in pictures),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, **SINGLE_THREAD},
        )
        return statistics.median(float(json.loads(line)[which]) for line in done.stdout.splitlines())

    return median_seconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
