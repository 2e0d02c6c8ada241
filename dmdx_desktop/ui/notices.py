"""What the window tells without stopping anyone: a banner above the pages, toasts over them. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, IconButton, IconLabel, Look, Variant, say, text_label
from dmdx_desktop.ui.tokens import TextStyle

TOAST_MS = 6_000
BOTTOM = 52
Action = tuple[str, Callable[[], None]]
"""What a button says and does."""


class Banner(QFrame):
    """A state that lasts, said once above everything."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(12)
        self._icon = IconLabel(look, "triangle-alert", colour="warning.text")
        self._text = text_label(wrap=True)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        close = IconButton(look, "x", "Close this message")
        close.clicked.connect(self.hide)
        self._row.addWidget(close)
        self.setMinimumHeight(44)
        self.hide()

    def tell(self, text: str, tone: str = "warning") -> None:
        """Show a message in the tone ``warning``, ``danger`` or ``info``."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon("info" if tone == "info" else "triangle-alert", f"{tone}.text")
        say(self._text, text)
        self.setAccessibleName(text)
        self.show()


class Toast(QFrame):
    """One message at the bottom of a window, for some seconds; it stays while the pointer is on it."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._look = look
        self.setObjectName("toast")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(16)
        self._text = text_label(style=TextStyle.BODY)
        self._row.addWidget(self._text)
        self._button: Button | None = None
        self._leaving = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._leaving.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def tell(self, text: str, action: Action | None = None, milliseconds: int = TOAST_MS) -> None:
        """Show a message, with one thing that can be done about it."""
        say(self._text, text)
        self.setAccessibleName(text)
        if self._button is not None:
            self._button.deleteLater()
            self._button = None
        if action is not None:
            self._button = Button(self._look, action[0], variant=Variant.QUIET)
            self._button.clicked.connect(action[1])
            self._button.clicked.connect(self.hide)
            self._row.addWidget(self._button)
        self.show()
        self._place()
        self._leaving.start(milliseconds)

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

    def _place(self) -> None:
        self.adjustSize()
        window = self.window()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - BOTTOM)
        self.raise_()
