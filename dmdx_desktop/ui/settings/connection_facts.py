"""What the core says of connections and money, as values, and the words for them. Pure; the window's process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue, ValidationError

from dmdx_desktop.models.connection import SERVICE_OF, ConnectionReport, Health, Service, Way
from dmdx_desktop.models.money_words import about_usd
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.ui.wording import tr

WARN_AT: Final = 0.8
PURPOSE_OF: Final = {service: purpose for purpose, service in SERVICE_OF.items()}


@dataclass(frozen=True, slots=True)
class State:
    """How something does: a sign, its colour, and the word for it."""

    icon: str
    colour: str
    words: str


READING: Final = State("loader-circle", "text.secondary", "Reading…")
TESTING: Final = State("loader-circle", "accent.text", "Testing…")
SAVING: Final = State("loader-circle", "accent.text", "Saving…")


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One service: where it is, where its keys are (``vault``, ``this_start``, ``environment``, ``nowhere``)."""

    service: Service
    url: str = ""
    keys: str = "nowhere"
    is_usable: bool = False
    way: Way = Way.LOCAL
    model: str = ""
    fallbacks: tuple[str, ...] | None = None
    """None where the core does not say which there are."""
    zero_retention: bool = False
    bucket: str = ""

    @property
    def has_own_keys(self) -> bool:
        """Whether there is a key that can be removed here."""
        return self.keys in ("vault", "this_start")


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """Money in micro-USD; no budget is None."""

    spent: int = 0
    reserved: int = 0
    month: int | None = None
    hour: int = 0
    is_lifted: bool = False

    @property
    def share(self) -> float:
        """How much of the month's budget is spent or reserved; 0 without one, 1 of nothing."""
        if self.month is None:
            return 0.0
        return (self.spent + self.reserved) / self.month if self.month else 1.0


@dataclass(frozen=True, slots=True)
class CopiesFacts:
    """Copies of finished images in the bucket; ``limit`` in bytes a second, ``trouble`` what stands in the way."""

    is_on: bool = False
    is_paused: bool = False
    limit: int | None = None
    waiting: int = 0
    stored: int = 0
    failed: int = 0
    waiting_bytes: int = 0
    stored_bytes: int = 0
    arriving_bytes: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """All there is to show."""

    services: Mapping[Service, ServiceFacts]
    vault: str
    money: MoneyFacts
    copies: CopiesFacts = CopiesFacts()

    @property
    def has_bucket(self) -> bool:
        """Whether a bucket keeps what is sent."""
        bucket = self.services[Service.R2]
        return bucket.is_usable and bucket.way is Way.OWN_KEYS


def facts_in(document: Document) -> ConnectionFacts | None:
    """What a document says of the connections, or None for one that is about something else."""
    services = {str(row.get("service")): row for row in _rows(document, "services")}
    ways = {str(row.get("purpose")): row.get("way") for row in _rows(document, "purposes")}
    money = document.get("money")
    if not services or not isinstance(money, dict):
        return None
    known = {
        service: _service(service, services.get(service.value, {}), ways.get(PURPOSE_OF[service].value))
        for service in Service
    }
    copies = document.get("copies")
    return ConnectionFacts(
        known, str(document.get("vault")), _money(money), _copies(copies if isinstance(copies, dict) else {})
    )


def reports_in(document: Document) -> list[ConnectionReport]:
    """What tests have found."""
    found = []
    for row in _rows(document, "tests"):
        try:
            found.append(ConnectionReport.model_validate(row))
        except ValidationError:
            continue
    return found


def state_of(facts: ServiceFacts, vault: str, report: ConnectionReport | None) -> State:
    """How a connection does."""
    tested = _TESTED.get(report.health) if report is not None else None
    if tested is not None:
        return tested
    if facts.is_usable:
        if facts.keys == "environment":
            return State("key-round", "info.text", "Key from the environment")
        return State("link", "text.secondary", "Connected, not tested")
    if facts.keys != "nowhere":
        return State("triangle-alert", "warning.text", "Something is missing")
    if vault == "locked":
        return State("lock", "warning.text", "Locked")
    return State("minus", "text.tertiary", "Not connected")


