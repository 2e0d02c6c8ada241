"""The words of the window in the language it is shown in. The window's process, GUI thread.

English is the source: every text is its own key in the one context ``window`` of Qt's translators, with places in
braces for what differs from time to time. ``look.py`` passes what its labels and buttons are made with through here,
so that fixed words need nothing more; sentences with numbers are written ``tr("{count} images", count=count)``, or
``counted("1 image", "{count} images", count)`` where one of them reads differently.
What comes from outside (names of pieces and files) is a value of a sentence or is shown by ``look.say``, and is never
looked up.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication

CONTEXT: Final = "window"


def tr(text: str, /, **values: object) -> str:
    """``text`` in the present language, its places filled; whole numbers get the separators of thousands."""
    if not text:
        return text
    translated = QCoreApplication.translate(CONTEXT, text)
    if not values:
        return translated
    return translated.format(**{name: f"{one:,}" if type(one) is int else one for name, one in values.items()})


def within_line(text: str) -> str:
    """A word or two in the present language, as they stand in the middle of a line.

    That is lower case in English alone: what a translator wrote keeps its capitals, which German nouns need anywhere.
    """
    translated = tr(text)
    return text.lower() if translated == text else translated


def counted(one: str, many: str, /, count: int, **values: object) -> str:
    """The sentence for one, or that for ``many``, in the present language, its places filled."""
    return tr(one, count=count, **values) if count == 1 else tr(many, count=count, **values)
