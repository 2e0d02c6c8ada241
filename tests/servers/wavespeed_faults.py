"""What goes wrong at the WaveSpeed server of the tests: switches that a test turns at any time, from its own thread.

The threads of the server read them. Shares are between 0 and 1 and are drawn from a generator with a seed. What is
counted (``ticket_expired``, ``download_403`` and the like) is how many of the next calls it happens to; the server
counts down.
"""

import random
from dataclasses import dataclass, field
from enum import StrEnum

SEVEN_DAYS_S = 7 * 24 * 3600.0


class SubmitFate(StrEnum):
    """What becomes of one submit."""

    ANSWERED = "answered"
    RESET_BEFORE_CREATION = "reset before creation"
    REFUSED_503 = "refused with 503"
    CHARGED_THEN_DROPPED = "charged, then dropped"
    CHARGED_THEN_502 = "charged, then 502"


class EndStatus(StrEnum):
    """The last status of a job."""

    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMEOUT = "timeout"
    DELETED = "deleted"


class OutputForm(StrEnum):
    """How a completed job says where its pictures are."""

    URL = "url"
    OBJECT = "object"
    BASE64 = "base64"
    DATA_URI = "data_uri"
    EMPTY = "empty"


CODE_TEXTS = {
    1200: "The content was flagged as potentially sensitive.",
    1400: "A required parameter is missing.",
    1401: "A parameter is invalid.",
    1402: "The media could not be accessed.",
    1403: "The task could not be executed.",
    1405: "The task failed.",
    5000: "Internal error.",
    5003: "The service is unavailable.",
    5004: "The task timed out.",
}
"""Words for the codes of jobs."""

CODES_OF_ENDS = {EndStatus.FAILED: 1405, EndStatus.TIMEOUT: 5004}


@dataclass(frozen=True)
class Ending:
    """How and when one job ends; settled when the job is accepted, so that later switches leave it alone."""

    status: EndStatus
    code: int
    seconds: float
    polls: int
    unknown_status_first: bool
    nsfw: bool
    form: OutputForm
    count: int | None


@dataclass
class WaveSpeedFaults:
    """All switches off but those that describe the service on a good day."""

    seed: int = 0

    # Any call: every connection is cut.
    down: bool = False

    # Submits, as shares of them; those listed in ``submit_fates`` come first.
    reset_before_creation: float = 0.0
    refused_503: float = 0.0
    charged_then_dropped: float = 0.0
    charged_then_502: float = 0.0
    submit_fates: list[SubmitFate] = field(default_factory=list)
    # Seconds before a job is made: it is made although the client may have given up. And seconds before the answer.
    seconds_before_creation: float = 0.0
    submit_seconds: float = 0.0
    submitted_status: str = "created"
    # The answer to a submit holds the id and nothing else.
    sparse_answer: bool = False
    # Bad inputs are taken, and paid for, and end the job with 1400 or 1401.
    bad_inputs_fail_later: bool = False
    # Not empty: submits get a 403 with this text and this ``error_code``.
    forbidden_text: str = ""
    forbidden_code: str = ""
    no_credit_status: int = 402
    retired: set[str] = field(default_factory=set)

    # Limits: accepted submits within ``minute_seconds``, and jobs that have not ended.
    rate_per_minute: int | None = None
    minute_seconds: float = 60.0
    concurrent: int | None = None
    # Jobs beyond ``concurrent`` are accepted and wait for their turn.
    concurrent_waits: bool = False
    retry_after_s: int | None = None

    # Synchronous submits: after so many seconds 5004, or a 504 of the gateway that loses the id.
    sync_seconds: float = 90.0
    sync_gateway_504: bool = False

    # Jobs. ``math.inf`` seconds: never done. So many polls are told that it goes on.
    polls_until_done: int = 1
    seconds_until_done: float = 0.0
    seconds_spread: float = 0.0
    failed_share: float = 0.0
    fail_code: int | None = None
    end_status: EndStatus = EndStatus.COMPLETED
    unknown_status_first: bool = False
    nsfw: bool = False
    output_form: OutputForm = OutputForm.URL
    # None: as many as the inputs ask for.
    output_count: int | None = None
    # Polls get 404 and downloads 403 after so many seconds, and histories no longer tell of the job.
    expired_after_s: float = SEVEN_DAYS_S

    # Statuses that the next calls get in place of an answer; 0 cuts the connection, 502 and 504 are HTML.
    poll_errors: list[int] = field(default_factory=list)
    history_errors: list[int] = field(default_factory=list)
    billing_errors: list[int] = field(default_factory=list)
    balance_errors: list[int] = field(default_factory=list)

    # History and account.
    history_lag_s: float = 0.0
    history_tells_total: bool = True
    echo_inputs: bool = True
    echo_inputs_in_result: bool = False
    delete_cancels: bool = False
    billing_lag_s: float = 0.0
    refund_lag_s: float = 0.0
    # Percent that is paid: 90 is a discount of 10 %.
    discount_rate: int | None = None
    price_status: int = 200
    prices_in_micro_usd: bool = False
    catalogue_status: int = 200
    catalogue_bytes: int = 0

    # Uploads. Without tickets there is only the multipart form.
    ticket_upload: bool = True
    ticket_if_none_match: bool = False
    ticket_expired: int = 0
    ticket_expired_status: int = 403
    upload_fails_200_500: bool = False
    largest_upload: int | None = None
    upload_seconds: float = 0.0

    # Downloads of results. ``download_trickle`` is bytes a second, ``download_oversize`` bytes in all.
    download_needs_user_agent: bool = True
    download_redirects: int = 0
    download_redirect_to: str = ""
    download_truncated: int = 0
    download_403: int = 0
    download_trickle: int = 0
    # JPEG data under the name and the type of a PNG; or a page in place of a picture.
    download_wrong_type: bool = False
    download_html: bool = False
    download_oversize: int = 0
    download_tells_length: bool = True

    chance: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def next_fate(self) -> SubmitFate:
        """What becomes of the submit that has just come."""
        if self.submit_fates:
            return self.submit_fates.pop(0)
        draw = self.chance.random()
        shares = {
            SubmitFate.RESET_BEFORE_CREATION: self.reset_before_creation,
            SubmitFate.REFUSED_503: self.refused_503,
            SubmitFate.CHARGED_THEN_DROPPED: self.charged_then_dropped,
            SubmitFate.CHARGED_THEN_502: self.charged_then_502,
        }
        for fate, share in shares.items():
            if draw < share:
                return fate
            draw -= share
        return SubmitFate.ANSWERED

    def next_ending(self) -> Ending:
        """How the job ends that is being accepted."""
        status, code = self.end_status, CODES_OF_ENDS.get(self.end_status, 0)
        if self.fail_code is not None:
            status, code = EndStatus.FAILED, self.fail_code
        elif self.chance.random() < self.failed_share:
            status, code = EndStatus.FAILED, CODES_OF_ENDS[EndStatus.FAILED]
        return Ending(
            status=status,
            code=code,
            seconds=self.seconds_until_done + self.seconds_spread * self.chance.random(),
            polls=self.polls_until_done,
            unknown_status_first=self.unknown_status_first,
            nsfw=self.nsfw,
            form=self.output_form,
            count=self.output_count,
        )
