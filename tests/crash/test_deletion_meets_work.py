"""A piece is deleted while something is being done with it: by the core that does both, or by another core's verb."""

import asyncio
import json
import shutil
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dmdx_desktop.config import load_settings
from dmdx_desktop.core import Core, open_core
from dmdx_desktop.library.doctor import examine
from dmdx_desktop.library.steps import Step, StepObserver
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.models.commands import Command, Delete, Export, Generate, ImportPaths
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.models.recipe import Recipe
from tests.crash.audit import faults_at_any_moment, faults_at_rest, rows_of
from tests.crash.deletions import check_deleted, check_others_intact, job_of
from tests.crash.scenario import write_small
from tests.crash.shop import DOOMED, KEPT, Shop
from tests.crash.traces import Traces, traces_of
from tests.end2end.programs import SAMPLES, Verb

MANY = Recipe(scenes=(SceneId.MARBLE, SceneId.SLATE), metals=tuple(RecipeMetal), size=256, even_if_unsure=True)
OTHERS = Recipe(scenes=(SceneId.WARM,), metals=tuple(RecipeMetal), size=256, even_if_unsure=True)
"""In another scene than the doomed piece: a backdrop looks the same in every picture of it, down to its bytes."""
PATIENCE_S = 60.0


@dataclass
class Moment:
    """Set the first time a command reports the phase ``phase`` with at least ``done`` done."""

    phase: str
    done: int = 0
    come: asyncio.Event = field(default_factory=asyncio.Event)

    def report(self, phase: str, done: int, total: int | None) -> None:
        del total
        if phase == self.phase and done >= self.done:
            self.come.set()


class Gate:
    """Holds up whatever reaches ``step``, until the gate is opened."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self.reached = threading.Event()
        self.opened = threading.Event()

    def step(self, name: Step) -> None:
        if name is self._step:
            self.reached.set()
            assert self.opened.wait(PATIENCE_S)


def in_core(shop: Shop, work: Callable[[Core], Awaitable[None]], observer: StepObserver | None = None) -> None:
    """Carry out ``work`` with a core that holds the shop's library, then close it."""

    async def carry_out() -> None:
        async with asyncio.timeout(PATIENCE_S), open_core(shop.paths, load_settings(shop.paths), observer) as core:
            await work(core)

    lock = BasedirLock.try_acquire(shop.paths.lock_file)
    assert lock is not None
    with lock:
        asyncio.run(carry_out())


async def document_of(core: Core, command: Command, moment: Moment | None = None) -> Document:
    report = moment.report if moment is not None else Moment("").report
    return (await core.execute(command, report)).document


def problems_in(document: Document) -> list[Document]:
    problems = document["problems"]
    assert isinstance(problems, list)
    return [problem for problem in problems if isinstance(problem, dict)]


def deletion(job: str) -> Delete:
    return Delete(jobs=(JobId(job),))


def ids_of(shop: Shop) -> dict[str, str]:
    with rows_of(shop.paths.library_db) as rows:
        return dict(rows.execute("SELECT title, id FROM job").fetchall())


def check_whole(shop: Shop) -> None:
    assert not faults_at_any_moment(shop.paths)
    assert not faults_at_rest(shop.paths)
    assert not examine(shop.paths)


def test_delete_while_its_pictures_are_made_leaves_nothing_of_them(shop: Shop) -> None:
    ids = ids_of(shop)
    traces: list[Traces] = []
    made: list[Document] = []
    gate = Gate(Step.BEFORE_RENAME)

    async def delete_half_way(core: Core) -> None:
        making = asyncio.gather(
            document_of(core, Generate(jobs=(ids[DOOMED],), recipe=MANY)),
            document_of(core, Generate(jobs=(ids[KEPT[0]],), recipe=OTHERS)),
        )
        await asyncio.to_thread(gate.reached.wait)
        traces.append(await asyncio.to_thread(traces_of, shop.paths, ids[DOOMED]))
        begun = Moment("deleting")
        deleting = asyncio.create_task(document_of(core, deletion(ids[DOOMED]), begun))
        await begun.come.wait()
        gate.opened.set()
        await deleting
        made.extend(await making)

    in_core(shop, delete_half_way, gate)
    check_deleted(shop, traces[0])
    check_whole(shop)
    of_doomed, of_kept = (document["outputs"] for document in made)
    assert of_doomed == []
    assert isinstance(of_kept, list)
    assert len(of_kept) == len(OTHERS.metals)


