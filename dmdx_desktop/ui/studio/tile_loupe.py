"""The loupe over the tiles of several selected pieces: a reference at 100 %, tile after tile. GUI thread.

It follows the pointer over its tile and the cursor from tile to tile, and keeps its spot meanwhile: so the same corner
of many pieces is looked at with the arrow keys alone.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from dmdx_desktop.library.catalogue import PieceCard
from dmdx_desktop.library.piece_view import PieceView, ReferenceView, piece_view
from dmdx_desktop.ui.close_ups import CloseUps
from dmdx_desktop.ui.keyed_model import KeyedModel
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.notices import announce
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import LARGE
from dmdx_desktop.ui.widgets.loupe import Loupe
from dmdx_desktop.ui.widgets.section_grid import SectionGrid
from dmdx_desktop.ui.wording import tr


class TileLoupe(QObject):
    """``below`` is the height of what stands below the picture in each tile of ``grid``."""

    def __init__(
        self, parts: Parts, grid: SectionGrid, model: KeyedModel[PieceCard], below: int, close_ups: CloseUps
    ) -> None:
        super().__init__(grid)
        self._parts, self._grid, self._model, self._below = parts, grid, model, below
        self._close_ups = close_ups
        self._key: int | None = None
        self._reference: ReferenceView | None = None
        self.loupe = Loupe(parts.look, grid.viewport())
        self.loupe.whole_wanted.connect(self._want_whole)
        close_ups.ready.connect(lambda sha256: self._show_again())
        parts.previews.ready.connect(lambda sha256: self._show_again())
        grid.installEventFilter(self)
        grid.viewport().installEventFilter(self)
        grid.selectionModel().currentChanged.connect(lambda now, before: self._follow(now.row()))
        grid.verticalScrollBar().valueChanged.connect(lambda: self._place())

    @property
    def is_open(self) -> bool:
        """Whether a piece is looked at closely."""
        return self._key is not None

    @property
    def key(self) -> int | None:
        """The piece that is looked at."""
        return self._key

    def toggle(self, row: int) -> None:
        """Open the loupe over the tile of a row, or close it."""
        if self.is_open:
            self.close()
        elif 0 <= row < len(self._model.keys):
            self._look_at(row)
            self._grid.scrollTo(self._model.index(row, 0))
            card = self._model.card(row)
            announce(self._grid, tr("Loupe at 100 %: {name}", name="" if card is None else card.title))

    def close(self) -> None:
        """Take the loupe away; its spot is kept for the next time."""
        self._key = self._reference = None
        self.loupe.close_loupe()

    def keep_to(self, is_shown: bool) -> None:
        """The tiles have changed: close the loupe where its piece is not among them, or they are not shown at all."""
        row = None if self._key is None else self._model.row_of(self._key)
        if self.is_open and (row is None or not is_shown):
            self.close()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._grid and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if self._parts.keys.action(event) is KeyAction.LOUPE:
                self.toggle(self._grid.currentIndex().row())
                return True
            if event.key() == Qt.Key.Key_Escape and self.is_open:
                self.close()
                return True
        if self.is_open and isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._point(event.position())
        return False

    def _follow(self, row: int) -> None:
        if self.is_open and 0 <= row < len(self._model.keys):
            self._look_at(row)

    def _look_at(self, row: int) -> None:
        self._key, self._reference = self._model.keys[row], None
        self.loupe.show_close(None, 0, 0, None)
        self._parts.source.ask(self, partial(piece_view, key=self._key), partial(self._take, self._key))

    def _take(self, key: int, view: PieceView | None) -> None:
        if key == self._key:
            self._reference = view.references[0] if view is not None and view.references else None
            self._show_again()

    def _show_again(self) -> None:
        one = self._reference
        if one is None:
            return
        pixmap = self._parts.previews.pixmap(one.sha256, LARGE) or self._parts.previews.pixmap(one.sha256)
        self.loupe.show_close(pixmap, one.width, one.height, self._close_ups.tiles_of(one.sha256))
        self._place()
        self.loupe.show()
        self.loupe.raise_()

    def _want_whole(self) -> None:
        if self._reference is not None:
            self._close_ups.want(self._reference.sha256)

    def _picture(self) -> QRect:
        """Where the whole picture is seen, within its tile."""
        row = None if self._key is None else self._model.row_of(self._key)
        if row is None or self._reference is None:
            return QRect()
        tile = self._grid.visualRect(self._model.index(row, 0)).adjusted(0, 0, 0, -self._below)
        size = QSize(self._reference.width, self._reference.height)
        size.scale(tile.size(), Qt.AspectRatioMode.KeepAspectRatio)
        picture = QRect(QPoint(0, 0), size)
        picture.moveCenter(tile.center())
        return picture

    def _point(self, at: QPointF) -> None:
        picture = self._picture()
        if picture.contains(at.toPoint()):
            along, down = at.x() - picture.left(), at.y() - picture.top()
            self.loupe.look(QPointF(along / picture.width(), down / picture.height()))
            self._place()

    def _place(self) -> None:
        picture = self._picture()
        if not picture.isEmpty():
            spot = self.loupe.spot
            along, down = round(spot.x() * picture.width()), round(spot.y() * picture.height())
            self.loupe.stand_at(picture.topLeft() + QPoint(along, down))
