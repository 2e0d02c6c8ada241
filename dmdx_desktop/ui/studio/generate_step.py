"""Step 3: the exact text that is sent for each image of a recipe. GUI thread."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from dmdx_desktop.models.choices import ShotId
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.prompt import build_prompt
from dmdx_desktop.models.recipe import Recipe, Variant, variants
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.vocabulary import View
from dmdx_desktop.ui.look import Button, IconButton, Look, Tone, say, text_label
from dmdx_desktop.ui.look import Variant as ButtonVariant
from dmdx_desktop.ui.studio.own_prompts import OwnPrompts, PromptPlace
from dmdx_desktop.ui.studio.prompt_text import PromptText, UnderlinedParts
from dmdx_desktop.ui.studio.prompts_dialog import PromptsDialog
from dmdx_desktop.ui.studio.sent_views import views_sent
from dmdx_desktop.ui.studio.step import Step
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

UNKNOWN: Final = "unknown"


class CheckStep(Step):
    """The prompt of one variant at a time; arrows page through all of them.

    ``stepped_out`` tells that the texts of the piece before, or after, are wanted, where several pieces are selected.
    """

    stepped_out = Signal(int)

    def __init__(self, look: Look, own: OwnPrompts) -> None:
        super().__init__(look, 3, "Check and generate")
        self._look, self._own = look, own
        self._piece, self._recipe = Piece(), Recipe()
        self._views: tuple[View, ...] = ()
        self._most_sent: int | None = None
        self._shown = 0
        self._place_among, self._pieces = 0, 1
        self.back = back = IconButton(look, "chevron-left", "Text of the variant before")
        self.ahead = ahead = IconButton(look, "chevron-right", "Text of the next variant")
        self._place = text_label(tone=Tone.SECONDARY)
        back.clicked.connect(lambda: self._page(-1))
        ahead.clicked.connect(lambda: self._page(1))
        for widget in (back, self._place, ahead):
            self.head.addWidget(widget)
        self.text = PromptText()
        self.text.setAccessibleName(tr("The exact text that is used"))
        self._marks = UnderlinedParts(self.text.document(), look)
        box = QFrame()
        box.setProperty("part", "prompt")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.text, 1)
        self.body.addWidget(box, 1)
        self.text.textChanged.connect(self._take_text)
        self.text.left.connect(own.leave)
        own.changed.connect(lambda: self._page(0))
        self._job = ""
        self.edit = Button(look, "Edit prompt", variant=ButtonVariant.LINK)
        self.edit.clicked.connect(self._toggle_own)
        self.every = Button(look, "Show all", variant=ButtonVariant.LINK)
        self.every.clicked.connect(self.show_every_text)
        copy = IconButton(look, "copy", "Copy the text")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 4, 0)
        below.setSpacing(12)
        below.addWidget(self.edit)
        below.addWidget(self.every)
        below.addStretch(1)
        below.addWidget(copy)
        inside.addLayout(below)
        self._detached = text_label(
            "This text is yours: changes of piece and recipe no longer reach it.",
            TextStyle.CAPTION,
            Tone.WARNING,
            wrap=True,
        )
        self._detached.hide()
        self.body.addWidget(self._detached)
        self.body.addStretch()
        self.dialog: PromptsDialog | None = None

    def show_all(
        self, piece: Piece, views: tuple[View, ...], recipe: Recipe, job: str = "", most_sent: int | None = None
    ) -> None:
        """Show the texts that these make, and those written anew for the piece ``job``.

        Of the pictures with these views a paid engine is sent ``most_sent``.
        """
        self._piece, self._views, self._recipe, self._job = piece, views, recipe, job
        self._most_sent = most_sent
        self.edit.setEnabled(bool(job))
        self._page(0)

    @property
    def place(self) -> str:
        """Which of how many texts is shown, in words."""
        return self._place.text()

    def stand_among(self, place: int, pieces: int) -> None:
        """The texts are those of one of so many selected pieces."""
        self._place_among, self._pieces = place, max(pieces, 1)
        self._page(0)

    def show_text_for(self, scene: str, metal: str, shot: str) -> None:
        """Page to the text of this choice, where the recipe has it."""
        choices = [(one.scene.value, one.metal.value, one.shot.value) for one in self._every()]
        if (scene, metal, shot) in choices:
            self._shown = choices.index((scene, metal, shot))
            self._page(0)

    def show_every_text(self) -> None:
        """Open the full text of every variant."""
        texts = [(_name_of(one), self._text_of(one)) for one in self._every()]
        self.dialog = PromptsDialog(self._look, texts, self.window())
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _every(self) -> list[Variant]:
        return [variant for variant in variants(self._recipe) if variant.n == 1]

    def _place_of(self, variant: Variant) -> PromptPlace:
        return PromptPlace(self._job, variant.scene, variant.metal, variant.shot)

    def _text_of(self, variant: Variant) -> str:
        own = self._own.text_of(self._place_of(variant))
        return self._made_text(variant) if own is None else own

    def _made_text(self, variant: Variant) -> str:
        return build_prompt(self._piece, variant, views_sent(variant.shot, self._views, self._most_sent))

    def _toggle_own(self) -> None:
        variant = self._every()[self._shown]
        place = self._place_of(variant)
        if self._own.text_of(place) is not None:
            self._own.give_up(place)
            return
        self._own.begin(place, self._made_text(variant))
        self.text.setFocus()

    def _take_text(self) -> None:
        if not self.text.isReadOnly():
            self._own.type(self._place_of(self._every()[self._shown]), self.text.toPlainText())

    def _page(self, by: int) -> None:
        if by:
            self._own.leave()
        every = self._every()
        is_beyond = not 0 <= self._shown + by < len(every)
        self._shown = (self._shown + by) % len(every)
        if by and is_beyond and self._pieces > 1:
            self.stepped_out.emit(by)
            return
        variant = every[self._shown]
        own = self._own.text_of(self._place_of(variant)) is not None
        number, count = self._place_among * len(every) + self._shown + 1, self._pieces * len(every)
        say(self._place, tr("{number} of {count}", number=number, count=count))
        text = self._text_of(variant)
        self.text.setReadOnly(True)  # what is shown now was not typed
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self.text.setReadOnly(not own)
        self._detached.setVisible(own)
        self.edit.setText("Use the made text" if own else "Edit prompt")
        self._marks.mark([] if own else phrases_of(self._piece, variant))


def _name_of(variant: Variant) -> str:
    shot = "" if variant.shot is ShotId.AS_REFERENCE else f" · {term_name(variant.shot)}"
    return f"{term_name(variant.scene)} · {term_name(variant.metal)}{shot}"


def phrases_of(piece: Piece, variant: Variant) -> list[str]:
    """The words that the user chose or confirmed, as they stand in a prompt."""
    terms: list[Term] = [piece.type.value, piece.metal.value, piece.purity.value, piece.finish.value]
    terms.append(piece.setting.value)
    for stone in piece.stones:
        terms += [stone.species.value, stone.colour.value, stone.shape.value]
    return [*(term.label for term in terms if term != UNKNOWN), variant.metal.label, variant.scene.label]
