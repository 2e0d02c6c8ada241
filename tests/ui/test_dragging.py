"""What is dragged across the window: the overlay counts it, files and pictures of other programs become pieces."""

import base64
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.ui.drop_overlay import DropOverlay, detail, headline
from dmdx_desktop.ui.incoming import MOST_COUNTED, Incoming, count_incoming
from dmdx_desktop.ui.notices import Toast
from dmdx_desktop.ui.pasting import PREFIX
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("drags in the window", of=4)

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PICTURE = SAMPLES / "halo-ring_top.png"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


def _drag_over(window: Window, data: QMimeData) -> QDragEnterEvent:
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(400, 400), action, data, button, none)
    QApplication.sendEvent(window.window, entered)
    return entered


def _drop(window: Window, data: QMimeData) -> None:
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.window, QDropEvent(QPointF(400, 400), action, data, button, none))


def _files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def _of_kind(kind: str, content: bytes) -> QMimeData:
    data = QMimeData()
    data.setData(kind, content)
    return data


def _address(text: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(text)])
    return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "spring" / "rings"
    inner.mkdir(parents=True)
    for name in ("one.png", "two.jpg", "three"):
        (inner / name).write_bytes(b"x" * 1000)
    (tmp_path / "spring" / "four.stl").write_bytes(b"solid")
    (tmp_path / "spring" / ".hidden.png").write_bytes(b"x")
    return tmp_path / "spring"


def test_counting_tells_files_folders_bytes_and_what_is_no_picture(folder: Path) -> None:
    incoming = count_incoming((str(folder),), lambda: True)

    assert (incoming.files, incoming.folders, incoming.size) == (4, 2, 3005)
    assert (incoming.pictures, incoming.foreign, incoming.foreign_suffixes) == (3, 1, (".stl",))
    assert headline(incoming) == "Drop to add 3 pictures"
    assert detail(incoming) == "2 folders · 4 files, 3 kB · 1 cannot be read (.stl) and will be skipped"


def test_counting_stops_when_it_is_wanted_no_more(folder: Path) -> None:
    answers = iter((True, False))

    assert count_incoming((str(folder),), lambda: next(answers)).files == 0


def test_words_of_an_endless_folder_say_that_there_is_more() -> None:
    incoming = Incoming(files=MOST_COUNTED, folders=1, there_is_more=True)

    assert headline(incoming) == "Drop to add 20,000+ pictures"


def test_overlay_counts_what_is_dragged_and_goes_when_that_is_dropped(
    window: Window, qtbot: QtBot, folder: Path
) -> None:
    overlay = window.window.findChild(DropOverlay)
    assert overlay is not None
    assert _drag_over(window, _files(folder)).isAccepted()
    assert overlay.isVisible()
    qtbot.waitUntil(lambda: overlay.incoming.files == 4, timeout=LONG_MS)
    assert "2 folders" in overlay.accessibleDescription()

    _drop(window, _files(PICTURE))

    assert not overlay.isVisible()
    qtbot.waitUntil(lambda: window.window.studio.has_pieces, timeout=LONG_MS)


@pytest.mark.parametrize("way", ["as data", "within its address"])
def test_picture_of_a_browser_becomes_a_piece_and_leaves_no_file_behind(window: Window, qtbot: QtBot, way: str) -> None:
    before = set(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))
    content = PICTURE.read_bytes()
    within = "data:image/png;base64," + base64.b64encode(content).decode()
    data = _of_kind("image/png", content) if way == "as data" else _address(within)

    assert _drag_over(window, data).isAccepted()
    _drop(window, data)

    qtbot.waitUntil(lambda: window.window.studio.has_pieces, timeout=LONG_MS)
    qtbot.waitUntil(lambda: set(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")) <= before, timeout=LONG_MS)


def test_mere_link_of_a_browser_is_answered_with_what_to_do(window: Window) -> None:
    data = _address("https://example.com/ring.jpg")

    assert _drag_over(window, data).isAccepted()
    _drop(window, data)

    toast = window.window.findChild(Toast)
    assert toast is not None
    assert toast.isVisible()
    assert not window.window.studio.has_pieces


def test_text_that_is_dragged_is_left_alone(window: Window) -> None:
    data = QMimeData()
    data.setText("R-2107")

    assert not _drag_over(window, data).isAccepted()


def test_broken_picture_of_a_browser_is_a_problem_with_a_reason(window: Window, qtbot: QtBot) -> None:
    data = _of_kind("image/png", b"\x89PNG\r\n\x1a\n" + b"nothing")

    _drag_over(window, data)
    _drop(window, data)

    qtbot.waitUntil(lambda: window.window.toast.isVisible(), timeout=LONG_MS)
    assert "is damaged" in window.window.toast.accessibleName()
