"""How much leaves at once and how fast: bandwidth, pause, requests under way, and what has arrived. Core process.

Every method may be called from any thread; those that wait do so on the thread of an upload, never on the loop.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LARGEST_CHUNK: Final = 1 << 17
SMALLEST_CHUNK: Final = 1 << 12
CHUNKS_A_SECOND: Final = 20
HELD_S: Final = 10.0
"""For how long a paused request keeps its connection; after that it is given up, and sent anew later."""
LOOK_AGAIN_S: Final = 0.5
CALM_S: Final = 0.5


class Stopped(Exception):  # noqa: N818 - not an error: the caller asked for it
    """The upload is no longer wanted."""


class Interrupted(Exception):  # noqa: N818 - not an error: the user asked for it
    """A request was given up because of a long pause; it is sent anew after it."""


class Flow:
    """Lets bytes out: none while paused, and no more a second than allowed, over all threads together."""

    def __init__(self, bytes_per_second: float | None = None, *, held_s: float = HELD_S) -> None:
        self._changed = threading.Condition()
        self._rate = bytes_per_second
        self._held_s = held_s
        self._left = 0.0
        self._counted_at = time.monotonic()
        self._paused = False

    @property
    def chunk_bytes(self) -> int:
        """How much to send at a time, so that a limit is kept evenly."""
        rate = self._rate
        if rate is None:
            return LARGEST_CHUNK
        return max(SMALLEST_CHUNK, min(LARGEST_CHUNK, int(rate / CHUNKS_A_SECOND)))

    def set_limit(self, bytes_per_second: float | None) -> None:
        """From now on no more than this; None for as much as there is room for."""
        if bytes_per_second is not None and bytes_per_second <= 0:
            raise ValueError("a limit is more than nothing; to send nothing, pause")
        with self._changed:
            self._count()
            self._rate, self._left = bytes_per_second, 0.0
            self._changed.notify_all()

    def pause(self) -> None:
        """Nothing new is sent, and what is being sent stops at its next chunk."""
        with self._changed:
            self._paused = True
            self._changed.notify_all()

    def resume(self) -> None:
        """Go on."""
        with self._changed:
            self._paused = False
            self._count()
            self._changed.notify_all()

    def wake(self) -> None:
        """Have those who wait look at their stop flags."""
        with self._changed:
            self._changed.notify_all()

    def take(self, number: int, stop: threading.Event) -> None:
        """Wait until ``number`` bytes may leave. Raises ``Stopped`` and ``Interrupted``."""
        if self._rate is None and not self._paused and not stop.is_set():
            return
        give_up_at = time.monotonic() + self._held_s
        with self._changed:
            while not stop.is_set():
                if self._paused:
                    left_s = give_up_at - time.monotonic()
                    if left_s <= 0:
                        raise Interrupted
                elif self._rate is None:
                    return
                else:
                    self._count()
                    if self._left >= 0:
                        self._left -= number
                        return
                    left_s = -self._left / self._rate
                    give_up_at = time.monotonic() + self._held_s
                self._changed.wait(min(left_s, LOOK_AGAIN_S))
        raise Stopped

    def wait_while_paused(self, stop: threading.Event) -> None:
        """Return when requests may be sent. Raises ``Stopped``."""
        with self._changed:
            while self._paused and not stop.is_set():
                self._changed.wait(LOOK_AGAIN_S)
        if stop.is_set():
            raise Stopped

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        """Let some time pass. Raises ``Stopped``."""
        until = time.monotonic() + seconds
        with self._changed:
            while not stop.is_set() and (left_s := until - time.monotonic()) > 0:
                self._changed.wait(min(left_s, LOOK_AGAIN_S))
        if stop.is_set():
            raise Stopped

    def _count(self) -> None:
        """What time has brought since the last look; at most a chunk is saved up."""
        now = time.monotonic()
        if self._rate is not None:
            most = float(max(SMALLEST_CHUNK, self._rate / CHUNKS_A_SECOND))
            self._left = min(self._left + (now - self._counted_at) * self._rate, most)
        self._counted_at = now


class Gate:
    """So many requests at once: halved when the store asks for less, and growing again with each one it takes."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._limit = float(most)
        self._under_way = 0
        self._clock = clock
        self._halved_at = -CALM_S
        self._changed = threading.Condition()

    @property
    def limit(self) -> int:
        """How many may be under way now."""
        return int(self._limit)

    def enter(self, stop: threading.Event) -> None:
        """Wait for a place among those under way. Raises ``Stopped``."""
        with self._changed:
            while self._under_way >= int(self._limit):
                if stop.is_set():
                    raise Stopped
                self._changed.wait(LOOK_AGAIN_S)
            self._under_way += 1

    def leave(self) -> None:
        """Give the place back."""
        with self._changed:
            self._under_way -= 1
            self._changed.notify()

    def taken(self) -> None:
        """A request was carried out."""
        if self._limit < self._most:
            with self._changed:
                self._limit = min(float(self._most), self._limit + 1 / self._limit)
                self._changed.notify()

    def refused(self) -> None:
        """The store asked for less. Those under way at that moment were refused together, and count once."""
        with self._changed:
            if self._clock() - self._halved_at >= CALM_S:
                self._halved_at = self._clock()
                self._limit = max(1.0, self._limit / 2)


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """How far uploads have come.

    ``bytes_arrived`` left here and were answered for; ``bytes_there`` did not have to be sent; ``bytes_under_way`` left
    and have no answer yet. A part that is sent again counts once. ``bytes_arriving`` left for files that are not whole.
    """

    files: int = 0
    files_done: int = 0
    bytes_all: int = 0
    bytes_arrived: int = 0
    bytes_there: int = 0
    bytes_under_way: int = 0
    bytes_arriving: int = 0


