"""The keychain of the operating system, which holds one item of ours: the key of the vault. Core process, a thread.

Everything else that is secret is encrypted by that key (``services.vault``): keychains take little (Windows: 1,280
characters, https://github.com/jaraco/keyring/issues/355) and some ask the user at each access. Calls block, and may
wait for the user. The library that speaks to keychains is loaded with the first call: most starts make none.
"""

import base64
import os
import secrets
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE_NAME: Final = "DMDX Studio"
BACKENDS: Final = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
}
"""By system, and not by what happens to be installed: entry points are missing in packages, and some of what is
installed keeps secrets in plain text."""
OTHERWISE: Final = ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring")
CHOSEN: Final = "PYTHON_KEYRING_BACKEND"


class NoKeychainError(Exception):
    """No keychain, or it refuses: what should be kept needs a passphrase, or is kept for one start."""


class Keychain:
    """Keys by the name of their vault."""

    def __init__(self) -> None:
        self._backend: KeyringBackend | None = None

    def get(self, entry: str) -> bytes | None:
        """The key of ``entry``, or None where there is none, or only a part of one. Raises ``NoKeychainError``."""
        from keyring.errors import KeyringError

        try:
            text = self._keyring().get_password(SERVICE_NAME, entry)
            return None if text is None else base64.b64decode(text, validate=True)
        except ValueError:  # no base64
            return None
        except (KeyringError, OSError, RuntimeError) as error:
            raise NoKeychainError(type(error).__name__) from None

    def put(self, entry: str, key: bytes) -> None:
        """Keep ``key`` and make sure that it is kept. Raises ``NoKeychainError``."""
        from keyring.errors import KeyringError

        try:
            self._keyring().set_password(SERVICE_NAME, entry, base64.b64encode(key).decode())
        except (KeyringError, OSError, RuntimeError) as error:
            raise NoKeychainError(type(error).__name__) from None
        if self.get(entry) != key:
            raise NoKeychainError("it does not give back what was put into it")

    def remove(self, entry: str) -> None:
        """Forget the key of ``entry``; nothing happens where there is none, or no keychain."""
        from keyring.errors import KeyringError

        try:
            self._keyring().delete_password(SERVICE_NAME, entry)
        except (KeyringError, OSError, RuntimeError, NoKeychainError):
            return

    def _keyring(self) -> "KeyringBackend":
        if self._backend is None:
            self._backend = _first_that_works()
        return self._backend


def _first_that_works() -> "KeyringBackend":
    import keyring.core
    from keyring.errors import KeyringError

    names = (os.environ[CHOSEN],) if os.environ.get(CHOSEN) else BACKENDS.get(sys.platform, OTHERWISE)
    for name in names:
        try:
            return keyring.core.load_keyring(name)
        except (ImportError, AttributeError, KeyringError, RuntimeError, OSError):
            continue
    raise NoKeychainError("none of this system answers")


def keychain_words() -> str:
    """What this computer's keychain answers to a trial, in words."""
    keychain, entry, key = Keychain(), f"self-test-{secrets.token_hex(4)}", secrets.token_bytes(32)
    try:
        keychain.put(entry, key)
    except NoKeychainError as error:
        return f"none that answers ({error}); keys are locked with a passphrase instead"
    finally:
        keychain.remove(entry)
    return "it keeps keys"
