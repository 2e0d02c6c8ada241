"""The menu of the selected pieces: rename, regroup, identify again, show in folder, delete. GUI thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from dmdx_desktop.library.piece_pictures import MenuFacts, menu_facts
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
        self._parts.source.ask(self, partial(menu_facts, keys=keys), partial(self._open, place, keys))

    def _open(self, place: QPoint, keys: list[int], facts: MenuFacts) -> None:
        if not facts.keys or keys != self._list.selected_keys():
            return
        first, several = facts.keys[0], len(facts.keys) > 1
        menu = QMenu(self._list)
        menu.setAccessibleName(tr("Pieces"))
        if not several:
            _add(menu, "Rename", self._list.start_renaming, "F2")
        self._add_problems(menu, first)
        _add(menu, "Identify again", lambda: self._parts.bridge.send(Identify(targets=facts.ids)))
        menu.addSeparator()
        put = _add(menu, "Put together", lambda: self._regrouping.put_together(keys, first))
        put.setEnabled(several)
        apart = _add(menu, "Take apart", lambda: self._regrouping.take_apart(first))
        apart.setEnabled(not several and facts.pictures > 1)
        self._add_folding(menu)
        menu.addSeparator()
        if not several and facts.path and Path(facts.path).is_absolute():
            _add(menu, reveal_words(), lambda: reveal(Path(facts.path)))
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
