"""Freezes the program into one folder and has it try itself: the environment's Python, the main thread.

The self-test runs in an empty folder with an environment that names no Python, so that nothing of this checkout can
stand in for what was left out of the folder.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from devtools.environment import ROOT
from devtools.telling import CannotGoOnError

NAME = "dmdx-desktop"
SPEC = ROOT / "installers" / "dmdx.spec"
FROZEN = ROOT / "dist" / NAME
LARGEST_MB = 270
"""The folder of the program may not grow beyond this without somebody deciding so."""
SELF_TEST_SECONDS = 300
PASSED_ON = ("DISPLAY", "HOME", "LANG", "PATH", "QT_QPA_PLATFORM", "SYSTEMROOT", "TEMP", "TMPDIR", "XDG_RUNTIME_DIR")


def main() -> int:
    """Freeze, measure, try; 0 when the frozen program passes its own test and is not too large."""
    began = time.monotonic()
    _freeze()
    frozen_after = time.monotonic() - began
    size = megabytes(FROZEN)
    print(f"{FROZEN.relative_to(ROOT)}: {size:.0f} MB in {count_of(FROZEN):,} files, frozen in {frozen_after:.0f} s")
    print(f"start to the version: {_seconds_of_a_start():.2f} s\n\nIts self-test:", flush=True)
    code = self_test(FROZEN)
    print(f"\n{'PASS' if size <= LARGEST_MB else 'FAIL'}: at most {LARGEST_MB} MB; measured {size:.0f}")
    print(f"{'FAIL' if code else 'PASS'}: the frozen program's self-test")
    return 1 if code or size > LARGEST_MB else 0


def _freeze() -> None:
    shutil.rmtree(FROZEN, ignore_errors=True)
    places = ["--distpath", str(FROZEN.parent), "--workpath", str(ROOT / "build" / "package")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *places, str(SPEC)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise CannotGoOnError("The program could not be frozen. Look at PyInstaller's words above.")


def self_test(folder: Path) -> int:
    """Have the program in ``folder`` try every part of itself; its exit code."""
    with tempfile.TemporaryDirectory(prefix="dmdx-package-") as elsewhere:
        return subprocess.run(
            [_program(folder), "self-test"],
            cwd=elsewhere,
            env=_bare(os.environ),
            timeout=SELF_TEST_SECONDS,
            check=False,
        ).returncode


def megabytes(folder: Path) -> float:
    """What the files below ``folder`` take, links not counted."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6


def count_of(folder: Path) -> int:
    """How many files are below ``folder``."""
    return sum(file.is_file() for file in folder.rglob("*"))


def _bare(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if name.upper() in PASSED_ON}


def _program(folder: Path) -> str:
    return str(folder / (f"{NAME}.exe" if os.name == "nt" else NAME))


def _seconds_of_a_start() -> float:
    """The best of five: the first one pays for reading the files from the disk."""
    taken = []
    for _ in range(5):
        began = time.monotonic()
        subprocess.run([_program(FROZEN), "--version"], env=_bare(os.environ), stdout=subprocess.DEVNULL, check=True)
        taken.append(time.monotonic() - began)
    return min(taken)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CannotGoOnError as reason:
        sys.exit(str(reason))
