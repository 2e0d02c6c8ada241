"""What goes wrong at the object store, as a test wishes. Set in the test's thread, read in the server's thread."""

import threading
from dataclasses import dataclass, field

from tests.servers.r2_errors import ErrorCode

FAILURES = {500: ErrorCode.INTERNAL_ERROR, 503: ErrorCode.SERVICE_UNAVAILABLE}


@dataclass
class R2Faults:
    """Everything is off at first. Amounts are bytes and seconds.

    What happens once switches itself off; the rest stays until the test switches it off.
    """

    fail_next: list[int] = field(default_factory=list)
    """Statuses 500 or 503: each is the answer to one request, in order, before its signature is looked at."""

    too_many_requests_next: int = 0
    """So many of the next requests are answered with 429."""

    lose_answers_next: int = 0
    """So many of the next requests are carried out, and then the connection ends without an answer."""

    one_write_per_second: bool = False
    """A put, copy or completed upload of a key within a second after the last one of that key is answered with 429."""

    latency_s: float = 0.0
    """How long each request waits before it is looked at."""

    bytes_per_second: float | None = None
    """How fast bodies are taken in and given out, each connection for itself."""

    cut_upload_after: int | None = None
    """Once: the connection ends when so many bytes of a body have come."""

    cut_download_after: int | None = None
    """Once: the connection ends when so many bytes of an object have been sent."""

    delete_fails_for: set[str] = field(default_factory=set)
    """Keys whose deletion ends in an InternalError."""

    refuse_checksum_on_delete: bool = False
    """A batch deletion that carries a checksum, as boto3's do, is answered with 501."""

    die_after_part: int | None = None
    """Once: the part of this number is kept, its answer is lost and the server is ``unreachable`` from then on."""

    unreachable: bool = False
    """Every connection ends without an answer."""

    clock_ahead_s: float = 0.0
    """How far the server's clock is ahead of the computer's."""

    lock: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    def take_failure(self) -> ErrorCode | None:
        """What the request that has just come is to fail with."""
        with self.lock:
            if self.too_many_requests_next > 0:
                self.too_many_requests_next -= 1
                return ErrorCode.TOO_MANY_REQUESTS
            if self.fail_next:
                return FAILURES[self.fail_next.pop(0)]
        return None

    def take_lost_answer(self) -> bool:
        """Whether the answer that is ready is to be lost."""
        with self.lock:
            if self.lose_answers_next > 0:
                self.lose_answers_next -= 1
                return True
            return self.unreachable

    def take_upload_cut(self, received: int) -> bool:
        """Whether the upload of which ``received`` bytes have come is to be cut."""
        with self.lock:
            if self.cut_upload_after is not None and received >= self.cut_upload_after:
                self.cut_upload_after = None
                return True
        return False

    def take_download_cut(self, size: int) -> int | None:
        """After how many of ``size`` bytes the download that begins is to be cut."""
        with self.lock:
            cut = self.cut_download_after
            if cut is None or cut >= size:
                return None
            self.cut_download_after = None
            return cut

    def part_was_kept(self, number: int) -> None:
        """To be told of every part that is kept."""
        with self.lock:
            if self.die_after_part == number:
                self.die_after_part = None
                self.unreachable = True
