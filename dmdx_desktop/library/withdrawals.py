"""Images on their way out while their piece stays: withdrawn from the library, then deleted or put back. Writer thread.

A withdrawn image is no row of ``output`` any more, so that nothing lists, counts or exports it; its file stays until
the purge it belongs to is carried out.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dmdx_desktop.library import agreements, outputs, remote_traces
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.outputs import OutputRow
from dmdx_desktop.library.purge_rows import Names, scrub_commands
from dmdx_desktop.library.purges import ItemKind, PurgeRow, PurgeState, advance, close_undone, count, of_job, open_purge
from dmdx_desktop.library.rows import placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import new_id, now_ms

_COLUMNS: Final = (*OutputRow._fields, "checks")
_AGREEMENT_COLUMNS: Final = ("verdict", "fields", "read_by", "created_at")
_EXPORT_COLUMNS: Final = ("command_key", "folder", "file_name", "state", "created_at")


def plan(tx: Transaction, output_ids: Sequence[str]) -> PurgeRow | None:
    """Withdraw these images and begin the purge that deletes them; None where there is none of them any more."""
    found = (outputs.by_id(tx.connection, output_id) for output_id in dict.fromkeys(output_ids))
    rows = [row for row in found if row is not None]
    if not rows:
        return None
    purge_id = new_id(now_ms())
    purge = open_purge(tx, purge_id, job_id=purge_id)
    for row in rows:
        _withdraw(tx, purge, row)
    return purge


def is_of_images(purge: PurgeRow) -> bool:
    """Whether a purge is one of images, not of a piece."""
    return purge.job_id == purge.id


def restore(tx: Transaction, purge: PurgeRow) -> None:
    """Put the images of a purge back: their ratings, places in collections, comparisons, and where they were exported.

    Other programs of this format may have written less of them down.
    """
    records = tx.execute(
        "SELECT record, job_key, run_key FROM withdrawn JOIN render ON render.key = render_key WHERE purge_key = ?",
        (purge.key,),
    ).fetchall()
    for text, job_key, run_key in records:
        record = json.loads(text)
        # Its picture may have become one of another piece meanwhile.
        record["row"] |= {"job_key": job_key, "run_key": run_key}
        tx.execute(
            f"INSERT INTO output ({', '.join(_COLUMNS)}) VALUES ({placeholders(_COLUMNS)})",
            tuple(record["row"][name] for name in _COLUMNS),
        )
        tx.executemany(
            "INSERT INTO collection_image (collection_key, output_key) SELECT key, ? FROM collection WHERE key = ?",
            [(record["row"]["key"], collection) for collection in record["collections"]],
        )
        _put_agreement_back(tx, record)
        tx.executemany(
            f"INSERT INTO export (output_key, {', '.join(_EXPORT_COLUMNS)}) SELECT ?, {placeholders(_EXPORT_COLUMNS)}"
            " WHERE EXISTS (SELECT 1 FROM command WHERE key = ?)",
            [(record["row"]["key"], *exported, exported[0]) for exported in record.get("exported", ())],
        )
        tx.changed(Table.OUTPUT, record["row"]["key"])
        tx.changed(Table.JOB, record["row"]["job_key"])
    tx.execute("DELETE FROM withdrawn WHERE purge_key = ?", (purge.key,))
    close_undone(tx, purge)


def _put_agreement_back(tx: Transaction, record: Mapping[str, Any]) -> None:
    """What an image's comparison came to; one that was still to be made is made now."""
    output_key = record["row"]["key"]
    agreement = record.get("agreement")
    if agreement is not None:
        tx.execute(
            f"INSERT INTO agreement (output_key, {', '.join(_AGREEMENT_COLUMNS)})"
            f" VALUES (?, {placeholders(_AGREEMENT_COLUMNS)})",
            (output_key, *agreement),
        )
    if record.get("is_to_be_compared"):
        agreements.enqueue(tx, output_key)


def delete_rows(tx: Transaction, purge: PurgeRow) -> None:
    """Delete the rows of a purge's images, after writing down the hashes of their files.

    Nothing happens to a purge that has come this far already.
    """
    current = of_job(tx.connection, purge.job_id)
    if current is None or current.state is not PurgeState.PLANNED:
        return
    rows = tx.execute("SELECT render_key, sha256, record FROM withdrawn WHERE purge_key = ?", (purge.key,)).fetchall()
    tx.executemany(
        "INSERT INTO purge_item (purge_key, kind, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(purge.key, ItemKind.BLOB, sha256) for _, sha256, _ in rows],
    )
    names = _names_of(tx.connection, [(render_key, json.loads(record)) for render_key, _, record in rows])
    renders = [render_key for render_key, _, _ in rows]
    runs = tx.execute(
        f"SELECT DISTINCT run_key FROM render WHERE key IN ({placeholders(renders)})", tuple(renders)
    ).fetchall()
    remote_traces.remember_of_renders(tx, purge.key, renders)
    tx.executemany("DELETE FROM render WHERE key = ?", [(key,) for key in renders])
    tx.executemany("DELETE FROM run WHERE key = ? AND NOT EXISTS (SELECT 1 FROM render WHERE run_key = run.key)", runs)
    scrub_commands(tx, frozenset(), names)
    count(tx, purge, {"images": len(rows)})
    advance(tx, purge, PurgeState.FILES)
    tx.changed(Table.RENDER, *renders)
    tx.changed(Table.RUN, *(key for (key,) in runs))


def _withdraw(tx: Transaction, purge: PurgeRow, row: OutputRow) -> None:
    (checks,) = tx.execute("SELECT checks FROM output WHERE key = ?", (row.key,)).fetchone()
    collections = tx.execute("SELECT collection_key FROM collection_image WHERE output_key = ?", (row.key,)).fetchall()
    exports = tx.execute(f"SELECT {', '.join(_EXPORT_COLUMNS)} FROM export WHERE output_key = ?", (row.key,)).fetchall()
    agreement = tx.execute(
        f"SELECT {', '.join(_AGREEMENT_COLUMNS)} FROM agreement WHERE output_key = ?", (row.key,)
    ).fetchone()
    waiting = tx.execute("SELECT 1 FROM comparison WHERE output_key = ?", (row.key,)).fetchone()
    record = {
        "row": {**row._asdict(), "checks": checks},
        "collections": [key for (key,) in collections],
        "exports": sorted({name for _, _, name, _, _ in exports}),
        "exported": [exported for exported in exports if exported[3] == "done"],
        "agreement": agreement,
        "is_to_be_compared": waiting is not None,
    }
    tx.execute(
        "INSERT INTO withdrawn (purge_key, render_key, sha256, record) VALUES (?, ?, ?, ?)",
        (purge.key, row.render_key, row.sha256, json.dumps(record)),
    )
    tx.execute("DELETE FROM task WHERE subject_table = 'output' AND subject_key = ?", (row.key,))
    tx.execute("DELETE FROM output WHERE key = ?", (row.key,))
    tx.changed(Table.OUTPUT, row.key)
    tx.changed(Table.JOB, row.job_key)
    if collections:
        tx.changed(Table.COLLECTION, *(key for (key,) in collections))


def _names_of(connection: Connection, records: Sequence[tuple[int, dict[str, dict[str, str]]]]) -> Names:
    render_ids = (
        connection.execute("SELECT id FROM render WHERE key = ?", (render_key,)).fetchone() for render_key, _ in records
    )
    return Names(
        ids=frozenset({record["row"]["id"] for _, record in records} | {row[0] for row in render_ids if row}),
        paths=frozenset(),
        names=frozenset(name for _, record in records for name in record["exports"]),
    )
