"""Below the steps: how many images, what they cost and what is left, and the button that names both. GUI thread."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from dmdx_desktop.library.money_view import MoneyView
from dmdx_desktop.models.money_words import about_usd, usd
from dmdx_desktop.models.recipe import Recipe, variants
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.studio.make_button import MakeButton
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import counted, tr

WARN_AT: Final = 0.8


class WayOut(StrEnum):
    """What helps where there is no price, or where it is too high."""

    NONE = ""
    CONNECTIONS = "Open Connections"
    BUDGET = "Change budget"
    AGAIN = "Try again"


@dataclass(frozen=True, slots=True)
class Cost:
    """What is known of the price of one image of a paid engine, in micro-USD; why nothing is, and what helps.

    ``is_compared`` says that a vision model is asked about each image, and paid for it.
    """

    each: int | None = None
    is_compared: bool = False
    trouble: str = ""
    way_out: WayOut = WayOut.NONE


@dataclass(frozen=True, slots=True)
class Offer:
    """What the button says that it makes, and for how much; pressed while it says so, that is what is sent."""

    recipe: Recipe
    images: int
    total: int


class GenerateFooter(QFrame):
    """Stays in view below the steps, however long they are. ``helped`` tells which way out was taken."""

    generate_wanted = Signal()
    helped = Signal(WayOut)
    offer_changed = Signal()
    """The button can be pressed now, or no longer, or says another price."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(4)
        self._is_compact, self._factors, self._images = False, "", 0
        self.offer: Offer | None = None
        """Of a paid engine; None while there is no price for exactly this."""
        self._sum, self._price = text_label(tone=Tone.SECONDARY, wrap=True), text_label("Free", TextStyle.STRONG)
        self._detail = text_label(style=TextStyle.CAPTION, tone=Tone.TERTIARY, wrap=True)
        self._left = text_label("made on this computer", TextStyle.CAPTION, Tone.TERTIARY, wrap=True)
        for first, last in ((self._sum, self._price), (self._detail, self._left)):
            row = QHBoxLayout()
            row.addWidget(first, 1)
            last.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(last, int(last is self._left))
            column.addLayout(row)
        self._besides = text_label(style=TextStyle.CAPTION, tone=Tone.TERTIARY, wrap=True)
        column.addWidget(self._besides)
        self.help = Button(look, "Connections", variant=Variant.LINK)
        self.help.clicked.connect(self._help)
        self.help.hide()
        self._way_out = WayOut.NONE
        row.addWidget(self.help, 0, Qt.AlignmentFlag.AlignRight)
        column.addSpacing(6)
        self.button = MakeButton(look)
        self.button.clicked.connect(self.generate_wanted)
        column.addWidget(self.button)
        self.show_sum(0, Recipe())

    def show_compact(self, compact: bool) -> None:
        """One line instead of two where there is little room: how many drafts, and the price."""
        self._is_compact = compact
        self._say_sum()

    @property
    def factors(self) -> str:
        """The multiplication as it is shown where there is room."""
        return self._factors

    @property
    def words(self) -> str:
        """All that is said of number and price, in one line."""
        labels = (self._sum, self._price, self._detail, self._left, self._besides)
        return " | ".join(label.text() for label in labels if label.text())

    def show_sum(self, pieces: int, recipe: Recipe, cost: Cost | None = None, money: MoneyView | None = None) -> None:
        """What ``pieces`` pieces by that recipe come to; ``cost`` is that of a paid engine, None for drafts."""
        before = (self.button.isEnabled(), self.button.text())
        self._images = images = pieces * len(variants(recipe))
        self._factors = product_words(pieces, recipe) if images else tr("Select a piece")
        self.offer = None
        say(self._besides, "")
        if cost is None or not images:
            self._show_free(images)
        else:
            self._show_paid(recipe, cost, money or MoneyView())
        self.button.setAccessibleDescription(self._reason(cost) if not self.button.isEnabled() else "")
        self._say_sum()
        if before != (self.button.isEnabled(), self.button.text()):
            self.offer_changed.emit()

    def _show_free(self, images: int) -> None:
        sent = counted("1 draft · nothing is sent", "{count} drafts · nothing is sent", images)
        say(self._price, tr("Free"))
        say(self._detail, sent if images else "", Tone.TERTIARY)
        say(self._left, tr("made on this computer"), Tone.TERTIARY)
        self._offer_help(WayOut.NONE)
        self.button.setText(_make_words(images))
        self.button.setEnabled(images > 0)

    def _show_paid(self, recipe: Recipe, cost: Cost, money: MoneyView) -> None:
        images = self._images
        total = None if cost.each is None else cost.each * images
        is_over = total is not None and money.left is not None and total > money.left
        trouble = cost.trouble
        if is_over and total is not None and cost.each is not None:
            trouble = over_words(total, cost.each, money)
        price = "…" if total is None and not trouble else "–" if total is None else usd(total)
        say(self._price, price)
        if trouble:
            say(self._detail, trouble, Tone.WARNING)
            say(self._left, "")
        elif total is None or cost.each is None:
            say(self._detail, tr("The price is being asked"), Tone.TERTIARY)
            say(self._left, "")
        else:
            say(self._detail, price_words(images, cost.each, total), Tone.TERTIARY)
            say(self._left, *left_words(total, money))
            say(self._besides, comparing_words(images, money.reading) if cost.is_compared else "")
        self._offer_help(WayOut.BUDGET if is_over else cost.way_out if trouble else WayOut.NONE)
        self.button.setText(_paid_words(images, "" if total is None and trouble else price))
        can_be_made = total is not None and not trouble
        if can_be_made and total is not None:
            self.offer = Offer(recipe, images, total)
        self.button.setEnabled(can_be_made)

    def _reason(self, cost: Cost | None) -> str:
        if not self._images or cost is None:
            return tr("Select a piece first")
        return self._detail.text()

    def _offer_help(self, way_out: WayOut) -> None:
        self._way_out = way_out
        if way_out is not WayOut.NONE:
            self.help.setText(way_out.value)
        self.help.setVisible(way_out is not WayOut.NONE)

    def _help(self) -> None:
        self.helped.emit(self._way_out)

    def _say_sum(self) -> None:
        for label in (self._detail, self._left, self._besides):
            label.setVisible(not self._is_compact and bool(label.text()))
        shortened = self._detail.text() if self._is_compact else ""
        warns = bool(shortened) and self._detail.property("tone") == Tone.WARNING
        say(self._sum, shortened or self._factors, Tone.WARNING if warns else Tone.SECONDARY)


