"""A second start of the window calls the first and hands its files over. The second start's process, main thread.

Needs no Qt, so that a second start is over in the time Python takes. Who may call is decided by the file system: the
socket lies in a folder of this user alone, as that of the core does.
"""

import json
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 4_000_000
MOST_FILES: Final = 10_000
ANSWERS_WITHIN_S: Final = 2.0
HEARD: Final = b"heard\n"


def call_first_window(address: str, files: Sequence[str]) -> bool:
    """Have the window that listens there come to the front and add ``files``. False where none answers."""
    line = json.dumps({"files": list(files)[:MOST_FILES]}).encode() + b"\n"
    try:
        return _call_pipe(address, line) if sys.platform == "win32" else _call_socket(address, line)
    except OSError:
        return False


def files_called_with(line: bytes) -> tuple[str, ...] | None:
    """The files that a later start hands over; None for what no start of ours would say."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return None
    files = document.get("files") if isinstance(document, dict) else None
    if not isinstance(files, list) or len(files) > MOST_FILES:
        return None
    if not all(isinstance(file, str) and file and "\0" not in file and Path(file).is_absolute() for file in files):
        return None
    return tuple(files)


def _call_socket(address: str, line: bytes) -> bool:
    with socket.socket(socket.AF_UNIX) as calling:
        calling.settimeout(ANSWERS_WITHIN_S)
        calling.connect(address)
        calling.sendall(line)
        return calling.recv(len(HEARD)) == HEARD


def _call_pipe(address: str, line: bytes) -> bool:
    with Path(address).open("r+b", buffering=0) as calling:
        calling.write(line)
        return calling.read(len(HEARD)) == HEARD
