"""What is known of the selected images, and what can be done with them. GUI thread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.image_words import is_draft, metal_label, scene_label
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, separator, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.widgets.star_rating import StarRating

WIDTH: Final = 320
FLAGS: Final = (("pick", "Pick"), ("none", "None"), ("reject", "Reject"))
MIXED: Final = "mixed"


class ImageInspector(QFrame):
    """Shared values of the selection, and "mixed" where they differ."""

    rated = Signal(int)
    flagged = Signal(str)
    export_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, look: Look, *, opens_review: bool = True) -> None:
        super().__init__()
        self._opens_review = opens_review
        self.setObjectName("inspector")
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(4)
        self._title, self._detail = text_label(style=TextStyle.SECTION), text_label(tone=Tone.SECONDARY, wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addSpacing(12)
        column.addWidget(separator())
        column.addSpacing(12)
        self._stars = StarRating(look)
        self._stars.rated.connect(self.rated)
        self._mixed_rating = text_label(tone=Tone.TERTIARY, style=TextStyle.CAPTION)
        rating = QHBoxLayout()
        rating.addWidget(self._stars)
        rating.addStretch(1)
        rating.addWidget(self._mixed_rating)
        self._flag = Segmented(look, FLAGS, "Flag")
        self._flag.chosen.connect(self.flagged)
        self._judgement = QWidget()
        form = _form(self._judgement)
        form.addRow(text_label("Rating", tone=Tone.TERTIARY), rating)
        form.addRow(text_label("Flag", tone=Tone.TERTIARY), self._flag)
        column.addWidget(self._judgement)
        column.addSpacing(12)
        column.addWidget(separator())
        column.addSpacing(12)
        self._facts = {name: text_label(wrap=True) for name in ("Scene", "Metal", "Engine", "Size", "Cost", "Made")}
        details = QWidget()
        form = _form(details)
        for name, label in self._facts.items():
            form.addRow(text_label(name, tone=Tone.TERTIARY), label)
        self._details = details
        column.addWidget(details)
        column.addStretch(1)
        self._review = Button(look, "Open in Review", icon="contrast")
        self._review.clicked.connect(self.review_wanted)
        self._export = Button(look, "Export…", variant=Variant.PRIMARY, icon="download")
        self._export.clicked.connect(self.export_wanted)
        for button in (self._review, self._export):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.addWidget(button)
        self.show_images([], 0)

    def show_images(self, cards: Sequence[ImageCard], selected: int) -> None:
        """Show what ``cards`` have in common; ``selected`` may be more than were read."""
        for widget in (self._judgement, self._details, self._review, self._export):
            widget.setVisible(bool(cards))
        self._review.setVisible(bool(cards) and self._opens_review)
        if not cards:
            say(self._title, "Nothing selected")
            say(self._detail, "Select images to rate, compare and export them.")
            return
        say(self._title, cards[0].title if selected == 1 else f"{selected:,} images selected")
        titles = sorted({card.title for card in cards})
        words = (
            scene_label(cards[0].scene) if selected == 1 else ", ".join(titles[:3]) + (" …" if len(titles) > 3 else "")
        )
        say(self._detail, words)
        ratings, flags = {card.rating for card in cards}, {card.flag for card in cards}
        self._stars.show_stars(ratings.pop() if len(ratings) == 1 else 0)
        say(self._mixed_rating, MIXED if len({card.rating for card in cards}) > 1 else "")
        self._flag.choose(flags.pop() if len(flags) == 1 else "")
        for name, values in _values(cards).items():
            say(self._facts[name], values.pop() if len(values) == 1 else MIXED)
        self._export.setText("Export image…" if selected == 1 else f"Export {selected:,} images…")


def _values(cards: Sequence[ImageCard]) -> dict[str, set[str]]:
    return {
        "Scene": {scene_label(card.scene) for card in cards},
        "Metal": {metal_label(card.metal).capitalize() for card in cards},
        "Engine": {"Draft, on this computer" if is_draft(card) else card.engine for card in cards},
        "Size": {f"{card.width} × {card.height}" for card in cards},
        "Cost": {"Free" if is_draft(card) else "" for card in cards},
        "Made": {made_at(card.created_at) for card in cards},
    }


def made_at(milliseconds: int) -> str:
    """A moment as the window writes it."""
    moment = datetime.fromtimestamp(milliseconds / 1000)
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def _form(holder: QWidget) -> QFormLayout:
    form = QFormLayout(holder)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form
