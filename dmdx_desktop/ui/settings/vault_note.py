"""Where the saved keys cannot be read: a row to unlock them with, or what to do once they are lost. GUI thread."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dmdx_desktop.models.connecting import LONGEST_PASSPHRASE, RemoveConnection, UnlockVault
from dmdx_desktop.models.connection import Service
from dmdx_desktop.ui.look import Look, Variant, say, text_label
from dmdx_desktop.ui.settings.card_parts import KeyField, Note, field_row
from dmdx_desktop.ui.settings.connection_facts import ConnectionFacts
from dmdx_desktop.ui.settings.connection_talk import ConnectionTalk
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

LOCKED, LOST = "locked", "lost"


class VaultNote(QWidget):
    """Not there while the vault is open or empty."""

    def __init__(self, look: Look, talk: ConnectionTalk) -> None:
        super().__init__()
        self._talk = talk
        self._facts: ConnectionFacts | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.locked = Note(look, "lock")
        self.passphrase = KeyField(look, tr("Passphrase of the saved keys"), LONGEST_PASSPHRASE)
        self.passphrase.returnPressed.connect(self._unlock)
        self.locked.body.addWidget(field_row("Passphrase", self.passphrase))
        self._wrong = text_label(style=TextStyle.CAPTION, wrap=True)
        self._wrong.hide()
        self.locked.body.addWidget(self._wrong)
        self.unlock = self.locked.add_button("Unlock", self._unlock)
        self.forget = self.locked.add_button("Forget the saved keys", self._ask_forgetting, Variant.QUIET)
        self.lost = Note(look, "triangle-alert")
        self.question = Note(look)
        self.question.add_button("Forget the saved keys", self._forget, Variant.DANGER)
        self._keep = self.question.add_way_out("Keep them", self._leave_forgetting)
        for note in (self.locked, self.question, self.lost):
            column.addWidget(note)
        self.hide()
        talk.told.connect(self.show_facts)

    def show_facts(self, facts: ConnectionFacts) -> None:
        """Show whether the saved keys can be read."""
        self._facts = facts
        if facts.vault == LOCKED and self.locked.isHidden():
            self.locked.tell(
                tr(
                    "The saved keys are locked. Unlock them with your passphrase,"
                    " or sign in to the keychain of this computer and start DMDX Studio once more."
                ),
                in_view=False,
            )
        if facts.vault == LOST and self.lost.isHidden():
            self.lost.tell(
                tr(
                    "The saved keys cannot be read any more: what opened them is gone from the keychain, or their file"
                    " is damaged. Nothing else is lost. Give the keys once more below."
                ),
                in_view=False,
            )
        self.locked.setVisible(facts.vault == LOCKED)
        self.lost.setVisible(facts.vault == LOST)
        if facts.vault != LOCKED:
            self.question.hide()
        self.setVisible(facts.vault in (LOCKED, LOST))

    def forget_typed(self) -> None:
        """Nobody looks at it any more."""
        self.passphrase.take()
        self.question.hide()

    def _unlock(self) -> None:
        passphrase = self.passphrase.take()
        if passphrase is None:
            self._say_wrong(tr("Type the passphrase first."))
            self.passphrase.setFocus()
            return
        self._say_wrong("")
        self._talk.ask(UnlockVault(passphrase=passphrase), self._on_unlocked, self._on_refused)

    def _on_unlocked(self, facts: ConnectionFacts) -> None:
        if facts.vault == LOCKED:
            self._say_wrong(
                tr(
                    "They are still locked: they were saved with the keychain of this computer, which does not answer."
                    " Sign in to it, then start DMDX Studio once more."
                )
            )

    def _on_refused(self, code: str, words: str) -> None:
        self._say_wrong(tr("This is not its passphrase.") if code == "wrong_passphrase" else words)
        self.passphrase.setFocus()

    def _ask_forgetting(self) -> None:
        self.question.tell(
            tr("Forget every key that is saved on this computer? They have to be given once more then.")
        )  # fmt: skip
        self._keep.setFocus()

    def _leave_forgetting(self) -> None:
        self.question.hide()
        self.forget.setFocus()

    def _forget(self) -> None:
        """A vault that nobody opens is thrown away whole; services that have their key from elsewhere keep it."""
        self.question.hide()
        facts = self._facts
        saved = [one for one in Service if facts is None or facts.services[one].keys == "nowhere"]
        for service in saved or list(Service):
            self._talk.ask(RemoveConnection(service=service), refused=self._on_refused)

    def _say_wrong(self, words: str) -> None:
        say(self._wrong, words)
        self._wrong.setVisible(bool(words))
