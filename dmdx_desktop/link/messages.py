"""What the two ends of the link say to each other: typed, versioned and bounded in size. Any process and thread."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.models.commands import Command
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.models.outcome import ExitCode, exit_code_of

PROTOCOL: Final = 1
MAX_MESSAGE_BYTES: Final = 64_000_000


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Greeting(BaseModel):
    """Greetings are understood by every version, so that two that do not fit together can say so."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Hello(_Greeting):
    """The first word of a client. ``window`` clients hear every change, ``verb`` clients only of their commands."""

    type: Literal["hello"] = "hello"
    protocol: int
    role: Literal["window", "verb"]


class Execute(_Message):
    """Carry out a command. Sent again after a lost connection, it does its work once."""

    type: Literal["execute"] = "execute"
    command: Command


class Finish(_Message):
    """From the window: end when nothing is under way any more, even if I am gone by then."""

    type: Literal["finish"] = "finish"


class KeepRendering(_Message):
    """From the window: I close now; carry what is queued to its end, then end."""

    type: Literal["keep_rendering"] = "keep_rendering"


class Welcome(_Greeting):
    """The answer to a hello; ``process`` is the id of the core's process. Where the versions differ it is the last."""

    type: Literal["welcome"] = "welcome"
    protocol: int
    version: str
    process: int


class Begun(_Message):
    """The core has begun with a command. One that ends before it says so has done nothing about it."""

    type: Literal["begun"] = "begun"
    command: CommandId


class Progress(_Message):
    """How far a command is in its present phase. ``total`` is None while it is still being counted."""

    type: Literal["progress"] = "progress"
    command: CommandId
    phase: str
    done: int
    total: int | None


class Changed(_Message):
    """Rows of a table changed. Empty ``keys`` means more than are worth naming: read the table again."""

    type: Literal["changed"] = "changed"
    table: str
    keys: tuple[int, ...]


class Finished(_Message):
    """A command ended; ``document`` is what its verb prints with --json."""

    type: Literal["finished"] = "finished"
    command: CommandId
    exit_code: ExitCode
    document: dict[str, JsonValue]


class Failed(_Message):
    """A command could not be carried out at all."""

    type: Literal["failed"] = "failed"
    command: CommandId | None
    exit_code: ExitCode
    code: str
    title: str
    detail: str
    remedy: str


ToCore = Annotated[Hello | Execute | Finish | KeepRendering, Field(discriminator="type")]
Answer = Finished | Failed
"""How a command ended."""
FromCore = Annotated[Welcome | Begun | Progress | Changed | Finished | Failed, Field(discriminator="type")]
AnyMessage = Hello | Execute | Finish | KeepRendering | Welcome | Begun | Progress | Changed | Finished | Failed

_TO_CORE: Final[TypeAdapter[ToCore]] = TypeAdapter(ToCore)
_FROM_CORE: Final[TypeAdapter[FromCore]] = TypeAdapter(FromCore)


class LinkError(DmdxError):
    """What arrived over the link is not what was agreed, or the other end is of another version."""


def to_bytes(message: AnyMessage) -> bytes:
    """One message as it travels."""
    raw = message.model_dump_json().encode()
    if len(raw) > MAX_MESSAGE_BYTES:
        raise LinkError(
            "answer_too_long",
            "The answer is too long to hand over.",
            "It is larger than 64 MB.",
            "Ask for fewer at once, for example with --limit.",
        )
    return raw


def read_by_core(raw: bytes) -> ToCore:
    """A message from a client. Raises ``LinkError``."""
    try:
        return _TO_CORE.validate_json(raw)
    except ValidationError as error:
        raise _not_agreed() from error


def read_by_client(raw: bytes) -> FromCore:
    """A message from the core. Raises ``LinkError``."""
    try:
        return _FROM_CORE.validate_json(raw)
    except ValidationError as error:
        raise _not_agreed() from error


def failed(command: CommandId | None, error: DmdxError) -> Failed:
    """The message for a command that could not be carried out."""
    return Failed(
        command=command,
        exit_code=exit_code_of(error),
        code=error.code,
        title=error.title,
        detail=error.detail,
        remedy=error.remedy,
    )


def _not_agreed() -> LinkError:
    return LinkError(
        "link_not_understood",
        "The two parts of DMDX do not understand each other.",
        "They may be of different versions.",
        "Close every window of DMDX Studio, and start it again.",
    )
