"""The sheet with every shortcut, opened with F1 or ?. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dmdx_desktop.ui.keys import USES, KeyAction, Keys
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.own_keys import shown_keys
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

SIZE: Final = (860, 640)
Listed = tuple[str, Sequence[tuple[str, Sequence[str]]]]
"""A heading, and what does what below it."""


class ShortcutSheet(QDialog):
    """``change_wanted``: the user wants other keys."""

    change_wanted = Signal()

    def __init__(self, window: QWidget, look: Look, keys: Keys, menus: Sequence[Listed]) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Shortcuts"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(SIZE[0], window.width() - 40), min(SIZE[1], window.height() - 40))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text_label("Shortcuts", TextStyle.TITLE))
        if not keys.letters:
            column.addWidget(text_label("Single letters are switched off in Settings.", tone=Tone.SECONDARY, wrap=True))
        column.addWidget(self._scroll([*menus, *_of_places(keys)]), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        change = Button(look, "Change shortcuts…", variant=Variant.QUIET)
        change.clicked.connect(self.accept)
        change.clicked.connect(self.change_wanted)
        buttons.addWidget(change)
        buttons.addStretch(1)
        close = Button(look, "Close")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        buttons.addWidget(close)
        column.addLayout(buttons)
        close.setFocus()

    def _scroll(self, groups: Sequence[Listed]) -> QScrollArea:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(20)
        heights = [0, 0]
        sides: tuple[QVBoxLayout, QVBoxLayout] = (QVBoxLayout(), QVBoxLayout())
        for heading, uses in groups:
            side = heights.index(min(heights))
            heights[side] += len(uses) + 2
            sides[side].addWidget(_group(heading, uses))
        for number, side_column in enumerate(sides):
            side_column.addStretch(1)
            grid.addLayout(side_column, 0, number)
            grid.setColumnStretch(number, 1)
        area = QScrollArea()
        area.setAccessibleName(tr("Every shortcut"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        return area


def _of_places(keys: Keys) -> list[Listed]:
    places: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for action in KeyAction:
        use = USES[action]
        acting = tuple(key for key in keys.keys_of(action) if keys.letters or len(key) > 1)
        if acting:
            places.setdefault(tr(use.place), []).append((tr(use.words), shown_keys(acting)))
    return list(places.items())


def _group(heading: str, uses: Sequence[tuple[str, Sequence[str]]]) -> QWidget:
    group = QWidget()
    column = QVBoxLayout(group)
    column.setContentsMargins(0, 0, 0, 16)
    column.setSpacing(4)
    title = text_label("", TextStyle.STRONG, Tone.SECONDARY)
    say(title, heading)
    column.addWidget(title)
    for words, keys in uses:
        row = QHBoxLayout()
        row.setSpacing(6)
        use = text_label(wrap=True)
        say(use, words)
        row.addWidget(use, 1)
        for key in keys:
            label = text_label()
            label.setText(key)
            label.setProperty("part", "key")
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
    return group
