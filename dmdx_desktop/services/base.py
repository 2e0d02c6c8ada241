"""What an engine and an analyst are, whoever they are: the protocols every backend fulfils. Core process."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Variant


@dataclass(frozen=True, slots=True)
class PictureAnswer:
    """What a picture operation gave back: plain values, and the bytes of small pictures."""

    values: Mapping[str, object]
    payloads: tuple[bytes, ...]


class PictureCalls(Protocol):
    """Picture operations, carried out where a hostile file can do no harm."""

    async def call(
        self,
        operation: str,
        arguments: Mapping[str, object],
        *,
        seconds: float,
        priority: int = 5,
        affinity: str | None = None,
    ) -> PictureAnswer: ...


@dataclass(frozen=True, slots=True)
class DescribeRequest:
    """One picture to be described; ``sha256`` names its content."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """Everything about one picture to be made. The finished file is written to ``target``.

    ``created_at`` (epoch ms) and ``seed`` come from the render's row, so that the same row gives the same picture
    whenever and however often it is made.
    """

    reference: Path
    reference_sha256: str
    target: Path
    variant: Variant
    piece: Piece
    prompt: str
    seed: int
    created_at: int
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A picture that was made; ``pixels_sha256`` is the hash of its decoded pixels, not of its file."""

    width: int
    height: int
    pixels_sha256: str


class Analyst(Protocol):
    """Something that describes jewellery from a picture."""

    async def describe(self, request: DescribeRequest) -> Piece:
        """The description, each value with its source and confidence. Raises ``DmdxError``."""
        ...


class Engine(Protocol):
    """Something that makes pictures of jewellery."""

    @property
    def id(self) -> str: ...

    async def render(self, request: RenderRequest) -> Rendered:
        """Make the picture. Raises ``DmdxError``."""
        ...
