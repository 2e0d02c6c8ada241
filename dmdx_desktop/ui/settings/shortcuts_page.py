"""Shortcuts: what each key does, other keys for it, and single letters switched off as a whole. GUI thread."""

from collections.abc import Collection
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dmdx_desktop.ui.keys import USES, KeyAction
from dmdx_desktop.ui.look import Button, IconButton, IconLabel, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.own_keys import keys_of, shown_keys, user_of, with_key, without
from dmdx_desktop.ui.preferences import PreferencesFile
from dmdx_desktop.ui.settings.page import SettingsPage, line
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.key_capture import KeyCapture
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import tr


class ShortcutsPage(SettingsPage):
    """A key that is taken is only given away once the user says so."""

    def __init__(self, look: Look, preferences: PreferencesFile, of_menus: Collection[str]) -> None:
        super().__init__(look, "Shortcuts", "Press a key to change it. Single letters act only where no text is typed.")
        self._preferences, self._of_menus = preferences, frozenset(of_menus)
        self.letters = TickBox(look, "Single letters, digits and signs act as shortcuts")
        self.letters.toggled.connect(lambda on: preferences.change(letters=on))
        self.body.addWidget(self.letters)
        self._asking: tuple[KeyAction, str] | None = None
        self.question = self._question()
        self.body.addWidget(self.question)
        self._rows: dict[KeyAction, tuple[KeyCapture, IconButton]] = {}
        for place in dict.fromkeys(use.place for use in USES.values()):
            self.add_section(place)
            self.add_lines(*(self._row(action) for action, use in USES.items() if use.place == place))
        everything = Button(look, "Reset all shortcuts", icon="rotate-ccw")
        everything.clicked.connect(lambda: preferences.change(own_keys={}, letters=True))
        self.body.addSpacing(12)
        self.body.addWidget(everything)
        self.end()
        preferences.changed.connect(self.show_page)
        self.show_page()

    def capture_of(self, action: KeyAction) -> KeyCapture:
        """The button that changes the key of an action."""
        return self._rows[action][0]

    def show_page(self) -> None:
        now = self._preferences.now
        self.letters.setChecked(now.letters)
        for action, (capture, reset) in self._rows.items():
            capture.show_keys(", ".join(shown_keys(keys_of(now.own_keys, action))))
            reset.setEnabled(action in now.own_keys)

    def _row(self, action: KeyAction) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(8)
        words = tr(USES[action].words)
        row.addWidget(text_label(words, wrap=True), 1)
        capture = KeyCapture(self._look, words)
        capture.captured.connect(partial(self._offer, action))
        row.addWidget(capture)
        reset = IconButton(self._look, "rotate-ccw", tr("Reset {does}", does=words))
        reset.clicked.connect(lambda: self._keep(without(self._preferences.now.own_keys, action)))
        row.addWidget(reset)
        self._rows[action] = (capture, reset)
        return line(row)

    def _question(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("part", "callout")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(IconLabel(self._look, "triangle-alert", colour="warning.text"))
        self._words = text_label(style=TextStyle.BODY, tone=Tone.PRIMARY, wrap=True)
        row.addWidget(self._words, 1)
        self._take = Button(self._look, "Use it here", scale="small")
        self._take.clicked.connect(self._take_over)
        leave = Button(self._look, "Cancel", variant=Variant.QUIET, scale="small")
        leave.clicked.connect(frame.hide)
        row.addWidget(self._take)
        row.addWidget(leave)
        frame.hide()
        return frame

    def _offer(self, action: KeyAction, key: str) -> None:
        """Give ``key`` to ``action`` where it is free; ask where it is taken."""
        self.question.hide()
        own, written = self._preferences.now.own_keys, ", ".join(shown_keys((key,)))
        user = user_of(own, key)
        if QKeySequence(key).toString() in self._of_menus:
            self._ask(tr("{key} belongs to a menu and stays there.", key=written), None)
        elif user is not None and user is not action:
            words = tr(
                "{key} is used by “{does}”, which would have no key then.", key=written, does=tr(USES[user].words)
            )
            if len(keys_of(own, user)) > 1:
                words = tr("{key} is used by “{does}”.", key=written, does=tr(USES[user].words))
            self._ask(words, (action, key))
        else:
            self._keep(with_key(own, action, key))

    def _ask(self, words: str, asking: tuple[KeyAction, str] | None) -> None:
        self._asking = asking
        say(self._words, words)
        self._take.setVisible(asking is not None)
        self.question.setAccessibleName(words)
        self.question.show()
        self.ensureWidgetVisible(self.question)
        if asking is not None:
            self._take.setFocus()

    def _take_over(self) -> None:
        self.question.hide()
        if self._asking is not None:
            action, key = self._asking
            self._keep(with_key(self._preferences.now.own_keys, action, key))
            self.capture_of(action).setFocus()

    def _keep(self, own: dict[KeyAction, tuple[str, ...]]) -> None:
        self._preferences.change(own_keys=own)
