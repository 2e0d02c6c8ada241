"""What came of a life, in a form by which a disturbed one can be compared with an undisturbed one."""

import hashlib
import sqlite3
from dataclasses import dataclass, fields
from pathlib import Path

from PIL import Image

from dmdx_desktop.config import Paths
from tests.crash.audit import rows_of

PIECES = "SELECT title, piece FROM job ORDER BY title"
REFERENCES = (
    "SELECT title, original_name, view, sha256, clean_sha256, facts, reading, state"
    " FROM reference JOIN job ON job.key = job_key ORDER BY 1, 4"
)
OUTPUTS = (
    "SELECT title, output.scene, output.metal, output.shot, n, pixels_sha256 FROM output"
    " JOIN job ON job.key = output.job_key JOIN render ON render.key = render_key ORDER BY 1, 2, 3, 4, 5"
)
PROBLEMS = "SELECT path, code FROM problem"
RECEIPTS = "SELECT counts FROM receipt"


@dataclass(frozen=True)
class Results:
    """Everything a user would see at the end."""

    pieces: list[tuple[object, ...]]
    references: list[tuple[object, ...]]
    outputs: list[tuple[object, ...]]
    problems: list[tuple[object, ...]]
    receipts: int
    files: dict[str, str]
    """The decoded pixels of each exported file, by its path below the folder of exports."""

    def differences(self, wanted: "Results") -> list[str]:
        """What is different from ``wanted``, in words; empty when nothing is."""
        return [
            f"{field.name} differ: {getattr(self, field.name)} instead of {getattr(wanted, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != getattr(wanted, field.name)
        ]


def results_of(paths: Paths, exported: Path) -> Results:
    """The results of the life that ended in the library below ``paths``."""
    with rows_of(paths.library_db) as rows:
        return Results(
            pieces=rows.execute(PIECES).fetchall(),
            references=rows.execute(REFERENCES).fetchall(),
            outputs=rows.execute(OUTPUTS).fetchall(),
            problems=_problems(rows),
            receipts=len(rows.execute(RECEIPTS).fetchall()),
            files={
                file.relative_to(exported).as_posix(): pixels_of(file)
                for file in sorted(exported.rglob("*"))
                if file.is_file()
            },
        )


def pixels_of(file: Path) -> str:
    """A hash of the decoded pixels of a picture: dates and ids inside the file may differ."""
    with Image.open(file) as picture:
        return hashlib.sha256(f"{picture.mode} {picture.size} ".encode() + picture.tobytes()).hexdigest()


def _problems(rows: sqlite3.Connection) -> list[tuple[object, ...]]:
    return sorted((Path(path).name, code) for path, code in rows.execute(PROBLEMS))
