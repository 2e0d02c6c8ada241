"""Showing folders of ours in the file manager of the system. GUI thread."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> None:
    """Show a folder that this program made; never anything whose name came from outside."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
