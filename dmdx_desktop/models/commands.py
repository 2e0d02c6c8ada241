"""What the core can be asked to do, as values: each verb of the command line, and the gestures of the window.

Pure; any process and thread. A command carries its id from the moment it is made, so that sending it twice, to a core
that was restarted in between, does its work once.
"""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from dmdx_desktop.models.choices import GroupMode
from dmdx_desktop.models.command_base import MAX_TARGETS, CommandBase
from dmdx_desktop.models.connecting import MOST_MICRO_USD, ConnectionCommand
from dmdx_desktop.models.gestures import Gesture
from dmdx_desktop.models.ids import JobId, OutputId
from dmdx_desktop.models.naming import DEFAULT_TEMPLATE
from dmdx_desktop.models.own_prompt import MAX_OWN_PROMPTS, OwnPrompt
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.treatment import SheetPage, Treatment

DEFAULT_PAGE: Final = 1000
LARGEST_PAGE: Final = 10_000
MOST_LOOKED_AT: Final = 64


class ImportPaths(CommandBase):
    """Bring the pictures of these files and folders into the library.

    With ``finish`` the command also waits until each picture was decoded whole, previewed and read. With ``here`` they
    are read on this computer alone, whatever is connected, until somebody asks for them to be identified again.
    """

    kind: Literal["import"] = "import"
    paths: tuple[str, ...] = Field(max_length=MAX_TARGETS)
    group: GroupMode = GroupMode.FILE
    finish: bool = False
    here: bool = False


class RenderPaths(CommandBase):
    """Import, identify, generate and export in one go; ``to`` is the folder the pictures are written to."""

    kind: Literal["render"] = "render"
    paths: tuple[str, ...] = Field(max_length=MAX_TARGETS)
    to: str
    recipe: Recipe = Recipe()
    group: GroupMode = GroupMode.FILE
    template: str = DEFAULT_TEMPLATE
    most_each_micro_usd: int | None = Field(default=None, ge=0, le=MOST_MICRO_USD)


class Identify(CommandBase):
    """Describe pieces, named by job id or by the path of a picture, which is imported if it is not yet there."""

    kind: Literal["identify"] = "identify"
    targets: tuple[str, ...] = Field(max_length=MAX_TARGETS)


class CutOut(CommandBase):
    """Write the coverage of the piece in one picture as an 8-bit PNG; the library is not touched."""

    kind: Literal["cutout"] = "cutout"
    path: str
    to: str


class Generate(CommandBase):
    """One run of a recipe over these jobs. ``prompts`` are those that the user wrote anew.

    ``most_each_micro_usd`` is the price of one image that the user was shown: none is made for more.
    """

    kind: Literal["generate"] = "generate"
    jobs: tuple[str, ...] = Field(max_length=MAX_TARGETS)
    recipe: Recipe = Recipe()
    prompts: tuple[OwnPrompt, ...] = Field(default=(), max_length=MAX_OWN_PROMPTS)
    most_each_micro_usd: int | None = Field(default=None, ge=0, le=MOST_MICRO_USD)


class ListJobs(CommandBase):
    """A page of jobs, newest first; ``search`` finds words in titles, file names and descriptions."""

    kind: Literal["jobs"] = "jobs"
    search: str = Field(default="", max_length=500)
    after: str | None = None
    limit: int = Field(default=DEFAULT_PAGE, ge=1, le=LARGEST_PAGE)


class ListOutputs(CommandBase):
    """A page of outputs, newest first, of one job or of all."""

    kind: Literal["outputs"] = "outputs"
    job: str | None = None
    after: str | None = None
    limit: int = Field(default=DEFAULT_PAGE, ge=1, le=LARGEST_PAGE)


class ShowJob(CommandBase):
    """Everything about one job."""

    kind: Literal["show"] = "show"
    job: str


class Export(CommandBase):
    """Write finished pictures, named by output or job id, or all of them, into the folder ``to``.

    With ``treatment`` each is written so, with ``sheet`` all together as pages of a PDF, else as they are.
    """

    kind: Literal["export"] = "export"
    targets: tuple[str, ...] = Field(default=(), max_length=MAX_TARGETS)
    everything: bool = False
    to: str
    template: str = DEFAULT_TEMPLATE
    treatment: Treatment | None = None
    sheet: SheetPage | None = None

    @model_validator(mode="after")
    def _is_files_or_a_sheet(self) -> "Export":
        if self.treatment is not None and self.sheet is not None:
            raise ValueError("an export is files or a sheet, not both")
        return self


class LookAtImages(CommandBase):
    """What surrounds the piece in these images, and how large their files become: what a preflight needs to know."""

    kind: Literal["look"] = "look"
    outputs: tuple[OutputId, ...] = Field(max_length=MOST_LOOKED_AT)


class Delete(CommandBase):
    """Purge these jobs, with every copy, and prove it."""

    kind: Literal["delete"] = "delete"
    jobs: tuple[JobId, ...] = Field(max_length=MAX_TARGETS)


class Resume(CommandBase):
    """Carry everything unfinished to its end."""

    kind: Literal["resume"] = "resume"


class Examine(CommandBase):
    """Look for damage in the library; mend it only with ``repair``."""

    kind: Literal["doctor"] = "doctor"
    repair: bool = False


Command = Annotated[
    ImportPaths
    | RenderPaths
    | Identify
    | CutOut
    | Generate
    | ListJobs
    | ListOutputs
    | ShowJob
    | Export
    | LookAtImages
    | Delete
    | Resume
    | Examine
    | ConnectionCommand
    | Gesture,
    Field(discriminator="kind"),
]
