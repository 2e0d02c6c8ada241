"""How a window starts: what it loads before it is shown, what follows, and on which thread garbage is collected."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.ui.collector import Collector
from dmdx_desktop.ui.loading_ahead import LoadingAhead
from dmdx_desktop.ui.piecemeal import Piecemeal

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pydantic", "asyncio", "qasync", "PIL", "numpy", "multiprocessing", "PySide6.QtNetwork")
LOADS = """
import sys
import dmdx_desktop.cli.first_window, dmdx_desktop.app
import dmdx_desktop.ui.gallery.gallery_page
print(*sorted(name for name in sys.argv[1:] if name in sys.modules))
"""

PLAINLY = """
import builtins
from dmdx_desktop.ui.plain_imports import import_plainly
import_plainly()
import dmdx_desktop.app
from PySide6.QtCore import QSize
print(builtins.__import__ is builtins.__feature_import__, QSize(3, 4).width())
"""


def test_modules_are_not_searched_for_the_name_of_qt_once_it_is_loaded() -> None:
    said = subprocess.run(
        [sys.executable, "-c", PLAINLY], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert said.stdout.split() == ["False", "3"]


def test_first_view_loads_nothing_that_it_does_not_show() -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADS, *HEAVY], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert said.stdout.split() == []


def test_steps_are_done_in_turn_until_they_are_given_up(qtbot: QtBot) -> None:
    keeper, done = QObject(), list[str]()
    steps = Piecemeal([lambda: done.append("one"), lambda: done.append("two")], keeper)
    with qtbot.waitSignal(steps.ended):
        steps.start()
        assert done == []
    assert done == ["one", "two"]

    others: list[Piecemeal] = []
    steps = Piecemeal([lambda: others[0].give_up(), lambda: done.append("three")], keeper)
    others.append(steps)
    with qtbot.assertNotEmitted(steps.ended, wait=50):
        steps.start()
    assert done == ["one", "two"]


class _Circle:
    """Refers to itself, so that only a collection ends it; notes on which thread."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        self.me, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.current_thread())


@pytest.mark.parametrize("is_at_work", [False, True])
def test_garbage_is_collected_by_no_other_thread(qapp: QApplication, is_at_work: bool) -> None:
    keeper, ended = QObject(), list[threading.Thread]()
    collector = Collector(keeper) if is_at_work else None
    for _ in range(2_000):
        _Circle(ended)
    worker = threading.Thread(target=lambda: [[number] for number in range(200_000)])
    worker.start()
    worker.join()

    assert (worker in ended) is not is_at_work  # without a collector the other thread does it
    if collector is not None:
        collector.look()
        assert set(ended) == {threading.main_thread()}
        collector.close()


def test_what_is_heavy_is_loaded_beside_the_window_and_told_on_its_thread(qtbot: QtBot) -> None:
    keeper, told = QObject(), list[threading.Thread]()
    loading = LoadingAhead(("colorsys", "no.such.module", "sched"), keeper)
    loading.loaded.connect(lambda: told.append(threading.current_thread()))

    with qtbot.waitSignal(loading.loaded):
        loading.start()
        loading.start()
    loading.give_up()

    assert told == [threading.main_thread()]
    assert "colorsys" in sys.modules


def test_what_was_given_up_is_not_loaded_any_more(qtbot: QtBot) -> None:
    keeper = QObject()
    loading = LoadingAhead(("no.such.module",), keeper)
    loading.give_up()
    with qtbot.assertNotEmitted(loading.loaded, wait=50):
        loading.start()
