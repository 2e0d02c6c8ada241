"""A line of text laid over an exported image. Pure; any process."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from dmdx_desktop.models.term import Term

LONGEST_MARK: Final = 60
MARGIN: Final = 0.03
"""How far from the edges it stays, as a share of the shorter side."""


class MarkPlace(Term):
    """Where on the image it stands."""

    BOTTOM_RIGHT = "bottom_right", "Bottom right"
    BOTTOM_LEFT = "bottom_left", "Bottom left"
    TOP_RIGHT = "top_right", "Top right"
    TOP_LEFT = "top_left", "Top left"
    CENTRE = "centre", "Centre"


class Watermark(BaseModel):
    """``size`` is the height of the letters as a share of the shorter side; they shrink where the line is too long."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST_MARK)
    place: MarkPlace = MarkPlace.BOTTOM_RIGHT
    size: float = Field(default=0.04, ge=0.01, le=0.2)
    opacity: float = Field(default=0.5, ge=0.05, le=1.0)

    @field_validator("text")
    @classmethod
    def _can_be_printed(cls, text: str) -> str:
        if not text.isprintable() or text != text.strip():
            raise ValueError("must be one line of plain text, without space around it")
        return text

    def corner(self, frame: tuple[int, int], text: tuple[float, float]) -> tuple[float, float]:
        """Where the upper left corner of a line of the size ``text`` is in an image of the size ``frame``."""
        margin = MARGIN * min(frame)
        if self.place is MarkPlace.CENTRE:
            return (frame[0] - text[0]) / 2, (frame[1] - text[1]) / 2
        left = self.place in (MarkPlace.BOTTOM_LEFT, MarkPlace.TOP_LEFT)
        top = self.place in (MarkPlace.TOP_LEFT, MarkPlace.TOP_RIGHT)
        return margin if left else frame[0] - margin - text[0], margin if top else frame[1] - margin - text[1]
