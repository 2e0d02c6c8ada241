"""The bar above the gallery: scene, metal, rating, flag, grouping, and how large the tiles are. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QWidget

from dmdx_desktop.library.image_order import ImageFilter
from dmdx_desktop.library.outputs import Flag
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.ui.look import Button, IconLabel, Look, Variant

SMALLEST, LARGEST, USUAL = 120, 420, 244
HEIGHT: Final = 48
Choice = tuple[str, object]


class FilterMenu(Button):
    """A filter with one choice or none. ``chosen`` tells the value, None for all."""

    chosen = Signal(object)

    def __init__(self, look: Look, name: str, choices: Sequence[Choice]) -> None:
        super().__init__(look, name, variant=Variant.QUIET)
        self._name, self._choices = name, choices
        self.value: object = None
        self.setAccessibleName(f"Filter by {name.lower()}")
        self.clicked.connect(self._open)

    def clear(self) -> None:
        """Let everything through."""
        self._choose(None)

    def _open(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for text, value in (("All", None), *self._choices):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(lambda action: self._choose(action.data()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _choose(self, value: object) -> None:
        self.value = value
        word = next((text for text, one in self._choices if one == value), "")
        self.setText(f"{self._name}: {word}" if word else self._name)
        self.setAccessibleName(f"Filter by {self._name.lower()}" + (f", {word}" if word else ""))
        self.chosen.emit(value)


class FilterBar(QWidget):
    """``changed`` comes with every other filter or grouping; ``sized`` with another size of the tiles."""

    changed = Signal()
    sized = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("filterBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._scene = FilterMenu(look, "Scene", [(scene.label, scene.value) for scene in SceneId])
        self._metal = FilterMenu(look, "Metal", [(metal.label, metal.value) for metal in RecipeMetal])
        stars: list[Choice] = [(f"{number} star{'' if number == 1 else 's'}", number) for number in range(5, 0, -1)]
        self._rating = FilterMenu(look, "Rating", [*stars, ("Unrated", 0)])
        flags: list[Choice] = [("Picked", Flag.PICK), ("Rejected", Flag.REJECT), ("Unflagged", Flag.NONE)]
        self._flag = FilterMenu(look, "Flag", flags)
        self._order = Button(look, "By piece", variant=Variant.QUIET, icon="arrow-up-down")
        self._order.setAccessibleName("Group by piece, or show the newest first")
        self._order.setCheckable(True)
        self._order.setChecked(True)
        self._order.toggled.connect(self._on_order)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(4)
        for menu in self._menus:
            row.addWidget(menu)
            menu.chosen.connect(lambda _: self.changed.emit())
        row.addStretch(1)
        row.addWidget(self._order)
        row.addWidget(IconLabel(look, "grid-2x2"))
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size.setRange(SMALLEST, LARGEST)
        self._size.setValue(USUAL)
        self._size.setFixedWidth(96)
        self._size.setAccessibleName("Size of the tiles")
        self._size.valueChanged.connect(self.sized)
        row.addWidget(self._size)
        row.addWidget(IconLabel(look, "square"))

    @property
    def _menus(self) -> tuple[FilterMenu, ...]:
        return self._scene, self._metal, self._rating, self._flag

    @property
    def by_piece(self) -> bool:
        """Whether images stand together piece by piece."""
        return self._order.isChecked()

    @property
    def chosen(self) -> ImageFilter:
        """What is let through."""
        scene, metal, rating, flag = (menu.value for menu in self._menus)
        return ImageFilter(
            scene=scene if isinstance(scene, str) else None,
            metal=metal if isinstance(metal, str) else None,
            rating=rating if isinstance(rating, int) else None,
            flag=Flag(flag) if isinstance(flag, str) else None,
        )

    @property
    def is_filtering(self) -> bool:
        """Whether anything is kept back."""
        return any(menu.value is not None for menu in self._menus)

    def clear(self) -> None:
        """Let everything through."""
        for menu in self._menus:
            menu.clear()

    def _on_order(self, by_piece: bool) -> None:
        self._order.setText("By piece" if by_piece else "Newest")
        self.changed.emit()
