"""Deleting means gone: every byte below the basedir is searched for what was deleted."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError, UsageError
from dmdx_desktop.library import (
    commands,
    exports,
    intake,
    jobs,
    outputs,
    own_prompts,
    problems,
    purges,
    references,
    search,
    tasks,
)
from dmdx_desktop.library.commands import CommandState
from dmdx_desktop.library.database import Connection, Library, Table, Transaction
from dmdx_desktop.library.exports import NewExport
from dmdx_desktop.library.intake import FoundFile
from dmdx_desktop.library.leftovers import clear_leftovers
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.purge_rows import delete_rows
from dmdx_desktop.library.purges import PurgeState
from dmdx_desktop.library.purging import carry_out
from dmdx_desktop.models.ids import new_id
from dmdx_desktop.models.problem import Problem
from tests.library.world import StoredPiece, add_command, close_places, open_places, store_piece

PROMPT = "zibeline dusk over the tourmaline quay"
DUMP_ALL = """
import sys
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*")):
    sys.stdout.buffer.write(str(file.relative_to(sys.argv[1])).encode() + b"\\n")
    if file.is_file():
        sys.stdout.buffer.write(file.read_bytes())
"""


def every_byte_below(folder: Path) -> bytes:
    """Names and contents of all files, read by another process: closing them here would drop SQLite's locks."""
    return subprocess.run([sys.executable, "-c", DUMP_ALL, str(folder)], stdout=subprocess.PIPE, check=True).stdout


def traces_of(piece: StoredPiece, haystack: bytes) -> list[str]:
    """What of a piece can still be found."""
    needles: dict[str, bytes] = {
        "name": piece.source.name.encode(),
        "stem": piece.source.stem.encode(),
        "path": str(piece.source).encode(),
        "title": piece.job.title.encode(),
    }
    for label, content in piece.contents.items():
        needles |= {
            f"content of {label} at {start}": content[start : start + 32] for start in range(0, len(content), 300)
        }
        if not label.startswith("preview"):
            needles[f"hash {label}"] = label.encode()
            needles[f"raw hash {label}"] = bytes.fromhex(label)
    return [label for label, needle in needles.items() if needle.lower() in haystack or needle in haystack]


def note_everywhere(tx: Transaction, piece: StoredPiece, folder: Path) -> None:
    """Leave the piece's names wherever the program leaves names."""
    arguments = json.dumps({"paths": [str(piece.source), "/else/where.png"], "group": "file"})
    imported = add_command(tx, "import", arguments)
    intake.add(tx, imported.key, [FoundFile(str(piece.source), "g", piece.job.title, "front")])
    (found,) = intake.waiting(tx.connection, imported.key)
    intake.settle(tx, found.key, job_key=piece.job.key, reference_key=piece.reference.key)
    commands.end(tx, imported.key, CommandState.DONE, json.dumps({"problems": [{"path": str(piece.source)}]}))
    unrelated = add_command(tx, "identify", json.dumps({"targets": [str(piece.source)]}))
    commands.end(tx, unrelated.key, CommandState.DONE)
    exported = add_command(tx, "export")
    exports.plan(tx, exported.key, [NewExport(piece.output.key, str(folder), f"{piece.source.stem}_white_01.png")])
    problems.add(tx, Problem("damaged", "It is damaged.", "Export it again.", path=str(piece.source)))
    tasks.enqueue(tx, tasks.TaskKind.ANALYSE, tasks.Subject.REFERENCE, piece.reference.key)
    own_prompts.write(tx, piece.job.key, "white", "as_reference", "as_reference", PROMPT)
    jobs.set_piece(tx, piece.job.key, json.dumps({"style": {"value": "art_nouveau_of_zibeline"}}))


async def plan(places: Places, pieces: Iterable[StoredPiece]) -> list[str]:
    rows = await places.library.write(lambda tx: purges.plan(tx, [piece.job.id for piece in pieces]))
    return [row.id for row in rows]


async def test_no_byte_of_a_deleted_piece_is_left(paths: Paths, places: Places, tmp_path: Path) -> None:
    others = [store_piece(places, tmp_path, number) for number in range(20)]
    piece = store_piece(places, tmp_path, 777, prompt=PROMPT)
    await places.library.write(lambda tx: note_everywhere(tx, piece, tmp_path))
    paths.backups.mkdir()
    (paths.backups / "library-0.9-1.db").write_bytes(piece.source.name.encode())
    (paths.parts / "left-over").write_bytes(piece.source.read_bytes())
    assert len(traces_of(piece, every_byte_below(paths.basedir))) > 20

    (receipt,) = await carry_out(places, await plan(places, [piece]))

    haystack = every_byte_below(paths.basedir)
    assert traces_of(piece, haystack) == []
    assert [word for word in PROMPT.split() if len(word) > 4 and word.encode() in haystack] == []
    assert json.loads(receipt.counts) == {"files": 3, "images": 1, "pieces": 1, "previews": 4, "references": 1}
    assert receipt.finished_at >= receipt.started_at
    assert await places.library.read(purges.unfinished) == ()
    assert await places.library.read(lambda c: c.execute("SELECT count(*) FROM tombstone").fetchone()) == (0,)
    for other in others:
        assert all(places.blobs.exists(sha256) for sha256 in other.contents if len(sha256) == 64)
        assert places.previews.get(other.reference.sha256, 320) is not None
    assert len(await places.library.read(lambda c: search.find(c, "heirloom"))) == 20


