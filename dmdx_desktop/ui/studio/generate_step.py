"""Step 3: the exact text, how many images that makes, what they cost, the button that names the number. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout

from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.prompt import build_prompt
from dmdx_desktop.models.recipe import Recipe, Variant, variants
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.vocabulary import View
from dmdx_desktop.ui.look import Button, IconButton, Look, Tone, say, text_label
from dmdx_desktop.ui.look import Variant as ButtonVariant
from dmdx_desktop.ui.studio.step import Step
from dmdx_desktop.ui.tokens import TextStyle

PROMPT_HEIGHT: Final = 104
UNKNOWN: Final = "unknown"


class _Underlined(QSyntaxHighlighter):
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


class CheckStep(Step):
    """The prompt of one variant at a time; arrows page through all of them."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, 3, "Check and generate")
        self._piece, self._recipe = Piece(), Recipe()
        self._views: tuple[View, ...] = ()
        self._shown = 0
        back = IconButton(look, "chevron-left", "Text of the variant before")
        ahead = IconButton(look, "chevron-right", "Text of the next variant")
        self._place = text_label(tone=Tone.SECONDARY)
        back.clicked.connect(lambda: self._page(-1))
        ahead.clicked.connect(lambda: self._page(1))
        for widget in (back, self._place, ahead):
            self.head.addWidget(widget)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName("The exact text that is used")
        self._text.setFixedHeight(PROMPT_HEIGHT)
        self._marks = _Underlined(self._text.document(), look)
        self.body.addWidget(self._text)

    def show_all(self, piece: Piece, views: tuple[View, ...], recipe: Recipe) -> None:
        """Show the texts that these make."""
        self._piece, self._views, self._recipe = piece, views, recipe
        self._page(0)

    def _page(self, by: int) -> None:
        every = [variant for variant in variants(self._recipe) if variant.n == 1]
        self._shown = (self._shown + by) % len(every)
        variant = every[self._shown]
        say(self._place, f"{self._shown + 1} of {len(every)}")
        text = build_prompt(self._piece, variant, self._views)
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        self._marks.mark(phrases_of(self._piece, variant))


class GenerateFooter(QFrame):
    """Stays in view below the steps, however long they are."""

    generate_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(4)
        self._sum, self._price = text_label(tone=Tone.SECONDARY), text_label("Free", TextStyle.STRONG)
        self._detail = text_label(style=TextStyle.CAPTION, tone=Tone.TERTIARY)
        self._left = text_label("made on this computer", TextStyle.CAPTION, Tone.TERTIARY)
        for first, last in ((self._sum, self._price), (self._detail, self._left)):
            row = QHBoxLayout()
            row.addWidget(first)
            row.addStretch(1)
            row.addWidget(last)
            column.addLayout(row)
        column.addSpacing(6)
        self.button = Button(look, "Make drafts", variant=ButtonVariant.PRIMARY, icon="sparkles", scale="large")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.generate_wanted)
        column.addWidget(self.button)
        self.show_sum(0, Recipe())

    def show_compact(self, compact: bool) -> None:
        """One line instead of two where there is little room: how many drafts, and the price."""
        self._sum.setVisible(not compact)
        self._left.setVisible(not compact)

    def show_sum(self, pieces: int, recipe: Recipe) -> None:
        """What ``pieces`` pieces by that recipe come to."""
        images = pieces * len(variants(recipe))
        factors = [
            *([_counted(pieces, "piece")] if pieces > 1 else []),
            _counted(len(recipe.scenes), "scene"),
            _counted(len(recipe.metals), "metal"),
            _counted(recipe.count, "image"),
        ]
        say(self._sum, f"{' × '.join(factors)} = {images:,}" if images else "Select a piece")
        say(self._detail, f"{_counted(images, 'draft')} · nothing is sent" if images else "")
        self.button.setText(f"Make {_counted(images, 'draft')}" if images else "Make drafts")
        self.button.setEnabled(images > 0)
        self.button.setAccessibleDescription("" if images else "Select a piece first")


def phrases_of(piece: Piece, variant: Variant) -> list[str]:
    """The words that the user chose or confirmed, as they stand in a prompt."""
    terms: list[Term] = [piece.type.value, piece.metal.value, piece.purity.value, piece.finish.value]
    terms.append(piece.setting.value)
    for stone in piece.stones:
        terms += [stone.species.value, stone.colour.value, stone.shape.value]
    return [*(term.label for term in terms if term != UNKNOWN), variant.metal.label, variant.scene.label]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
