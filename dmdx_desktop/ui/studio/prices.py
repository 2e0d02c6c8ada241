"""What images of a recipe cost, asked of the service a moment after the recipe was changed last. GUI thread.

Nothing waits for an answer. A price holds for an engine, a shape, a size and a number of references; it is asked for
once, and again while it is shown for long.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from dmdx_desktop.link.messages import Answer, Failed
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.connecting import QuoteImages
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.parts import Parts

PAUSE_MS: Final = 300
HOLDS_MS: Final = 600_000
AGAIN_MS: Final = 10_000
"""So long after a price could not be had it is asked for once more."""
MOST_REFERENCES: Final = 20
Key = tuple[str, str, int, int]


class Prices(QObject):
    """``changed`` comes when the price of what is wanted, or why there is none, is known."""

    changed = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._known: dict[Key, int] = {}
        self._failures: dict[Key, Failed] = {}
        self._wanted: tuple[Key, Recipe, int] | None = None
        self._asked: set[Key] = set()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._old = QTimer(self, interval=HOLDS_MS)
        self._old.timeout.connect(self._ask_anew)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._ask)

    def want(self, recipe: Recipe, images: int, references: int) -> None:
        """Have the price of these known, by and by; a recipe of drafts, or no image, has none."""
        if recipe.engine == EngineId.DRAFT or not images:
            self._wanted = None
            for timer in (self._pause, self._old, self._again):
                timer.stop()
            return
        sent = min(max(references, 1), MOST_REFERENCES)
        key = (recipe.engine, recipe.shape.value, recipe.size, sent)
        is_other = self._wanted is None or self._wanted[0] != key
        self._wanted = (key, recipe, images)
        if is_other:
            self._failures.pop(key, None)
            self._old.start()
        if key not in self._known and key not in self._failures and key not in self._asked:
            self._pause.start()

    @property
    def each(self) -> int | None:
        """What one image costs in micro-USD, once it is known."""
        return None if self._wanted is None else self._known.get(self._wanted[0])

    @property
    def failure(self) -> Failed | None:
        """Why the price could not be had, if so."""
        return None if self._wanted is None else self._failures.get(self._wanted[0])

    def ask_again(self) -> None:
        """Try once more where it could not be had."""
        if self._wanted is not None:
            self._failures.pop(self._wanted[0], None)
            self.changed.emit()
            self._ask()

    def forget(self) -> None:
        """Another connection may have other prices."""
        self._known.clear()
        self._failures.clear()
        if self._wanted is not None:
            self._pause.start()

    def _ask_anew(self) -> None:
        """The price that is shown stays until another one is known."""
        if self._wanted is not None:
            shown = self._wanted[0]
            self._known = {key: each for key, each in self._known.items() if key == shown}
            self._ask()

    def _ask(self) -> None:
        if self._wanted is not None and self._wanted[0] not in self._asked:
            key, recipe, images = self._wanted
            self._asked.add(key)
            quote = QuoteImages(recipe=recipe, images=images, references=key[3])
            self._parts.bridge.send(quote, partial(self._take, key))

    def _take(self, key: Key, answer: Answer) -> None:
        self._asked.discard(key)
        if isinstance(answer, Failed):
            self._known.pop(key, None)
            self._failures[key] = answer
            self._again.start()
        else:
            each = answer.document.get("each_micro_usd")
            if isinstance(each, int):
                self._failures.pop(key, None)
                self._known[key] = each
        self.changed.emit()