class Tally:
    """Counts what uploads have come to."""

    def __init__(self) -> None:
        self.lock: Final = threading.Lock()
        self._shares: set[Share] = set()
        self._done = UploadProgress()

    @property
    def progress(self) -> UploadProgress:
        """As of now. Files that failed or are no longer wanted are not in it."""
        with self.lock:
            shares, done = list(self._shares), self._done
            return UploadProgress(
                done.files + len(shares),
                done.files_done,
                done.bytes_all + sum(share.size for share in shares),
                done.bytes_arrived + sum(share.arrived for share in shares),
                done.bytes_there + sum(share.there for share in shares),
                sum(share.under_way for share in shares),
                sum(share.under_way + share.arrived for share in shares),
            )

    def expect(self, size: int) -> "Share":
        """A file is to be uploaded."""
        with self.lock:
            share = Share(self, size)
            self._shares.add(share)
            return share

    def end(self, share: "Share", *, is_done: bool) -> None:
        """A file is whole and verified, or will not be uploaded now."""
        with self.lock:
            self._shares.discard(share)
            if is_done:
                done = self._done
                self._done = UploadProgress(
                    done.files + 1,
                    done.files_done + 1,
                    done.bytes_all + share.size,
                    done.bytes_arrived + share.arrived,
                    done.bytes_there + share.there,
                )


class Share:
    """What one file has come to."""

    def __init__(self, tally: Tally, size: int) -> None:
        self._lock = tally.lock
        self.size = size
        self.arrived = self.there = self.under_way = 0

    def leave(self, size: int) -> None:
        """Bytes leave."""
        with self._lock:
            self.under_way += size

    def settle(self, size: int, *, arrived: bool) -> None:
        """What was under way of one request is answered for, or is lost and will be sent again."""
        with self._lock:
            self.under_way -= size
            self.arrived += size if arrived else 0

    def has(self, size: int) -> None:
        """Bytes that do not have to be sent."""
        with self._lock:
            self.there += size

    def begin_anew(self) -> None:
        """What had arrived is of no use any more."""
        with self._lock:
            self.arrived = self.there = 0

    def has_all(self) -> None:
        """The whole file is there, however it came."""
        with self._lock:
            self.there = self.size - self.arrived
