"""A layout that sets its widgets side by side and begins a new line where one is full. GUI thread."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QStyle, QWidget

from dmdx_desktop.ui.widgets.item_layout import ItemLayout


class FlowLayout(ItemLayout):
    """Widgets from the reading side on, as chips are set."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def widgets(self) -> list[QWidget]:
        """The widgets in their order."""
        found = (item.widget() for item in self._items)
        return [widget for widget in found if widget is not None]

    def arrange(self, widgets: Sequence[QWidget]) -> None:
        """Hold these, in this order; let go of every other one."""
        held = {}
        while (item := self.takeAt(0)) is not None:
            held[item.widget()] = item
        for widget in widgets:
            if widget in held:
                self._items.append(held.pop(widget))
            else:
                self.addWidget(widget)
        for left in held:
            if left is not None:
                left.hide()
                left.deleteLater()
        self.invalidate()

    def clear(self) -> None:
        """Take every widget out and let go of it."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._set(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._set(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _set(self, rect: QRect, *, place: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(size.height() for _, size in line)
            x = rect.x()
            for item, size in line if place else ():
                own = QRect(QPoint(x, y + (height - size.height()) // 2), size)
                item.setGeometry(QStyle.visualRect(self._direction, rect, own))
                x += size.width() + self._gap
            y += height + self._gap
        return max(y - self._gap - rect.y(), 0)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The widgets by line, with the sizes they get."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            size = item.sizeHint().expandedTo(item.minimumSize())
            size.setWidth(min(size.width(), room))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if not lines or used + size.width() > room:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self._gap
        return lines
