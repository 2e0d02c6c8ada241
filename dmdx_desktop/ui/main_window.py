"""The window: bars, pages, menus, drag and drop, and what happens when it closes. GUI thread."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import JsonValue
from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from dmdx_desktop.link.messages import Failed, Finished, Progress
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.models.commands import Generate, ImportPaths
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.adding import Adding, files_in
from dmdx_desktop.ui.drop_overlay import DropOverlay
from dmdx_desktop.ui.export.exporting import Exporting
from dmdx_desktop.ui.export.last_export import LastExport
from dmdx_desktop.ui.gallery.gallery_page import GalleryPage
from dmdx_desktop.ui.notices import Banner, Toast
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.queue.queue_page import QueuePage
from dmdx_desktop.ui.review.review_page import ReviewPage
from dmdx_desktop.ui.status_strip import StatusStrip
from dmdx_desktop.ui.studio.studio_page import StudioPage
from dmdx_desktop.ui.top_bar import TopBar, Workspace
from dmdx_desktop.ui.widgets.focus_ring import FocusRing

SMALLEST: Final = (960, 600)
USUAL: Final = (1440, 900)
SAMPLE_RECIPE: Final = Recipe(
    scenes=(SceneId.WHITE, SceneId.BLACK_VELVET), metals=(RecipeMetal.AS_REFERENCE,), size=1600
)
PHASES: Final = {
    "reading": "Reading {done} of {total}",
    "identifying": "Identifying {done} of {total}",
    "rendering": "Making {done} of {total}",
    "exporting": "Exporting {done} of {total}",
    "deleting": "Deleting {done} of {total}",
}


Keys = QKeySequence.StandardKey | str


class MainWindow(QMainWindow):
    """``closing`` comes when the user closes it."""

    closing = Signal()

    def __init__(self, parts: Parts, resources: Path) -> None:
        super().__init__()
        self._parts, self._resources = parts, resources
        self._samples: str | None = None
        self.setWindowTitle("DMDX Studio")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setAcceptDrops(True)
        look = parts.look
        self.top, self.status, self.banner = TopBar(look), StatusStrip(look), Banner(look)
        self.studio = StudioPage(parts, resources)
        self.gallery = GalleryPage(parts)
        self.review = ReviewPage(parts)
        self.queue = QueuePage(parts)
        self._pages = QStackedWidget()
        for page in (self.studio, self.gallery, self.review, self.queue):
            self._pages.addWidget(page)
        centre = QWidget()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, self.banner):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
        self._centre = centre
        self.setCentralWidget(centre)
        self.toast = Toast(centre, look)
        self._overlay = DropOverlay(centre, look)
        self._ring = FocusRing(self, look)
        self.adding = Adding(self, parts.bridge)
        self.exporting = Exporting(self, parts, resources, self.toast, LastExport())
        self._make_menus()
        self._connect()
        self.show_workspace(Workspace.STUDIO)

    def show_workspace(self, workspace: Workspace) -> None:
        """Bring a workspace into view; it is as it was left."""
        self._pages.setCurrentIndex(workspace)
        self.top.show_workspace(workspace)
        self.status.show_view("")
        if workspace is Workspace.GALLERY:
            self.gallery.read_all()

    def core_is_ready(self) -> None:
        """The core has opened the library: everything can be read."""
        self._parts.source.open()
        for page in (self.studio, self.gallery, self.queue):
            page.read_all()

    def _connect(self) -> None:
        bridge = self._parts.bridge
        bridge.changed.connect(self._on_changes)
        bridge.progressed.connect(self._on_progress)
        bridge.answered.connect(self._on_answer)
        bridge.lost.connect(self._on_lost)
        self.top.chosen.connect(lambda workspace: self.show_workspace(Workspace(workspace)))
        self.studio.add_wanted.connect(self.adding.choose_files)
        self.studio.welcome.files_wanted.connect(self.adding.choose_files)
        self.studio.welcome.folder_wanted.connect(self.adding.choose_folder)
        self.studio.welcome.samples_wanted.connect(self._try_samples)
        self.studio.image_opened.connect(self._review_image)
        self.studio.gallery_wanted.connect(lambda: self.show_workspace(Workspace.GALLERY))
        self.gallery.image_opened.connect(self._review_image)
        self.gallery.studio_wanted.connect(lambda: self.show_workspace(Workspace.STUDIO))
        self.gallery.counted.connect(self._on_counted)
        for page in (self.gallery, self.review):
            page.export_wanted.connect(self.exporting.choose)
        self.queue.waiting_changed.connect(self.top.show_queue)

    def _make_menus(self) -> None:
        files = self.menuBar().addMenu("&File")
        self._act(files, "Add files…", self.adding.choose_files, QKeySequence.StandardKey.Open)
        self._act(files, "Add folder…", self.adding.choose_folder, "Ctrl+Shift+O")
        files.addSeparator()
        self._act(files, "Export…", lambda: self.exporting.choose(self._selected_images()), "Ctrl+E")
        self._act(files, "Export as last time", lambda: self.exporting.again(self._selected_images()), "Ctrl+Shift+E")
        files.addSeparator()
        quitting = self._act(files, "Quit", self.close, QKeySequence.StandardKey.Quit)
        quitting.setMenuRole(QAction.MenuRole.QuitRole)
        view = self.menuBar().addMenu("&View")
        for workspace, name in zip(Workspace, ("Studio", "Gallery", "Review", "Queue"), strict=True):
            self._act(view, name, partial(self.show_workspace, workspace), f"Ctrl+{workspace + 1}")
        piece = self.menuBar().addMenu("&Piece")
        self._act(piece, "Make images", self.studio.generate, "Ctrl+G")

    def _act(self, menu: QMenu, text: str, do: Callable[[], object], keys: Keys) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())
        menu.addAction(action)
        return action

    # What the core says.

    def _on_changes(self, changes: dict[str, set[int] | None]) -> None:
        for page in (self.studio, self.gallery, self.queue, self.review):
            page.take_changes(changes)
        if "output" in changes or "reference" in changes or "task" in changes:
            self._parts.previews.forget_missing()

    def _on_progress(self, progress: Progress) -> None:
        words = PHASES.get(progress.phase, "")
        total = "…" if progress.total is None else f"{progress.total:,}"
        self.status.show_work(words.format(done=f"{progress.done:,}", total=total))

    def _on_answer(self, answer: Finished | Failed) -> None:
        self.status.show_work("")
        if isinstance(answer, Failed):
            self.toast.tell(f"{answer.title} {answer.detail} {answer.remedy}".strip())
        elif isinstance(problems := answer.document.get("problems"), list) and problems:
            self.toast.tell(problem_words(problems))
        if isinstance(answer, Finished) and answer.command == self._samples:
            self._samples = None
            self._make_sample_drafts(answer)

    def _on_lost(self) -> None:
        self.toast.tell("DMDX had to restart its background work. Nothing is lost.")

    def _on_counted(self, words: str) -> None:
        if self._pages.currentIndex() == Workspace.GALLERY:
            self.status.show_view(words)

    def _try_samples(self) -> None:
        """Import the sample pieces; once they are read, their drafts are made."""
        folder = str(self._resources / "samples")
        self._samples = self._parts.bridge.send(ImportPaths(paths=(folder,), finish=True))

    def _make_sample_drafts(self, answer: Finished) -> None:
        jobs = answer.document.get("jobs")
        listed = jobs if isinstance(jobs, list) else []
        ids = tuple(str(job["id"]) if isinstance(job, dict) else str(job) for job in listed)
        if ids:
            self._parts.bridge.send(Generate(jobs=ids, recipe=SAMPLE_RECIPE))

    def _selected_images(self) -> list[int]:
        """The images that keys and menus are about on the page in view."""
        page = self._pages.currentWidget()
        return page.selected_keys() if isinstance(page, GalleryPage | ReviewPage) else []

    def _review_image(self, key: int) -> None:
        self.review.show_images(list(self.gallery.model.keys) or [key], key)
        self.show_workspace(Workspace.REVIEW)

    # The window itself.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = files_in(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._overlay.offer(paths)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        del event
        self._overlay.withdraw()

    def dropEvent(self, event: QDropEvent) -> None:
        self._overlay.withdraw()
        paths = files_in(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.adding.add(paths)
            self.show_workspace(Workspace.STUDIO)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.setGeometry(self._centre.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closing.emit()


def problem_words(problems: Sequence[JsonValue]) -> str:
    """What went wrong with some of many, in one line."""
    first = problems[0]
    words = f"{first.get('message', '')} {first.get('remedy', '')}".strip() if isinstance(first, dict) else ""
    return words if len(problems) == 1 else f"{len(problems):,} files or images could not be used. The first: {words}"
