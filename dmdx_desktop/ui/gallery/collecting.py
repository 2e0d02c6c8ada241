"""Putting images into collections and taking them out, under a name that exists or a new one. GUI thread."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from dmdx_desktop.library import collections
from dmdx_desktop.library.catalogue import image_ids
from dmdx_desktop.library.collections import CollectionCard
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

if TYPE_CHECKING:
    from dmdx_desktop.models.gestures import ChangeCollection

BLOCK: Final = 5_000
WIDTH: Final = 380


class NamingDialog(QDialog):
    """Asks for the name of a new collection. ``named`` tells it."""

    named = Signal(str)

    def __init__(self, window: QWidget, look: Look) -> None:
        # See _change.
        from dmdx_desktop.models.gestures import LONGEST_NAME

        super().__init__(window)
        self.setWindowTitle(tr("New collection"))
        self.setFixedWidth(WIDTH)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(tr("Name of the collection"))
        self.make = Button(look, "Add to collection", variant=Variant.PRIMARY)
        self.make.setDefault(True)
        self.make.setEnabled(False)
        cancel = Button(look, "Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.name.textChanged.connect(lambda text: self.make.setEnabled(bool(text.strip())))
        self.make.clicked.connect(self._on_make)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(text_label("New collection", TextStyle.SECTION))
        column.addWidget(text_label("Images stay with their pieces as well.", tone=Tone.SECONDARY, wrap=True))
        column.addWidget(self.name)
        column.addLayout(buttons)

    def _on_make(self) -> None:
        name = self.name.text().strip()
        self.accept()
        self.named.emit(name)


class Collecting(QObject):
    """The collections as they are now. ``changed`` comes when they are others."""

    changed = Signal()

    def __init__(self, parts: Parts, window: QWidget) -> None:
        super().__init__(window)
        self._parts, self._window = parts, window
        self.known: tuple[CollectionCard, ...] = ()
        self.dialog: NamingDialog | None = None

    def read(self) -> None:
        """Look again at which there are."""
        self._parts.source.ask(self, collections.every, self._take)

    def fill(self, menu: QMenu, keys: Callable[[], "array[int]"]) -> None:
        """Put into ``menu`` where the images can be added, and where they can be taken out."""
        adding = menu.addMenu(tr("Add to collection"))
        for each in self.known:
            adding.addAction(_shown(each.name), partial(self._add, each.name, keys))
        if self.known:
            adding.addSeparator()
        adding.addAction(tr("New collection…"), lambda: self.ask_name(keys()))
        removing = menu.addMenu(tr("Remove from collection"))
        removing.setEnabled(bool(self.known))
        for each in self.known:
            removing.addAction(_shown(each.name), partial(self._remove, each.name, keys))

    def ask_name(self, keys: "array[int]") -> None:
        """Ask for a name and put the images into a collection of that name."""
        self.dialog = NamingDialog(self._window.window(), self._parts.look)
        self.dialog.named.connect(lambda name: self.add(name, keys))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def add(self, name: str, keys: "array[int]") -> None:
        """Put these images into the collection of ``name``."""
        self._carry_out(keys, 0, lambda ids: _change(name=name, add=ids))

    def remove(self, name: str, keys: "array[int]") -> None:
        """Take these images out of the collection of ``name``."""
        self._carry_out(keys, 0, lambda ids: _change(name=name, remove=ids))

    def _add(self, name: str, keys: Callable[[], "array[int]"]) -> None:
        self.add(name, keys())

    def _remove(self, name: str, keys: Callable[[], "array[int]"]) -> None:
        self.remove(name, keys())

    def _carry_out(self, keys: "array[int]", first: int, made: "Callable[[Sequence[str]], ChangeCollection]") -> None:
        """Block by block, so that a million images are never a list of names on this thread."""
        if first >= len(keys):
            return

        def send(ids: list[str]) -> None:
            if ids:
                self._parts.bridge.send(made(ids))
            self._carry_out(keys, first + BLOCK, made)

        self._parts.source.ask(self, partial(image_ids, keys=keys[first : first + BLOCK]), send)

    def _take(self, found: tuple[CollectionCard, ...]) -> None:
        self.known = found
        self.changed.emit()


def _change(**values: object) -> "ChangeCollection":
    # Gestures take as long to load as the whole gallery, and are first wanted when somebody collects something.
    from dmdx_desktop.models.gestures import ChangeCollection

    return ChangeCollection.model_validate(values)


def _shown(name: str) -> str:
    """A name of the user's in a menu, where an ampersand would mark a key."""
    return name.replace("&", "&&")
