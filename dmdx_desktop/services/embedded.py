"""The engines on the designer's own machine: they need no account and no network. Core process, asyncio loop.

The work itself happens in picture processes; here it is asked for, and the answers are checked.
"""

from pydantic import ValidationError

from dmdx_desktop.errors import PictureError
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.services.base import DescribeRequest, PictureCalls, Rendered, RenderRequest

DESCRIBE_SECONDS = 20.0
# The largest draft takes a few seconds; on a machine with other work to do it may take many more.
RENDER_SECONDS = 120.0


class EmbeddedAnalyst:
    """Describes by measuring: kind, background, metal tone, stones' colours."""

    def __init__(self, pictures: PictureCalls) -> None:
        self._pictures = pictures

    async def describe(self, request: DescribeRequest) -> Piece:
        answer = await self._pictures.call(
            "measure",
            {"path": str(request.path), "sha256": request.sha256},
            seconds=DESCRIBE_SECONDS,
            affinity=request.sha256,
        )
        try:
            return Piece.model_validate(answer.values.get("piece"))
        except ValidationError as error:
            raise _nonsense() from error


class EmbeddedEngine:
    """Makes drafts: the piece cut out of its reference, in the metal asked for, on the scene asked for."""

    id = EngineId.DRAFT.value

    def __init__(self, pictures: PictureCalls) -> None:
        self._pictures = pictures

    async def render(self, request: RenderRequest) -> Rendered:
        arguments = {
            "path": str(request.reference),
            "sha256": request.reference_sha256,
            "to": str(request.target),
            "variant": request.variant.model_dump(mode="json"),
            "piece": request.piece.model_dump(mode="json"),
            "seed": request.seed,
            "created_at": request.created_at,
            "title": request.title,
        }
        answer = await self._pictures.call(
            "draft", arguments, seconds=RENDER_SECONDS, affinity=request.reference_sha256
        )
        width, height = answer.values.get("width"), answer.values.get("height")
        pixels = answer.values.get("pixels_sha256")
        if not isinstance(width, int) or not isinstance(height, int) or not isinstance(pixels, str):
            raise _nonsense()
        return Rendered(width=width, height=height, pixels_sha256=pixels)


def _nonsense() -> PictureError:
    return PictureError(
        "picture_process_died",
        "This picture could not be worked on safely.",
        "The process that had it open answered nonsense.",
        "Open it in another program, save a copy as PNG, and add that one.",
    )
