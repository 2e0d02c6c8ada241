"""Channels: where exported images go and what each place asks for, as data with a date and a source.

A preset is a file in ``resources/channels``; ``Channel`` is its schema, docs/channels.md its manual. Pure but for
``load_channels``, which reads those files: any process, never the GUI thread.
"""

from datetime import date
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.choosing import unknown_choice
from dmdx_desktop.models.naming import check_template
from dmdx_desktop.models.treatment import SheetPage, Treatment

CHANNELS_FOLDER: Final = "channels"
ORIGINAL: Final = "original"


class Wants(BaseModel):
    """What a channel asks of the images themselves, beyond what the treatment gives them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least_side: int | None = Field(default=None, ge=1, description="pixels of the longer side, below which it refuses")
    square: bool = False
    white: bool = Field(default=False, description="the ground has to be pure white")
    text: bool = Field(default=True, description="whether text on the images, such as a watermark, is allowed")
    drafts: bool = Field(default=True, description="whether computer-made images are welcome at all")


class Channel(BaseModel):
    """One preset. Without ``treatment`` files are written as they are; ``sheet`` puts all images on pages of a PDF."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    order: int = Field(ge=0, le=999)
    name: str = Field(min_length=1, max_length=40)
    summary: str = Field(min_length=1, max_length=60)
    checked_on: date
    source: str = Field(min_length=1, max_length=300)
    note: str = Field(default="", max_length=300)
    template: str
    treatment: Treatment | None = None
    sheet: SheetPage | None = None
    wants: Wants = Wants()

    @field_validator("template")
    @classmethod
    def _names_files(cls, template: str) -> str:
        try:
            check_template(template)
        except UsageError as error:
            raise ValueError(error.message) from error
        return template

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Channel":
        if self.sheet is not None and self.treatment is not None:
            raise ValueError("a channel is files or a sheet, not both")
        return self


def load_channels(resources: Path) -> tuple[Channel, ...]:
    """Every preset, in the order they are shown. Raises ``UsageError`` for a file that is wrong."""
    found = [_read(path) for path in sorted((resources / CHANNELS_FOLDER).glob("*.json"))]
    return tuple(sorted(found, key=lambda channel: (channel.order, channel.id)))


def channel_of(channels: tuple[Channel, ...], channel_id: str) -> Channel:
    """The preset of that id. Raises ``UsageError`` with the nearest possible one."""
    for channel in channels:
        if channel.id == channel_id:
            return channel
    raise unknown_choice("preset", channel_id, [channel.id for channel in channels])


def _read(path: Path) -> Channel:
    try:
        found = Channel.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "The file"
        raise _wrong_file(path, f"{place}: {first['msg'].removeprefix('Value error, ')}") from error
    except OSError as error:
        raise _wrong_file(path, "It cannot be read") from error
    if found.id != path.stem:
        raise _wrong_file(path, f"It says that it is the preset {found.id}")
    return found


def _wrong_file(path: Path, complaint: str) -> UsageError:
    return UsageError(
        "channel_file_wrong",
        f"The export preset {path.stem} cannot be used.",
        f"Its file does not say what a preset must say. {complaint}.",
        "Mend the file as docs/channels.md explains, or install the program anew.",
    )