async def test_after_many_changes_and_deletions_no_byte_is_left(paths: Paths, places: Places, tmp_path: Path) -> None:
    pieces = [store_piece(places, tmp_path, 100 + number, prompt=f"{PROMPT} {number}") for number in range(60)]
    for piece in pieces[::2]:
        await places.library.write(partial(jobs.set_piece, key=piece.job.key, piece=json.dumps({"note": "x" * 900})))
    gone = pieces[::3]
    assert len(await carry_out(places, await plan(places, gone))) == 20
    haystack = every_byte_below(paths.basedir)
    assert [trace for piece in gone for trace in traces_of(piece, haystack)] == []


async def test_a_file_that_another_piece_uses_stays(places: Places, tmp_path: Path) -> None:
    piece = store_piece(places, tmp_path, 1)
    shared = piece.reference.sha256

    def share(tx: Transaction) -> None:
        job = jobs.insert(tx, title="Twin", group_key="twin")
        references.insert(
            tx, references.NewReference(job.key, "front", "twin.png", "/twin.png", "png", 1, 1, 1, shared)
        )

    await places.library.write(share)
    (receipt,) = await carry_out(places, await plan(places, [piece]))
    assert json.loads(receipt.counts)["files"] == 2
    assert places.blobs.exists(shared)
    assert places.previews.get(shared, 320) is not None


async def test_a_planned_deletion_hides_the_piece_frees_its_group_and_can_be_undone(
    places: Places, tmp_path: Path
) -> None:
    piece = store_piece(places, tmp_path, 1)
    (purge_id,) = await plan(places, [piece])
    assert await places.library.read(jobs.page) == ()
    assert await places.library.read(lambda c: search.find(c, "heirloom")) == []
    assert await places.library.read(lambda c: jobs.by_group_key(c, piece.job.group_key)) is None
    await places.library.write(lambda tx: purges.undo(tx, purge_id))
    (row,) = await places.library.read(jobs.page)
    assert (row.id, row.group_key) == (piece.job.id, piece.job.group_key)
    assert await places.library.read(lambda c: search.find(c, "heirloom")) == [row.key]
    assert await carry_out(places, [purge_id]) == ()
    assert places.blobs.exists(piece.reference.sha256)


async def test_undo_after_a_new_import_of_the_same_pictures_keeps_both(places: Places, tmp_path: Path) -> None:
    piece = store_piece(places, tmp_path, 1)
    (purge_id,) = await plan(places, [piece])
    again = await places.library.write(lambda tx: jobs.ensure(tx, title="New", group_key=piece.job.group_key))
    await places.library.write(lambda tx: purges.undo(tx, purge_id))
    rows = await places.library.read(jobs.page)
    assert {row.id for row in rows} == {piece.job.id, again.id}


async def test_undo_is_refused_once_rows_are_gone(places: Places, tmp_path: Path) -> None:
    (purge_id,) = await plan(places, [store_piece(places, tmp_path, 1)])
    purge = await places.library.read(lambda c: purges.by_id(c, purge_id))
    assert purge is not None
    await places.library.write(lambda tx: delete_rows(tx, purge))
    with pytest.raises(UsageError) as caught:
        await places.library.write(lambda tx: purges.undo(tx, purge_id))
    assert caught.value.code == "too_late"


async def test_planning_twice_is_planning_once(places: Places, tmp_path: Path) -> None:
    piece = store_piece(places, tmp_path, 1)
    assert await plan(places, [piece, piece]) == await plan(places, [piece])
    with pytest.raises(UsageError):
        await places.library.write(lambda tx: purges.plan(tx, [new_id()]))


def all_but_proven(connection: Connection) -> bool | None:
    return all(row.state is PurgeState.FORGOTTEN for row in purges.unfinished(connection)) or None


class Killed(BaseException):
    """Stands for the end of the process at a commit."""


class KillAtCommit:
    """An observer that ends the core's world at its n-th commit from when it is armed."""

    def __init__(self) -> None:
        self.left = -1

    def step(self, name: str) -> None:
        if name == "before_commit" and self.left > 0:
            self.left -= 1
            if self.left == 0:
                raise Killed


async def _unfinished(places: Places) -> list[str]:
    return [purge.id for purge in await places.library.read(purges.unfinished)]


