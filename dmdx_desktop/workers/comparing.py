"""Compares finished pictures of paid engines with their references. Core process, asyncio loop.

Outline and metal are measured on this computer, where the picture shows nothing but the piece; where a vision model
reads pieces, it fills in the same form about the finished picture. It is a help: where it cannot be done, nothing is
said.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from pydantic import ValidationError

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import agreements, jobs, outputs, references, renders
from dmdx_desktop.library.agreements import ComparisonRow
from dmdx_desktop.library.database import Connection
from dmdx_desktop.library.places import Places
from dmdx_desktop.models.agreement import Measured, compared, overall
from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from dmdx_desktop.models.piece import Piece, combine
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.asking import Asking
from dmdx_desktop.workers.pools import PictureProcessError

SECONDS: Final = 40.0
WITH_OTHER_THINGS: Final = frozenset({SceneId.ON_HAND, SceneId.LIFESTYLE})
"""A hand has an outline and a colour too: what is measured of a whole picture says nothing of the piece in these."""


@dataclass(frozen=True, slots=True)
class _Pair:
    output_sha256: str
    reference_sha256: str
    piece: Piece
    metal: RecipeMetal
    same_view: bool
    shows_piece_alone: bool


class Comparing:
    """Carries out comparisons."""

    def __init__(self, places: Places, pictures: PictureCalls, asking: Asking) -> None:
        self._library = places.library
        self._blobs = places.blobs
        self._pictures = pictures
        self._asking = asking

    def waiting(self, connection: Connection, busy: Collection[int], limit: int) -> Sequence[ComparisonRow]:
        """The next comparisons."""
        return agreements.waiting(connection, limit, busy)

    async def carry_out(self, comparison: ComparisonRow) -> None:
        """Compare, and store what it comes to. Raises ``DmdxError``."""
        pair = await self._library.read(partial(_pair_of, output_key=comparison.output_key))
        if pair is None:
            await self._library.write(partial(agreements.give_up, comparison=comparison, crashed=False))
            return
        measured, found = await self._measure(pair)
        seen, read_by = await self._seen(pair, found)
        fields = compared(pair.piece, seen, pair.metal, measured)
        await self._library.write(
            partial(agreements.store, comparison=comparison, verdict=overall(fields), fields=fields, read_by=read_by)
        )

    async def fail(self, comparison: ComparisonRow, error: DmdxError) -> None:
        """Nothing is said of this picture."""
        crashed = isinstance(error, PictureProcessError)
        await self._library.write(partial(agreements.give_up, comparison=comparison, crashed=crashed))

    async def _measure(self, pair: _Pair) -> tuple[Measured, Piece]:
        """What this computer measures of the two pictures, and what it sees in the finished one."""
        if not pair.shows_piece_alone:
            return Measured(), Piece()
        answer = await self._pictures.call(
            "compare",
            {
                "path": str(self._blobs.path_of(pair.reference_sha256)),
                "sha256": pair.reference_sha256,
                "output": str(self._blobs.path_of(pair.output_sha256)),
                "output_sha256": pair.output_sha256,
                "metal": pair.metal.value,
                "same_view": pair.same_view,
            },
            seconds=SECONDS,
            priority=20,
            affinity=pair.reference_sha256,
        )
        measured = Measured.model_validate(
            {name: answer.values.get(name) for name in ("outline", "metal", "confidence")}
        )
        with suppress(ValidationError):
            return measured, Piece.model_validate(answer.values.get("piece"))
        return measured, Piece()

    async def _seen(self, pair: _Pair, seen: Piece) -> tuple[Piece, str | None]:
        """What is seen in the finished picture, and which model looked as well."""
        if not self._asking.is_on:
            return seen, None
        try:
            reading, model = await self._asking.ask_about(pair.output_sha256)
        except DmdxError:
            return seen, None
        return combine(seen, reading), model


def _pair_of(connection: Connection, output_key: int) -> _Pair | None:
    output = next(iter(outputs.of_keys(connection, [output_key])), None)
    render = None if output is None else renders.find(connection, output.render_key)
    reference = None if render is None else references.find(connection, render.reference_key)
    if output is None or render is None or reference is None:
        return None
    return _Pair(
        output_sha256=output.sha256,
        reference_sha256=reference.sha256,
        piece=Piece.model_validate_json(jobs.get(connection, output.job_key).piece),
        metal=RecipeMetal(output.metal),
        same_view=output.shot == ShotId.AS_REFERENCE,
        shows_piece_alone=output.scene not in WITH_OTHER_THINGS,
    )
