"""What lies over the window while files are dragged across it: how many come, and what will become of them. GUI thread.

Folders are counted on a thread, and only for as long as the overlay is shown.
"""

import os
import threading
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle

MOST_COUNTED: Final = 20_000
INSET: Final = 16
NOTES: Final = ("Folders become groups", "Duplicates are recognised", "Nothing is uploaded")


class DropOverlay(QWidget):
    """Lets the mouse through; the window beneath takes the drop."""

    _counted = Signal(int, int, int)

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._look = look
        self._files, self._folders = 0, 0
        self._turn = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Drop to add")
        self._counted.connect(self._take)
        self.hide()

    def offer(self, paths: Sequence[str]) -> None:
        """Show what these paths would add."""
        self._turn += 1
        self._files, self._folders = len(paths), 0
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        threading.Thread(target=self._count, args=(tuple(paths), self._turn), daemon=True, name="count-drop").start()

    def withdraw(self) -> None:
        """What was dragged is gone."""
        self._turn += 1
        self.hide()

    def _count(self, paths: Sequence[str], turn: int) -> None:
        files = folders = 0
        waiting = list(paths)
        while waiting and files < MOST_COUNTED and turn == self._turn:
            path = waiting.pop()
            if os.path.isdir(path) and not os.path.islink(path):
                folders += 1
                try:
                    waiting += [entry.path for entry in os.scandir(path) if not entry.name.startswith(".")]
                except OSError:
                    continue
            else:
                files += 1
        self._counted.emit(turn, files, folders)

    def _take(self, turn: int, files: int, folders: int) -> None:
        if turn == self._turn:
            self._files, self._folders = files, folders
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.colour("bg.window"))
        ground.setAlphaF(0.94)
        painter.fillRect(self.rect(), ground)
        pen = QPen(theme.colour("accent.line"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        painter.drawRoundedRect(frame, 10, 10)
        middle = frame.center()
        icon = QRectF(middle.x() - 16, middle.y() - 84, 32, 32)
        self._look.icons.paint(painter, "image-plus", icon, theme.colour("text.secondary"))
        self._line(painter, self._headline(), TextStyle.DISPLAY, "text.primary", middle.y() - 32, 36)
        self._line(painter, self._detail(), TextStyle.SECTION, "text.secondary", middle.y() + 6, 24)
        notes = "   ·   ".join(NOTES)
        self._line(painter, notes, TextStyle.BODY, "text.secondary", middle.y() + 48, 24)
        painter.end()

    def _headline(self) -> str:
        return "Drop to add 1 file" if self._files == 1 else f"Drop to add {self._files:,} files"

    def _detail(self) -> str:
        if not self._folders:
            return "Each file becomes a piece; views can be put together afterwards"
        return f"from {self._folders:,} folder{'' if self._folders == 1 else 's'}"

    def _line(self, painter: QPainter, text: str, style: TextStyle, colour: str, top: float, height: float) -> None:
        painter.setFont(self._look.theme.font(style))
        painter.setPen(self._look.theme.colour(colour))
        painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignCenter, text)
