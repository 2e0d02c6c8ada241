"""A grid whose rows and headings have a box to tick while several rows are selected. GUI thread.

A tick is the selection itself, so that keys, boxes and what is carried out agree. Where one row is selected, the row
under the pointer has a box all the same: several rows are begun by it, without a key held down.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent

from dmdx_desktop.ui.widgets.folding_grid import FoldingGrid, KnownBy
from dmdx_desktop.ui.widgets.section_grid import Section

TARGET: Final = 24
"""The side of what is clicked, around a box that may be smaller."""
_ADD: Final = QItemSelectionModel.SelectionFlag.Select
_TAKE: Final = QItemSelectionModel.SelectionFlag.Deselect
_LEAVE: Final = QItemSelectionModel.SelectionFlag.NoUpdate


class TickingGrid(FoldingGrid):
    """``ticking_changed`` tells how many rows are selected, whenever that is another number."""

    ticking_changed = Signal(int)
    _number = 0
    _starts: Sequence[int] = ()
    """Where the selected ranges begin and how many rows are in all before each, and after the last one."""
    _before: Sequence[int] = (0,)
    _lengths: Sequence[int] = ()

    @property
    def is_ticking(self) -> bool:
        """Whether several rows are selected, so that every row has its box."""
        return self._number > 1

    @property
    def number_selected(self) -> int:
        """How many rows are selected."""
        return self._number

    @property
    def place_of_current(self) -> int:
        """How many of the selected rows come before the current one."""
        return self._ticked_before(max(self.currentIndex().row(), 0))

    def step_current(self, by: int) -> None:
        """Make the next selected row the current one, or the one before; after the last comes the first."""
        place = (self.place_of_current + by) % max(self._number, 1)
        at = bisect_right(self._before, place) - 1
        if at < len(self._starts):
            row = self._starts[at] + place - self._before[at]
            self.selectionModel().setCurrentIndex(self.model().index(row, 0), _LEAVE)

    def ticked_in(self, section: int) -> int:
        """How many rows of a section are selected."""
        first = self._layout.first_cells[section]
        return self._ticked_before(first + self.sections[section][1]) - self._ticked_before(first)

    def toggle_row(self, row: int) -> None:
        """Select a row besides the others, or leave it out; the last one stays."""
        index, chosen = self.model().index(row, 0), self.selectionModel()
        if not chosen.isSelected(index):
            chosen.setCurrentIndex(index, _ADD)
        elif self._number > 1:
            self.leave_out(row)

    def leave_out(self, row: int) -> None:
        """Have a row selected no more; the others stay so, and one of them is the current one."""
        index, chosen = self.model().index(row, 0), self.selectionModel()
        chosen.select(index, _TAKE)
        if self.currentIndex() == index and (rows := self.selected_rows()):
            chosen.setCurrentIndex(self.model().index(rows[0].start, 0), _LEAVE)

    def tick_section(self, section: int) -> None:
        """Select all rows of a section besides the others, also folded ones, or leave them all out."""
        first, count = self._layout.first_cells[section], self.sections[section][1]
        rows = QItemSelection(self.model().index(first, 0), self.model().index(first + count - 1, 0))
        chosen, everything = self.selectionModel(), self.ticked_in(section) == count
        if everything and self._number == count:
            return  # one there always is
        chosen.select(rows, _TAKE if everything else _ADD)
        current = self.currentIndex()
        if not current.isValid() or not chosen.isSelected(current):
            chosen.setCurrentIndex(self.model().index(self.selected_rows()[0].start, 0), _LEAVE)

    def box_place(self, place: QRect) -> QRect | None:
        """Where the box of a row is that lies at ``place``; None for none. For heirs."""
        del place
        return None

    def heading_box_place(self, place: QRect) -> QRect | None:
        """Where the box of a heading is that lies at ``place``; None for none. For heirs."""
        del place
        return None

    def has_deed_at(self, section: int, point: QPoint) -> bool:
        box = self.heading_box_place(self._heading_place(section)) if self.is_ticking else None
        return box is not None and _target(box).contains(point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        section = self.heading_at(point)
        if event.button() is not Qt.MouseButton.LeftButton or event.modifiers():
            super().mousePressEvent(event)
        elif section is not None and self.has_deed_at(section, point):
            self.tick_section(section)
        elif (index := self._boxed_at(point)).isValid():
            self.toggle_row(index.row())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self._boxed_at(event.position().toPoint())
        if index.isValid():
            self.toggle_row(index.row())  # two quick clicks on a box are two clicks
        else:
            super().mouseDoubleClickEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._count()

    def set_sections(self, sections: Sequence[Section], known: KnownBy = KnownBy()) -> None:  # noqa: B008 - immutable
        super().set_sections(sections, known)
        self._count()  # rows above the selected ones may have come or gone

    def _boxed_at(self, point: QPoint) -> QModelIndex:
        index = self.indexAt(point)
        box = self.box_place(self.visualRect(index)) if index.isValid() else None
        return index if box is not None and _target(box).contains(point) else QModelIndex()

    def _count(self) -> None:
        rows = self.selected_rows()
        self._starts, self._lengths = [each.start for each in rows], [len(each) for each in rows]
        self._before = [0, *accumulate(self._lengths)]
        if self._before[-1] != self._number:
            was_ticking, self._number = self.is_ticking, self._before[-1]
            if was_ticking or self.is_ticking:
                self.viewport().update()
            self.ticking_changed.emit(self._number)

    def _ticked_before(self, row: int) -> int:
        """How many of the rows before this one are selected."""
        at = bisect_left(self._starts, row)
        if not at:
            return 0
        return self._before[at - 1] + min(row - self._starts[at - 1], self._lengths[at - 1])


def _target(box: QRect) -> QRect:
    target = QRect(0, 0, max(box.width(), TARGET), max(box.height(), TARGET))
    target.moveCenter(box.center())
    return target
