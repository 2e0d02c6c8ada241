"""Review: one image large, beside its reference or beside others, judged with the keyboard alone. GUI thread."""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.image_view import ImageView, image_view
from dmdx_desktop.models.checklist import CheckItem
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.look import Tone, say, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import LARGE
from dmdx_desktop.ui.review.film import Film
from dmdx_desktop.ui.review.judgements import Judgement, Mark, MarkedImage, command_of, ticked
from dmdx_desktop.ui.review.pictures import Pictures
from dmdx_desktop.ui.review.review_bar import Mode, ReviewBar
from dmdx_desktop.ui.review.verdict_panel import VerdictPanel
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

RATES: Final = {
    action: stars
    for stars, action in enumerate(
        (
            KeyAction.RATE_0,
            KeyAction.RATE_1,
            KeyAction.RATE_2,
            KeyAction.RATE_3,
            KeyAction.RATE_4,
            KeyAction.RATE_5,
        )
    )
}
FLAGS: Final = {KeyAction.PICK: "pick", KeyAction.REJECT: "reject", KeyAction.UNFLAG: "none"}
OF_THE_DIVIDER: Final = (KeyAction.SWAP, KeyAction.BLINK, KeyAction.DIVIDER_BACK, KeyAction.DIVIDER_AHEAD)
PREVIEW_WITHIN_MS: Final = 1_000
"""A picture without a preview by then is looked at itself: it may be damaged."""


def remaining(connection: Connection, keys: Sequence[int]) -> set[int]:
    """Those of these images that are still in the library."""
    rows = connection.execute(
        "SELECT output.key FROM json_each(?) AS wanted JOIN output ON output.key = wanted.value"
        " JOIN job ON job.key = output.job_key WHERE job.deleted_at IS NULL",
        (json.dumps(list(keys)),),
    )
    return {key for (key,) in rows}


