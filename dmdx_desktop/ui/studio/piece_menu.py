"""The menu of the selected pieces: rename, regroup, identify again, show in folder, delete. GUI thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from dmdx_desktop.library.piece_pictures import PicturesOfPiece, pictures_of
from dmdx_desktop.models.commands import Identify
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.reveal import reveal, reveal_words
from dmdx_desktop.ui.studio.pieces_list import PiecesList
from dmdx_desktop.ui.studio.regrouping import Regrouping
from dmdx_desktop.ui.wording import tr


class PieceMenu(QObject):
    """Made anew each time, of what can be done with what is selected."""

    delete_wanted = Signal(list)
    problems_wanted = Signal(int)

    def __init__(self, parts: Parts, pieces: PiecesList, regrouping: Regrouping) -> None:
        super().__init__(pieces)
        self._parts, self._list, self._regrouping = parts, pieces, regrouping
        self.menu: QMenu | None = None
        pieces.menu_wanted.connect(self._ask)

    def _ask(self, place: QPoint) -> None:
        keys = self._list.selected_keys()
        self._parts.source.ask(self, partial(pictures_of, keys=keys), partial(self._open, place, keys))

    def _open(self, place: QPoint, keys: list[int], pieces: list[PicturesOfPiece]) -> None:
        if not pieces or keys != self._list.selected_keys():
            return
        first, several = pieces[0], len(pieces) > 1
        menu = QMenu(self._list)
        menu.setAccessibleName(tr("Pieces"))
        if not several:
            _add(menu, "Rename", self._list.start_renaming, "F2")
        self._add_problems(menu, first.key)
        jobs = tuple(piece.id for piece in pieces)
        _add(menu, "Identify again", lambda: self._parts.bridge.send(Identify(targets=jobs)))
        menu.addSeparator()
        put = _add(menu, "Put together", lambda: self._regrouping.put_together(keys, first.key))
        put.setEnabled(several)
        apart = _add(menu, "Take apart", lambda: self._regrouping.take_apart(first.key))
        apart.setEnabled(not several and len(first.pictures) > 1)
        self._add_folding(menu)
        menu.addSeparator()
        if not several and first.paths and Path(first.paths[0]).is_absolute():
            _add(menu, reveal_words(), lambda: reveal(Path(first.paths[0])))
        _add(menu, "Delete…", lambda: self.delete_wanted.emit(keys), "Del")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.destroyed.connect(self._forget)
        self.menu = menu
        menu.popup(place)

    def _add_problems(self, menu: QMenu, key: int) -> None:
        row = self._list.currentIndex()
        card = self._list.card_of(key) if row.isValid() else None
        if card is not None and card.failed:
            _add(menu, "Show what is wrong", lambda: self.problems_wanted.emit(key))

    def _add_folding(self, menu: QMenu) -> None:
        menu.addSeparator()
        section = self._list.current_section()
        if section is not None:
            words = "Show this group" if self._list.is_folded(section) else "Fold this group"
            _add(menu, words, lambda: self._list.toggle_section(section), "G")
        if self._list.has_folded:
            _add(menu, "Show every group", self._list.unfold_all)

    def _forget(self) -> None:
        self.menu = None


def _add(menu: QMenu, words: str, deed: object, keys: str = "") -> QAction:
    action = menu.addAction(tr(words))
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(deed)
    return action
