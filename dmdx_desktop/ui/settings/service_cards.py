"""The cards of the three services, each with what is its own. GUI thread."""

from typing import Final

from pydantic import SecretStr
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.connecting import Keeping, SignIn
from dmdx_desktop.models.connection import (
    LONGEST_MODEL,
    MOST_FALLBACKS,
    OPENROUTER_URL,
    WAVESPEED_URL,
    SecretName,
    Service,
)
from dmdx_desktop.ui.failure_words import error_words
from dmdx_desktop.ui.look import Button, Look
from dmdx_desktop.ui.settings.browser_sign_in import BrowserSignIn
from dmdx_desktop.ui.settings.card_parts import Note, beside_labels, plain_field
from dmdx_desktop.ui.settings.card_words import OPENROUTER, R2, WAVESPEED
from dmdx_desktop.ui.settings.connection_facts import ConnectionFacts, ServiceFacts, State
from dmdx_desktop.ui.settings.connection_talk import ConnectionTalk
from dmdx_desktop.ui.settings.copies_part import CopiesPart
from dmdx_desktop.ui.settings.loopback_listener import Ending
from dmdx_desktop.ui.settings.refusal_note import NO_KEYCHAIN
from dmdx_desktop.ui.settings.service_card import ServiceCard
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import tr

SIGNING_IN: Final = State("loader-circle", "accent.text", "Signing in…")
LONGEST_BUCKET: Final = 63
MOST_LETTERS_OF_FALLBACKS: Final = MOST_FALLBACKS * (LONGEST_MODEL + 2)


