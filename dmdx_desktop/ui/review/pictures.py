"""The pictures of a review on their canvases: one image, an image over its reference, or up to four. GUI thread."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QStackedWidget

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.image_view import ImageView
from dmdx_desktop.ui.close_ups import CloseUps
from dmdx_desktop.ui.keyed_model import KeyedModel
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import LARGE
from dmdx_desktop.ui.review.before_after import BeforeAfter
from dmdx_desktop.ui.review.compare_grid import ComparedImage, CompareGrid
from dmdx_desktop.ui.review.registration import frame_fit, piece_box, registered
from dmdx_desktop.ui.review.review_bar import Mode
from dmdx_desktop.ui.widgets.loupe import Loupe
from dmdx_desktop.ui.widgets.picture_canvas import PictureCanvas
from dmdx_desktop.ui.wording import tr


class Pictures(QStackedWidget):
    """``zoomed`` tells the scale of the picture in view, and whether it is fitted."""

    zoomed = Signal(float, bool)

    def __init__(self, parts: Parts, cards: KeyedModel[ImageCard]) -> None:
        super().__init__()
        self._parts, self._cards = parts, cards
        self._card: ImageCard | None = None
        self._view: ImageView | None = None
        self._registered: tuple[str, str] | None = None
        self.close_ups = CloseUps(parts.bridge, parts.previews, self)
        self.single = PictureCanvas(tr("Image"), 20, parts.keys)
        self.before_after = BeforeAfter(parts.look, parts.keys)
        self.grid = CompareGrid(parts.look, parts.keys)
        self.loupe = Loupe(parts.look, self)
        self._loupe_open = False
        for widget in (self.single, self.before_after, self.grid):
            self.addWidget(widget)
        for canvas in (self.single, self.before_after, *(image.canvas for image in self.grid.images)):
            canvas.zoomed.connect(partial(self._tell_zoom, canvas))
            canvas.whole_wanted.connect(partial(self._want_whole, canvas))
        self.loupe.whole_wanted.connect(lambda: self._want(self._card))
        self.before_after.whole_wanted.connect(self._want_reference)
        self.close_ups.ready.connect(lambda sha256: self.show_again())

    @property
    def canvas(self) -> PictureCanvas:
        """The canvas that keys act on."""
        widget = self.currentWidget()
        if widget is self.grid:
            return self.grid.active.canvas
        return self.before_after if widget is self.before_after else self.single

    @property
    def fault(self) -> str:
        """What is wrong with the picture in view, in words."""
        return "" if self._card is None else self.close_ups.fault_of(self._card.sha256)

    def set_ground(self, colour: QColor) -> None:
        """Show pictures on this colour."""
        self.single.set_ground(colour)
        self.before_after.set_ground(colour)
        self.grid.set_ground(colour)
        self.loupe.set_ground(colour)

    def show_mode(self, mode: Mode, compared: Sequence[int]) -> None:
        """Show the pictures another way; ``compared`` are the images side by side."""
        widgets = {Mode.SINGLE: self.single, Mode.BEFORE_AFTER: self.before_after, Mode.COMPARE: self.grid}
        had_focus = self.canvas.hasFocus()
        if mode is Mode.COMPARE:
            self.grid.compare(compared)
        self.setCurrentWidget(widgets[mode])
        if had_focus:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._loupe_open:
            self.loupe.open_over(self.canvas)
        self.show_again()
        self._tell_zoom(self.canvas, self.canvas.scale, self.canvas.is_fitted)

    def show_image(self, card: ImageCard | None, view: ImageView | None) -> None:
        """Show this image; ``view`` tells of its reference and comes later."""
        self._card, self._view = card, view
        self.show_again()

    def show_again(self) -> None:
        """Show what there is by now: previews and tiles come one after the other."""
        if self.currentWidget() is self.grid:
            self.grid.show_cards(self._show_compared)
        else:
            self._fill(self.canvas, self._card)
        if self.currentWidget() is self.before_after:
            self._show_before()
        if self._loupe_open and self._card is not None:
            tile = self.close_ups.tiles_of(self._card.sha256)
            self.loupe.show_close(self._pixmap(self._card.sha256), self._card.width, self._card.height, tile)

    def toggle_zoom(self) -> None:
        """Fit the picture, or show it at 100 %."""
        self.canvas.zoom_to(1.0) if self.canvas.is_fitted else self.canvas.fit()

    def toggle_loupe(self) -> bool:
        """Open the loupe or close it; whether it is open now."""
        self._loupe_open = not self._loupe_open
        if self._loupe_open:
            self.loupe.open_over(self.canvas)
            self._want(self._card)
            self.show_again()
        else:
            self.loupe.close_loupe()
        return self._loupe_open

    def _pixmap(self, sha256: str) -> QPixmap | None:
        return self._parts.previews.pixmap(sha256, LARGE) or self._parts.previews.pixmap(sha256)

    def _fill(self, canvas: PictureCanvas, card: ImageCard | None) -> None:
        if card is None:
            canvas.show_picture(None, 0, 0)
        else:
            canvas.show_picture(self._pixmap(card.sha256), card.width, card.height)
            canvas.offer_whole(self.close_ups.tiles_of(card.sha256))

    def _show_compared(self, image: ComparedImage) -> None:
        card = self._cards.known(image.key)
        image.show_card(card)
        self._fill(image.canvas, card)

    def _show_before(self) -> None:
        card, view = self._card, self._view
        if card is None or view is None:
            self.before_after.show_before(None, QSizeF(), None)
            return
        size = QSizeF(view.reference_width, view.reference_height)
        pixmap = self._pixmap(view.reference_sha256)
        self.before_after.show_before(pixmap, size, self.close_ups.tiles_of(view.reference_sha256))
        pair = (card.sha256, view.reference_sha256)
        if self._registered != pair:
            self.before_after.place_before(frame_fit(QSizeF(card.width, card.height), size))
            self._register(card, size, pair)

    def _register(self, card: ImageCard, size: QSizeF, pair: tuple[str, str]) -> None:
        """Have the place of the reference estimated once both previews are there."""
        pixmaps = [self._parts.previews.pixmap(sha256) for sha256 in pair]
        if pixmaps[0] is None or pixmaps[1] is None:
            return
        self._registered = pair
        image, reference = pixmaps[0].toImage(), pixmaps[1].toImage()
        question = partial(_place, QSizeF(card.width, card.height), size, image, reference)
        self._parts.source.ask(self, question, partial(self._take_place, pair))

    def _take_place(self, pair: tuple[str, str], place: QRectF) -> None:
        if self._registered == pair:
            self.before_after.place_before(place)

    def _want(self, card: ImageCard | None) -> None:
        if card is not None:
            self.close_ups.want(card.sha256)

    def _want_whole(self, canvas: PictureCanvas) -> None:
        compared = next((image.key for image in self.grid.images if image.canvas is canvas), None)
        self._want(self._card if compared is None else self._cards.known(compared))

    def _want_reference(self) -> None:
        if self._view is not None:
            self.close_ups.want(self._view.reference_sha256)

    def _tell_zoom(self, canvas: PictureCanvas, scale: float, fitted: bool) -> None:
        if canvas is self.canvas:
            self.zoomed.emit(scale, fitted)
            if self._loupe_open:
                self.loupe.look(self.loupe.spot)


def _place(size: QSizeF, reference_size: QSizeF, image: QImage, reference: QImage, connection: Connection) -> QRectF:
    """Answered like a question to the library because it must not be worked out on the GUI thread."""
    del connection
    return registered(size, reference_size, piece_box(image), piece_box(reference))
