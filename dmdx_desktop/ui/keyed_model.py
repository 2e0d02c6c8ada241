"""A list model that knows its rows by key alone and reads what they show as they come into view. GUI thread.

Its order is one packed array, exchanged whole; what differs from the one before is worked out on a reader thread and
told as rows that went and rows that came, so that views keep their place and their selection.
"""

from array import array
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.ui.library_source import LibrarySource

Index = QModelIndex | QPersistentModelIndex
MOST_CARDS: Final = 4_000
CARDS_AT_ONCE: Final = 200
BLOCK: Final = 32_768
"""How many keys are compared in one go."""
CARD_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class Card(Protocol):
    """What one row shows."""

    @property
    def key(self) -> int: ...


C = TypeVar("C", bound=Card)
R = TypeVar("R")


class ReadCards(Protocol[R]):
    """What reads the cards of some keys."""

    def __call__(self, connection: Connection, keys: Sequence[int]) -> list[R]: ...


@dataclass(frozen=True, slots=True)
class OrderChange:
    """How one order became another: ``kept`` rows at the top stay, then some went, then some came."""

    kept: int
    gone: int
    come: int


def order_change(before: "array[int]", after: "array[int]") -> OrderChange:
    """The one block of rows in which two orders differ.

    Each key is looked at once, in blocks: nobody else of the process gets a turn while two stretches are compared.
    """
    shorter = min(len(before), len(after))
    kept = _agreeing(lambda start, stop: before[start:stop] == after[start:stop], shorter)
    one, other = len(before), len(after)
    tail = _agreeing(
        lambda start, stop: before[one - stop : one - start] == after[other - stop : other - start], shorter - kept
    )
    return OrderChange(kept, one - kept - tail, other - kept - tail)


def _agreeing(agrees: Callable[[int, int], bool], most: int) -> int:
    """How many keys up to ``most`` agree before the first that does not."""
    first = next((start for start in range(0, most, BLOCK) if not agrees(start, min(start + BLOCK, most))), most)
    low, high = first, min(first + BLOCK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if agrees(first, middle):
            low = middle
        else:
            high = middle - 1
    return low


class KeyedModel(QAbstractListModel, Generic[C]):
    """Rows in the order of ``keys``. ``arrived`` tells that cards which were asked for are there."""

    arrived = Signal()
    touched = Signal(set)
    """The keys of cards that do not look as they did, or are to be asked for again: told just before ``arrived``."""

    def __init__(
        self,
        source: LibrarySource,
        read_cards: ReadCards[C],
        describe: Callable[[C], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._read_cards = read_cards
        self._describe = describe
        self.keys: array[int] = array("q")
        self._cards: OrderedDict[int, C] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: dict[int, int] = {}
        self._asked: set[int] = set()
        self._held: Counter[int] = Counter()
        self._overtaken: set[int] = set()
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        if role == CARD_ROLE:
            return self.card(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            card = self.card(index.row())
            return "" if card is None else self._describe(card)
        return None

    def card(self, row: int) -> C | None:
        """What a row shows; None while it is being read."""
        key = self.keys[row]
        card = self._cards.get(key)
        if card is None or key in self._stale:
            self._wanted[key] = row
            if not self._asking.isActive():
                self._asking.start()
        return card

    def known(self, key: int) -> C | None:
        """The card of a key, if it was read."""
        return self._cards.get(key)

    def row_of(self, key: int) -> int | None:
        """The row of a key, or None where it is not in this order."""
        try:
            return self.keys.index(key)
        except ValueError:
            return None

    def replace(self, keys: "array[int]", change: OrderChange) -> None:
        """Take on another order. ``change`` is what ``order_change`` found."""
        if change.gone == len(self.keys) and change.kept == 0:
            self.beginResetModel()
            self.keys = keys
            self.endResetModel()
            return
        if change.gone:
            self.beginRemoveRows(QModelIndex(), change.kept, change.kept + change.gone - 1)
            # Where nothing comes the new order is what is left; a million keys are not copied twice for one that goes.
            self.keys = self.keys[: change.kept] + self.keys[change.kept + change.gone :] if change.come else keys
            self.endRemoveRows()
        if change.come:
            self.beginInsertRows(QModelIndex(), change.kept, change.kept + change.come - 1)
            self.keys = keys
            self.endInsertRows()

    def refresh(self, keys: Iterable[int] | None) -> None:
        """Read these cards again when they are next shown; None for all. The old ones are shown until then."""
        self._stale |= set(self._cards) if keys is None else set(keys) & self._cards.keys()
        if self._stale:
            self._tell(self._stale)

    def patch(self, card: C) -> None:
        """Show ``card`` at once in place of what was read."""
        self._cards[card.key] = card
        self._tell({card.key})

    def know(self, cards: Iterable[C]) -> None:
        """Show these where nothing was read yet: they came with the order."""
        for card in cards:
            self._cards.setdefault(card.key, card)

    def hold(self, keys: Iterable[int]) -> None:
        """What is patched stays until ``release``: until then the library may still say what was there before."""
        self._held.update(keys)

    def release(self, keys: Iterable[int]) -> None:
        """The library knows by now, or refused; it is read again where nothing else is held."""
        free = set()
        for key in keys:
            self._held[key] -= 1
            if self._held[key] <= 0:
                del self._held[key]
                free.add(key)
        self._overtaken |= free & self._asked
        self.refresh(free)

    def _ask(self) -> None:
        wanted = [key for key in self._wanted if key not in self._asked][-CARDS_AT_ONCE:]
        self._wanted.clear()
        if not wanted:
            return
        self._asked.update(wanted)
        self._stale.difference_update(wanted)
        self._source.ask(
            self, lambda connection: self._read_cards(connection, wanted), lambda cards: self._take(wanted, cards)
        )

    def _take(self, asked: Sequence[int], cards: Sequence[C]) -> None:
        self._asked.difference_update(asked)
        for card in cards:
            # What began to be read while it was held may be what was there before.
            is_older = card.key in self._held or card.key in self._overtaken
            if not is_older or card.key not in self._cards:
                self._cards[card.key] = card
            self._cards.move_to_end(card.key)
        self._overtaken.difference_update(asked)
        while len(self._cards) > MOST_CARDS:
            self._cards.popitem(last=False)
        self._tell(asked)

    def _tell(self, keys: Iterable[int]) -> None:
        self.touched.emit(set(keys))
        self.arrived.emit()
