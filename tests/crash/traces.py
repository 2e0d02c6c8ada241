"""What a deleted piece could be recognised by, and the search for it in every byte below a folder.

A trace is a run of bytes: a window of a picture, a hash, an id, a name, a word. Those that some innocent file holds too
(the bytes of a colour profile, a word that other pieces share) are no trace and are left out.
"""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from tests.crash.audit import rows_of

WINDOW: Final = 64
FEWEST_DIFFERENT_BYTES: Final = 24
"""A window with fewer different bytes than this is padding or a plain colour, which any file may hold."""
SHORTEST_WORD: Final = 5
WORD: Final = "the word "
NO_JOB: Final = 0


@dataclass(frozen=True)
class Traces:
    """What must not be found: runs of bytes as they are, and texts in whatever case; each with what it is."""

    exact: dict[bytes, str]
    texts: dict[bytes, str]

    def apart_from_the_living(self, paths: Paths) -> "Traces":
        """Without words that pieces still there use by now: a resumed import reads pieces it had not read before."""
        with rows_of(paths.library_db) as rows:
            living = _text_of_others(rows, NO_JOB)
        texts = {
            trace: what
            for trace, what in self.texts.items()
            if not (what.startswith(WORD) and trace.decode() in living)
        }
        return Traces(self.exact, texts)

    def found_in(self, folder: Path) -> list[str]:
        """What is found below ``folder``, in files and in their names: what it is, and where."""
        found = []
        for file in _files(folder):
            content = file.read_bytes() + str(file.relative_to(folder)).encode()
            lowered = content.lower()
            found += [f"{what} in {file.relative_to(folder)}" for trace, what in self.exact.items() if trace in content]
            found += [f"{what} in {file.relative_to(folder)}" for trace, what in self.texts.items() if trace in lowered]
        return found


def traces_of(paths: Paths, job_id: str) -> Traces:
    """Everything by which the piece ``job_id`` could be recognised in the library below ``paths``, as it is now."""
    with rows_of(paths.library_db) as rows:
        (key, title) = rows.execute("SELECT key, title FROM job WHERE id = ?", (job_id,)).fetchone()
        references = rows.execute(
            "SELECT sha256, clean_sha256, id, original_name, source_path FROM reference WHERE job_key = ?", (key,)
        ).fetchall()
        outputs = rows.execute("SELECT sha256, pixels_sha256, id FROM output WHERE job_key = ?", (key,)).fetchall()
        renders = rows.execute("SELECT id, prompt FROM render WHERE job_key = ?", (key,)).fetchall()
        runs = rows.execute(
            "SELECT id FROM run WHERE key IN (SELECT run_key FROM render WHERE job_key = ?)"
            " AND key NOT IN (SELECT run_key FROM render WHERE job_key <> ?)",
            (key, key),
        ).fetchall()
        innocent_text = _text_of_others(rows, key)
        exports = rows.execute(
            "SELECT file_name FROM export JOIN output ON output.key = output_key WHERE job_key = ?", (key,)
        ).fetchall()
    blobs = {row[0] for row in (*references, *outputs)} | {row[1] for row in references if row[1]}
    pictures = _pictures(paths, blobs)
    innocent = b"".join(file.read_bytes() for file in paths.blobs.glob("*/*") if file.name not in blobs)
    innocent += b"".join(_previews(paths, except_of=blobs).values())
    ids = {job_id: "job"}
    ids |= {row[2]: "reference" for row in references} | {row[2]: "output" for row in outputs}
    ids |= {row[0]: "render" for row in renders} | {row[0]: "run" for row in runs}
    names = {title, *(row[3] for row in references), *(row[4] for row in references), *(row[0] for row in exports)}
    telling = [title, *(row[3] for row in references), *(prompt for _, prompt in renders)]
    hashes = blobs | {row[1] for row in outputs}
    return Traces(
        exact={
            **dict(_windows(pictures, innocent)),
            **{bytes.fromhex(digest): "a raw hash" for digest in hashes},
            **{bytes.fromhex(each.replace("-", "")): "a raw id" for each in ids},
        },
        texts={
            **{digest.encode(): "a hash" for digest in hashes},
            **{each.encode(): f"the id of a {what}" for each, what in ids.items()},
            **{trace: "a name" for name in names for trace in _spellings(name)},
            **{word.encode(): f"{WORD}{word}" for word in _words(telling) if word not in innocent_text},
        },
    )


def _text_of_others(rows: sqlite3.Connection, job_key: int) -> str:
    """All text that belongs to other pieces, in lower case."""
    queries = (
        "SELECT prompt || scene || metal FROM render WHERE job_key <> ?",
        "SELECT title || piece FROM job WHERE key <> ?",
        "SELECT original_name || source_path || coalesce(facts || reading, '') FROM reference WHERE job_key <> ?",
        "SELECT recipe FROM run WHERE key IN (SELECT run_key FROM render WHERE job_key <> ?)",
    )
    return " ".join(text for query in queries for (text,) in rows.execute(query, (job_key,))).lower()


def _pictures(paths: Paths, blobs: set[str]) -> dict[str, bytes]:
    """The bytes of these pictures and of their previews, by what they are."""
    pictures = {f"picture {sha256[:8]}": (paths.blobs / sha256[:2] / sha256).read_bytes() for sha256 in blobs}
    return pictures | _previews(paths, only_of=blobs)


def _previews(paths: Paths, *, only_of: set[str] | None = None, except_of: Iterable[str] = ()) -> dict[str, bytes]:
    with rows_of(paths.previews_db) as rows:
        return {
            f"preview {edge} of {sha256[:8]}": jpeg
            for sha256, edge, jpeg in rows.execute("SELECT sha256, edge, jpeg FROM preview")
            if sha256 not in except_of and (only_of is None or sha256 in only_of)
        }


def _windows(pictures: dict[str, bytes], innocent: bytes) -> Iterator[tuple[bytes, str]]:
    for what, content in pictures.items():
        for start in range(0, len(content) - WINDOW, WINDOW):
            window = content[start : start + WINDOW]
            if len(set(window)) >= FEWEST_DIFFERENT_BYTES and window not in innocent:
                yield window, f"{what} at {start}"


def _spellings(name: str) -> Iterator[bytes]:
    """A text as it may stand in a file: plain, as SQLite or Windows keep it, in JSON, composed or decomposed."""
    for form in ("NFC", "NFD"):
        spelled = unicodedata.normalize(form, name).lower()
        yield spelled.encode()
        yield spelled.encode("utf-16-le")
        yield spelled.encode("utf-16-be")
        yield json.dumps(spelled)[1:-1].encode()


def _words(texts: Iterable[str]) -> set[str]:
    """The words of these texts as a search index keeps them: lower case, and without accents."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", " ".join(texts)) if not unicodedata.combining(letter)
    )
    return {word for word in re.findall(r"[a-z]+", plain.lower()) if len(word) >= SHORTEST_WORD}


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())
