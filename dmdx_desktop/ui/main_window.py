"""The window: bars, pages, menus, drag and drop, and what happens when it closes. GUI thread."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from dmdx_desktop.link.messages import Failed, Finished, Progress
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.models.commands import Generate, ImportPaths
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.adding import Adding, files_in
from dmdx_desktop.ui.carried_picture import carries_picture, is_only_a_link
from dmdx_desktop.ui.closing import ClosingDialog
from dmdx_desktop.ui.deletion.deleting import Deleting
from dmdx_desktop.ui.drop_overlay import DropOverlay
from dmdx_desktop.ui.export.exporting import Exporting
from dmdx_desktop.ui.export.last_export import LastExport
from dmdx_desktop.ui.failures import Failures
from dmdx_desktop.ui.gallery.gallery_page import GalleryPage
from dmdx_desktop.ui.menus import Menus, Shell
from dmdx_desktop.ui.notices import Banner, Toast
from dmdx_desktop.ui.opening import open_folder
from dmdx_desktop.ui.page_deeds import Deeds, deeds_of
from dmdx_desktop.ui.panes import Panes
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.pasting import Pasting
from dmdx_desktop.ui.preferences import WhenClosing
from dmdx_desktop.ui.problems import Problems
from dmdx_desktop.ui.queue.queue_page import QueuePage
from dmdx_desktop.ui.queue.run_notices import RunNotices
from dmdx_desktop.ui.review.review_page import ReviewPage
from dmdx_desktop.ui.settings.settings_page import Matter, Settings
from dmdx_desktop.ui.shortcut_sheet import ShortcutSheet
from dmdx_desktop.ui.splitter_keys import SplitterKeys
from dmdx_desktop.ui.status_strip import StatusStrip
from dmdx_desktop.ui.storage_sizes import StorageReader, size_words
from dmdx_desktop.ui.studio.studio_page import StudioPage
from dmdx_desktop.ui.top_bar import TopBar, Workspace
from dmdx_desktop.ui.widgets.focus_ring import FocusRing
from dmdx_desktop.ui.window_place import WindowPlace
from dmdx_desktop.ui.wording import tr
from dmdx_desktop.ui.work_progress import WorkProgress

SMALLEST: Final = (960, 600)
USUAL: Final = (1440, 900)
SAMPLE_RECIPE: Final = Recipe(
    scenes=(SceneId.WHITE, SceneId.BLACK_VELVET), metals=(RecipeMetal.AS_REFERENCE,), size=1600
)


class MainWindow(QMainWindow):
    """``closing`` comes when it is closed for good; ``keep_rendering`` then says what becomes of what is queued."""

    closing = Signal()

    def __init__(self, parts: Parts, resources: Path, storage: StorageReader) -> None:
        super().__init__()
        self._parts, self._resources, self._storage = parts, resources, storage
        self._samples: str | None = None
        self._waiting = 0
        self._progress = WorkProgress()
        self._is_leaving = False
        self.keep_rendering = False
        self.setWindowTitle("DMDX Studio")
        self.setMinimumSize(*SMALLEST)
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
        self._centre = self._laid_out()
        self.setCentralWidget(self._centre)
        self.toast = Toast(self._centre, look)
        self._overlay = DropOverlay(self._centre, look, self._pages)
        self._ring = FocusRing(self, look)
        self._panes = Panes((self.top, self.banner), self._pages, (self.status,))
        self.adding = Adding(self, parts.bridge)
        self.pasting = Pasting(self.adding, parts.bridge, self)
        self.exporting = Exporting(self, parts, resources, self.toast, LastExport(parts.preferences))
        self.problems = Problems(self, parts, self.adding)
        self.run_notices = RunNotices(self, self._come_to_queue)
        self.deleting = Deleting(self, parts, self.toast)
        self.failures = Failures(
            parts.bridge, parts.source, self.toast, self.banner, self._open_log, self._show_queue, self
        )
        self.menus = Menus(self, self._shell(), self._deeds, parts.history, parts.keys, parts.preferences)
        self._settings: Settings | None = None
        self._connect()
        self.place = WindowPlace(self, parts.preferences, USUAL)
        self.place.restore()
        SplitterKeys(self).moved.connect(self.place.note_soon)
        self.show_workspace(Workspace(parts.preferences.now.workspace))

    def _laid_out(self) -> QWidget:
        centre = QWidget()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, self.banner):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
        return centre

    def show_workspace(self, workspace: Workspace) -> None:
        """Bring a workspace into view; it is as it was left."""
        self._pages.setCurrentIndex(workspace)
        self.top.show_workspace(workspace)
        self.status.show_view("")
        self._parts.preferences.change(workspace=int(workspace))
        if workspace is Workspace.GALLERY:
            self.gallery.read_all()
        self.menus.look_soon()

    def show_settings(self, matter: Matter | None = None) -> None:
        """Bring the settings into view."""
        self._pages.setCurrentWidget(self.settings)
        self.top.show_workspace(None)
        self.status.show_view("")
        self.settings.show_matter(matter)
        self.menus.look_soon()

    @property
    def settings(self) -> Settings:
        """The settings, made when they are first wanted: starting does not wait for them."""
        if self._settings is None:
            self._settings = Settings(self._parts, self._resources, self._storage, self.menus.keys_taken())
            self._settings.left.connect(self._back_to_work)
            self._pages.addWidget(self._settings)
        return self._settings

    def core_is_ready(self) -> None:
        """The core has opened the library: it can be read."""
        self._parts.source.open()

    def come_forward(self, files: Sequence[str] = ()) -> None:
        """The program was started once more: show this window, and add the files that start was given."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)
        if files:
            self.adding.add(files)
            self.show_workspace(Workspace.STUDIO)

    def _shell(self) -> Shell:
        return Shell(
            add_files=self.adding.choose_files,
            add_folder=self.adding.choose_folder,
            paste=self.pasting.paste,
            can_paste=lambda: self.pasting.can_paste,
            close=self.close,
            show_workspace=self.show_workspace,
            show_settings=self.show_settings,
            show_about=lambda: self.show_settings(Matter.ABOUT),
            show_sheet=self._show_sheet,
            open_log=self._open_log,
            go_to_pane=self._panes.go,
            full_screen=self._toggle_full_screen,
        )

    def _connect(self) -> None:
        bridge, source = self._parts.bridge, self._parts.source
        bridge.changed.connect(self._on_changes)
        bridge.progressed.connect(self._on_progress)
        bridge.answered.connect(self._on_answer)
        source.opened.connect(self._on_library)
        self.top.chosen.connect(lambda workspace: self.show_workspace(Workspace(workspace)))
        self.top.settings_wanted.connect(self._toggle_settings)
        self.status.connections_wanted.connect(lambda: self.show_settings(Matter.CONNECTIONS))
        self.status.storage_wanted.connect(lambda: self.show_settings(Matter.STORAGE))
        self._storage.counted.connect(lambda sizes: self.status.show_cache(size_words(sizes.cache)))
        self.studio.add_wanted.connect(self.adding.choose_files)
        self.studio.welcome.files_wanted.connect(self.adding.choose_files)
        self.studio.welcome.folder_wanted.connect(self.adding.choose_folder)
        self.studio.welcome.samples_wanted.connect(self._try_samples)
        self.studio.image_opened.connect(self._review_image)
        self.studio.gallery_wanted.connect(lambda: self.show_workspace(Workspace.GALLERY))
        self.gallery.image_opened.connect(self._review_image)
        self.gallery.compare_wanted.connect(self._compare)
        self.gallery.studio_wanted.connect(lambda: self.show_workspace(Workspace.STUDIO))
        self.gallery.counted.connect(self._on_counted)
        self.gallery.samples_wanted.connect(self._try_samples)
        self.gallery.use_again.connect(self._use_again)
        self.gallery.told.connect(self.toast.tell)
        self.closing.connect(self.gallery.let_go)
        self.closing.connect(self.studio.let_go)
        self.closing.connect(self._parts.history.clear)
        for page in (self.gallery, self.review):
            page.export_wanted.connect(self.exporting.choose)
            page.export_again_wanted.connect(self.exporting.again)
        self.studio.delete_wanted.connect(self.deleting.delete_pieces)
        for images in (self.gallery, self.review):
            images.delete_wanted.connect(self.deleting.delete_images)
        self.deleting.export_wanted.connect(self.exporting.choose)
        self.queue.waiting_changed.connect(self._on_waiting)
        self.queue.seen.connect(self.run_notices.watch)
        self.queue.image_opened.connect(self._review_image)
        self.failures.problems_wanted.connect(self.problems.show_troubles)
        self.studio.pieces.problems_wanted.connect(self.problems.show_piece)
        self.adding.summed_up.connect(lambda words: self.toast.tell(words))
        for selected in (self.studio.pieces.chosen, self.studio.pieces.counted, self.pasting.changed):
            selected.connect(self.menus.look_soon)
        self.studio.pieces.search.textChanged.connect(self.menus.look_soon)
        self.gallery.filters.changed.connect(self.menus.look_soon)

    # What the core and the library say.

    def _on_library(self) -> None:
        for page in (self.studio, self.gallery, self.queue):
            page.read_all()
        self._storage.count()

    def _on_changes(self, changes: dict[str, set[int] | None]) -> None:
        for page in (self.studio, self.gallery, self.queue, self.review):
            page.take_changes(changes)
        if "output" in changes or "reference" in changes or "task" in changes:
            self._parts.previews.forget_missing()

    def _on_progress(self, progress: Progress) -> None:
        self.status.show_work(self._progress.words(progress))

    def _on_answer(self, answer: Finished | Failed) -> None:
        self.status.show_work("")
        if answer.command is not None:
            self._progress.forget(answer.command)
        self._storage.count()
        if isinstance(answer, Finished) and answer.command == self._samples:
            self._samples = None
            self._make_sample_drafts(answer)

    def _on_waiting(self, images: int) -> None:
        self._waiting = images
        self.top.show_queue(images)
        self.failures.note_waiting(images)

    def _on_counted(self, words: str) -> None:
        if self._pages.currentIndex() == Workspace.GALLERY:
            self.status.show_view(words)
        self.menus.look_soon()

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

    # What the menus and bars lead to.

    def _deeds(self) -> Deeds:
        page = self._pages.currentWidget()
        return {} if page is None else deeds_of(page, self._parts)

    def _review_image(self, key: int) -> None:
        self.review.show_images(self.gallery.model.keys or [key], key)
        self.show_workspace(Workspace.REVIEW)

    def _compare(self, keys: list[int]) -> None:
        self.review.compare(keys)
        self.show_workspace(Workspace.REVIEW)

    def _use_again(self, recipe: Recipe) -> None:
        self.studio.recipe_step.show_recipe(recipe)
        self.studio.recipe_step.changed.emit()
        self.show_workspace(Workspace.STUDIO)

    def _show_queue(self) -> None:
        self.show_workspace(Workspace.QUEUE)

    def _come_to_queue(self) -> None:
        self.come_forward()
        self._show_queue()

    def _open_log(self) -> None:
        open_folder(self._parts.paths.logs)

    def _show_sheet(self) -> None:
        sheet = ShortcutSheet(self, self._parts.look, self._parts.keys, self.menus.listed())
        sheet.change_wanted.connect(lambda: self.show_settings(Matter.SHORTCUTS))
        sheet.open()

    def _toggle_settings(self) -> None:
        if self._settings is not None and self._pages.currentWidget() is self._settings:
            self._back_to_work()
        else:
            self.show_settings()

    def _back_to_work(self) -> None:
        self.show_workspace(Workspace(self._parts.preferences.now.workspace))

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showMaximized() if self._parts.preferences.now.maximised else self.showNormal()
        else:
            self.showFullScreen()

    # The window itself.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is not None:  # the gallery's own images
            return
        paths = files_in(event.mimeData())
        if paths:
            self._overlay.offer(paths)
        elif carries_picture(event.mimeData()):
            self._overlay.offer_picture()
        elif not is_only_a_link(event.mimeData()):
            return
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        del event
        self._overlay.withdraw()

    def dropEvent(self, event: QDropEvent) -> None:
        self._overlay.withdraw()
        event.acceptProposedAction()
        if self.pasting.take(event.mimeData(), tr("Dragged")):
            self.show_workspace(Workspace.STUDIO)
        else:
            self.toast.tell(tr("Only a link was dragged here. Save the picture as a file and add that."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        wanted = self._parts.preferences.now.when_closing
        if not self._is_leaving and self._waiting and wanted is WhenClosing.ASK:
            event.ignore()
            dialog = ClosingDialog(self, self._parts.look, self._waiting)
            dialog.answered.connect(self._on_closing_answer)
            dialog.open()
            return
        event.accept()
        if not self._is_leaving:
            self.keep_rendering = bool(self._waiting) and wanted is WhenClosing.KEEP_RENDERING
        self.deleting.carry_out_pending()
        self.place.note()
        self.closing.emit()

    def _on_closing_answer(self, choice: WhenClosing, from_now_on: bool) -> None:
        if from_now_on:
            self._parts.preferences.change(when_closing=choice)
        self._is_leaving, self.keep_rendering = True, choice is WhenClosing.KEEP_RENDERING
        self.close()
