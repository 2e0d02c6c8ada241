"""The choice of an engine: the draft of this computer first, recommended ones with their price, all others. GUI thread.

Only the list changes it: an arrow key on the closed box opens that, so that no engine that costs money is come to in
passing.
"""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionComboBox

from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.studio.engine_rows import (
    PRICE_ROLE,
    SHORT_PRICE_ROLE,
    EngineDelegate,
    Values,
    draft_values,
    engine_values,
    other_values,
)
from dmdx_desktop.ui.studio.engines import EngineListing, engine_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.choice_box import CHEVRON, ChoiceBox
from dmdx_desktop.ui.wording import tr

ALL_MODELS: Final = "*"
NARROWEST: Final = 120
LIST_WIDTH: Final = 344
SIDE: Final = 10
GAP: Final = 6


class EngineBox(ChoiceBox):
    """``engine_chosen`` tells the id of another engine, ``all_wanted`` that every model is to be shown."""

    engine_chosen = Signal(str)
    all_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Engine"), NARROWEST)
        self._engine: str = EngineId.DRAFT
        self._listing = EngineListing()
        self.setItemDelegate(EngineDelegate(look, self))
        self.activated.connect(self._on_activated)
        self._fill()

    @property
    def engine(self) -> str:
        """The id of the engine that is chosen."""
        return self._engine

    @property
    def listed(self) -> list[str]:
        """The ids of the rows, with ``ALL_MODELS`` for the one that leads to the rest."""
        return [str(self.itemData(row)) for row in range(self.count())]

    def show_listing(self, listing: EngineListing) -> None:
        """Offer these; the chosen one stays, whether it is among them or not."""
        self._listing = listing
        self._fill()

    def choose(self, engine: str) -> None:
        """Show that this one is chosen; nobody is told."""
        self._engine = engine
        self._fill()

    def _fill(self) -> None:
        shown: dict[str, Values] = {EngineId.DRAFT.value: draft_values()}
        for engine in self._listing.engines:
            if engine.is_recommended or engine.id == self._engine:
                shown[engine.id] = engine_values(engine)
        if self._engine not in shown:
            shown[self._engine] = other_values(engine_name(self._engine), self._lacking())
        if self._listing.is_connected:
            shown[ALL_MODELS] = other_values(tr("All models…"), "")
        self.clear()
        for row, (engine_id, values) in enumerate(shown.items()):
            self.addItem(str(values[Qt.ItemDataRole.DisplayRole]), engine_id)
            for role, words in values.items():
                self.setItemData(row, words, role)
        self.setCurrentIndex(self.findData(self._engine))
        aloud = str(self.currentData(Qt.ItemDataRole.AccessibleTextRole))
        self.setToolTip(aloud)
        self.setAccessibleName(tr("Engine: {name}", name=aloud))
        self.update()

    def _lacking(self) -> str:
        if self._listing.is_retired(self._engine):
            return tr("No longer offered")
        return "" if self._listing.is_connected or not self._listing.is_known else tr("Not connected")

    def _on_activated(self, row: int) -> None:
        chosen = str(self.itemData(row))
        self.setCurrentIndex(self.findData(self._engine))
        if chosen == ALL_MODELS:
            self.all_wanted.emit()
        elif chosen != self._engine:
            self.choose(chosen)
            self.engine_chosen.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showPopup()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F4, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def showPopup(self) -> None:
        self.view().setMinimumWidth(max(self.width(), LIST_WIDTH) - 4)
        super().showPopup()
        frame = self.view().parentWidget()
        if frame is not None:
            # The list is wider than the box: both end where the panel ends.
            at = 0 if self.isRightToLeft() else self.width() - frame.width()
            frame.move(self.mapToGlobal(QPoint(at, 0)).x(), frame.y())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = self._look.theme, QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        name, price = self.currentText(), str(self.currentData(PRICE_ROLE) or "")
        strong, caption = theme.font(TextStyle.BODY), theme.font(TextStyle.CAPTION)
        before, behind = SIDE, CHEVRON + SIDE + 6
        if self.isRightToLeft():
            before, behind = behind, before
        place = QRect(self.rect()).adjusted(before, 0, -behind, 0)
        left = place.width() - QFontMetrics(strong).horizontalAdvance(name) - GAP
        prices = (price, str(self.currentData(SHORT_PRICE_ROLE) or ""))
        fitting = (words for words in prices if QFontMetrics(caption).horizontalAdvance(words) <= left)
        painter.setFont(caption)
        painter.setPen(theme.colour("text.secondary"))
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        painter.drawText(place, end, next(fitting, ""))
        painter.setFont(strong)
        painter.setPen(theme.colour("text.primary"))
        shortened = QFontMetrics(strong).elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shortened)
        painter.end()
