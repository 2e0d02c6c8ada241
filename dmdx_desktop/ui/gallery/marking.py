"""Stars and flags for any number of images, and back: shown at once, made durable block by block. GUI thread.

What images had before is read on a reader thread and kept as packed keys, so that a million marked images cost
megabytes and no frame. A block is asked for when the one before it was sent. What is shown is held until the core has
answered for its block: until then the library says what was there before.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from dmdx_desktop.library.catalogue import ImageCard, image_cards, image_ids
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.ui.keyed_model import KeyedModel
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.wording import tr

BLOCK: Final = 5_000
SHOWN_AT_ONCE: Final = 4_000
"""More cards than this the model does not keep; the others are read again as the core tells of them."""
READ_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """Stars and a flag; None leaves what is there."""

    rating: int | None = None
    flag: str | None = None


Former = tuple[Mark, "array[int]"]
"""What these images had."""


class Marking(QObject):
    """Marks images through the undo history."""

    def __init__(self, parts: Parts, model: KeyedModel[ImageCard], parent: QObject, block: int = BLOCK) -> None:
        super().__init__(parent)
        self._parts, self._model = parts, model
        self.block = block

    def mark(self, keys: "array[int]", mark: Mark) -> None:
        """Give these images stars or a flag."""
        if keys:
            self._parts.history.push(MarkingStep(self, keys, mark))

    def show(self, keys: "array[int]", mark: Mark) -> set[int]:
        """Show the mark where the images are known, and hold it there; the keys of which that is so."""
        shown = set()
        for key in keys[:SHOWN_AT_ONCE]:
            card = self._model.known(key)
            if card is not None:
                rating = card.rating if mark.rating is None else mark.rating
                self._model.patch(replace(card, rating=rating, flag=card.flag if mark.flag is None else mark.flag))
                shown.add(key)
        self._model.hold(shown)
        return shown

    def release(self, keys: Iterable[int]) -> None:
        """What is shown of these images need not be held any more."""
        self._model.release(keys)

    def look_again(self, keys: "array[int]") -> None:
        """Show these images as they are in the library."""
        self._model.refresh(keys if len(keys) <= SHOWN_AT_ONCE else None)

    def read_former(self, keys: "array[int]", mark: Mark, then: Callable[[list[Former]], None]) -> None:
        """Of ``keys``, what they have where ``mark`` says something else."""
        self._parts.source.ask(self, partial(former_marks, keys=keys, mark=mark), then)

    def read_ids(self, keys: "array[int]", then: Callable[[list[str]], None]) -> None:
        """The ids of ``keys``; images that are gone have none."""
        self._parts.source.ask(self, partial(image_ids, keys=keys), then)

    def send(self, ids: Sequence[str], mark: Mark, held: Iterable[int]) -> None:
        """Have the mark made durable; what is ``held`` is released once the core has answered."""
        # Gestures take as long to load as the whole gallery, and are first wanted when somebody marks something.
        from dmdx_desktop.models.gestures import MarkImages

        if ids:
            values = {"outputs": ids, "rating": mark.rating, "flag": mark.flag}
            self._parts.bridge.send(MarkImages.model_validate(values), lambda answer: self.release(held))
        else:
            self.release(held)


class MarkingStep(QUndoCommand):
    """One press of a key, whatever number of images it was for."""

    def __init__(self, marking: Marking, keys: "array[int]", mark: Mark) -> None:
        super().__init__(tr("Rating") if mark.flag is None else tr("Flag"))
        self._marking, self._keys, self._mark = marking, keys, mark
        self._before: list[Former] = []
        self._read = 0
        self._course = 0
        self._held: set[int] = set()
        """What is held until it is sent; from then on the answer releases it."""

    def redo(self) -> None:
        self._begin_course()
        self._held = self._marking.show(self._keys, self._mark)
        self._go_on(self._course, 0)

    def undo(self) -> None:
        self._begin_course()
        for former, keys in self._before:
            self._held |= self._marking.show(keys, former)
        if self._read < len(self._keys):
            self._marking.look_again(self._keys)  # what was shown was not asked for yet
        self._go_back(self._course, 0)

    def _begin_course(self) -> None:
        """What was not sent on the course before never will be."""
        self._course += 1
        self._marking.release(self._held)
        self._held = set()

    def _send(self, course: int, keys: "array[int]", mark: Mark, then: Callable[[], None]) -> None:
        """Have a block made durable, and go on; not once another course was taken."""

        def take(ids: list[str]) -> None:
            if course == self._course:
                held = self._held.intersection(keys)
                self._held -= held
                self._marking.send(ids, mark, held)
                then()

        self._marking.read_ids(keys, take)

    def _go_on(self, course: int, first: int) -> None:
        """Mark the block that begins at ``first``, having read what it had; not once another course was taken."""
        if course != self._course or first >= len(self._keys):
            return
        block = self._keys[first : first + self._marking.block]
        after = partial(self._go_on, course, first + len(block))

        def send(former: list[Former]) -> None:
            if course == self._course:
                self._before += former
                self._read = max(self._read, first + len(block))
                self._send(course, block, self._mark, after)

        if first < self._read:
            self._send(course, block, self._mark, after)
        else:
            self._marking.read_former(block, self._mark, send)

    def _go_back(self, course: int, at: int) -> None:
        if course == self._course and at < len(self._before):
            former, keys = self._before[at]
            self._send(course, keys, former, partial(self._go_back, course, at + 1))


def former_marks(connection: Connection, keys: "array[int]", mark: Mark) -> list[Former]:
    """What these images have of what ``mark`` would change, those that have it already left out. On a reader thread."""
    found: dict[Mark, array[int]] = {}
    for first in range(0, len(keys), READ_AT_ONCE):
        for card in image_cards(connection, keys[first : first + READ_AT_ONCE]):
            former = Mark(None if mark.rating is None else card.rating, None if mark.flag is None else card.flag)
            if former != mark:
                found.setdefault(former, array("q")).append(card.key)
    return list(found.items())
