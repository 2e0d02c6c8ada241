"""Makes the lock files in requirements/ from pyproject.toml: every platform, every package with its hashes.

The files name packages, versions and hashes only: never an index or a host, which are each machine's own affair.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devtools.environment import ROOT
from devtools.telling import CannotGoOnError, tell

FOLDER = ROOT / "requirements"
LOCKS: dict[str, Sequence[str]] = {
    "dev": ("--group", "build", "--group", "dev", "--extra", "heic"),
    "run": ("--group", "build"),
    "cloud": ("--group", "build", "--extra", "cloud"),
}
"""Lock by name: what it holds beside the program's own dependencies. The first decides versions for the others."""

PROLOGUE = "# Made by `python dev.py lock` from pyproject.toml; do not edit.\n"


def make_locks() -> None:
    """Writes every lock file with the newest versions that pyproject.toml and requirements/pins.in allow."""
    uv = shutil.which("uv")
    if uv is None:
        raise CannotGoOnError("Making lock files needs uv, which is not installed. Remedy: pip install uv")
    constraints = [FOLDER / "pins.in"]
    for name, contents in LOCKS.items():
        target = FOLDER / f"{name}.txt"
        tell(f"Resolving {target.relative_to(ROOT)}")
        target.write_text(PROLOGUE + _resolve(uv, contents, constraints), encoding="utf-8")
        constraints.append(target)


def _resolve(uv: str, contents: Sequence[str], constraints: Sequence[Path]) -> str:
    command = [uv, "pip", "compile", "pyproject.toml", *contents, "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"]
    for file in constraints:
        command += ["--constraint", str(file.relative_to(ROOT))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotGoOnError(f"uv found no set of versions that fits:\n{done.stderr.strip()}")
    return without_hosts(done.stdout)


def without_hosts(lock: str) -> str:
    """``lock`` without the lines that name an index, a folder of packages or a host."""
    named = re.compile(r"^\s*(#|--(index|extra-index|find-links|trusted))|://", re.IGNORECASE)
    return "".join(line for line in lock.splitlines(keepends=True) if not named.search(line))
