"""Prompts that the user writes in place of the made ones: shown at once, kept with their piece, undone. GUI thread.

What is typed goes to the core with every pause, and is one step of the history once the text is left.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand

from dmdx_desktop.link.messages import Answer
from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from dmdx_desktop.models.gestures import WritePrompt
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.models.own_prompt import LONGEST_PROMPT, OwnPrompt
from dmdx_desktop.models.recipe import Recipe, variants
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.wording import tr

PAUSE_MS: Final = 600


class PromptPlace(NamedTuple):
    """What a prompt is for: the images of one piece in a scene and a metal, from one side."""

    job: str
    scene: SceneId
    metal: RecipeMetal
    shot: ShotId


class OwnPrompts(QObject):
    """``changed`` comes when a text is another one, but not for what is being typed."""

    changed = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._texts: dict[PromptPlace, str] = {}
        self._unanswered: Counter[PromptPlace] = Counter()
        self._typed: PromptPlace | None = None
        self._before: str | None = None
        self._pausing = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pausing.timeout.connect(self._keep_typed)

    def text_of(self, place: PromptPlace) -> str | None:
        """What was written; None where the made text holds."""
        return self._texts.get(place)

    def wanted_by(self, recipe: Recipe) -> tuple[OwnPrompt, ...]:
        """What was written for images that ``recipe`` asks for, of any piece; an empty text does not count."""
        choices = {(one.scene, one.metal, one.shot) for one in variants(recipe)}
        return tuple(
            OwnPrompt(job=place.job, scene=place.scene, metal=place.metal, shot=place.shot, text=text)
            for place, text in self._texts.items()
            if place[1:] in choices and text.strip()
        )

    def take(self, job: str, kept: Sequence[OwnPrompt]) -> None:
        """The library keeps these for a piece. What it was told and has not answered yet is newer, and stays."""
        known = {PromptPlace(one.job, one.scene, one.metal, one.shot): one.text for one in kept}
        mine = {place for place in self._texts if place.job == job}
        for place in mine | known.keys():
            if not self._unanswered[place] and place != self._typed:
                self._put(place, known.get(place))

    def begin(self, place: PromptPlace, made: str) -> None:
        """Have the text ``made`` written anew."""
        self.leave()
        self._typed, self._before = place, None
        self._texts[place] = made
        self._pausing.start()
        self.changed.emit()

    def type(self, place: PromptPlace, text: str) -> None:
        """The text was typed so far."""
        if place != self._typed:
            self.leave()
            self._typed, self._before = place, self._texts.get(place)
        self._texts[place] = text[:LONGEST_PROMPT]
        self._pausing.start()

    def leave(self) -> None:
        """The text is left: what was typed in it is one step."""
        place, self._typed = self._typed, None
        self._pausing.stop()
        if place is not None:
            written = self._texts.get(place, "")
            self._push(place, self._before, written if written.strip() else None)

    def give_up(self, place: PromptPlace) -> None:
        """The made text holds again."""
        self.leave()
        self._push(place, self._texts.get(place), None)

    def use(self, prompts: Sequence[OwnPrompt]) -> None:
        """Write these, in one step."""
        self.leave()
        self._parts.history.beginMacro(tr("Edit prompt"))
        for one in prompts:
            place = PromptPlace(one.job, one.scene, one.metal, one.shot)
            self._push(place, self._texts.get(place), one.text)
        self._parts.history.endMacro()

    def write(self, place: PromptPlace, text: str | None) -> None:
        """Show a text, and have it kept; None for the made one."""
        self._put(place, text)
        self._send(place, text or "")
        self.changed.emit()

    def _push(self, place: PromptPlace, before: str | None, after: str | None) -> None:
        if before != after:
            self._parts.history.push(_Writing(self, place, before, after))
        elif after != self._texts.get(place):
            self.write(place, after)  # what was typed was taken back before it was a step

    def _put(self, place: PromptPlace, text: str | None) -> None:
        if text is None:
            self._texts.pop(place, None)
        else:
            self._texts[place] = text

    def _keep_typed(self) -> None:
        if self._typed is not None:
            self._send(self._typed, self._texts.get(self._typed, ""))

    def _send(self, place: PromptPlace, text: str) -> None:
        def settle(answer: Answer) -> None:
            del answer
            self._unanswered[place] -= 1

        self._unanswered[place] += 1
        command = WritePrompt(job=JobId(place.job), scene=place.scene, metal=place.metal, shot=place.shot, text=text)
        self._parts.bridge.send(command, settle)


class _Writing(QUndoCommand):
    """A prompt became another."""

    def __init__(self, prompts: OwnPrompts, place: PromptPlace, before: str | None, after: str | None) -> None:
        super().__init__(tr("Edit prompt"))
        self._prompts, self._place, self._before, self._after = prompts, place, before, after

    def redo(self) -> None:
        self._prompts.write(self._place, self._after)

    def undo(self) -> None:
        self._prompts.write(self._place, self._before)
