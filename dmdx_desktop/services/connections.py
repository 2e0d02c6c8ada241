"""The connections of one core: their settings, and where their keys are. Core process, asyncio loop.

A key is looked for in the environment of this start first, then among what was given for this start alone, then in the
vault. Reading and writing happens on threads: a keychain may ask its user.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from dmdx_desktop.durable_file import replace_durably
from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.connecting import KeepCopies, Keeping, SetConnection
from dmdx_desktop.models.connection import (
    NEEDED,
    SECRETS_OF,
    SERVICE_OF,
    ConnectionSettings,
    Purpose,
    SecretName,
    Service,
    Way,
    checked_base_url,
)
from dmdx_desktop.services.vault import Vault, VaultState

FILE: Final = "connections.json"
LARGEST_FILE: Final = 100_000
PASSPHRASE: Final = "DMDX_VAULT_PASSPHRASE"
SETTING_OF: Final[Mapping[str, str]] = {
    "DMDX_OPENROUTER_URL": "openrouter_url",
    "DMDX_OPENROUTER_MODEL": "openrouter_model",
    "DMDX_WAVESPEED_URL": "wavespeed_url",
    "DMDX_R2_ENDPOINT": "r2_endpoint",
    "DMDX_R2_BUCKET": "r2_bucket",
}
SECRET_OF: Final[Mapping[str, SecretName]] = {
    "DMDX_OPENROUTER_KEY": SecretName.OPENROUTER_KEY,
    "DMDX_WAVESPEED_KEY": SecretName.WAVESPEED_KEY,
    "DMDX_R2_ACCESS_KEY_ID": SecretName.R2_ACCESS_KEY_ID,
    "DMDX_R2_SECRET_ACCESS_KEY": SecretName.R2_SECRET_ACCESS_KEY,
    "DMDX_R2_SESSION_TOKEN": SecretName.R2_SESSION_TOKEN,
}
"""Environment of headless use: a key given there turns its connection on for that start."""


class Connections:
    """Knows how each kind of work is connected. ``revision`` grows with every change, so that clients are made anew."""

    def __init__(self, basedir: Path, vault: Vault, environment: Mapping[str, str]) -> None:
        self._file = basedir / FILE
        self._vault = vault
        self._environment = environment
        self._for_this_start: dict[SecretName, str] = {}
        self._saved = ConnectionSettings()
        self._lock = asyncio.Lock()
        self.settings = self._saved
        self.revision = 0

    async def open(self) -> None:
        """Read the settings and the vault. Raises ``UsageError`` for settings and keys that cannot be used,
        ``AccountError`` where the environment has the wrong passphrase.
        """
        self._saved = await asyncio.to_thread(_load, self._file)
        self.settings = self._with_environment()
        for key in filter(None, map(self._given, SecretName)):
            checked_key(key)
        await asyncio.to_thread(self._vault.open)
        passphrase = self._environment.get(PASSPHRASE)
        if self._vault.state is VaultState.LOCKED and passphrase:
            await asyncio.to_thread(self._vault.unlock, passphrase)
        self.revision += 1

    @property
    def vault_state(self) -> VaultState:
        """Whether keys can be read."""
        return self._vault.state

    def secret(self, name: SecretName) -> str | None:
        """A key, or None where there is none, or where the vault is locked."""
        return self._given(name) or self._for_this_start.get(name) or self._vault.read(name)

    def is_usable(self, service: Service) -> bool:
        """Whether a service has an address and every key it needs."""
        has_keys = all(self.secret(name) for name in SECRETS_OF[service] if name in NEEDED)
        has_place = self.settings.url(service) is not None and (service is not Service.R2 or self.settings.r2_bucket)
        return bool(has_keys and has_place)

    def serves(self, purpose: Purpose) -> Service | None:
        """The service that does this kind of work now; None where this computer does."""
        service = SERVICE_OF[purpose]
        return service if self.settings.way(purpose) is Way.OWN_KEYS and self.is_usable(service) else None

    def kept_where(self, service: Service) -> str:
        """Where the keys of a service come from: ``environment``, ``this_start``, ``vault``, or ``nowhere``."""
        names = SECRETS_OF[service]
        if any(self._given(name) for name in names):
            return "environment"
        if any(name in self._for_this_start for name in names):
            return "this_start"
        return "vault" if any(self._vault.read(name) for name in names) else "nowhere"

    async def set(self, command: SetConnection) -> None:
        """Take on what was given for a service, and have it do its kind of work from now on. Raises ``DmdxError``."""
        async with self._lock:
            changed = self._changed_by(command)
            secrets: dict[SecretName, str] = {
                name: checked_key(secret.get_secret_value()) for name, secret in command.secrets.items()
            }
            if secrets and command.keeping is Keeping.VAULT:
                passphrase = None if command.passphrase is None else command.passphrase.get_secret_value()
                await asyncio.to_thread(
                    self._vault.change, {name.value: key for name, key in secrets.items()}, passphrase
                )
                for name in secrets:
                    self._for_this_start.pop(name, None)
            elif secrets:
                self._for_this_start.update(secrets)
            await self._save(changed)

    async def make_sure_of_keeping(self, keeping: Keeping) -> None:
        """Whether a key could be kept so. Raises ``AccountError``: no_keychain, vault_locked."""
        if keeping is Keeping.VAULT:
            async with self._lock:
                await asyncio.to_thread(self._vault.make_sure_of_keeping)

    async def choose(self, purpose: Purpose, way: Way) -> None:
        """Have a kind of work done here or by its service. Raises ``UsageError``: not_connected."""
        async with self._lock:
            if way is Way.OWN_KEYS and not self.is_usable(SERVICE_OF[purpose]):
                raise UsageError(
                    "not_connected",
                    "This cannot be used yet.",
                    f"{SERVICE_OF[purpose].label} has no key.",
                    f"Give one first: `dmdx-desktop connections set {SERVICE_OF[purpose]}`.",
                )
            await self._save(self._saved.model_copy(update={purpose.value: way}))

    async def keep_copies(self, command: KeepCopies) -> None:
        """Take on how images are copied to the bucket. Raises ``UsageError``: not_connected."""
        async with self._lock:
            if command.on and self.serves(Purpose.STORAGE) is None:
                raise UsageError(
                    "not_connected",
                    "There is no bucket to copy to.",
                    "Storage is not connected.",
                    "Connect a bucket first: `dmdx-desktop connections set r2`.",
                )
            wanted = {"copies": command.on, "copies_paused": command.paused, "copies_limit": command.limit}
            known = {name: value for name, value in wanted.items() if value is not None}
            await self._save(self._saved.model_copy(update=known), same_places=True)

    async def remove(self, service: Service) -> None:
        """Forget the keys of a service, and do its kind of work here."""
        async with self._lock:
            for name in SECRETS_OF[service]:
                self._for_this_start.pop(name, None)
            if self._vault.state is VaultState.OPEN:
                await asyncio.to_thread(self._vault.change, dict.fromkeys(SECRETS_OF[service]))
            elif self._vault.state is not VaultState.EMPTY:
                # Nobody can read it any more, or wants to: what cannot be opened can still be thrown away.
                await asyncio.to_thread(self._vault.destroy)
            local = {purpose.value: Way.LOCAL for purpose, of in SERVICE_OF.items() if of is service}
            await self._save(self._saved.model_copy(update=local))

    async def unlock(self, passphrase: str) -> None:
        """Open a vault with its passphrase. Raises ``AccountError``."""
        async with self._lock:
            await asyncio.to_thread(self._vault.unlock, passphrase)
            self.revision += 1

    def _given(self, name: SecretName) -> str | None:
        return next(
            (self._environment.get(key, "").strip() or None for key, of in SECRET_OF.items() if of is name), None
        )

    def _changed_by(self, command: SetConnection) -> ConnectionSettings:
        changes: dict[str, object] = {
            purpose.value: Way.OWN_KEYS for purpose, service in SERVICE_OF.items() if service is command.service
        }
        url = None if command.url is None else checked_base_url(command.url)
        match command.service:
            case Service.OPENROUTER:
                changes |= {
                    "openrouter_url": url,
                    "openrouter_model": command.model,
                    "openrouter_fallbacks": command.fallbacks,
                    "zero_retention": command.zero_retention,
                }
            case Service.WAVESPEED:
                changes |= {"wavespeed_url": url}
            case Service.R2:
                changes |= {"r2_endpoint": url, "r2_bucket": command.bucket}
        return self._saved.model_copy(update={name: value for name, value in changes.items() if value is not None})

    async def _save(self, settings: ConnectionSettings, *, same_places: bool = False) -> None:
        """Keep settings; clients are made anew but for ``same_places``."""
        await asyncio.to_thread(_write, self._file, settings)
        self._saved = settings
        self.settings = self._with_environment()
        if not same_places:
            self.revision += 1

    def _with_environment(self) -> ConnectionSettings:
        """The settings as this start has them. Raises ``UsageError`` for an address that keys may not be sent to."""
        given: dict[str, object] = {
            name: self._environment[key] for key, name in SETTING_OF.items() if self._environment.get(key)
        }
        for name in ("openrouter_url", "wavespeed_url", "r2_endpoint"):
            if name in given:
                given[name] = checked_base_url(str(given[name]))
        for purpose, service in SERVICE_OF.items():
            if all(self._given(name) for name in SECRETS_OF[service] if name in NEEDED):
                given[purpose.value] = Way.OWN_KEYS
        return self._saved.model_copy(update=given)


def checked_key(text: str) -> str:
    """A key without space around it. Raises ``UsageError`` (not_a_key) where it could not be sent as it is."""
    key = text.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError(
            "not_a_key",
            "This key cannot be used.",
            "It has spaces, line breaks or letters that keys do not have: more than the key may have been copied.",
            "Copy the key alone, and give it again.",
        )
    return key


def _load(file: Path) -> ConnectionSettings:
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return ConnectionSettings()
    except OSError as error:
        raise _unreadable("cannot be read") from error
    try:
        return ConnectionSettings.model_validate_json(raw)
    except (ValidationError, UsageError):
        raise _unreadable("is damaged, or was written by a newer version of DMDX Studio") from None


def _write(file: Path, settings: ConnectionSettings) -> None:
    replace_durably(file, settings.model_dump_json(indent=1).encode())


def _unreadable(what: str) -> UsageError:
    return UsageError(
        "connections_unreadable",
        "The connections cannot be used.",
        f"The file {FILE} in the basedir {what}.",
        "Remove it, and connect anew; pictures and keys are not affected.",
    )
