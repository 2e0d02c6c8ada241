"""What the test of a connection found, in sentences, with what is left to spend. GUI thread."""

from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dmdx_desktop.models.connection import ConnectionReport, Health
from dmdx_desktop.models.money_words import about_usd
from dmdx_desktop.ui.failure_words import for_window
from dmdx_desktop.ui.look import IconLabel, Look, Tone, say, separator, text_label
from dmdx_desktop.ui.notices import announce
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

SIGNS: Final = {
    Health.WORKS: ("circle-check", "success.text"),
    Health.WORKS_PARTLY: ("triangle-alert", "warning.text"),
    Health.FAILS: ("circle-x", "danger.text"),
}


class Tested(QWidget):
    """Not shown until something was tested."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        column.addWidget(separator())
        row = QHBoxLayout()
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        self._sign = IconLabel(look, "circle-check", colour="success.text")
        row.addWidget(self._sign, 0, top)
        words = QVBoxLayout()
        words.setSpacing(4)
        self.sentences = text_label(wrap=True)
        self._when = text_label(style=TextStyle.CAPTION, tone=Tone.TERTIARY)
        words.addWidget(self.sentences)
        words.addWidget(self._when)
        row.addLayout(words, 1)
        self.balance, balance = _amount("Balance")
        self.limit, limit = _amount("Limit left")
        self._amounts = (balance, limit)
        row.addWidget(balance, 0, top)
        row.addWidget(limit, 0, top)
        column.addLayout(row)
        self.hide()

    def show_report(self, report: ConnectionReport) -> None:
        """Show what was found."""
        sentences = [words for one in report.sentences if (words := for_window(one))]
        time = QLocale().toString(
            QDateTime.fromMSecsSinceEpoch(report.tested_at).time(), QLocale.FormatType.ShortFormat
        )
        self._show("\n".join(sentences), report.health, tr("Tested at {time}", time=time))
        for label, amount, micro in zip(
            (self.balance, self.limit),
            self._amounts,
            (report.balance_micro_usd, report.limit_micro_usd),
            strict=True,
        ):
            amount.setVisible(micro is not None)
            say(label, about_usd(micro or 0))

    def show_failure(self, words: str) -> None:
        """Nothing could be found out, and why."""
        self._show(words, Health.FAILS, "")
        for amount in self._amounts:
            amount.hide()

    def _show(self, sentences: str, health: Health, when: str) -> None:
        self._sign.show_icon(*SIGNS.get(health, ("minus", "text.tertiary")))
        say(self.sentences, sentences)
        say(self._when, when)
        self._when.setVisible(bool(when))
        self.setAccessibleName(sentences)
        self.show()
        announce(self, sentences)


def _amount(name: str) -> tuple[QLabel, QWidget]:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    number = text_label(style=TextStyle.TITLE)
    column.addWidget(number, 0, Qt.AlignmentFlag.AlignTrailing)
    column.addWidget(text_label(name, TextStyle.CAPTION, Tone.TERTIARY), 0, Qt.AlignmentFlag.AlignTrailing)
    whole.hide()
    return number, whole
