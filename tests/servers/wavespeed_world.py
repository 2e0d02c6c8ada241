"""The world behind the WaveSpeed server: money, jobs, charges, pictures, and when submits came and jobs ended.

Changed on the threads of the two servers, looked at from the test's thread: each under the lock of the server.
"""

import copy
import dataclasses
import secrets
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from tests.servers.wavespeed_faults import CODE_TEXTS, EndStatus, WaveSpeedFaults
from tests.servers.wavespeed_records import Charge, Json, Prediction, Upload, sha256

DOLLAR = 1_000_000


class WaveSpeedWorld:
    """The upper half is for tests, the lower for the servers."""

    def __init__(
        self, lock: AbstractContextManager[object], faults: WaveSpeedFaults, *, balance_micro_usd: int = 100 * DOLLAR
    ) -> None:
        self._lock = lock
        self._faults = faults
        self._topped_up = balance_micro_usd
        self._charged = 0
        self._refunds: list[tuple[float, int]] = []
        self._predictions: dict[str, Prediction] = {}
        self._running: set[str] = set()
        self._most_running = 0
        self._uploads: dict[str, Upload] = {}
        self._outputs: dict[str, bytes] = {}
        # The same picture comes many times in a long run; it is kept once.
        self._contents: dict[str, bytes] = {}
        self._calls: Counter[str] = Counter()
        self._statuses: Counter[int] = Counter()
        self._accepted_at: list[float] = []
        self._limited_at: list[float] = []
        self._completed_at: list[float] = []
        self._keys_at_storage = 0

    # For tests.

    def charges(self) -> list[Charge]:
        """Every charge ever made, oldest first."""
        with self._lock:
            now = time.time()
            return [
                Charge(
                    job.id,
                    job.model,
                    job.micro_usd,
                    copy.deepcopy(job.inputs),
                    job.refund_at is not None and job.refund_at <= now,
                    job.created_at,
                )
                for job in self._predictions.values()
            ]

    @property
    def predictions(self) -> list[Prediction]:
        """Every job ever accepted, oldest first, deleted ones too."""
        with self._lock:
            return [copy.deepcopy(job) for job in self._predictions.values()]

    @property
    def uploads(self) -> list[Upload]:
        with self._lock:
            return [dataclasses.replace(upload) for upload in self._uploads.values()]

    @property
    def balance_micro_usd(self) -> int:
        with self._lock:
            now = time.time()
            return self._topped_up - self._charged + sum(price for at, price in self._refunds if at <= now)

    def set_balance(self, micro_usd: int) -> None:
        """Top up, or take away, until the balance is this."""
        with self._lock:
            self._topped_up += micro_usd - self.balance_micro_usd

    @property
    def submits_received(self) -> int:
        """Submits that came with a right key, whatever became of them."""
        return self.calls()["submit"]

    def calls(self) -> Counter[str]:
        """How often each kind of call came: submit, poll, history, delete, price, pricing, billings, balance, models,
        ticket, form, put, download, media."""
        with self._lock:
            return Counter(self._calls)

    def refusals(self) -> Counter[int]:
        """How often the API refused with each status; 0 is a cut connection, 200 a refusal inside the envelope."""
        with self._lock:
            return Counter(self._statuses)

    @property
    def accepted_at(self) -> list[float]:
        """``time.monotonic()`` of each accepted submit."""
        with self._lock:
            return list(self._accepted_at)

    @property
    def limited_at(self) -> list[float]:
        """``time.monotonic()`` of each 429 that a limit gave to a submit."""
        with self._lock:
            return list(self._limited_at)

    @property
    def completed_at(self) -> list[float]:
        """``time.monotonic()`` of the end of each job, however it ended."""
        with self._lock:
            return list(self._completed_at)

    @property
    def running(self) -> int:
        """Jobs that have not ended."""
        with self._lock:
            return len(self._running)

    @property
    def most_running(self) -> int:
        """The most jobs there ever were at the same time that had not ended."""
        with self._lock:
            return self._most_running

    @property
    def keys_at_storage(self) -> int:
        """Calls to the storage that carried an Authorization header, which only the API may see."""
        with self._lock:
            return self._keys_at_storage

    # For the servers.

    def called(self, kind: str) -> None:
        with self._lock:
            self._calls[kind] += 1

    def answered(self, status: int) -> None:
        with self._lock:
            self._statuses[status] += 1

    def key_seen_at_storage(self) -> None:
        with self._lock:
            self._keys_at_storage += 1

    def over_limit(self) -> bool:
        """Whether one more submit is too many now; remembered as a 429 if so."""
        with self._lock:
            now = time.monotonic()
            faults = self._faults
            lately = len(self._accepted_at) - bisect_right(self._accepted_at, now - faults.minute_seconds)
            over = faults.rate_per_minute is not None and lately >= faults.rate_per_minute
            if faults.concurrent is not None and not faults.concurrent_waits:
                over = over or len(self._running) >= faults.concurrent
            if over:
                self._limited_at.append(now)
            return over

    def accept(
        self, model: str, body: Json, inputs: Json, *, webhook: str, micro_usd: int, full_micro_usd: int
    ) -> Prediction | None:
        """Make a job and charge for it; None when there is not enough money."""
        with self._lock:
            if self.balance_micro_usd < micro_usd:
                return None
            job = Prediction(
                id=secrets.token_hex(16),
                model=model,
                body=body,
                inputs=inputs,
                webhook=webhook,
                micro_usd=micro_usd,
                full_micro_usd=full_micro_usd,
                ending=self._faults.next_ending(),
                created_at=time.time(),
                status=self._faults.submitted_status,
            )
            self._charged += micro_usd
            self._predictions[job.id] = job
            self._running.add(job.id)
            self._most_running = max(self._most_running, len(self._running))
            self._accepted_at.append(time.monotonic())
            return job

    def has_turn(self, job: Prediction) -> bool:
        """Whether a job may begin: not while as many older ones run as may run at once."""
        with self._lock:
            limit = self._faults.concurrent
            older = sum(self._predictions[each].created_at < job.created_at for each in self._running)
            return limit is None or older < limit

    def begin(self, job: Prediction) -> None:
        with self._lock:
            if not job.ended:
                job.status = "processing"

    def complete(self, job: Prediction, outputs: Iterable[object]) -> None:
        with self._lock:
            if not job.ended:
                job.outputs = list(outputs)
                job.nsfw = [job.ending.nsfw for _ in job.outputs]
                self._end(job, EndStatus.COMPLETED)

    def fail(self, job: Prediction, status: EndStatus, code: int, error: str = "") -> None:
        """End a job without pictures, and give the money back."""
        with self._lock:
            if not job.ended:
                job.code, job.error = code, error or CODE_TEXTS.get(code, f"The task was {status}.")
                job.refund_at = time.time() + self._faults.refund_lag_s
                self._refunds.append((job.refund_at, job.micro_usd))
                self._end(job, status)

    def _end(self, job: Prediction, status: EndStatus) -> None:
        job.status, job.ended_at = status, time.time()
        self._running.discard(job.id)
        self._completed_at.append(time.monotonic())

    def poll(self, prediction_id: str) -> Prediction | None:
        """A job as polls see it, and one poll more; None when it is unknown, deleted or expired."""
        with self._lock:
            job = self.found(prediction_id)
            if job is not None:
                job.polls += 1
            return job

    def found(self, prediction_id: str) -> Prediction | None:
        """A job that is there for callers; None when it is unknown, deleted or expired."""
        with self._lock:
            job = self._predictions.get(prediction_id)
            return None if job is None or job.deleted or self.expired(job.created_at) else job

    def expired(self, created_at: float) -> bool:
        return time.time() - created_at >= self._faults.expired_after_s

    def newest(self, lag_s: float, wanted: Callable[[Prediction], bool], *, deleted: bool = False) -> list[Prediction]:
        """Jobs accepted at least ``lag_s`` ago that are wanted, newest first; ``deleted`` and expired ones if asked."""
        with self._lock:
            latest = time.time() - lag_s
            return [
                job
                for job in reversed(self._predictions.values())
                if job.created_at <= latest
                and (deleted or not (job.deleted or self.expired(job.created_at)))
                and wanted(job)
            ]

    def delete(self, ids: Iterable[str]) -> int:
        """Take jobs and their pictures away; the number of those that were there."""
        with self._lock:
            jobs = [job for job in map(self.found, ids) if job is not None]
            for job in jobs:
                if self._faults.delete_cancels and not job.ended:
                    self.fail(job, EndStatus.CANCELLED, 0)
                job.deleted = True
                self._outputs = {name: data for name, data in self._outputs.items() if not name.startswith(job.id)}
            return len(jobs)

    def add_upload(self, upload: Upload) -> None:
        with self._lock:
            self._uploads[upload.id] = upload
            if upload.data is not None:
                self.fill_upload(upload, upload.data)

    def fill_upload(self, upload: Upload, data: bytes) -> None:
        with self._lock:
            upload.data = self._contents.setdefault(sha256(data), data)

    def upload(self, upload_id: str) -> Upload | None:
        with self._lock:
            return self._uploads.get(upload_id)

    def add_output(self, name: str, data: bytes) -> None:
        with self._lock:
            self._outputs[name] = data

    def output(self, name: str) -> tuple[bytes, bool] | None:
        """A picture of a job, and whether its time is over; None when there is none."""
        with self._lock:
            job = self._predictions.get(name.partition("-")[0])
            if job is None or job.deleted or name not in self._outputs:
                return None
            return self._outputs[name], self.expired(job.created_at)
