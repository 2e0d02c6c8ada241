"""Secrets on disk: one encrypted file whose key is in the keychain, or made from a passphrase. Core process, a thread.

AES-256-GCM over all secrets together, with what stands beside them authenticated; a new nonce and a new file each time.
There is no plain-text form: where there is neither keychain nor passphrase, secrets are kept for one start only, by
whoever asked (``services.connections``). What encrypts is loaded when it is first needed.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from dmdx_desktop.durable_file import replace_durably
from dmdx_desktop.errors import AccountError, UsageError
from dmdx_desktop.services.credentials import Keychain, NoKeychainError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SALT_BYTES: Final = 16
LARGEST_FILE: Final = 256_000
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1
"""32 MB and about a tenth of a second: RFC 7914's choice for a person who waits."""
SHORTEST_PASSPHRASE: Final = 8


class VaultState(StrEnum):
    """Whether secrets can be read."""

    EMPTY = "empty"
    OPEN = "open"
    LOCKED = "locked"
    """It waits for its passphrase, or for a keychain that does not answer now."""
    LOST = "lost"
    """Its key is gone or it is damaged: what was in it has to be given anew."""


class Lock(StrEnum):
    """What opens a vault."""

    KEYCHAIN = "keychain"
    PASSPHRASE = "passphrase"


