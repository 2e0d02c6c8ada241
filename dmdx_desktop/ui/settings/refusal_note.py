"""Where the core could not keep a key: a passphrase, until the program ends, or not at all. GUI thread."""

from collections.abc import Callable
from typing import Final

from pydantic import SecretStr

from dmdx_desktop.models.connecting import LONGEST_PASSPHRASE, Keeping
from dmdx_desktop.ui.look import Look, say, text_label
from dmdx_desktop.ui.settings.card_parts import KeyField, Note, field_row
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

SHORTEST: Final = 8
"""Characters of a passphrase: as the vault has it."""
NO_KEYCHAIN, SHORT, LOCKED = "no_keychain", "short_passphrase", "vault_locked"
ASKED_AGAIN: Final = (NO_KEYCHAIN, SHORT, LOCKED)
"""What a key need not be pasted again for."""
Keep = Callable[[Keeping, SecretStr | None], object]


class RefusalNote(Note):
    """Asks how to keep what could not be kept; ``keep`` hears the answer, ``leave`` that there is none."""

    def __init__(self, look: Look, keep: Keep, leave: Callable[[], object]) -> None:
        super().__init__(look, "lock")
        self._keep = keep
        self.once = KeyField(look, tr("Passphrase"), LONGEST_PASSPHRASE)
        self.again = KeyField(look, tr("Passphrase once more"), LONGEST_PASSPHRASE)
        self._fields = [field_row("Passphrase", self.once), field_row("Once more", self.again)]
        for row in self._fields:
            self.body.addWidget(row)
        self._wrong = text_label(style=TextStyle.CAPTION, wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.lock = self.add_button("Lock with the passphrase", self._lock)
        self.retry = self.add_button("Try again", lambda: self._go(Keeping.VAULT, None))
        self.for_now = self.add_button("Use until the program ends", lambda: self._go(Keeping.THIS_START, None))
        self.add_way_out("Cancel", leave)
        self.again.returnPressed.connect(self._lock)

    def ask(self, code: str, words: str) -> None:
        """Say why, and what can be done about it."""
        asks = code != LOCKED
        for row in self._fields:
            row.setVisible(asks)
        self.lock.setVisible(asks)
        self.retry.setVisible(code == LOCKED)
        self._say_wrong(words if code == SHORT else "")
        if code == NO_KEYCHAIN:
            words = tr(
                "This computer has no keychain that answers, and keys are never kept in plain text."
                " Choose a passphrase to lock them with, or use the key until the program ends."
            )
        elif code == LOCKED:
            words = tr(
                "The vault is locked. Unlock it above and try again, or use the key until the program ends."
            )  # fmt: skip
        if code != SHORT or not self.words:
            self.tell(words)
        self.show()
        (self.once if asks else self.retry).setFocus()

    def forget_typed(self) -> None:
        """Nobody looks at it any more."""
        self.once.take()
        self.again.take()

    def _lock(self) -> None:
        once, again = self.once.take(), self.again.take()
        if once is None or len(once.get_secret_value()) < SHORTEST:
            self._say_wrong(tr("A passphrase has at least {count} characters.", count=SHORTEST))
        elif again is None or once.get_secret_value() != again.get_secret_value():
            self._say_wrong(tr("The two are not the same. Type it twice."))
        else:
            self._go(Keeping.VAULT, once)
            return
        self.once.setFocus()

    def _say_wrong(self, words: str) -> None:
        say(self._wrong, words)
        self._wrong.setVisible(bool(words))

    def _go(self, keeping: Keeping, passphrase: SecretStr | None) -> None:
        self._say_wrong("")
        self.hide()
        self._keep(keeping, passphrase)
