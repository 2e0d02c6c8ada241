"""What everybody can use: names, the keyboard, contrast, room for words at any scale and in any language."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.ui.main_window import MainWindow
from dmdx_desktop.ui.settings.settings_page import Matter
from dmdx_desktop.ui.status_strip import StripButton
from dmdx_desktop.ui.top_bar import Workspace
from dmdx_desktop.ui.widgets.key_capture import KeyCapture
from tests.ui.made_libraries import MadeLibraries, sample_pieces
from tests.ui.page_screens import page_screens
from tests.ui.pseudo_languages import spoken
from tests.ui.screens import is_icon_only, settle, shell_screens
from tests.ui.shown_windows import LONG_MS, shown_window

ROOT = Path(__file__).resolve().parents[2]
AA = 4.5
INK_LOST_TO_SMOOTHING = 0.85
"""Thin strokes never reach their full colour, even drawn at four times their size."""
ENLARGED = 4
SMALLEST, USUAL = ("960", "600"), ("1440", "900")
"""Width and height of a window."""
ROLES_WITH_A_NAME = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.ComboBox,
    QAccessible.Role.Slider,
    QAccessible.Role.SpinBox,
    QAccessible.Role.PageTab,
    QAccessible.Role.Tree,
}


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


@pytest.fixture
def filled(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    """A window with pieces and images."""
    made_libraries.copy(sample_pieces, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        qtbot.waitUntil(lambda: len(built.window.gallery.model.keys) >= 6, timeout=LONG_MS)
        yield built


def _tree(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    # Of long lists the first rows stand for all: their rows are made by one model.
    for number in range(min(interface.childCount(), 60)):
        child = interface.child(number)
        if not child.state().invisible:
            yield from _tree(child)


def _nameless(root: QWidget) -> list[str]:
    return sorted(
        f"{one.role().name} {type(one.object()).__name__}"
        for one in _tree(QAccessible.queryAccessibleInterface(root))
        if (one.role() in ROLES_WITH_A_NAME or one.state().focusable)
        and one.role() not in (QAccessible.Role.Window, QAccessible.Role.Dialog, QAccessible.Role.Client)
        and not one.text(QAccessible.Text.Name)
        and not (one.object() is not None and one.object().objectName().startswith("qt_"))
    )


def test_everything_in_every_workspace_has_a_name(filled: Window, qtbot: QtBot) -> None:
    for workspace in Workspace:
        filled.window.show_workspace(workspace)
        if workspace is Workspace.REVIEW:
            filled.window.review_image(filled.window.gallery.model.keys[0])
        # Rows have their names once they were read.
        qtbot.waitUntil(lambda: _nameless(filled.window) == [], timeout=LONG_MS)


def test_everything_in_settings_and_dialogs_has_a_name(window: Window) -> None:
    for name, screen in shell_screens(window):
        assert _nameless(screen) == [], name


def _reached_by_tab(root: QWidget) -> set[QWidget]:
    seen: set[QWidget] = set()
    first = QApplication.focusWidget()
    while (focused := QApplication.focusWidget()) is not None and (focused not in seen):
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert first is not None
    return seen


def _controls(root: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root
        and not widget.objectName().startswith("qt_")
        and widget.focusProxy() is None
        # Of buttons that exclude each other the chosen one is reached, the others by arrow keys.
        and not (isinstance(widget, QAbstractButton) and _is_unchosen(widget))
    ]


def _is_unchosen(button: QAbstractButton) -> bool:
    group = cast("QButtonGroup | None", button.group())
    excludes = button.autoExclusive() or (group is not None and group.exclusive())
    return button.isCheckable() and excludes and not button.isChecked()


@pytest.mark.by_turns("workspaces by Tab", of=2)
@pytest.mark.parametrize("workspace", list(Workspace))
def test_every_control_is_reached_by_tab(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries, workspace: Workspace
) -> None:
    if workspace is not Workspace.QUEUE:  # that page has all of its controls while images are being made
        made_libraries.copy(sample_pieces, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        if workspace is Workspace.QUEUE:
            built.window.studio.welcome.samples_wanted.emit()
        qtbot.waitUntil(lambda: len(built.window.gallery.model.keys) >= 6, timeout=LONG_MS)
        qtbot.waitUntil(lambda: built.parts.bridge.core_number is not None, timeout=LONG_MS)
        qtbot.waitUntil(lambda: built.window.studio.canvas.view is not None, timeout=LONG_MS)
        strip = built.window.findChildren(StripButton)
        qtbot.waitUntil(lambda: any(one.text().strip().startswith("Cache") for one in strip), timeout=LONG_MS)
        _tab_through(built.window, qtbot, workspace)


def _tab_through(window: MainWindow, qtbot: QtBot, workspace: Workspace) -> None:
    window.show_workspace(workspace)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.top.settings.setFocus()
    reached = _reached_by_tab(window)
    missed = [f"{type(one).__name__} {one.accessibleName()}" for one in _controls(window) if one not in reached]
    assert not missed, "\n".join(missed)


@pytest.mark.by_turns("settings by Tab", of=2)
@pytest.mark.parametrize("matter", list(Matter))
def test_every_control_of_the_settings_is_reached_by_tab(window: Window, qtbot: QtBot, matter: Matter) -> None:
    window.window.show_settings(matter)
    window.window.activateWindow()
    qtbot.waitUntil(window.window.isActiveWindow)
    window.window.top.settings.setFocus()
    reached = _reached_by_tab(window.window)
    missed = [f"{type(one).__name__} {one.accessibleName()}" for one in _controls(window.window) if one not in reached]
    assert not missed, "\n".join(missed)


def test_focus_goes_from_the_top_bar_over_the_panes_to_the_status_strip(window: Window, qtbot: QtBot) -> None:
    window.window.banner.tell("Something lasts.", actions=[("Open log", lambda: None)])
    window.window.activateWindow()
    qtbot.waitUntil(window.window.isActiveWindow)
    window.window.top.settings.setFocus()
    order: list[str] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        bar = next(
            (
                name
                for name, bar in (
                    ("top", window.window.top),
                    ("banner", window.window.banner),
                    ("page", window.window.pages),
                    ("status", window.window.status),
                )
                if bar.isAncestorOf(focused)
            ),
            None,
        )
        if bar is not None and order[-1:] != [bar]:
            order.append(bar)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert order[:5] == ["top", "banner", "page", "status", "top"]


@pytest.mark.by_turns("themes that are read", of=2)
@pytest.mark.parametrize("appearance", ["dark", "light"])
def test_words_of_the_shell_can_be_read_on_their_ground(window: Window, qapp: QApplication, appearance: str) -> None:
    window.parts.preferences.change(appearance=appearance)
    contrasts = _contrasts(qapp, shell_screens(window))
    assert len(contrasts) > 60
    assert _too_pale(contrasts) == []


@pytest.mark.by_turns("themes that are read", of=2)
@pytest.mark.parametrize("appearance", ["dark", "light"])
def test_words_of_the_pages_can_be_read_on_their_ground(filled: Window, qapp: QApplication, appearance: str) -> None:
    filled.parts.preferences.change(appearance=appearance)
    contrasts = _contrasts(qapp, page_screens(filled))
    assert len(contrasts) > 120
    assert _too_pale(contrasts) == []


def _contrasts(application: QApplication, screens: Iterator[tuple[str, QWidget]]) -> dict[tuple[int, str, bool], str]:
    """For each widget and what it says, chosen or not: where it was seen first, and the contrast of its words."""
    found: dict[tuple[int, str, bool], str] = {}
    for name, screen in screens:
        settle(application)
        image = _enlarged(screen)
        shown: list[QLabel | QAbstractButton] = [*screen.findChildren(QLabel), *screen.findChildren(QAbstractButton)]
        for widget in shown:
            key = (id(widget), widget.text(), isinstance(widget, QAbstractButton) and widget.isChecked())
            if not widget.text() or not widget.isEnabled() or is_icon_only(widget) or key in found:
                continue
            if widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect():
                corner = widget.mapTo(screen, QPoint(0, 0))
                contrast = _contrast_in(image, QRect(corner * ENLARGED, widget.size() * ENLARGED))
                found[key] = f"{contrast:5.1f} {name}: {widget.text()}"
    return found


def _too_pale(contrasts: dict[tuple[int, str, bool], str]) -> list[str]:
    return [words for words in contrasts.values() if float(words[:5]) < AA * INK_LOST_TO_SMOOTHING]


Pixels = NDArray[np.uint32]


def _enlarged(screen: QWidget) -> Pixels:
    """The colour of each point, rows first, as Qt packs it: red, green and blue in the last three bytes."""
    image = QImage(screen.size() * ENLARGED, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ENLARGED)
    painter = QPainter(image)
    screen.render(painter, QPoint(0, 0))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4).copy()


def _contrast_in(image: Pixels, place: QRect) -> float:
    """The contrast of the ink that stands out most from the commonest colour in a place."""
    inside = image[max(place.top(), 0) : place.bottom() : 2, max(place.left(), 0) : place.right() : 2]
    colours, counts = np.unique(inside, return_counts=True)
    ground = QColor(int(colours[counts.argmax()]))
    return max(_contrast(ground, QColor(int(colour))) for colour in colours)


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return float(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])


@pytest.mark.by_turns("clipped shells", of=2)
@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
@pytest.mark.parametrize("language", ["english", "long", "rtl"])
def test_no_word_of_the_shell_is_clipped_in_the_smallest_window(tmp_path: Path, language: str, scale: str) -> None:
    found = _clipped(tmp_path, language, scale, "shell", SMALLEST)
    assert len(found) >= 10
    assert {name: clipped for name, clipped in found.items() if clipped} == {}


@pytest.mark.by_turns("clipped pages")
@pytest.mark.parametrize(
    ("language", "scale", "size"),
    [("english", "1", SMALLEST), ("long", "2", SMALLEST), ("rtl", "1.5", SMALLEST), ("long", "1", USUAL)],
)
def test_no_word_of_the_pages_is_clipped(
    tmp_path: Path, made_libraries: MadeLibraries, language: str, scale: str, size: tuple[str, str]
) -> None:
    made_libraries.copy(sample_pieces, tmp_path / "library")
    found = _clipped(tmp_path, language, scale, "pages", size)
    assert len(found) >= 10
    assert {name: clipped for name, clipped in found.items() if clipped} == {}


def _clipped(tmp_path: Path, language: str, scale: str, which: str, size: tuple[str, str]) -> dict[str, list[str]]:
    """What is clipped by screen, in a window of its own at that scale."""
    screens = tmp_path / "screens.json"
    large = {"name": "large", "x": 0, "y": 0, "width": 3840, "height": 2400, "logicalDpi": 96, "dpr": 1}
    screens.write_text(json.dumps({"screens": [large]}), encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-m", "tests.ui.clipped_at_scale", str(tmp_path / "library"), language, which, *size],
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(shown.stdout)
    assert found.pop("scale") == [scale]
    return found


def test_layout_is_mirrored_where_words_run_from_right_to_left(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries
) -> None:
    made_libraries.copy(sample_pieces, tmp_path / "library")
    with spoken(qapp, "rtl"), shown_window(qapp, qtbot, tmp_path / "library") as built:
        window = built.window
        tabs = window.top.findChildren(QAbstractButton)
        assert [tab.x() for tab in tabs] == sorted((tab.x() for tab in tabs), reverse=True)
        qtbot.waitUntil(lambda: window.studio.has_pieces, timeout=LONG_MS)
        panes = [window.studio.pieces, window.studio.canvas]
        assert panes[0].mapTo(window, QPoint(0, 0)).x() > panes[1].mapTo(window, QPoint(0, 0)).x()
        window.show_settings(Matter.GENERAL)
        assert window.settings.places.x() > window.settings.width() // 2
        window.show_workspace(Workspace.STUDIO)
        assert window._panes.panes()[1] is window.studio.pieces


def test_windows_words_reach_the_translator(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with spoken(qapp, "long"), shown_window(qapp, qtbot, tmp_path / "library") as built:
        english = []
        for name, screen in shell_screens(built):
            shown: list[QLabel | QPushButton] = [*screen.findChildren(QLabel), *screen.findChildren(QPushButton)]
            for widget in shown:
                words = widget.text().strip()
                if not widget.isVisible() or isinstance(widget, KeyCapture) or widget.property("part") == "key":
                    continue
                if words.isascii() and any(sign.islower() for sign in words) and len(words) > 7:
                    english.append(f"{name}: {words}")
        assert not english, "\n".join(english)
