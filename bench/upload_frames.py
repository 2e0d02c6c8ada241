"""Frames of the window while 500 finished images of 1.5 MB are copied into a bucket: nobody who scrolls notices.

The real window over its real core on a real X server, scrolled and rated in as ``frames`` does it; the store is the
R2-like server of the tests in a process of its own. Judged from the moment copies are turned on until the last one was
verified, with the bounds of ``frames``. The store, which is elsewhere in truth, takes its share of the same processors.
"""

import argparse
import hashlib
import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from bench.filled_library import fill
from bench.frames import IMAGES, LONGEST_S, Seen, judge, scroll
from bench.harness import machine
from bench.linux_processes import processor_seconds, require_linux
from bench.uploads import FILE_BYTES, Store, store_process
from bench.window_stand import pause, until
from devtools.x_server import x_server
from dmdx_desktop.app import Window, build_window
from dmdx_desktop.config import Paths
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.connecting import KeepCopies, ListConnections
from dmdx_desktop.ui.top_bar import Workspace

COPIES: Final = 500


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=COPIES, help=f"images to copy ({COPIES})")
    copies: int = parser.parse_args(arguments).copies
    require_linux()
    print(f"Frames while {copies} images of {FILE_BYTES / 1e6:g} MB are copied\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name, x_server():
        folder = Path(name)
        paths = Paths(folder / "library")
        fill(paths, IMAGES)
        _add_files(paths, copies)
        with store_process(folder / "store") as store:
            _connect(store)
            at_rest, at_work = _measure(paths, store, copies)
    return 0 if judge(at_rest, at_work) else 1


def _add_files(paths: Paths, copies: int) -> None:
    """Give the first images files of their own, whose copies are wanted."""
    chance = random.Random(1)
    with closing(sqlite3.connect(paths.library_db, isolation_level=None)) as connection:
        for key in range(1, copies + 1):
            content = chance.randbytes(FILE_BYTES)
            sha256 = hashlib.sha256(content).hexdigest()
            file = paths.blobs / sha256[:2] / sha256
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            connection.execute("UPDATE output SET sha256 = ?, bytes = ? WHERE key = ?", (sha256, FILE_BYTES, key))
            connection.execute(
                "INSERT INTO bucket_copy (render_key, origin, state, created_at) VALUES (?, '', 'waiting', 0)", (key,)
            )


def _connect(store: Store) -> None:
    """The bucket, for the core of this process's window."""
    os.environ["DMDX_R2_ENDPOINT"], os.environ["DMDX_R2_BUCKET"] = store.endpoint, store.bucket
    os.environ["DMDX_R2_ACCESS_KEY_ID"] = store.access_key_id
    os.environ["DMDX_R2_SECRET_ACCESS_KEY"] = store.secret_access_key


def _measure(paths: Paths, store: Store, copies: int) -> tuple[Seen, Seen]:
    built = build_window(QApplication(["bench"]), paths)
    built.window.show()
    until(lambda: len(built.window.gallery.model.keys) >= IMAGES, "the images")
    built.window.show_workspace(Workspace.GALLERY)
    pause(1.0)
    rest, work = Seen(), Seen()
    scroll(built, rest, lambda: False, seconds=8.0)
    answers: list[Finished | Failed] = []
    built.parts.bridge.send(KeepCopies(on=True), answers.append)
    until(lambda: bool(answers), "copies to be turned on")
    before = processor_seconds(store.process)
    scroll(built, work, lambda: _stored(built) >= copies, seconds=LONGEST_S)
    print(f"{_stored(built)} copied; the store took {processor_seconds(store.process) - before:.1f} s of a processor\n")
    built.window.hide()
    built.close()
    return rest, work


def _stored(built: Window) -> int:
    """How many copies were verified, as the core says."""
    answers: list[Finished | Failed] = []
    built.parts.bridge.send(ListConnections(), answers.append)
    until(lambda: bool(answers), "the core to tell of the copies")
    copies = answers[0].document.get("copies") if isinstance(answers[0], Finished) else None
    stored = copies.get("stored") if isinstance(copies, dict) else None
    if not isinstance(stored, int):
        raise SystemExit("the core did not tell how many copies there are")
    return stored


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
