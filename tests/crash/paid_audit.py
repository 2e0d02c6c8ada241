"""Compares what a service charged, what a bucket holds and what a library says, trusting none of the product's checks.

Reads a copy of the database; used by the tests' own process, which the servers are part of.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from PIL import Image, ImageChops, ImageStat

from tests.crash.audit import faults_at_any_moment, faults_at_rest, rows_of
from tests.crash.paid_shop import PaidShop
from tests.servers.painted import prompt_mark, prompt_sha256
from tests.servers.wavespeed_records import Prediction

TINY: Final = (16, 16)
NONE_OF_THESE: Final = {
    "two open attempts of a render": "SELECT render_key FROM attempt WHERE state IN ('intent', 'accepted', 'made')"
    " GROUP BY 1 HAVING count(*) > 1",
    "an accepted attempt without its id": "SELECT key FROM attempt WHERE state IN ('accepted', 'made', 'failed')"
    " AND prediction IS NULL",
    "money reserved for what has ended": "SELECT substr(ledger.id, 1, 36) FROM ledger"
    " JOIN attempt ON attempt.id = substr(ledger.id, 1, 36) AND attempt.state NOT IN ('intent', 'accepted')"
    " WHERE kind IN ('reserved', 'released') GROUP BY 1 HAVING sum(micro_usd) <> 0",
    "an output of what was not paid": "SELECT output.key FROM output WHERE NOT EXISTS"
    " (SELECT 1 FROM attempt WHERE attempt.render_key = output.render_key AND state = 'made')",
    "a render that is being sent without an attempt": "SELECT key FROM render WHERE state = 'submitting'"
    " AND NOT EXISTS (SELECT 1 FROM attempt WHERE render_key = render.key AND attempt.state = 'intent')",
}
"""Queries that must find nothing, at any moment whatever."""


class Line(NamedTuple):
    """One line of the table: what was counted, and what it must be."""

    what: str
    found: int
    wanted: int

    @property
    def holds(self) -> bool:
        return self.found == self.wanted


class Made(NamedTuple):
    """An output with what was asked for."""

    prompt: str
    job: str
    reference_key: int
    attempt: str
    has_marker: int
    prediction: str
    sha256: str


MADE: Final = (
    "SELECT render.prompt, job.id, render.reference_key, attempt.id, has_marker, prediction, output.sha256"
    " FROM output JOIN render ON render.key = output.render_key JOIN job ON job.key = render.job_key"
    " JOIN attempt ON attempt.render_key = render.key AND attempt.state = 'made'"
)


def faults_after_death(shop: PaidShop) -> list[str]:
    """What must not be found even right after a kill."""
    faults = faults_at_any_moment(shop.paths)
    if not _has_attempts(shop):
        return faults
    with rows_of(shop.paths.library_db) as rows:
        found = {what: rows.execute(query).fetchall() for what, query in NONE_OF_THESE.items()}
        known = _known_predictions(rows)
    faults += [f"{what}: {some}" for what, some in found.items() if some]
    return [
        *faults,
        *(f"an id of nothing: {one}" for one in known - {job.id for job in shop.service.world.predictions}),
    ]


def open_requests(shop: PaidShop) -> int:
    """Attempts of which nobody knows whether they arrived."""
    if not _has_attempts(shop):
        return 0
    with rows_of(shop.paths.library_db) as rows:
        return _number(rows, "SELECT count(*) FROM attempt WHERE state = 'intent'")


def attempts_by_state(shop: PaidShop) -> Counter[str]:
    """How many attempts came to what."""
    with rows_of(shop.paths.library_db) as rows:
        return Counter(dict(rows.execute("SELECT state, count(*) FROM attempt GROUP BY 1").fetchall()))


def slowest_answer_s(shop: PaidShop, starts: Sequence[int]) -> float:
    """How long it took at most to know what became of a request, in the life that found it out.

    ``starts`` are the moments at which lives began, in milliseconds since 1970: in short lives nothing is found out.
    """
    with rows_of(shop.paths.library_db) as rows:
        answered = rows.execute("SELECT created_at, answered_at FROM attempt WHERE answered_at IS NOT NULL").fetchall()
    return max((at - max(made, *(one for one in starts if one <= at)) for made, at in answered), default=0) / 1000


def audit(shop: PaidShop, faults: list[str]) -> list[Line]:
    """The table of a world that came to rest; ``faults`` are those found on the way, and what is found is added."""
    faults += [*faults_after_death(shop), *faults_at_rest(shop.paths)]
    with rows_of(shop.paths.library_db) as rows:
        return list(_Audit(shop, rows).lines(faults))


class _Audit:
    def __init__(self, shop: PaidShop, rows: sqlite3.Connection) -> None:
        self._shop = shop
        self._rows = rows
        world = shop.service.world
        self._charged = {charge.prediction_id: charge for charge in world.charges() if not charge.refunded}
        self._jobs = {job.id: job for job in world.predictions}
        self._known = _known_predictions(rows)
        self._made = [Made(*row) for row in rows.execute(MADE)]

    def lines(self, faults: list[str]) -> Iterator[Line]:
        renders = self._shop.order.renders
        number = self._number
        accepted = number("SELECT count(*) FROM attempt WHERE state IN ('accepted', 'made')")
        spent = number("SELECT coalesce(sum(micro_usd), 0) FROM ledger WHERE kind IN ('charged', 'corrected')")
        wrong = list(self._wrong_results())
        faults += wrong
        yield Line("renders planned", number("SELECT count(*) FROM render"), renders)
        yield Line("renders done", number("SELECT count(*) FROM render WHERE state = 'done'"), renders)
        yield Line("outputs", number("SELECT count(*) FROM output"), renders)
        yield Line("files written", sum(1 for _ in self._shop.exported.glob("*.png")), renders)
        yield Line("charges (not given back)", len(self._charged), renders)
        yield Line("accepted attempts", accepted, len(self._charged))
        yield Line("double charges", self._double_charges(), 0)
        yield Line("results of another job", len(wrong), 0)
        yield Line("charged without a result", len(self._charged.keys() - {one.prediction for one in self._made}), 0)
        yield Line("predictions nobody knows", len(self._jobs.keys() - self._known), 0)
        yield Line("objects of no piece", self._orphan_objects(), 0)
        yield Line("attempts without an answer", number("SELECT count(*) FROM attempt WHERE state = 'intent'"), 0)
        yield Line("ledger, micro-USD", spent, sum(charge.micro_usd for charge in self._charged.values()))
        yield Line("ledger, still reserved", self._reserved(), 0)
        yield Line("keys shown to the storage", self._shop.service.world.keys_at_storage, 0)
        yield Line("faults found on the way", len(faults), 0)

    def _number(self, query: str) -> int:
        return _number(self._rows, query)

    def _reserved(self) -> int:
        return self._number("SELECT coalesce(sum(micro_usd), 0) FROM ledger WHERE kind IN ('reserved', 'released')")

    def _double_charges(self) -> int:
        """Charges beyond the first of each render that did not come back, whether the library knows them or not."""
        of_render = dict(self._rows.execute("SELECT prediction, render_key FROM attempt WHERE prediction IS NOT NULL"))
        charges = Counter(of_render[one] for one in self._charged if one in of_render)
        unknown = len(self._charged.keys() - of_render.keys())
        return unknown + sum(number - 1 for number in charges.values())

    def _orphan_objects(self) -> int:
        storage = self._shop.storage
        if storage is None:
            return 0
        (studio,) = self._rows.execute("SELECT id FROM studio").fetchone()
        prefixes = tuple(f"lib/{studio}/j/{job}/" for (job,) in self._rows.execute("SELECT id FROM job"))
        lost = [key for key in storage.world.objects() if not key.startswith(prefixes)]
        return len(lost) + len(storage.world.uploads())

    def _wrong_results(self) -> Iterator[str]:
        for made in self._made:
            job = self._jobs.get(made.prediction)
            why = "nobody was charged for it" if job is None else self._why_wrong(made, job)
            if why:
                yield f"the output of attempt {made.attempt}: {why}"

    def _why_wrong(self, made: Made, job: Prediction) -> str:
        """Why an output is not what its render asked for; empty where it is."""
        stored = _blob(self._shop, made.sha256).read_bytes()
        given = self._shop.service.world.output(str(job.outputs[0]).rpartition("/")[2])
        if prompt_mark(stored) != prompt_sha256(made.prompt) or job.inputs["prompt"] != made.prompt:
            return "its prompt is another"
        if given is None or stored != given[0]:
            return "its file is that of another prediction"
        addresses = job.inputs["images"]
        assert isinstance(addresses, list)
        if made.has_marker and not all(_is_for(address, made) for address in addresses):
            return "its references were sent for another attempt"
        if self._shows(job.pictures[0]) != made.reference_key:
            return "its reference is another"
        return ""

    def _shows(self, sent_sha256: str) -> int | None:
        """The key of the reference that a picture which a service fetched looks like."""
        sent = self._sent.get(sent_sha256)
        if sent is None:
            return None
        return min(self._references, key=lambda key: _difference(sent, self._references[key]))

    @cached_property
    def _sent(self) -> dict[str, Image.Image]:
        """Everything the service could fetch, by its hash, tiny."""
        storage = self._shop.storage
        if storage is not None:
            contents = [found.read() for found in storage.world.objects().values()]
        else:
            contents = [upload.data for upload in self._shop.service.world.uploads if upload.data is not None]
        return {hashlib.sha256(content).hexdigest(): _tiny(content) for content in contents}

    @cached_property
    def _references(self) -> dict[int, Image.Image]:
        found = self._rows.execute("SELECT key, coalesce(clean_sha256, sha256) FROM reference").fetchall()
        return {key: _tiny(_blob(self._shop, sha256).read_bytes()) for key, sha256 in found}


def _is_for(address: object, made: Made) -> bool:
    parts = urlsplit(str(address))
    return parse_qs(parts.query).get("a") == [made.attempt] and f"/j/{made.job}/" in parts.path


def _blob(shop: PaidShop, sha256: str) -> Path:
    return shop.paths.blobs / sha256[:2] / sha256


def _tiny(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as picture:
        flat = Image.new("RGBA", picture.size, "white")
        flat.alpha_composite(picture.convert("RGBA"))
    return flat.convert("RGB").resize(TINY, Image.Resampling.BOX)


def _difference(one: Image.Image, other: Image.Image) -> float:
    return float(sum(ImageStat.Stat(ImageChops.difference(one, other)).mean))


def _known_predictions(rows: sqlite3.Connection) -> set[str]:
    return {one for (one,) in rows.execute("SELECT prediction FROM attempt WHERE prediction IS NOT NULL")}


def _has_attempts(shop: PaidShop) -> bool:
    if not shop.paths.library_db.exists():
        return False
    with rows_of(shop.paths.library_db) as rows:
        return bool(_number(rows, "SELECT count(*) FROM sqlite_schema WHERE name = 'attempt'"))


def _number(rows: sqlite3.Connection, query: str) -> int:
    (number,) = rows.execute(query).fetchone()
    return int(number)