class OpenRouterCard(ServiceCard):
    """With a sign-in in the browser, the model that reads pictures, and those that stand in for it."""

    def __init__(self, look: Look, talk: ConnectionTalk) -> None:
        self._address = ""
        super().__init__(look, talk, Service.OPENROUTER, OPENROUTER)
        self.browser = BrowserSignIn(self)
        self.browser.came.connect(self._on_code)
        self.browser.ended.connect(self._on_ending)

    def show_facts(self, facts: ConnectionFacts) -> None:
        super().show_facts(facts)
        self.zero_retention.setChecked(facts.services[self.service].zero_retention)

    def begin_sign_in(self) -> None:
        """Listen on this computer, and send the browser to the service."""
        self._hide_notes()
        try:
            self._address = self.browser.begin(self._facts.url or OPENROUTER_URL)
        except UsageError as error:
            self._on_refused(error.code, error_words(error))
            return
        except OSError:
            self.note.tell(tr("This computer lets no program wait for the browser. Paste a key instead."))
            return
        self._open_browser()

    def cancel_sign_in(self) -> None:
        """Wait for the browser no longer."""
        self.browser.cancel()
        self.waiting.hide()
        self.sign_in.setFocus()

    def _own_deeds(self) -> list[Button]:
        self.sign_in = Button(self._look, "Sign in with the browser", icon="log-in")
        self.sign_in.clicked.connect(self.begin_sign_in)
        return [self.sign_in]

    def _own_notes(self) -> list[Note]:
        self.waiting = Note(self._look, "loader-circle", "info.text")
        self.waiting.add_button("Open it again", self._open_browser)
        self.waiting.add_button("Copy the address", self._copy_address)
        self.waiting.add_way_out("Cancel", self.cancel_sign_in)
        return [self.waiting]

    def _add_advanced(self, rows: QVBoxLayout) -> None:
        self.add_address("Address", rows, OPENROUTER_URL)
        model = plain_field(tr("Model that reads pictures"), LONGEST_MODEL)
        self.add_setting("model", "Model", model, rows)
        hint = tr("Separated by commas, {count} at most", count=MOST_FALLBACKS)
        self.fallbacks = plain_field(tr("Models that stand in for it"), MOST_LETTERS_OF_FALLBACKS, hint)
        words = "Asked in this order where the model does not answer."
        self.add_setting("fallbacks", "Stand-ins", self.fallbacks, rows, words)
        self.zero_retention = TickBox(self._look, "Zero data retention only")
        self.zero_retention.clicked.connect(self._choose_retention)
        words = "Pictures never go to providers that learn from them; with this, only to those that keep none."
        rows.addWidget(beside_labels(self.zero_retention, words))

    def _open_browser(self) -> None:
        if QDesktopServices.openUrl(QUrl(self._address)):
            self.waiting.tell(
                tr("Waiting for the browser. Allow DMDX Studio there; this page goes on by itself, for ten minutes.")
            )
        else:
            self.waiting.tell(
                tr("No browser could be opened. Copy the address and open it in one on this computer.")
            )  # fmt: skip

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._address)

    def _on_code(self, code: SecretStr, verifier: SecretStr) -> None:
        self.waiting.hide()
        self.show_state(SIGNING_IN)

        def refused(refusal: str, words: str) -> None:
            self._show_now()
            if refusal == NO_KEYCHAIN:
                self.keeping.choose(Keeping.THIS_START.value)
                words = tr(
                    "This computer has no keychain that answers, so the key could not be kept."
                    " Sign in once more: it is used until the program ends then."
                )
            self.note.tell(words)

        command = SignIn(code=code, verifier=verifier, keeping=Keeping(self.keeping.value))
        self._talk.ask(command, self._begin_anew, refused)

    def _on_ending(self, ending: Ending) -> None:
        self.waiting.hide()
        self.note.tell(
            tr("OpenRouter sent the browser back without a sign-in. Nothing was changed.")
            if ending is Ending.DENIED
            else tr("Nobody signed in within ten minutes. Sign in once more.")
        )

    def _choose_retention(self, wanted: bool) -> None:
        self._send({}, {"zero_retention": wanted}, Keeping.VAULT, None)

    def _shown_settings(self, facts: ServiceFacts) -> dict[str, str]:
        fallbacks = {"fallbacks": ", ".join(facts.fallbacks)} if facts.fallbacks is not None else {}
        return {**super()._shown_settings(facts), "model": facts.model, **fallbacks}

    def _changes(self) -> dict[str, object] | None:
        found = super()._changes()
        if found is None:
            return None
        if "fallbacks" in found:
            names = [name for part in str(found["fallbacks"]).split(",") if (name := part.strip())]
            if len(names) > MOST_FALLBACKS or any(len(name) > LONGEST_MODEL for name in names):
                self.note.tell(tr("There is room for {count} stand-ins.", count=MOST_FALLBACKS))
                self.fallbacks.setFocus()
                return None
            found["fallbacks"] = tuple(names)
        if found.get("model") == "":
            del found["model"]
        return found


class WaveSpeedCard(ServiceCard):
    """With the address of the service."""

    def __init__(self, look: Look, talk: ConnectionTalk) -> None:
        super().__init__(look, talk, Service.WAVESPEED, WAVESPEED)

    def _add_advanced(self, rows: QVBoxLayout) -> None:
        self.add_address("Address", rows, WAVESPEED_URL)


class BucketCard(ServiceCard):
    """With the endpoint and the name of the bucket; a session token is for temporary credentials alone."""

    def __init__(self, look: Look, talk: ConnectionTalk) -> None:
        super().__init__(look, talk, Service.R2, R2)

    def _add_settings(self) -> None:
        self.add_address("Endpoint", self.body, "https://….r2.cloudflarestorage.com")
        self.add_setting("bucket", "Bucket", plain_field(tr("Name of the bucket"), LONGEST_BUCKET), self.body)

    def _add_advanced(self, rows: QVBoxLayout) -> None:
        words = "It comes with temporary credentials alone."
        self.add_key(SecretName.R2_SESSION_TOKEN, "Session token", rows, words)

    def _add_more(self) -> None:
        self.copies = CopiesPart(self._look, self._talk)
        self.copies.refused.connect(self._on_refused)
        self.body.addWidget(self.copies)

    def _shown_settings(self, facts: ServiceFacts) -> dict[str, str]:
        return {**super()._shown_settings(facts), "bucket": facts.bucket}
