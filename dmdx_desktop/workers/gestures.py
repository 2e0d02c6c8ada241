"""Carries out what only a window asks for. Core process, asyncio loop."""

from dmdx_desktop.library.places import Places
from dmdx_desktop.models.gestures import (
    CancelRenders,
    CarryOutDeletion,
    ChangeCollection,
    DescribePiece,
    DescribePieces,
    Gesture,
    HoldDeletion,
    KeepRecipe,
    MakeTiles,
    MarkImages,
    MovePictures,
    PauseRenders,
    PlanDeletion,
    PreviewScenes,
    ReplacePicture,
    RetryRenders,
    SkipFailures,
    TakeBackDescription,
    UndoDeletion,
    WritePrompt,
)
from dmdx_desktop.models.outcome import Outcome, Report
from dmdx_desktop.workers import descriptions, edits, queue_edits, regroup
from dmdx_desktop.workers.closeups import Closeups
from dmdx_desktop.workers.deletions import Deletions
from dmdx_desktop.workers.movers import Movers
from dmdx_desktop.workers.queue_edits import Pause


class Gestures:
    """Knows how each gesture is carried out."""

    def __init__(
        self, places: Places, deletions: Deletions, closeups: Closeups, movers: Movers, pausing: Pause
    ) -> None:
        self._library = places.library
        self._deletions = deletions
        self._closeups = closeups
        self._movers = movers
        self._pausing = pausing

    async def carry_out(self, gesture: Gesture, report: Report) -> Outcome:
        """Carry ``gesture`` out. Raises ``DmdxError`` for one that cannot be."""
        match gesture:
            case MarkImages() | KeepRecipe() | WritePrompt() | ChangeCollection():
                return await edits.carry_out(self._library, gesture)
            case DescribePiece() | DescribePieces() | TakeBackDescription():
                return await descriptions.carry_out(self._library, gesture)
            case CancelRenders():
                return await queue_edits.cancel(self._library, gesture)
            case PauseRenders():
                return await queue_edits.pause(self._library, self._pausing, gesture)
            case RetryRenders():
                outcome = await queue_edits.retry(self._library, gesture)
                self._movers.start()
                return outcome
            case SkipFailures():
                return await queue_edits.skip(self._library, gesture)
            case PlanDeletion():
                return await self._deletions.plan(gesture)
            case HoldDeletion():
                return await self._deletions.hold(gesture)
            case UndoDeletion():
                return await self._deletions.undo(gesture)
            case CarryOutDeletion():
                return await self._deletions.carry_out(gesture, report)
            case MovePictures():
                return await regroup.carry_out(self._library, gesture)
            case ReplacePicture():
                return await regroup.replace(self._library, gesture)
            case MakeTiles():
                return await self._closeups.make_tiles(gesture)
            case PreviewScenes():
                return await self._closeups.preview_scenes(gesture)
