"""Windows whose core is connected to a WaveSpeed server on this computer, with one piece in view."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.models.recipe import Recipe
from tests.servers.wavespeed import WaveSpeedServer
from tests.ui.made_libraries import MadeLibraries, one_ring
from tests.ui.shown_windows import LONG_MS, shown_window

PRO = "google/nano-banana-pro/edit"


@contextmanager
def paid_window(
    qapp: QApplication,
    qtbot: QtBot,
    basedir: Path,
    made: MadeLibraries,
    server: WaveSpeedServer,
) -> Iterator[Window]:
    """A window over a copy of a library with one ring; its engines are listed."""
    made.copy(one_ring, basedir)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as opened:
        patch.setenv("DMDX_WAVESPEED_URL", server.origin)
        patch.setenv("DMDX_WAVESPEED_KEY", server.key)
        built = opened.enter_context(shown_window(qapp, qtbot, basedir))
        studio = built.window.studio
        qtbot.waitUntil(lambda: studio.canvas.view is not None and studio.canvas.view.references != (), timeout=LONG_MS)
        qtbot.waitUntil(lambda: bool(studio.paying.engines.listing.engines), timeout=LONG_MS)
        patch.undo()  # its core knows them by now, and another window is not to
        yield built


def take_on(built: Window, recipe: Recipe) -> None:
    """Have the studio show this recipe, as one that was kept."""
    built.window.studio.recipe_step.show_recipe(recipe)
    built.window.studio.recipe_step.changed.emit()


def until_priced(built: Window, qtbot: QtBot) -> None:
    """Wait until the button has a price."""
    qtbot.waitUntil(lambda: built.window.studio.footer.offer is not None, timeout=LONG_MS)