def product_words(pieces: int, recipe: Recipe) -> str:
    """The multiplication that makes the number of images."""
    factors = [
        *([tr("{count} pieces", count=pieces)] if pieces > 1 else []),
        counted("1 scene", "{count} scenes", len(recipe.scenes)),
        counted("1 metal", "{count} metals", len(recipe.metals)),
        *([tr("{count} angles", count=len(recipe.shots))] if len(recipe.shots) > 1 else []),
        counted("1 image", "{count} images", recipe.count),
    ]
    return tr("{factors} = {count}", factors=" × ".join(factors), count=pieces * len(variants(recipe)))


def price_words(images: int, each: int, total: int) -> str:
    """What so many images cost."""
    of = counted("1 image", "{count} images", images)
    return tr("{images} × {each} = {total}", images=of, each=usd(each), total=usd(total))


def comparing_words(images: int, reading: int | None) -> str:
    """What comes on top of the price: a vision model compares each image with its reference."""
    if reading is None:
        return tr("Comparison with the reference is billed by OpenRouter")
    return tr("Comparison with the reference: about {money} more", money=about_usd(reading * images))


def left_words(total: int, money: MoneyView) -> tuple[str, Tone]:
    """What is left of the month's budget then, or what the month has cost where there is none."""
    share = money.share_with(total)
    if share is None or money.left is None or money.budget is None:
        return tr("{spent} this month", spent=about_usd(money.spent + money.reserved)), Tone.TERTIARY
    left = about_usd(money.left - total)
    if share >= WARN_AT:
        percent = min(int(share * 100), 100)
        return tr("{percent} % of budget, leaves {left}", percent=percent, left=left), Tone.WARNING
    return tr("leaves {left} of {budget}", left=left, budget=about_usd(money.budget)), Tone.TERTIARY


def over_words(total: int, each: int, money: MoneyView) -> str:
    """Why the run is more than the budget allows, and how many images are not."""
    left = money.left or 0
    first = tr("This needs {total}; {left} of the month's budget is left.", total=usd(total), left=about_usd(left))
    fits = left // each if each else 0
    return f"{first} {counted('1 image fits.', '{count} images fit.', fits)}" if fits else first


def _make_words(images: int) -> str:
    if not images:
        return tr("Make drafts")
    return counted("Make 1 draft", "Make {count} drafts", images)


def _paid_words(images: int, price: str) -> str:
    if not price:
        return counted("Make 1 image", "Make {count} images", images)
    return counted("Make 1 · {price}", "Make {count} · {price}", images, price=price)
