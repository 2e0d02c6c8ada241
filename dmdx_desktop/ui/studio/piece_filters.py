"""The filter menu of the list of pieces: state, type, metal and group, one of each or all. GUI thread."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from dmdx_desktop.library.piece_filter import PieceCondition, PieceFilter
from dmdx_desktop.models.vocabulary import JewelleryType, Metal
from dmdx_desktop.ui.look import IconButton, Look
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.wording import tr

MOST_GROUPS: Final = 200
CONDITIONS: Final = (
    ("Identifying", PieceCondition.IDENTIFYING),
    ("To check", PieceCondition.TO_CHECK),
    ("Ready", PieceCondition.READY),
    ("Images under way", PieceCondition.UNDER_WAY),
    ("With images", PieceCondition.WITH_IMAGES),
    ("Failed", PieceCondition.FAILED),
)


class PieceFilters(IconButton):
    """Opens the menu. ``changed`` comes when something else is let through."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "list-filter", "Filter pieces")
        self.chosen = PieceFilter()
        self._groups: tuple[str, ...] = ()
        self.clicked.connect(lambda: self.open_below(self))

    def open_below(self, button: QWidget) -> None:
        """Open the menu below a button: this one, or the one that stands for it in the rail."""
        self.made_menu().popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def offer_groups(self, names: Sequence[str]) -> None:
        """There are these groups."""
        self._groups = tuple(names)

    def choose(self, chosen: PieceFilter) -> None:
        """Let through what ``chosen`` says."""
        if chosen != self.chosen:
            self.chosen = chosen
            self._colour = "accent.text" if chosen.is_active else "text.secondary"
            self.setAccessibleDescription(tr("Some pieces are kept back") if chosen.is_active else "")
            self._dress()
            self.changed.emit()

    def made_menu(self) -> QMenu:
        """The menu with what is chosen now."""
        menu, now = QMenu(self), self.chosen
        conditions = [(tr(words), value.value) for words, value in CONDITIONS]
        types = [(term_name(one), one.value) for one in JewelleryType if one is not JewelleryType.UNKNOWN]
        metals = [(term_name(one), one.value) for one in Metal if one is not Metal.UNKNOWN]
        self._fill(menu.addMenu(tr("State")), conditions, "condition", now.condition)
        self._fill(menu.addMenu(tr("Type")), types, "type", now.type)
        self._fill(menu.addMenu(tr("Metal")), metals, "metal", now.metal)
        groups = [(name or tr("Pieces"), name) for name in self._groups[:MOST_GROUPS]]
        self._fill(menu.addMenu(tr("Group")), groups, "group", now.group)
        menu.addSeparator()
        clear = menu.addAction(tr("Clear filters"))
        clear.setEnabled(now.is_active)
        clear.triggered.connect(lambda: self.choose(PieceFilter()))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _fill(self, menu: QMenu, choices: Sequence[tuple[str, str]], field: str, now: str | None) -> None:
        group = QActionGroup(menu)
        for words, value in ((tr("All"), None), *choices):
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == now)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(lambda action: self._take(field, action.data()))

    def _take(self, field: str, value: str | None) -> None:
        now = self.chosen
        match field:
            case "condition":
                self.choose(replace(now, condition=None if value is None else PieceCondition(value)))
            case "type":
                self.choose(replace(now, type=value))
            case "metal":
                self.choose(replace(now, metal=value))
            case _:
                self.choose(replace(now, group=value))
