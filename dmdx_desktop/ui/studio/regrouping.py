"""Puts pieces together and takes them apart, with undo; renames them. GUI thread.

Taking back gives each piece its pictures, its name, what a person said of it and the prompts written for it. It is the
very piece it was, in its old place; what was in two pieces, the very same picture, stays once.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from dmdx_desktop.library.piece_pictures import PicturesOfPiece, pictures_of, pictures_of_keys
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.gestures import LONGEST_NAME, DescribePiece, MovePictures, WritePrompt
from dmdx_desktop.models.ids import JobId, ReferenceId
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.wording import tr

Pictures = tuple[ReferenceId, ...]


class Regrouping(QObject):
    """What a hand does to the pieces themselves."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts

    def put_together(self, keys: Sequence[int], into: int) -> None:
        """The pictures of these pieces become pictures of the piece ``into``."""
        others = [key for key in dict.fromkeys(keys) if key != into]
        if others:
            self._parts.source.ask(self, partial(pictures_of, keys=[into, *others]), partial(self._put, into))

    def move_views(self, references: Sequence[int], into: int | None) -> None:
        """Pictures become pictures of another piece, or, for None, each a piece of its own."""
        if references:
            self._parts.source.ask(self, partial(pictures_of_keys, keys=references), partial(self._move_views, into))

    def take_apart(self, key: int) -> None:
        """Every picture of a piece becomes a piece of its own; the first stays."""
        self._parts.source.ask(self, partial(pictures_of, keys=[key]), self._apart)

    def rename(self, job: str, before: str, title: str) -> None:
        """Call a piece ``title``."""
        title = title.strip()[: 2 * LONGEST_NAME]
        if title and title != before:
            self._parts.history.push(_Renaming(self._parts, JobId(job), before, title))

    def _put(self, into: int, pieces: list[PicturesOfPiece]) -> None:
        if len(pieces) > 1 and pieces[0].key == into:
            self._parts.history.push(_PuttingTogether(self._parts, pieces[0].id, pieces[1:]))

    def _apart(self, pieces: list[PicturesOfPiece]) -> None:
        if pieces and len(pieces[0].pictures) > 1:
            self._parts.history.push(_TakingApart(self._parts, pieces[0].id, pieces[0].pictures[1:]))

    def _move_views(self, into: int | None, moving: list[tuple[ReferenceId, int]]) -> None:
        keys = list(dict.fromkeys(key for _, key in moving if key != into))
        if keys:
            wanted = keys if into is None else [into, *keys]
            self._parts.source.ask(self, partial(pictures_of, keys=wanted), partial(self._move, into, moving))

    def _move(self, into: int | None, moving: list[tuple[ReferenceId, int]], pieces: list[PicturesOfPiece]) -> None:
        for piece in pieces:
            pictures = tuple(picture for picture, key in moving if key == piece.key)
            if piece.key == into or not pictures:
                continue
            if into is None:
                if len(piece.pictures) > 1:
                    self._parts.history.push(_TakingApart(self._parts, piece.id, pictures))
            elif pieces[0].key == into and len(pictures) == len(piece.pictures):
                self._parts.history.push(_PuttingTogether(self._parts, pieces[0].id, [piece]))
            elif pieces[0].key == into:
                self._parts.history.push(_MovingViews(self._parts, piece.id, pieces[0].id, pictures))


class _PuttingTogether(QUndoCommand):
    def __init__(self, parts: Parts, into: JobId, others: Sequence[PicturesOfPiece]) -> None:
        super().__init__(tr("Put together"))
        self._parts, self._into, self._others = parts, into, tuple(others)

    def redo(self) -> None:
        pictures = tuple(picture for piece in self._others for picture in piece.pictures)
        self._parts.bridge.send(MovePictures(references=pictures, into=self._into))

    def undo(self) -> None:
        for piece in self._others:
            moving = MovePictures(references=piece.pictures, again=piece.former)
            self._parts.bridge.send(moving, partial(self._describe, piece))

    def _describe(self, piece: PicturesOfPiece, answer: Finished | Failed) -> None:
        job = answer.document.get("job") if isinstance(answer, Finished) else None
        if isinstance(job, str):
            self._parts.bridge.send(piece.describe(JobId(job)))
            for one in piece.prompts:
                self._parts.bridge.send(
                    WritePrompt(job=JobId(job), scene=one.scene, metal=one.metal, shot=one.shot, text=one.text)
                )


class _TakingApart(QUndoCommand):
    def __init__(self, parts: Parts, whole: JobId, pictures: Pictures) -> None:
        super().__init__(tr("Take apart"))
        self._parts, self._whole, self._pictures = parts, whole, pictures

    def redo(self) -> None:
        for picture in self._pictures:
            self._parts.bridge.send(MovePictures(references=(picture,)))

    def undo(self) -> None:
        self._parts.bridge.send(MovePictures(references=self._pictures, into=self._whole))


class _MovingViews(QUndoCommand):
    def __init__(self, parts: Parts, before: JobId, after: JobId, pictures: Pictures) -> None:
        super().__init__(tr("Put together"))
        self._parts, self._before, self._after, self._pictures = parts, before, after, pictures

    def redo(self) -> None:
        self._parts.bridge.send(MovePictures(references=self._pictures, into=self._after))

    def undo(self) -> None:
        self._parts.bridge.send(MovePictures(references=self._pictures, into=self._before))


class _Renaming(QUndoCommand):
    def __init__(self, parts: Parts, job: JobId, before: str, after: str) -> None:
        super().__init__(tr("Rename"))
        self._parts, self._job, self._before, self._after = parts, job, before, after

    def redo(self) -> None:
        self._parts.bridge.send(DescribePiece(job=self._job, title=self._after))

    def undo(self) -> None:
        self._parts.bridge.send(DescribePiece(job=self._job, title=self._before))
