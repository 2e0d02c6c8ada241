"""What the window tells without stopping anyone: a banner above the pages, toasts over them. GUI thread."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from dmdx_desktop.ui.look import Button, IconButton, IconLabel, Look, Variant, say, text_label
from dmdx_desktop.ui.tokens import TextStyle

TOAST_MS: Final = 6_000
BOTTOM: Final = 52
WIDEST_TOAST: Final = 860
MOST_ACTIONS: Final = 2
Action = tuple[str, Callable[[], object]]
"""What a button says and does."""


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say ``text``, without moving the focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class _Actions:
    """The buttons of the message that is shown. They stay where Tab finds them, and are hidden when not wanted."""

    def __init__(self, row: QHBoxLayout, look: Look, variant: Variant, done: Callable[[], None]) -> None:
        """``done`` is called after any of them was pressed."""
        self._wanted: list[Action] = []
        self._done = done
        self._buttons = [
            Button(look, "Action", variant=variant, scale="small" if variant is Variant.DEFAULT else "")
            for _ in range(MOST_ACTIONS)
        ]
        for number, button in enumerate(self._buttons):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._press, number))
            button.hide()
            row.addWidget(button)

    def show(self, actions: Sequence[Action]) -> None:
        """Show a button for each action."""
        self._wanted = list(actions[:MOST_ACTIONS])
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(self._wanted))
            if number < len(self._wanted):
                button.setText(self._wanted[number][0])

    def _press(self, number: int) -> None:
        _, do = self._wanted[number]
        self._done()
        do()


class Banner(QFrame):
    """A state that lasts, said once above everything."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._reason = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 16, 4)
        self._row.setSpacing(12)
        self._icon = IconLabel(look, "triangle-alert", colour="warning.text")
        self._text = text_label(wrap=True)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._actions = _Actions(self._row, look, Variant.DEFAULT, self.hide)
        close = IconButton(look, "x", "Close this message")
        close.clicked.connect(self.hide)
        self._row.addWidget(close)
        self.setMinimumHeight(44)
        self.hide()

    def tell(self, text: str, tone: str = "warning", actions: Sequence[Action] = (), reason: str = "") -> None:
        """Show a message in the tone ``warning``, ``danger`` or ``info``, until :meth:`withdraw` of its ``reason``."""
        self._reason = reason
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon("info" if tone == "info" else "triangle-alert", f"{tone}.text")
        say(self._text, text)
        self._actions.show(actions)
        self.setAccessibleName(text)
        self.show()
        announce(self, text)

    def withdraw(self, reason: str) -> None:
        """What was told for this reason is no longer so."""
        if self._reason == reason:
            self.hide()


class Toast(QFrame):
    """One message at the bottom of a window, for some seconds; longer while the pointer or the focus is on it."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._over = window
        self.setObjectName("toast")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(4)
        self._text = text_label(style=TextStyle.BODY)
        self._row.addWidget(self._text)
        self._row.addSpacing(8)
        self._actions = _Actions(self._row, look, Variant.QUIET, self.hide)
        self._leaving = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._leaving.timeout.connect(self._leave)
        window.installEventFilter(self)
        self.hide()

    def tell(
        self,
        text: str,
        action: Action | None = None,
        milliseconds: int = TOAST_MS,
        *,
        second: Action | None = None,
    ) -> None:
        """Show a message, with one or two things that can be done about it."""
        say(self._text, text)
        self.setAccessibleName(text)
        actions = [one for one in (action, second) if one is not None]
        self._actions.show(actions)
        self.show()
        self._place()
        self._leaving.start(milliseconds)
        announce(self, text)

    @property
    def text(self) -> str:
        """What it says, or said last."""
        return self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEvent) -> None:
        del event
        self._leaving.stop()

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._leaving.start(TOAST_MS // 2)

    def _leave(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._leaving.start(TOAST_MS // 2)
        else:
            self.hide()

    def _place(self) -> None:
        over = self._over
        widest = min(WIDEST_TOAST, over.width() - 32)
        self._text.setWordWrap(False)
        self._text.setWordWrap(self.sizeHint().width() > widest)
        width = min(self.sizeHint().width(), widest) if not self._text.wordWrap() else widest
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((over.width() - width) // 2, over.height() - height - BOTTOM, width, height)
        self.raise_()
