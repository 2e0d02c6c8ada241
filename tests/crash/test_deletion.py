"""A deleted piece is nowhere any more: every byte below the basedir is searched for what it could be recognised by."""

import json
import random
import shutil
from pathlib import Path

import pytest

from dmdx_desktop.models.gestures import UNDO_MS
from tests.crash.audit import rows_of
from tests.crash.deletions import check_deleted, check_others_intact, delete_under_kill, steps_of_deletion
from tests.crash.lives import Fate, World, lived
from tests.crash.scenario import DOOMED as DOOMED_OF_WORLD
from tests.crash.scenario import write_small
from tests.crash.shop import DOOMED, KEPT, Shop
from tests.crash.traces import Traces, traces_of
from tests.end2end.programs import SAMPLES, run_verb

STEPS_TRIED = 4
LIVES_CUT_SHORT = 2


def test_delete_leaves_no_byte_of_a_piece(shop: Shop, traces: Traces) -> None:
    exported = sorted(shop.exported.iterdir())
    shop.run("delete", shop.job(DOOMED), "--yes")
    check_deleted(shop, traces)
    check_others_intact(shop)
    assert sorted(shop.exported.iterdir()) == exported
    assert len(exported) == len(KEPT) + 2


def test_delete_leaves_a_receipt_of_counts_and_times(shop: Shop) -> None:
    job = shop.job(DOOMED)
    (receipt,) = shop.run("delete", job, "--yes")["receipts"]
    assert set(receipt) == {"id", "counts", "started_at", "finished_at"}
    assert receipt["counts"] == {"pieces": 1, "references": 1, "images": 2, "files": 4, "previews": 6}
    assert receipt["started_at"] <= receipt["finished_at"]
    with rows_of(shop.paths.library_db) as rows:
        ((_, random_id, counts, *times),) = rows.execute("SELECT * FROM receipt").fetchall()
    assert random_id == receipt["id"]
    # Public ids begin with the time they were made at; this one says nothing at all.
    assert random_id[:8] != job[:8]
    assert json.loads(counts) == receipt["counts"]
    assert times == [receipt["started_at"], receipt["finished_at"]]


@pytest.mark.by_turns("killed deletions")
def test_delete_killed_at_steps_goes_on_to_the_last_byte(shop: Shop, traces: Traces, tmp_path: Path, seed: int) -> None:
    steps = steps_of_deletion(shop, tmp_path / "undisturbed")
    apart = -(-steps // STEPS_TRIED)
    tried = range(random.Random(seed).randint(1, apart), steps + 1, apart)
    for step in tried:
        copy = shop.copied_to(tmp_path / f"step-{step}")
        assert delete_under_kill(copy, step) is not None
        check_deleted(copy, traces)
        check_others_intact(copy)


@pytest.mark.by_turns("killed deletions")
def test_deletion_planned_by_a_killed_core_keeps_the_time_to_undo_it(
    shop: Shop, traces: Traces, tmp_path: Path
) -> None:
    job = shop.job(DOOMED)
    undisturbed = lived(shop.copied_to(tmp_path / "undisturbed").paths, Fate(), "--plan", job)
    assert lived(shop.paths, Fate(at_step=undisturbed.steps), "--plan", job).died_at is not None
    with rows_of(shop.paths.library_db) as rows:
        ((state, planned_at),) = rows.execute("SELECT state, created_at FROM purge").fetchall()
    assert state == "planned"
    (receipt,) = shop.run("resume")["receipts"]
    with rows_of(shop.paths.library_db) as rows:
        kept = rows.execute("SELECT id, started_at, finished_at FROM receipt").fetchall()
    assert [kept[0][:2]] == [(receipt, planned_at)]
    assert kept[0][2] - planned_at >= UNDO_MS
    check_deleted(shop, traces)


@pytest.mark.by_turns("killed deletions")
def test_delete_between_a_kill_and_resume_is_not_undone_by_it(tmp_path: Path, seed: int) -> None:
    """The unfinished import, run and export go on without the piece; nothing brings it back."""
    chance = random.Random(seed)
    for number in range(LIVES_CUT_SHORT):
        world = World(tmp_path / f"world-{number}")
        world.live(Fate(at_step=chance.randint(150, 380)))
        base = ("--basedir", str(world.paths.basedir), "--json")
        listed = json.loads(run_verb("jobs", *base).stdout)["jobs"]
        doomed = [job["id"] for job in listed if job["title"] == DOOMED_OF_WORLD]
        if not doomed:
            continue
        traces = traces_of(world.paths, doomed[0])
        assert run_verb("delete", doomed[0], "--yes", *base).returncode == 0
        resumed = run_verb("resume", *base)
        problems = json.loads(resumed.stdout)["problems"]
        assert {problem["code"] for problem in problems} <= {"damaged"}, problems
        titles = [job["title"] for job in json.loads(run_verb("jobs", *base).stdout)["jobs"]]
        assert DOOMED_OF_WORLD not in titles
        left = traces.apart_from_the_living(world.paths)
        assert not (found := left.found_in(world.paths.basedir)), found
        world.check_after_death(at_rest=True)


@pytest.mark.by_turns("killed deletions")
def test_delete_keeps_the_picture_that_another_piece_has_too(tmp_path: Path) -> None:
    """Two folders, two pieces, the same bytes."""
    shop = Shop(tmp_path / "shop")
    for folder in ("first", "second"):
        (shop.inputs / folder).mkdir(parents=True)
    write_small(SAMPLES / "wedding-band_three-quarter_photo-exif.jpg", shop.inputs / "first" / "ring.jpg")
    shutil.copyfile(shop.inputs / "first" / "ring.jpg", shop.inputs / "second" / "ring.jpg")
    shop.run("import", str(shop.inputs), "--group", "folder", "--finish")
    ids = {job["title"]: job["id"] for job in shop.run("jobs")["jobs"]}
    assert set(ids) == {"first", "second"}
    with rows_of(shop.paths.library_db) as rows:
        assert rows.execute("SELECT count(*), count(DISTINCT sha256) FROM reference").fetchone() == (2, 1)
    (receipt,) = shop.run("delete", ids["first"], "--yes")["receipts"]
    assert (receipt["counts"]["files"], receipt["counts"]["previews"]) == (0, 0)
    lived(shop.paths, Fate())
    assert shop.run("doctor")["findings"] == []
    made = shop.run("generate", ids["second"], "--size", "256", "--even-if-unsure")
    assert len(made["outputs"]) == 1
    (receipt,) = shop.run("delete", ids["second"], "--yes")["receipts"]
    assert receipt["counts"]["files"] == 3
    assert not [file for file in shop.paths.blobs.rglob("*") if file.is_file()]
