"""In which order the gallery shows its images, and what stands together under one heading. GUI thread."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu

from dmdx_desktop.library.image_order import Grouping, Sorting
from dmdx_desktop.ui.gallery.filter_menu import open_below
from dmdx_desktop.ui.gallery.order_reading import FIRST_GROUPING, FIRST_SORTING
from dmdx_desktop.ui.look import Button, Look, Variant
from dmdx_desktop.ui.wording import tr, within_line

CHEVRON: Final = 14
SORTINGS: Final = {
    Sorting.NEWEST: "Newest",
    Sorting.OLDEST: "Oldest",
    Sorting.RATING: "Rating",
}
GROUPINGS: Final = {
    Grouping.PIECE: "Piece",
    Grouping.DAY: "Day",
    Grouping.SCENE: "Scene",
    Grouping.METAL: "Metal",
    Grouping.NONE: "Nothing",
}


class OrderMenu(Button):
    """The button that opens the menu. ``changed`` comes with every other order."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, SORTINGS[FIRST_SORTING], variant=Variant.QUIET, icon="arrow-up-down")
        self.sorting, self.grouping = FIRST_SORTING, FIRST_GROUPING
        self.setProperty("aligned", "start")
        self.clicked.connect(self._open)
        look.theme.changed.connect(self.update)
        self._say()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(CHEVRON + 6, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and the sign that there is more to choose, at their end."""
        super().paintEvent(event)
        painter = QPainter(self)
        left = 8 if self.isRightToLeft() else self.width() - CHEVRON - 8
        place = QRectF(left, (self.height() - CHEVRON) / 2, CHEVRON, CHEVRON)
        self._look.icons.paint(painter, "chevron-down", place, self._look.theme.colour("text.secondary"))
        painter.end()

    def choose(self, sorting: Sorting, grouping: Grouping) -> None:
        """Show the images in another order."""
        if (sorting, grouping) != (self.sorting, self.grouping):
            self.sorting, self.grouping = sorting, grouping
            self._say()
            self.changed.emit()

    def made_menu(self) -> QMenu:
        """The menu: sorting, then grouping."""
        menu = QMenu(self)
        sortings, groupings = QActionGroup(menu), QActionGroup(menu)
        menu.addSection(tr("Sort by"))
        for sorting, words in SORTINGS.items():
            action = menu.addAction(tr(words))
            action.setCheckable(True)
            action.setChecked(sorting is self.sorting)
            action.triggered.connect(lambda _=False, one=sorting: self.choose(one, self.grouping))
            sortings.addAction(action)
        menu.addSection(tr("Group by"))
        for grouping, words in GROUPINGS.items():
            action = menu.addAction(tr(words))
            action.setCheckable(True)
            action.setChecked(grouping is self.grouping)
            action.triggered.connect(lambda _=False, one=grouping: self.choose(self.sorting, one))
            groupings.addAction(action)
        return menu

    def _open(self) -> None:
        open_below(self.made_menu(), self)

    def _say(self) -> None:
        self.setText(SORTINGS[self.sorting])
        sorted_by, grouped_by = tr(SORTINGS[self.sorting]), within_line(GROUPINGS[self.grouping])
        words = tr("Order: {sorting}, grouped by {grouping}", sorting=sorted_by, grouping=grouped_by)
        self.setAccessibleName(words)
        self.setToolTip(words)
