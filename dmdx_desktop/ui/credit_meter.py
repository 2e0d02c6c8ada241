"""The credit meter of the top bar: what this month has cost, what is reserved, how much of the budget that is.

GUI thread. It shows what it is told, which is read in the library alone; pressed, it leads to the connections.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from dmdx_desktop.models.money_words import about_usd
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

if TYPE_CHECKING:
    from dmdx_desktop.library.money_view import MoneyView

HEIGHT: Final = 40
RING: Final = 28
WORDS_AT: Final = 50
END: Final = 12
SIGN: Final = 14
WARN_AT: Final = 0.8
WHOLE_TURN: Final = 16 * 360
TOP: Final = 16 * 90


@dataclass(frozen=True, slots=True)
class MeterWords:
    """What the meter says: how much, what beside it, and a second line; ``tone`` is the colour of how much."""

    first: str
    beside: str = ""
    second: str = ""
    tone: str = "text.primary"
    sign: str = ""

    @property
    def aloud(self) -> str:
        """All of it in one line."""
        head = f"{self.first} · {self.beside}" if self.beside else self.first
        return f"{head}. {self.second}" if self.second else head


def meter_words(money: "MoneyView | None", *, is_connected: bool) -> MeterWords:
    """What this month's money is in words."""
    if money is None or not (is_connected or money.spent or money.reserved):
        return MeterWords(tr("Drafts · free"), second=tr("Made on this computer"))
    first = tr("{spent} this month", spent=about_usd(money.spent))
    beside = tr("{money} reserved", money=about_usd(money.reserved)) if money.reserved else ""
    share = money.share_with()
    if share is None or money.budget is None:
        return MeterWords(first, beside, tr("Budget lifted this month") if money.is_lifted else tr("No budget set"))
    budget = about_usd(money.budget)
    if share >= 1:
        return MeterWords(first, beside, tr("Budget of {budget} reached", budget=budget), "danger.text", "ban")
    second = tr("{percent} % of {budget}", percent=int(share * 100), budget=budget)
    if share >= WARN_AT:
        return MeterWords(first, beside, second, "warning.text", "triangle-alert")
    return MeterWords(first, beside, second)


class CreditMeter(QAbstractButton):
    """What there is to spend. On this computer alone drafts cost nothing, and that is what it says."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._money: MoneyView | None = None
        self._is_connected = False
        self.words = meter_words(None, is_connected=False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(tr("Opens Connections"))
        look.theme.changed.connect(self.update)
        self._say()

    def show_money(self, money: "MoneyView") -> None:
        """This month's money, as the library has it."""
        self._money = money
        self._say()

    def show_connected(self, connected: bool) -> None:
        """Whether an engine that costs money is connected."""
        self._is_connected = connected
        self._say()

    def _say(self) -> None:
        self.words = meter_words(self._money, is_connected=self._is_connected)
        self.setAccessibleName(self.words.aloud)
        self.setToolTip(self.words.aloud)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width_with(self.words.beside), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_with(""), HEIGHT)

    def _width_with(self, beside: str) -> int:
        strong, body, caption = self._fonts()
        first = QFontMetrics(strong).horizontalAdvance(self.words.first)
        if beside:
            first += QFontMetrics(body).horizontalAdvance(f" · {beside}")
        second = QFontMetrics(caption).horizontalAdvance(self.words.second)
        return WORDS_AT + max(first, second) + END

    def _fonts(self) -> tuple[QFont, QFont, QFont]:
        theme = self._look.theme
        return theme.font(TextStyle.STRONG), theme.font(TextStyle.BODY), theme.font(TextStyle.CAPTION)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        mirrored = self.isRightToLeft()
        self._paint_ring(painter, QRectF(self.width() - RING - 8 if mirrored else 8, 6, RING, RING))
        place = QRectF(END if mirrored else WORDS_AT, 0, self.width() - WORDS_AT - END, HEIGHT)
        strong, body, caption = self._fonts()
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        above = place.adjusted(0, 2, 0, -20)
        painter.setFont(strong)
        painter.setPen(theme.colour(self.words.tone))
        painter.drawText(above, start, self.words.first)
        if self.words.beside and self.width() >= self.sizeHint().width():
            used = QFontMetrics(strong).horizontalAdvance(self.words.first)
            rest = above.adjusted(0, 0, -used, 0) if mirrored else above.adjusted(used, 0, 0, 0)
            painter.setFont(body)
            painter.setPen(theme.colour("text.secondary"))
            painter.drawText(rest, start, f" · {self.words.beside}")
        painter.setFont(caption)
        painter.setPen(theme.colour("text.tertiary"))
        painter.drawText(place.adjusted(0, 20, 0, -2), start, self.words.second)
        painter.end()

    def _paint_ring(self, painter: QPainter, place: QRectF) -> None:
        """What is available, reserved and used; a dashed ring where nothing limits what may be spent."""
        theme, money = self._look.theme, self._money
        limit = None if money is None else money.limit
        if money is None or not limit or not self.words.second or self.words.first == tr("Drafts · free"):
            pen = QPen(theme.colour("text.tertiary"), 1.2, Qt.PenStyle.DashLine)
            pen.setDashPattern([2.5, 2])
            painter.setPen(pen)
            painter.drawEllipse(place)
            return
        used = min(money.spent / limit, 1.0)
        reserved = min(money.reserved / limit, 1.0 - used)
        inside = place.adjusted(2, 2, -2, -2)
        parts: tuple[tuple[float, float, QColor], ...] = (
            (0.0, 1.0, theme.colour("accent.line")),
            (0.0, used, theme.colour("text.tertiary")),
            (used, reserved, theme.colour("warning.solid")),
        )
        for begin, share, colour in parts:
            if share > 0:
                painter.setPen(QPen(colour, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
                painter.drawArc(inside, round(TOP - begin * WHOLE_TURN), -round(share * WHOLE_TURN))
        if self.words.sign:
            half = (RING - SIGN) / 2
            sign = place.adjusted(half, half, -half, -half)
            self._look.icons.paint(painter, self.words.sign, sign, theme.colour(self.words.tone))
