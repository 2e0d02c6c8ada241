"""Shows a file in the system's own file browser. The window's process; the system is asked on a thread of its own."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

PATIENCE_S: Final = 10.0


def reveal_words() -> str:
    """What the button is called on this system."""
    return {"darwin": "Show in Finder", "win32": "Show in Explorer"}.get(sys.platform, "Show in folder")


def reveal_words_when_done() -> str:
    """What the box is called that has this done at the end."""
    words = {"darwin": "Show in Finder when done", "win32": "Show in Explorer when done"}
    return words.get(sys.platform, "Show in folder when done")


def reveal(path: Path) -> None:
    """Show ``path`` where it lies. Returns at once; where no file browser is found nothing happens."""
    threading.Thread(target=_reveal, args=(path,), name="reveal", daemon=True).start()


def reveal_command(path: Path, platform: str = sys.platform) -> tuple[str, ...]:
    """The program that shows ``path``, and its arguments: the file itself where the system can, else its folder."""
    match platform:
        case "darwin":
            return ("open", "-R", str(path))
        case "win32":
            return ("explorer", f"/select,{path}")
        case _:
            return ("xdg-open", str(path.parent))


def _reveal(path: Path) -> None:
    program, *arguments = reveal_command(path)
    found = shutil.which(program)
    if found is None:
        return
    try:
        shown = subprocess.Popen(
            [found, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return
    try:
        shown.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        # Some browsers stay with whoever started them: theirs to end.
        shown.returncode = 0
