"""A grid whose sections are folded to their headings: by a click, by keys, by a menu. GUI thread.

What is folded is known by the names of sections, so that it stays so while rows come and go. What cannot be seen is not
selected with what lies around it, and the cursor passes it by.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from dmdx_desktop.ui.notices import announce
from dmdx_desktop.ui.widgets.section_grid import Section, SectionGrid
from dmdx_desktop.ui.widgets.section_layout import Measures
from dmdx_desktop.ui.wording import tr

_BACK = (
    QAbstractItemView.CursorAction.MoveLeft,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePageUp,
    QAbstractItemView.CursorAction.MoveEnd,
)
FoldedName = tuple[str, str, int]
"""By what sections are grouped, the name of one, and how many of the same name come before it."""


class KnownBy(NamedTuple):
    """By what sections are grouped, and what each is known by where it is called otherwise: today, or in a language."""

    scope: str = ""
    names: tuple[str, ...] | None = None


class FoldingGrid(SectionGrid):
    """A click on a heading folds its section, or shows it again; ``folding_changed`` tells of it."""

    folding_changed = Signal()
    _known = KnownBy()
    _folded: tuple[FoldedName, ...] = ()
    _at: frozenset[int] = frozenset()

    def folded_sections(self) -> frozenset[int]:
        # Without headings nothing could be brought back.
        return self._at if self.sections and self._measures.heading else frozenset()

    def set_measures(self, measures: Measures) -> None:
        if bool(measures.heading) is not bool(self._measures.heading):
            self._counts_changed = True
        super().set_measures(measures)

    def set_sections(self, sections: Sequence[Section], known: KnownBy = KnownBy()) -> None:  # noqa: B008 - immutable
        self._known = known
        self._at = _places(self._folded, sections, known)
        super().set_sections(sections)
        self._describe()

    @property
    def known_by(self) -> KnownBy:
        """What the sections that are shown are known by."""
        return self._known

    @property
    def folded_names(self) -> tuple[FoldedName, ...]:
        """What is folded, also of what is not shown now, in the order in which it was."""
        return self._folded

    def fold_too(self, names: Iterable[FoldedName]) -> None:
        """Fold these sections as well when sections are next set, which nobody is told of."""
        self._folded = tuple(dict.fromkeys((*self._folded, *names)))

    def is_folded(self, section: int) -> bool:
        """Whether only the heading of a section is seen."""
        return section in self._layout.folded

    def toggle_section(self, section: int) -> None:
        """Fold a section, or show it again; its heading stays where it is."""
        name, count = self.sections[section]
        names = _names(self.sections, self._known)
        one = (self._known.scope, names[section], names[:section].count(names[section]))
        is_folded = one in self._folded
        self._folded = tuple(each for each in self._folded if each != one) if is_folded else (*self._folded, one)
        above = self._heading_place(section).y()
        self._lay_out_folded()
        self.verticalScrollBar().setValue(self._layout.heading(section).y - above)
        words = tr("{name} is folded, {count} inside") if self.is_folded(section) else tr("{name} is shown, {count}")
        announce(self, words.format(name=name, count=f"{count:,}"))
        self.folding_changed.emit()

    def unfold_all(self) -> None:
        """Show every section of those that are grouped as now."""
        if self._folded:
            anchor = self._anchor()
            self._folded = tuple(each for each in self._folded if each[0] != self._known.scope)
            self._lay_out_folded(anchor)
            self.folding_changed.emit()

    @property
    def has_folded(self) -> bool:
        """Whether anything is folded."""
        return bool(self._layout.folded)

    def current_section(self) -> int | None:
        """The section of the current row; None where there are no sections, or no current row."""
        row = self.currentIndex().row()
        return self._layout.section_of(row) if self.sections and 0 <= row < self._layout.cells else None

    def toggle_current(self) -> None:
        """Fold the section of the current row, or show it again."""
        section = self.current_section()
        if section is not None and self._measures.heading:
            self.toggle_section(section)

    def reveal(self, row: int) -> None:
        """Make a row the only one selected, and bring it into view, out of a folded section as well."""
        if self._layout.is_hidden(row):
            self.toggle_section(self._layout.section_of(row))
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def row_beside(self, row: int, by: int) -> int:
        """The row so many on, or back, that is not folded away."""
        target = min(max(row + by, 0), self._layout.cells - 1)
        found = self._layout.nearest(target, ahead=by > 0)
        return target if found is None else found

    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return index.isValid() and index.row() < self._layout.cells and self._layout.is_hidden(index.row())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        target = super().moveCursor(action, modifiers)
        if not self._layout.folded or not target.isValid():
            return target
        found = self._layout.nearest(target.row(), ahead=action not in _BACK)
        return self.currentIndex() if found is None else self.model().index(found, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        section = self.heading_at(point)
        if section is None or event.button() is not Qt.MouseButton.LeftButton or self.has_deed_at(section, point):
            super().mousePressEvent(event)
        else:
            self.toggle_section(section)

    def has_deed_at(self, section: int, point: QPoint) -> bool:
        """Whether something else than folding is meant there; for heirs whose headings have more on them."""
        del section, point
        return False

    def _rows(self, first: int, last: int) -> QItemSelection:
        if not self._layout.folded:
            return super()._rows(first, last)
        found, model = QItemSelection(), self.model()
        for rows in self._layout.unfolded_between(first, last):
            found.select(model.index(rows.start, 0), model.index(rows.stop - 1, 0))
        return found

    def _beside(self, y: int) -> int:
        section = self._layout.section_at(y)
        return self._layout.first_cells[section] if section in self._layout.folded else super()._beside(y)

    def _lay_out_folded(self, anchor: tuple[int, int] | None = None) -> None:
        self._at = _places(self._folded, self.sections, self._known)
        self._counts_changed = True
        self._lay_out(anchor)
        self._describe()

    def _describe(self) -> None:
        names = [self.sections[section][0] for section in sorted(self._at)]
        self.setAccessibleDescription(tr("Folded: {names}", names=", ".join(names[:10])) if names else "")


def _names(sections: Sequence[Section], known: KnownBy) -> Sequence[str]:
    """What the sections are known by."""
    return [name for name, _ in sections] if known.names is None else known.names


def _places(folded: Iterable[FoldedName], sections: Sequence[Section], known: KnownBy) -> frozenset[int]:
    """Which of the sections those are."""
    wanted = {(name, number) for scope, name, number in folded if scope == known.scope}
    if not wanted:
        return frozenset()
    names = {name for name, _ in wanted}
    before: Counter[str] = Counter()
    found = set()
    for at, name in enumerate(_names(sections, known)):
        if name in names:
            if (name, before[name]) in wanted:
                found.add(at)
            before[name] += 1
    return frozenset(found)
