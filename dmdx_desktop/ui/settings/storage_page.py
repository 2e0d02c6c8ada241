"""Storage and cache: where the library lies and how much room it takes. GUI thread; counting is a thread's."""

from PySide6.QtWidgets import QLineEdit

from dmdx_desktop.config import Paths
from dmdx_desktop.ui.look import Button, Look, Tone, say, text_label
from dmdx_desktop.ui.opening import open_folder
from dmdx_desktop.ui.settings.page import SettingsPage
from dmdx_desktop.ui.storage_sizes import StorageReader, StorageSizes, size_words
from dmdx_desktop.ui.wording import tr


class StoragePage(SettingsPage):
    """Sizes are counted anew whenever the page comes into view."""

    def __init__(self, look: Look, paths: Paths, reader: StorageReader) -> None:
        super().__init__(look, "Storage and cache", "Everything is kept on this computer, in one folder.")
        self._reader = reader
        self.add_section("Library")
        self.folder = QLineEdit(str(paths.basedir))
        self.folder.setReadOnly(True)
        self.folder.setCursorPosition(0)
        self.folder.setAccessibleName(tr("Folder of the library"))
        self.folder.setMinimumWidth(280)
        self.add_row("Folder", self.folder)
        opening = Button(look, "Open folder", icon="folder")
        opening.clicked.connect(lambda: open_folder(paths.basedir))
        self.add_row("", opening)
        self.add_section("Room taken")
        self._pictures, self._library, self._cache, self._logs, self._free = (
            text_label("Counting…", tone=Tone.SECONDARY) for _ in range(5)
        )
        self.add_row("Pictures", self._pictures, detail="References and images")
        self.add_row("Library", self._library, detail="Pieces, recipes, ratings and backups")
        self.add_row("Cache", self._cache, detail="Previews; made anew when they are missing")
        self.add_row("Logs", self._logs, detail="Kept for 30 days, without names or prompts")
        self.add_row("Free on this disk", self._free)
        self.end()
        reader.counted.connect(self._show)

    def show_page(self) -> None:
        self._reader.count()

    def _show(self, sizes: StorageSizes) -> None:
        for label, size in (
            (self._pictures, sizes.pictures),
            (self._library, sizes.library),
            (self._cache, sizes.cache),
            (self._logs, sizes.logs),
            (self._free, sizes.free),
        ):
            say(label, size_words(size) if size else tr("None"))
