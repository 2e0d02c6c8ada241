"""The pages of the window, each loaded and built when it is first shown or asked for. GUI thread.

Only the page in view is waited for when the window starts; the others follow while nothing else is to be done.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.top_bar import Workspace

if TYPE_CHECKING:
    from dmdx_desktop.ui.gallery.gallery_page import GalleryPage
    from dmdx_desktop.ui.queue.queue_page import QueuePage
    from dmdx_desktop.ui.review.review_page import ReviewPage
    from dmdx_desktop.ui.studio.studio_page import StudioPage

HIDDEN_MS: Final = 200
"""So often one of the pages that are not in view is told of changes: never two of them within one frame."""


class Pages(QStackedWidget):
    """A place for each workspace, in the order of the tabs. ``made`` tells the workspace whose page is there now."""

    made = Signal(int)

    def __init__(self, parts: Parts, resources: Path) -> None:
        super().__init__()
        self._parts, self._resources = parts, resources
        self._studio: StudioPage | None = None
        self._gallery: GalleryPage | None = None
        self._review: ReviewPage | None = None
        self._queue: QueuePage | None = None
        self._untold: dict[QWidget, dict[str, set[int] | None]] = {}
        """What pages out of view were not told yet; the one that waits the longest is first."""
        self._telling = QTimer(self, singleShot=True, interval=HIDDEN_MS)
        self._telling.timeout.connect(self._tell_hidden)
        self.currentChanged.connect(self._tell_shown)
        for _ in Workspace:
            self.addWidget(QWidget())

    @property
    def studio(self) -> "StudioPage":
        """The workspace of pieces."""
        if self._studio is None:
            from dmdx_desktop.ui.studio.studio_page import StudioPage

            self._studio = StudioPage(self._parts, self._resources)
            self._put(Workspace.STUDIO, self._studio)
        return self._studio

    @property
    def gallery(self) -> "GalleryPage":
        """The workspace of images."""
        if self._gallery is None:
            from dmdx_desktop.ui.gallery.gallery_page import GalleryPage

            self._gallery = GalleryPage(self._parts)
            self._put(Workspace.GALLERY, self._gallery)
        return self._gallery

    @property
    def review(self) -> "ReviewPage":
        """The workspace of one image, or a few."""
        if self._review is None:
            from dmdx_desktop.ui.review.review_page import ReviewPage

            self._review = ReviewPage(self._parts)
            self._put(Workspace.REVIEW, self._review)
        return self._review

    @property
    def queue(self) -> "QueuePage":
        """The workspace of what is being made."""
        if self._queue is None:
            from dmdx_desktop.ui.queue.queue_page import QueuePage

            self._queue = QueuePage(self._parts)
            self._put(Workspace.QUEUE, self._queue)
        return self._queue

    def page(self, workspace: Workspace) -> QWidget:
        """The page of a workspace, made now where it is not there."""
        pages: dict[Workspace, Callable[[], QWidget]] = {
            Workspace.STUDIO: lambda: self.studio,
            Workspace.GALLERY: lambda: self.gallery,
            Workspace.REVIEW: lambda: self.review,
            Workspace.QUEUE: lambda: self.queue,
        }
        return pages[workspace]()

    def has(self, workspace: Workspace) -> bool:
        """Whether the page of a workspace is there already."""
        return (self._studio, self._gallery, self._review, self._queue)[workspace] is not None

    def read_all(self) -> None:
        """Have every page that is there look again at everything."""
        for page in (self._studio, self._gallery, self._queue):
            if page is not None:
                page.read_all()

    def take_changes(self, changes: dict[str, set[int] | None]) -> None:
        """Rows of these tables changed: the page in view is told at once, the others by and by.

        A page that is not there yet will read them as they are then.
        """
        for page in self._hearing():
            if page is self.currentWidget():
                page.take_changes(changes)
            else:
                _add(self._untold.setdefault(page, {}), changes)
        if self._untold and not self._telling.isActive():
            self._telling.start()

    def _tell_hidden(self) -> None:
        if self._untold:
            self._tell(next(iter(self._untold)))
        if self._untold:
            self._telling.start()

    def _tell_shown(self) -> None:
        """Another page came into view: what it was not told yet it is told now."""
        page = self.currentWidget()
        if page is not None:
            self._tell(page)

    def _tell(self, told: QWidget) -> None:
        changes = self._untold.pop(told, {})
        for page in self._hearing():
            if changes and page is told:
                page.take_changes(changes)

    def _hearing(self) -> "Sequence[StudioPage | GalleryPage | QueuePage | ReviewPage]":
        pages = (self._studio, self._gallery, self._queue, self._review)
        return [page for page in pages if page is not None]

    def _put(self, workspace: Workspace, page: QWidget) -> None:
        place = self.widget(workspace)
        is_shown = self.currentWidget() is place
        self.insertWidget(workspace, page)
        if is_shown:
            self.setCurrentWidget(page)
        if place is not None:
            self.removeWidget(place)
            place.deleteLater()
        self.made.emit(workspace)


def _add(changes: dict[str, set[int] | None], more: dict[str, set[int] | None]) -> None:
    """Tables, each with the rows that changed, or None where it is to be read again as a whole."""
    for table, keys in more.items():
        known = changes.get(table, set())
        changes[table] = None if keys is None or known is None else known | keys
