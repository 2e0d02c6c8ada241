"""Writes every screen in both themes, 1440 x 900, from the samples: the real window on an X server of its own.

A developer's process, GUI thread. The library is made by the program itself; its times are set to one moment then, and
the window that is photographed is opened on it anew, so that two runs differ by little more than nothing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from devtools.environment import ROOT
from devtools.telling import CannotGoOnError, tell
from devtools.x_server import x_server

THEMES: Final = ("dark", "light")
FOLDER: Final = ROOT / "docs" / "pictures" / "screens"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py screenshots", description="Write every screen in both themes.")
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder for the pictures (docs/pictures/screens)")
    parser.add_argument("--theme", choices=THEMES, action="append", help="only the screens of this theme")
    chosen = parser.parse_args(arguments)
    folder: Path = chosen.to
    folder.mkdir(parents=True, exist_ok=True)
    try:
        write_screens(folder, chosen.theme or THEMES)
    except CannotGoOnError as reason:
        tell(str(reason))
        return 1
    for written in sorted(folder.glob("*.webp")):
        print(f"{written.name:<32}{written.stat().st_size / 1000:>8.0f} kB")
    return 0


def write_screens(folder: Path, themes: Sequence[str]) -> None:
    """Write those of these themes into ``folder``. Each window has a process of its own."""
    photographs = [[step, theme, str(folder)] for theme in themes for step in ("empty", "samples")]
    with tempfile.TemporaryDirectory(prefix="dmdx-screens-") as name, x_server():
        for step in (["library"], *photographs):
            library = Path(name) / ("empty" if step[0] == "empty" else "library")
            command = [sys.executable, "-m", "devtools.screenshots.photograph", str(library), *step]
            environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
            if subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=300).returncode:
                raise CannotGoOnError("The window could not be photographed.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