@pytest.mark.parametrize("commit", range(1, 7))
async def test_a_deletion_cut_short_at_any_commit_goes_on_to_the_same_end(tmp_path: Path, commit: int) -> None:
    paths = Paths(tmp_path / "library")
    killer = KillAtCommit()
    places = open_places(paths, killer)
    piece = store_piece(places, tmp_path, 777, prompt=PROMPT)
    await plan(places, [piece])
    killer.left = commit
    with pytest.raises(Killed):
        await carry_out(places, await _unfinished(places))
    close_places(places)

    places = open_places(paths)
    (receipt,) = await carry_out(places, await _unfinished(places))
    assert json.loads(receipt.counts)["pieces"] == 1
    assert await places.library.read(purges.unfinished) == ()
    assert traces_of(piece, every_byte_below(paths.basedir)) == []
    close_places(places)


async def test_a_deletion_waits_for_a_long_read_to_end(paths: Paths, places: Places, tmp_path: Path) -> None:
    piece = store_piece(places, tmp_path, 777)
    reading, let_go = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        jobs.count(connection)
        reading.set()
        assert let_go.wait(20)

    held = asyncio.create_task(places.library.read(hold))
    await asyncio.to_thread(reading.wait, 10)
    deleting = asyncio.create_task(carry_out(places, await plan(places, [piece])))
    await places.library.until(all_but_proven, {Table.PURGE})
    assert not deleting.done()
    let_go.set()
    await held
    assert len(await deleting) == 1
    assert traces_of(piece, every_byte_below(paths.basedir)) == []


async def test_a_deletion_loses_patience_and_goes_on_another_time(places: Places, tmp_path: Path) -> None:
    piece = store_piece(places, tmp_path, 1)
    ids = await plan(places, [piece])
    with places.blobs.protected([piece.reference.sha256]):
        with pytest.raises(LibraryError) as caught:
            await carry_out(places, ids, patience_s=0.05)
        assert caught.value.code == "locked"
        assert places.blobs.exists(piece.reference.sha256)
    assert len(await carry_out(places, ids)) == 1
    assert not places.blobs.exists(piece.reference.sha256)


async def test_prompt_that_was_written_for_a_piece_goes_with_it_and_others_stay(places: Places, tmp_path: Path) -> None:
    piece = store_piece(places, tmp_path, 1)
    other = {"job": "another", "scene": "white", "text": "Of another piece."}
    own = {"job": piece.job.id, "scene": "white", "text": "Grey slate."}
    arguments = json.dumps({"jobs": [piece.job.id, "another"], "prompts": [own, other]})
    key = await places.library.write(lambda tx: add_command(tx, "generate", arguments).key)
    await carry_out(places, await plan(places, [piece]))
    row = await places.library.read(lambda c: commands.get(c, key))
    assert json.loads(row.arguments) == {"jobs": ["another"], "prompts": [other]}


async def test_a_command_that_is_not_finished_keeps_what_it_has_still_to_do(places: Places, tmp_path: Path) -> None:
    piece = store_piece(places, tmp_path, 1)
    similar = f"{piece.source}.copy.png"
    arguments = json.dumps({"paths": [str(piece.source), similar], "to": str(tmp_path)})
    key = await places.library.write(lambda tx: add_command(tx, "import", arguments).key)
    await carry_out(places, await plan(places, [piece]))
    row = await places.library.read(lambda c: commands.get(c, key))
    assert json.loads(row.arguments) == {"paths": [similar], "to": str(tmp_path)}


async def test_a_run_without_renders_goes_and_one_that_other_pieces_share_stays(places: Places, tmp_path: Path) -> None:
    pieces = [store_piece(places, tmp_path, number) for number in (1, 2)]
    await carry_out(places, await plan(places, pieces[:1]))
    left = await places.library.read(lambda c: c.execute("SELECT key FROM run").fetchall())
    assert left == [(pieces[1].output.run_key,)]
    assert [row.key for row in await places.library.read(outputs.page)] == [pieces[1].output.key]


async def test_leftovers_of_a_killed_core_are_cleared_and_nothing_else(paths: Paths, tmp_path: Path) -> None:
    places = open_places(paths)
    piece = store_piece(places, tmp_path, 1)
    places.library._has_leftovers = True
    close_places(places)
    places = open_places(paths)
    orphan = tmp_path / "orphan.png"
    orphan.write_bytes(os.urandom(1000))
    added = places.blobs.add_file(orphan)
    (paths.parts / "part").write_bytes(b"x")
    assert places.library.has_leftovers
    assert await clear_leftovers(places.library, places.blobs, places.previews) == 1
    assert not places.blobs.exists(added.sha256)
    assert list(paths.parts.iterdir()) == []
    assert all(places.blobs.exists(sha256) for sha256 in piece.contents if len(sha256) == 64)
    assert await clear_leftovers(places.library, places.blobs, places.previews) == 0
    close_places(places)
    library = Library.open(paths)
    assert not library.has_leftovers
    library.close()
