"""What the pages and the rest of the window have to do with each other. GUI thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.settings.matters import Matter
from dmdx_desktop.ui.top_bar import Workspace

if TYPE_CHECKING:
    from dmdx_desktop.ui.main_window import MainWindow


class PageWiring(QObject):
    """Connects each page of ``window`` as it is made. What the page asks for is only loaded once it asks."""

    def __init__(self, window: "MainWindow", source: LibrarySource) -> None:
        super().__init__(window)
        self._window, self._source = window, source
        window.pages.made.connect(self._on_made)

    def _on_made(self, workspace: int) -> None:
        connections = {
            Workspace.STUDIO: self._connect_studio,
            Workspace.GALLERY: self._connect_gallery,
            Workspace.REVIEW: self._connect_review,
            Workspace.QUEUE: self._connect_queue,
        }
        connections[Workspace(workspace)]()
        self._bring_status_last()

    def _bring_status_last(self) -> None:
        """Tab goes through the page before it comes to the status strip, which was there earlier."""
        strip, last = self._window.status, self._window.previousInFocusChain()
        for control in strip.findChildren(QWidget):
            if last is not None and control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(last, control)
                last = control

    def _connect_studio(self) -> None:
        window, studio = self._window, self._window.pages.studio
        attendants = window.attendants
        studio.add_wanted.connect(lambda: attendants.adding.choose_files())
        studio.welcome.files_wanted.connect(lambda: attendants.adding.choose_files())
        studio.welcome.folder_wanted.connect(lambda: attendants.adding.choose_folder())
        studio.welcome.samples_wanted.connect(lambda: attendants.samples.try_out())
        studio.image_opened.connect(window.review_image)
        studio.canvas.full_screen_wanted.connect(window.toggle_full_screen)
        studio.gallery_wanted.connect(lambda: window.show_workspace(Workspace.GALLERY))
        studio.delete_wanted.connect(lambda keys: attendants.deleting.delete_pieces(keys))
        studio.pieces.problems_wanted.connect(lambda key: attendants.problems.show_piece(key))
        window.closing.connect(studio.let_go)
        for selected in (studio.pieces.chosen, studio.pieces.counted):
            selected.connect(window.deeds_changed)
        studio.pieces.search.textChanged.connect(window.deeds_changed)
        studio.footer.offer_changed.connect(window.deeds_changed)
        studio.paying.connections_wanted.connect(lambda: window.show_settings(Matter.CONNECTIONS))
        studio.paying.money_known.connect(window.top.meter.show_money)
        studio.paying.engines.changed.connect(self._show_services)
        if not self._source.take_up() and self._source.is_open:
            studio.read_all()

    def _show_services(self) -> None:
        listing = self._window.pages.studio.paying.engines.listing
        self._window.top.meter.show_connected(listing.is_connected)
        self._window.status.show_services(listing.services)
        self._window.pages.studio.welcome.show_services(listing.services, reads_elsewhere=listing.reads_elsewhere)

    def _connect_gallery(self) -> None:
        window, gallery = self._window, self._window.pages.gallery
        attendants = window.attendants
        gallery.image_opened.connect(window.review_image)
        gallery.compare_wanted.connect(window.compare)
        gallery.studio_wanted.connect(lambda: window.show_workspace(Workspace.STUDIO))
        gallery.counted.connect(lambda words: window.show_words_of(gallery, words))
        gallery.samples_wanted.connect(lambda: attendants.samples.try_out())
        gallery.use_again.connect(window.use_again)
        gallery.more_wanted.connect(window.make_more)
        gallery.told.connect(window.toast.tell)
        gallery.export_wanted.connect(lambda keys: attendants.exporting.choose(keys))
        gallery.export_again_wanted.connect(lambda keys: attendants.exporting.again(keys))
        gallery.delete_wanted.connect(lambda keys: attendants.deleting.delete_images(keys))
        gallery.filters.changed.connect(window.deeds_changed)
        window.closing.connect(gallery.let_go)
        if not self._source.take_up() and self._source.is_open:
            gallery.read_all()

    def _connect_review(self) -> None:
        window, review = self._window, self._window.pages.review
        attendants = window.attendants
        review.export_wanted.connect(lambda keys: attendants.exporting.choose(keys))
        review.export_again_wanted.connect(lambda keys: attendants.exporting.again(keys))
        review.delete_wanted.connect(lambda keys: attendants.deleting.delete_images(keys))
        review.bar.full_screen_wanted.connect(window.toggle_full_screen)
        review.bar.hinted.connect(lambda words: window.show_words_of(review, words))

    def _connect_queue(self) -> None:
        window, queue = self._window, self._window.pages.queue
        attendants = window.attendants
        queue.waiting_changed.connect(window.show_waiting)
        queue.seen.connect(lambda view: attendants.run_notices.watch(view))
        queue.image_opened.connect(window.review_image)
        queue.piece_opened.connect(window.show_piece)
        queue.told.connect(window.toast.tell)
        queue.connections_wanted.connect(lambda: window.show_settings(Matter.CONNECTIONS))
        if not self._source.take_up() and self._source.is_open:
            queue.read_all()
