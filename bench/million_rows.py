"""A million images in the gallery: whatever is done with them costs what a thousand cost.

The page, the grid, the delegate and the previews are those of the program, on a real X server; the library has 50,000
pieces with 20 images each. Each figure is processor time of the GUI thread until the grid is painted again, the median
of nine, and at most 16 ms; a scroll step's is the 99th percentile of 400. Memory: at most 80 MB above the same
window on a thousand images. Reading the order anew happens on a reader thread; how long it takes is told, not judged.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.filled_library import add_image, fill
from bench.harness import load, machine
from bench.linux_processes import require_linux, resident_megabytes
from bench.window_stand import Ticks, pause, percentile, rerun, spent, until
from devtools.x_server import x_server
from dmdx_desktop.config import Paths, resources_folder
from dmdx_desktop.library.preview_reader import PreviewReader
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.core_process import CoreProcess
from dmdx_desktop.ui.gallery.gallery_page import GalleryPage
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.keyed_model import OrderChange, order_change
from dmdx_desktop.ui.keys import Keys
from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.preferences import PreferencesFile, preferences_file
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.theme import Theme

FEW, MANY = 1_000, 1_000_000
MOST_MS: Final = 16.0
MOST_MORE_MB: Final = 80.0
REPEATS: Final = 9
STEPS: Final = 400
STEP_PX: Final = 60
SIZE: Final = (1440, 900)
TOLD_ONLY: Final = "("
"""Names that begin with this are told and not judged."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--look-at", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    require_linux()
    if chosen.look_at:
        print(json.dumps(_look_at(Paths(Path(chosen.look_at)))))
        return 0
    print(f"A million images in the gallery, against a thousand\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as folder, x_server():
        seen = []
        for images in (FEW, MANY):
            paths = Paths(Path(folder) / str(images))
            fill(paths, images)
            seen.append(json.loads(rerun("bench.million_rows", "--look-at", str(paths.basedir))))
    return 0 if _judge(*seen) else 1


def _judge(few: dict[str, float], many: dict[str, float]) -> bool:
    held = []
    print(f"{'milliseconds of the GUI thread':<44}{FEW:>12,}{MANY:>12,}")
    for name, taken in many.items():
        limit = few["MB"] + MOST_MORE_MB if name == "MB" else MOST_MS
        told_only = name.startswith(TOLD_ONLY)
        held.append(told_only or taken <= limit)
        word = "" if told_only else "  PASS" if held[-1] else "  FAIL"
        print(f"{name:<44}{few[name]:>12.1f}{taken:>12.1f}{word}")
    print(f"load average after: {load()}")
    print(f"\n{'PASS' if all(held) else 'FAIL'}: each at most {MOST_MS:g} ms, at most {MOST_MORE_MB:g} MB more")
    return all(held)


class Stand:
    """The gallery over a library that nobody writes: no core is started."""

    def __init__(self, paths: Paths) -> None:
        self.application = QApplication(["bench"])
        keeper, resources = QObject(self.application), resources_folder()
        self.source = LibrarySource(paths, keeper)
        self.reader = PreviewReader(paths)
        self.previews = Previews(self.reader.get, keeper)
        look = Look(Theme(self.application, resources), Icons(resources))
        bridge = CoreBridge(lambda: CoreProcess(paths), keeper)
        preferences = PreferencesFile(preferences_file(paths), keeper)
        keys, history = Keys(keeper), QUndoStack(keeper)
        parts = Parts(look, paths, self.source, bridge, self.previews, keys, history, preferences)
        self.page = GalleryPage(parts)
        look.theme.dress(self.page)
        self.page.resize(*SIZE)
        self.page.show()
        self.source.open()
        until(lambda: self.source.is_open, "the library")
        self.page.read_all()
        until(lambda: len(self.page.model.keys) > 0, "the order of the images")
        self.settle()

    def settle(self) -> None:
        """Wait until what is in view was read, decoded and painted."""
        pause(0.4)

    def close(self) -> None:
        self.previews.close()
        self.source.close()
        self.reader.close()


def _look_at(paths: Paths) -> dict[str, float]:
    stand = Stand(paths)
    with closing(stand):
        seen = {**_changes(stand), **_selections(stand), **_keys(stand), **_scrolling(stand), **_reading(stand, paths)}
        seen["MB"] = resident_megabytes(_own_number())
    return seen


def _own_number() -> int:
    return int(Path("/proc/self").resolve().name)


def _median(stand: Stand, act: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    taken = []
    for _ in range(REPEATS):
        before()
        stand.settle()
        taken.append(spent(act, stand.page.grid.viewport()))
    return statistics.median(taken)


def _changes(stand: Stand) -> dict[str, float]:
    page, grid, model = stand.page, stand.page.grid, stand.page.model
    keys, sections = model.keys, grid.sections
    without = keys[1:]
    fewer = ((sections[0][0], sections[0][1] - 1), *sections[1:])
    other = array("q", reversed(keys))
    everything = order_change(keys, other)
    came, went = order_change(without, keys), order_change(keys, without)

    def show(order: "array[int]", change: OrderChange, groups: tuple[tuple[str, int], ...]) -> None:
        model.replace(order, change)
        grid.set_sections(groups)

    def anew() -> None:
        show(keys, everything, sections)

    insert = _median(stand, lambda: show(keys, came, sections), lambda: show(without, went, fewer))
    grid.selectionModel().select(_half(stand), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    with_half = _median(stand, lambda: show(keys, came, sections), lambda: show(without, went, fewer))
    grid.clearSelection()
    return {
        "reset": _median(stand, anew),
        "insert one at the top": insert,
        "the same with half selected": with_half,
        "resize": _median(stand, lambda: page.resize(1300, 820), lambda: page.resize(*SIZE)),
        "another size of the tiles": _median(
            stand, lambda: page.filters.sized.emit(150), lambda: page.filters.sized.emit(180)
        ),
    }


def _half(stand: Stand) -> QItemSelection:
    model = stand.page.model
    return QItemSelection(model.index(0, 0), model.index(len(model.keys) // 2, 0))


def _selections(stand: Stand) -> dict[str, float]:
    grid, model = stand.page.grid, stand.page.model
    middle = model.index(len(model.keys) // 2, 0)

    def click(modifiers: Qt.KeyboardModifier) -> None:
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(80, 80))

    def first() -> None:
        grid.scrollToTop()
        click(Qt.KeyboardModifier.NoModifier)
        grid.scrollTo(middle)

    everything = _median(
        stand, lambda: QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier), grid.clearSelection
    )
    cleared = _median(stand, lambda: QTest.keyClick(grid, Qt.Key.Key_Escape), grid.selectAll)
    half = _median(stand, lambda: click(Qt.KeyboardModifier.ShiftModifier), first)
    grid.scrollToTop()
    rated = _median(stand, lambda: QTest.keyClick(grid, Qt.Key.Key_4), lambda: grid.setCurrentIndex(model.index(0, 0)))
    grid.clearSelection()
    return {"select all": everything, "clear the selection": cleared, "range over half": half, "rate one": rated}


def _keys(stand: Stand) -> dict[str, float]:
    grid, model = stand.page.grid, stand.page.model
    keys = Qt.Key
    start = {
        "key End": (keys.Key_End, 0),
        "key Home": (keys.Key_Home, len(model.keys) - 1),
        "key Page down": (keys.Key_PageDown, len(model.keys) // 2),
        "key Down": (keys.Key_Down, len(model.keys) // 2),
        "key Right": (keys.Key_Right, len(model.keys) // 2),
    }

    def press(key: Qt.Key) -> Callable[[], None]:
        return lambda: QTest.keyClick(grid, key)

    def stand_on(row: int) -> Callable[[], None]:
        return lambda: grid.setCurrentIndex(model.index(row, 0))

    taken = {name: _median(stand, press(key), stand_on(row)) for name, (key, row) in start.items()}
    shift = Qt.KeyboardModifier.ShiftModifier
    taken["Shift and End from the first"] = _median(
        stand, lambda: QTest.keyClick(grid, keys.Key_End, shift), stand_on(0)
    )
    grid.clearSelection()
    return taken


def _scrolling(stand: Stand) -> dict[str, float]:
    """Steps at the pace of frames: what is read, decoded and taken over meanwhile is counted with them."""
    bar, viewport = stand.page.grid.verticalScrollBar(), stand.page.grid.viewport()
    middle = bar.maximum() // 3
    bar.setValue(middle)
    stand.settle()
    taken = []
    for step in range(STEPS):
        before = time.thread_time()
        bar.setValue((middle + (step + 1) * STEP_PX) % max(1, bar.maximum()))
        viewport.repaint()
        pause(0.012)
        taken.append((time.thread_time() - before) * 1000)
    return {"scroll step, 99th percentile": percentile(taken, 0.99), "(scroll step, median)": statistics.median(taken)}


def _reading(stand: Stand, paths: Paths) -> dict[str, float]:
    """An image that came while the window is open: what the thread worked, how long it waited, when it was there."""
    page, ticks, works, waits, there = stand.page, Ticks(4), [], [], []
    page.grid.scrollToTop()
    for _ in range(REPEATS):
        stand.settle()
        images = len(page.model.keys)
        key = max(page.model.keys[:40]) + 1
        add_image(paths, key)
        ticks.start()
        began, worked = time.perf_counter(), time.thread_time()
        page.take_changes({"output": {key}})
        until(lambda images=images: len(page.model.keys) > images, "the image that came")  # type: ignore[misc]
        there.append((time.perf_counter() - began) * 1000)
        works.append((time.thread_time() - worked) * 1000)
        ticks.stop()
        waits.append(max(ticks.gaps_ms, default=0.0))
    return {
        "(an image comes: work of the GUI thread)": statistics.median(works),
        "(an image comes: longest wait for a tick)": statistics.median(waits),
        "(an image comes: seen after)": statistics.median(there),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