class _File(BaseModel):
    """The file as JSON; bytes are base64."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: int
    lock: Lock
    entry: str
    salt: str
    nonce: str
    box: str

    @property
    def beside(self) -> bytes:
        """What is not encrypted, but may not be changed either."""
        return f"{self.version} {self.lock} {self.entry} {self.salt}".encode()


@dataclass(frozen=True, slots=True)
class _Opened:
    lock: Lock
    entry: str
    salt: bytes
    key: bytes


class Vault:
    """The secrets of one basedir, by name. Every method blocks."""

    def __init__(self, path: Path, keychain: Keychain) -> None:
        self._path = path
        self._keychain = keychain
        self._opened: _Opened | None = None
        self._secrets: dict[str, str] = {}
        self.state = VaultState.EMPTY

    def open(self) -> VaultState:
        """Read what there is, with the keychain's key. Raises nothing: a vault that cannot be read is a state."""
        found = self._read()
        if isinstance(found, _File) and found.lock is Lock.KEYCHAIN:
            self._open_with_keychain(found)
        elif isinstance(found, _File):
            self.state = VaultState.LOCKED
        else:
            self.state = found
        return self.state

    def unlock(self, passphrase: str) -> None:
        """Read a vault locked with a passphrase. Raises ``AccountError``: wrong_passphrase."""
        found = self._read()
        if not isinstance(found, _File) or found.lock is not Lock.PASSPHRASE:
            return
        try:
            salt = base64.b64decode(found.salt)
        except ValueError:
            self.state = VaultState.LOST
            return
        opened = _Opened(Lock.PASSPHRASE, found.entry, salt, _derived(passphrase, salt))
        if not self._decrypt(found, opened):
            raise AccountError(
                "wrong_passphrase",
                "The vault stays locked.",
                "This is not its passphrase.",
                "Try again; if it is forgotten, remove the connections and give their keys anew.",
            )

    def read(self, name: str) -> str | None:
        """A secret, or None."""
        return self._secrets.get(name)

    def change(self, changes: Mapping[str, str | None], passphrase: str | None = None) -> None:
        """Keep some secrets and forget those that are None, durably. ``passphrase`` is for a vault that is new.

        Raises ``AccountError``: no_keychain, vault_locked; ``UsageError``: short_passphrase.
        """
        kept = {name: value for name, value in {**self._secrets, **changes}.items() if value is not None}
        if self.state is VaultState.LOCKED:
            raise _locked()
        if not kept:
            self.destroy()
            return
        opened = self._opened or self._new(passphrase)
        self._write(opened, kept)
        self._opened, self._secrets, self.state = opened, kept, VaultState.OPEN

    def make_sure_of_keeping(self) -> None:
        """Whether a secret could be kept without a passphrase. Raises ``AccountError``: no_keychain, vault_locked."""
        if self.state is VaultState.LOCKED:
            raise _locked()
        if self._opened is None:
            self._keychain.remove(self._new(None).entry)

    def destroy(self) -> None:
        """Forget every secret, and the key they were encrypted with."""
        found = self._read()
        self._path.unlink(missing_ok=True)
        if isinstance(found, _File) and found.lock is Lock.KEYCHAIN:
            self._keychain.remove(found.entry)
        self._opened, self._secrets, self.state = None, {}, VaultState.EMPTY

    def _read(self) -> "_File | VaultState":
        try:
            with self._path.open("rb") as stream:
                raw = stream.read(LARGEST_FILE + 1)
        except FileNotFoundError:
            return VaultState.EMPTY
        except OSError:
            return VaultState.LOST
        try:
            found = _File.model_validate_json(raw)
        except ValidationError:
            return VaultState.LOST
        return found if found.version == 1 else VaultState.LOST

    def _open_with_keychain(self, found: _File) -> None:
        try:
            key = self._keychain.get(found.entry)
        except NoKeychainError:
            self.state = VaultState.LOCKED
            return
        if key is None or len(key) != KEY_BYTES:
            self.state = VaultState.LOST
            return
        if not self._decrypt(found, _Opened(Lock.KEYCHAIN, found.entry, b"", key)):
            self.state = VaultState.LOST

    def _decrypt(self, found: _File, opened: _Opened) -> bool:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            nonce, box = base64.b64decode(found.nonce), base64.b64decode(found.box)
            content = json.loads(AESGCM(opened.key).decrypt(nonce, box, found.beside))
        except (InvalidTag, ValueError):
            return False
        if not isinstance(content, dict):
            return False
        self._secrets = {str(name): str(value) for name, value in content.items()}
        self._opened, self.state = opened, VaultState.OPEN
        return True

    def _new(self, passphrase: str | None) -> _Opened:
        entry = secrets.token_hex(8)
        if passphrase is not None:
            if len(passphrase) < SHORTEST_PASSPHRASE:
                raise UsageError(
                    "short_passphrase",
                    "The passphrase is too short.",
                    f"It has to have {SHORTEST_PASSPHRASE} characters at least.",
                    "Choose a longer one.",
                )
            salt = os.urandom(SALT_BYTES)
            return _Opened(Lock.PASSPHRASE, entry, salt, _derived(passphrase, salt))
        key = os.urandom(KEY_BYTES)
        try:
            self._keychain.put(entry, key)
        except NoKeychainError:
            raise AccountError(
                "no_keychain",
                "The keys could not be kept.",
                "This computer has no keychain that answers, and keys are never kept in plain text.",
                "Give a passphrase to lock them with, or use them until the program ends.",
            ) from None
        return _Opened(Lock.KEYCHAIN, entry, b"", key)

    def _write(self, opened: _Opened, kept: Mapping[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE_BYTES)
        salt = base64.b64encode(opened.salt).decode()
        bare = _File(version=1, lock=opened.lock, entry=opened.entry, salt=salt, nonce="", box="")
        box = AESGCM(opened.key).encrypt(nonce, json.dumps(dict(kept)).encode(), bare.beside)
        file = bare.model_copy(
            update={"nonce": base64.b64encode(nonce).decode(), "box": base64.b64encode(box).decode()}
        )
        replace_durably(self._path, file.model_dump_json().encode())


def _derived(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(passphrase.encode())


def _locked() -> AccountError:
    return AccountError(
        "vault_locked",
        "The keys cannot be changed now.",
        "The vault they are in is locked.",
        "Unlock it with its passphrase, or sign in to the keychain of this computer.",
    )
