"""What becomes of each image: size, shape, format, ground and what its file says. GUI thread."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QLineEdit, QSpinBox, QWidget

from dmdx_desktop.models.credit_lengths import LONGEST_CREATOR, LONGEST_RIGHTS
from dmdx_desktop.models.treatment import (
    ALWAYS_WRITTEN,
    LARGEST_SIDE,
    LOWEST_QUALITY,
    NEVER_WRITTEN,
    SMALLEST_SIDE,
    FileFormat,
    Ground,
    MetadataField,
    Treatment,
)
from dmdx_desktop.ui.export.watermark_form import WatermarkForm
from dmdx_desktop.ui.look import Look, Tone, text_label
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.choice_box import ChoiceBox
from dmdx_desktop.ui.widgets.flow_layout import FlowLayout
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import tr

LABELS: Final = 88
SHAPES: Final = ((1, 1), (4, 5), (9, 16), (2, 3), (3, 2), (16, 9))


class TreatmentForm(QWidget):
    """``changed`` comes when the user has changed something."""

    changed = Signal()

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self.watermark = WatermarkForm(look, previews)
        self._base: Treatment | None = None
        self.size_px, self.quality, self.fill = QSpinBox(), QSpinBox(), QSpinBox()
        self.shape = ChoiceBox(look, tr("Shape"))
        self.never_enlarge = TickBox(look, "Never enlarge")
        self.format = Segmented(look, [(each.value, term_name(each)) for each in FileFormat], tr("Format"))
        self.ground = Segmented(look, [(each.value, term_name(each)) for each in Ground], tr("Ground"))
        self.says_title = TickBox(look, "Title and description")
        self.creator = _stated_text("Creator", LONGEST_CREATOR)
        self.rights = _stated_text("Copyright", LONGEST_RIGHTS)
        self._dress_boxes()
        # A form layout of Qt keeps heights of rows that it worked out for another width than they get.
        form = QGridLayout(self)
        form.setColumnStretch(1, 1)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(10)
        _add_row(form, row_label("Size"), _row(self.size_px, "long side", self.shape, self.never_enlarge))
        _add_row(form, row_label("Format"), _row(self.format, self.quality))
        _add_row(form, row_label("Ground"), _row(self.ground, self.fill))
        said = text_label("How it was made is always said", TextStyle.CAPTION, Tone.TERTIARY)
        said.setToolTip(tr("Never written: {what}.", what="; ".join(map(tr, NEVER_WRITTEN))))
        _add_row(form, row_label("Metadata"), _row(self.says_title, said))
        credit = QHBoxLayout()
        credit.setSpacing(8)
        credit.addWidget(self.rights)
        credit.addWidget(self.creator)
        _add_row(form, row_label("Copyright"), credit)
        _add_row(form, row_label("Watermark"), self.watermark)
        self.watermark.changed.connect(self._on_change)
        for text in (self.creator, self.rights):
            text.textChanged.connect(self._on_change)
        for signal in (self.size_px.valueChanged, self.quality.valueChanged, self.fill.valueChanged):
            signal.connect(self._on_change)
        self.shape.currentIndexChanged.connect(self._on_change)
        for box in (self.never_enlarge, self.says_title):
            box.toggled.connect(self._on_change)
        for choice in (self.format, self.ground):
            choice.chosen.connect(self._on_change)

    @property
    def treatment(self) -> Treatment | None:
        """What is wanted now; None for files as they are."""
        if self._base is None:
            return None
        kept = set(self._base.metadata) | {MetadataField.CREATED}
        titled = {MetadataField.TITLE, MetadataField.DESCRIPTION}
        fields = (kept | titled if self.says_title.isChecked() else kept - titled) | ALWAYS_WRITTEN
        return Treatment(
            format=FileFormat(self.format.value),
            quality=self.quality.value(),
            size=self.size_px.value() if self.size_px.value() > SMALLEST_SIDE else None,
            shape=self.shape.currentData(),
            enlarge=not self.never_enlarge.isChecked(),
            ground=Ground(self.ground.value),
            fill=self.fill.value() / 100 if self.fill.value() > self.fill.minimum() else None,
            max_bytes=self._base.max_bytes,
            metadata=tuple(field for field in MetadataField if field in fields),
            creator=_plain(self.creator.text()),
            rights=_plain(self.rights.text()),
            watermark=self.watermark.watermark,
        )

    def state(self, creator: str, rights: str) -> None:
        """Show what was stated the last time: it holds for every preset."""
        self.creator.setText(creator)
        self.rights.setText(rights)

    def show_treatment(self, treatment: Treatment | None, reason: str = "") -> None:
        """Show what a preset does; ``reason`` says why there is nothing to be set."""
        self._base = None
        shown = treatment or Treatment(format=FileFormat.PNG)
        self.size_px.setValue(shown.size or SMALLEST_SIDE)
        self._show_shape(shown.shape)
        self.quality.setValue(shown.quality)
        self.never_enlarge.setChecked(not shown.enlarge)
        self.format.choose(shown.format.value)
        self.ground.choose(shown.ground.value)
        self.fill.setValue(round(shown.fill * 100) if shown.fill is not None else self.fill.minimum())
        self.says_title.setChecked(MetadataField.TITLE in shown.metadata)
        self.watermark.show_watermark(shown.watermark)
        self._base = treatment
        self.setEnabled(treatment is not None)
        for control in self.findChildren(QWidget):
            if control.accessibleName():
                control.setAccessibleDescription(reason)
        self._settle()

    def _show_shape(self, shape: tuple[int, int] | None) -> None:
        at = next((row for row in range(self.shape.count()) if self.shape.itemData(row) == shape), -1)
        if at < 0 and shape is not None:
            self.shape.addItem(f"{shape[0]}:{shape[1]}", shape)
            at = self.shape.count() - 1
        self.shape.setCurrentIndex(max(at, 0))

    def _on_change(self) -> None:
        if self._base is not None:
            self._settle()
            self.changed.emit()

    def _settle(self) -> None:
        """A format without a quality has none to set."""
        lossy = FileFormat(self.format.value).is_lossy if self.format.value else False
        self.quality.setEnabled(lossy and self._base is not None)
        self.quality.setAccessibleDescription("" if lossy else tr("This format loses nothing, so it has no quality."))

    def _dress_boxes(self) -> None:
        boxes = (
            (self.size_px, "Long side", SMALLEST_SIDE, LARGEST_SIDE, "{number} px", "Full size"),
            (self.quality, "Quality", LOWEST_QUALITY, 100, "{number} quality", ""),
            (self.fill, "How much of the frame the piece fills", 29, 100, "{number} % piece", "Piece as it is"),
        )
        for box, name, least, most, words, special in boxes:
            box.setAccessibleName(tr(name))
            box.setToolTip(tr(name))
            box.setRange(least, most)
            before, _, after = tr(words).partition("{number}")
            box.setPrefix(before)
            box.setSuffix(after)
            box.setSpecialValueText(tr(special))
            box.setKeyboardTracking(False)
            box.setMinimumWidth(112)
            box.setFixedHeight(30)
            box.lineEdit().setTextMargins(8, 0, 4, 0)
        self.shape.addItem(tr("Its own shape"), None)
        for wide, high in SHAPES:
            self.shape.addItem(f"{wide}:{high}", (wide, high))


def _stated_text(name: str, longest: int) -> QLineEdit:
    """A line of text that the files say, empty at first."""
    line = QLineEdit()
    line.setAccessibleName(tr(name))
    line.setPlaceholderText(tr("© Studio name") if name == "Copyright" else tr("Name of the creator"))
    line.setToolTip(tr("{name}, written into every file", name=tr(name)))
    line.setMaxLength(longest)
    return line


def _plain(text: str) -> str:
    """What was typed, as files can hold it."""
    return "".join(sign for sign in text if sign.isprintable()).strip()


def row_label(text: str) -> QLabel:
    """The words before a row of the dialog."""
    label = text_label(text, tone=Tone.SECONDARY)
    label.setMinimumWidth(LABELS)
    label.setFixedHeight(30)
    return label


def _add_row(form: QGridLayout, label: QWidget, field: QWidget | QLayout) -> None:
    row = form.rowCount() if form.count() else 0
    form.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    if isinstance(field, QWidget):
        form.addWidget(field, row, 1)
    else:
        form.addLayout(field, row, 1)


def _row(*parts: QWidget | str) -> QWidget:
    """Controls side by side, on a second line where there is no room; text becomes a label."""
    holder = QWidget()
    line = FlowLayout(holder, gap=8)
    for part in parts:
        line.addWidget(text_label(part, tone=Tone.SECONDARY) if isinstance(part, str) else part)
    return holder
