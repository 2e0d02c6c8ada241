"""Requests to a bucket that are repeated until they are answered for good. Core process, threads of uploads.

Repeated is what the store asks to be repeated, and what had no answer; before the latter is sent again it is looked
whether it was carried out. Keys that are refused are replaced once for each request.
"""

import random
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from dmdx_desktop.errors import DmdxError, Retry
from dmdx_desktop.services.http import UnreachableError, wait_of
from dmdx_desktop.services.r2 import refusal
from dmdx_desktop.services.r2_flow import Flow, Gate, Interrupted
from dmdx_desktop.services.r2_keys import KeyKeeper
from dmdx_desktop.services.r2_wire import Ask, Reply, Wire

DONE: Final = (200, 204)
THERE_ALREADY: Final = 412
NOT_THERE: Final = 404
KEYS_REFUSED: Final = (401, 403)
FEWER: Final = (429, 503)
LATER: Final = frozenset({408, 429, 500, 502, 503, 504})
LATER_CODES: Final = frozenset({"ClientDisconnect", "IncompleteBody", "RequestTimeout", "SlowDown", "TooManyRequests"})
SKEWED: Final = "RequestTimeTooSkewed"
Look = Callable[[], Reply | None]
"""Looks whether a request whose answer was lost was carried out: what is there now, or None."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is sent at most, and how long it waits before that: twice as long each time."""

    tries: int = 8
    first_wait_s: float = 0.5
    longest_wait_s: float = 20.0

    def wait_s(self, tries: int) -> float:
        """The wait after so many tries; random, so that those refused together do not come back together."""
        return min(self.longest_wait_s, self.first_wait_s * 2.0 ** (tries - 1)) * random.uniform(0.5, 1.0)


class Tries:
    """Sends requests through the gate, at the pace of the flow, with the keys in force."""

    def __init__(self, wire: Wire, keys: KeyKeeper, flow: Flow, gate: Gate, patience: Patience) -> None:
        self._wire = wire
        self._keys = keys
        self._flow = flow
        self._gate = gate
        self._patience = patience

    def send(self, ask: Ask, stop: threading.Event, *, also: Collection[int] = (), look: Look | None = None) -> Reply:
        """The answer: one that says done, or a status of ``also``. Raises ``DmdxError``, ``Stopped``, ``OSError``."""
        tries, has_new_keys = 0, False
        while True:
            self._flow.wait_while_paused(stop)
            keys = self._keys.current()
            failure: DmdxError
            asked_wait_s = None
            self._gate.enter(stop)
            try:
                reply = self._wire.send(ask, keys, stop)
            except Interrupted:
                continue
            except UnreachableError as error:
                failure = error
                may_be_done = error.may_have_arrived
            else:
                if reply.status in DONE or reply.status in also:
                    self._gate.taken()
                    return reply
                code = reply.code
                if reply.status in FEWER:
                    self._gate.refused()
                if reply.status in KEYS_REFUSED and code != SKEWED and not has_new_keys and self._keys.replace(keys):
                    has_new_keys = True
                    continue
                failure = _failure(code, reply.status)
                if reply.status not in LATER and code not in LATER_CODES:
                    raise failure
                asked_wait_s = wait_of(reply.headers.get("retry-after"))
                may_be_done = reply.status >= 500
            finally:
                self._gate.leave()
            tries += 1
            if tries >= self._patience.tries:
                raise failure
            self._flow.sleep(max(self._patience.wait_s(tries), asked_wait_s or 0.0), stop)
            found = look() if look is not None and may_be_done else None
            if found is not None:
                return replace(found, is_finding=True)


class RefusedError(DmdxError):
    """The store says that something about a request is wrong: ``store_code`` is its name for it."""

    def __init__(self, known: DmdxError, store_code: str) -> None:
        super().__init__(known.code, known.title, known.detail, known.remedy, retry=known.retry)
        self.store_code = store_code


def _failure(code: str, status: int) -> DmdxError:
    if code == SKEWED:
        return DmdxError(
            "clock_wrong", "The clock of this computer is wrong.", "The bucket takes nothing that is signed with it.",
            "Have the system set date and time by itself.", retry=Retry.AFTER_USER,
        )  # fmt: skip
    known = refusal(code or str(status), status)
    return RefusedError(known, code) if known.code == "storage_refused" else known
