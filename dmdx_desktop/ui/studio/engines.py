"""Which engines can be chosen now, as the core says whenever a connection may be another one. GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import JsonValue
from PySide6.QtCore import QObject, QTimer, Signal

from dmdx_desktop.link.messages import Answer, Failed
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.commands import Command
from dmdx_desktop.models.connecting import (
    CheckConnection,
    ChooseWay,
    ListConnections,
    ListEngines,
    RemoveConnection,
    SetConnection,
    SignIn,
    UnlockVault,
)
from dmdx_desktop.models.connection import Purpose, Service
from dmdx_desktop.models.paid_model import name_of
from dmdx_desktop.ui.failure_words import failed_words
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.wording import tr

AGAIN_MS: Final = 30_000
"""So long after the list could not be had it is asked for once more."""
CHANGING: Final = (CheckConnection, ChooseWay, RemoveConnection, SetConnection, SignIn, UnlockVault)
"""After any of these a connection may be another one."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One that makes images for money; ``price_from`` in micro-USD, ``words`` only for recommended ones."""

    id: str
    name: str
    words: str
    price_from: int | None
    most_references: int

    @property
    def is_recommended(self) -> bool:
        """Whether it stands in the short list."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class EngineListing:
    """All that is known of engines behind a service.

    ``is_known``: the core has told its connections; ``reason`` says why connected ones cannot be listed; ``services``
    are the names of those that do some work; ``reads_elsewhere``: one of them reads what is added.
    """

    is_known: bool = False
    is_connected: bool = False
    engines: tuple[Engine, ...] = ()
    reason: str = ""
    services: tuple[str, ...] = ()
    reads_elsewhere: bool = False

    def find(self, engine: str) -> Engine | None:
        """The engine of an id, where it is offered."""
        return next((one for one in self.engines if one.id == engine), None)

    def is_retired(self, engine: str) -> bool:
        """Whether an engine is certainly not offered."""
        return engine != EngineId.DRAFT and bool(self.engines) and self.find(engine) is None

    def substitute_for(self, engine: str) -> Engine | None:
        """The recommended engine that stands in for one that is gone: of the same maker, else the first."""
        recommended = [one for one in self.engines if one.is_recommended]
        maker = engine.partition("/")[0]
        return next((one for one in recommended if one.id.partition("/")[0] == maker), next(iter(recommended), None))


class Engines(QObject):
    """``changed`` comes when another listing is known."""

    changed = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.listing = EngineListing()
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.ask)
        parts.bridge.answered.connect(self._on_answer)
        parts.bridge.back.connect(self.ask)
        self.ask()

    def ask(self) -> None:
        """Ask the core what is connected, and for the engines of that."""
        self._again.stop()
        self._parts.bridge.send(ListConnections(), self._take_connections)

    def _on_answer(self, answer: Answer, command: Command | None) -> None:
        del answer
        if isinstance(command, CHANGING):
            self.ask()

    def _take_connections(self, answer: Answer) -> None:
        if isinstance(answer, Failed):
            return
        serving = _serving(answer.document.get("purposes"))
        names = tuple(dict.fromkeys(term_name(service) for service in serving.values()))
        is_connected = serving.get(Purpose.RENDERING) is Service.WAVESPEED
        engines = self.listing.engines if is_connected else ()
        reads_elsewhere = serving.get(Purpose.IDENTIFICATION) is Service.OPENROUTER
        self._know(EngineListing(True, is_connected, engines, "", names, reads_elsewhere))
        if is_connected:
            self._parts.bridge.send(ListEngines(all_models=True), self._take_engines)

    def _take_engines(self, answer: Answer) -> None:
        before = self.listing
        if isinstance(answer, Failed):
            self._again.start()
            self._know(replace(before, is_connected=True, reason=failed_words(answer)))
            return
        if before.is_connected:
            engines = _engines_in(answer.document.get("engines"))
            self._know(replace(before, engines=engines, reason=""))

    def _know(self, listing: EngineListing) -> None:
        if listing != self.listing:
            self.listing = listing
            self.changed.emit()


def engine_name(engine: str) -> str:
    """What an engine is called."""
    return term_name(EngineId.DRAFT) if engine == EngineId.DRAFT else name_of(engine)


def engine_words(engine: Engine) -> str:
    """What is good about it; the id where nobody recommends it."""
    return tr(engine.words) if engine.is_recommended else ""


def _serving(purposes: JsonValue) -> dict[Purpose, Service]:
    """The service that does each kind of work; kinds that are done here are left out."""
    found = {}
    for row in purposes if isinstance(purposes, list) else ():
        if isinstance(row, dict) and row.get("service") is not None:
            found[Purpose(str(row["purpose"]))] = Service(str(row["service"]))
    return found


def _engines_in(rows: JsonValue) -> tuple[Engine, ...]:
    listed: Sequence[JsonValue] = rows if isinstance(rows, list) else ()
    return tuple(_engine_of(row) for row in listed if isinstance(row, dict))


def _engine_of(row: dict[str, JsonValue]) -> Engine:
    price, most = row.get("price_from_micro_usd"), row.get("most_references")
    return Engine(
        id=str(row.get("id")),
        name=str(row.get("name")),
        words=str(row.get("words") or ""),
        price_from=price if isinstance(price, int) else None,
        most_references=most if isinstance(most, int) else 1,
    )
