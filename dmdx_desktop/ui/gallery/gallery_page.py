"""The gallery: one grid for every image, with filters above and what is selected beside it. GUI thread."""

from array import array
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import ImageCard, image_cards
from dmdx_desktop.ui.folding_memory import FoldingMemory
from dmdx_desktop.ui.gallery.collecting import Collecting
from dmdx_desktop.ui.gallery.empty_states import NoImages, NoMatch
from dmdx_desktop.ui.gallery.filter_bar import LARGEST, SMALLEST, USUAL, FilterBar
from dmdx_desktop.ui.gallery.handing_out import MOST_FILES, HandingOut, file_data
from dmdx_desktop.ui.gallery.image_delegate import ImageDelegate
from dmdx_desktop.ui.gallery.image_facts import MOST_READ, SelectionView, selection_view, used_recipe
from dmdx_desktop.ui.gallery.image_grid import ImageGrid, measures
from dmdx_desktop.ui.gallery.marking import Mark, Marking
from dmdx_desktop.ui.gallery.order_reading import OrderQuestion, OrderRead, ShownOrder
from dmdx_desktop.ui.gallery.selection_inspector import MOST_COMPARED, SelectionInspector, why_no_more
from dmdx_desktop.ui.gallery.selection_menu import SelectionDeeds, selection_menu
from dmdx_desktop.ui.image_words import announced_image
from dmdx_desktop.ui.kept_selection import replace_order
from dmdx_desktop.ui.keyed_model import KeyedModel
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.notices import announce
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.wording import tr

READ_AGAIN_MS: Final = 120
CALM_MS: Final = 3_000
"""So far apart the order is looked at while images come that nobody had seen."""
COPIES_MS: Final = 1_000
"""So often at most the selection is read again while images are copied to the bucket."""
FEW: Final = 100
"""Among so many at the top of an order the newest image is looked for: mostly it is the first of all."""
FRAME_MS: Final = 16
REMEMBER_MS: Final = 400
MOST_SHARED: Final = 500
"""Of a larger selection the inspector looks at so many."""
NARROW: Final = 1200
"""Below this width the inspector is a drawer."""
EMPTY, IMAGES, NO_MATCH = 0, 1, 2
RATINGS: Final = {
    KeyAction.RATE_0: 0,
    KeyAction.RATE_1: 1,
    KeyAction.RATE_2: 2,
    KeyAction.RATE_3: 3,
    KeyAction.RATE_4: 4,
    KeyAction.RATE_5: 5,
}
FLAG_KEYS: Final = {KeyAction.PICK: "pick", KeyAction.REJECT: "reject", KeyAction.UNFLAG: "none"}


