"""Every screen of the shell, one after the other, and what can be seen of its words. For tests of layout."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QToolButton, QWidget

from dmdx_desktop.app import Window
from dmdx_desktop.ui.closing import ClosingDialog
from dmdx_desktop.ui.menus import Menus
from dmdx_desktop.ui.settings.settings_page import Matter
from dmdx_desktop.ui.shortcut_sheet import ShortcutSheet
from dmdx_desktop.ui.top_bar import Workspace
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from dmdx_desktop.ui.wording import tr

SLACK = 1
MOST_ROUNDS = 20


def shell_screens(built: Window) -> Iterator[tuple[str, QWidget]]:
    """Name and widget of what is in view: bars, welcome, messages, the settings, the dialogs of the shell."""
    window, menus = built.window, built.window.attendants.menus
    assert isinstance(menus, Menus)
    window.show_workspace(Workspace.STUDIO)
    yield "bars and welcome", window
    words = tr("DMDX had to restart its background work three times in ten minutes. Nothing is lost.")
    window.banner.tell(words, "warning", [("Open log", lambda: None)])
    window.attendants.failures.tell_unexpected(lambda: None)
    yield "messages", window
    window.banner.hide()
    window.toast.hide()
    for matter in Matter:
        window.show_settings(matter)
        yield f"settings, {matter.name.lower()}", window
    window.show_workspace(Workspace.STUDIO)
    for dialog in (
        ShortcutSheet(window, built.parts.look, built.parts.keys, menus.listed()),
        ClosingDialog(window, built.parts.look, 12),
    ):
        dialog.open()
        yield type(dialog).__name__, dialog
        dialog.close()


def settle(application: QApplication) -> None:
    """Let what was just shown be filled, and laid out until nothing moves any more."""
    before: list[QRect] = []
    for _ in range(MOST_ROUNDS):
        application.processEvents()
        application.sendPostedEvents()
        places = [each.geometry() for shown in application.topLevelWidgets() for each in shown.findChildren(QWidget)]
        if places == before:
            return
        before = places


def clipped_texts(screen: QWidget) -> list[str]:
    """The words of labels and buttons that do not have the room they need, or lie beyond what can be scrolled to."""
    found = []
    for widget in screen.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.text() or not _is_shown(widget, screen):
            continue
        if isinstance(widget, ElidedLabel) or is_icon_only(widget):
            continue  # their words are whole in a tool tip and aloud
        if _lacks_room(widget) or _is_cut_off(widget, screen):
            found.append(f"{type(widget).__name__}: {widget.text()} ({widget.width()} x {widget.height()})")
    return found


def _is_shown(widget: QWidget, screen: QWidget) -> bool:
    return widget.isVisibleTo(screen) and widget.width() > 0


def is_icon_only(widget: QLabel | QAbstractButton) -> bool:
    """Whether a button has words that are said aloud only."""
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(widget, QToolButton) and not widget.icon().isNull() and widget.toolButtonStyle() == icon_only


def _lacks_room(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        longest = max(widget.fontMetrics().horizontalAdvance(word) for word in widget.text().split() or [""])
        needed = widget.heightForWidth(widget.width())
        return widget.height() + SLACK < needed or widget.contentsRect().width() + SLACK < longest
    if widget.sizePolicy().hasHeightForWidth():
        return widget.height() + SLACK < widget.heightForWidth(widget.width())
    if isinstance(widget, QLabel):
        return widget.contentsRect().width() + SLACK < widget.fontMetrics().horizontalAdvance(widget.text())
    return widget.width() + SLACK < widget.sizeHint().width()


def _is_cut_off(widget: QWidget, screen: QWidget) -> bool:
    """Whether a part lies outside a widget around it, where no scrolling leads."""
    place = QRect(QPoint(0, 0), widget.size())
    around = widget
    while around is not screen:
        place.translate(around.pos())
        around = around.parentWidget() or screen
        inside = around.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not around.parentWidget() or not isinstance(around.parentWidget(), QScrollArea):
            if not inside.contains(place):
                return True
        else:
            return place.left() < inside.left() or place.right() > inside.right()
    return False
