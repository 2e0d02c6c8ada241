"""A quiet button that opens a menu below it, with the sign that it does. GUI thread."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu

from dmdx_desktop.ui.look import Button, Look, Variant
from dmdx_desktop.ui.tokens import TextStyle

CHEVRON: Final = 14
GAP: Final = 8
WIDEST: Final = 240


class MenuButton(Button):
    """What it says may be of the user's own, and is shortened where it is long. ``made_menu`` makes the menu."""

    def __init__(self, look: Look, made_menu: Callable[[], QMenu]) -> None:
        super().__init__(look, "", variant=Variant.QUIET)
        self._made_menu = made_menu
        self._words = ""
        self.setProperty("edge", "true")
        self.clicked.connect(self._open)
        look.theme.changed.connect(self.update)

    def show_words(self, words: str, about: str) -> None:
        """Say ``words``, called ``about`` aloud and in its tool tip."""
        self._words = words
        self.setAccessibleName(about)
        self.setToolTip(about)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._look.theme.font(TextStyle.LABEL)).horizontalAdvance(self._words)
        return QSize(min(width, WIDEST) + GAP + CHEVRON + 10, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = self._look.theme, QPainter(self)
        mirrored, middle = self.isRightToLeft(), (self.height() - CHEVRON) / 2
        font, tone = theme.font(TextStyle.LABEL), theme.colour("text.secondary")
        place = QRectF(1 if mirrored else self.width() - CHEVRON - 1, middle, CHEVRON, CHEVRON)
        self._look.icons.paint(painter, "chevron-down", place, tone)
        room = self.width() - GAP - CHEVRON - 9
        words = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, room + 1)
        painter.setFont(font)
        painter.setPen(tone)
        left = CHEVRON + GAP if mirrored else 8
        painter.drawText(QRectF(left, 0, room + 1, self.height()), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _open(self) -> None:
        menu = self._made_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        at = 0 if self.isRightToLeft() else self.width() - menu.sizeHint().width()
        menu.popup(self.mapToGlobal(QPoint(at, self.height() + 4)))
