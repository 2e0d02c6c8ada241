"""An item view in sections whose every operation costs what is in view, a thousand rows or a million. GUI thread.

It is a QListView for its accessible role, its keyboard and its selection; the layout that QListView would keep for
each row is replaced by ``SectionLayout``. Row numbers of the model are cells; sections are told apart from the model.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QDrag,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from dmdx_desktop.ui.widgets.section_layout import Measures, Rectangle, SectionLayout, changed_places

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint
Section = tuple[str, int]
"""The name of a section and how many rows it has."""

_SELECT_ONLY: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect
_COUNT: Final = itemgetter(1)
_WHEEL_LINES: Final = 3
FRAME_MS: Final = 16
OVERHANG: Final = 6
"""Frames of cells reach no further beyond them."""


class SectionGrid(QListView):
    """Rows of a one-column model as cells in sections, with headings that stay in view."""

    opened = Signal(int)
    """A row was opened: by Enter or a double click."""
    section_clicked = Signal(int)
    drag_wanted = Signal()

    def __init__(self, measures: Measures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewport(_own_viewport())
        self._measures = measures
        self._sections: tuple[Section, ...] = ()
        self._layout = SectionLayout(measures, (), 0)
        self._laid_out: tuple[tuple[Section, ...], SectionLayout] | None = None
        self._counts_changed = False
        self._updating = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._updating.timeout.connect(self._update_stale)
        self._stale_rows: set[int] | None = set()
        """Rows to paint anew within a frame; None for everything."""
        self._ground: QColor | None = None
        self._pointed: QPoint | None = None
        """Where the pointer is over the viewport. To ask for it takes a way to the screen's server and back."""
        self._press: QPoint | None = None
        self._band: QRect | None = None
        self._dragging = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def update_soon(self) -> None:
        """Paint what has come for the rows, within a frame; a frame that is painted anyway shows it too."""
        self._stale_rows = None
        if not self._updating.isActive():
            self._updating.start()

    def update_rows_soon(self, rows: Iterable[int]) -> None:
        """Paint these rows within a frame, and nothing else."""
        if self._stale_rows is not None:
            self._stale_rows.update(rows)
        if self._stale_rows != set() and not self._updating.isActive():
            self._updating.start()

    def set_ground(self, colour: QColor) -> None:
        """Paint on this colour, through which nothing shows: scrolling then moves what is painted already."""
        self._ground = colour
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().update()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections as they are shown."""
        return self._sections

    def set_measures(self, measures: Measures) -> None:
        """Show the cells in another size; what is at the top stays there."""
        if measures != self._measures:
            anchor = self._anchor()
            self._measures = measures
            self._lay_out(anchor)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """The rows of the model fall into these sections. To be called after the model has changed."""
        anchor = self._anchor()
        self._sections = tuple(sections)
        self._counts_changed = True
        self._lay_out(anchor)

    def cells_in_view(self, screens_ahead: float = 0.0) -> range:
        """The rows in view, and those so many screens beyond."""
        height = self.viewport().height()
        top = self.verticalOffset() - round(height * screens_ahead)
        ranges = list(
            self._layout.cells_between(max(top, 0), self.verticalOffset() + round(height * (1 + screens_ahead)))
        )
        return range(ranges[0].start, ranges[-1].stop) if ranges else range(0)

    def selected_rows(self) -> list[range]:
        """The selected rows as ranges: a million selected rows are one range, not a million numbers."""
        selection = self.selectionModel().selection()
        blocks = (selection.at(number) for number in range(selection.count()))
        return sorted((range(block.top(), block.bottom() + 1) for block in blocks), key=lambda rows: rows.start)

    # What the base classes would lay out row by row.

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._forget_sections)

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)
        self._lay_out(None)

    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(self._layout.row_step // _WHEEL_LINES, 16))
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        anchor = self._anchor()
        QAbstractItemView.resizeEvent(self, event)
        self._lay_out(anchor)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def verticalScrollbarValueChanged(self, value: int) -> None:
        del value  # the base asks the screen's server where the pointer is, to tell what is below it

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx
        viewport, ratio = self.viewport(), self.devicePixelRatioF()
        if self._ground is None or self._band is not None or ratio != round(ratio):
            viewport.update()
            return
        offset = self.verticalOffset()
        viewport.scroll(0, dy, viewport.rect())
        for stale in self._stale(offset + dy, offset):
            viewport.update(stale)

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self._layout.cells:
            return QRect()
        return self._on_screen(self._layout.cell(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.heading_at(point) is not None:
            return QModelIndex()
        cell = self._layout.cell_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if cell is None else self.model().index(cell, 0)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid() or index.row() >= self._layout.cells:
            return
        place, bar = self._layout.cell(index.row()), self.verticalScrollBar()
        top, page = place.y - self._measures.heading, self.viewport().height()
        if hint is Hint.PositionAtCenter:
            bar.setValue(place.y - (page - place.height) // 2)
        elif top < bar.value() or hint is Hint.PositionAtTop:
            bar.setValue(top)
        elif place.bottom > bar.value() + page:
            bar.setValue(place.bottom - page + self._measures.margin)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        del selection
        return QRegion(self.viewport().rect())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        del modifiers
        model, last = self.model(), self._layout.cells - 1
        if last < 0:
            return QModelIndex()
        current = self.currentIndex().row() if self.currentIndex().isValid() else 0
        actions = QAbstractItemView.CursorAction
        rows = max(1, self.viewport().height() // self._layout.row_step - 1)
        mirrored = -1 if self.isRightToLeft() else 1
        moves = {
            actions.MoveHome: 0,
            actions.MoveEnd: last,
            actions.MoveLeft: current - mirrored,
            actions.MoveRight: current + mirrored,
            actions.MovePrevious: current - 1,
            actions.MoveNext: current + 1,
        }
        if action in moves:
            target = moves[action]
        elif action in (actions.MoveUp, actions.MovePageUp):
            target = self._layout.above(current, rows if action is actions.MovePageUp else 1)
        else:
            target = self._layout.below(current, rows if action is actions.MovePageDown else 1)
        return model.index(min(max(target, 0), last), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Two ends of a range of rows, or, while a band is drawn, what lies in it."""
        if not self._layout.cells:
            return
        found = self._in_band(rect.normalized()) if self._band is not None else self._between(rect)
        self.selectionModel().select(found, command)

    def selectAll(self) -> None:
        last = self.model().rowCount() - 1
        if last >= 0:
            self.selectionModel().select(self._rows(0, last), _SELECT_ONLY)

    def isIndexHidden(self, index: Index) -> bool:
        del index
        return False

    def keyboardSearch(self, search: str) -> None:
        del search  # the base looks through every row

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        QAbstractItemView.selectionChanged(self, selected, deselected)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.SelectionWithin))

    def currentChanged(self, current: Index, previous: Index) -> None:
        QAbstractItemView.currentChanged(self, current, previous)
        if QAccessible.isActive() and current.isValid():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        if _heights(event.region()) == [(0, self.viewport().height() - 1)]:
            self._updating.stop()
            self._stale_rows = set()
        painter = QPainter(self.viewport())
        model, delegate, region = self.model(), self.itemDelegate(), event.region()
        if self._ground is not None:
            for area in areas_of(region):
                painter.fillRect(area, self._ground)
        if not self._layout.cells:
            painter.end()
            return
        # One of its own for each time: held by the grid, it would be garbage together with its parts, and PySide6 frees
        # a part that is let go of so as if it stood alone.
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        hovered = -1 if self._pointed is None else self.indexAt(self._pointed).row()
        chosen, current, has_focus = self.selectionModel(), self.currentIndex().row(), self.hasFocus()
        usual = option.state & ~(QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        option.state = shown = usual
        for cells in self._cells_in(region):
            for cell in cells:
                index = model.index(cell, 0)
                state = usual
                if chosen.isSelected(index):
                    state |= QStyle.StateFlag.State_Selected
                if cell == current and has_focus:
                    state |= QStyle.StateFlag.State_HasFocus
                if cell == hovered:
                    state |= QStyle.StateFlag.State_MouseOver
                if state is not shown:
                    option.state = shown = state
                option.rect = self._on_screen(self._layout.cell(cell))
                delegate.paint(painter, option, index)
        for section, place in self._headings(self.verticalOffset()).items():
            if region.intersects(place):
                self.paint_heading(painter, place, section)
        if self._band is not None:
            self._paint_band(painter, self._band)
        painter.end()

    def paint_heading(self, painter: QPainter, place: QRect, section: int) -> None:
        """Draw the heading of a section; for heirs that have headings."""

    def _cells_in(self, region: QRegion) -> Iterator[range]:
        """The cells of which something is seen in a region; those beside each other in a row of them together."""
        offset, begun = self.verticalOffset(), 0
        for top, bottom in _heights(region):
            for cells in self._layout.cells_between(top - OVERHANG + offset, bottom + OVERHANG + offset):
                if cells.stop > begun:
                    yield range(max(cells.start, begun), cells.stop)
                    begun = cells.stop

    def _headings(self, offset: int) -> dict[int, QRect]:
        """Where the headings are seen that are in view at an offset."""
        if not self._measures.heading or not self._sections:
            return {}
        bottom = offset + self.viewport().height()
        in_view = range(self._layout.section_at(offset), self._layout.section_at(bottom) + 1)
        return {section: self._heading_at(section, offset) for section in in_view}

    def _heading_place(self, section: int) -> QRect:
        return self._heading_at(section, self.verticalOffset())

    def _heading_at(self, section: int, offset: int) -> QRect:
        """Where the heading is seen: at its place, or at the top while its section is in view."""
        place = self._layout.heading(section)
        stuck = min(max(place.y, offset), self._layout.section_bottom(section) - place.height)
        return self._on_screen(Rectangle(place.x, stuck, place.width, place.height)).translated(
            0, self.verticalOffset() - offset
        )

    def _update_stale(self) -> None:
        rows, self._stale_rows = self._stale_rows, set()
        if rows is None:
            self.viewport().update()
            return
        for row in rows:
            if row < self._layout.cells:
                self.viewport().update(self._with_frame(row))

    def _with_frame(self, row: int) -> QRect:
        return self._on_screen(self._layout.cell(row)).adjusted(-OVERHANG, -OVERHANG, OVERHANG, OVERHANG)

    def _stale(self, before: int, now: int) -> Iterator[QRect]:
        """What does not look as it did when it is moved along from one offset to another."""
        was, seen = self._headings(before), self._headings(now)
        for section in was.keys() | seen.keys():
            moved = was[section].translated(0, before - now) if section in was else QRect()
            if moved != seen.get(section):
                yield from (moved, seen.get(section, QRect()))
        at = self._pointed
        if at is not None:
            under = {self._layout.cell_at(at.x(), at.y() + offset) for offset in (before, now)}
            for cell in under if len(under) > 1 else ():
                if cell is not None:
                    yield self._with_frame(cell)

    def _paint_band(self, painter: QPainter, band: QRect) -> None:
        colour = self.palette().highlight().color()
        painter.setPen(colour)
        colour.setAlpha(40)
        painter.setBrush(colour)
        painter.drawRect(band.translated(0, -self.verticalOffset()))

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        section = self.heading_at(point)
        if section is not None and event.button() is Qt.MouseButton.LeftButton:
            self.section_clicked.emit(section)
            return
        self._press, self._dragging = point, False
        super().mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        elif event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverMove) and isinstance(event, QHoverEvent):
            self._point_at(event.position().toPoint())
        return super().viewportEvent(event)

    def _point_at(self, point: QPoint | None) -> None:
        """The pointer is there now, or nowhere: of the cells only the one it left and the one it came to change."""
        before, self._pointed = self._pointed, point
        rows = {self.indexAt(at).row() for at in (before, point) if at is not None}
        if len(rows) > 1 or before is None or point is None:
            for row in rows - {-1}:
                self.viewport().update(self._with_frame(row))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().toPoint())
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        far = (point - self._press).manhattanLength() > 8
        if self._band is None and far and not self._dragging:
            if self.indexAt(self._press).isValid():
                self._dragging = True
                self.drag_wanted.emit()
                return
            if not self._measures.single_column:
                self._band = QRect()
        if self._band is not None:
            self.viewport().update()
            offset = QPoint(0, self.verticalOffset())
            self._band = QRect(self._press + offset, point + offset).normalized()
            self.setSelection(self._band.translated(-offset), _SELECT_ONLY)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if self._band is not None:
            self._band = None
            self.viewport().update()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
            return
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and event.text().isprintable() and event.text().strip():
            event.ignore()  # single letters and digits are for the page; the base would search every row for them
            return
        super().keyPressEvent(event)

    def startDrag(self, supported: Qt.DropAction) -> None:
        del supported  # the base asks every selected row for its flags; ``drag_wanted`` tells instead

    def drag(self, data: QMimeData, picture: QPixmap) -> None:
        """Let the user carry ``data`` elsewhere. From a plain event handler only: it runs a loop of its own."""
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(picture)
        drag.exec(Qt.DropAction.CopyAction)

    # Inside.

    def _lay_out(self, anchor: tuple[int, int] | None) -> None:
        width = self.viewport().width()
        if self._counts_changed or not self._sections:
            self._layout = self._layout_of_sections(width)
            self._counts_changed = False
        elif not self._layout.is_by(self._measures, width):
            self._layout = self._layout.laid_out(self._measures, width)
        self.updateGeometries()
        if anchor is not None and anchor[0] < self._layout.cells:
            self.verticalScrollBar().setValue(self._layout.cell(anchor[0]).y - anchor[1])
        self.viewport().update()

    def _layout_of_sections(self, width: int) -> SectionLayout:
        """Made from the last one where at most one section differs: there may be a hundred thousand."""
        folded = self.folded_sections()
        if not self._sections:
            return SectionLayout(self._measures, self._one_section(), width, folded)
        layout = None
        if self._laid_out is not None and self._laid_out[1].folded == folded:
            before, layout = self._laid_out
            changed = changed_places(before, self._sections)
            if changed:
                section = changed.start
                layout = layout.with_count(section, self._sections[section][1]) if len(changed) == 1 else None
        if layout is None:
            layout = SectionLayout(self._measures, list(map(_COUNT, self._sections)), width, folded)
        elif not layout.is_by(self._measures, width):
            layout = layout.laid_out(self._measures, width)
        self._laid_out = self._sections, layout
        return layout

    def folded_sections(self) -> frozenset[int]:
        """Of which sections only the heading is seen; for heirs that fold."""
        return frozenset()

    def _one_section(self) -> list[int]:
        """All rows, where nobody has said how they fall into sections."""
        model: QAbstractItemModel | None = self.model()
        return [] if model is None else [model.rowCount()]

    def _anchor(self) -> tuple[int, int] | None:
        """The first row in view, and how far below the upper edge it is."""
        top = self.verticalOffset()
        cells = next(self._layout.cells_between(top, top + self.viewport().height()), None) if top else None
        return None if cells is None else (cells.start, self._layout.cell(cells.start).y - top)

    def _forget_sections(self) -> None:
        self._sections, self._counts_changed = (), True

    def _on_screen(self, place: Rectangle) -> QRect:
        x = self.viewport().width() - place.x - place.width if self.isRightToLeft() else place.x
        return QRect(x, place.y - self.verticalOffset(), place.width, place.height)

    def heading_at(self, point: QPoint) -> int | None:
        """The section whose heading is seen at a point of the viewport."""
        if not self._measures.heading or not self._sections:
            return None
        at = self._layout.section_at(point.y() + self.verticalOffset())
        return at if self._heading_place(at).contains(point) else None

    def _between(self, rect: QRect) -> QItemSelection:
        ends = []
        for point in (rect.topLeft(), rect.bottomRight()):
            cell = self._layout.cell_at(point.x(), point.y() + self.verticalOffset())
            if cell is None:
                if rect.width() <= 1 and rect.height() <= 1:
                    return QItemSelection()
                cell = self._beside(point.y() + self.verticalOffset())
            ends.append(cell)
        return self._rows(min(ends), max(ends))

    def _beside(self, y: int) -> int:
        """The cell that stands for a place without one."""
        return 0 if y < self._measures.heading else self._layout.cells - 1

    def _rows(self, first: int, last: int) -> QItemSelection:
        """What is selected when these rows and all between them are."""
        return QItemSelection(self.model().index(first, 0), self.model().index(last, 0))

    def _in_band(self, rect: QRect) -> QItemSelection:
        """One range for each row of cells that the band touches."""
        model, found, offset = self.model(), QItemSelection(), self.verticalOffset()
        for cells in self._layout.cells_between(rect.top() + offset, rect.bottom() + offset):
            touched = [cell for cell in cells if self.visualRect(model.index(cell, 0)).intersects(rect)]
            first = None
            for position, cell in enumerate(touched):
                first = cell if first is None else first
                if position + 1 == len(touched) or touched[position + 1] != cell + 1:
                    found.append(QItemSelection(model.index(first, 0), model.index(cell, 0)).first())
                    first = None
        return found

    def sizeHint(self) -> QSize:
        return QSize(self._measures.cell_width, 4 * self._measures.cell_height)


def areas_of(region: QRegion) -> Iterable[QRect]:
    """The rectangles that a region is made of."""
    return cast(Iterable[QRect], region)  # it is one, which its types do not say


def _heights(region: QRegion) -> list[tuple[int, int]]:
    """From where to where a region reaches, from the top down; parts that touch are one."""
    found: list[tuple[int, int]] = []
    for top, bottom in sorted((area.top(), area.bottom()) for area in areas_of(region)):
        if found and top <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], bottom))
        else:
            found.append((top, bottom))
    return found


def _own_viewport() -> QWidget:
    """A viewport as the base would make one, but made here.

    Asked for one that Qt made, PySide6 first makes itself acquainted with every kind of widget there is, to tell which
    of them it is: a tenth of what starting the window takes.
    """
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    return viewport