def kept_words(facts: ServiceFacts) -> str:
    """Where a key is, in the present language; empty where there is none."""
    return tr(_KEPT.get(facts.keys, ""))


def money_state(money: MoneyFacts) -> State:
    """How the month's money stands."""
    if money.month is None:
        return State("minus", "text.tertiary", "No budget")
    if money.is_lifted:
        return State("triangle-alert", "warning.text", "Lifted for this month")
    if money.share >= 1:
        return State("circle-x", "danger.text", "Budget used up")
    if money.share >= WARN_AT:
        return State("triangle-alert", "warning.text", "Nearly used up")
    return State("circle-check", "success.text", "Within the budget")


def money_words(money: MoneyFacts) -> str:
    """What this month has cost, in a sentence."""
    amounts = {"spent": about_usd(money.spent), "reserved": about_usd(money.reserved)}
    if money.month is None:
        return tr("{spent} spent and {reserved} reserved this month.", **amounts)
    return tr(
        "{spent} spent and {reserved} reserved this month, of {budget}.", **amounts, budget=about_usd(money.month)
    )


def _service(service: Service, row: Mapping[str, JsonValue], way: JsonValue) -> ServiceFacts:
    fallbacks = row.get("fallbacks")
    return ServiceFacts(
        service=service,
        url=_text(row.get("url")),
        keys=_text(row.get("keys")) or "nowhere",
        is_usable=row.get("usable") is True,
        way=Way.OWN_KEYS if way == Way.OWN_KEYS.value else Way.LOCAL,
        model=_text(row.get("model")),
        fallbacks=tuple(str(one) for one in fallbacks) if isinstance(fallbacks, list) else None,
        zero_retention=row.get("zero_retention") is True,
        bucket=_text(row.get("bucket")),
    )


def _money(row: Mapping[str, JsonValue]) -> MoneyFacts:
    month = row.get("month_micro_usd")
    return MoneyFacts(
        spent=_whole(row.get("spent_micro_usd")),
        reserved=_whole(row.get("reserved_micro_usd")),
        month=month if isinstance(month, int) else None,
        hour=_whole(row.get("hour_micro_usd")),
        is_lifted=row.get("is_lifted") is True,
    )


def _copies(row: Mapping[str, JsonValue]) -> CopiesFacts:
    limit = row.get("limit_bytes_per_second")
    return CopiesFacts(
        is_on=row.get("on") is True,
        is_paused=row.get("paused") is True,
        limit=limit if isinstance(limit, int) else None,
        waiting=_whole(row.get("waiting")),
        stored=_whole(row.get("stored")),
        failed=_whole(row.get("failed")),
        waiting_bytes=_whole(row.get("waiting_bytes")),
        stored_bytes=_whole(row.get("stored_bytes")),
        arriving_bytes=_whole(row.get("arriving_bytes")),
        trouble=_text(row.get("trouble")),
    )


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: JsonValue) -> int:
    return value if isinstance(value, int) else 0


def _rows(document: Document, name: str) -> list[dict[str, JsonValue]]:
    rows = document.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


_KEPT: Final = {
    "vault": "Key kept in the vault of this computer, encrypted. It is never shown again.",
    "this_start": "Key kept until the program ends. It is written nowhere.",
    "environment": "The key comes from the environment of this start, and goes before a saved one.",
}
_TESTED: Final = {
    Health.WORKS: State("circle-check", "success.text", "Tested: works"),
    Health.WORKS_PARTLY: State("triangle-alert", "warning.text", "Tested: works, but"),
    Health.FAILS: State("circle-x", "danger.text", "Tested: fails"),
}
