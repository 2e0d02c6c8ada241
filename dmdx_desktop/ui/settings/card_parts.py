"""What the cards of the page of connections are made of: heads, fields, remarks with buttons. GUI thread."""

from collections.abc import Callable
from typing import Final

from pydantic import SecretStr
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayoutItem, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from dmdx_desktop.models.connection import LONGEST_SECRET
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.notices import announce
from dmdx_desktop.ui.settings.connection_facts import State
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.flow_layout import FlowLayout
from dmdx_desktop.ui.wording import tr

LABELS: Final = 168
ROW: Final = 30
WIDEST_FIELD: Final = 440
NARROW_FIELD: Final = 132
MARGIN: Final = 24
SECRET_HINTS: Final = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhSensitiveData
)


class Card(QFrame):
    """A frame with a heading, how it does, and rows of fields."""

    def __init__(self, look: Look, icon: str, heading: str, detail: str) -> None:
        super().__init__()
        self._look = look
        self.setProperty("part", "card")
        self.setAccessibleName(tr(heading))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 18)
        self.body.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(text_label(heading, TextStyle.SECTION, wrap=True))
        words.addWidget(text_label(detail, TextStyle.CAPTION, Tone.SECONDARY, wrap=True))
        self._sign = IconLabel(look, "minus", colour="text.tertiary")
        self.state = text_label(style=TextStyle.LABEL)
        head = QHBoxLayout()
        head.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(IconLabel(look, icon, colour="text.secondary", size=20), 0, top)
        head.addSpacing(4)
        head.addLayout(words, 1)
        head.addWidget(self._sign, 0, top)
        head.addWidget(self.state, 0, top)
        self.body.addLayout(head)
        self.body.addSpacing(2)

    def show_state(self, state: State) -> None:
        """Say how it does; said aloud where it is not what it was."""
        self._sign.show_icon(state.icon, state.colour)
        words = tr(state.words)
        if words != self.state.text():
            say(self.state, words)
            self.setAccessibleDescription(words)

    def add_row(self, name: str, *content: QWidget, to: QVBoxLayout | None = None, remark: str = "") -> QWidget:
        """A row as of ``field_row``; the whole of it, to be shown and hidden."""
        whole = field_row(name, *content, remark=remark)
        (to or self.body).addWidget(whole)
        return whole


class KeyField(QLineEdit):
    """A field for a secret: never shown, never read back, empty again once it was taken."""

    def __init__(self, look: Look, name: str, longest: int = LONGEST_SECRET) -> None:
        super().__init__()
        self._look = look
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(SECRET_HINTS)
        self.setMaxLength(longest)
        self.setAccessibleName(name)
        self.setMaximumWidth(WIDEST_FIELD)
        self._sign = self.addAction(look.icon("key-round"), QLineEdit.ActionPosition.LeadingPosition)
        self._sign.setText(name)
        self._sign.setEnabled(True)
        look.theme.changed.connect(self._dress)

    def take(self) -> SecretStr | None:
        """What was typed, and nothing is left here of it; None where nothing was."""
        typed = self.text().strip()
        self.setText("")  # which forgets what could be undone, too
        return SecretStr(typed) if typed else None

    def _dress(self) -> None:
        self._sign.setIcon(self._look.icon("key-round"))


class DeedRow(FlowLayout):
    """Buttons side by side; those that are hidden take no room."""

    def __init__(self) -> None:
        super().__init__(gap=8)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        everything = self._items
        self._items = [item for item in everything if not item.isEmpty()]
        try:
            return super()._lines(room)
        finally:
            self._items = everything


class Note(QFrame):
    """A remark that stays until something was done about it. Escape leaves it."""

    def __init__(self, look: Look, icon: str = "triangle-alert", colour: str = "warning.text") -> None:
        super().__init__()
        self._look = look
        self.setProperty("part", "callout" if colour == "info.text" else "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 12)
        row.setSpacing(12)
        self._sign = IconLabel(look, icon, colour=colour)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._words = text_label(wrap=True)
        self.body.addWidget(self._words)
        row.addLayout(self.body, 1)
        self._deeds = DeedRow()
        self._leave: Button | None = None
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def add_button(self, text: str, do: Callable[[], object], variant: Variant = Variant.DEFAULT) -> Button:
        """A button below the words, and below what was added to ``body`` before."""
        button = Button(self._look, text, variant=variant, scale="small")
        button.clicked.connect(do)
        if not self._deeds.count():
            self.body.addLayout(self._deeds)
        self._deeds.addWidget(button)
        return button

    def add_way_out(self, text: str, do: Callable[[], object]) -> Button:
        """The button that Escape presses."""
        self._leave = self.add_button(text, do, Variant.QUIET)
        return self._leave

    def tell(self, words: str, *, in_view: bool = True) -> None:
        """Say ``words``, which are in the present language; ``in_view`` where somebody waits for them."""
        say(self._words, words)
        self.setAccessibleName(words)
        self.show()
        announce(self, words)
        if in_view:
            bring_into_view(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._leave is not None:
            self._leave.click()
        else:
            super().keyPressEvent(event)


def field_row(name: str, *content: QWidget, remark: str = "") -> QWidget:
    """A row of a card or of a note: what it is about, its controls, and a remark below them, which is looked up."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    label = text_label(name, tone=Tone.SECONDARY, wrap=True)
    label.setFixedWidth(LABELS)
    if name:
        label.setMinimumHeight(ROW)
    if content:
        label.setBuddy(content[0])
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    controls = QHBoxLayout()
    controls.setSpacing(12)
    for widget in content:
        controls.addWidget(widget, WIDEST_FIELD)
    controls.addStretch(1)
    if remark:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(controls)
        column.addWidget(caption(remark))
        row.addLayout(column, 1)
    else:
        row.addLayout(controls, 1)
    return whole


def bring_into_view(widget: QWidget) -> None:
    """Scroll to a widget, once what was just shown or hidden has its place."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        scroll = around
        QTimer.singleShot(0, scroll, lambda: scroll.ensureWidgetVisible(widget, 0, MARGIN))


def plain_field(name: str, longest: int, hint: str = "") -> QLineEdit:
    """A field for what is no secret; both texts are in the present language."""
    field = QLineEdit()
    field.setMaxLength(longest)
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setMaximumWidth(WIDEST_FIELD)
    return field


def show_text(field: QLineEdit, text: str) -> None:
    """Show what is so in a field, unless somebody is changing it."""
    if not field.isModified() and field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)


def caption(text: str = "") -> QLabel:
    """A small remark below a field; ``text`` is looked up."""
    return text_label(text, TextStyle.CAPTION, Tone.TERTIARY, wrap=True)


def beside_labels(widget: QWidget, remark: str = "") -> QWidget:
    """The widget where the fields begin."""
    return field_row("", widget, remark=remark)


class Disclosure(Button):
    """A button that shows or hides what is of use to few."""

    def __init__(self, look: Look, text: str, shown: QWidget) -> None:
        super().__init__(look, text, variant=Variant.QUIET, icon="chevron-down")
        self._shown = shown
        self.clicked.connect(self._turn)
        self.open(False)

    def open(self, is_open: bool) -> None:
        """Show it, or hide it."""
        self._shown.setVisible(is_open)
        closed = "chevron-left" if self.isRightToLeft() else "chevron-right"
        self._icon = "chevron-down" if is_open else closed
        self.setAccessibleDescription(tr("Shown below") if is_open else tr("Not shown"))
        self._dress()

    def _turn(self) -> None:
        self.open(self._shown.isHidden())
