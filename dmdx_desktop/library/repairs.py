"""Mending what the doctor found, where that is possible without guessing. Core process; the library is open to write.

Nothing the user made is thrown away: a picture that is gone is fetched from where it came from when the very same file
is still there, a draft is planned again (it comes out the same), and only then is a picture given up, with a problem
that says so.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import problems, purges, references, search, tasks
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE, Connection
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.findings import Damage, Finding
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.previews import PreviewStore
from dmdx_desktop.library.references import ReferenceRow, ReferenceState
from dmdx_desktop.library.schema import statements_1_0
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.problem import Problem

REMAKING_ENGINE: Final = "draft"
LOST_REFERENCE: Final = Problem(
    code="lost_file",
    message="The reference is missing from the library.",
    remedy="Import the picture again.",
)


def repair(paths: Paths, findings: Sequence[Finding]) -> list[Finding]:
    """Open the library, mend what can be mended, and close it; returns the findings that were dealt with.

    For a library nobody has open. Raises ``LibraryError`` when it cannot be opened or written.
    """
    library = Library.open(paths)
    try:
        previews = PreviewStore(paths)
        try:
            return repair_open(Places(paths, library, BlobStore(paths), previews), findings)
        finally:
            previews.close()
    finally:
        library.close()


def repair_open(places: Places, findings: Sequence[Finding]) -> list[Finding]:
    """Mend what can be mended in a library the core has open; blocks, so never on the event loop."""
    repairable = [found for found in findings if found.repairable]
    for found in repairable:
        _mend(places, found)
    return repairable


def _mend(places: Places, found: Finding) -> None:
    if found.kind in (Damage.MISSING_FILE, Damage.DAMAGED_FILE, Damage.UNUSED_FILE):
        _mend_picture(places.library, places.blobs, found.where.split()[-1])
    elif found.kind is Damage.LEFTOVER_PART:
        places.blobs.sweep_parts()
    elif found.kind is Damage.OPEN_TO_OTHERS:
        _make_private(places.paths.basedir / found.where)
    elif found.kind is Damage.DAMAGED_PREVIEWS:
        places.previews.make_anew()
    else:
        mend_row = _ROW_REPAIRS[found.kind]
        places.library.write_blocking(lambda tx: mend_row(tx, found.where))


def _mend_picture(library: Library, blobs: BlobStore, sha256: str) -> None:
    of_references = library.read_blocking(lambda connection: references.by_sha256(connection, sha256))
    blobs.remove([sha256])
    for reference in of_references:
        if _fetched_again(blobs, reference):
            return
    library.write_blocking(lambda tx: _give_up_picture(tx, of_references, sha256))


def _fetched_again(blobs: BlobStore, reference: ReferenceRow) -> bool:
    """Whether the file it came from still holds the very same bytes, and is now in the library again."""
    try:
        staged = blobs.stage(Path(reference.source_path))
    except DmdxError:
        return False
    if staged.sha256 != reference.sha256:
        blobs.discard(staged)
        return False
    blobs.commit(staged)
    return True


def _give_up_picture(tx: Transaction, of_references: Sequence[ReferenceRow], sha256: str) -> None:
    for reference in of_references:
        references.set_unreadable(tx, reference.key)
        problems.add(tx, LOST_REFERENCE, job_key=reference.job_key, reference_key=reference.key)
    for key in _keys(tx.connection, "SELECT key FROM reference WHERE clean_sha256 = ?", sha256):
        _prepare_again(tx, key)
    for key in _keys(tx.connection, "SELECT render_key FROM output WHERE sha256 = ?", sha256):
        tx.execute("DELETE FROM output WHERE render_key = ?", (key,))
        _make_again(tx, key)


def _prepare_again(tx: Transaction, key: int) -> None:
    row = references.find(tx.connection, key)
    if row is None or row.state is ReferenceState.UNREADABLE:
        return
    tx.execute("UPDATE reference SET state = 'listed', clean_sha256 = NULL WHERE key = ?", (key,))
    tasks.enqueue(tx, tasks.TaskKind.PREPARE, tasks.Subject.REFERENCE, key)
    tx.changed(Table.REFERENCE, key)


def _make_again(tx: Transaction, render_key: int) -> None:
    """A draft is planned again and comes out the same; what an engine was paid for is not bought twice unasked."""
    tx.execute(
        "UPDATE render SET state = CASE engine WHEN ? THEN 'planned' ELSE 'failed' END,"
        " problem_code = CASE engine WHEN ? THEN NULL ELSE 'lost_file' END WHERE key = ?",
        (REMAKING_ENGINE, REMAKING_ENGINE, render_key),
    )
    tx.changed(Table.RENDER, render_key)


def _make_private(path: Path) -> None:
    os.chmod(path, PRIVATE_FOLDER_MODE if path.is_dir() else PRIVATE_FILE_MODE)


def _keys(connection: Connection, query: str, value: object) -> list[int]:
    return [key for (key,) in connection.execute(query, (value,)).fetchall()]


def _key_of(where: str) -> int:
    return int(where.split()[-1])


def _mend_index(tx: Transaction, where: str) -> None:
    name = where.split()[-1]
    present = tx.execute("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?", (name,)).fetchone()
    if present is not None and name.startswith("sqlite_autoindex"):
        tx.execute(f'REINDEX "{name}"')
        return
    for statement in statements_1_0():
        if statement.startswith("CREATE INDEX") and statement.split()[2] == name:
            tx.execute(f'DROP INDEX IF EXISTS "{name}"')
            tx.execute(statement)


def _mend_dangling_row(tx: Transaction, where: str) -> None:
    table, key = where.split()
    tx.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (int(key),))


def _mend_stray_task(tx: Transaction, where: str) -> None:
    tasks.finish(tx, _key_of(where))


def _mend_unsettled_render(tx: Transaction, where: str) -> None:
    tx.execute("UPDATE render SET state = 'done', problem_code = NULL WHERE key = ?", (_key_of(where),))
    tx.changed(Table.RENDER, _key_of(where))


def _mend_stuck_deletion(tx: Transaction, where: str) -> None:
    row = tx.execute("SELECT id FROM job WHERE key = ?", (_key_of(where),)).fetchone()
    if row is not None:
        purges.plan(tx, [row[0]])


def _mend_search(tx: Transaction, where: str) -> None:
    del where
    tx.execute("DROP TABLE search")
    for statement in statements_1_0():
        if statement.startswith("CREATE VIRTUAL TABLE search"):
            tx.execute(statement)
    for (key,) in tx.execute("SELECT key FROM job").fetchall():
        search.refresh(tx, key)


_ROW_REPAIRS: Final[dict[Damage, Callable[[Transaction, str], None]]] = {
    Damage.DAMAGED_INDEX: _mend_index,
    Damage.DANGLING_ROW: _mend_dangling_row,
    Damage.STRAY_TASK: _mend_stray_task,
    Damage.LOST_OUTPUT: lambda tx, where: _make_again(tx, _key_of(where)),
    Damage.UNSETTLED_RENDER: _mend_unsettled_render,
    Damage.UNPREPARED_REFERENCE: lambda tx, where: _prepare_again(tx, _key_of(where)),
    Damage.STUCK_DELETION: _mend_stuck_deletion,
    Damage.STALE_SEARCH: _mend_search,
}
