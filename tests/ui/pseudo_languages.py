"""Languages made by code, to see layouts in: one whose words are 40 % longer, one that is read from right to left."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import cast

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication

from dmdx_desktop.ui.wording import CONTEXT

LONGER = 0.4
NOT_OURS = cast(str, None)
"""For Qt an empty text is a translation and no text is none; PySide's types know no difference."""
_PLACES = re.compile(r"(\{\w+\})")


class LongWords(QTranslator):
    """Every text with two fifths of it once more, between marks that show where it ends."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        if context != CONTEXT or text.startswith("«"):
            return NOT_OURS
        return f"«{text} {self._more(text)}»"

    def isEmpty(self) -> bool:  # noqa: N802 - a virtual function of Qt
        return False

    def _more(self, text: str) -> str:
        plain = _PLACES.sub("", text).replace("&", "").replace("…", "")
        return plain[: max(ceil(LONGER * len(text)) - 3, 1)].strip()


class RightToLeft(QTranslator):
    """Latin letters as Hebrew ones: nobody can read it, but it runs the right way."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        if context != CONTEXT or any("\u05d0" <= sign <= "\u05ea" for sign in text):
            return NOT_OURS
        parts = _PLACES.split(text)
        return "".join(part if part.startswith("{") else _hebrew(part) for part in parts)

    def isEmpty(self) -> bool:  # noqa: N802 - a virtual function of Qt
        return False


def _hebrew(text: str) -> str:
    return "".join(chr(0x05D0 + (ord(s.lower()) - 97) % 27) if s.isascii() and s.isalpha() else s for s in text)


@contextmanager
def spoken(application: QApplication, language: str) -> Iterator[None]:
    """The application in ``english``, ``long`` or ``rtl`` words, for windows that are built meanwhile."""
    translator = {"long": LongWords, "rtl": RightToLeft}.get(language, QTranslator)(application)
    if language != "english":
        application.installTranslator(translator)
    direction = Qt.LayoutDirection.RightToLeft if language == "rtl" else Qt.LayoutDirection.LeftToRight
    application.setLayoutDirection(direction)
    try:
        yield
    finally:
        application.removeTranslator(translator)
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        translator.deleteLater()
