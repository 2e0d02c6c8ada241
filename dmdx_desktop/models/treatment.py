"""What becomes of an image on its way out: size, shape, ground, format and what its file says. Pure; any process.

A treatment travels whole inside the command that asks for it, so that an export that is resumed does the same.
"""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from dmdx_desktop.models.credit_lengths import LONGEST_CREATOR, LONGEST_RIGHTS
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.watermark import Watermark

SMALLEST_SIDE: Final = 64
LARGEST_SIDE: Final = 8_192
LOWEST_QUALITY: Final = 60
"""Below this a file that is too large is refused, not made worse."""
SHEET_IMAGES: Final = 12
"""How many images are on a page of a contact sheet."""
NEVER_WRITTEN: Final = (
    "where or with which camera a picture was taken",
    "names of people and computers, but for the creator and copyright that you state",
    "folders and file names",
    "prompts",
)
"""What no exported file says, whatever the channel."""


class FileFormat(Term):
    """The formats that images are written in."""

    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    TIFF = "tiff", "TIFF"

    @property
    def ending(self) -> str:
        """The end of its file names."""
        return {FileFormat.JPEG: ".jpg", FileFormat.TIFF: ".tif"}.get(self, f".{self.value}")

    @property
    def is_lossy(self) -> bool:
        """Whether it has a quality."""
        return self in (FileFormat.JPEG, FileFormat.WEBP)

    @property
    def keeps_transparency(self) -> bool:
        """Whether what is transparent stays so."""
        return self is not FileFormat.JPEG


class Ground(Term):
    """What is behind the piece."""

    KEEP = "keep", "As it is"
    WHITE = "white", "Pure white"


class SheetPage(Term):
    """The paper of a contact sheet."""

    A4 = "a4", "A4"
    LETTER = "letter", "Letter"


class MetadataField(Term):
    """What an exported file may say of itself."""

    SOURCE_TYPE = "source_type", "How it was made"
    CREATOR_TOOL = "creator_tool", "Program"
    CREATED = "created", "Date"
    LABEL = "label", "The word Draft"
    TITLE = "title", "Title"
    DESCRIPTION = "description", "Description"


ALWAYS_WRITTEN: Final = frozenset({MetadataField.SOURCE_TYPE, MetadataField.CREATOR_TOOL, MetadataField.LABEL})
"""How an image was made is said in every file: a buyer and a marketplace have a right to know."""


class Treatment(BaseModel):
    """How each image is written.

    ``size`` is the longer side in pixels and ``shape`` width and height in whole numbers; None leaves either as it is.
    ``fill`` is how much of the frame the piece takes up, where its ground is plain. ``max_bytes`` is kept by lowering
    the quality. ``creator`` and ``rights`` are what the user states: whose work it is, and its copyright notice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: FileFormat
    quality: int = Field(default=92, ge=LOWEST_QUALITY, le=100)
    size: int | None = Field(default=None, ge=SMALLEST_SIDE, le=LARGEST_SIDE)
    shape: tuple[Annotated[int, Field(ge=1, le=10_000)], Annotated[int, Field(ge=1, le=10_000)]] | None = None
    enlarge: bool = False
    ground: Ground = Ground.KEEP
    fill: float | None = Field(default=None, ge=0.3, le=1.0)
    max_bytes: int | None = Field(default=None, ge=10_000)
    metadata: tuple[MetadataField, ...] = tuple(MetadataField)
    creator: str = Field(default="", max_length=LONGEST_CREATOR)
    rights: str = Field(default="", max_length=LONGEST_RIGHTS)
    watermark: Watermark | None = None

    @field_validator("creator", "rights")
    @classmethod
    def _can_be_printed(cls, text: str) -> str:
        if not text.isprintable() or text != text.strip():
            raise ValueError("must be one line of plain text, without space around it")
        return text

    @model_validator(mode="after")
    def _says_what_must_be_said(self) -> "Treatment":
        if missing := ALWAYS_WRITTEN - set(self.metadata):
            raise ValueError(f"metadata must name {', '.join(sorted(missing))}")
        if self.shape is not None and max(self.shape) > 4 * min(self.shape):
            raise ValueError("shape is longer than 4:1")
        return self

    def frame(self, width: float, height: float) -> tuple[int, int]:
        """Size in pixels of the file for a window of ``width`` x ``height`` pixels of the image, in the frame's shape.

        Without ``enlarge`` it is never larger than that window.
        """
        if self.size is None:
            return max(1, round(width)), max(1, round(height))
        longer = max(width, height)
        scale = self.size / longer if self.enlarge else min(1.0, self.size / longer)
        return max(1, round(width * scale)), max(1, round(height * scale))
