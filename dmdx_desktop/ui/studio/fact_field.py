"""A fact of the form: what it is, how sure that is and who said it, and the control that changes it. GUI thread."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.models.term import Term
from dmdx_desktop.ui.look import Look, Tone, text_label
from dmdx_desktop.ui.look import say as say_on
from dmdx_desktop.ui.metal_colours import metal_dot
from dmdx_desktop.ui.studio.fact_words import (
    CHECKED,
    MIXED,
    UNKNOWN,
    certainty,
    is_doubtful,
    percent,
    source_words,
)
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.choice_box import ChoiceBox
from dmdx_desktop.ui.wording import tr, within_line

DOT: Final = 10
LONGEST_TEXT: Final = 120


class FactField(QWidget):
    """Heirs have the control. ``changed`` comes when the user has said something; ``said`` is what, or None."""

    changed = Signal()

    def __init__(self, name: str, label: str, *, is_sourced: bool = True) -> None:
        super().__init__()
        self.name, self.label, self._is_sourced = name, tr(label), is_sourced
        self.label_within_line = within_line(label)
        self.said: str | None = None
        self._fact: Sourced[Any] | None = None
        self._differing = 0
        self._certainty = text_label(style=TextStyle.CAPTION, tone=Tone.TERTIARY, wrap=True)
        self._certainty.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignBottom)
        heading = QHBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(text_label(label, TextStyle.CAPTION, Tone.SECONDARY, wrap=True))
        heading.addWidget(self._certainty, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(heading)

    @property
    def certainty(self) -> str:
        """How sure the fact is, as it is shown."""
        return self._certainty.text()

    @property
    def is_doubtful(self) -> bool:
        """Whether the fact asks for a look, and nothing was said of it yet."""
        return self.said is None and self._fact is not None and is_doubtful(self.name, self._fact)

    @property
    def sureness(self) -> list[float]:
        """How sure the fact is, if it was read and asks for no look; else nothing."""
        fact = self._fact
        if fact is None or self.said is not None or not fact.is_known or fact.source is Source.USER:
            return []
        return [fact.confidence] if self.name in CHECKED and not self.is_doubtful else []

    def confirm(self) -> None:
        """Say that it is as it was read."""
        if self._fact is not None and self._fact.is_known and self._fact.source is not Source.USER:
            self._say(str(self._fact.value))

    def _take(self, fact: Sourced[Any] | None, differing: int = 0) -> None:
        """Show how sure ``fact`` is; of several pieces, how many ``differing`` values they have."""
        self._fact, self._differing, self.said = fact, differing, None
        self._tell()

    def _say(self, value: str) -> None:
        self.said = value
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        if self.said is not None:
            words, about = tr("You") if self._is_sourced else "", tr("Not saved yet")
        elif not self._is_sourced:
            words, about = "", ""
        elif self._differing > 1:
            words, about = tr("{count} values", count=self._differing), tr("The pieces differ")
        elif self._fact is None or self._differing == 1:
            known = self._fact is not None and self._fact.is_known
            words, about = tr("All") if known else "", tr("All of the pieces have it") if known else tr("Not known")
        else:
            words, about = self._words(self._fact), source_words(self._fact)
        say_on(self._certainty, words, Tone.WARNING if self.is_doubtful else Tone.TERTIARY)
        self._certainty.setToolTip(about)
        control = self.focusProxy()
        if control is not None:
            control.setAccessibleDescription(about)
            if control.property("doubtful") != self.is_doubtful:
                control.setProperty("doubtful", self.is_doubtful)
                control.style().unpolish(control)
                control.style().polish(control)

    def _words(self, fact: Sourced[Any]) -> str:
        return certainty(self.name, fact)

    def _hold(self, control: QWidget) -> None:
        self._column.addWidget(control)
        self.setFocusProxy(control)


class TermField(FactField):
    """A fact that is one of a list of words, or not known."""

    def __init__(self, look: Look, name: str, label: str, *, is_narrow: bool = False) -> None:
        super().__init__(name, label)
        self._is_narrow = is_narrow
        self.choice = ChoiceBox(look, self.label, 80 if is_narrow else 120)
        self.choice.setProperty("narrow", True)
        self.choice.setPlaceholderText(tr(MIXED))
        self.choice.activated.connect(self._on_choice)
        self._hold(self.choice)

    @property
    def value(self) -> str:
        """What is chosen; empty where several pieces differ."""
        return str(self.choice.currentData() or "")

    def show_fact(self, fact: Sourced[Any] | None, terms: Sequence[Term], differing: int = 0) -> None:
        """Show what is known; None where several pieces have more than one of so many ``differing`` values."""
        self._offer(terms, "" if fact is None else str(fact.value))
        self._take(fact, differing)

    def say(self, value: str) -> None:
        """Have it said as if the user had chosen it."""
        if self.choice.findData(value) >= 0:
            self.choice.setCurrentIndex(self.choice.findData(value))
            self._say(value)

    def offer(self, terms: Sequence[Term]) -> None:
        """Have other words to choose from; what is chosen stays."""
        self._offer(terms, self.value)

    def _offer(self, terms: Sequence[Term], chosen: str) -> None:
        self.choice.clear()
        self.choice.addItem(tr("Unknown"), UNKNOWN)
        for term in terms:
            self._add(term.value, term_name(term))
        if chosen and self.choice.findData(chosen) < 0:
            self._add(chosen, term_name(type(terms[0])(chosen)))
        self.choice.setCurrentIndex(self.choice.findData(chosen) if chosen else -1)

    def _add(self, value: str, label: str) -> None:
        colour = metal_dot(value) if self.name == "metal" else None
        if colour is None:
            self.choice.addItem(label, value)
        else:
            self.choice.addItem(QIcon(dot(colour)), label, value)

    def _words(self, fact: Sourced[Any]) -> str:
        if self._is_narrow and fact.is_known and fact.source is not Source.USER:
            return percent(fact)
        return super()._words(fact)

    def _on_choice(self) -> None:
        self._say(self.value)


class TextField(FactField):
    """A fact in the user's own words."""

    def __init__(self, name: str, label: str, longest: int = LONGEST_TEXT, *, is_sourced: bool = True) -> None:
        super().__init__(name, label, is_sourced=is_sourced)
        self.text = QLineEdit()
        self.text.setMaxLength(longest)
        self.text.setAccessibleName(self.label)
        self.text.textEdited.connect(self._say)
        self._hold(self.text)

    def show_fact(self, fact: Sourced[Any]) -> None:
        """Show what is known."""
        value = fact.value
        self.text.setText("" if value is None else f"{value:g}" if isinstance(value, float) else str(value))
        self._take(fact)

    def say(self, value: str) -> None:
        """Have it said as if the user had typed it."""
        self.text.setText(value)
        self._say(self.text.text())

    def accept_only(self, pattern: str) -> None:
        """Let only what is of this pattern be typed."""
        self.text.setValidator(QRegularExpressionValidator(QRegularExpression(pattern), self.text))


def dot(colour: QColor) -> QPixmap:
    """A dot of colour as it stands before the name of a metal or a stone."""
    pixmap = QPixmap(DOT * 3, DOT * 3)
    pixmap.setDevicePixelRatio(3)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(128, 128, 128, 140))
    painter.setBrush(colour)
    painter.drawEllipse(1, 1, DOT - 2, DOT - 2)
    painter.end()
    return pixmap
