"""The menu bar: everything the window can do, with its keys, and what cannot be done now disabled. GUI thread.

Roles move Settings, About and Quit to where macOS has them. Keys of pages (J, K, P…) are theirs and not listed here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow, QMenu

from dmdx_desktop.ui.keys import KeyAction, Keys
from dmdx_desktop.ui.menu_bar import menu_titled
from dmdx_desktop.ui.page_deeds import Deed, Deeds
from dmdx_desktop.ui.preferences import AppearanceChoice, PreferencesFile
from dmdx_desktop.ui.settings.appearance_page import NAMES
from dmdx_desktop.ui.shortcut_sheet import Listed
from dmdx_desktop.ui.top_bar import TABS, Workspace
from dmdx_desktop.ui.wording import tr

KeySet = QKeySequence.StandardKey | str | Sequence[str] | None
Role = QAction.MenuRole
Standard = QKeySequence.StandardKey
SHEET_KEYS: Final = ("F1", "?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What the menus ask of the window itself, whatever page is in view."""

    add_files: Callable[[], None]
    add_folder: Callable[[], None]
    paste: Callable[[], None]
    can_paste: Callable[[], bool]
    close: Callable[[], object]
    show_workspace: Callable[[Workspace], None]
    show_settings: Callable[[], None]
    show_about: Callable[[], None]
    show_sheet: Callable[[], None]
    open_log: Callable[[], None]
    go_to_pane: Callable[[int], None]
    full_screen: Callable[[], None]


