"""A small library on a real disk, with the things tests put into it. Used by the tests of this folder."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from dmdx_desktop.config import Paths
from dmdx_desktop.library import commands, jobs, outputs, references, renders, runs
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.library.jobs import JobRow
from dmdx_desktop.library.outputs import NewOutput, OutputRow
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.previews import PreviewStore
from dmdx_desktop.library.references import NewReference, ReferenceRow
from dmdx_desktop.library.renders import NewRender, RenderRow
from dmdx_desktop.library.steps import StepObserver
from dmdx_desktop.models.ids import new_id
from dmdx_desktop.models.render_state import RenderFacts, RenderState


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def invented_hash(number: int) -> str:
    """A hash that no blob has: for rows whose files do not matter."""
    return f"{number:064x}"


def add_command(tx: Transaction, kind: str = "import", arguments: str = "{}") -> commands.CommandRow:
    return commands.accept(tx, command_id=new_id(), kind=kind, arguments=arguments)


def add_job(tx: Transaction, number: int = 1, *, title: str = "") -> JobRow:
    return jobs.ensure(tx, title=title or f"Ring {number}", group_key=f"group {number}")


def add_reference(tx: Transaction, job: JobRow, *, sha256: str = "", name: str = "ring.png") -> ReferenceRow:
    new = NewReference(
        job_key=job.key,
        view="front",
        original_name=name,
        source_path=f"/pictures/{name}",
        format="png",
        width=640,
        height=480,
        bytes=1000,
        sha256=sha256 or invented_hash(job.key),
    )
    return references.insert(tx, new).row


def add_run(tx: Transaction, command_key: int | None = None) -> runs.RunRow:
    key = command_key if command_key is not None else add_command(tx, "generate").key
    return runs.ensure(tx, command_key=key, recipe="{}")


def add_renders(
    tx: Transaction, run: runs.RunRow, reference: ReferenceRow, count: int = 1, *, prompt: str = "a ring on white"
) -> tuple[RenderRow, ...]:
    planned = [
        NewRender(
            job_key=reference.job_key,
            reference_key=reference.key,
            scene="white",
            metal="as_reference",
            shot="as_reference",
            shape="1:1",
            size=1600,
            n=n,
            engine="draft",
            seed=n,
            prompt=prompt,
        )
        for n in range(1, count + 1)
    ]
    renders.plan(tx, run.key, planned)
    return tuple(row for row in renders.of_run(tx.connection, run.key) if row.job_key == reference.job_key)


def add_output(tx: Transaction, render: RenderRow, *, sha256: str = "") -> OutputRow:
    renders.store_facts(tx, render.key, RenderFacts(state=RenderState.DONE))
    sha256 = sha256 or invented_hash(1_000_000 + render.key)
    return outputs.insert(tx, NewOutput(render.key, 1600, 1600, 5000, sha256, sha256))


@dataclass(frozen=True)
class StoredPiece:
    """A piece with a file for each picture it should have."""

    job: JobRow
    reference: ReferenceRow
    output: OutputRow
    source: Path
    contents: dict[str, bytes]
    """What each file of the library holds, by hash."""


def store_piece(places: Places, folder: Path, number: int, *, prompt: str = "a ring on white") -> StoredPiece:
    """Import a picture, prepare it and make one output, as the workers do, with files of random bytes."""
    source = folder / f"marquise-heirloom-{number}.png"
    source.write_bytes(os.urandom(3000))
    original = places.blobs.add_file(source)
    clean = _adopted(places.blobs, os.urandom(2000))
    made = _adopted(places.blobs, os.urandom(4000))
    previews = {edge: os.urandom(edge * 2) for edge in (320, 1024)}
    places.previews.put(original.sha256, previews)
    places.previews.put(made, previews)

    def write(tx: Transaction) -> tuple[JobRow, ReferenceRow, OutputRow]:
        job = add_job(tx, number, title=f"Heirloom {number} marquise")
        new = NewReference(job.key, "front", source.name, str(source), "png", 640, 480, original.bytes, original.sha256)
        reference = references.insert(tx, new).row
        references.set_ready(tx, reference.key, clean_sha256=clean, facts="{}")
        (render,) = add_renders(tx, add_run(tx), reference, prompt=prompt)
        output = add_output(tx, render, sha256=made)
        return job, references.get(tx.connection, reference.key), output

    job, reference, output = places.library.write_blocking(write)
    contents = {sha256: places.blobs.path_of(sha256).read_bytes() for sha256 in (original.sha256, clean, made)}
    contents |= {f"preview {edge}": jpeg for edge, jpeg in previews.items()}
    return StoredPiece(job, reference, output, source, contents)


def open_places(paths: Paths, observer: StepObserver | None = None) -> Places:
    return Places(paths, Library.open(paths, observer=observer), BlobStore(paths, observer), PreviewStore(paths))


def close_places(places: Places) -> None:
    places.library.close()
    places.previews.close()


def _adopted(blobs: BlobStore, content: bytes) -> str:
    part = blobs.begin()
    part.write_bytes(content)
    return blobs.adopt(part).sha256
