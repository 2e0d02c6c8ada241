"""What the WaveSpeed server remembers of single jobs, charges and uploads.

Plain values: made on the server's threads, given to the test's thread as copies.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from tests.servers.wavespeed_faults import Ending, EndStatus

Json = dict[str, object]
ENDED = frozenset(EndStatus)


class Charge(NamedTuple):
    """Money taken for one accepted job; ``at`` is Unix time, ``inputs`` what the job ran with."""

    prediction_id: str
    model: str
    micro_usd: int
    inputs: Json
    refunded: bool
    at: float


@dataclass
class Prediction:
    """One job. ``body`` is what was sent, ``inputs`` what the model has a name for; times are Unix times."""

    id: str
    model: str
    body: Json
    inputs: Json
    webhook: str
    micro_usd: int
    full_micro_usd: int
    ending: Ending
    created_at: float
    status: str
    code: int = 0
    error: str = ""
    outputs: list[object] = field(default_factory=list)
    nsfw: list[bool] = field(default_factory=list)
    # SHA-256 of the pictures that were fetched for it, in their order.
    pictures: tuple[str, ...] = ()
    ended_at: float | None = None
    refund_at: float | None = None
    polls: int = 0
    deleted: bool = False

    @property
    def ended(self) -> bool:
        return self.ended_at is not None

    @property
    def shown_status(self) -> str:
        """What callers are told: an end shows only after as many polls as the ending says."""
        if self.polls == 1 and self.ending.unknown_status_first:
            return "queued"
        if self.ended and self.polls <= self.ending.polls and self.ending.polls > 0:
            return "created" if self.polls < 2 <= self.ending.polls else "processing"
        return self.status

    @property
    def order_state(self) -> str:
        """The state of the order in the bills."""
        if not self.ended:
            return "pre"
        return "done" if self.status == EndStatus.COMPLETED else "refunded"

    def shown(self, origin: str, *, status: str = "") -> Json:
        """The job as it is answered; ``status`` where it is not the one shown to polls."""
        status = status or self.shown_status
        over = status in ENDED
        done = status == EndStatus.COMPLETED
        took = round(1000 * ((self.ended_at or self.created_at) - self.created_at))
        return {
            "id": self.id,
            "model": self.model,
            "status": status,
            "outputs": self.outputs if done else [],
            "urls": {"get": f"{origin}/api/v3/predictions/{self.id}/result"},
            "has_nsfw_contents": self.nsfw if done else [],
            "created_at": moment(self.created_at),
            "error": self.error if over else "",
            **({"code": self.code} if over and self.code else {}),
            **({"executionTime": took} if over else {}),
            "timings": {"inference": took} if over else {},
        }


@dataclass
class Upload:
    """A picture that a client brought: by ticket, in two steps, or as a form, in one.

    ``filename`` is the client's; ``stored_name`` stands in the address.
    """

    id: str
    filename: str
    stored_name: str
    size: int
    content_type: str
    token: str
    headers: dict[str, str]
    by_ticket: bool
    created_at: float
    data: bytes | None = None

    def answer(self, storage: str) -> Json:
        """What both ways of uploading say of it; ``storage`` is the origin of the storage."""
        return {
            "type": self.content_type.partition("/")[0],
            "filename": self.filename,
            "size": self.size,
            "download_url": f"{storage}/media/{self.id}/{self.stored_name}",
        }


def moment(at: float) -> str:
    """Unix time as RFC 3339, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def unix_time(text: str) -> float:
    """Unix time of an RFC 3339 text; ValueError when it is none."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.timestamp()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
