"""Readings by a vision model, from the command line to a real server: what is sent, paid, waited for and believed."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.end2end.command_line import PENDANT, RING, CommandLine
from tests.servers.openrouter import OpenRouterServer
from tests.servers.openrouter_scenarios import Scenario, smallest_answer

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
