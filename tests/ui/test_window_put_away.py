"""A window that was put away is gone: a session of many windows, and the program's tests, must not grow with each."""

import gc
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.ui.top_bar import Workspace
from tests.ui.shown_windows import LONG_MS, shown_window


def _own_objects() -> Counter[str]:
    gc.collect()
    objects = (kept for kept in gc.get_objects() if isinstance(kept, QObject))
    return Counter(type(kept).__qualname__ for kept in objects if type(kept).__module__.startswith("dmdx_desktop."))


def _shown_and_put_away(qapp: QApplication, qtbot: QtBot, basedir: Path, before: Counter[str]) -> Counter[str]:
    """What the window was made of."""
    with shown_window(qapp, qtbot, basedir) as built:
        qtbot.waitUntil(lambda: built.window.pages.has(Workspace.REVIEW), timeout=LONG_MS)
        return _own_objects() - before


def test_window_that_was_put_away_leaves_none_of_its_objects(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    before = _own_objects()

    shown = _shown_and_put_away(qapp, qtbot, tmp_path / "library", before)

    assert shown["MainWindow"] == 1
    assert shown["ReviewPage"] == 1
    assert _own_objects() - before == Counter()
