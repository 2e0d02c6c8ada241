"""The menu over the gallery's images: everything that can be done with those that are selected. GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from dmdx_desktop.ui.gallery.collecting import Collecting
from dmdx_desktop.ui.gallery.image_grid import ImageGrid
from dmdx_desktop.ui.gallery.selection_inspector import MOST_COMPARED
from dmdx_desktop.ui.image_words import FLAGS
from dmdx_desktop.ui.widgets.star_rating import STARS
from dmdx_desktop.ui.wording import tr


@dataclass(frozen=True, slots=True)
class SelectionDeeds:
    """What the page does when it is chosen in the menu."""

    open: Callable[[], None]
    compare: Callable[[], None]
    rate: Callable[[int], None]
    flag: Callable[[str], None]
    copy: Callable[[], None]
    use_again: Callable[[], None] | None
    """None where the selected images were made by different recipes."""
    make_more: Callable[[], None] | None
    """None where they are of several pieces as well."""
    export: Callable[[], None]
    delete: Callable[[], None]


def selection_menu(parent: QWidget, grid: ImageGrid, deeds: SelectionDeeds, collecting: Collecting) -> QMenu:
    """The menu for what is selected now; with nothing selected, only what selects."""
    menu = QMenu(parent)
    selected = grid.selected_count()
    if selected:
        menu.addAction(tr("Open in Review"), deeds.open)
        menu.addAction(tr("Compare"), deeds.compare).setEnabled(1 < selected <= MOST_COMPARED)
        menu.addSeparator()
        rating, flag = menu.addMenu(tr("Rating")), menu.addMenu(tr("Flag"))
        for stars in range(STARS, -1, -1):
            rating.addAction(_stars(stars), partial(deeds.rate, stars))
        for value, words in FLAGS:
            flag.addAction(tr(words), partial(deeds.flag, value))
        collecting.fill(menu, grid.selected_keys)
        menu.addSeparator()
        menu.addAction(tr("Copy"), deeds.copy)
        again = menu.addAction(tr("Use recipe again"))
        again.setEnabled(deeds.use_again is not None)
        if deeds.use_again is not None:
            again.triggered.connect(deeds.use_again)
        more = menu.addAction(tr("Make more"))
        more.setEnabled(deeds.make_more is not None)
        if deeds.make_more is not None:
            more.triggered.connect(deeds.make_more)
        export = tr("Export image…") if selected == 1 else tr("Export {count} images…", count=selected)
        menu.addAction(export, deeds.export)
        menu.addSeparator()
    section = grid.current_section()
    if section is not None:
        menu.addAction(tr("Select this group"), lambda: grid.select_section(section))
        folding = tr("Show this group") if grid.is_folded(section) else tr("Fold this group")
        menu.addAction(folding, lambda: grid.toggle_section(section))
    if grid.has_folded:
        menu.addAction(tr("Show every group"), grid.unfold_all)
    menu.addAction(tr("Select everything that is shown"), grid.selectAll)
    if selected:
        menu.addAction(tr("Clear the selection"), grid.clearSelection)
        menu.addSeparator()
        delete = tr("Delete image…") if selected == 1 else tr("Delete {count} images…", count=selected)
        menu.addAction(delete, deeds.delete)
    return menu


def _stars(stars: int) -> str:
    if not stars:
        return tr("No rating")
    return tr("1 star") if stars == 1 else tr("{number} stars", number=stars)
