"""The window: bars, pages, menus, drag and drop, and what happens when it closes. GUI thread."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from dmdx_desktop.ui.attendants import Attendants
from dmdx_desktop.ui.loading_ahead import LoadingAhead
from dmdx_desktop.ui.menu_bar import lay_menu_bar
from dmdx_desktop.ui.notices import Banner, Toast
from dmdx_desktop.ui.page_wiring import PageWiring
from dmdx_desktop.ui.pages import Pages
from dmdx_desktop.ui.panes import Panes
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.piecemeal import Piecemeal
from dmdx_desktop.ui.preferences import WhenClosing
from dmdx_desktop.ui.settings.matters import Matter
from dmdx_desktop.ui.splitter_keys import SplitterKeys
from dmdx_desktop.ui.status_strip import StatusStrip
from dmdx_desktop.ui.storage_sizes import StorageReader, size_words
from dmdx_desktop.ui.top_bar import TopBar, Workspace
from dmdx_desktop.ui.widgets.focus_ring import FocusRing
from dmdx_desktop.ui.window_place import WindowPlace
from dmdx_desktop.ui.wording import tr

if TYPE_CHECKING:
    from dmdx_desktop.ui.gallery.gallery_page import GalleryPage
    from dmdx_desktop.ui.gallery.image_facts import UsedRecipe
    from dmdx_desktop.ui.menus import Shell
    from dmdx_desktop.ui.page_deeds import Deeds
    from dmdx_desktop.ui.queue.queue_page import QueuePage
    from dmdx_desktop.ui.review.review_page import ReviewPage
    from dmdx_desktop.ui.settings.settings_page import Settings
    from dmdx_desktop.ui.studio.studio_page import StudioPage

SMALLEST: Final = (960, 600)
USUAL: Final = (1440, 900)
LATEST_MS: Final = 400
"""The rest of the window follows its first previews, or comes after so long where none do."""
HEAVY: Final = (
    "dmdx_desktop.link.messages",
    "dmdx_desktop.models.commands",
    "dmdx_desktop.link.window_end",
    "dmdx_desktop.library.piece_view",
    "dmdx_desktop.library.queue_view",
)
"""What the rest of the window needs and takes long to load; nothing of it makes widgets."""


class MainWindow(QMainWindow):
    """``closing`` comes when it is closed for good; ``keep_rendering`` then says what becomes of what is queued.

    What is in view is built at once. The rest follows when that has its first previews; ``completed`` says it is there.
    """

    leaving = Signal()
    """It is about to close: what was put off is to be done now."""
    closing = Signal()
    completed = Signal()
    resized = Signal()
    deeds_changed = Signal()
    """Something else can be done now than before."""

    def __init__(self, parts: Parts, resources: Path, storage: StorageReader) -> None:
        super().__init__()
        self._parts, self._resources, self._storage = parts, resources, storage
        self._waiting = 0
        self._is_leaving = False
        self._reviewed: int | None = None
        self.keep_rendering = False
        self.setWindowTitle("DMDX Studio")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        look = parts.look
        self.top, self.status, self.banner = TopBar(look), StatusStrip(look), Banner(look)
        self.pages = Pages(parts, resources)
        self.centre = self._laid_out()
        lay_menu_bar(self)
        self.setCentralWidget(self.centre)
        self.toast = Toast(self.centre, look)
        self._ring = FocusRing(self, look)
        self._panes = Panes((self.top, self.banner), self.pages, (self.status,))
        self.attendants = Attendants(self, parts, resources, self.toast, self.banner)
        self._settings: Settings | None = None
        self.place = WindowPlace(self, parts.preferences, USUAL)
        dividers = SplitterKeys(self)
        self._wiring = PageWiring(self, parts.source)
        for look_again in (dividers.look, self.place.restore_dividers):
            self.pages.made.connect(look_again)
        self._connect()
        self.place.restore()
        self.show_workspace(Workspace(parts.preferences.now.workspace))
        look.theme.dress(self)
        self._rest = Piecemeal(self._steps(), self)
        self._rest.ended.connect(self.completed)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._loading = LoadingAhead(HEAVY, self)
        self._loading.loaded.connect(self._rest.start)
        self._latest.timeout.connect(self._loading.start)
        self._latest.start()
        parts.previews.ready.connect(self._on_first_preview)

    @property
    def studio(self) -> "StudioPage":
        """The workspace of pieces."""
        return self.pages.studio

    @property
    def gallery(self) -> "GalleryPage":
        """The workspace of images."""
        return self.pages.gallery

    @property
    def review(self) -> "ReviewPage":
        """The workspace of one image, or a few."""
        return self.pages.review

    @property
    def queue(self) -> "QueuePage":
        """The workspace of what is being made."""
        return self.pages.queue

    def stay_incomplete(self) -> None:
        """Build nothing more: it is being put away. Waits for what is being loaded. Any thread."""
        self._rest.give_up()
        self._loading.give_up()

    def _steps(self) -> Iterator[Callable[[], object]]:
        """The rest of the window, what is most likely to be wanted first."""
        attendants, pages = self.attendants, self.pages
        yield self._ring.watch
        yield lambda: attendants.failures
        yield lambda: attendants.work_told
        yield self._parts.bridge.start
        yield lambda: attendants.menus
        yield lambda: pages.queue
        yield lambda: attendants.run_notices
        yield lambda: pages.studio
        yield lambda: attendants.deleting
        yield lambda: attendants.exporting
        yield lambda: pages.gallery.inspector.build()
        yield lambda: pages.review
        yield lambda: attendants.problems
        yield lambda: attendants.dropping
        yield lambda: attendants.samples
        yield self._storage.count

    def _on_first_preview(self, sha256: str) -> None:
        del sha256
        self._parts.previews.ready.disconnect(self._on_first_preview)
        self._latest.start(0)

    def _laid_out(self) -> QWidget:
        centre = QWidget()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, self.banner):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        return centre

    def show_workspace(self, workspace: Workspace) -> None:
        """Bring a workspace into view; it is as it was left."""
        was_there = self.pages.has(workspace)
        if workspace is Workspace.REVIEW and self.pages.has(Workspace.GALLERY):
            self._review_what_is_selected()
        self.pages.setCurrentWidget(self.pages.page(workspace))
        self.top.show_workspace(workspace)
        self.status.show_view(self.review.bar.hint if workspace is Workspace.REVIEW else "")
        self._parts.preferences.change(workspace=int(workspace))
        if workspace is Workspace.GALLERY and was_there:
            self.gallery.read_all()
        self.deeds_changed.emit()

    def show_settings(self, matter: Matter | None = None) -> None:
        """Bring the settings into view."""
        self.pages.setCurrentWidget(self.settings)
        self.top.show_workspace(None)
        self.status.show_view("")
        self.settings.show_matter(matter)
        self.deeds_changed.emit()

    @property
    def settings(self) -> "Settings":
        """The settings, made when they are first wanted: starting does not wait for them."""
        if self._settings is None:
            from dmdx_desktop.ui.settings.settings_page import Settings

            taken = self.attendants.menus.keys_taken()
            self._settings = Settings(self._parts, self._resources, self._storage, taken)
            self._settings.left.connect(self._back_to_work)
            self.pages.addWidget(self._settings)
        return self._settings

    def say_demonstration(self) -> None:
        """Servers on this computer stand in for the paid ones: said for as long as the window is open."""
        self.setWindowTitle(tr("DMDX Studio: demonstration"))
        words = tr("Demonstration: servers on this computer stand in for the paid ones. Nothing costs money.")
        self.banner.tell(words, "info", reason="demonstration")

    def come_forward(self, files: Sequence[str] = ()) -> None:
        """The program was started once more: show this window, and add the files that start was given."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)
        if files:
            self.attendants.adding.add(files)
            self.show_workspace(Workspace.STUDIO)

    def shell(self) -> "Shell":
        """What the menus ask of the window, whatever page is in view."""
        from dmdx_desktop.ui.menus import Shell

        attendants = self.attendants
        return Shell(
            add_files=attendants.adding.choose_files,
            add_folder=attendants.adding.choose_folder,
            paste=attendants.pasting.paste,
            can_paste=lambda: attendants.pasting.can_paste,
            close=self.close,
            show_workspace=self.show_workspace,
            show_settings=self.show_settings,
            show_about=lambda: self.show_settings(Matter.ABOUT),
            show_sheet=self._show_sheet,
            open_log=self.open_log,
            go_to_pane=self._panes.go,
            full_screen=self.toggle_full_screen,
        )

    def _connect(self) -> None:
        bridge, source = self._parts.bridge, self._parts.source
        bridge.changed.connect(self._on_changes)
        bridge.answered.connect(lambda answer, command: self._storage.count())
        source.opened.connect(self.pages.read_all)
        self.top.chosen.connect(lambda workspace: self.show_workspace(Workspace(workspace)))
        self.top.settings_wanted.connect(self._toggle_settings)
        for bar in (self.top, self.status):
            bar.connections_wanted.connect(lambda: self.show_settings(Matter.CONNECTIONS))
        self.status.storage_wanted.connect(lambda: self.show_settings(Matter.STORAGE))
        self._storage.counted.connect(lambda sizes: self.status.show_cache(size_words(sizes.cache)))
        self.closing.connect(self._parts.history.clear)

    # What the core and the library say.

    def _on_changes(self, changes: dict[str, set[int] | None]) -> None:
        self.pages.take_changes(changes)
        if "output" in changes or "reference" in changes or "task" in changes:
            self._parts.previews.forget_missing()

    def show_waiting(self, images: int) -> None:
        """So many images are not done yet."""
        self._waiting = images
        self.top.show_queue(images)
        self.attendants.failures.note_waiting(images)

    def show_words_of(self, page: QWidget, words: str) -> None:
        """What a page holds, or what keys do there, said while it is in view."""
        if self.pages.currentWidget() is page:
            self.status.show_view(words)
        self.deeds_changed.emit()

    # What the menus and bars lead to.

    def deeds(self) -> "Deeds":
        """What can be done now on the page in view."""
        from dmdx_desktop.ui.page_deeds import deeds_of

        page = self.pages.currentWidget()
        return {} if page is None else deeds_of(page, self._parts)

    def review_image(self, key: int) -> None:
        """Show one image, among those of the gallery."""
        self._reviewed = self._selected
        self.review.show_images(self.gallery.model.keys or [key], key)
        self.show_workspace(Workspace.REVIEW)

    @property
    def _selected(self) -> int | None:
        """The first image selected in the gallery."""
        return next(iter(self.gallery.selected_keys(1)), None)

    def _review_what_is_selected(self) -> None:
        """Bring an image into review that was selected since; without one, review is as it was left."""
        selected = self._selected
        if selected is not None and selected != self._reviewed:
            self._reviewed = selected
            self.review.show_images(self.gallery.model.keys, selected)

    def show_piece(self, key: int) -> None:
        """Show a piece in the studio."""
        self.show_workspace(Workspace.STUDIO)
        self.studio.pieces.show_piece(key)

    def compare(self, keys: list[int]) -> None:
        """Show these images side by side."""
        self._reviewed = self._selected
        self.review.compare(keys)
        self.show_workspace(Workspace.REVIEW)

    def use_again(self, used: "UsedRecipe") -> None:
        """Set the studio to a recipe that was used before, for the pieces selected there."""
        self.show_workspace(Workspace.STUDIO)
        self.studio.use_recipe(used)

    def make_more(self, used: "UsedRecipe") -> None:
        """Show the piece of some images in the studio, ready to make more of them."""
        self.show_workspace(Workspace.STUDIO)
        self.studio.make_more(used)

    def show_queue(self) -> None:
        """Bring the queue into view."""
        self.show_workspace(Workspace.QUEUE)

    def come_to_queue(self) -> None:
        """Show this window, with the queue in view."""
        self.come_forward()
        self.show_queue()

    def open_log(self) -> None:
        """Show the folder of the logs."""
        from dmdx_desktop.ui.opening import open_folder

        open_folder(self._parts.paths.logs)

    def _show_sheet(self) -> None:
        from dmdx_desktop.ui.shortcut_sheet import ShortcutSheet

        sheet = ShortcutSheet(self, self._parts.look, self._parts.keys, self.attendants.menus.listed())
        sheet.change_wanted.connect(lambda: self.show_settings(Matter.SHORTCUTS))
        sheet.open()

    def _toggle_settings(self) -> None:
        if self._settings is not None and self.pages.currentWidget() is self._settings:
            self._back_to_work()
        else:
            self.show_settings()

    def _back_to_work(self) -> None:
        self.show_workspace(Workspace(self._parts.preferences.now.workspace))

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be as before."""
        if self.isFullScreen():
            self.showMaximized() if self._parts.preferences.now.maximised else self.showNormal()
        else:
            self.showFullScreen()

    # The window itself.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.attendants.dropping.enter(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        del event
        self.attendants.dropping.overlay.withdraw()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.attendants.dropping.drop(event):
            self.show_workspace(Workspace.STUDIO)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        wanted = self._parts.preferences.now.when_closing
        if not self._is_leaving and self._waiting and wanted is WhenClosing.ASK:
            event.ignore()
            from dmdx_desktop.ui.closing import ClosingDialog

            dialog = ClosingDialog(self, self._parts.look, self._waiting)
            dialog.answered.connect(self._on_closing_answer)
            dialog.open()
            return
        event.accept()
        if not self._is_leaving:
            self.keep_rendering = bool(self._waiting) and wanted is WhenClosing.KEEP_RENDERING
        self._rest.give_up()
        self.leaving.emit()
        self.place.note()
        self.closing.emit()

    def _on_closing_answer(self, choice: WhenClosing, from_now_on: bool) -> None:
        if from_now_on:
            self._parts.preferences.change(when_closing=choice)
        self._is_leaving, self.keep_rendering = True, choice is WhenClosing.KEEP_RENDERING
        self.close()
