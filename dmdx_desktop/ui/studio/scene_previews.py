"""The tiles of the scenes show this very piece: small drafts of it, asked for when it stays in view. GUI thread."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from dmdx_desktop.library.piece_view import PieceView
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.gestures import PreviewScenes
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.models.preview_edges import DRAFT_SCENES, scene_edge
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.scene_tiles import SceneTiles

STAYS_MS: Final = 400
"""Who steps through pieces wants to see them, not their scenes."""


class ScenePreviews(QObject):
    """Fills the tiles for the piece in view; without its drafts they show their grounds."""

    def __init__(self, parts: Parts, tiles: SceneTiles) -> None:
        super().__init__(tiles)
        self._parts, self._tiles = parts, tiles
        self._view: PieceView | None = None
        self._asked: str | None = None
        self._staying = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._staying.timeout.connect(self._ask)
        parts.previews.ready.connect(self._on_ready)

    def show_piece(self, view: PieceView | None) -> None:
        """Show the scenes of this piece from now on."""
        self._view = view
        self._show()
        self._staying.start()

    def _ask(self) -> None:
        view = self._view
        ready = view is not None and any(one.ready for one in view.references)
        if view is None or not ready or view.identifying or self._asked == view.id:
            return
        self._asked = view.id
        self._parts.bridge.send(PreviewScenes(job=JobId(view.id)), self._take)

    def _take(self, answer: Finished | Failed) -> None:
        # A piece of which no draft can be made has no previews either, and says so where it is described.
        if isinstance(answer, Finished):
            self._parts.previews.forget_missing()
            self._show()

    def _on_ready(self, sha256: str) -> None:
        if self._view is not None and any(one.sha256 == sha256 for one in self._view.references):
            self._show()

    def _show(self) -> None:
        view = self._view
        shown = None if view is None else next((one.sha256 for one in view.references if one.ready), None)
        for scene in DRAFT_SCENES:
            pixmap = None if shown is None else self._parts.previews.pixmap(shown, scene_edge(scene))
            self._tiles.show_preview(scene, pixmap)
