"""Does what the user chose about images that could not be made. GUI thread; dialogs run no loop of their own."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from dmdx_desktop.library.queue_view import QueueRow
from dmdx_desktop.link.messages import Answer, Finished
from dmdx_desktop.models.commands import Generate, ImportPaths
from dmdx_desktop.models.gestures import ReplacePicture, RetryRenders, SkipFailures
from dmdx_desktop.models.ids import ReferenceId, RenderId
from dmdx_desktop.models.recipe import Recipe, read_recipe
from dmdx_desktop.ui.adding import PICTURES
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.queue.need_deeds import NeedDeed
from dmdx_desktop.ui.queue.need_details import NeedDetails
from dmdx_desktop.ui.wording import tr


class Mending(QObject):
    """``piece_opened`` tells the key of the piece to show, ``told`` something to say for a moment."""

    piece_opened = Signal(int)
    told = Signal(str)

    def __init__(self, parts: Parts, page: QWidget) -> None:
        super().__init__(page)
        self._parts, self._page = parts, page
        self.details: NeedDetails | None = None

    def carry_out(self, deed: NeedDeed, rows: Sequence[QueueRow]) -> None:
        """Do it about these rows, which failed for the same reason."""
        match deed:
            case NeedDeed.RETRY | NeedDeed.RESEND:
                self._make(rows, insist=False)
            case NeedDeed.INSIST:
                self._make(rows, insist=True)
            case NeedDeed.SKIP | NeedDeed.LET_GO:
                self._skip(rows)
            case NeedDeed.REPLACE:
                self._ask_picture(rows[0])
            case NeedDeed.DETAILS:
                self._show_details(rows[0])
            case NeedDeed.SHOW_PIECE:
                self.piece_opened.emit(rows[0].job_key)

    def replace(self, row: QueueRow, file: str) -> None:
        """Add a file, put it in the place of the picture that was no good, and make the images from it."""
        command = ImportPaths(paths=(file,), finish=True)
        self._parts.bridge.send(command, partial(self._on_added, row))

    def _make(self, rows: Sequence[QueueRow], *, insist: bool) -> None:
        send = self._parts.bridge.send
        if renders := _renders(rows):
            send(RetryRenders(renders=renders))
        unmade = [row for row in rows if row.problem_key]
        for text in dict.fromkeys(row.recipe for row in unmade):
            recipe = read_recipe(text) or Recipe()
            if insist:
                recipe = recipe.model_copy(update={"even_if_unsure": True})
            jobs = tuple(dict.fromkeys(row.job_id for row in unmade if row.recipe == text))
            send(Generate(jobs=jobs, recipe=recipe))
        if unmade:
            # What keeps them from being made is written down anew, if it still does.
            send(SkipFailures(problems=tuple(row.problem_key for row in unmade)))

    def _skip(self, rows: Sequence[QueueRow]) -> None:
        problems = tuple(row.problem_key for row in rows if row.problem_key)
        self._parts.bridge.send(SkipFailures(renders=_renders(rows), problems=problems))

    def _ask_picture(self, row: QueueRow) -> None:
        dialog = QFileDialog(self._page, tr("Replace file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([PICTURES, tr("All files (*)")])
        dialog.fileSelected.connect(partial(self.replace, row))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_added(self, row: QueueRow, answer: Answer) -> None:
        if not isinstance(answer, Finished) or answer.document.get("problems"):
            return  # the window tells of files that cannot be used
        added = answer.document.get("references")
        if answer.document.get("duplicates") or not isinstance(added, list) or not added:
            self.told.emit(tr("This picture is in the library already. Choose another file."))
            return
        replacing = ReplacePicture(picture=ReferenceId(row.reference_id), by=ReferenceId(str(added[0])))
        self._parts.bridge.send(replacing, partial(self._on_replaced, row))

    def _on_replaced(self, row: QueueRow, answer: Answer) -> None:
        if isinstance(answer, Finished):
            self._make([row], insist=False)
            self.told.emit(tr("The picture was replaced. The one before stays as another view of the piece."))

    def _show_details(self, row: QueueRow) -> None:
        self.details = NeedDetails(self._page.window(), self._parts.look, row)
        self.details.finished.connect(self._forget_details)
        self.details.open()

    def _forget_details(self) -> None:
        self.details = None


def _renders(rows: Sequence[QueueRow]) -> tuple[RenderId, ...]:
    return tuple(RenderId(row.id) for row in rows if row.id)
