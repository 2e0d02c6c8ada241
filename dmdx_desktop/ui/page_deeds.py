"""What the menus can do on the page in view, asked anew whenever something was selected or typed. GUI thread.

A deed that is missing cannot be done now, and its menu entry is disabled.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from dmdx_desktop.library.catalogue import piece_ids
from dmdx_desktop.models.commands import Identify
from dmdx_desktop.ui.gallery.gallery_page import GalleryPage
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.review.review_page import ReviewPage
from dmdx_desktop.ui.studio.studio_page import StudioPage


class Deed(StrEnum):
    """What a menu can ask of a page."""

    EXPORT = "export"
    EXPORT_AGAIN = "export_again"
    SELECT_ALL = "select_all"
    FIND = "find"
    CLEAR_FILTERS = "clear_filters"
    DELETE = "delete"
    NEXT_SURROUND = "next_surround"
    MAKE_IMAGES = "make_images"
    IDENTIFY_AGAIN = "identify_again"


Deeds = Mapping[Deed, Callable[[], object]]


@runtime_checkable
class Deletes(Protocol):
    """A page that can delete what is selected on it, after asking."""

    def delete_selected(self) -> None:
        """Ask, and delete."""


@runtime_checkable
class ChangesSurround(Protocol):
    """A page that shows pictures on a ground that can be another one."""

    def next_surround(self) -> None:
        """Show them on the next ground."""


def deeds_of(page: QWidget, parts: Parts) -> Deeds:
    """What can be done on ``page`` now."""
    found: dict[Deed, Callable[[], object]] = {}
    if isinstance(page, StudioPage):
        found |= _studio(page, parts)
    elif isinstance(page, GalleryPage):
        found |= _gallery(page)
    elif isinstance(page, ReviewPage) and page.model.keys:
        found[Deed.EXPORT] = page.inspector.export_wanted.emit
        found[Deed.EXPORT_AGAIN] = lambda: page.export_again_wanted.emit(page.selected_keys())
    if isinstance(page, ChangesSurround):
        found[Deed.NEXT_SURROUND] = page.next_surround
    selected = page.pieces.selected_keys() if isinstance(page, StudioPage) else None
    if isinstance(page, GalleryPage):
        selected = page.grid.selected_keys(1).tolist()
    if isinstance(page, Deletes) and selected != []:
        found[Deed.DELETE] = page.delete_selected
    return found


def _studio(page: StudioPage, parts: Parts) -> Deeds:
    if not page.has_pieces:
        return {}
    pieces = page.pieces
    found: dict[Deed, Callable[[], object]] = {
        Deed.FIND: pieces.start_searching,
        Deed.SELECT_ALL: pieces.list.selectAll,
    }
    if pieces.is_filtering:
        found[Deed.CLEAR_FILTERS] = pieces.clear_filters
    if pieces.selected_keys():
        found[Deed.IDENTIFY_AGAIN] = partial(_identify, page, parts)
        if page.footer.button.isEnabled():
            found[Deed.MAKE_IMAGES] = page.generate
    return found


def _gallery(page: GalleryPage) -> Deeds:
    found: dict[Deed, Callable[[], object]] = {Deed.FIND: page.filters.search.setFocus}
    if page.model.keys:
        found[Deed.SELECT_ALL] = page.grid.selectAll
    if page.filters.is_filtering:
        found[Deed.CLEAR_FILTERS] = page.filters.clear
    if page.grid.selected_rows():
        found[Deed.EXPORT] = lambda: page.export_wanted.emit(page.selected_keys())
        found[Deed.EXPORT_AGAIN] = lambda: page.export_again_wanted.emit(page.selected_keys())
    return found


def _identify(page: StudioPage, parts: Parts) -> None:
    def send(jobs: list[str]) -> None:
        if jobs:
            parts.bridge.send(Identify(targets=tuple(jobs)))

    parts.source.ask(page, partial(piece_ids, keys=page.pieces.selected_keys()), send)
