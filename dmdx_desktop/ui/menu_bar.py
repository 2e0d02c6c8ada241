"""The titles of the menus, there from the first moment, so that nothing moves when their entries come. GUI thread."""

from typing import Final

from PySide6.QtWidgets import QMainWindow, QMenu

from dmdx_desktop.ui.wording import tr

TITLES: Final = ("&File", "&Edit", "&View", "&Piece", "&Help")


def lay_menu_bar(window: QMainWindow) -> None:
    """Put an empty menu for each title into the bar of ``window``."""
    for title in TITLES:
        window.menuBar().addMenu(tr(title))


def menu_titled(window: QMainWindow, title: str) -> QMenu:
    """The menu of the bar with this title."""
    bar = window.menuBar()
    found = (action.menu() for action in bar.actions() if action.text() == tr(title))
    menu = next((menu for menu in found if isinstance(menu, QMenu)), None)
    return bar.addMenu(tr(title)) if menu is None else menu
