"""The export dialog: for what, how, under which names and where to. GUI thread; it runs no loop of its own."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.channel import Channel
from dmdx_desktop.models.naming import check_template, collision_key, free_name
from dmdx_desktop.models.own_channels import own_channel
from dmdx_desktop.models.preflight import file_size, preflight
from dmdx_desktop.models.treatment import SheetPage, Treatment
from dmdx_desktop.ui.errands import Errands
from dmdx_desktop.ui.export.channel_words import channel_name, channel_note, channel_summary
from dmdx_desktop.ui.export.naming_row import NamingRow
from dmdx_desktop.ui.export.outlook import Outlook
from dmdx_desktop.ui.export.own_presets import OwnPresets
from dmdx_desktop.ui.export.preflight_panel import PreflightPanel
from dmdx_desktop.ui.export.preset_list import PresetList
from dmdx_desktop.ui.export.treatment_form import TreatmentForm, row_label
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, separator, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.reveal import reveal_words_when_done
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.focus_ring import FocusRing
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import counted, tr

SIZE: Final = (840, 680)
PRESETS_WIDE: Final = 232


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen: everything that the core has to know, but for the images."""

    preset: str
    folder: str
    template: str
    treatment: Treatment | None
    sheet: SheetPage | None
    show_when_done: bool = False


