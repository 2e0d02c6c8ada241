"""Step 1 and its form at work: what of the selected pieces is shown, and what the user says of them. GUI thread.

Chips are kept at once, the form when it is saved. Leaving the form for the chips or another piece saves what was
changed in it, as closing the window does; Escape asks. What the core refuses is in the form again with its piece.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library.catalogue import piece_ids
from dmdx_desktop.library.piece_view import PieceView
from dmdx_desktop.library.selected_pieces import Former, SelectedPieces, selected_pieces
from dmdx_desktop.models.commands import Identify
from dmdx_desktop.models.describing import described
from dmdx_desktop.models.gestures import StatedStone
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.describing import Describing, Said, commands_of
from dmdx_desktop.ui.studio.fact_words import MAIN_FACTS, OTHER_FACTS, UNKNOWN
from dmdx_desktop.ui.studio.piece_form import PieceForm
from dmdx_desktop.ui.studio.piece_step import PieceStep
from dmdx_desktop.ui.studio.unsaved_dialog import UnsavedDialog

READ_AGAIN_MS: Final = 120
NAMES: Final = tuple(kind.name for kind in (*MAIN_FACTS, *OTHER_FACTS))


class PieceEditing(QObject):
    """Owns the step and the form, and puts one or the other in view."""

    def __init__(self, parts: Parts, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts = parts
        self._keys: tuple[int, ...] = ()
        self._view: PieceView | None = None
        self._selected: SelectedPieces | None = None
        self._refused: dict[tuple[int, ...], Said] = {}
        self._stack = QStackedWidget()
        self.describing = Describing(parts, self)
        self.step = PieceStep(parts.look, parts.keys)
        self.form = PieceForm(parts.look)
        self.dialog: UnsavedDialog | None = None
        self._reading = QTimer(self, singleShot=True, interval=READ_AGAIN_MS)
        self._reading.timeout.connect(self._read)
        self.step.stated.connect(self._on_stated)
        self.step.withdrawn.connect(lambda name: self._say(Said(withdrawn=(name,))))
        self.step.stone_removed.connect(self._on_stone_removed)
        self.step.form_wanted.connect(self.show_form)
        self.step.stone_wanted.connect(self._on_stone_wanted)
        self.form.save_wanted.connect(self.save)
        self.form.left.connect(self._on_left)
        self.form.cancelled.connect(self._on_cancelled)
        self.form.identify_wanted.connect(self._on_identify)
        self.describing.settled.connect(self._read_soon)

    def stacked(self, steps: QWidget) -> QStackedWidget:
        """``steps`` and the form in one place, of which one is in view."""
        self._stack.addWidget(steps)
        self._stack.addWidget(self.form)
        return self._stack

    @property
    def is_form_shown(self) -> bool:
        """Whether the form is in view, in place of the steps."""
        return self._stack.currentWidget() is self.form

    def choose(self, keys: Sequence[int]) -> None:
        """Other pieces are selected, the current one first; what was changed in the form is saved."""
        if set(keys) == set(self._keys):
            return
        if self.form.said:
            self.save()
        self._keys = tuple(keys)
        if len(keys) > 1:
            self._read()

    def show_piece(self, view: PieceView | None) -> None:
        """Show the current piece, if it is the only one that is selected."""
        if len(self._keys) > 1 or (view is None and self._keys):
            return
        self._view, self._selected = view, None
        self.step.show_piece(view)
        if view is None:
            self.show_chips()
        elif self.is_form_shown:
            self._fill_form()

    def take_changes(self, keys: set[int] | None) -> None:
        """Pieces with these keys changed, or, for None, any."""
        if len(self._keys) > 1 and (keys is None or not keys.isdisjoint(self._keys)):
            self._read_soon()

    def show_form(self) -> None:
        """Bring the form into view."""
        if self._view is not None or self._selected is not None:
            self._fill_form()
            self._stack.setCurrentWidget(self.form)
            self.form.fields["type"].setFocus()

    def show_chips(self) -> None:
        """Bring the steps into view."""
        focused: QWidget | None = self._stack.focusWidget()
        had_focus = focused is not None and self.form.isAncestorOf(focused)
        self._stack.setCurrentIndex(0)
        if had_focus:
            self.step.edit.setFocus()

    def save(self) -> None:
        """Keep what was changed in the form."""
        said, keys = self.form.said, self.form.keys
        if said:
            self.describing.describe(keys, said, partial(self._on_saved, keys, said))

    def save_at_once(self) -> None:
        """The window closes: send what was changed in the form, without a way back."""
        said = self.form.said
        ids = self._selected.ids if self._selected is not None else ()
        if self._view is not None:
            ids = (self._view.id,)
        if said and ids:
            for command in commands_of(said, [Former(job_id, "", {}) for job_id in ids]):
                self._parts.bridge.send(command)

    def _read_soon(self) -> None:
        if len(self._keys) > 1:
            self._reading.start()

    def _read(self) -> None:
        keys = self._keys
        if len(keys) > 1:
            question = partial(selected_pieces, keys=keys, names=NAMES)
            self._parts.source.ask(self, question, partial(self._take, keys))

    def _take(self, keys: tuple[int, ...], selected: SelectedPieces) -> None:
        if keys == self._keys and selected.keys:
            self._view, self._selected = None, selected
            self.step.show_selected(selected)
            if self.is_form_shown:
                self._fill_form()

    def _fill_form(self) -> None:
        if self._selected is not None:
            self.form.show_selected(self._selected)
        elif self._view is not None:
            self.form.show_piece(self._view)
        refused = self._refused.pop(self.form.keys, None)
        if refused is not None:
            self.form.show_said(refused)

    def _on_stated(self, name: str, value: str) -> None:
        self._say(Said({name: value}))

    def _on_stone_removed(self, number: int) -> None:
        if self._view is not None:
            left = (at for at in range(len(self._view.piece.stones)) if at != number)
            self._say(Said(stones=tuple(StatedStone(was=at) for at in left)))

    def _on_stone_wanted(self, number: int) -> None:
        self.show_form()
        cards = self.form.stones.cards
        if number < len(cards):
            self.form.show_field(cards[number])
            cards[number].fields["species"].setFocus()
        else:
            self.form.stones.add.click()

    def _say(self, said: Said) -> None:
        """Keep what a chip said, and show it at once."""
        if self._view is not None:
            view = self._view
            self.describing.describe((view.key,), said, partial(self._on_chip_said, view))
            try:
                piece = described(view.piece, said.facts, said.withdrawn, said.stones)
            except UsageError:
                return  # the core says why
            self._view = replace(view, piece=piece)
            self.step.show_piece(self._view)
        elif self._selected is not None:
            selected = self._selected
            self.describing.describe(selected.keys, said)
            total = len(selected.keys)
            values = {name: Counter({value: total}) for name, value in said.facts.items()}
            values |= {name: Counter({UNKNOWN: total}) for name in said.withdrawn}
            self._selected = replace(selected, values=selected.values | values)
            self.step.show_selected(self._selected)

    def _on_chip_said(self, before: PieceView, refused: str) -> None:
        if refused and self._view is not None and self._view.key == before.key:
            self._view = before
            self.step.show_piece(before)

    def _on_saved(self, keys: tuple[int, ...], said: Said, refused: str) -> None:
        is_in_form, is_chosen = self.form.keys == keys, set(keys) == set(self._keys)
        if is_in_form and is_chosen and refused:
            if not self.form.said:  # it was left and come back to meanwhile
                self.form.show_said(said)
            self.form.tell_trouble(refused)
            self._stack.setCurrentWidget(self.form)
        elif is_in_form and is_chosen:
            if self.form.said:
                self.form.forget_said()
                self.show_chips()
        else:
            if is_in_form:
                # Another piece is chosen and shown in a moment: what the form holds of this one would be gone then.
                self.form.forget_said()
            if refused:
                self._refused[keys] = said

    def _on_left(self) -> None:
        if self.form.said:
            self.save()
        else:
            self.show_chips()

    def _on_cancelled(self) -> None:
        if not self.form.said:
            self.show_chips()
            return
        self.dialog = UnsavedDialog(self._stack.window(), self._parts.look)
        self.dialog.save_wanted.connect(self.save)
        self.dialog.discard_wanted.connect(self._on_discarded)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _on_discarded(self) -> None:
        self.form.forget_said()
        self.show_chips()

    def _on_identify(self) -> None:
        def send(jobs: list[str]) -> None:
            if jobs:
                self._parts.bridge.send(Identify(targets=tuple(jobs)))

        self._parts.source.ask(self, partial(piece_ids, keys=self.form.keys), send)
