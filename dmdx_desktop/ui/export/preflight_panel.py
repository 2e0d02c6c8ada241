"""What will be written, and what is mended or open before it is: the card of the export dialog. GUI thread."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dmdx_desktop.models.preflight import Finding, Verdict
from dmdx_desktop.ui.look import IconLabel, Look, Tone, say, text_label
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

THUMBNAIL: Final = 56
MOST_THUMBNAILS: Final = 3
ICONS: Final[Mapping[Verdict, tuple[str, str, str]]] = {
    Verdict.MENDED: ("circle-check", "success.text", "Mended"),
    Verdict.OPEN: ("triangle-alert", "warning.text", "For you to decide"),
    Verdict.NOTE: ("info", "text.tertiary", "Good to know"),
}
"""Icon, its colour, and what it is called aloud."""


class PreflightPanel(QFrame):
    """Thumbnails, the number of files and their size, and a line for each finding."""

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self._look, self._previews = look, previews
        self._hashes: tuple[str, ...] = ()
        self.setProperty("part", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._thumbnails = [QLabel() for _ in range(MOST_THUMBNAILS)]
        for thumbnail in self._thumbnails:
            thumbnail.setFixedSize(THUMBNAIL, THUMBNAIL)
            thumbnail.setAlignment(Qt.AlignmentFlag.AlignCenter)
            thumbnail.setProperty("part", "thumbnail")
            thumbnail.hide()
            head.addWidget(thumbnail)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._headline = text_label(style=TextStyle.STRONG, wrap=True)
        self._detail = text_label(style=TextStyle.CAPTION, tone=Tone.SECONDARY, wrap=True)
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addWidget(self._detail)
        words.addStretch(1)
        head.addLayout(words, 1)
        column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column.addLayout(self._lines)
        self._shown: tuple[Finding, ...] = ()
        previews.ready.connect(self._on_ready)

    def show_images(self, hashes: Sequence[str]) -> None:
        """Show the first of these images."""
        self._hashes = tuple(hashes[:MOST_THUMBNAILS])
        self._fill()

    def show_words(self, headline: str, detail: str) -> None:
        """How many files, how large, and what their names meet."""
        say(self._headline, headline)
        say(self._detail, detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{headline}. {detail}".strip())

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """A line for each."""
        if tuple(findings) == self._shown:
            return
        self._shown = tuple(findings)
        while (item := self._lines.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        for finding in self._shown:
            line = self._line(finding)
            self._lines.addWidget(line)
            line.show()  # not with the next event, as layouts do: its height is wanted now

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown."""
        return self._shown

    @property
    def headline(self) -> str:
        """The first line."""
        return self._headline.text()

    @property
    def detail(self) -> str:
        """The second line."""
        return self._detail.text()

    def _line(self, finding: Finding) -> QWidget:
        icon, colour, aloud = ICONS[finding.verdict]
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(self._look, icon, colour=colour), 0, Qt.AlignmentFlag.AlignTop)
        tone = Tone.PRIMARY if finding.verdict is Verdict.OPEN else Tone.SECONDARY
        text = text_label(finding.words, TextStyle.CAPTION, tone, wrap=True)
        text.setAccessibleName(f"{tr(aloud)}: {finding.words}")
        text.setToolTip(tr(aloud))
        row.addWidget(text, 1)
        return line

    def _fill(self) -> None:
        ratio = self.devicePixelRatioF()
        side = round(THUMBNAIL * ratio)
        for label, sha256 in zip(self._thumbnails, self._hashes, strict=False):
            label.show()
            found = self._previews.pixmap(sha256)
            if found is not None:
                fitted: QPixmap = found.scaled(
                    QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
                fitted.setDevicePixelRatio(ratio)
                label.setPixmap(fitted)

    def _on_ready(self, sha256: str) -> None:
        if sha256 in self._hashes:
            self._fill()