def test_delete_of_the_only_piece_of_a_run_ends_the_run(shop: Shop) -> None:
    job = ids_of(shop)[DOOMED]
    made: list[Document] = []

    async def delete_at_once(core: Core) -> None:
        moment = Moment("rendering")
        making = asyncio.create_task(document_of(core, Generate(jobs=(job,), recipe=MANY), moment))
        await moment.come.wait()
        await document_of(core, deletion(job))
        made.append(await making)

    in_core(shop, delete_at_once)
    assert (made[0]["run"], made[0]["outputs"]) == (None, [])
    assert [problem["code"] for problem in problems_in(made[0])] == ["not_found"]
    check_others_intact(shop)


def test_delete_while_it_is_exported_lets_the_others_through(shop: Shop, traces: Traces, tmp_path: Path) -> None:
    job = ids_of(shop)[DOOMED]
    again = tmp_path / "again"
    gate = Gate(Step.BEFORE_NAMING)

    async def delete_half_way(core: Core) -> None:
        await document_of(core, Generate(jobs=(job,), recipe=MANY))
        exporting = asyncio.create_task(document_of(core, Export(everything=True, to=str(again))))
        await asyncio.to_thread(gate.reached.wait)
        await document_of(core, deletion(job))
        gate.opened.set()
        assert (await exporting)["problems"] == []

    in_core(shop, delete_half_way, gate)
    check_deleted(shop, traces)
    check_others_intact(shop)
    names = {file.name for file in again.iterdir()}
    assert {f"{title}_as_reference_white_01.png" for title in KEPT} <= names
    assert not {name for name in names if name.startswith(".")}


@pytest.fixture
def cut_short(shop: Shop, tmp_path: Path) -> tuple[Shop, Path]:
    """A shop as a core leaves it that dies while four files of an export wait for their names, and their folder.

    One of the names is claimed by an empty file already, as is done on memory cards.
    """
    again = tmp_path / "again"
    gate = Gate(Step.BEFORE_NAMING)
    left: list[Shop] = []

    async def look_half_way(core: Core) -> None:
        exporting = asyncio.create_task(document_of(core, Export(everything=True, to=str(again))))
        await asyncio.to_thread(gate.reached.wait)
        left.append(await asyncio.to_thread(shop.copied_to, tmp_path / "left"))
        shutil.copytree(again, tmp_path / "parts")
        gate.opened.set()
        await exporting

    in_core(shop, look_half_way, gate)
    shutil.rmtree(again)
    shutil.copytree(tmp_path / "parts", again)
    (again / f"{DOOMED}_rose_gold_marble_01.png").touch()
    assert any(file.name.startswith(".dmdx-") for file in again.iterdir())
    return left[0], again


def test_export_cut_short_is_resumed_without_a_second_file(cut_short: tuple[Shop, Path]) -> None:
    shop, again = cut_short
    shop.run("resume")
    assert {file.name for file in again.iterdir()} == {file.name for file in shop.exported.iterdir()}
    assert all(file.stat().st_size for file in again.iterdir())


def test_delete_after_an_export_was_cut_short_takes_its_unfinished_files(
    cut_short: tuple[Shop, Path], traces: Traces
) -> None:
    shop, again = cut_short
    (job,) = [job for title, job in ids_of(shop).items() if title == DOOMED]
    shop.run("delete", job, "--yes")
    assert not list(again.iterdir())
    shop.run("resume")
    assert {file.name for file in again.iterdir()} == {f"{title}_as_reference_white_01.png" for title in KEPT}
    check_deleted(shop, traces)
    check_others_intact(shop)


