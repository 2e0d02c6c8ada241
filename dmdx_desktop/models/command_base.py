"""What every command is made from. Pure; any process and thread."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from dmdx_desktop.models.ids import CommandId, new_id

MAX_TARGETS: Final = 100_000


def _new_command_id() -> CommandId:
    return CommandId(new_id())


class CommandBase(BaseModel):
    """A command carries its id from the moment it is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: CommandId = Field(default_factory=_new_command_id, max_length=36)
