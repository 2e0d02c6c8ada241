"""What was exported last: the preset and the folder, for the next time. The window's process, GUI thread."""

from dmdx_desktop.models.treatment import Treatment
from dmdx_desktop.ui.preferences import PreferencesFile


class LastExport:
    """Kept with the preferences. ``folder`` is empty where nothing was exported yet."""

    def __init__(self, preferences: PreferencesFile) -> None:
        self._preferences = preferences

    @property
    def preset(self) -> str:
        """Id of the preset."""
        return self._preferences.now.export_preset

    @property
    def folder(self) -> str:
        """Where the files went."""
        return self._preferences.now.export_folder

    @property
    def creator(self) -> str:
        """Whose work the files say they are."""
        return self._preferences.now.export_creator

    @property
    def rights(self) -> str:
        """The copyright notice of the files."""
        return self._preferences.now.export_rights

    def remember(self, preset: str, folder: str, treatment: Treatment | None = None) -> None:
        """Keep this for the next time."""
        self._preferences.change(export_preset=preset, export_folder=folder)
        if treatment is not None:
            self._preferences.change(export_creator=treatment.creator, export_rights=treatment.rights)
