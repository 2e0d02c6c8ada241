"""The card of money: the month's budget, what was spent of it, and how much an hour may cost. GUI thread."""

from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLineEdit, QWidget

from dmdx_desktop.models.connecting import MOST_MICRO_USD, SetBudget
from dmdx_desktop.models.money_words import MICRO
from dmdx_desktop.ui.look import Button, Look, say, text_label
from dmdx_desktop.ui.settings.card_parts import (
    NARROW_FIELD,
    Card,
    DeedRow,
    Note,
    beside_labels,
    plain_field,
    show_text,
)
from dmdx_desktop.ui.settings.connection_facts import (
    READING,
    WARN_AT,
    ConnectionFacts,
    MoneyFacts,
    money_state,
    money_words,
)
from dmdx_desktop.ui.settings.connection_talk import ConnectionTalk
from dmdx_desktop.ui.settings.share_bar import ShareBar
from dmdx_desktop.ui.wording import tr

LONGEST_AMOUNT: Final = 14


class MoneyCard(Card):
    """What paid engines may cost."""

    def __init__(self, look: Look, talk: ConnectionTalk) -> None:
        detail = "What services may cost. They bill you directly; this computer stops before they cost more."
        super().__init__(look, "coins", "Money", detail)
        self._talk = talk
        self._money = MoneyFacts()
        self.words = text_label(wrap=True)
        self.bar = ShareBar(look, "warning.solid")
        self.warning = Note(look)
        self.lift = self.warning.add_button("Go beyond it this month", self._lift)
        self.month = _amount_field(tr("Budget for a month in USD"), tr("No budget"))
        self.hour = _amount_field(tr("Most in one hour in USD"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.warning)
        words = "Empty is no budget. Images that would go beyond it wait."
        self.add_row("Budget for a month", self.month, text_label("USD"), remark=words)
        words = "A fuse: it stops a mistake before it becomes dear."
        self.add_row("Most in one hour", self.hour, text_label("USD"), remark=words)
        self.note = Note(look)
        self.note.add_way_out("Close", self._close_note)
        self.save_button = Button(look, "Save")
        self.save_button.setAccessibleName(tr("Save {name}", name=tr("Money")))
        self.save_button.clicked.connect(self.save)
        row = QWidget()
        deeds = DeedRow()
        deeds.addWidget(self.save_button)
        row.setLayout(deeds)
        self.body.addWidget(beside_labels(row))
        self.body.addWidget(self.note)
        for field in (self.month, self.hour):
            field.returnPressed.connect(self.save)
        self.show_state(READING)
        self.words.hide()
        self.bar.hide()
        talk.told.connect(self.show_facts)

    def show_facts(self, facts: ConnectionFacts) -> None:
        """Show how the money stands."""
        money = self._money = facts.money
        self.show_state(money_state(money))
        say(self.words, money_words(money))
        self.words.show()
        whole = max(money.month or 1, 1)
        self.bar.show_shares(money.spent / whole, money.reserved / whole)
        self.bar.setVisible(money.month is not None)
        show_text(self.month, "" if money.month is None else amount_text(money.month))
        show_text(self.hour, amount_text(money.hour))
        words = _warning_words(money)
        if words and words != self.warning.words:
            self.warning.tell(words, in_view=False)
        self.warning.setVisible(bool(words))

    def save(self) -> None:
        """Send the amounts that were changed."""
        month = _micro(self.month.text()) if self.month.text().strip() else None
        hour = _micro(self.hour.text())
        if self.month.isModified() and self.month.text().strip() and month is None:
            self._refuse(self.month)
        elif self.hour.isModified() and hour is None:
            self._refuse(self.hour)
        else:
            self.note.hide()
            if self.month.isModified():
                self.month.setModified(False)
                self._talk.ask(SetBudget(month_micro_usd=month), refused=self._on_refused)
            if self.hour.isModified():
                self.hour.setModified(False)
                self._talk.ask(SetBudget(hour_micro_usd=hour), refused=self._on_refused)

    def _lift(self) -> None:
        self.month.setFocus()
        self._talk.ask(SetBudget(lift=True), refused=self._on_refused)

    def _refuse(self, field: QLineEdit) -> None:
        self.note.tell(tr("This is no amount. Write a number of USD, for example 50."))
        field.setFocus()

    def _on_refused(self, code: str, words: str) -> None:
        del code
        self.note.tell(words)

    def _close_note(self) -> None:
        self.note.hide()
        self.month.setFocus()


def amount_text(micro: int) -> str:
    """An amount as it stands in a field."""
    return QLocale().toString(micro / MICRO, "f", 2)


def _micro(text: str) -> int | None:
    """The amount that was written, in micro-USD; None for what is none."""
    typed = text.strip().lstrip("$").strip()
    amount, is_number = QLocale().toDouble(typed)
    if not is_number:
        amount, is_number = QLocale.c().toDouble(typed)
    micro = round(amount * MICRO) if is_number and 0 <= amount <= MOST_MICRO_USD / MICRO else -1
    return micro if micro >= 0 else None


def _warning_words(money: MoneyFacts) -> str:
    """What is to be said of a budget that is used up, or nearly; nothing otherwise, or where it was lifted."""
    if money.month is None or money.is_lifted or money.share < WARN_AT:
        return ""
    if money.share >= 1:
        return tr(
            "This month’s budget is used up. Nothing more is sent until next month, a larger budget, or your word."
        )
    return tr(
        "{percent} % of this month’s budget are used. At 100 % nothing more is sent.", percent=int(money.share * 100)
    )


def _amount_field(name: str, hint: str = "") -> QLineEdit:
    field = plain_field(name, LONGEST_AMOUNT, hint)
    field.setFixedWidth(NARROW_FIELD)
    return field
