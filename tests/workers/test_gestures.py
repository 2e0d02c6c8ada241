"""What a hand does in the window, asked of a real core: delete and take back, regroup, retry, keep, look closely."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths, Settings
from dmdx_desktop.core import Core, open_core
from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import collections, image_view, jobs, outputs, purges, recipes, references, renders
from dmdx_desktop.library.catalogue import piece_order
from dmdx_desktop.library.database import Connection, LibraryReader
from dmdx_desktop.library.doctor import examine
from dmdx_desktop.library.image_order import Grouping, ImageFilter, Sorting, image_order
from dmdx_desktop.library.preview_reader import PreviewReader
from dmdx_desktop.library.queue_view import queue_view
from dmdx_desktop.models.checklist import CheckItem
from dmdx_desktop.models.commands import Command, Generate, ImportPaths, Resume
from dmdx_desktop.models.describing import STONES, former_facts
from dmdx_desktop.models.gestures import (
    UNDO_MS,
    CancelRenders,
    CarryOutDeletion,
    ChangeCollection,
    DescribePiece,
    DescribePieces,
    FormerDescription,
    FormerPiece,
    HoldDeletion,
    KeepRecipe,
    MakeTiles,
    MarkImages,
    MovePictures,
    PauseRenders,
    PlanDeletion,
    PreviewScenes,
    RetryRenders,
    StatedStone,
    TakeBackDescription,
    UndoDeletion,
)
from dmdx_desktop.models.ids import JobId, OutputId, ReferenceId, RenderId, now_ms
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.preview_edges import DRAFT_SCENES, scene_edge, tile_edge, tile_grid
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.render_state import RenderState
from dmdx_desktop.models.sourced import Source
from dmdx_desktop.models.vocabulary import SceneId
from dmdx_desktop.workers.documents import whole_job_document

pytestmark = pytest.mark.by_turns("gestures", of=8)

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
RING, BAND = SAMPLES / "halo-ring_top.png", SAMPLES / "solitaire-ring_top.png"
SMALL = Recipe(size=256)


class Studio:
    """A core at work on a library, and what is in that library."""

    def __init__(self, core: Core, paths: Paths) -> None:
        self.core = core
        self.paths = paths
        self.reader = LibraryReader.open(paths)

    async def do(self, command: Command) -> Document:
        return (await self.core.execute(command, lambda phase, done, total: None)).document

    async def bring(self, *files: Path) -> list[str]:
        document = await self.do(ImportPaths(paths=tuple(map(str, files)), finish=True))
        jobs = document["jobs"]
        assert isinstance(jobs, list)
        return [str(job) for job in jobs]

    async def make(self, *jobs: str, recipe: Recipe = SMALL) -> list[str]:
        await self.do(Generate(jobs=tuple(jobs), recipe=recipe))
        return [row.id for row in self.reader.read_blocking(outputs.page)]


@asynccontextmanager
async def studio(folder: Path) -> AsyncIterator[Studio]:
    paths = Paths(folder / "library")
    async with open_core(paths, Settings(picture_processes=1)) as core:
        opened = Studio(core, paths)
        try:
            yield opened
        finally:
            opened.reader.close()


def _blobs(paths: Paths) -> set[str]:
    return {file.name for file in paths.blobs.rglob("*") if file.is_file()}


async def test_deleted_piece_is_hidden_at_once_and_comes_back_whole(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        await it.make(job)
        before = it.reader.read_blocking(lambda connection: whole_document(connection, job))
        planned = await it.do(PlanDeletion(jobs=(JobId(job),)))
        assert not it.reader.read_blocking(piece_order).keys
        assert not it.reader.read_blocking(lambda connection: image_order(connection, ImageFilter())).keys
        await it.do(UndoDeletion(purges=_purges(planned)))

        assert it.reader.read_blocking(lambda connection: whole_document(connection, job)) == before
        assert len(it.reader.read_blocking(lambda connection: image_order(connection, ImageFilter())).keys) == 1


async def test_deleted_image_comes_back_with_its_stars_and_collections(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        (image,) = await it.make(job)
        await it.do(MarkImages(outputs=(OutputId(image),), rating=5, checks={CheckItem.PROPORTIONS: True}))
        await it.do(ChangeCollection(name="Spring", add=(OutputId(image),)))
        before = it.reader.read_blocking(outputs.page)
        views = it.reader.read_blocking(lambda connection: image_view.image_view(connection, before[0].key))
        planned = await it.do(PlanDeletion(outputs=(OutputId(image),)))
        assert it.reader.read_blocking(outputs.page) == []
        assert [card.images for card in it.reader.read_blocking(collections.every)] == [0]
        await it.do(UndoDeletion(purges=_purges(planned)))

        assert it.reader.read_blocking(outputs.page) == before
        assert it.reader.read_blocking(lambda connection: image_view.image_view(connection, before[0].key)) == views
        assert [card.images for card in it.reader.read_blocking(collections.every)] == [1]


async def test_deleted_images_leave_no_trace_and_their_piece_stays(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        recipe = Recipe(scenes=(SceneId.WHITE, SceneId.MARBLE), size=256)
        await it.make(job, recipe=recipe)
        gone, stays = it.reader.read_blocking(outputs.page)
        planned = await it.do(PlanDeletion(outputs=(gone.id,)))
        document = await it.do(CarryOutDeletion(purges=_purges(planned)))
        receipts = document["receipts"]
        assert isinstance(receipts, list)
        assert isinstance(receipts[0], dict)
        assert receipts[0]["counts"] == {"files": 1, "images": 1, "previews": 2}
        assert gone.sha256 not in _blobs(it.paths)
        assert stays.sha256 in _blobs(it.paths)
        reader = PreviewReader(it.paths)
        assert reader.get(gone.sha256, 320) is None
        assert reader.get(stays.sha256, 320) is not None
        reader.close()
        with pytest.raises(UsageError):
            await it.do(UndoDeletion(purges=_purges(planned)))
    for file in (it.paths.library_db, it.paths.previews_db):
        content = await asyncio.to_thread(file.read_bytes)
        assert gone.sha256.encode() not in content
        assert gone.id.encode() not in content


async def test_planned_deletion_is_carried_out_by_the_next_core_once_its_time_is_over(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        await it.make(job)
        (row,) = it.reader.read_blocking(outputs.page)
        await it.do(PlanDeletion(outputs=(row.id,)))
    async with studio(tmp_path) as it:
        resumed = await it.do(Resume())
        (receipt,) = it.reader.read_blocking(purges.receipts)

        assert receipt.finished_at - receipt.started_at >= UNDO_MS
        assert resumed["receipts"] == [receipt.id]
        assert row.sha256 not in _blobs(it.paths)
        assert it.reader.read_blocking(renders.count_unfinished) == 0


async def test_planned_deletion_that_is_held_is_not_carried_out_by_the_next_core_when_its_time_is_over(
    tmp_path: Path,
) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        planned = _purges(await it.do(PlanDeletion(jobs=(JobId(job),))))
        (purge,) = it.reader.read_blocking(purges.unfinished)
    async with studio(tmp_path) as it:
        resuming = asyncio.create_task(it.do(Resume()))
        await asyncio.sleep((purge.created_at + UNDO_MS / 2 - now_ms()) / 1000)
        await it.do(HoldDeletion(purges=planned))
        await asyncio.sleep((purge.created_at + UNDO_MS * 1.2 - now_ms()) / 1000)
        await it.do(UndoDeletion(purges=planned))
        assert it.reader.read_blocking(piece_order).keys
        await resuming
        assert it.reader.read_blocking(purges.receipts) == ()


async def test_planned_deletion_is_taken_back_from_the_next_core_while_there_is_time(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        await it.make(job)
        planned = await it.do(PlanDeletion(jobs=(JobId(job),)))
    async with studio(tmp_path) as it:
        resuming = asyncio.create_task(it.do(Resume()))
        await it.do(UndoDeletion(purges=_purges(planned)))

        assert (await resuming)["receipts"] == []
        assert len(it.reader.read_blocking(piece_order).keys) == 1
        assert len(it.reader.read_blocking(outputs.page)) == 1


async def test_waiting_images_are_cancelled_one_by_one(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        await it.do(PauseRenders(paused=True))
        planned = asyncio.Event()
        scenes = (SceneId.WHITE, SceneId.MARBLE, SceneId.SLATE)
        making = asyncio.create_task(
            it.core.execute(
                Generate(jobs=(JobId(job),), recipe=Recipe(scenes=scenes, size=256)),
                lambda phase, done, total: planned.set() if phase == "rendering" else None,
            )
        )
        await planned.wait()
        rows = it.reader.read_blocking(lambda connection: queue_view(connection, now_ms())).rows
        document = await it.do(CancelRenders(renders=(RenderId(rows[1].id),)))
        again = await it.do(CancelRenders(renders=(RenderId(rows[1].id),)))
        await it.do(PauseRenders(paused=False))
        await making

        assert (document["cancelled"], again["cancelled"]) == (1, 0)
        made = {row.scene for row in it.reader.read_blocking(outputs.page)}
        assert made == {rows[0].scene, rows[2].scene}


async def test_image_that_is_given_up_while_it_is_made_is_not_kept(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        making = asyncio.create_task(it.do(Generate(jobs=(JobId(job),), recipe=Recipe(size=2048))))
        running: tuple[renders.RenderRow, ...] = ()
        while not running and not making.done():
            await asyncio.sleep(0.005)  # the row says it; nothing else does
            running = it.reader.read_blocking(lambda connection: renders.in_states(connection, (RenderState.RUNNING,)))
        await it.do(CancelRenders(renders=(running[0].id,)))
        await making
        await it.core.resume()

        assert it.reader.read_blocking(outputs.page) == []
    assert not await asyncio.to_thread(examine, it.paths)


async def test_piece_deleted_while_its_image_is_withdrawn_takes_the_images_file_too(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        await it.make(job)
        (row,) = it.reader.read_blocking(outputs.page)
        of_image = await it.do(PlanDeletion(outputs=(row.id,)))
        of_piece = await it.do(PlanDeletion(jobs=(JobId(job),)))
        await it.do(CarryOutDeletion(purges=_purges(of_piece)))
        await it.do(CarryOutDeletion(purges=_purges(of_image)))

        assert _blobs(it.paths) == set()


async def test_pictures_put_together_become_one_piece_and_part_again(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ring, band = await it.bring(RING, BAND)
        await it.make(ring, band)
        rows = it.reader.read_blocking(lambda connection: references_of(connection, band))
        await it.do(MovePictures(references=(ReferenceId(rows[0].id),), into=JobId(ring)))
        assert len(it.reader.read_blocking(piece_order).keys) == 1
        grouped = it.reader.read_blocking(
            lambda connection: image_order(connection, ImageFilter(), Grouping.PIECE, Sorting.NEWEST)
        )
        assert [number for _, number in grouped.groups] == [2]
        document = await it.do(MovePictures(references=(ReferenceId(rows[0].id),)))

        assert document["job"] not in (ring, band)
        assert len(it.reader.read_blocking(piece_order).keys) == 2
        parted = it.reader.read_blocking(
            lambda connection: image_order(connection, ImageFilter(), Grouping.PIECE, Sorting.NEWEST)
        )
        assert sorted(number for _, number in parted.groups) == [1, 1]


async def test_piece_that_was_put_into_another_comes_back_as_itself_however_often_it_is_asked(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ring, band = [*await it.bring(RING), *await it.bring(BAND)]
        before = it.reader.read_blocking(lambda c: jobs.by_id(c, band))
        assert before is not None
        moved = (ReferenceId(it.reader.read_blocking(lambda c: references.of_job(c, before.key))[0].id),)
        await it.do(MovePictures(references=moved, into=JobId(ring)))
        assert it.reader.read_blocking(lambda c: jobs.by_id(c, band)) is None
        former = FormerPiece(job=before.id, key=before.key, group_key=before.group_key)
        for _ in range(2):
            document = await it.do(MovePictures(references=moved, again=former))
            assert document["job"] == band
        after = it.reader.read_blocking(lambda c: jobs.by_id(c, band))
        assert after is not None
        assert (after.key, after.group_key) == (before.key, before.group_key)
        assert it.reader.read_blocking(lambda c: jobs.count(c)) == 2


async def test_image_taken_back_belongs_to_the_piece_its_picture_was_moved_to(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ring, band = await it.bring(RING, BAND)
        (image,) = await it.make(band)
        planned = await it.do(PlanDeletion(outputs=(OutputId(image),)))
        rows = it.reader.read_blocking(lambda connection: references_of(connection, band))
        await it.do(MovePictures(references=(ReferenceId(rows[0].id),), into=JobId(ring)))
        await it.do(UndoDeletion(purges=_purges(planned)))

        (row,) = it.reader.read_blocking(outputs.page)
        assert (row.id, row.job_key) == (image, _job_key(it, ring))


async def test_pictures_of_a_piece_that_is_being_deleted_do_not_move(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ring, band = await it.bring(RING, BAND)
        rows = it.reader.read_blocking(lambda connection: references_of(connection, band))
        await it.do(PlanDeletion(jobs=(JobId(band),)))
        await it.do(MovePictures(references=(ReferenceId(rows[0].id),), into=JobId(ring)))

        assert len(it.reader.read_blocking(lambda connection: references_of(connection, ring))) == 1


async def test_piece_put_together_keeps_what_its_user_said(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ring, band = await it.bring(RING, BAND)
        await it.do(DescribePiece(job=JobId(ring), facts={"metal": "platinum"}))
        rows = it.reader.read_blocking(lambda connection: references_of(connection, band))
        await it.do(MovePictures(references=(ReferenceId(rows[0].id),), into=JobId(ring)))

        piece = it.reader.read_blocking(lambda connection: whole_document(connection, ring))["piece"]
        assert isinstance(piece, dict)
        assert piece["metal"] == {"value": "platinum", "confidence": 1.0, "source": Source.USER.value}


async def test_failed_image_that_is_retried_is_made(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
    async with studio(tmp_path) as it:  # whose picture process has not seen the picture yet
        (blob,) = [file for file in it.paths.blobs.rglob("*") if file.is_file() and _is_reference(file)]
        sound = await asyncio.to_thread(blob.read_bytes)
        await asyncio.to_thread(_overwrite, blob, b"not a picture any more")
        await it.make(job)
        failed = it.reader.read_blocking(renders.failed)
        assert len(failed) == 1
        await asyncio.to_thread(_overwrite, blob, sound)
        await it.do(RetryRenders(renders=(RenderId(failed[0].id),)))
        await it.core.resume()

        assert len(it.reader.read_blocking(outputs.page)) == 1
        assert it.reader.read_blocking(renders.failed) == ()


async def test_paused_queue_begins_nothing_and_goes_on_when_told(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        await it.do(PauseRenders(paused=True))
        planned = asyncio.Event()
        making = asyncio.create_task(
            it.core.execute(
                Generate(jobs=(JobId(job),), recipe=SMALL),
                lambda phase, done, total: planned.set() if phase == "rendering" else None,
            )
        )
        await planned.wait()
        await it.bring(BAND)  # other work goes on
        assert it.reader.read_blocking(outputs.page) == []
        await it.do(PauseRenders(paused=False))

        assert (await making).document["problems"] == []
        assert len(it.reader.read_blocking(outputs.page)) == 1


async def test_recipe_kept_under_a_name_is_replaced_and_forgotten(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        await it.do(KeepRecipe(name="Web", recipe=Recipe(size=800)))
        await it.do(KeepRecipe(name="WEB", recipe=Recipe(size=1600)))
        (row,) = it.reader.read_blocking(recipes.every)
        assert (row.name, Recipe.model_validate_json(row.recipe).size) == ("WEB", 1600)
        await it.do(KeepRecipe(name="web"))

        assert it.reader.read_blocking(recipes.every) == ()


async def test_stones_stated_one_by_one_keep_what_was_read_of_the_others(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        before = _stones(it.reader.read_blocking(lambda connection: whole_document(connection, job)))
        assert before, "the sample is read as a ring with stones"
        stones = (*(StatedStone(was=number) for number in range(len(before))), StatedStone(facts={"colour": "green"}))
        await it.do(DescribePiece(job=JobId(job), stones=stones))
        after = _stones(it.reader.read_blocking(lambda connection: whole_document(connection, job)))

        assert after[:-1] == before
        assert after[-1]["colour"] == {"value": "green", "confidence": 1.0, "source": "user"}
        with pytest.raises(UsageError):
            await it.do(DescribePiece(job=JobId(job), stones=(StatedStone(was=60),)))


async def test_facts_said_of_several_pieces_at_once_and_taken_back(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ids = await it.bring(RING, BAND)
        before = [_piece(it, job) for job in ids]
        await it.do(DescribePieces(jobs=tuple(map(JobId, ids)), facts={"metal": "platinum"}, withdrawn=("type",)))
        for job in ids:
            said = _piece(it, job)
            assert (said.metal.value, said.metal.source) == ("platinum", Source.USER)
            assert (said.type.value, said.type.source) == ("unknown", Source.USER)
        former = tuple(
            FormerDescription(job=JobId(job), facts=former_facts(piece, ("metal", "type")))
            for job, piece in zip(ids, before, strict=True)
        )
        await it.do(TakeBackDescription(pieces=former))

        assert [_piece(it, job) for job in ids] == before


async def test_stones_and_title_taken_back_are_those_that_were_read(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        before, title = _piece(it, job), _job(it, job).title
        await it.do(DescribePiece(job=JobId(job), title="Mine", stones=()))
        assert (_piece(it, job).stones, _job(it, job).title) == ((), "Mine")
        former = FormerDescription(job=JobId(job), title=title, facts=former_facts(before, STONES))
        await it.do(TakeBackDescription(pieces=(former,)))

        assert (_piece(it, job), _job(it, job).title) == (before, title)


async def test_description_that_cannot_be_said_changes_none_of_the_pieces(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ids = await it.bring(RING, BAND)
        before = [_piece(it, job) for job in ids]
        with pytest.raises(UsageError):
            await it.do(DescribePieces(jobs=tuple(map(JobId, ids)), facts={"metal": "cheese"}))
        with pytest.raises(UsageError):
            await it.do(TakeBackDescription(pieces=(FormerDescription(job=JobId(ids[0]), facts={"metal": 7}),)))

        assert [_piece(it, job) for job in ids] == before


def _job(it: Studio, job: str) -> jobs.JobRow:
    row = it.reader.read_blocking(lambda connection: jobs.by_id(connection, job))
    assert row is not None
    return row


def _piece(it: Studio, job: str) -> Piece:
    return Piece.model_validate_json(_job(it, job).piece)


async def test_tiles_are_the_picture_itself_and_go_with_it(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        (job,) = await it.bring(RING)
        (row,) = it.reader.read_blocking(lambda connection: references_of(connection, job))
        await it.do(MakeTiles(sha256=row.sha256))
        columns, rows = tile_grid(row.width, row.height)
        reader = PreviewReader(it.paths)
        assert all(reader.get(row.sha256, tile_edge(number)) for number in range(columns * rows))
        assert reader.get(row.sha256, tile_edge(columns * rows)) is None
        await it.do(CarryOutDeletion(purges=_purges(await it.do(PlanDeletion(jobs=(JobId(job),))))))
        assert reader.get(row.sha256, tile_edge(0)) is None
        reader.close()
        with pytest.raises(UsageError):
            await it.do(MakeTiles(sha256=row.sha256))


async def test_scenes_are_previewed_from_the_piece_itself(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ring, band = await it.bring(RING, BAND)
        seen = []
        reader = PreviewReader(it.paths)
        for job in (ring, band):
            document = await it.do(PreviewScenes(job=JobId(job)))
            jpegs = [reader.get(str(document["sha256"]), scene_edge(scene)) for scene in DRAFT_SCENES]
            seen += [hashlib.sha256(jpeg).hexdigest() for jpeg in jpegs if jpeg]
        reader.close()

        assert len(set(seen)) == 2 * len(DRAFT_SCENES)


async def test_gallery_order_by_text_type_and_stars_lets_through_what_agrees(tmp_path: Path) -> None:
    async with studio(tmp_path) as it:
        ring, band = await it.bring(RING, BAND)
        await it.do(DescribePiece(job=JobId(ring), facts={"type": "bracelet"}))
        await it.make(ring, band)
        rows = it.reader.read_blocking(outputs.page)
        by_job = {row.job_key: row.key for row in rows}
        await it.do(MarkImages(outputs=(OutputId(rows[1].id),), rating=3))

        def keys(chosen: ImageFilter, sorting: Sorting = Sorting.NEWEST) -> list[int]:
            return list(
                it.reader.read_blocking(lambda connection: image_order(connection, chosen, sorting=sorting)).keys
            )

        assert keys(ImageFilter(type="bracelet")) == [by_job[_job_key(it, ring)]]
        assert keys(ImageFilter(text="solitaire")) == [by_job[_job_key(it, band)]]
        assert keys(ImageFilter(rating=3)) == [rows[1].key]
        assert keys(ImageFilter(), Sorting.RATING)[0] == rows[1].key
        assert keys(ImageFilter(), Sorting.OLDEST) == sorted(row.key for row in rows)
        assert keys(ImageFilter(made_since=rows[0].created_at + 1)) == []


def _job_key(it: Studio, job: str) -> int:
    return it.reader.read_blocking(lambda connection: references_of(connection, job))[0].job_key


def whole_document(connection: Connection, job: str) -> Document:
    row = jobs.by_id(connection, job)
    assert row is not None
    return whole_job_document(connection, row)


def references_of(connection: Connection, job: str) -> tuple[references.ReferenceRow, ...]:
    row = jobs.by_id(connection, job)
    assert row is not None
    return references.of_job(connection, row.key)


def _purges(document: Document) -> tuple[str, ...]:
    purges = document["purges"]
    assert isinstance(purges, list)
    assert purges
    return tuple(str(purge) for purge in purges)


def _stones(document: Document) -> list[dict[str, object]]:
    piece = document["piece"]
    assert isinstance(piece, dict)
    stones = piece["stones"]
    assert isinstance(stones, list)
    return [dict(stone) for stone in stones if isinstance(stone, dict)]


def _is_reference(file: Path) -> bool:
    return hashlib.sha256(file.read_bytes()).hexdigest() == hashlib.sha256(RING.read_bytes()).hexdigest()


def _overwrite(file: Path, content: bytes) -> None:
    file.chmod(0o600)
    with open(file, "r+b") as stream:
        stream.truncate(0)
        stream.write(content)
        os.fsync(stream.fileno())
