"""Signing in with the browser: OAuth with PKCE, as OpenRouter has it for programs without a server. GUI thread.

The browser comes back to a listener on this computer (``loopback_listener``), which has a thread of its own; what it
hears reaches the GUI thread as a signal. Who reads the code on its way can do nothing with it: the verifier that
belongs to it never leaves this process but to the core.
"""

import base64
import hashlib
import html
import secrets
from contextlib import suppress
from typing import Final
from urllib.parse import urlencode, urlsplit

from pydantic import SecretStr
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from dmdx_desktop.models.connection import checked_base_url
from dmdx_desktop.ui.settings.loopback_listener import Ending, LoopbackListener
from dmdx_desktop.ui.wording import tr

WITHIN_S: Final = 600.0
"""As long as the service keeps a code."""
LABEL: Final = "DMDX Studio"
PAGE: Final = (
    '<!doctype html><html dir="{direction}"><meta charset="utf-8"><title>{title}</title>'
    '<body><h1>{title}</h1><p>{words}</p></body></html>'
)  # fmt: skip


class BrowserSignIn(QObject):
    """One sign-in at a time. ``came`` has the code and the verifier, as secrets; ``ended`` says why none came."""

    came = Signal(object, object)
    ended = Signal(Ending)
    _heard = Signal(object, str)
    _over = Signal(object, Ending)

    def __init__(self, parent: QObject, within_s: float = WITHIN_S) -> None:
        super().__init__(parent)
        self._within_s = within_s
        self._listener: LoopbackListener | None = None
        self._verifier = SecretStr("")
        self._heard.connect(self._take_code)
        self._over.connect(self._take_ending)

    @property
    def is_waiting(self) -> bool:
        """Whether the browser has not come back yet."""
        return self._listener is not None

    def begin(self, base_url: str) -> str:
        """Listen, and give the address that the browser has to open; one that was waited for before is forgotten.

        Raises ``UsageError`` for an address that secrets may not be sent to, ``OSError`` where nobody may listen.
        """
        self.cancel()
        base_url = checked_base_url(base_url)
        verifier = new_verifier()
        owner = object()
        self._owner, self._verifier = owner, SecretStr(verifier)

        def hear(code: str) -> None:
            with suppress(RuntimeError):  # the window may be gone by now
                self._heard.emit(owner, code)

        def over(ending: Ending) -> None:
            with suppress(RuntimeError):
                self._over.emit(owner, ending)

        self._listener = LoopbackListener(_page(), self._within_s, hear, over)
        self.destroyed.connect(self._listener.stop)  # of the listener, which outlives this for a moment
        return sign_in_address(base_url, self._listener.address, challenge_of(verifier))

    def cancel(self) -> None:
        """Wait no longer."""
        if self._listener is not None:
            self._listener.stop()
        self._listener, self._owner, self._verifier = None, None, SecretStr("")

    def _take_code(self, owner: object, code: str) -> None:
        if owner is self._owner:
            verifier = self._verifier
            self.cancel()
            self.came.emit(SecretStr(code), verifier)

    def _take_ending(self, owner: object, ending: Ending) -> None:
        if owner is self._owner:
            self.cancel()
            self.ended.emit(ending)


def new_verifier() -> str:
    """86 characters that nobody can guess: RFC 7636 asks for 43 to 128."""
    return secrets.token_urlsafe(64)


def challenge_of(verifier: str) -> str:
    """What the service is told of the verifier at first: S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def sign_in_address(base_url: str, callback: str, challenge: str) -> str:
    """The page of the service at which its user says yes."""
    parts = urlsplit(base_url)
    asked = {
        "callback_url": callback,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "key_label": LABEL,
    }
    return f"{parts.scheme}://{parts.netloc}/auth?{urlencode(asked)}"


def _page() -> bytes:
    """What the browser shows at the end; its words are chosen on the GUI thread."""
    mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    words = {
        "title": html.escape(LABEL),
        "words": html.escape(tr("You can close this window and go back to DMDX Studio.")),
    }
    return PAGE.format(direction="rtl" if mirrored else "ltr", **words).encode()
