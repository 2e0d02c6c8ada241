"""The user's own small changes: what they do, that doing them twice does no more, and what they refuse."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import commands, jobs, outputs, references, renders, runs
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.models.gestures import CancelRenders, DescribePiece, MarkImages
from dmdx_desktop.models.ids import JobId, OutputId
from dmdx_desktop.models.outcome import ExitCode
from dmdx_desktop.models.render_state import RenderEvent, RenderState, advance
from dmdx_desktop.workers import descriptions
from dmdx_desktop.workers.edits import carry_out
from dmdx_desktop.workers.queue_edits import cancel

SHA = "a" * 64


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(Paths(tmp_path / "library"))
    yield opened
    opened.close()


def _piece_with_renders(tx: Transaction, number: int) -> jobs.JobRow:
    job = jobs.insert(tx, title="Ring", group_key="file:1")
    new = references.NewReference(job.key, "unknown", "ring.png", "/pictures/ring.png", "PNG", 900, 900, 1000, SHA)
    reference = references.insert(tx, new).row
    command = commands.accept(tx, command_id="c1", kind="generate", arguments="{}")
    run = runs.ensure(tx, command_key=command.key, recipe="{}")
    renders.plan(
        tx,
        run.key,
        [
            renders.NewRender(job.key, reference.key, "white", "silver", "as_reference", "1:1", 800, n, "draft", n, "")
            for n in range(1, number + 1)
        ],
    )
    return job


def _finished(tx: Transaction, job: jobs.JobRow) -> outputs.OutputRow:
    (first, *_) = renders.of_job(tx.connection, job.key)
    facts = renders.facts_of(tx.connection, first)
    for event in (RenderEvent.START, RenderEvent.MADE, RenderEvent.COLLECTED):
        facts = advance(facts, event)
    renders.store_facts(tx, first.key, facts)
    return outputs.insert(tx, outputs.NewOutput(first.key, 800, 800, 1000, SHA, SHA))


async def test_mark_images_sets_stars_and_flag_and_leaves_what_is_not_said(library: Library) -> None:
    job = await library.write(lambda tx: _piece_with_renders(tx, 1))
    output = await library.write(lambda tx: _finished(tx, job))
    for _ in range(2):
        await carry_out(library, MarkImages(outputs=(output.id,), rating=4))
        await carry_out(library, MarkImages(outputs=(output.id,), flag="pick"))

    row = await library.read(lambda connection: outputs.get(connection, output.key))
    assert (row.rating, row.flag) == (4, "pick")


async def test_mark_images_that_are_gone_says_so_and_marks_the_others(library: Library) -> None:
    job = await library.write(lambda tx: _piece_with_renders(tx, 1))
    output = await library.write(lambda tx: _finished(tx, job))
    outcome = await carry_out(library, MarkImages(outputs=(OutputId("gone"), output.id), rating=2))

    assert outcome.exit_code is ExitCode.SOME_FAILED
    row = await library.read(lambda connection: outputs.get(connection, output.key))
    assert row.rating == 2


async def test_describe_piece_makes_a_fact_the_users_own(library: Library) -> None:
    job = await library.write(lambda tx: _piece_with_renders(tx, 1))
    await descriptions.carry_out(library, DescribePiece(job=job.id, title="Halo ring", facts={"metal": "rose_gold"}))

    row = await library.read(lambda connection: jobs.get(connection, job.key))
    assert row.title == "Halo ring"
    fact = json.loads(row.piece)["metal"]
    assert (fact["value"], fact["source"], fact["confidence"]) == ("rose_gold", "user", 1.0)


@pytest.mark.parametrize("facts", [{"metal": "adamantium"}, {"no_such": "ring"}, {"stones": "[]"}])
async def test_describe_piece_refuses_what_cannot_be_said(library: Library, facts: dict[str, str]) -> None:
    job = await library.write(lambda tx: _piece_with_renders(tx, 1))
    before = await library.read(lambda connection: jobs.get(connection, job.key))

    with pytest.raises(UsageError, match="cannot be said"):
        await descriptions.carry_out(library, DescribePiece(job=job.id, facts=facts))

    assert await library.read(lambda connection: jobs.get(connection, job.key)) == before


async def test_cancel_renders_stops_what_waits_and_leaves_what_is_under_way(library: Library) -> None:
    job = await library.write(lambda tx: _piece_with_renders(tx, 450))
    first = (await library.read(lambda connection: renders.of_job(connection, job.key)))[0]
    facts = await library.read(lambda connection: renders.facts_of(connection, first))
    running = advance(facts, RenderEvent.START)
    await library.write(lambda tx: renders.store_facts(tx, first.key, running))
    outcome = await cancel(library, CancelRenders(jobs=(job.id,)))

    states = [row.state for row in await library.read(lambda connection: renders.of_job(connection, job.key))]
    assert outcome.document["cancelled"] == 449
    assert states == [RenderState.RUNNING] + [RenderState.CANCELLED] * 449


async def test_cancel_renders_of_another_piece_touches_none(library: Library) -> None:
    job = await library.write(lambda tx: _piece_with_renders(tx, 3))
    await cancel(library, CancelRenders(jobs=(JobId("another"),)))

    rows = await library.read(lambda connection: renders.of_job(connection, job.key))
    assert {row.state for row in rows} == {RenderState.PLANNED}