class ExportDialog(QDialog):
    """``wanted`` comes when the export is to begin."""

    wanted = Signal(ExportChoice)

    def __init__(
        self, window: QWidget, parts: Parts, channels: Sequence[Channel], outlook: Outlook, errands: Errands
    ) -> None:
        super().__init__(window)
        look = parts.look
        self._outlook, self._errands = outlook, errands
        self._channel = channels[0]
        self._present: set[str] = set()
        outlook.setParent(self)
        title = counted("Export 1 image", "Export {count} images", outlook.total)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(SIZE[0], window.width() - 40), min(SIZE[1], window.height() - 40))
        self.presets = PresetList(look, channels)
        self.form, self.naming = TreatmentForm(look, parts.previews), NamingRow(look)
        self.own = OwnPresets(look, parts.paths.channels, errands, self._as_preset)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.setPlaceholderText(tr("Choose a folder"))
        self.choose_folder = Button(look, "Choose…")
        self.preflight = PreflightPanel(look, parts.previews)
        self.note = text_label(style=TextStyle.CAPTION, tone=Tone.SECONDARY, wrap=True)
        self.show_when_done = TickBox(look, reveal_words_when_done())
        self.cancel = Button(look, "Cancel")
        self.export = Button(look, title, variant=Variant.PRIMARY)
        self._lay_out(look)
        self._ring = FocusRing(self, look)
        self._ring.watch()
        self.presets.chosen.connect(self._take_preset)
        self.own.kept.connect(self._on_kept)
        self.own.forgotten.connect(self._on_forgotten)
        self.form.changed.connect(self._refresh)
        self.naming.changed.connect(self._refresh)
        self.folder.textChanged.connect(self._look_into_folder)
        self.choose_folder.clicked.connect(self._ask_for_folder)
        self.cancel.clicked.connect(self.reject)
        self.export.clicked.connect(self._on_export)
        outlook.named.connect(self._on_named)
        outlook.looked.connect(self._refresh)

    def begin(self, preset: str, folder: str) -> None:
        """Open with what was chosen last."""
        self.presets.choose(preset)
        self.folder.setText(folder)
        self._refresh()
        self.open()
        self.presets.setFocus()

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        return ExportChoice(
            preset=self._channel.id,
            folder=self.folder.text().strip(),
            template=self.naming.template.text(),
            treatment=self.form.treatment,
            sheet=self._channel.sheet,
            show_when_done=self.show_when_done.isChecked(),
        )

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = QHBoxLayout()
        header.setContentsMargins(24, 18, 24, 18)
        header.addWidget(text_label(self.windowTitle(), TextStyle.TITLE))
        column.addLayout(header)
        column.addWidget(separator())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        left = QFrame()
        left.setObjectName("exportPresets")
        left.setFixedWidth(PRESETS_WIDE)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(12, 12, 12, 12)
        beside.addWidget(self.presets, 1)
        beside.addWidget(self.own)
        middle.addWidget(left)
        middle.addWidget(self._right_side(), 1)
        column.addLayout(middle, 1)
        column.addWidget(separator())
        footer = QHBoxLayout()
        footer.setContentsMargins(24, 16, 24, 16)
        footer.setSpacing(8)
        footer.addWidget(self.show_when_done)
        footer.addStretch(1)
        self.export.setDefault(True)
        for button in (self.cancel, self.export):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            footer.addWidget(button)
        column.addLayout(footer)

    def _right_side(self) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(self.form)
        rows = QFormLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(10)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        rows.addRow(row_label("Name"), self.naming)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose_folder)
        rows.addRow(row_label("Folder"), place)
        column.addLayout(rows)
        column.addWidget(self.note)
        column.addWidget(self.preflight)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("exportRight")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area

    def _take_preset(self, channel: Channel) -> None:
        self._channel = channel
        reason = "" if channel.treatment is not None else f"{channel_name(channel)}: {channel_summary(channel)}."
        self.form.show_treatment(channel.treatment, reason)
        self.naming.template.setText(channel.template)
        self.own.show_chosen(channel)
        say(self.note, channel_note(channel))
        self.note.setVisible(bool(channel.note))
        self._refresh()

    def _as_preset(self, name: str) -> Channel:
        """What is set now as a preset of that name; whose work it is belongs to the studio, not to a preset."""
        choice = self.choice
        treatment = choice.treatment
        if treatment is not None:
            treatment = treatment.model_copy(update={"creator": "", "rights": ""})
        check_template(choice.template)
        return own_channel(self._channel, name, choice.template, treatment)

    def _on_kept(self, channel: Channel, renamed: Channel | None) -> None:
        gone = {channel.id} | ({renamed.id} if renamed is not None else set())
        left = [each for each in self.presets.channels if each.id not in gone]
        self.presets.show_channels([*left, channel], channel.id)

    def _on_forgotten(self, channel: Channel) -> None:
        left = [each for each in self.presets.channels if each.id != channel.id]
        self.presets.show_channels(left, left[0].id)

    def _on_named(self) -> None:
        self.preflight.show_images([names.sha256 for names in self._outlook.names])
        self.form.watermark.preview.show_image(self._outlook.names[0].sha256 if self._outlook.names else "")
        self._refresh()

    def _refresh(self) -> None:
        """Say anew what would be written."""
        names, wrong = self._file_names()
        first = names[0][1] if names else ""
        self.naming.show_preview(wrong or first, wrong=bool(wrong))
        images, treatment = self._outlook.images, self.form.treatment
        self.preflight.show_findings(preflight(images, treatment, self._channel.wants))
        self.preflight.show_words(self._headline(), self._detail(names))
        folder = self.folder.text().strip()
        ready = bool(folder) and os.path.isabs(folder) and not wrong and self._outlook.total > 0
        self.export.setEnabled(ready)
        reason = wrong or ("" if ready else tr("Choose a folder first."))
        self.export.setAccessibleDescription(reason)
        self.export.setToolTip(reason)

    def _file_names(self) -> tuple[list[tuple[str, str]], str]:
        """For each file the name that the template gives and the one it gets, and what is wrong with the template."""
        taken, names = set(self._present), list[tuple[str, str]]()
        choice = self.choice
        files = self._outlook.names[:1] if choice.sheet is not None else self._outlook.names
        try:
            for image in files:
                wanted = image.exported_as(choice.template, choice.treatment, choice.sheet)
                names.append((wanted, free_name(wanted, taken)))
                taken.add(collision_key(names[-1][1]))
        except UsageError as error:
            return [], f"{error.detail} {error.remedy}"
        return names, ""

    def _headline(self) -> str:
        images, total = self._outlook.images, self._outlook.total
        if self._channel.sheet is not None:
            return counted("1 file with 1 image", "1 file with {count} images", total)
        if not self._outlook.is_complete or not images:
            return counted("1 file", "{count} files", total)
        treatment = self.form.treatment
        size = sum(file_size(image, treatment) for image in images) * total / len(images)
        return counted("1 file, about {size}", "{count} files, about {size}", total, size=_size(size))

    def _detail(self, names: Sequence[tuple[str, str]]) -> str:
        if not self._outlook.is_complete:
            return tr("Looking at the images…")
        moved = [name for wanted, name in names if name != wanted]
        parts = []
        if moved:
            one = "1 name is taken: saved as {name}"
            many = "{count} names are taken: saved as {name} and so on"
            parts.append(counted(one, many, len(moved), name=moved[0]))
        if self._outlook.total > len(self._outlook.names):
            parts.append(tr("The first {count} images were looked at", count=len(self._outlook.names)))
        return ". ".join(parts)

    def _look_into_folder(self) -> None:
        folder = self.folder.text().strip()
        self._present = set()
        self._refresh()
        if os.path.isabs(folder):
            self._errands.run(self, partial(_names_in, Path(folder)), partial(self._take_present, folder))

    def _take_present(self, folder: str, present: set[str]) -> None:
        if folder == self.folder.text().strip():
            self._present = present
            self._refresh()

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, tr("Choose a folder"), self.folder.text().strip())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Choose"))
        dialog.fileSelected.connect(self.folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_export(self) -> None:
        choice = self.choice
        self.accept()
        self.wanted.emit(choice)


def _names_in(folder: Path) -> set[str]:
    """The names that are taken there; none where nothing can be read."""
    try:
        return {collision_key(name) for name in os.listdir(folder)}
    except OSError:
        return set()


def _size(count: float) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1000))} kB"
