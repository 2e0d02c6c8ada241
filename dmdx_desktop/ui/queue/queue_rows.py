"""Rows of the queue: images under way, waiting and done, with the steps and the time of each. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QDateTime, QLocale, QModelIndex, QPersistentModelIndex, Qt

from dmdx_desktop.library.queue_view import DoneRow, QueueRow
from dmdx_desktop.models.choices import EngineId, RecipeMetal
from dmdx_desktop.models.money_words import usd
from dmdx_desktop.ui.image_words import metal_within_line, scene_label
from dmdx_desktop.ui.queue.row_times import Timing, elapsed_words, left_words
from dmdx_desktop.ui.wording import tr

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
TIME_ROLE: Final = Qt.ItemDataRole.UserRole + 2
DRAFT_STEPS: Final = ("planned", "running", "collecting")
"""Prepare, render and save, by the state in which each is under way."""
PAID_STEPS: Final = ("reserved", "uploading", "submitting", "running", "collecting", "settling")
"""Reserve, upload, submit, render, download and settle."""
DRAFT_WORDS: Final = "Each bar: prepare · render · save"
PAID_WORDS: Final = "Each bar: reserve · upload · submit · render · download · settle"
_WORDS: Final = {
    "planned": "Waiting",
    "reserved": "Preparing",
    "uploading": "Uploading",
    "submitting": "Submitting",
    "running": "Rendering",
    "collecting": "Saving",
    "waiting_account": "Waiting for a key",
    "waiting_credits": "Waiting for credit",
    "waiting_network": "Waiting for the network",
    "uncertain": "Asked, looking it up",
}
_WHOLE_WORDS: Final = {"uncertain": "Asked, no answer yet: looking it up, nothing is sent twice"}
"""Where there is room for more, aloud and in the tool tip."""
_PAID_WORDS: Final = {**_WORDS, "reserved": "Reserving", "collecting": "Downloading"}
NOT_BEGUN: Final = ("planned", "waiting_account", "waiting_credits", "waiting_network")
"""States in which nothing is done for an image now."""
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """The rows that are listed: at most some hundred, exchanged whole."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow | DoneRow, ...] = ()
        self._timing = Timing()

    def show(self, rows: Sequence[QueueRow | DoneRow], timing: Timing = Timing()) -> None:  # noqa: B008 - immutable
        """List these, keeping what is at the same place."""
        before, self_rows = len(self.rows), tuple(rows)
        self._timing = timing
        if len(self_rows) < before:
            self.beginRemoveRows(QModelIndex(), len(self_rows), before - 1)
            self.rows = self_rows
            self.endRemoveRows()
        elif len(self_rows) > before:
            self.beginInsertRows(QModelIndex(), before, len(self_rows) - 1)
            self.rows = self_rows
            self.endInsertRows()
        self.rows = self_rows
        self._tell()

    def tell_time(self, timing: Timing) -> None:
        """Time has gone on."""
        self._timing = timing
        self._tell()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == TIME_ROLE:
            return "" if isinstance(row, DoneRow) else left_words(row, index.row(), self._timing)
        if role == Qt.ItemDataRole.StatusTipRole:
            return self._state_words(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, QueueRow):
            return tr(_WHOLE_WORDS.get(row.state, ""))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            state = self._state_words(row)
            if isinstance(row, QueueRow) and row.state in _WHOLE_WORDS:
                state = tr(_WHOLE_WORDS[row.state])
            words = f"{row.title}, {variant_words(row)}, {state}"
            cost = cost_words(row)
            words = f"{words}, {cost}" if cost else words
            if isinstance(row, DoneRow):
                return words
            return f"{words}, {tr('time left: {time}', time=left_words(row, index.row(), self._timing))}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and isinstance(row, QueueRow):
            return tr("Enter shows its piece, Delete cancels this image.")
        return None

    def _state_words(self, row: QueueRow | DoneRow) -> str:
        elapsed = "" if isinstance(row, DoneRow) else elapsed_words(row, self._timing)
        return f"{state_words(row)}, {elapsed}" if elapsed else state_words(row)

    def _tell(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))


def state_words(row: QueueRow | DoneRow) -> str:
    """How far it is."""
    if isinstance(row, DoneRow):
        at = QDateTime.fromMSecsSinceEpoch(row.at).time()
        return tr("Done at {time}", time=QLocale().toString(at, QLocale.FormatType.ShortFormat))
    words = _WORDS if row.engine == EngineId.DRAFT else _PAID_WORDS
    return tr(words.get(row.state, "Waiting"))


def steps_of(row: QueueRow | DoneRow) -> tuple[int, int]:
    """How many steps its bar has, and which of them is under way: -1 before the first, all behind the last."""
    is_draft = row.engine == EngineId.DRAFT
    steps = DRAFT_STEPS if is_draft else PAID_STEPS
    if isinstance(row, DoneRow):
        # An image is there before the service has said what it cost: settling is what is left.
        return len(steps), len(steps) - (not is_draft and row.charged is None)
    if row.state == "uncertain":
        return len(steps), steps.index("submitting")
    if row.state == "planned" or row.state not in steps:
        return len(steps), -1
    return len(steps), steps.index(row.state)


def steps_words(rows: Sequence[QueueRow]) -> str:
    """What the parts of the bars are."""
    return tr(PAID_WORDS if any(row.engine != EngineId.DRAFT for row in rows) else DRAFT_WORDS)


def cost_words(row: QueueRow | DoneRow) -> str:
    """What it costs: what was charged, or is reserved for it; empty where nothing is known yet."""
    if row.engine == EngineId.DRAFT:
        return tr("Free")
    if isinstance(row, DoneRow):
        known = row.charged if row.charged is not None else row.quoted
        return "" if known is None else usd(known)
    return "" if row.quoted is None or row.state in NOT_BEGUN else tr("{money} reserved", money=usd(row.quoted))


def variant_words(row: QueueRow | DoneRow) -> str:
    """Scene, metal and number of an image."""
    metal = "" if row.metal == RecipeMetal.AS_REFERENCE else f", {metal_within_line(row.metal)}"
    return f"{scene_label(row.scene)}{metal} · {row.n}"
