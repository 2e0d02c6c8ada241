"""What the page of connections says to the core, and what it hears. GUI thread; the core answers when it can."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dmdx_desktop.models.connecting import CheckConnection, ConnectionCommand, ListConnections
from dmdx_desktop.models.connection import Service
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.failure_words import failed_words
from dmdx_desktop.ui.settings.connection_facts import ConnectionFacts, facts_in, reports_in

if TYPE_CHECKING:
    from dmdx_desktop.link.messages import Answer

OnRefused = Callable[[str, str], None]
"""Hears the code of a failure, and why in words."""


class ConnectionTalk(QObject):
    """Every answer that says how things stand is told to everybody, whoever asked."""

    told = Signal(ConnectionFacts)
    testing = Signal(list)
    """The services that are being tried now."""
    tested = Signal(list)
    """What tests found: reports."""
    untested = Signal(list, str)
    """These services could not be tried, and why in words."""

    def __init__(self, bridge: CoreBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def refresh(self) -> None:
        """Ask how things stand."""
        self.ask(ListConnections())

    def ask(
        self,
        command: ConnectionCommand,
        done: Callable[[ConnectionFacts], None] | None = None,
        refused: OnRefused | None = None,
    ) -> None:
        """Have something done; ``done`` hears how things stand then."""

        def hear(answer: "Answer") -> None:
            if answer.type == "failed":
                if refused is not None:
                    refused(answer.code, failed_words(answer))
                return
            facts = facts_in(answer.document)
            if facts is not None:
                self.told.emit(facts)
                if done is not None:
                    done(facts)

        self._bridge.send(command, hear)

    def test(self, *services: Service) -> None:
        """Try these connections; each is told as soon as it was tried."""

        self.testing.emit(list(services))
        for service in services:
            self._bridge.send(CheckConnection(service=service), partial(self._on_tested, service))

    def _on_tested(self, service: Service, answer: "Answer") -> None:
        if answer.type == "failed":
            self.untested.emit([service], failed_words(answer))
        else:
            self.tested.emit(reports_in(answer.document))
