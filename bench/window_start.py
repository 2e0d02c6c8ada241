"""Start of the window with 100,000 images, until it can be used, against viewers that show a folder of twenty.

Ours begins with the start of the process and ends when the gallery was painted with every preview in view and has
answered a key; the core starts meanwhile, as always. The peer is the fastest of geeqie, gthumb and qimgv that is
installed, from the start of its process to the moment its window is mapped, which is less than being usable. Gate: at
most 0.15 s more, the median over the rounds.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from devtools.x_connection import XConnection
from devtools.x_server import x_server
from dmdx_desktop.config import Paths

IMAGES: Final = 100_000
PEERS: Final = ("qimgv", "geeqie", "gthumb")
FOLDER_OF: Final = 20
SAMPLES: Final = Path(__file__).resolve().parent.parent / "resources" / "samples"
GATE: Final = Gate(Relation.DIFFERENCE, at_most=0.15)
PATIENCE_S: Final = 30.0
SMALLEST_WINDOW: Final = 200


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--probe"]:
        return _probe(Paths(Path(arguments[1])))
    rounds = rounds_from(arguments, __doc__ or "")
    from bench.filled_library import fill

    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name, x_server():
        folder = Path(name)
        fill(Paths(folder / "library"), IMAGES)
        pictures = _pictures(folder / "pictures")
        peers = {peer: _mapped([peer, str(pictures)], folder) for peer in PEERS if shutil.which(peer)}
        if not peers:
            raise SystemExit(f"None of the peers is installed: {', '.join(PEERS)}.")
        first = {peer: min(start() for _ in range(3)) for peer, start in peers.items()}
        fastest = min(first, key=lambda peer: first[peer])
        print("peers, best of three:", ", ".join(f"{peer} {taken:.3f} s" for peer, taken in first.items()))
        held = judge(
            Comparison(
                f"Start of the window with {IMAGES:,} images",
                ("the window", lambda: _usable(folder / "library")),
                (fastest, peers[fastest]),
                "seconds",
                GATE,
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


def _usable(library: Path) -> float:
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.window_start", "--probe", str(library)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE_S).stdout
    return float(said.split()[-1]) - began


def _mapped(command: Sequence[str], home: Path) -> Callable[[], float]:
    """Seconds from the start of a program until its window is mapped; its settings are kept out of the user's."""
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}

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


def _probe(paths: Paths) -> int:
    """Be the program, on its gallery, and say at which moment it could be used."""
    from PySide6.QtCore import QCoreApplication, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from dmdx_desktop.app import build_window
    from dmdx_desktop.ui.top_bar import Workspace

    application = QApplication(["bench"])
    built = build_window(application, paths)
    gallery = built.window.gallery
    built.window.show()
    built.window.show_workspace(Workspace.GALLERY)
    looking = QTimer(interval=1)

    def look() -> None:
        rows = gallery.grid.cells_in_view()
        cards = [gallery.model.known(gallery.model.keys[row]) for row in rows] if gallery.model.keys else []
        if not cards or not all(card and built.parts.previews.has(card.sha256) for card in cards):
            return
        if not gallery.grid.currentIndex().isValid():
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
                QCoreApplication.sendEvent(gallery.grid, event)
            gallery.grid.viewport().repaint()
        looking.stop()
        sys.stdout.write(f"{time.monotonic()}\n")
        sys.stdout.flush()
        application.quit()

    looking.timeout.connect(look)
    looking.start()
    application.exec()
    built.window.hide()
    built.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