def test_delete_twice_at_once_happens_once(shop: Shop, traces: Traces) -> None:
    job = ids_of(shop)[DOOMED]

    async def delete_twice(core: Core) -> None:
        told = await asyncio.gather(*(document_of(core, deletion(job)) for _ in range(2)))
        assert all(document["problems"] == [] for document in told)

    in_core(shop, delete_twice)
    check_deleted(shop, traces)
    check_others_intact(shop)
    with rows_of(shop.paths.library_db) as rows:
        (counts,) = rows.execute("SELECT counts FROM receipt").fetchone()
    assert counts == '{"files": 4, "images": 2, "pieces": 1, "previews": 6, "references": 1}'


def test_delete_of_two_pieces_at_once_deletes_both(shop: Shop, traces: Traces) -> None:
    ids = ids_of(shop)
    others = traces_of(shop.paths, ids[KEPT[0]])

    async def delete_both(core: Core) -> None:
        told = await asyncio.gather(*(document_of(core, deletion(ids[title])) for title in (DOOMED, KEPT[0])))
        for document in told:
            assert isinstance(document["receipts"], list)
            assert len(document["receipts"]) == 1

    in_core(shop, delete_both)
    for sought in (traces, others):
        assert not (found := sought.found_in(shop.paths.basedir)), found
    check_whole(shop)
    assert set(ids_of(shop)) == {KEPT[1]}


def test_delete_while_the_same_picture_comes_in_again_keeps_rows_and_files_together(shop: Shop) -> None:
    """Whichever comes first: a piece that is there has its file, and a file that is there has its piece."""
    source = next(file for file in shop.inputs.iterdir() if DOOMED in file.name)

    async def delete_and_import(core: Core) -> None:
        for _ in range(8):
            job = await asyncio.to_thread(job_of, shop)
            coming = document_of(core, ImportPaths(paths=(str(source),), finish=True))
            if job is None:
                await coming
            else:
                await asyncio.gather(document_of(core, deletion(job)), coming)
            assert not await asyncio.to_thread(faults_at_any_moment, shop.paths)

    in_core(shop, delete_and_import)
    check_whole(shop)


def test_delete_while_the_piece_is_read_leaves_nothing(shop: Shop, tmp_path: Path) -> None:
    """From the first row of an import on, while its picture is decoded and read."""
    write_small(SAMPLES / "halo-ring_top_photo.jpg", tmp_path / "quite-another_front.jpg")
    traces: list[Traces] = []

    async def delete_early(core: Core) -> None:
        moment = Moment("identifying")
        path = str(tmp_path / "quite-another_front.jpg")
        reading = asyncio.create_task(document_of(core, ImportPaths(paths=(path,), finish=True), moment))
        await moment.come.wait()
        job = (await asyncio.to_thread(ids_of, shop))["quite-another_front"]
        traces.append(await asyncio.to_thread(traces_of, shop.paths, job))
        await document_of(core, deletion(job))
        await reading

    in_core(shop, delete_early)
    assert not (found := traces[0].found_in(shop.paths.basedir)), found
    check_whole(shop)


def test_delete_by_a_verb_is_carried_out_by_the_core_that_is_making_pictures(shop: Shop, traces: Traces) -> None:
    job = ids_of(shop)[DOOMED]
    recipe = (
        "--scene",
        "marble",
        "--scene",
        "slate",
        "--metal",
        "silver",
        "--metal",
        "platinum",
        "--size",
        "1024",
        "--even-if-unsure",
    )
    with Verb("generate", job, *recipe, "--basedir", str(shop.paths.basedir), "--json") as making:
        making.wait_for("Rendering")
        shop.run("delete", job, "--yes")
        made = json.loads(making.finish())
    assert {problem["code"] for problem in made["problems"]} <= {"not_found"}
    check_deleted(shop, traces)
    check_others_intact(shop)
