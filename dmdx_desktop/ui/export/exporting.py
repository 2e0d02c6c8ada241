"""Images on their way out: asks how and where to, has the core write them, tells when they are there. GUI thread."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import JsonValue
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library.catalogue import image_ids
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.channel import Channel, load_channels
from dmdx_desktop.models.command_base import MAX_TARGETS
from dmdx_desktop.models.commands import Export
from dmdx_desktop.models.ids import CommandId, new_id
from dmdx_desktop.models.own_channels import own_channels
from dmdx_desktop.ui.errands import Errands
from dmdx_desktop.ui.export.export_dialog import ExportChoice, ExportDialog
from dmdx_desktop.ui.export.last_export import LastExport
from dmdx_desktop.ui.export.outlook import Outlook
from dmdx_desktop.ui.notices import Toast
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.reveal import reveal, reveal_words
from dmdx_desktop.ui.wording import counted, tr

TOLD_MS: Final = 10_000


class Exporting(QObject):
    """Sends exports to the core, which never overwrites what is there."""

    def __init__(
        self,
        window: QWidget,
        parts: Parts,
        resources: Path,
        toast: Toast,
        last: LastExport,
        show: Callable[[Path], None] = reveal,
    ) -> None:
        super().__init__(window)
        self._window, self._parts, self._toast, self._last, self._show = window, parts, toast, last, show
        self._resources = resources
        self._errands = Errands(self)
        self._channels: tuple[Channel, ...] = ()
        self.dialog: ExportDialog | None = None

    def choose(self, keys: Sequence[int]) -> None:
        """Ask how and where to these images are to be written, and write them."""
        if keys and self.dialog is None:
            self._with_channels(partial(self._open, keys))

    def again(self, keys: Sequence[int]) -> None:
        """Write these images as the last ones were, to the same folder; asks where nothing was exported yet."""
        if not self._last.folder:
            self.choose(keys)
        elif keys:
            self._with_channels(partial(self._repeat, keys))

    def write(self, keys: Sequence[int], choice: ExportChoice) -> None:
        """Write these images."""
        self._last.remember(choice.preset, choice.folder, choice.treatment)
        # Put together where the ids are read: checking a hundred thousand of them takes longer than a frame.
        self._parts.source.ask(self, partial(commands_of, keys=keys, choice=choice), partial(self._send, choice))

    def _with_channels(self, then: Callable[[], None]) -> None:
        """Read the presets, once and aside, and go on."""
        if self._channels:
            then()
            return

        def take(found: tuple[Channel, ...] | UsageError) -> None:
            if isinstance(found, UsageError):
                self._toast.tell(f"{found.message} {found.remedy}")
                return
            self._channels = found
            then()

        self._errands.run(self, partial(_read_channels, self._resources, self._parts.paths.channels), take)

    def _open(self, keys: Sequence[int]) -> None:
        if self.dialog is not None:
            return
        outlook = Outlook(self._parts, keys, self)
        self.dialog = ExportDialog(self._window, self._parts, self._channels, outlook, self._errands)
        self.dialog.wanted.connect(partial(self.write, keys))
        self.dialog.finished.connect(self._on_closed)
        self.dialog.form.state(self._last.creator, self._last.rights)
        self.dialog.begin(self._last.preset, self._last.folder)

    def _on_closed(self) -> None:
        # Presets may have been kept or forgotten in it.
        self._channels = ()
        self.dialog = None

    def _repeat(self, keys: Sequence[int]) -> None:
        channel = next((each for each in self._channels if each.id == self._last.preset), self._channels[0])
        treatment = channel.treatment
        if treatment is not None:
            stated = {"creator": self._last.creator, "rights": self._last.rights}
            treatment = treatment.model_copy(update=stated)
        self.write(keys, ExportChoice(channel.id, self._last.folder, channel.template, treatment, channel.sheet))

    def _send(self, choice: ExportChoice, commands: Sequence[Export] | None) -> None:
        if commands is None:
            self._toast.tell(tr("Up to {most} images go on one contact sheet.", most=MAX_TARGETS))
            return
        for command in commands:
            self._parts.bridge.send(command, partial(self._tell, choice))

    def _tell(self, choice: ExportChoice, answer: Finished | Failed) -> None:
        """Say what is there now. Of an export that failed as a whole the window speaks already."""
        if isinstance(answer, Failed):
            return
        files = _files(answer.document.get("outputs"))
        problems = answer.document.get("problems")
        if not files:
            return
        show = partial(self._show, Path(files[0]))
        self._toast.tell(export_words(len(files), problems), (reveal_words(), show), TOLD_MS)
        if choice.show_when_done:
            show()


def commands_of(
    connection: Connection, keys: Sequence[int], choice: ExportChoice, most: int = MAX_TARGETS
) -> Sequence[Export] | None:
    """What the core is asked to do, ``most`` images at a time; None for a sheet of more, but not of all there are."""
    everything, ids = False, list[str]()
    if len(keys) > most:
        everything = len(keys) >= connection.execute("SELECT count(*) FROM output").fetchone()[0]
        if not everything and choice.sheet is not None:
            return None
    if not everything:
        ids = image_ids(connection, keys)
    whole = Export(
        everything=everything,
        to=choice.folder,
        template=choice.template,
        treatment=choice.treatment,
        sheet=choice.sheet,
    )
    if everything:
        return [whole]
    # Our own ids: they need not be looked through. Each command has an id of its own.
    parts = (tuple(ids[first : first + most]) for first in range(0, len(ids), most))
    return [whole.model_copy(update={"id": CommandId(new_id()), "targets": part}) for part in parts]


def export_words(written: int, problems: JsonValue) -> str:
    """How an export went, in one line."""
    words = counted("1 image exported.", "{count} images exported.", written)
    if not isinstance(problems, list) or not problems:
        return words
    first = problems[0]
    reason = f" {first.get('message', '')} {first.get('remedy', '')}".rstrip() if isinstance(first, dict) else ""
    missing = counted("1 could not be written.", "{count} could not be written.", len(problems))
    return f"{words} {missing}{reason}"


def _files(listed: JsonValue) -> list[str]:
    """The files of the answer, in its order."""
    rows = listed if isinstance(listed, list) else []
    return [str(row["file"]) for row in rows if isinstance(row, dict) and row.get("file")]


def _read_channels(resources: Path, own: Path) -> tuple[Channel, ...] | UsageError:
    try:
        return (*load_channels(resources), *own_channels(own))
    except UsageError as error:
        return error