class Menus(QObject):
    """Builds the menus of ``window``. ``deeds`` tells what the page in view can do now."""

    def __init__(
        self,
        window: QMainWindow,
        shell: Shell,
        deeds: Callable[[], Deeds],
        history: QUndoStack,
        keys: Keys,
        preferences: PreferencesFile,
    ) -> None:
        super().__init__(window)
        self._window, self._shell, self._deeds, self._keys, self._preferences = window, shell, deeds, keys, preferences
        self._of_pages: dict[Deed, QAction] = {}
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self.look)
        self._build_file()
        self._build_edit(history)
        self._build_view()
        self._build_piece()
        self._build_help()
        keys.changed.connect(self._take_keys)
        self._take_keys()
        self.look()

    def look_soon(self) -> None:
        """Something was selected, typed or shown: look again what can be done."""
        self._looking.start()

    def look(self) -> None:
        """Enable what can be done now and disable the rest."""
        deeds = self._deeds()
        for deed, action in self._of_pages.items():
            action.setEnabled(deed in deeds)
        self.paste.setEnabled(self._shell.can_paste())

    def keys_taken(self) -> list[str]:
        """The keys of the menus, as ``QKeySequence`` writes them."""
        actions = [action for menu in self._menus() for action in menu.actions()]
        return [keys.toString() for action in actions for keys in action.shortcuts() if keys.toString() != "?"]

    def listed(self) -> list[Listed]:
        """What stands in the menus with a key, for the sheet."""
        found: list[Listed] = []
        native = QKeySequence.SequenceFormat.NativeText
        for menu in self._menus():
            uses = [
                (action.text().replace("&", ""), tuple(keys.toString(native) for keys in _worth_showing(action)))
                for action in menu.actions()
                if action.shortcuts()
            ]
            found.append((menu.title().replace("&", ""), uses))
        return found

    def _menus(self) -> list[QMenu]:
        return [menu for action in self._window.menuBar().actions() if isinstance(menu := action.menu(), QMenu)]

    def _build_file(self) -> None:
        menu, shell = self._menu("&File"), self._shell
        self._add(menu, "Add files…", shell.add_files, Standard.Open)
        self._add(menu, "Add folder…", shell.add_folder, "Ctrl+Shift+O")
        self.paste = self._add(menu, "Paste pictures", shell.paste, Standard.Paste)
        menu.addSeparator()
        self._add_deed(menu, "Export…", Deed.EXPORT, "Ctrl+E")
        self._add_deed(menu, "Export as last time", Deed.EXPORT_AGAIN, "Ctrl+Shift+E")
        menu.addSeparator()
        self._add(menu, "Close window", shell.close, Standard.Close)
        self._add(menu, "Quit", shell.close, "Ctrl+Q", Role.QuitRole)

    def _build_edit(self, history: QUndoStack) -> None:
        menu = self._menu("&Edit")
        for action, keys in (
            (history.createUndoAction(self._window, tr("Undo")), Standard.Undo),
            (history.createRedoAction(self._window, tr("Redo")), Standard.Redo),
        ):
            action.setShortcuts(QKeySequence.keyBindings(keys))
            menu.addAction(action)
        menu.addSeparator()
        self._add_deed(menu, "Select all", Deed.SELECT_ALL, Standard.SelectAll)
        self._add_deed(menu, "Find", Deed.FIND, Standard.Find)
        self._add_deed(menu, "Clear filters", Deed.CLEAR_FILTERS, "Ctrl+L")
        menu.addSeparator()
        # Its key is the page's, which knows what has the focus.
        self._add_deed(menu, "Delete…", Deed.DELETE, None)
        menu.addSeparator()
        self._add(menu, "Settings…", self._shell.show_settings, "Ctrl+,", Role.PreferencesRole)

    def _build_view(self) -> None:
        menu = self._menu("&View")
        for workspace, (name, _) in TABS.items():
            self._add(menu, name, partial(self._shell.show_workspace, workspace), f"Ctrl+{workspace + 1}")
        menu.addSeparator()
        self._add_deed(menu, "Next surround", Deed.NEXT_SURROUND, None)
        looks = menu.addMenu(tr("Appearance"))
        group = QActionGroup(looks)
        for choice in AppearanceChoice:
            action = self._add(looks, NAMES[choice], partial(self._preferences.change, appearance=choice), None)
            action.setCheckable(True)
            action.setData(choice)
            group.addAction(action)
        self._looks = group
        self._preferences.changed.connect(self._show_look)
        self._show_look()
        menu.addSeparator()
        self._add(menu, "Next pane", partial(self._shell.go_to_pane, 1), "F6")
        self._add(menu, "Previous pane", partial(self._shell.go_to_pane, -1), "Shift+F6")
        menu.addSeparator()
        self.full_screen = self._add(menu, "Full screen", self._shell.full_screen, "F11")

    def _build_piece(self) -> None:
        menu = self._menu("&Piece")
        self._add_deed(menu, "Make images", Deed.MAKE_IMAGES, "Ctrl+G")
        self._add_deed(menu, "Identify again", Deed.IDENTIFY_AGAIN, None)

    def _build_help(self) -> None:
        menu, shell = self._menu("&Help"), self._shell
        self.sheet = self._add(menu, "Shortcuts", shell.show_sheet, SHEET_KEYS)
        self._add(menu, "Open log folder", shell.open_log, None)
        menu.addSeparator()
        self._add(menu, "About DMDX Studio", shell.show_about, None, Role.AboutRole)

    def _menu(self, title: str) -> QMenu:
        menu = menu_titled(self._window, title)
        menu.aboutToShow.connect(self.look)
        return menu

    def _add(self, menu: QMenu, text: str, do: Callable[[], object], keys: KeySet, role: Role = Role.NoRole) -> QAction:
        action = QAction(tr(text), self._window)
        if isinstance(keys, QKeySequence.StandardKey):
            action.setShortcuts(QKeySequence.keyBindings(keys))
        elif keys:
            action.setShortcuts([QKeySequence(key) for key in ([keys] if isinstance(keys, str) else keys)])
        # Without a role, macOS would guess one from the words.
        action.setMenuRole(role)
        action.triggered.connect(lambda checked: do())
        menu.addAction(action)
        return action

    def _add_deed(self, menu: QMenu, text: str, deed: Deed, keys: KeySet) -> None:
        self._of_pages[deed] = self._add(menu, text, partial(self._do, deed), keys)

    def _do(self, deed: Deed) -> None:
        do = self._deeds().get(deed)
        if do is not None:
            do()

    def _show_look(self) -> None:
        for action in self._looks.actions():
            action.setChecked(action.data() == self._preferences.now.appearance)

    def _take_keys(self) -> None:
        """Single signs act in menus as they do on pages: only where they are not switched off."""
        for_sheet = SHEET_KEYS if self._keys.letters else SHEET_KEYS[:1]
        self.sheet.setShortcuts([QKeySequence(key) for key in for_sheet])
        own = [key for key in self._keys.keys_of(KeyAction.FULL_SCREEN) if self._keys.letters or len(key) > 1]
        self.full_screen.setShortcuts([QKeySequence(key) for key in ("F11", *own)])


def _worth_showing(action: QAction) -> list[QKeySequence]:
    """The keys that people have: systems also list those of keyboards of long ago."""
    listed = action.shortcuts()
    return listed if len(listed) == 2 and all(len(keys.toString()) <= 3 for keys in listed) else listed[:1]
