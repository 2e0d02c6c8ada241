"""What was deleted, and for how long it can be undone. GUI thread."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from dmdx_desktop.models.gestures import UNDO_MS
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, say, text_label
from dmdx_desktop.ui.notices import BOTTOM, announce
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

TICK_MS: Final = 100
HELD_EVERY_MS: Final = 3_000
GAP: Final = 8


class TimeLeft(QWidget):
    """How much of the time is left, as a bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._left = look, 1.0
        self.setFixedSize(96, 4)

    def show_left(self, left: float) -> None:
        """A number from 1 to 0."""
        self._left = left
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        whole = QRectF(self.rect())
        painter.fillRect(whole, self._look.theme.colour("bg.pressed"))
        whole.setWidth(whole.width() * self._left)
        painter.fillRect(whole, self._look.theme.colour("accent.solid"))
        painter.end()


class UndoToast(QFrame):
    """Counts down while neither the pointer nor the focus is on it; ``ran_out`` tells that the time is over."""

    undo_wanted = Signal()
    ran_out = Signal()
    held = Signal()
    """It is held, and was a moment ago: said every few seconds."""

    def __init__(self, over: QWidget, beside: QWidget, look: Look, milliseconds: int = UNDO_MS) -> None:
        """``beside`` is the message it stays above."""
        super().__init__(over)
        self.setObjectName("toast")
        self._over, self._beside, self._whole, self._left = over, beside, milliseconds, 0
        self._held_ms = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self._what, self._when = text_label(style=TextStyle.STRONG), text_label(tone=Tone.SECONDARY)
        self._bar = TimeLeft(look)
        self.undo = Button(look, "Undo", icon="undo-2")
        self.undo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.undo.clicked.connect(self.undo_wanted)
        for widget in (IconLabel(look, "trash-2"), self._what, self._when, self._bar, self.undo):
            row.addWidget(widget)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._tick)
        over.installEventFilter(self)
        self.hide()

    def tell(self, words: str) -> None:
        """Say what was deleted, and begin to count."""
        self._left = self._whole
        say(self._what, words)
        self._show_left()
        self.setAccessibleName(words)
        self.undo.setAccessibleDescription(words)
        self.show()
        self._place()
        self._ticking.start()
        seconds = round(self._whole / 1000)
        announce(self, f"{words} {tr('You can undo for {count} seconds.', count=seconds)}")

    def withdraw(self) -> None:
        """Count no more, and go."""
        self._ticking.stop()
        self.hide()

    @property
    def is_held(self) -> bool:
        """Whether the pointer or the focus is on it."""
        focused = QApplication.focusWidget()
        return self.underMouse() or (focused is not None and self.isAncestorOf(focused))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _tick(self) -> None:
        if self.is_held:
            if self._held_ms % HELD_EVERY_MS == 0:
                self.held.emit()
            self._held_ms += TICK_MS
        else:
            self._left -= TICK_MS
            self._held_ms = 0
        if self._left <= 0:
            self.withdraw()
            self.ran_out.emit()
            return
        self._show_left()
        self._place()

    def _show_left(self) -> None:
        seconds = max(-(-self._left // 1000), 1)
        words = tr("Erased in 1 second.") if seconds == 1 else tr("Erased in {count} seconds.", count=seconds)
        say(self._when, words)
        self._bar.show_left(max(self._left, 0) / self._whole)

    def _place(self) -> None:
        over, size = self._over, self.sizeHint()
        width = min(size.width(), over.width() - 32)
        raised = self._beside.height() + GAP if self._beside.isVisible() else 0
        top = over.height() - size.height() - BOTTOM - raised
        self.setGeometry((over.width() - width) // 2, top, width, size.height())
        self.raise_()
