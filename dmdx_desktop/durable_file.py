"""Small files of ours that are replaced whole. Any process and thread but the GUI's."""

import os
import sys
from pathlib import Path


def replace_durably(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of ``path``, readable by this user alone; a crash leaves the one or the other.

    Raises ``OSError``.
    """
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
