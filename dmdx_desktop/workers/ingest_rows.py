"""What an import writes down: the files it found, and what became of each. Writer thread of the core."""

import os
from collections.abc import Sequence

from dmdx_desktop.imaging import refusals
from dmdx_desktop.library import intake, jobs, problems, references, tasks
from dmdx_desktop.library.blobs import Staged
from dmdx_desktop.library.database import Transaction
from dmdx_desktop.library.intake import FoundFile
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.vocabulary import View
from dmdx_desktop.workers.ingest_files import ReadFile
from dmdx_desktop.workers.walk import Found


def write_found(tx: Transaction, command_key: int, found: Sequence[Found | Problem]) -> None:
    """Write down what the walk found."""
    files = [
        FoundFile(item.path, item.group_key or "", item.title, item.view or View.UNKNOWN)
        for item in found
        if isinstance(item, Found)
    ]
    intake.add(tx, command_key, files)
    for item in found:
        if isinstance(item, Problem):
            _write_walk_problem(tx, command_key, item)


def _write_walk_problem(tx: Transaction, command_key: int, problem: Problem) -> None:
    """Once a path, however often the walk is begun anew."""
    path = problem.path or ""
    if intake.by_path(tx.connection, command_key, path) is not None:
        return
    intake.add(tx, command_key, [FoundFile(path, "", "", View.UNKNOWN)])
    row = intake.by_path(tx.connection, command_key, path)
    if row is not None:
        intake.settle_as_problem(tx, row.key)
    problems.add(tx, problem, command_key=command_key)


def write_reads(tx: Transaction, command_key: int, priority: int, reads: Sequence[ReadFile]) -> None:
    """List the files that became references, and say of the others why they did not.

    ``priority`` is that of the work that each picture needs next (``library.tasks``).
    """
    for read in reads:
        if read.error is not None or read.staged is None:
            error = read.error or refusals.not_a_picture()
            intake.settle_as_problem(tx, read.row.key)
            problems.add(tx, Problem.of(error, path=read.row.path), command_key=command_key)
        else:
            _write_reference(tx, command_key, priority, read, read.staged)


def _write_reference(tx: Transaction, command_key: int, priority: int, read: ReadFile, staged: Staged) -> None:
    row = read.row
    group_key = row.group_key or f"file:{staged.sha256}"
    job = jobs.ensure(tx, title=row.title, group_key=group_key)
    listed = references.insert(
        tx,
        references.NewReference(
            job_key=job.key,
            view=row.view,
            original_name=os.path.basename(row.path),
            source_path=row.path,
            format=read.format,
            width=read.width,
            height=read.height,
            bytes=staged.bytes,
            sha256=staged.sha256,
        ),
    )
    if listed.is_new:
        tasks.enqueue(
            tx,
            tasks.TaskKind.PREPARE,
            tasks.Subject.REFERENCE,
            listed.row.key,
            priority=priority,
            command_key=command_key,
        )
    else:
        problems.repeat(tx, listed.row.key, command_key)
        tasks.claim(tx, tasks.Subject.REFERENCE, listed.row.key, priority=priority, command_key=command_key)
    intake.settle(tx, row.key, job_key=job.key, reference_key=listed.row.key)
