"""Looking for damage in a library, and mending it, as a command. Blocks: a thread, never the event loop."""

from collections.abc import Sequence

from pydantic import JsonValue

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library.doctor import examine
from dmdx_desktop.library.findings import Finding
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.repairs import repair, repair_open
from dmdx_desktop.models.outcome import ExitCode, Outcome


def examine_open(places: Places, *, mend: bool) -> Outcome:
    """Examine the library that this core has open."""
    findings = examine(places.paths, at_work=True)
    return _outcome(findings, repair_open(places, findings) if mend else ())


def examine_closed(paths: Paths, *, mend: bool) -> Outcome:
    """Examine a library that nobody has open; without ``mend`` not a byte of it is changed."""
    if not paths.library_db.exists() and not paths.blobs.exists():
        raise LibraryError(
            "no_library",
            "There is no library here.",
            "This folder holds none, and nothing was made in it.",
            "Choose another folder with --basedir, or import pictures first.",
        )
    findings = examine(paths)
    return _outcome(findings, repair(paths, findings) if mend and findings else ())


def _outcome(findings: Sequence[Finding], mended: Sequence[Finding]) -> Outcome:
    rows: list[JsonValue] = [
        {
            "kind": found.kind.value,
            "where": found.where,
            "message": found.message,
            "remedy": found.remedy,
            "repaired": found in mended,
        }
        for found in findings
    ]
    unmended = any(found not in mended for found in findings)
    return Outcome(ExitCode.SOME_FAILED if unmended else ExitCode.WELL, {"findings": rows, "problems": []})
