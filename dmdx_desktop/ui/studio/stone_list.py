"""The stones of a piece in the form: a card for each group, groups added and removed. GUI thread."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.models.gestures import StatedStone
from dmdx_desktop.models.piece import MAX_STONE_GROUPS, Stone
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, text_label
from dmdx_desktop.ui.studio.stone_card import StoneCard
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr


class StoneList(QWidget):
    """``changed`` comes with everything the user says of the stones."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._base: tuple[Stone, ...] = ()
        self.cards: list[StoneCard] = []
        self.add = Button(look, "Add stone", variant=Variant.QUIET, icon="plus")
        self.add.clicked.connect(self._on_add)
        self._none = text_label("None seen", tone=Tone.TERTIARY)
        head = QHBoxLayout()
        head.addWidget(text_label("Stones", TextStyle.STRONG))
        head.addStretch(1)
        head.addWidget(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addWidget(self._none)

    @property
    def stated(self) -> tuple[StatedStone, ...] | None:
        """The whole list as it is to be kept; None where nothing was changed. A group nothing was said of is none."""
        stated = tuple(card.stated for card in self.cards if card.was is not None or card.said)
        as_it_was = tuple(StatedStone(was=number) for number in range(len(self._base)))
        return None if stated == as_it_was else stated

    @property
    def doubts(self) -> list[str]:
        """The groups that ask for a look."""
        return [card.title_within_line for card in self.cards if card.doubts]

    def show_stones(self, stones: Sequence[Stone]) -> None:
        """Show these groups, as they are known."""
        self._base = tuple(stones)
        while self.cards:
            self._take_out(self.cards[0])
        for number, stone in enumerate(stones):
            self._put_in(StoneCard(self._look, stone, number))
        self._settle()

    def say_stones(self, stones: Sequence[StatedStone]) -> None:
        """Have this said of the list as if the user had done it; groups that are not known any more are left out."""
        known = [one for one in stones if one.was is None or one.was < len(self._base)]
        while self.cards:
            self._take_out(self.cards[0])
        for one in known:
            card = StoneCard(self._look, Stone() if one.was is None else self._base[one.was], one.was)
            self._put_in(card)
            card.say_facts(one.facts)
        self._settle()
        self.changed.emit()

    def rebase(self, stones: Sequence[Stone]) -> None:
        """The piece is known otherwise now: what was said refers to its present groups from now on."""
        if tuple(stones) == self._base:
            return
        if self.stated is None:
            self.show_stones(stones)
            return
        left = list(enumerate(stones))
        for card in self.cards:
            found = next((one for one in left if card.was is not None and one[1] == card.stone), None)
            card.become(None if found is None else found[0])
            if found is not None:
                left.remove(found)
        self._base = tuple(stones)

    def confirm_all(self) -> None:
        """Say that everything known of the stones is as it was read."""
        for card in self.cards:
            card.confirm_all()

    def _on_add(self) -> None:
        card = StoneCard(self._look, Stone(), None)
        self._put_in(card)
        self._settle()
        card.fields["species"].setFocus()
        self.changed.emit()

    def _on_remove(self, card: StoneCard) -> None:
        self._take_out(card)
        self._settle()
        self.add.setFocus()
        self.changed.emit()

    def _put_in(self, card: StoneCard) -> None:
        self.cards.append(card)
        self._column.addWidget(card)
        card.changed.connect(self.changed)
        card.removed.connect(lambda: self._on_remove(card))

    def _take_out(self, card: StoneCard) -> None:
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _settle(self) -> None:
        self._none.setVisible(not self.cards)
        full = len(self.cards) >= MAX_STONE_GROUPS
        self.add.setEnabled(not full)
        self.add.setAccessibleDescription(tr("A piece has no more groups of stones than these") if full else "")
