"""What paid engines need in the studio: the list of them, the price of what is chosen, the money of the month.

GUI thread. It has step 2 offer the engines and step 3 say the price; nothing here sends a request that costs money.
"""

import time
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from dmdx_desktop.library.money_view import MoneyView, money_view, most_ready_references
from dmdx_desktop.link.messages import Failed
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.recipe import Recipe, variants
from dmdx_desktop.ui.failure_words import failed_words
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.engines import Engines, engine_name
from dmdx_desktop.ui.studio.generate_footer import Cost, GenerateFooter, WayOut
from dmdx_desktop.ui.studio.prices import Prices
from dmdx_desktop.ui.studio.recipe_step import RecipeStep
from dmdx_desktop.ui.wording import tr

ACCOUNT_CODES: Final = frozenset({"not_connected", "wrong_key", "not_permitted", "no_credit", "vault_locked"})
"""What is settled where connections are."""
BETWEEN_S: Final = 1.0
"""A second press within this time is taken for the same one."""


class Paying(QObject):
    """``money_known`` tells this month's money whenever it was read, ``connections_wanted`` that they are to be shown.

    ``engines.changed`` comes when others can be chosen.
    """

    money_known = Signal(MoneyView)
    connections_wanted = Signal()

    def __init__(self, parts: Parts, step: RecipeStep, footer: GenerateFooter) -> None:
        super().__init__(footer)
        self._parts, self._step, self._footer = parts, step, footer
        self._chosen: tuple[int, ...] = ()
        self._references: int | None = None
        """How many pictures the chosen piece with most of them has, once they were counted."""
        self._money = MoneyView()
        self._pressed = 0.0
        self.prices = Prices(parts, self)
        self.engines = Engines(parts, self)
        self.engines.changed.connect(self._on_engines)
        self.prices.changed.connect(self._show)
        footer.helped.connect(self._help)
        step.connections_wanted.connect(self.connections_wanted)

    def read_money(self) -> None:
        """Look again at what this month has cost."""
        self._parts.source.ask(self, money_view, self._take_money)

    def show(self, chosen: Sequence[int]) -> None:
        """Say what the recipe comes to for these pieces."""
        if tuple(chosen) != self._chosen:
            self._chosen, self._references = tuple(chosen), None
        self._show()
        if self._step.recipe.engine != EngineId.DRAFT and chosen:
            count = partial(most_ready_references, pieces=self._chosen)
            self._parts.source.ask(self, count, partial(self._take_references, self._chosen))

    def may_send(self, recipe: Recipe, pieces: int) -> bool:
        """Whether exactly this may be asked for now: it is free, or its price stands on the button that was pressed."""
        if recipe.engine == EngineId.DRAFT:
            return True
        offer = self._footer.offer
        if offer is None or offer.recipe != recipe or offer.images != pieces * len(variants(recipe)):
            return False
        now = time.monotonic()
        is_again, self._pressed = now - self._pressed < BETWEEN_S, now
        return not is_again

    def price_of(self, recipe: Recipe) -> int | None:
        """What one image costs by the price that stands on the button, in micro-USD; None where none does."""
        offer = self._footer.offer
        return offer.total // offer.images if offer is not None and offer.recipe == recipe else None

    @property
    def most_references(self) -> int | None:
        """How many references the engine of the recipe is sent at most; None for drafts."""
        engine = self._step.engines.engine
        if engine == EngineId.DRAFT:
            return None
        found = self.engines.listing.find(engine)
        return 1 if found is None else found.most_references

    def _take_money(self, money: MoneyView) -> None:
        self._money = money
        self.money_known.emit(money)
        self._show()

    def _take_references(self, chosen: tuple[int, ...], most: int) -> None:
        if chosen == self._chosen and most != self._references:
            self._references = most
            self._show()

    def _on_engines(self) -> None:
        self._step.show_listing(self.engines.listing)
        self.prices.forget()
        self._show()

    def _show(self) -> None:
        recipe, pieces = self._step.recipe, len(self._chosen)
        listing = self.engines.listing
        most = self.most_references
        is_offered = listing.is_connected and not listing.is_retired(recipe.engine)
        references = self._references
        images = pieces * len(variants(recipe)) if is_offered and references is not None else 0
        self.prices.want(recipe, images, min(references or 1, most or 1))
        self._footer.show_sum(pieces, recipe, self._cost(recipe), self._money)

    def _cost(self, recipe: Recipe) -> Cost | None:
        if recipe.engine == EngineId.DRAFT:
            return None
        listing = self.engines.listing
        if listing.is_known and not listing.is_connected:
            words = tr("{engine} is not connected. Nothing is sent.", engine=engine_name(recipe.engine))
            return Cost(trouble=words, way_out=WayOut.CONNECTIONS)
        if listing.is_retired(recipe.engine):
            return Cost(trouble=tr("{engine} is no longer offered.", engine=engine_name(recipe.engine)))
        failure = self.prices.failure
        if failure is None:
            return Cost(each=self.prices.each, is_compared=listing.reads_elsewhere)
        way_out = WayOut.CONNECTIONS if failure.code in ACCOUNT_CODES else WayOut.AGAIN
        return Cost(trouble=price_failure_words(failure), way_out=way_out)

    def _help(self, way_out: WayOut) -> None:
        if way_out is WayOut.AGAIN:
            self.prices.ask_again()
            if not self.engines.listing.engines:
                self.engines.ask()
        else:
            self.connections_wanted.emit()


def price_failure_words(failure: Failed) -> str:
    """Why there is no price."""
    if failure.code == "offline":
        return tr("The price cannot be asked: WaveSpeed cannot be reached.")
    return failed_words(failure)
