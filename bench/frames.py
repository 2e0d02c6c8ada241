"""Frames of the window while 2,000 files are imported and drafts are made: nobody who scrolls or rates notices.

The real window over its real core on a real X server, on its gallery, scrolled a little with every tick of a clock that
strikes each 16 ms, so that every frame paints the whole grid. Judged until the import has ended: processor time of the
GUI thread for each tick (99 % below 8 ms), and the time from tick to tick (99 % below 20 ms). Meanwhile a key rates an
image now and then: painted as rated within 50 ms, durable and told by the core within 500 ms, the slowest of them.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.filled_library import fill
from bench.harness import load, machine
from bench.window_stand import Ticks, pause, percentile, until
from devtools.x_server import x_server
from dmdx_desktop.app import Window, build_window
from dmdx_desktop.config import Paths, resources_folder
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.models.commands import Generate, ImportPaths
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.top_bar import Workspace

SAMPLES: Final = Path(__file__).resolve().parent.parent / "tests" / "samples"
FILES: Final = 2_000
FILES_A_FOLDER: Final = 100
EDGE: Final = 480
IMAGES: Final = 1_000
SCENES: Final = (SceneId.WHITE, SceneId.BLACK_VELVET, SceneId.MARBLE, SceneId.SLATE, SceneId.WARM)
RECIPE: Final = Recipe(scenes=SCENES, metals=(RecipeMetal.AS_REFERENCE, RecipeMetal.ROSE_GOLD), size=1600)
MOST_CPU_MS, MOST_TICK_MS, MOST_PAINTED_MS, MOST_CONFIRMED_MS = 8.0, 20.0, 50.0, 500.0
RATE_EVERY_S: Final = 1.0
LONGEST_S: Final = 240.0
STEP_PX: Final = 3


@dataclass(slots=True)
class Seen:
    """What was measured, in milliseconds."""

    cpu: list[float] = field(default_factory=list)
    ticks: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=FILES, help=f"files to import ({FILES:,})")
    files: int = parser.parse_args(arguments).files
    print(f"Frames while {files:,} files are imported and drafts are made\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name, x_server():
        folder = Path(name)
        fill(Paths(folder / "library"), IMAGES)
        make_files(folder / "pictures", files)
        at_rest, at_work = _measure(Paths(folder / "library"), folder / "pictures")
    return 0 if judge(at_rest, at_work) else 1


def make_files(folder: Path, count: int) -> None:
    """Pictures of pieces, no two files the same."""
    folder.mkdir()
    samples = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in {".png", ".jpg", ".webp"}]
    contents = []
    for sample in samples:
        with Image.open(sample) as picture:
            picture.thumbnail((EDGE, EDGE))
            picture.save(folder / f"made{sample.suffix}")
        contents.append((sample, (folder / f"made{sample.suffix}").read_bytes()))
        (folder / f"made{sample.suffix}").unlink()
    for number in range(count):
        sample, content = contents[number % len(contents)]
        into = folder / f"Folder {number // FILES_A_FOLDER:02}"
        into.mkdir(exist_ok=True)
        # No reader of these formats minds what follows the end of the picture.
        (into / f"{sample.stem}-{number:05}{sample.suffix}").write_bytes(content + number.to_bytes(8, "big"))


def _measure(paths: Paths, pictures: Path) -> tuple[Seen, Seen]:
    application = QApplication(["bench"])
    built = build_window(application, paths)
    built.window.show()
    until(lambda: len(built.window.gallery.model.keys) >= IMAGES, "the images")
    built.window.show_workspace(Workspace.GALLERY)
    pause(1.0)
    rest, work = Seen(), Seen()
    scroll(built, rest, lambda: False, seconds=8.0)
    jobs = _samples(built)
    ended: list[bool] = []
    bridge = built.parts.bridge
    bridge.send(Generate(jobs=jobs, recipe=RECIPE))
    bridge.send(ImportPaths(paths=(str(pictures),)), lambda answer: ended.append(isinstance(answer, Finished)))
    scroll(built, work, lambda: bool(ended), seconds=LONGEST_S)
    print(
        f"{'imported' if ended else 'import not ended'}; {len(built.window.gallery.model.keys) - IMAGES} drafts made\n"
    )
    built.window.hide()
    built.close()
    return rest, work


def _samples(built: Window) -> tuple[str, ...]:
    """The ids of the sample pieces, once they were read."""
    answers: list[Finished | Failed] = []
    folder = str(resources_folder() / "samples")
    built.parts.bridge.send(ImportPaths(paths=(folder,), finish=True), answers.append)
    until(lambda: bool(answers), "the sample pieces")
    answer = answers[0]
    listed = answer.document.get("jobs") if isinstance(answer, Finished) else None
    if not isinstance(listed, list):
        raise SystemExit("the samples could not be imported")
    return tuple(str(job["id"]) if isinstance(job, dict) else str(job) for job in listed)


def scroll(built: Window, seen: Seen, is_over: Callable[[], bool], seconds: float) -> None:
    """Scroll the gallery and rate an image now and then until it is over, and keep what is measured."""
    grid = built.window.gallery.grid
    bar, turn = grid.verticalScrollBar(), [0]

    def step() -> None:
        turn[0] += 1
        bar.setValue(bar.value() + (STEP_PX if turn[0] // 60 % 2 == 0 else -STEP_PX))

    ticks = Ticks(with_each=step)
    ends = time.monotonic() + seconds
    while not is_over() and time.monotonic() < ends:
        ticks.start()
        pause(RATE_EVERY_S)
        ticks.stop()
        seen.cpu += ticks.cpu_ms
        seen.ticks += ticks.gaps_ms
        _rate(built, seen)


def _rate(built: Window, seen: Seen) -> None:
    """Press a key on an image in view, and wait for what it brings about."""
    gallery = built.window.gallery
    rows = [row for row in gallery.grid.cells_in_view() if gallery.model.known(gallery.model.keys[row]) is not None]
    if not rows:
        return
    key = gallery.model.keys[rows[len(rows) // 2]]
    gallery.show_image(key)
    card = gallery.model.known(key)
    stars = 1 + (card.rating if card is not None else 0) % 5
    told: list[float] = []

    def hear(changes: dict[str, set[int] | None]) -> None:
        keys = changes.get("output", set())
        if keys is None or key in keys:
            told.append(time.perf_counter())

    pause(0.05)
    built.parts.bridge.changed.connect(hear)
    began = time.perf_counter()
    QTest.keyClick(gallery.grid, Qt.Key(Qt.Key.Key_0.value + stars))
    gallery.grid.viewport().repaint()
    seen.painted.append((time.perf_counter() - began) * 1000)
    until(lambda: bool(told), "the core to confirm a rating")
    built.parts.bridge.changed.disconnect(hear)
    seen.confirmed.append((told[0] - began) * 1000)


def judge(rest: Seen, work: Seen) -> bool:
    """Print what was measured, and whether all of it is within its bounds."""
    rows = (
        ("processor time of a frame, 99 %", percentile(rest.cpu, 0.99), percentile(work.cpu, 0.99), MOST_CPU_MS),
        ("from tick to tick, 99 %", percentile(rest.ticks, 0.99), percentile(work.ticks, 0.99), MOST_TICK_MS),
        ("rating painted, slowest", max(rest.painted), max(work.painted), MOST_PAINTED_MS),
        ("rating confirmed, slowest", max(rest.confirmed), max(work.confirmed), MOST_CONFIRMED_MS),
    )
    print(f"{len(work.cpu):,} frames and {len(work.painted)} ratings at work")
    print(f"{'milliseconds':<36}{'at rest':>10}{'at work':>10}{'at most':>10}")
    for name, idle, busy, most in rows:
        print(f"{name:<36}{idle:>10.1f}{busy:>10.1f}{most:>10g}  {'PASS' if busy < most else 'FAIL'}")
    print(f"load average after: {load()}")
    held = all(busy < most for _, _, busy, most in rows)
    print(f"\n{'PASS' if held else 'FAIL'}: every one below its bound while at work")
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
