"""A line of text over the images: what it says, where, how large and how strong, seen at once. GUI thread."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from dmdx_desktop.models.watermark import LONGEST_MARK, MARGIN, MarkPlace, Watermark
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.choice_box import ChoiceBox
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import tr

PREVIEW: Final = (168, 112)
MIDDLE: Final = 128
LINE: Final = 1.25


class MarkPreview(QWidget):
    """The first image, small, with the watermark on it."""

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self._look, self._previews = look, previews
        self._sha256 = ""
        self._mark: Watermark | None = None
        self.setFixedSize(*PREVIEW)
        self.setAccessibleName(tr("Preview of the watermark"))
        previews.ready.connect(self._on_ready)

    def show_image(self, sha256: str) -> None:
        """The image it is shown on."""
        self._sha256 = sha256
        self.update()

    def show_mark(self, mark: Watermark | None) -> None:
        """The watermark that is shown."""
        self._mark = mark
        self.setAccessibleDescription("" if mark is None else f"{mark.text}, {term_name(mark.place)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("surround.tile"))
        pixmap = self._previews.pixmap(self._sha256) if self._sha256 else None
        if pixmap is None or pixmap.isNull():
            painter.end()
            return
        size = pixmap.size().scaled(QSize(*PREVIEW), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((PREVIEW[0] - size.width()) / 2, (PREVIEW[1] - size.height()) / 2, size.width(), size.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        if self._mark is not None:
            self._paint_mark(painter, place, self._mark, pixmap.toImage())
        painter.end()

    def _on_ready(self, sha256: str) -> None:
        if sha256 == self._sha256:
            self.update()

    def _paint_mark(self, painter: QPainter, place: QRectF, mark: Watermark, image: QImage) -> None:
        frame = (round(place.width()), round(place.height()))
        font = QFont(self._look.theme.font(TextStyle.STRONG))
        pixels = mark.size * min(frame)
        font.setPixelSize(max(1, round(pixels)))
        length = QFontMetricsF(font).horizontalAdvance(mark.text)
        room = frame[0] - 2 * MARGIN * min(frame)
        if length > room:
            pixels *= room / length
            font.setPixelSize(max(1, int(pixels)))
            length = QFontMetricsF(font).horizontalAdvance(mark.text)
        x, y = mark.corner(frame, (length, pixels * LINE))
        seen = image.pixelColor(
            min(max(round((x + length / 2) / frame[0] * image.width()), 0), image.width() - 1),
            min(max(round((y + pixels / 2) / frame[1] * image.height()), 0), image.height() - 1),
        )
        colour = QColor(26, 26, 26) if seen.lightness() >= MIDDLE or seen.alpha() < MIDDLE else QColor(255, 255, 255)
        colour.setAlphaF(mark.opacity)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(place.left() + x, place.top() + y + pixels), mark.text)


class WatermarkForm(QWidget):
    """``changed`` comes when the user has changed something. Off at first."""

    changed = Signal()

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self.is_on = TickBox(look, "Text over the images")
        self.text, self.place = QLineEdit(), ChoiceBox(look, tr("Place of the watermark"))
        self.size_share, self.opacity = QSpinBox(), QSpinBox()
        self.preview = MarkPreview(look, previews)
        self.text.setAccessibleName(tr("Text of the watermark"))
        self.text.setPlaceholderText(tr("© Studio name"))
        self.text.setMaxLength(LONGEST_MARK)
        for place in MarkPlace:
            self.place.addItem(term_name(place), place)
        for box, name, most, at_first, suffix in (
            (self.size_share, tr("Size of the watermark"), 20, 4, tr(" % high")),
            (self.opacity, tr("Opacity of the watermark"), 100, 50, tr(" % opaque")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setRange(1 if most == 20 else 5, most)
            box.setValue(at_first)
            box.setSuffix(suffix)
            box.setFixedHeight(30)
            box.lineEdit().setTextMargins(8, 0, 4, 0)
        self._details = QWidget()
        self._lay_out()
        self.is_on.toggled.connect(self._on_change)
        self.text.textChanged.connect(self._on_change)
        self.place.currentIndexChanged.connect(self._on_change)
        for box in (self.size_share, self.opacity):
            box.valueChanged.connect(self._on_change)
        self._details.hide()

    @property
    def watermark(self) -> Watermark | None:
        """What is wanted now; None where it is off or says nothing."""
        text = "".join(sign for sign in self.text.text() if sign.isprintable()).strip()
        if not self.is_on.isChecked() or not text:
            return None
        return Watermark(
            text=text,
            place=MarkPlace(self.place.currentData()),
            size=self.size_share.value() / 100,
            opacity=self.opacity.value() / 100,
        )

    def show_watermark(self, mark: Watermark | None) -> None:
        """Show what a preset has; the text that was typed stays at hand where it has none."""
        if mark is not None:
            self.text.setText(mark.text)
            self.place.setCurrentIndex(list(MarkPlace).index(mark.place))
            self.size_share.setValue(round(mark.size * 100))
            self.opacity.setValue(round(mark.opacity * 100))
        self.is_on.setChecked(mark is not None)
        self._on_change()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.is_on)
        whole.addWidget(self._details)
        row = QHBoxLayout(self._details)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.place)
        numbers = QHBoxLayout()
        numbers.setSpacing(8)
        numbers.addWidget(self.size_share)
        numbers.addWidget(self.opacity)
        column.addLayout(numbers)
        row.addLayout(column, 1)
        row.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)

    def _on_change(self) -> None:
        self._details.setVisible(self.is_on.isChecked())
        self.preview.show_mark(self.watermark)
        self.changed.emit()
