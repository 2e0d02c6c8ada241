"""The scenes of a recipe as tiles to tick. GUI thread."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from dmdx_desktop.models.choices import PAID_ONLY_SCENES, SceneId
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.studio.paid_scenes import PaidScenes
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.fitting_flow import FittingFlow
from dmdx_desktop.ui.wording import tr

TILE: Final = 60
LEAST: Final = 40
"""Tiles become no smaller to have room in one line."""
RING: Final = 3
BELOW: Final = 21
"""What the ring of a chosen tile takes on each side, and the name below."""
_TICK: Final = 18


class SceneTile(QAbstractButton):
    """One scene: its ground, its name, and a tick where it is chosen."""

    def __init__(self, look: Look, scene: SceneId, ground: tuple[QColor, QColor] | None) -> None:
        super().__init__()
        self._look, self.scene, self._ground = look, scene, ground
        self.preview = QPixmap()
        self._side = TILE
        self.setCheckable(True)
        self._name = term_name(scene)
        self.setAccessibleName(tr("Scene: {name}", name=self._name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def show_preview(self, pixmap: QPixmap | None) -> None:
        """Show a small draft in this scene, or the ground of it."""
        self.preview = pixmap or QPixmap()
        self.update()

    def sizeHint(self) -> QSize:
        return self.size_with(self._side)

    def size_with(self, side: int) -> QSize:
        """The size it has where its picture has such sides."""
        return _size(side, self.name_width())

    def name_width(self) -> int:
        """How wide its name is."""
        return QFontMetrics(self._look.theme.font(TextStyle.CAPTION)).horizontalAdvance(self._name)

    def show_side(self, side: int) -> None:
        """Have a picture with such sides."""
        self._side = side
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tile = QRectF((self.width() - self._side) / 2, RING, self._side, self._side)
        painter.setPen(theme.colour("border.default"))
        painter.setBrush(self._brush(tile))
        painter.drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if not self.preview.isNull():
            self._paint_preview(painter, tile)
        elif self._ground is None:
            icon = QRectF(tile.center() - QPointF(10, 10), tile.size() / 3)
            self._look.icons.paint(painter, "image", icon, theme.colour("text.tertiary"))
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent.line"), 2))
            painter.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), 8, 8)
            tick = QRectF(tile.right() - _TICK + RING, tile.top() - RING, _TICK, _TICK)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent.solid"))
            painter.drawEllipse(tick)
            self._look.icons.paint(painter, "check", tick.adjusted(3, 3, -3, -3), theme.colour("accent.onSolid"))
        elif self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("border.control"))
            painter.drawRoundedRect(tile, 6, 6)
        painter.setFont(theme.font(TextStyle.CAPTION))
        painter.setPen(theme.colour("text.primary" if self.isChecked() else "text.secondary"))
        painter.drawText(QRectF(0, tile.bottom() + 4, self.width(), 16), Qt.AlignmentFlag.AlignCenter, self._name)
        painter.end()

    def _paint_preview(self, painter: QPainter, tile: QRectF) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(tile.adjusted(1, 1, -1, -1), 5, 5)
        painter.save()
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(tile, self.preview, QRectF(self.preview.rect()))
        painter.restore()

    def _brush(self, tile: QRectF) -> QLinearGradient | QColor:
        if self._ground is None:
            return self._look.theme.colour("bg.raised")
        gradient = QLinearGradient(tile.topLeft(), tile.bottomLeft())
        gradient.setColorAt(0, self._ground[0])
        gradient.setColorAt(1, self._ground[1])
        return gradient


class SceneTiles(QWidget):
    """Those that drafts can be made in; ``paid`` are the others, which stand in a line of their own.

    ``changed`` comes when the user ticks one or takes a tick away.
    """

    changed = Signal()

    def __init__(self, look: Look, scenes_folder: Path) -> None:
        super().__init__()
        self.setAccessibleName(tr("Scenes"))
        self.paid = PaidScenes(look)
        self.paid.toggled.connect(self._on_paid)
        flow = FittingFlow(self, self._sizes, self._show_level, gap=0)
        self.tiles = [
            SceneTile(look, scene, ground_of(scenes_folder / f"{scene.value}.json"))
            for scene in SceneId
            if scene not in PAID_ONLY_SCENES
        ]
        for tile in self.tiles:
            flow.addWidget(tile)
            tile.clicked.connect(self._on_click)

    def _sizes(self) -> Sequence[Sequence[QSize]]:
        names = [tile.name_width() for tile in self.tiles]
        return [[_size(side, name) for name in names] for side in range(TILE, LEAST - 1, -1)]

    def _show_level(self, level: int) -> None:
        for tile in self.tiles:
            tile.show_side(TILE - level)

    @property
    def chosen(self) -> tuple[SceneId, ...]:
        """The scenes that are ticked."""
        return (*(tile.scene for tile in self.tiles if tile.isChecked()), *self.paid.chosen)

    def choose(self, scenes: Sequence[SceneId]) -> None:
        """Tick these."""
        for tile in self.tiles:
            tile.setChecked(tile.scene in scenes)
        self.paid.choose(scenes)

    def leave_out_paid(self) -> tuple[SceneId, ...]:
        """Take away what drafts cannot be made of; returns which scenes that were."""
        left_out = self.paid.chosen
        self.paid.choose(())
        if left_out and not self.chosen:
            self.tiles[0].setChecked(True)
        return left_out

    def show_preview(self, scene: SceneId, pixmap: QPixmap | None) -> None:
        """Show a small draft on the tile of a scene, or the ground of it where there is none."""
        for tile in self.tiles:
            if tile.scene is scene:
                tile.show_preview(pixmap)

    def _on_click(self) -> None:
        sender = self.sender()
        if not self.chosen and isinstance(sender, SceneTile):
            sender.setChecked(True)  # one there always is
        self.changed.emit()

    def _on_paid(self, scene: SceneId) -> None:
        if not self.chosen:
            self.paid.choose((scene,))  # one there always is
        self.changed.emit()


def _size(side: int, name_width: int) -> QSize:
    """A tile's, with a picture that has such sides."""
    return QSize(max(side + 2 * RING, name_width + 2), side + RING + BELOW)


def ground_of(file: Path) -> tuple[QColor, QColor] | None:
    """The colours of a scene's ground, above and below; None for one without a ground."""
    try:
        surface = json.loads(file.read_text(encoding="utf-8"))["surface"]
        return QColor(*surface["top"]), QColor(*surface["bottom"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
