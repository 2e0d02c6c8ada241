"""What was exported last: the preset and the folder, for the next time. The window's process, GUI thread."""

from typing import Protocol


class RemembersExport(Protocol):
    """Whoever keeps it. ``folder`` is empty where nothing was exported yet."""

    @property
    def preset(self) -> str: ...

    @property
    def folder(self) -> str: ...

    def remember(self, preset: str, folder: str) -> None:
        """Keep this for the next time."""
        ...


class LastExport:
    """Kept for as long as the window is open."""

    def __init__(self) -> None:
        self._preset, self._folder = "", ""

    @property
    def preset(self) -> str:
        """Id of the preset."""
        return self._preset

    @property
    def folder(self) -> str:
        """Where the files went."""
        return self._folder

    def remember(self, preset: str, folder: str) -> None:
        """Keep this for the next time."""
        self._preset, self._folder = preset, folder
