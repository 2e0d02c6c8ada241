"""What Linux knows of a process from outside (proc(5)): its children, its processor time and its memory."""

import os
from pathlib import Path

PROC = Path("/proc")


def require_linux() -> None:
    """Ends the bench where there is no /proc to read."""
    if not (PROC / "self" / "task").is_dir():
        raise SystemExit("This figure is taken from /proc, which only Linux has.")


def children_of(process: int) -> list[int]:
    """The processes that ``process`` has started and that still run."""
    lists = (PROC / str(process) / "task").glob("*/children")
    return [int(child) for text in lists for child in text.read_text("ascii").split()]


def processor_seconds(process: int) -> float:
    """Processor time that ``process`` has used so far, of its own and of the system for it."""
    # What follows the name in brackets, which may hold spaces, begins with field 3; utime and stime are 14 and 15.
    fields = (PROC / str(process) / "stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(process: int, *, peak: bool = False) -> float:
    """Memory of ``process`` that is in use now, or was at its ``peak``."""
    wanted = "VmHWM:" if peak else "VmRSS:"
    lines = (PROC / str(process) / "status").read_text("ascii").splitlines()
    (kilobytes,) = (int(line.split()[1]) for line in lines if line.startswith(wanted))
    return kilobytes / 1024
