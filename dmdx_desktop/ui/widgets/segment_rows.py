"""The layout of a segmented control: one row, or as many as it takes where there is too little room. GUI thread."""

from collections.abc import Sequence
from itertools import islice
from math import ceil

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QStyle, QWidget

from dmdx_desktop.ui.widgets.item_layout import ItemLayout


class SegmentRows(ItemLayout):
    """Segments of a row are as wide as one another, but for those whose words need more."""

    def __init__(self, parent: QWidget, margin: int, *, one_row: bool = False) -> None:
        """``one_row`` where there is no height for a second one: no narrower than its words then."""
        super().__init__(parent)
        self._one_row = one_row
        self.setContentsMargins(margin, margin, margin, margin)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return not self._one_row

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        rows = len(self._rows(width - margins.left() - margins.right()))
        return rows * self._height + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        return self._around(sum(self._widths))

    def minimumSize(self) -> QSize:
        return self.sizeHint() if self._one_row else self._around(max(self._widths, default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        place = self.contentsRect()
        items, y = iter(self._items), place.y()
        for row in self._rows(place.width()):
            x = place.x()
            for item, width in zip(islice(items, len(row)), shared_widths(row, place.width()), strict=True):
                own = QRect(QPoint(x, y), QSize(width, self._height))
                item.setGeometry(QStyle.visualRect(self._direction, place, own))
                x += width
            y += self._height

    @property
    def _widths(self) -> list[int]:
        return [item.sizeHint().width() for item in self._items]

    @property
    def _height(self) -> int:
        return max((item.sizeHint().height() for item in self._items), default=0)

    def _around(self, width: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), self._height + margins.top() + margins.bottom())

    def _rows(self, room: int) -> list[list[int]]:
        """The widths of the segments by row: as few rows as have room for their words, equally long."""
        widths = self._widths
        for rows in range(1, len(widths) + 1):
            each = ceil(len(widths) / rows)
            found = [widths[at : at + each] for at in range(0, len(widths), each)]
            if self._one_row or all(sum(row) <= room for row in found):
                return found
        return [[width] for width in widths]


def shared_widths(needed: Sequence[int], room: int) -> list[int]:
    """``room`` shared out among segments: equally, but for those that need more than their share."""
    widest_first = sorted(range(len(needed)), key=lambda at: -needed[at])
    left, shared = room, dict[int, int]()
    for done, at in enumerate(widest_first):
        shared[at] = max(needed[at], left // (len(needed) - done))
        left = max(left - shared[at], 0)
    return [shared[at] for at in range(len(needed))]
