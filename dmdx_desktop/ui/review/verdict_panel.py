"""What the designer makes of the image in view: stars, a flag, the checklist against the reference. GUI thread."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.library.image_view import ImageView
from dmdx_desktop.models.checklist import CheckItem
from dmdx_desktop.ui.agreement_words import agreement_words
from dmdx_desktop.ui.gallery.image_facts import cost_words, engine_words
from dmdx_desktop.ui.image_words import caption, is_draft, made_at
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, separator, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from dmdx_desktop.ui.widgets.scrolled import scrolled
from dmdx_desktop.ui.widgets.star_rating import StarRating
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 304
NOTE: Final = "Your checklist. AI images can change details. Check before you publish."
FACTS: Final = ("Reference", "Compared", "Engine", "Size", "Cost", "Made")


class VerdictPanel(QFrame):
    """``rated``, ``flagged`` and ``ticked`` tell what the user decided; flag is none, pick or reject."""

    rated = Signal(int)
    flagged = Signal(str)
    ticked = Signal(str, bool)
    export_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._beside_several, self._shown_beside = False, {False}
        self.setObjectName("inspector")
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._title = text_label(style=TextStyle.SECTION, wrap=True)
        self._detail = text_label(tone=Tone.SECONDARY, style=TextStyle.CAPTION, wrap=True)
        self._draft = text_label("Draft", tone=Tone.WARNING, style=TextStyle.CAPTION)
        self._stars = StarRating(look, 20, 4)
        self._stars.rated.connect(self.rated)
        self.pick, self.reject = Button(look, "Pick", icon="flag"), Button(look, "Reject", icon="x")
        self.boxes = {item: TickBox(look, item.label) for item in CheckItem}
        self._facts: dict[str, QLabel] = {name: text_label(wrap=True) for name in FACTS}
        self._names: dict[str, QLabel] = {}
        self._facts["Reference"] = ElidedLabel(shortened=Qt.TextElideMode.ElideMiddle)
        self._export = Button(look, "Export…", variant=Variant.PRIMARY, icon="download")
        self._export.clicked.connect(self.export_wanted)
        self._export.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(19, 20, 20, 12)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addWidget(self._draft)
        self._body = self._sections()
        column.addWidget(self._body)
        column.addStretch(1)
        pinned = QVBoxLayout()
        pinned.setContentsMargins(19, 4, 20, 16)
        pinned.addWidget(self._export)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)  # beside the line at its edge
        whole.setSpacing(0)
        whole.addWidget(scrolled(inner), 1)
        whole.addLayout(pinned)
        self.show_image(None, "")

    def stand_beside(self, *, several: bool) -> None:
        """Stand beside one image, or beside several: there it is shown only where it was asked for."""
        self._beside_several = several
        self.setVisible(several in self._shown_beside)

    def toggle(self) -> None:
        """Show the panel or hide it, beside as many images as there are now."""
        self._shown_beside ^= {self._beside_several}
        self.stand_beside(several=self._beside_several)

    def show_image(self, card: ImageCard | None, place: str) -> None:
        """Show an image; ``place`` says which of how many it is."""
        for widget in (self._body, self._export):
            widget.setVisible(card is not None)
        self._draft.setVisible(card is not None and is_draft(card))
        if card is None:
            say(self._title, tr("Nothing selected"))
            say(self._detail, tr("Select an image to judge it beside its reference."))
            return
        say(self._title, caption(card))
        say(self._detail, f"{card.title} · {place}")
        self._stars.show_stars(card.rating)
        self.pick.setChecked(card.flag == "pick")
        self.reject.setChecked(card.flag == "reject")
        say(self._facts["Engine"], engine_words(card))
        say(self._facts["Size"], f"{card.width} × {card.height}")
        say(self._facts["Cost"], tr("Free") if is_draft(card) else "–")
        say(self._facts["Made"], made_at(card.created_at))

    def show_view(self, view: ImageView | None) -> None:
        """Show the ticks of the image; they cannot be set while they are being read."""
        for item, box in self.boxes.items():
            box.setEnabled(view is not None)
            box.setChecked(view is not None and item in view.checks)
        say(self._facts["Reference"], "" if view is None else view.reference_name)
        self._show_compared(agreement_words(view.agreement) if view is not None else "")
        if view is not None:
            say(self._facts["Cost"], cost_words(view.cost))

    def _sections(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        rating = QHBoxLayout()
        rating.addWidget(self._stars)
        rating.addStretch(1)
        rating.addWidget(text_label("1 – 5", tone=Tone.TERTIARY, style=TextStyle.CAPTION))
        column.addLayout(rating)
        column.addSpacing(8)
        column.addLayout(self._flags())
        for part in (self._checklist(), self._facts_form()):
            column.addSpacing(16)
            column.addWidget(separator())
            column.addSpacing(12)
            column.addWidget(part)
        return body

    def _flags(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, flag in ((self.pick, "pick"), (self.reject, "reject")):
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda on, flag=flag: self.flagged.emit(flag if on else "none"))
            row.addWidget(button)
        return row

    def _checklist(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(text_label("True to the reference?", TextStyle.STRONG))
        column.addSpacing(6)
        for item, box in self.boxes.items():
            box.clicked.connect(lambda on, item=item: self.ticked.emit(item.value, on))
            column.addWidget(box)
        column.addSpacing(4)
        column.addWidget(text_label(NOTE, TextStyle.CAPTION, Tone.SECONDARY, wrap=True))
        return part

    def _facts_form(self) -> QWidget:
        part = QWidget()
        # Not a form layout: that keeps heights of wrapped words from before a row was hidden.
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(self._facts.items()):
            self._names[name] = text_label(name, tone=Tone.TERTIARY)
            grid.addWidget(self._names[name], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, 1)
        self._show_compared("")
        return part

    def _show_compared(self, words: str) -> None:
        say(self._facts["Compared"], words)
        for widget in (self._names["Compared"], self._facts["Compared"]):
            widget.setVisible(bool(words))