class ReviewPage(QWidget):
    """``shown`` tells the key of the image in view, ``delete_wanted`` the keys of images to delete after asking."""

    shown = Signal(int)
    export_wanted = Signal(list)
    export_again_wanted = Signal(list)
    delete_wanted = Signal(list)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._view: ImageView | None = None
        self._unanswered: list[tuple[int, Mark]] = []
        """Marks that the core has not answered yet, oldest first, each with the key of its image."""
        self._before: int | None = None
        """The image that was in view before this one: what it is compared with."""
        self._now: int | None = None
        self._caps = False
        self.film = Film(parts)
        self.model = self.film.cards
        self.bar = ReviewBar(parts.look, parts.preferences)
        self.pictures = Pictures(parts, self.model)
        self.inspector = VerdictPanel(parts.look)
        self._fault = text_label(tone=Tone.DANGER, wrap=True)
        self._nothing = text_label("Nothing selected", TextStyle.TITLE, Tone.SECONDARY)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._looking = QTimer(self, singleShot=True, interval=PREVIEW_WITHIN_MS)
        self._looking.timeout.connect(self._look_for_damage)
        self._build()
        self._connect()
        self._show()

    def show_images(self, keys: Sequence[int], key: int) -> None:
        """Review these images, beginning with ``key``. An array is kept as it is; nothing is done for each key."""
        self._before = self._now = None
        self.pictures.close_ups.forget_faults()
        self.film.show_order(keys if isinstance(keys, array) else array("q", keys), key)
        self.pictures.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def compare(self, keys: Sequence[int]) -> None:
        """Review these images side by side."""
        self.show_images(keys, keys[0])
        self.film.selectAll()
        self.choose_mode(Mode.COMPARE)

    def take_changes(self, changes: Mapping[str, set[int] | None]) -> None:
        """Rows of these tables changed."""
        if "output" not in changes and "job" not in changes:
            return
        touched = changes.get("output", set())
        self.model.refresh(touched)
        around = list(self.model.keys)
        self._parts.source.ask(self, partial(remaining, keys=around), partial(self._take_remaining, set(around)))
        if self.key is not None and (touched is None or self.key in touched):
            self._ask_view(self.key)

    @property
    def key(self) -> int | None:
        """The image that keys judge."""
        if self.mode is Mode.COMPARE and self.pictures.grid.keys:
            return self.pictures.grid.active.key
        return self.film.current

    @property
    def mode(self) -> Mode:
        """How images are reviewed."""
        return self.bar.chosen_mode

    def choose_mode(self, mode: Mode) -> None:
        """Review images another way."""
        self.bar.show_mode(mode)
        self.inspector.stand_beside(several=mode is Mode.COMPARE)
        self.pictures.show_mode(mode, self._to_compare())
        self._show()

    def selected_keys(self) -> list[int]:
        """The image that is judged, as the only one of a list."""
        return [] if self.key is None else [self.key]

    def delete_selected(self) -> None:
        """Have the image in view deleted, after asking."""
        if keys := self.selected_keys():
            self.delete_wanted.emit(keys)

    def next_surround(self) -> None:
        """Show the pictures on the next ground."""
        self.bar.surrounds.next()

    def mark(self, *, rating: int | None = None, flag: str | None = None, key: int | None = None) -> None:
        """Give an image, or else the one in view, stars or a flag; it shows at once and can be undone."""
        card = self._card(key)
        if card is not None:
            before = Mark(None if rating is None else card.rating, None if flag is None else card.flag)
            self._judge(card, before, Mark(rating, flag))

    def tick(self, item: CheckItem, on: bool) -> None:
        """Tick a line of the checklist of the image in view, or take the tick away."""
        card = self._card()
        if card is not None:
            self._judge(card, Mark(checks={item: not on}), Mark(checks={item: on}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._watch_caps_lock(event)
        action = self._parts.keys.action(event)
        deeds = {
            KeyAction.NEXT: lambda: self.film.step(1),
            KeyAction.PREVIOUS: lambda: self.film.step(-1),
            KeyAction.COMPARE: lambda: self._toggle(Mode.COMPARE),
            KeyAction.SWAP: lambda: self._toggle(Mode.BEFORE_AFTER),
            KeyAction.LOUPE: self._toggle_loupe,
            KeyAction.SURROUND: self.next_surround,
            KeyAction.INSPECTOR: self.inspector.toggle,
            KeyAction.DELETE: self.delete_selected,
        }
        step = {Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1}.get(event.key(), 0)
        if action in OF_THE_DIVIDER and self.mode is Mode.BEFORE_AFTER:
            self.pictures.before_after.keyPressEvent(event)
        elif action in RATES or action in FLAGS:
            self.mark(rating=RATES.get(action), flag=FLAGS.get(action))
            if self._caps and self.mode is not Mode.COMPARE:
                self.film.step(1)
        elif action in deeds:
            deeds[action]()
        elif step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.film.step(-step if self.isRightToLeft() else step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.mode is Mode.COMPARE:
            self._keep_active()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._parts.keys.action(event) is KeyAction.BLINK and self.mode is Mode.BEFORE_AFTER:
            self.pictures.before_after.keyReleaseEvent(event)
        else:
            super().keyReleaseEvent(event)

    def _build(self) -> None:
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.pictures)
        self._fault.setContentsMargins(16, 8, 16, 8)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._fault)
        column.addWidget(self._stack, 1)
        column.addWidget(self.film)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(column, 1)
        outer.addWidget(self.inspector)

    def _connect(self) -> None:
        pictures, grid = self.pictures, self.pictures.grid
        self.bar.mode_chosen.connect(lambda mode: self.choose_mode(Mode(mode)))
        self.bar.linked.connect(grid.link)
        self.bar.zoom_wanted.connect(pictures.toggle_zoom)
        self.bar.loupe_wanted.connect(self._toggle_loupe)
        self.bar.surrounds.chosen.connect(pictures.set_ground)
        pictures.set_ground(self.bar.surrounds.colour)
        pictures.zoomed.connect(self.bar.tell_zoom)
        pictures.close_ups.damaged.connect(lambda sha256: self._show())
        grid.chosen.connect(self._on_chosen)
        grid.rated.connect(lambda key, stars: self.mark(rating=stars, key=key))
        grid.flagged.connect(lambda key, flag: self.mark(flag=flag, key=key))
        self.film.stepped.connect(self._on_step)
        self.film.picked_out.connect(self._on_picked_out)
        self.model.arrived.connect(self._show)
        self._parts.previews.ready.connect(self._on_preview)
        self.inspector.rated.connect(lambda stars: self.mark(rating=stars))
        self.inspector.flagged.connect(lambda flag: self.mark(flag=flag))
        self.inspector.ticked.connect(lambda item, on: self.tick(CheckItem(item), on))
        self.inspector.export_wanted.connect(lambda: self.export_wanted.emit(self.selected_keys()))

    def _card(self, key: int | None = None) -> ImageCard | None:
        wanted = self.key if key is None else key
        return None if wanted is None else self.model.known(wanted)

    def _judge(self, card: ImageCard, before: Mark, after: Mark) -> None:
        image = MarkedImage(card.key, card.id)
        self._parts.history.push(Judgement(image, before, after, self._carry_out))

    def _carry_out(self, image: MarkedImage, mark: Mark) -> None:
        card = self.model.known(image.key)
        pending = (image.key, mark)
        self._unanswered.append(pending)
        self.model.hold((image.key,))
        self._parts.bridge.send(command_of(image, mark), lambda answer: self._settle(pending))
        if self._view is not None and self._view.key == image.key:
            self._view = ticked(self._view, mark)
        if card is not None:
            rating = card.rating if mark.rating is None else mark.rating
            self.model.patch(replace(card, rating=rating, flag=card.flag if mark.flag is None else mark.flag))

    def _settle(self, pending: tuple[int, Mark]) -> None:
        """The core has answered: what the library says of the image holds again."""
        self._unanswered.remove(pending)
        key = pending[0]
        self.model.release((key,))
        if self.key == key:
            self._ask_view(key)

    def _toggle(self, mode: Mode) -> None:
        self.choose_mode(Mode.SINGLE if self.mode is mode else mode)

    def _toggle_loupe(self) -> None:
        self.bar.loupe.setChecked(self.pictures.toggle_loupe())

    def _keep_active(self) -> None:
        """Pick the image that is outlined and reject those beside it."""
        keep = self.key
        self._parts.history.beginMacro(tr("choice between images"))
        for key in self.pictures.grid.keys:
            self.mark(flag="pick" if key == keep else "reject", key=key)
        self._parts.history.endMacro()

    def _to_compare(self) -> list[int]:
        """The selected images; of a single one, it and the one seen before, or the next."""
        keys, at, order = self.film.compared(), self.film.at, self.film.order
        if len(keys) == 1 and len(order) > 1:
            following = order[at + 1] if at + 1 < len(order) else order[at - 1]
            keys.append(following if self._before is None else self._before)
        return keys

    def _watch_caps_lock(self, event: QKeyEvent) -> None:
        """Qt does not tell the state of Caps Lock: a letter that is typed does."""
        if event.key() == Qt.Key.Key_CapsLock and not event.isAutoRepeat():
            self._caps = not self._caps
        elif event.text().isalpha():
            self._caps = event.text().isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _on_step(self) -> None:
        self._before, self._now = self._now, self.film.current
        if self._before == self._now:
            self._before = None
        if self.mode is Mode.COMPARE:
            self.pictures.grid.compare(self._to_compare())
        self._on_key()

    def _on_picked_out(self) -> None:
        if self.mode is Mode.COMPARE:
            self.pictures.grid.compare(self._to_compare())
            self._on_key()

    def _on_chosen(self, key: int) -> None:
        if self.mode is Mode.COMPARE and (self._view is None or self._view.key != key):
            self._on_key()

    def _on_key(self) -> None:
        """Another image is judged."""
        self._view = None
        self._show()
        if self.key is not None:
            self._looking.start()
            self.shown.emit(self.key)
            self._ask_view(self.key)

    def _ask_view(self, key: int) -> None:
        self._parts.source.ask(self, partial(image_view, key=key), partial(self._take_view, key))

    def _take_view(self, key: int, view: ImageView | None) -> None:
        if self.key == key:
            # It may have been read before the core did what was asked since.
            for marked, mark in self._unanswered:
                if view is not None and marked == key:
                    view = ticked(view, mark)
            self._view = view
            self._show()

    def _take_remaining(self, asked: set[int], there: set[int]) -> None:
        self.film.drop(asked - there)

    def _look_for_damage(self) -> None:
        card, previews = self._card(), self._parts.previews
        if card is not None and not previews.has(card.sha256) and not previews.has(card.sha256, LARGE):
            self.pictures.close_ups.want(card.sha256)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pictures.show_again()

    def _on_preview(self, sha256: str) -> None:
        del sha256
        if self.isVisible():  # else it is shown what there is by then
            self.film.viewport().update()
            self.pictures.show_again()

    def _show(self) -> None:
        card, order = self._card(), self.film.order
        if card is None and self.film.current is not None:
            self.model.card(max(self.film.currentIndex().row(), 0))  # asks for it
        self._stack.setCurrentIndex(1 if order else 0)
        self.film.setVisible(bool(order))
        place = tr("image {at} of {all}", at=self.film.at + 1, all=len(order))
        self.inspector.show_image(card, place)
        self.inspector.show_view(self._view)
        self.pictures.show_image(card, self._view)
        self.film.outline(self.pictures.grid.keys if self.mode is Mode.COMPARE else [])
        fault = self.pictures.fault
        say(self._fault, fault)
        self._fault.setVisible(bool(fault))
