"""The bar above the gallery: search, filters, order, and how large the tiles are. GUI thread."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QWidget

from dmdx_desktop.library.collections import CollectionCard
from dmdx_desktop.library.image_order import Grouping, ImageFilter, Sorting, start_of_day
from dmdx_desktop.library.outputs import Flag
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.ui.agreement_words import VERDICTS
from dmdx_desktop.ui.gallery.filter_menu import Choice, FilterMenu, open_below
from dmdx_desktop.ui.gallery.order_menu import OrderMenu
from dmdx_desktop.ui.look import Button, IconButton, IconLabel, Look, Variant
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.widgets.search_field import SearchField
from dmdx_desktop.ui.wording import tr

SMALLEST, LARGEST, USUAL = 120, 420, 244
HEIGHT: Final = 48
SEARCH_WIDTH: Final = 240
TYPED_MS: Final = 250
TILE: Final = 6
"""How much an arrow key changes the width of a tile."""
FLAGS: Final = (
    (Flag.PICK, "flag", "Show picked images only"),
    (Flag.REJECT, "flag-off", "Show rejected images only"),
    (Flag.NONE, "circle", "Show images without a flag only"),
)
DAYS: Final[Sequence[Choice]] = (("Today", 0), ("Last 7 days", 6), ("Last 30 days", 29))
"""How many days before today what is shown was made, at most."""


class FilterBar(QWidget):
    """``changed`` comes with every other filter or order; ``sized`` with another size of the tiles."""

    changed = Signal()
    sized = Signal(int)

    def __init__(self, look: Look, tile: int = USUAL) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("filterBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.search = self._search_field()
        self.type = self._menu("Type", _types)
        self.metal = self._menu("Metal", lambda: [(term_name(one), one.value) for one in RecipeMetal])
        self.stone = self._menu("Stone", _stones)
        self.scene = self._menu("Scene", lambda: [(term_name(one), one.value) for one in SceneId])
        self.rating = self._menu(
            "Rating", lambda: [*((_stars(number), number) for number in range(5, 0, -1)), (tr("Unrated"), 0)]
        )
        self.made = self._menu("Date", lambda: [(tr(words), days) for words, days in DAYS])
        self.collection = self._menu("Collection", tuple)
        self.agreement = self._menu("Reference", lambda: [(tr(words), value) for value, words in VERDICTS.items()])
        self.flags = {flag: self._flag_button(flag, icon, name) for flag, icon, name in FLAGS}
        self.more = IconButton(look, "list-filter", "All filters")
        self.more.clicked.connect(lambda: open_below(self.made_menu(), self.more))
        self.clear_button = Button(look, "Clear filters", variant=Variant.LINK)
        self.clear_button.clicked.connect(self.clear)
        self.order = OrderMenu(look)
        self.order.changed.connect(self.changed)
        self.tile_size = self._size_slider(tile)
        self._lay_out()

    @property
    def chosen(self) -> ImageFilter:
        """What is let through."""
        days = self.made.value
        flag = next((flag for flag, button in self.flags.items() if button.isChecked()), None)
        return ImageFilter(
            text=self.search.text().strip(),
            type=_text(self.type.value),
            metal=_text(self.metal.value),
            stone=_text(self.stone.value),
            scene=_text(self.scene.value),
            rating=_number(self.rating.value),
            flag=flag,
            made_since=start_of_day(days, datetime.now()) if isinstance(days, int) else None,
            collection=_number(self.collection.value),
            agreement=_text(self.agreement.value),
        )

    @property
    def grouping(self) -> Grouping:
        """What stands together."""
        return self.order.grouping

    @property
    def sorting(self) -> Sorting:
        """In which order."""
        return self.order.sorting

    @property
    def is_filtering(self) -> bool:
        """Whether anything is kept back."""
        active = any(menu.is_active for menu in self._menus) or any(one.isChecked() for one in self.flags.values())
        return active or bool(self.search.text().strip())

    def clear(self) -> None:
        """Let everything through."""
        with QSignalBlocker(self):
            self.search.clear()
            for menu in self._menus:
                menu.choose(None)
            for button in self.flags.values():
                button.setChecked(False)
        self._typed.stop()
        self._on_change()

    def offer_collections(self, collections: Sequence[CollectionCard]) -> None:
        """Offer these collections to filter by."""
        self.collection.offer([(one.name, one.key) for one in collections])
        self._fit()

    def made_menu(self) -> QMenu:
        """Every filter in one menu, also those that have no room in the bar."""
        menu = QMenu(self)
        for one in self._menus:
            inner = menu.addMenu(one.text().replace("&", "&&"))
            one.fill(inner)
        menu.addSeparator()
        clear = menu.addAction(tr("Clear filters"), self.clear)
        clear.setEnabled(self.is_filtering)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _menus(self) -> tuple[FilterMenu, ...]:
        return self.type, self.metal, self.stone, self.scene, self.rating, self.made, self.collection, self.agreement

    def _menu(self, name: str, choices: Callable[[], Sequence[Choice]]) -> FilterMenu:
        menu = FilterMenu(self._look, name, choices)
        menu.chosen.connect(self._on_change)
        return menu

    def _search_field(self) -> SearchField:
        field = SearchField(self._look, tr("Search"), tr("Search images"), "Ctrl+F")
        field.setMinimumWidth(120)
        field.setMaximumWidth(SEARCH_WIDTH)
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._on_change)
        field.textChanged.connect(lambda: self._typed.start())
        return field

    def _flag_button(self, flag: Flag, icon: str, name: str) -> IconButton:
        button = IconButton(self._look, icon, name)
        button.setCheckable(True)
        button.setProperty("filter", "true")
        button.clicked.connect(lambda: self._on_flag(flag))
        return button

    def _size_slider(self, tile: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(SMALLEST, LARGEST)
        slider.setSingleStep(TILE)
        slider.setValue(tile)
        slider.setFixedWidth(96)
        slider.setAccessibleName(tr("Size of the tiles"))
        slider.valueChanged.connect(self.sized)
        return slider

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        for menu in self._menus:
            row.addWidget(menu)
        for button in (*self.flags.values(), self.more):
            row.addWidget(button)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        for widget in (self.order, IconLabel(self._look, "grid-2x2"), self.tile_size, IconLabel(self._look, "square")):
            row.addWidget(widget)
        self._fit()

    def _on_flag(self, flag: Flag) -> None:
        for other, button in self.flags.items():
            if other is not flag:
                button.setChecked(False)
        self._on_change()

    def _on_change(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Of the filters that keep nothing back, show as many as there is room for; all are in the menu."""
        self.clear_button.setVisible(self.is_filtering)
        rest: list[QWidget] = [*self.flags.values(), self.more, self.order, self.tile_size]
        used = 32 + self.search.minimumWidth() + 60 + sum(one.sizeHint().width() + 6 for one in rest)
        used += self.clear_button.sizeHint().width() + 6 if self.is_filtering else 0
        used += sum(menu.sizeHint().width() + 6 for menu in self._menus if menu.is_active)
        for menu in self._menus:
            if menu.is_active:
                menu.show()
                continue
            used += menu.sizeHint().width() + 6
            menu.setVisible(used <= self.width() and menu not in (self.made, self.collection, self.agreement))


def _types() -> list[Choice]:
    # The vocabulary is long, and first wanted when the menu opens.
    from dmdx_desktop.models.vocabulary import JewelleryType

    return [(term_name(one), one.value) for one in JewelleryType if one.value != "unknown"]


def _stones() -> list[Choice]:
    from dmdx_desktop.models.vocabulary import StoneColour  # as above

    return [(term_name(one), one.value) for one in StoneColour if one.value != "unknown"]


def _stars(number: int) -> str:
    return tr("1 star") if number == 1 else tr("{number} stars", number=number)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
