"""Readings by a vision model, from the command line to a real server: what is sent, paid, waited for and believed."""

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.library import reading_bills
from dmdx_desktop.library.database import Table
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.connections import Connections
from dmdx_desktop.services.vault import Vault
from dmdx_desktop.workers.paid_watch import PaidWatch
from tests.end2end.command_line import PENDANT, RING, CommandLine
from tests.library.world import close_places, open_places
from tests.servers.openrouter import OpenRouterServer
from tests.servers.openrouter_scenarios import Scenario, smallest_answer
from tests.services.test_vault import MemoryKeychain

MODEL = "maker/vision"


def _rose_gold_ring(request: Mapping[str, object]) -> Mapping[str, object]:
    sure = {"confidence": 0.95}
    return {**smallest_answer(request), "type": {"value": "ring", **sure}, "metal": {"value": "rose_gold", **sure}}


@pytest.fixture
def server() -> Iterator[OpenRouterServer]:
    with OpenRouterServer() as made:
        made.answer = _rose_gold_ring
        yield made


@pytest.fixture
def program(server: OpenRouterServer, tmp_path: Path) -> CommandLine:
    variables = {"DMDX_OPENROUTER_URL": server.url, "DMDX_OPENROUTER_KEY": server.key, "DMDX_OPENROUTER_MODEL": MODEL}
    return CommandLine(tmp_path / "library", variables=variables)


def _facts(piece: Mapping[str, Any], *names: str) -> list[tuple[object, object]]:
    return [(piece[name]["value"], piece[name]["source"]) for name in names]


async def _delete_nothing() -> None:
    pass


def _ledger(basedir: Path) -> int:
    with closing(sqlite3.connect(basedir / "library.db")) as connection:
        return int(connection.execute("SELECT coalesce(sum(micro_usd), 0) FROM ledger").fetchone()[0])


def test_identify_by_a_vision_model_believes_it_sends_pixels_alone_and_counts_its_cost(
    program: CommandLine, server: OpenRouterServer
) -> None:
    server.next = [Scenario.SCHEMA_VIOLATED]
    (piece,) = program.json("identify", RING)["pieces"]
    assert program.json("identify", piece["job"])["pieces"] == [piece], "it is not asked again"
    assert _facts(piece, "type", "metal") == [("ring", "vision"), ("rose_gold", "vision")]
    assert server.refused == []
    asked_for: list[Any] = list(server.asked)
    first, repaired = asked_for
    for asked in (first, repaired):
        (picture,) = [part for part in asked["messages"][1]["content"] if part["type"] == "image_url"]
        seen = picture["image_url"]["picture"]
        assert (seen.format, seen.has_exif) == ("JPEG", False)
        assert max(seen.width, seen.height) <= 1568
        assert asked["provider"]["data_collection"] == "deny"
    assert len(repaired["messages"]) == len(first["messages"]) + 1
    assert _ledger(program.basedir) == server.spent_micro_usd > 0
    files = [path for path in program.basedir.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert [path.name for path in files if server.key.encode() in path.read_bytes()] == []


async def test_reading_that_broke_off_is_counted_once_its_cost_is_known_though_it_be_after_a_restart(
    program: CommandLine, server: OpenRouterServer
) -> None:
    server.next, server.generation_404s = [Scenario.BROKEN_STREAM], 10
    (piece,) = program.json("identify", RING)["pieces"]
    assert piece["type"]["source"] == "vision"
    assert len(server.asked) == 2
    assert _ledger(program.basedir) < server.spent_micro_usd
    server.generation_404s = 0
    vault = Vault(program.basedir / "vault.json", MemoryKeychain())
    connections = Connections(program.basedir, vault, program.variables)
    await connections.open()
    backends, places = Backends(connections), open_places(Paths(program.basedir))
    watch = PaidWatch(places.library, backends, _delete_nothing)
    watching = asyncio.create_task(watch.watch_reading_bills())
    try:
        await places.library.until(
            lambda connection: not reading_bills.waiting(connection) or None, {Table.READING_BILL}
        )
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await backends.close()
        close_places(places)
    assert _ledger(program.basedir) == server.spent_micro_usd


@pytest.mark.by_turns("readings that wait")
@pytest.mark.parametrize(
    ("scenario", "code", "exit_code"),
    [
        (Scenario.CREDITS_GONE, "no_credit", 3),
        (Scenario.KEY_REFUSED, "wrong_key", 3),
        (Scenario.PRIVACY_RESTRICTED, "no_private_provider", 3),
    ],
)
def test_reading_that_waits_for_an_account_leaves_the_embedded_one_and_goes_on_later(
    program: CommandLine, server: OpenRouterServer, scenario: Scenario, code: str, exit_code: int
) -> None:
    server.next = [scenario]
    document = program.json("identify", PENDANT, exit_code=exit_code)
    assert [problem["code"] for problem in document["problems"]] == [code]
    assert document["pieces"][0]["type"]["source"] != "vision"
    program("resume")
    job = program.json("jobs")["jobs"][0]["id"]
    assert program.json("show", job)["piece"]["metal"]["source"] == "vision"


def test_refused_reading_is_told_and_not_asked_again(program: CommandLine, server: OpenRouterServer) -> None:
    server.next = [Scenario.REFUSAL]
    document = program.json("identify", PENDANT, exit_code=1)
    assert [problem["code"] for problem in document["problems"]] == ["reading_refused"]
    assert len(server.asked) == 1
    assert document["pieces"][0]["type"]["source"] != "vision"


def test_import_for_this_computer_alone_asks_nobody_until_it_is_identified_again(
    program: CommandLine, server: OpenRouterServer
) -> None:
    (job,) = program.json("import", RING, "--here", "--finish")["jobs"]
    assert program.json("show", job)["piece"]["type"]["source"] != "vision"
    program("resume")
    assert server.asked == []
    assert _ledger(program.basedir) == 0
    (piece,) = program.json("identify", job)["pieces"]
    assert piece["type"]["source"] == "vision"
    assert len(server.asked) == 1
