"""Icons in the colours of the theme, drawn from their SVG text for the screen they are shown on. GUI thread."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKE: Final = "1.6"
_STROKE_WIDTH: Final = re.compile(r'stroke-width="[^"]*"')
SMALL: Final = 14
MIDDLE: Final = 16
LARGE: Final = 20


class Icons:
    """The icons of resources/icons, by their file's name. Drawn once for each size, colour and pixel ratio."""

    def __init__(self, resources: Path) -> None:
        self._folder = resources / "icons"
        self._texts: dict[str, str] = {}
        self._drawn: dict[tuple[str, int, str, float, bool], QPixmap] = {}

    def pixmap(self, name: str, size: int, colour: QColor, ratio: float = 1.0, *, solid: bool = False) -> QPixmap:
        """The icon at ``size`` logical pixels; ``solid`` fills its outline too."""
        key = (name, size, colour.name(QColor.NameFormat.HexArgb), ratio, solid)
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, size, colour, ratio, solid)
        return self._drawn[key]

    def icon(self, name: str, colour: QColor, *, disabled: QColor | None = None, size: int = MIDDLE) -> QIcon:
        """The icon for a button or an action, sharp on the screens that there are."""
        icon = QIcon()
        for ratio in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}):
            icon.addPixmap(self.pixmap(name, size, colour, ratio))
            if disabled is not None:
                icon.addPixmap(self.pixmap(name, size, disabled, ratio), QIcon.Mode.Disabled)
        return icon

    def paint(self, painter: QPainter, name: str, place: QRectF, colour: QColor, *, solid: bool = False) -> None:
        """Draw the icon into ``place`` of what is being painted."""
        ratio = painter.device().devicePixelRatioF()
        pixmap = self.pixmap(name, round(place.width()), colour, ratio, solid=solid)
        painter.drawPixmap(place.topLeft(), pixmap)

    def _draw(self, name: str, size: int, colour: QColor, ratio: float, solid: bool) -> QPixmap:
        text = self._text(name).replace("currentColor", colour.name())
        text = _STROKE_WIDTH.sub(f'stroke-width="{STROKE}"', text)
        if solid:
            text = text.replace('fill="none"', f'fill="{colour.name()}"', 1)
        pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setOpacity(colour.alphaF())
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def _text(self, name: str) -> str:
        if name not in self._texts:
            self._texts[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._texts[name]
