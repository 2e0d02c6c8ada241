"""A flow whose widgets become smaller where all of them have room in one line then. GUI thread."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from dmdx_desktop.ui.widgets.flow_layout import FlowLayout

Levels = Callable[[], Sequence[Sequence[QSize]]]
"""The sizes of all widgets, at every level they can be shown at: the roomiest first."""


class FittingFlow(FlowLayout):
    """``show`` has the widgets take on the sizes of a level; where none fits into one line, the roomiest ones wrap.

    A height is told from the sizes alone, so that asking for one changes nothing. It is asked for over and over while
    the window is laid out: the sizes are kept until a widget says that its own has changed.
    """

    def __init__(self, parent: QWidget, levels: Levels, show: Callable[[int], None], gap: int) -> None:
        super().__init__(parent, gap)
        self._levels, self._show, self._shown = levels, show, 0
        self._sizes: Sequence[Sequence[QSize]] | None = None

    def invalidate(self) -> None:
        self._sizes = None
        super().invalidate()

    def _known_sizes(self) -> Sequence[Sequence[QSize]]:
        if self._sizes is None:
            self._sizes = self._levels()
        return self._sizes

    def heightForWidth(self, width: int) -> int:
        sizes = self._known_sizes()[self.level_for(width)]
        heights, used = [0], 0
        for size in sizes:
            if used and used + size.width() > width:
                heights.append(0)
                used = 0
            heights[-1] = max(heights[-1], size.height())
            used += size.width() + self._gap
        return sum(heights) + self._gap * (len(heights) - 1)

    def level_for(self, width: int) -> int:
        """The roomiest level at which everything is in one line; the roomiest of all where there is none."""
        for level, sizes in enumerate(self._known_sizes()):
            if sum(size.width() + self._gap for size in sizes) - self._gap <= width:
                return level
        return 0

    def setGeometry(self, rect: QRect) -> None:
        level = self.level_for(rect.width())
        if level != self._shown:
            self._shown = level
            self._show(level)
        super().setGeometry(rect)
