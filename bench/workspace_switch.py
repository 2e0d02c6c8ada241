"""Switching between the four workspaces of a window with 100,000 images: each painted within 100 ms.

The real window over its real core on a real X server. Each way from one workspace to another is taken nine times;
judged is the median of the waits, from the command to the painted window, processor time of the GUI thread beside it.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from bench.filled_library import fill
from bench.harness import load, machine
from bench.window_stand import pause, spent, until
from devtools.x_server import x_server
from dmdx_desktop.app import build_window
from dmdx_desktop.config import Paths
from dmdx_desktop.ui.top_bar import Workspace

IMAGES: Final = 100_000
REPEATS: Final = 9
MOST_MS: Final = 100.0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=IMAGES, help=f"images in the library ({IMAGES:,})")
    images: int = parser.parse_args(arguments).images
    print(f"Switching between workspaces with {images:,} images\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as folder, x_server():
        paths = Paths(Path(folder))
        fill(paths, images)
        waits = _taken(paths)
    worst = max(wait for wait, _ in waits.values())
    print(f"{'from':<10}{'to':<10}{'ms waited':>12}{'ms worked':>12}")
    for (start, end), (wait, work) in waits.items():
        print(f"{start.name.capitalize():<10}{end.name.capitalize():<10}{wait:>12.1f}{work:>12.1f}")
    print(f"load average after: {load()}")
    print(f"\n{'PASS' if worst < MOST_MS else 'FAIL'}: each below {MOST_MS:g} ms; the slowest {worst:.1f}")
    return 0 if worst < MOST_MS else 1


def _taken(paths: Paths) -> dict[tuple[Workspace, Workspace], tuple[float, float]]:
    application = QApplication(["bench"])
    built = build_window(application, paths)
    window = built.window
    window.show()
    until(lambda: len(window.gallery.model.keys) > 0, "the images")
    taken = {}
    for start, end in permutations(Workspace, 2):
        waits, works = [], []
        for _ in range(REPEATS):
            window.show_workspace(start)
            pause(0.3)
            began = time.perf_counter()
            works.append(spent(lambda end=end: window.show_workspace(end), window))  # type: ignore[misc]
            waits.append((time.perf_counter() - began) * 1000)
        taken[start, end] = (statistics.median(waits), statistics.median(works))
    window.hide()
    built.close()
    return taken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
