"""The text of a prompt as it stands in step 3: what came from the steps before is underlined. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from dmdx_desktop.ui.look import Look

LEAST_LINES: Final = 3
MOST_LINES: Final = 9
LINE: Final = 15
PADDING: Final = 8


class UnderlinedParts(QSyntaxHighlighter):
    """Underlines what came from steps 1 and 2."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._look = look
        self._phrases: tuple[str, ...] = ()
        look.theme.changed.connect(self.rehighlight)

    def mark(self, phrases: Sequence[str]) -> None:
        """The phrases to underline, wherever they stand."""
        self._phrases = tuple(sorted({phrase for phrase in phrases if len(phrase) > 2}, key=len, reverse=True))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        lower, shown = text.lower(), QTextCharFormat()
        shown.setForeground(self._look.theme.colour("text.primary"))
        shown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        shown.setUnderlineColor(QColor(self._look.theme.colour("accent.line")))
        for phrase in self._phrases:
            at = lower.find(phrase.lower())
            while at >= 0:
                self.setFormat(at, len(phrase), shown)
                at = lower.find(phrase.lower(), at + len(phrase))


class PromptText(QPlainTextEdit):
    """As high as there is room for, within bounds; what does not fit is scrolled.

    Undo is the text's own as long as it has something to take back; then it is the window's.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(_height(MOST_LINES))

    def sizeHint(self) -> QSize:
        return QSize(200, _height(LEAST_LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _height(LEAST_LINES))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_undone = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            is_redone = event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if is_undone or is_redone:
                self.left.emit()  # what was typed is a step by now, and the first to be taken back
                event.ignore()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _height(lines: int) -> int:
    return LINE * lines + 2 * PADDING
