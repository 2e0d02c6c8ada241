"""Start of the window with 100,000 images, until it can be used, against viewers that show a folder of twenty.

Ours begins with the start of the process and ends when the gallery was painted with every preview in view and has
answered a key; the core starts meanwhile, as always. The peer is the fastest of geeqie, gthumb and qimgv that is
installed, from the start of its process to the moment its window is mapped, which is less than being usable. Gate: at
most 0.15 s more, the median over the rounds.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench.filled_library import fill
from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from devtools.x_server import x_server
from dmdx_desktop.config import Paths
from dmdx_desktop.ui.preferences import FILE, VERSION
from dmdx_desktop.ui.top_bar import Workspace

IMAGES: Final = 100_000
PEERS: Final = ("qimgv", "geeqie", "gthumb")
FOLDER_OF: Final = 20
SAMPLES: Final = Path(__file__).resolve().parent.parent / "resources" / "samples"
MOST_MORE_S: Final = 0.15
PATIENCE_S: Final = 30.0
SMALLEST_WINDOW: Final = 200


def main(arguments: Sequence[str]) -> int:
    rounds = rounds_from(arguments, __doc__ or "")

    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name, x_server():
        folder = Path(name)
        fill(Paths(folder / "library"), IMAGES)
        (folder / "library" / FILE).write_text(json.dumps({"version": VERSION, "workspace": Workspace.GALLERY.value}))
        pictures = _pictures(folder / "pictures")
        peers = {peer: _mapped([peer, str(pictures)], folder) for peer in PEERS if shutil.which(peer)}
        if not peers:
            raise SystemExit(f"None of the peers is installed: {', '.join(PEERS)}.")
        first = {peer: min(start() for _ in range(3)) for peer, start in peers.items()}
        fastest = min(first, key=lambda peer: first[peer])
        print("peers, best of three:", ", ".join(f"{peer} {taken:.3f} s" for peer, taken in first.items()))
        byte_code = folder / "byte_code"
        _seconds(byte_code, "window", str(folder / "library"))
        bare = statistics.median(_seconds(byte_code, "bare") for _ in range(5))
        print(f"a bare window of this toolkit, median of five: {bare:.3f} s")
        held = judge(
            Comparison(
                f"Start of the window with {IMAGES:,} images",
                ("the window", lambda: _seconds(byte_code, "window", str(folder / "library"))),
                (fastest, peers[fastest]),
                "seconds",
                Gate(Relation.DIFFERENCE, at_most=MOST_MORE_S),
            ),
            rounds,
        )
    return 0 if held else 1


def _pictures(folder: Path) -> Path:
    folder.mkdir()
    samples = [file for file in sorted(SAMPLES.iterdir()) if file.suffix in {".jpg", ".png"}]
    for number in range(FOLDER_OF):
        sample = samples[number % len(samples)]
        shutil.copy(sample, folder / f"{number:02}{sample.suffix}")
    return folder


def _seconds(byte_code: Path, *arguments: str) -> float:
    """From the start of a process until the moment it says.

    Its modules are compiled beforehand, as those of an installed program are.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(byte_code)
    command = [sys.executable, "-m", "devtools.window_probe", *arguments]
    began = time.monotonic()
    said = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE_S
    ).stdout
    return float(said.split()[-1]) - began


def _mapped(command: Sequence[str], home: Path) -> Callable[[], float]:
    """Seconds from the start of a program until its window is mapped; its settings are kept out of the user's."""
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}

    from devtools.x_connection import XConnection

    def seconds_of_a_start() -> float:
        with XConnection(os.environ["DISPLAY"]) as screen:
            screen.watch_windows()
            began = time.monotonic()
            program = subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            try:
                return screen.next_mapped(SMALLEST_WINDOW, PATIENCE_S) - began
            finally:
                program.kill()
                program.wait()

    return seconds_of_a_start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
