"""What is known of the images selected in the gallery, and what can be done with them. GUI thread."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.gallery.image_facts import (
    FACTS,
    SelectionView,
    UsedRecipe,
    facts_of_cards,
    facts_of_views,
    remade_recipe,
    shared_prompt,
    used_recipe,
)
from dmdx_desktop.ui.image_words import FLAGS, MIXED
from dmdx_desktop.ui.look import Button, IconButton, Look, Tone, Variant, say, separator, text_label
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.scrolled import scrolled
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.widgets.star_rating import StarRating
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 320
THUMBNAILS: Final = 3
THUMBNAIL: Final = 88
MARGIN: Final = 20
LABEL: Final = 88
SHORT_PROMPT: Final = 170
MOST_COMPARED: Final = 4


class Thumbnails(QWidget):
    """The first of the selected images, small."""

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self._look, self._previews = look, previews
        self._shown: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        previews.ready.connect(self._on_ready)

    def show_pictures(self, hashes: Sequence[str]) -> None:
        """Show these from now on."""
        self._shown = tuple(hashes[:THUMBNAILS])
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(THUMBNAILS * (THUMBNAIL + 8) - 8, THUMBNAIL)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, sha256 in enumerate(self._shown):
            x = number * (THUMBNAIL + 8)
            tile = QRect(self.width() - x - THUMBNAIL if self.isRightToLeft() else x, 0, THUMBNAIL, THUMBNAIL)
            painter.fillRect(tile, self._look.theme.colour("surround.tile"))
            pixmap = self._previews.pixmap(sha256, side=round(THUMBNAIL * ratio))
            if pixmap is not None:
                place = QRect(tile.topLeft(), pixmap.size().scaled(tile.size(), Qt.AspectRatioMode.KeepAspectRatio))
                place.moveCenter(tile.center())
                painter.drawPixmap(place, pixmap)
        painter.end()

    def _on_ready(self, sha256: str) -> None:
        if sha256 in self._shown:
            self.update()


class SelectionInspector(QFrame):
    """Shared values of the selection, and "mixed" where they differ."""

    rated = Signal(int)
    flagged = Signal(str)
    export_wanted = Signal()
    review_wanted = Signal()
    compare_wanted = Signal()
    delete_wanted = Signal()
    use_again = Signal(object)
    """A UsedRecipe."""
    more_wanted = Signal(object)
    """A UsedRecipe of one piece."""

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self._look = look
        self._used: UsedRecipe | None = None
        self._remade: UsedRecipe | None = None
        self._prompt_text, self._is_long = "", False
        self.setObjectName("inspector")
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._nothing = text_label("Select an image to see its details", tone=Tone.SECONDARY, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._thumbnails = Thumbnails(look, previews)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)  # beside the line at its edge
        self._column.setSpacing(0)
        self._column.addWidget(self._nothing, 1)
        self._is_built = False

    def build(self) -> None:
        """Build what is shown of a selection, where it is not there yet: starting does not wait for it."""
        if self._is_built:
            return
        self._is_built = True
        self._body = scrolled(self._made_body())
        self._footer = self._made_footer()
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self._footer)
        self.show_images([], 0)

    @property
    def title(self) -> str:
        """What is selected."""
        return self._title.text() if self._is_built else ""

    @property
    def facts(self) -> dict[str, str]:
        """What it says, by name."""
        facts = self._facts if self._is_built else {}
        return {name: label.text() for name, (_, label) in facts.items() if not label.isHidden()}

    @property
    def prompt(self) -> str:
        """What is shown of the prompt."""
        return self._prompt.text() if self._is_built else ""

    def show_images(self, cards: Sequence[ImageCard], selected: int) -> None:
        """Show what ``cards`` have in common; ``selected`` may be more than were read."""
        if cards:
            self.build()
        elif not self._is_built:
            return
        self._nothing.setVisible(not cards)
        self._body.setVisible(bool(cards))
        self._footer.setVisible(bool(cards))
        if not cards:
            return
        titles = list(dict.fromkeys(card.title for card in cards))
        many = tr("{count} images selected", count=selected)
        say(self._title, titles[0] if selected == 1 else many)
        below = facts_of_cards(cards)["Scene"] if selected == 1 else ", ".join(titles[:3])
        say(self._detail, below + (" …" if len(titles) > 3 else ""))
        self._thumbnails.show_pictures([card.sha256 for card in cards])
        ratings, flags = {card.rating for card in cards}, {card.flag for card in cards}
        say(self._mixed_rating, tr(MIXED) if len(ratings) > 1 else "")
        self._stars.show_stars(ratings.pop() if len(ratings) == 1 else 0)
        self._flag.choose(flags.pop() if len(flags) == 1 else "")
        self._say_facts(facts_of_cards(cards))
        self.export.setText(tr("Export…") if selected == 1 else tr("Export {count}…", count=selected))
        self.compare.setEnabled(1 < selected <= MOST_COMPARED)
        reason = "" if self.compare.isEnabled() else tr("Select 2 to {most} images to compare them", most=MOST_COMPARED)
        self.compare.setToolTip(reason)
        self.compare.setAccessibleDescription(reason)

    def show_view(self, view: SelectionView, selected: int) -> None:
        """Show what was read of the images."""
        self.build()
        facts = facts_of_views(view, selected)
        self._say_facts({"Recipe": "", "Stored": "", "In": "", "Compared": "", **facts})
        self._used = used_recipe(view)
        self._remade = remade_recipe(view)
        self.more.setText(tr("Make again") if self._remade else tr("Make more"))
        self.again.setVisible(self._used is not None)
        reason = why_no_more(self._used)
        self.more.setEnabled(not reason)
        self.more.setToolTip(reason)
        self.more.setAccessibleDescription(reason)
        self._prompt_text, self._is_long = shared_prompt(view), False
        self._say_prompt()

    def _say_facts(self, facts: Mapping[str, str]) -> None:
        for name, words in facts.items():
            label, value = self._facts[name]
            say(value, words)
            label.setVisible(bool(words))
            value.setVisible(bool(words))

    def _say_prompt(self) -> None:
        text = self._prompt_text
        is_short = len(text) <= SHORT_PROMPT
        shown = text if is_short or self._is_long else text[:SHORT_PROMPT].rsplit(" ", 1)[0] + " …"
        say(self._prompt, shown)
        self._prompt_holder.setVisible(bool(text))
        self.all_of_it.setVisible(not is_short)
        self.all_of_it.setText("Show less" if self._is_long else "Show all")

    def _on_all_of_it(self) -> None:
        self._is_long = not self._is_long
        self._say_prompt()

    def _on_again(self) -> None:
        if self._used is not None:
            self.use_again.emit(self._used)

    def _on_more(self) -> None:
        wanted = self._remade or self._used
        if wanted is not None:
            self.more_wanted.emit(wanted)

    def _made_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(4)
        self._title = text_label(style=TextStyle.SECTION, wrap=True)
        self._detail = text_label(tone=Tone.SECONDARY, wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addSpacing(12)
        column.addWidget(self._thumbnails)
        for part in (self._made_judgement(), self._made_facts(), self._made_prompt()):
            column.addSpacing(16)
            column.addWidget(separator())
            column.addSpacing(12)
            column.addWidget(part)
        column.addStretch(1)
        return body

    def _made_judgement(self) -> QWidget:
        self._stars = StarRating(self._look)
        self._stars.rated.connect(self.rated)
        self._flag = Segmented(self._look, [(value, tr(words)) for value, words in FLAGS], tr("Flag"))
        self._flag.chosen.connect(self.flagged)
        self._mixed_rating = text_label(tone=Tone.TERTIARY, style=TextStyle.CAPTION)
        holder = QWidget()
        grid = _grid(holder)
        grid.setVerticalSpacing(10)
        stars = QHBoxLayout()
        stars.addWidget(self._stars)
        stars.addStretch(1)
        stars.addWidget(self._mixed_rating)
        grid.addWidget(text_label("Rating", tone=Tone.TERTIARY), 0, 0)
        grid.addLayout(stars, 0, 1)
        grid.addWidget(text_label("Flag", tone=Tone.TERTIARY), 1, 0)
        grid.addWidget(self._flag, 1, 1)
        return holder

    def _made_facts(self) -> QWidget:
        holder = QWidget()
        grid = _grid(holder)
        self._facts = {name: (text_label(name, tone=Tone.TERTIARY), text_label(wrap=True)) for name in FACTS}
        for row, (label, value) in enumerate(self._facts.values()):
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            label.hide()
            value.hide()
        return holder

    def _made_prompt(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(text_label("Prompt", TextStyle.STRONG))
        top.addStretch(1)
        self.again = Button(self._look, "Use again", variant=Variant.LINK)
        self.again.setToolTip(tr("Take this recipe to the Studio"))
        self.again.clicked.connect(self._on_again)
        top.addWidget(self.again)
        column.addLayout(top)
        self._prompt = text_label(style=TextStyle.CAPTION, tone=Tone.SECONDARY, wrap=True)
        self._prompt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._prompt)
        self.all_of_it = Button(self._look, "Show all", variant=Variant.LINK)
        self.all_of_it.clicked.connect(self._on_all_of_it)
        column.addWidget(self.all_of_it)
        self._prompt_holder = holder
        return holder

    def _made_footer(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(MARGIN, 8, MARGIN, 16)
        column.setSpacing(8)
        self.compare = Button(self._look, "Compare", icon="columns-2")
        self.compare.clicked.connect(self.compare_wanted)
        self.more = Button(self._look, "Make more", icon="rotate-ccw")
        self.more.clicked.connect(self._on_more)
        self.review = IconButton(self._look, "contrast", "Open in Review")
        self.review.clicked.connect(self.review_wanted)
        self.export = Button(self._look, "Export…", variant=Variant.PRIMARY, icon="download")
        self.export.clicked.connect(self.export_wanted)
        self.delete = IconButton(self._look, "trash-2", "Delete the selected images")
        self.delete.clicked.connect(self.delete_wanted)
        for widgets in ((self.more,), (self.compare, self.review, self.delete), (self.export,)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for widget in widgets:
                if isinstance(widget, Button):
                    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                row.addWidget(widget)
            column.addLayout(row)
        return holder


def why_no_more(used: UsedRecipe | None) -> str:
    """Why no more images can be made as these were; empty where they can."""
    if used is None:
        return tr("These images were made by different recipes")
    return "" if len(used.pieces) == 1 else tr("Select images of one piece to make more of it")


def _grid(holder: QWidget) -> QGridLayout:
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(9)
    grid.setColumnMinimumWidth(0, LABEL)
    grid.setColumnStretch(1, 1)
    return grid
