"""The sample pieces: imported on request, and their drafts made once they were read. GUI thread."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.models.commands import Generate, ImportPaths
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.bridge import CoreBridge

RECIPE: Final = Recipe(scenes=(SceneId.WHITE, SceneId.BLACK_VELVET), metals=(RecipeMetal.AS_REFERENCE,), size=1600)


class SamplePieces(QObject):
    """Makes the window's main job with pieces that are not the user's."""

    def __init__(self, bridge: CoreBridge, resources: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._folder = bridge, resources / "samples"

    def try_out(self) -> None:
        """Import them."""
        self._bridge.send(ImportPaths(paths=(str(self._folder),), finish=True, here=True), self._make_drafts)

    def _make_drafts(self, answer: Finished | Failed) -> None:
        jobs = answer.document.get("jobs") if isinstance(answer, Finished) else None
        listed = jobs if isinstance(jobs, list) else []
        ids = tuple(str(job["id"]) if isinstance(job, dict) else str(job) for job in listed)
        if ids:
            self._bridge.send(Generate(jobs=ids, recipe=RECIPE))
