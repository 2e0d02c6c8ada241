"""Libraries that many tests begin with: each made once, by a real window and core, and copied for every test.

A closed library is its files: a copy of them is what the same work would have left in the test's own folder. Processes
of pytest-xdist share what is made, so that a run makes each once.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.config import Paths
from dmdx_desktop.models.commands import RenderPaths
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.preferences import preferences_file
from tests.ui.shown_windows import LONG_MS, shown_window

if sys.platform != "win32":
    import fcntl

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

Filling = Callable[[Window, QtBot], None]
"""Has an empty library filled by its window; returns once all is there."""


@dataclass(frozen=True)
class MadeLibraries:
    """What was made so far lies in ``folder``, under the name of the function that filled it."""

    folder: Path
    application: QApplication
    qtbot: QtBot

    def copy(self, filling: Filling, basedir: Path) -> None:
        """Put the library that ``filling`` makes at ``basedir``."""
        made = self.folder / f"{filling.__module__}.{filling.__name__}"
        with _alone_with(made):
            if not made.exists():
                begun = made.with_name(f"{made.name}.begun")
                shutil.rmtree(begun, ignore_errors=True)
                with shown_window(self.application, self.qtbot, begun) as window:
                    filling(window, self.qtbot)
                # How that window was used is not part of the library; the window of a test begins as a new one.
                preferences_file(Paths(begun)).unlink()
                begun.rename(made)
        shutil.copytree(made, basedir)


def one_ring(built: Window, qtbot: QtBot) -> None:
    """One piece, read."""
    add_samples(built, qtbot, "halo-ring_top.png")


def two_rings(built: Window, qtbot: QtBot) -> None:
    """Two pieces, read."""
    add_samples(built, qtbot, "halo-ring_top.png", "solitaire-ring_top.png")


def sample_pieces(built: Window, qtbot: QtBot) -> None:
    """The pieces that come with the program, with both drafts of each."""
    built.window.studio.welcome.samples_wanted.emit()
    qtbot.waitUntil(lambda: len(built.window.gallery.model.keys) == 12, timeout=LONG_MS)


def add_samples(built: Window, qtbot: QtBot, *names: str) -> None:
    """Have samples added, until the window has summed up what came of it."""
    with qtbot.waitSignal(built.window.attendants.adding.summed_up, timeout=LONG_MS):
        built.window.attendants.adding.add([str(SAMPLES / name) for name in names])


def make_images(built: Window, qtbot: QtBot, recipe: Recipe, *names: str) -> None:
    """Have samples added and an image of each made in every scene of ``recipe``."""
    written = built.parts.paths.basedir.with_suffix(".written")
    paths = tuple(str(SAMPLES / name) for name in names)
    with qtbot.waitSignal(built.parts.bridge.answered, timeout=LONG_MS):
        built.parts.bridge.send(RenderPaths(paths=paths, to=str(written), recipe=recipe))
    images = len(names) * len(recipe.scenes)
    qtbot.waitUntil(lambda: len(built.window.gallery.model.keys) == images, timeout=LONG_MS)


@contextmanager
def _alone_with(made: Path) -> Iterator[None]:
    """No other process of this run makes the same library meanwhile."""
    with made.with_name(f"{made.name}.lock").open("a") as lock:
        if sys.platform != "win32":  # there each process makes its own
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
