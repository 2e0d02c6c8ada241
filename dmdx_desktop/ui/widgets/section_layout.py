"""Where the cells and headings of a grid in sections lie: arithmetic on a few numbers, nothing stored by cell.

Pure; the window's process.

All measures are logical pixels of the content, from its upper left corner. Finding a cell, or what lies at a point,
takes the logarithm of the number of sections, whatever the number of cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.ui.widgets.running_totals import RunningTotals

STRETCH: Final = 4_096
"""So many things are compared in one go."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of a grid. ``stretch`` widens the cells until a row of them fills the width."""

    cell_width: int
    cell_height: int
    gap: int = 0
    margin: int = 0
    heading: int = 0
    after_section: int = 0
    single_column: bool = False
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place in the content."""

    x: int
    y: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The first pixel below it."""
        return self.y + self.height


class SectionLayout:
    """The layout of sections with so many cells each, at one width; of ``folded`` ones only the heading is seen."""

    def __init__(
        self, measures: Measures, counts: Sequence[int], width: int, folded: frozenset[int] = frozenset()
    ) -> None:
        self._measures = measures
        self.counts = tuple(counts)
        self.folded = folded
        self.first_cells = RunningTotals(self.counts)
        self._different = frozenset(self.counts)
        self._lay_out(width)

    def is_by(self, measures: Measures, width: int) -> bool:
        """Whether it is by these measures and at this width."""
        return self._measures == measures and self.width == width

    def laid_out(self, measures: Measures, width: int) -> "SectionLayout":
        """The same sections by other measures or at another width: less work than to begin anew."""
        other = copy(self)
        other._measures = measures
        other._lay_out(width)
        return other

    def with_count(self, section: int, count: int) -> "SectionLayout | None":
        """The same with another number of cells in one section; None where it takes as much work as to begin anew."""
        before = self.counts[section]
        grown = 0 if section in self.folded else self._section_height(count) - self._section_height(before)
        first_cells, tops = self.first_cells.with_more(section, count - before), self._tops.with_more(section, grown)
        if first_cells is None or tops is None:
            return None
        other = copy(self)
        other.counts = (*self.counts[:section], count, *self.counts[section + 1 :])
        other.first_cells, other._tops = first_cells, tops
        other._different = self._different | {count}
        return other

    def _lay_out(self, width: int) -> None:
        measures = self._measures
        self.width = width
        room = max(width - 2 * measures.margin, measures.cell_width)
        self.columns = (
            1 if measures.single_column else max(1, (room + measures.gap) // (measures.cell_width + measures.gap))
        )
        self.cell_width = self._cell_width(room)
        self.cell_height = measures.cell_height + (
            self.cell_width - measures.cell_width if measures.stretch and not measures.single_column else 0
        )
        # There may be a hundred thousand sections, but few different numbers of cells in them.
        heights = {count: self._section_height(count) for count in self._different}
        start = 0 if measures.heading else measures.margin
        tall: Iterable[int] = map(heights.__getitem__, self.counts)
        if self.folded:
            tall = list(tall)
            for section in self.folded:
                tall[section] = measures.heading
        self._tops = RunningTotals(tall, start)

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.first_cells[-1]

    @property
    def row_step(self) -> int:
        """From the top of one row of cells to the next."""
        return self.cell_height + self._measures.gap

    @property
    def height(self) -> int:
        """Of the whole content."""
        return self._tops[-1] + self._measures.margin

    def section_of(self, cell: int) -> int:
        """In which section a cell lies."""
        return self.first_cells.reached_by(cell) - 1

    def heading(self, section: int) -> Rectangle:
        """The place of a section's heading."""
        return Rectangle(0, self._tops[section], self.width, self._measures.heading)

    def section_bottom(self, section: int) -> int:
        """Where the next section begins."""
        return self._tops[section + 1]

    def cell(self, cell: int) -> Rectangle:
        """The place of a cell."""
        section = self.section_of(cell)
        if section in self.folded:
            return Rectangle(self._measures.margin, self._cells_top(section), self.cell_width, 0)
        row, column = divmod(cell - self.first_cells[section], self.columns)
        return Rectangle(
            self._measures.margin + column * (self.cell_width + self._measures.gap),
            self._cells_top(section) + row * self.row_step,
            self.cell_width,
            self.cell_height,
        )

    def section_at(self, y: int) -> int:
        """The section at a height of the content; the first or last beyond its ends."""
        return min(max(self._tops.reached_by(y) - 1, 0), max(len(self.counts) - 1, 0))

    def cell_at(self, x: int, y: int) -> int | None:
        """The cell at a point, or None between cells and outside."""
        if not self.counts or y >= self._tops[-1]:
            return None
        section = self.section_at(y)
        if section in self.folded:
            return None
        row, below = divmod(y - self._cells_top(section), self.row_step)
        column, beside = divmod(x - self._measures.margin, self.cell_width + self._measures.gap)
        if row < 0 or not 0 <= column < self.columns or below >= self.cell_height or beside >= self.cell_width:
            return None
        cell = row * self.columns + column
        return self.first_cells[section] + cell if cell < self.counts[section] else None

    def cells_between(self, top: int, bottom: int) -> Iterator[range]:
        """The cells of which some part may lie between two heights, a range for each section."""
        if not self.counts:
            return
        for section in range(self.section_at(top), self.section_at(bottom) + 1):
            if section in self.folded:
                continue
            start = self._cells_top(section)
            first = max(0, (top - start) // self.row_step) * self.columns
            last = min(self.counts[section], ((bottom - start) // self.row_step + 1) * self.columns)
            if first < last:
                yield range(self.first_cells[section] + first, self.first_cells[section] + last)

    def is_hidden(self, cell: int) -> bool:
        """Whether a cell is in a folded section."""
        return bool(self.folded) and self.section_of(cell) in self.folded

    def nearest(self, cell: int, *, ahead: bool) -> int | None:
        """The cell itself where it is seen, else the nearest one that is, ahead or back; None where there is none."""
        section = self.section_of(cell)
        if section not in self.folded:
            return cell
        after, before = self._section_after(section), self._section_before(section)
        following = None if after is None else self.first_cells[after]
        preceding = None if before is None else self.first_cells[before + 1] - 1
        first, second = (following, preceding) if ahead else (preceding, following)
        return second if first is None else first

    def unfolded_between(self, first: int, last: int) -> Iterator[range]:
        """What is seen of the cells from ``first`` to ``last``, as ranges."""
        start = first
        for section in sorted(self.folded):
            begin, end = self.first_cells[section], self.first_cells[section + 1]
            if end <= start or begin > last:
                continue
            if begin > start:
                yield range(start, begin)
            start = end
        if start <= last:
            yield range(start, last + 1)

    def above(self, cell: int, rows: int = 1) -> int:
        """The cell ``rows`` higher in the same column; the nearest there is."""
        for _ in range(rows):
            section = self.section_of(cell)
            place = cell - self.first_cells[section]
            if place >= self.columns and section not in self.folded:
                cell -= self.columns
            elif (before := self._section_before(section)) is None:
                break
            else:
                count = self.counts[before]
                whole = (count - 1) // self.columns * self.columns
                cell = self.first_cells[before] + min(whole + place % self.columns, count - 1)
        return cell

    def below(self, cell: int, rows: int = 1) -> int:
        """The cell ``rows`` lower in the same column; the nearest there is."""
        for _ in range(rows):
            section = self.section_of(cell)
            place, count = cell - self.first_cells[section], self.counts[section]
            is_folded = section in self.folded
            if place + self.columns < count and not is_folded:
                cell += self.columns
            elif not is_folded and place // self.columns < (count - 1) // self.columns:
                cell = self.first_cells[section] + count - 1
            elif (after := self._section_after(section)) is None:
                break
            else:
                cell = self.first_cells[after] + min(place % self.columns, self.counts[after] - 1)
        return cell

    def _cell_width(self, room: int) -> int:
        if self._measures.single_column:
            return room
        if not self._measures.stretch:
            return self._measures.cell_width
        return (room - (self.columns - 1) * self._measures.gap) // self.columns

    def _section_height(self, count: int) -> int:
        rows = -(-count // self.columns)
        cells = rows * self.row_step - (self._measures.gap if rows else 0)
        return self._measures.heading + cells + self._measures.after_section

    def _cells_top(self, section: int) -> int:
        return self._tops[section] + self._measures.heading

    def _section_before(self, section: int) -> int | None:
        return next((one for one in range(section - 1, -1, -1) if self._is_seen(one)), None)

    def _section_after(self, section: int) -> int | None:
        return next((one for one in range(section + 1, len(self.counts)) if self._is_seen(one)), None)

    def _is_seen(self, section: int) -> bool:
        return self.counts[section] > 0 and section not in self.folded


def changed_places(before: Sequence[object], after: Sequence[object]) -> range:
    """Where two rows of things differ: everywhere where one is longer than the other."""
    if len(before) != len(after):
        return range(max(len(before), len(after)))
    start, stop = 0, len(after)
    # Whole stretches are compared in one go.
    while start < stop and before[start : start + STRETCH] == after[start : start + STRETCH]:
        start += STRETCH
    while start < stop and before[start] == after[start]:
        start += 1
    if before[start + 1 :] == after[start + 1 :]:
        stop = min(start + 1, stop)
    return range(min(start, stop), stop)