class GalleryPage(QWidget):
    """``image_opened`` tells the key of the image to review; ``counted`` what the status strip says."""

    image_opened = Signal(int)
    counted = Signal(str)
    export_wanted = Signal(object)
    """With the keys as a packed array: of a million images no list is made here."""
    export_again_wanted = Signal(object)
    compare_wanted = Signal(list)
    delete_wanted = Signal(object)
    use_again = Signal(object)
    """A UsedRecipe."""
    more_wanted = Signal(object)
    """A UsedRecipe of one piece."""
    studio_wanted = Signal()
    samples_wanted = Signal()
    told = Signal(str)
    """Something to say for a moment."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._tile = min(max(parts.preferences.now.tile or USUAL, SMALLEST), LARGEST)
        self.model: KeyedModel[ImageCard] = KeyedModel(parts.source, image_cards, announced_image, self)
        self.grid = ImageGrid(parts.look, self.model, self._tile)
        self._delegate = ImageDelegate(parts.look, parts.previews)
        self._delegate.redraw.connect(self._repaint)
        self.grid.setItemDelegate(self._delegate)
        preferences = parts.preferences
        self._folding = FoldingMemory(
            self.grid, preferences.now.folded_images, lambda marks: preferences.change(folded_images=marks)
        )
        self.filters = FilterBar(parts.look, self._tile)
        self.inspector = SelectionInspector(parts.look, parts.previews)
        self.collecting = Collecting(parts, self)
        self.handing_out = HandingOut(parts, self)
        self._marking = Marking(parts, self.model, self)
        self._generation = 0
        self._are_cards_new = True
        self._is_narrow = False
        self._inspected: tuple[list[ImageCard], int] = ([], 0)
        self._view = SelectionView()
        self._empty, self._no_match = NoImages(parts.look), NoMatch(parts.look)
        self._stack = QStackedWidget()
        for widget in (self._empty, self.grid, self._no_match):
            self._stack.addWidget(widget)
        self._lay_out()
        self._newest = 0
        self._since_read = QElapsedTimer()
        self._reading = QTimer(self, singleShot=True)
        self._reading.timeout.connect(self._read)
        self._reading_view = QTimer(self, singleShot=True, interval=COPIES_MS)
        self._reading_view.timeout.connect(self._read_view)
        self._showing = QTimer(self, singleShot=True)
        self._showing.timeout.connect(self._show_selection)
        self._remembering = QTimer(self, singleShot=True, interval=REMEMBER_MS)
        self._remembering.timeout.connect(lambda: parts.preferences.change(tile=self._tile))
        self._connect()

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._stack, 1)
        body.addWidget(self.inspector)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._read)
        self.filters.sized.connect(self._resize)
        self.collecting.changed.connect(lambda: self.filters.offer_collections(self.collecting.known))
        grid = self.grid
        grid.selectionModel().selectionChanged.connect(lambda: self._showing.start(0))
        grid.opened.connect(lambda row: self.image_opened.emit(self.model.keys[row]))
        grid.menu_wanted.connect(self._open_menu)
        grid.drag_wanted.connect(self._carry)
        grid.section_selected.connect(self._tell_section)
        self.model.touched.connect(self._repaint)
        self.model.arrived.connect(lambda: self._showing.start(0))
        self._parts.previews.ready.connect(self._on_preview)
        self.inspector.rated.connect(self.rate)
        self.inspector.flagged.connect(self.flag)
        self.inspector.review_wanted.connect(self._open_first)
        self.inspector.compare_wanted.connect(self.compare)
        self.inspector.export_wanted.connect(self._export)
        self.inspector.delete_wanted.connect(self.delete_selected)
        self.inspector.use_again.connect(self.use_again)
        self.inspector.more_wanted.connect(self.more_wanted)
        self._empty.studio_wanted.connect(self.studio_wanted)
        self._empty.samples_wanted.connect(self.samples_wanted)
        self._no_match.clear_wanted.connect(self.filters.clear)

    def take_changes(self, changes: dict[str, set[int] | None]) -> None:
        """Rows of these tables changed."""
        if "collection" in changes:
            self.collecting.read()
            self._inspected = ([], 0)
            self._showing.start(0)
        if "bucket_copy" in changes and not self._reading_view.isActive():
            self._reading_view.start()
        if "output" in changes or "job" in changes:
            self._are_cards_new = False
        if "output" in changes:
            self.model.refresh(changes["output"])
        self._look_for_previews()
        filtered = "collection" in changes and self.filters.collection.is_active
        if "output" in changes or "job" in changes or filtered:
            self._read_in(READ_AGAIN_MS if filtered else self._patience(changes))

    def _patience(self, changes: dict[str, set[int] | None]) -> int:
        """Milliseconds until the order is looked at again: little for what is here already, more for what is made.

        While images come in numbers, whoever looks at others sees them move up every now and then, not all the time.
        """
        keys = changes.get("output", set())
        is_of_old = keys is None or any(key <= self._newest for key in keys)
        self._newest = max(self._newest, *(keys or ()), 0)
        if is_of_old or not self._since_read.isValid():
            return READ_AGAIN_MS
        return max(READ_AGAIN_MS, CALM_MS - self._since_read.elapsed())

    def _read_in(self, milliseconds: int) -> None:
        if not self._reading.isActive() or self._reading.remainingTime() > milliseconds:
            self._reading.start(milliseconds)

    def read_all(self) -> None:
        """Look again at everything."""
        self.model.refresh(None)
        self.collecting.read()
        self._read()

    def let_go(self) -> None:
        """The window closes: what was handed out to other programs goes."""
        self.handing_out.close()

    def selected_keys(self, most: int | None = None) -> "array[int]":
        """The keys of the selected images, ``most`` of them at most, in the order of the grid, packed."""
        return self.grid.selected_keys(most)

    def show_image(self, key: int) -> None:
        """Select one image, where it is let through."""
        row = self.model.row_of(key)
        if row is not None:
            self.grid.reveal(row)

    # What is done with the selection.

    def rate(self, stars: int) -> None:
        """Give the selected images stars."""
        self._marking.mark(self.grid.selected_keys(), Mark(rating=stars))

    def flag(self, flag: str) -> None:
        """Pick or reject the selected images, or take that back."""
        self._marking.mark(self.grid.selected_keys(), Mark(flag=flag))

    def compare(self) -> None:
        """Have the selected images seen side by side."""
        keys = self.grid.selected_keys(MOST_COMPARED).tolist()
        if keys:
            self.compare_wanted.emit(keys)

    def delete_selected(self) -> None:
        """Have the selected images deleted, after asking."""
        keys = self.selected_keys()
        if keys:
            self.delete_wanted.emit(keys)

    def copy_selected(self) -> None:
        """Put the selected images on the clipboard."""
        keys = self.grid.selected_keys(MOST_FILES + 1)
        card = self.model.known(keys[0]) if keys else None
        if card is not None and self._are_few(keys):
            self.handing_out.copy_to_clipboard(keys, card.sha256, self._tell_copied)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._parts.keys.action(event)
        steps = {KeyAction.NEXT: 1, KeyAction.PREVIOUS: -1}
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif action in RATINGS:
            self.rate(RATINGS[action])
        elif action in FLAG_KEYS:
            self.flag(FLAG_KEYS[action])
            if event.text().isupper() and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._go_by(1)  # Caps Lock is on
        elif action in steps:
            self._go_by(steps[action])
        elif action is KeyAction.COMPARE:
            self.compare()
        elif action is KeyAction.INSPECTOR:
            self.inspector.setVisible(self.inspector.isHidden())
        elif action is KeyAction.FOLD:
            self.grid.toggle_current()
        elif action is KeyAction.DELETE:
            self.delete_selected()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.inspector.setVisible(not is_narrow)

    def _go_by(self, rows: int) -> None:
        if self.model.keys:
            self.grid.reveal(self.grid.row_beside(self.grid.currentIndex().row(), rows))

    def _export(self) -> None:
        self.export_wanted.emit(self.selected_keys())

    def _open_first(self) -> None:
        keys = self.grid.selected_keys(1)
        if keys:
            self.image_opened.emit(keys[0])

    def _open_menu(self, at: QPoint) -> None:
        menu = self.made_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def made_menu(self) -> QMenu:
        """A menu of what can be done with what is selected now."""
        used = used_recipe(self._view)
        deeds = SelectionDeeds(
            open=self._open_first,
            compare=self.compare,
            rate=self.rate,
            flag=self.flag,
            copy=self.copy_selected,
            use_again=None if used is None else lambda: self.use_again.emit(used),
            make_more=None if why_no_more(used) else lambda: self.more_wanted.emit(used),
            export=self._export,
            delete=self.delete_selected,
        )
        return selection_menu(self, self.grid, deeds, self.collecting)

    def _carry(self) -> None:
        """Files are made while the mouse moves on; who lets go before they are there carries nothing."""
        keys = self.grid.selected_keys(MOST_FILES + 1)
        card = self.model.known(keys[0]) if keys else None
        if card is None or not self._are_few(keys):
            return
        picture = self.handing_out.carried(card.sha256)

        def carry(files: list[Path]) -> None:
            if files and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                QTimer.singleShot(0, self.grid, lambda: self.grid.drag(file_data(files), picture))

        self.handing_out.make_files(keys, carry)

    def _are_few(self, keys: "array[int]") -> bool:
        if len(keys) > MOST_FILES:
            self.told.emit(tr("Up to {most} images go at once. Export more of them instead.", most=MOST_FILES))
        return len(keys) <= MOST_FILES

    def _tell_copied(self, files: int) -> None:
        words = tr("1 image copied.") if files == 1 else tr("{count} images copied.", count=files)
        self.told.emit(words if files else tr("The image could not be copied. Its file cannot be read."))

    def _tell_section(self, name: str, count: int) -> None:
        words = tr("1 image of {name} selected") if count == 1 else tr("{count} images of {name} selected")
        announce(self.grid, words.format(count=f"{count:,}", name=name))

    # What is shown.

    def _repaint(self, keys: set[int]) -> None:
        """What these images look like has changed, or is to be read again."""
        shown = self.model.keys
        self.grid.update_rows_soon(row for row in self.grid.cells_in_view() if shown[row] in keys)

    def _on_preview(self, sha256: str) -> None:
        known, shown = self.model.known, self.model.keys
        cards = ((row, known(shown[row])) for row in self.grid.cells_in_view())
        self.grid.update_rows_soon(row for row, card in cards if card is not None and card.sha256 == sha256)

    def _look_for_previews(self) -> None:
        """Something was made: ask again for previews that were not there."""
        has, known, shown = self._parts.previews.has, self.model.known, self.model.keys
        cards = ((row, known(shown[row])) for row in self.grid.cells_in_view())
        self.grid.update_rows_soon(row for row, card in cards if card is not None and not has(card.sha256))

    def _selected_cards(self) -> list[ImageCard]:
        """Of the selection, what the inspector looks at."""
        rows = islice(chain.from_iterable(self.grid.selected_rows()), MOST_SHARED)
        return [card for row in rows if (card := self.model.known(self.model.keys[row])) is not None]

    def _show_selection(self) -> None:
        selected = self.grid.selected_count()
        inspected = (self._selected_cards(), selected)
        # While images are made this comes with every frame, and laying out the inspector is half a frame's work.
        if inspected != self._inspected:
            self._inspected = inspected
            self.inspector.show_images(*inspected)
            self._read_view()
        self._tell_counts(selected)

    def _read_view(self) -> None:
        keys = self.grid.selected_keys(MOST_READ)
        if keys:
            take = partial(self._take_view, self._inspected)
            self._parts.source.ask(self, partial(selection_view, keys=keys), take)
        else:
            self._view = SelectionView()

    def _take_view(self, inspected: tuple[list[ImageCard], int], view: SelectionView) -> None:
        if inspected is self._inspected:
            self._view = view
            self.inspector.show_view(view, inspected[1])

    def _tell_counts(self, selected: int) -> None:
        images = len(self.model.keys)
        text = tr("1 image") if images == 1 else tr("{count} images", count=images)
        self.counted.emit(tr("{images} · {count} selected", images=text, count=selected) if selected else text)

    def _resize(self, tile: int) -> None:
        self._tile = tile
        self.grid.set_measures(measures(tile, headings=bool(self.grid.sections)))
        self._remembering.start()

    def _read(self) -> None:
        self._generation += 1
        self._since_read.start()
        grouping = self.filters.grouping
        shown = ShownOrder(self.model.keys, self.grid.sections, self._folding.awaited(grouping.value))
        self._are_cards_new = True
        question = OrderQuestion(shown, self.filters.chosen, grouping, self.filters.sorting)
        self._parts.source.ask(self, question, partial(self._take, self._generation))

    def _take(self, generation: int, read: OrderRead) -> None:
        if generation != self._generation:
            return
        order, known = read.order, read.known
        self._newest = max(self._newest, *order.keys[:FEW], 0)
        if self._are_cards_new:
            self.model.know(read.cards)
        if read.change.gone or read.change.come:
            replace_order(self.grid, self.model, order.keys, read.change)
        is_more_folded = self._folding.take(known.scope, read.folded, are_all=not self.filters.is_filtering)
        self.grid.set_measures(measures(self._tile, headings=bool(order.groups)))
        if order.groups is not self.grid.sections or known != self.grid.known_by or is_more_folded:
            self.grid.set_sections(order.groups, known)
        nothing = NO_MATCH if self.filters.is_filtering else EMPTY
        self._stack.setCurrentIndex(IMAGES if order.keys else nothing)
        # Not at once: to paint the grid is enough for this frame.
        self._showing.start(FRAME_MS)
