"""The keys that requests to a bucket are signed with, replaced before they expire. Core process, threads of uploads.

Temporary ones are lent by a provider, such as a gateway: new ones are asked for once most of their life is over, and
once more where the bucket refuses them. Permanent ones are lent for ever.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.services.r2 import StorageKeys

RENEWED_AT: Final = 0.8
ASKED_AGAIN_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class LentKeys:
    """Keys and their life, in seconds since the epoch by this computer's clock; ``expires_at`` None is for ever."""

    keys: StorageKeys
    lent_at: float = 0.0
    expires_at: float | None = None

    @property
    def renew_at(self) -> float:
        """When to ask for others."""
        if self.expires_at is None:
            return float("inf")
        return self.lent_at + RENEWED_AT * (self.expires_at - self.lent_at)


KeyProvider = Callable[[], LentKeys]
"""Lends keys; called on a thread, may block, raises ``DmdxError``."""


def for_ever(keys: StorageKeys) -> KeyProvider:
    """The provider of permanent keys."""
    lent = LentKeys(keys)
    return lambda: lent


class KeyKeeper:
    """Hands out the keys in force. One thread asks for new ones; the others go on with the old until they expire."""

    def __init__(self, provider: KeyProvider, clock: Callable[[], float] = time.time) -> None:
        self._provider = provider
        self._clock = clock
        self._asking = threading.Lock()
        self._lent: LentKeys | None = None
        self._ask_again_at = 0.0

    def current(self) -> StorageKeys:
        """Keys that have not expired. Raises what the provider raises."""
        lent, now = self._lent, self._clock()
        if lent is not None and now < max(lent.renew_at, self._ask_again_at):
            return lent.keys
        has_expired = lent is None or lent.expires_at is None or now >= lent.expires_at
        if not self._asking.acquire(blocking=has_expired):
            assert lent is not None
            return lent.keys
        try:
            if self._lent is lent:
                self._ask(lent, may_keep=not has_expired)
            assert self._lent is not None
            return self._lent.keys
        finally:
            self._asking.release()

    def replace(self, refused: StorageKeys) -> bool:
        """The bucket does not take these; whether there are others now. Raises what the provider raises."""
        with self._asking:
            lent = self._lent
            if lent is None or lent.keys == refused:
                self._ask(lent, may_keep=False)
            assert self._lent is not None
            return self._lent.keys != refused

    def _ask(self, lent: LentKeys | None, *, may_keep: bool) -> None:
        try:
            self._lent = self._provider()
            self._ask_again_at = 0.0
        except DmdxError:
            if not may_keep or lent is None:
                raise
            # The old ones still serve; a provider that has trouble is not asked with every request.
            self._ask_again_at = min(self._clock() + ASKED_AGAIN_S, lent.expires_at or float("inf"))
