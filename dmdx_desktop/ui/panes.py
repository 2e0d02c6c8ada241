"""F6 goes from pane to pane: top bar, banner, the panes of the page in reading order, status strip. GUI thread.

Pages need to know nothing of it: the panes of a page are the parts of its splitters, or what it is laid out of.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QSplitterHandle, QStackedWidget, QWidget


class Panes:
    """``bars_before`` and ``bars_after`` stand around the stack with the page in view."""

    def __init__(self, bars_before: Sequence[QWidget], pages: QStackedWidget, bars_after: Sequence[QWidget]) -> None:
        self._before, self._pages, self._after = tuple(bars_before), pages, tuple(bars_after)
        self._last: dict[QWidget, QWidget] = {}

    def go(self, step: int) -> None:
        """Give the keyboard to the next pane, or for -1 to the one before; to what had it there last."""
        panes = self.panes()
        if not panes:
            return
        focused = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if focused is not None and _holds(pane, focused)), None)
        if at is not None and focused is not None:
            self._last[panes[at]] = focused
        pane = panes[(at + step) % len(panes)] if at is not None else panes[0 if step > 0 else -1]
        target = self._last.get(pane)
        if target is None or not _holds(pane, target) or not _can_focus(target):
            target = first_control(pane)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def panes(self) -> list[QWidget]:
        """What can be gone to now, in order."""
        page = self._pages.currentWidget()
        found = [*self._before, *(_panes_of(page) if page is not None else ()), *self._after]
        return [pane for pane in found if pane.isVisible() and first_control(pane) is not None]


def first_control(pane: QWidget) -> QWidget | None:
    """The first control in a pane that takes the keyboard, in the order of Tab."""
    if _can_focus(pane):
        return pane
    inside = [one for one in pane.findChildren(QWidget) if _can_focus(one)]
    if not inside:
        return None
    # nextInFocusChain walks the whole window from here; the first of ours it meets is the first by Tab.
    one = pane.nextInFocusChain()
    while one is not None and one is not pane:
        if one in inside:
            return one
        one = one.nextInFocusChain()
    return inside[0]


def _panes_of(widget: QWidget) -> list[QWidget]:
    parts = list(_parts(widget))
    if len(parts) == 1:
        return _panes_of(parts[0]) or parts
    if not parts:
        return [widget] if first_control(widget) is not None else []
    found = [pane for part in parts for pane in (_panes_of(part) if isinstance(part, QSplitter) else [part])]
    return sorted(found, key=lambda pane: _reading_order(widget, pane))


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """The children that are laid out in a widget, are seen, and hold something to go to."""
    for child in widget.children():
        if not isinstance(child, QWidget) or child.isWindow() or not child.isVisible():
            continue
        if not isinstance(child, QSplitterHandle) and first_control(child) is not None:
            yield child


def _reading_order(page: QWidget, pane: QWidget) -> tuple[bool, int]:
    corner = pane.mapTo(page, QPoint(0, 0))
    across = -corner.x() - pane.width() if page.isRightToLeft() else corner.x()
    # A bar over the whole width comes before the panes below it, whatever their order.
    return (pane.height() > page.height() // 3, across if pane.height() > page.height() // 3 else corner.y())


def _can_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
