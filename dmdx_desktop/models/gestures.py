"""Commands that only a window gives: what a hand does to pieces, images, recipes and collections. Pure; any process."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from dmdx_desktop.models.checklist import CheckItem
from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from dmdx_desktop.models.command_base import MAX_TARGETS, CommandBase
from dmdx_desktop.models.ids import JobId, OutputId, ReferenceId, RenderId
from dmdx_desktop.models.own_prompt import LONGEST_PROMPT
from dmdx_desktop.models.piece import MAX_STONE_GROUPS
from dmdx_desktop.models.recipe import Recipe

LONGEST_NAME: Final = 100
UNDO_MS: Final = 10_000
"""For how long a deletion can be taken back, from the moment it was planned."""
SHA256_PATTERN: Final = r"^[0-9a-f]{64}$"


class MarkImages(CommandBase):
    """Give images stars, a flag, or ticks on the checklist; what is None or not named stays as it is."""

    kind: Literal["mark"] = "mark"
    outputs: tuple[OutputId, ...] = Field(max_length=MAX_TARGETS)
    rating: int | None = Field(default=None, ge=0, le=5)
    flag: Literal["none", "pick", "reject"] | None = None
    checks: dict[CheckItem, bool] = Field(default_factory=dict, max_length=len(CheckItem))


class StatedStone(BaseModel):
    """One group of stones as the user states it: the group it was in the list so far, if any, and what is said of it.

    ``facts`` go by the names of ``Stone``; an empty text takes a number away.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    was: int | None = Field(default=None, ge=0, lt=MAX_STONE_GROUPS)
    facts: dict[str, str] = Field(default_factory=dict, max_length=20)


class DescribePiece(CommandBase):
    """What the user says of a piece: its title, and facts by the names of ``Piece``, which are theirs from then on.

    ``stones`` replaces the whole list of stones. ``withdrawn`` names facts of which nothing is known any more.
    """

    kind: Literal["describe"] = "describe"
    job: JobId
    title: str | None = Field(default=None, min_length=1, max_length=200)
    facts: dict[str, str] = Field(default_factory=dict, max_length=40)
    stones: tuple[StatedStone, ...] | None = Field(default=None, max_length=MAX_STONE_GROUPS)
    withdrawn: tuple[str, ...] = Field(default=(), max_length=40)


class DescribePieces(CommandBase):
    """The same facts said of several pieces at once; ``withdrawn`` names those of which nothing is known any more."""

    kind: Literal["describe_pieces"] = "describe_pieces"
    jobs: tuple[JobId, ...] = Field(max_length=MAX_TARGETS)
    facts: dict[str, str] = Field(default_factory=dict, max_length=40)
    withdrawn: tuple[str, ...] = Field(default=(), max_length=40)


class FormerDescription(BaseModel):
    """What a piece had before the user said something of it: facts by the names of ``Piece``, with their sources."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job: JobId
    title: str | None = Field(default=None, min_length=1, max_length=200)
    facts: dict[str, JsonValue] = Field(default_factory=dict, max_length=40)


class TakeBackDescription(CommandBase):
    """Give pieces the facts and titles again that they had before: what the user said of them is undone."""

    kind: Literal["take_back_description"] = "take_back_description"
    pieces: tuple[FormerDescription, ...] = Field(max_length=MAX_TARGETS)


class CancelRenders(CommandBase):
    """Make no more of what waits of these jobs, or of everything; what is under way is finished.

    An image that is named itself is given up even while it is being made: what comes of it is not kept.
    """

    kind: Literal["cancel"] = "cancel"
    jobs: tuple[JobId, ...] = Field(default=(), max_length=MAX_TARGETS)
    renders: tuple[RenderId, ...] = Field(default=(), max_length=MAX_TARGETS)
    everything: bool = False


class PauseRenders(CommandBase):
    """Begin no further image until told otherwise; what is under way is finished. Not remembered by the core."""

    kind: Literal["pause"] = "pause"
    paused: bool


class RetryRenders(CommandBase):
    """Make these failed images once more, or every failed one; each is planned anew and the failure forgotten."""

    kind: Literal["retry"] = "retry"
    renders: tuple[RenderId, ...] = Field(default=(), max_length=MAX_TARGETS)
    everything: bool = False


class SkipFailures(CommandBase):
    """Forget these failed images, and these problems of pieces of which nothing was made; problems by their keys."""

    kind: Literal["skip"] = "skip"
    renders: tuple[RenderId, ...] = Field(default=(), max_length=MAX_TARGETS)
    problems: tuple[int, ...] = Field(default=(), max_length=MAX_TARGETS)


class ReplacePicture(CommandBase):
    """Another reference takes the place of one: failed images are made from it from then on.

    The one that it replaces stays as the last view of the piece. A piece that is left without a picture goes.
    """

    kind: Literal["replace_picture"] = "replace_picture"
    picture: ReferenceId
    by: ReferenceId


class PlanDeletion(CommandBase):
    """Hide pieces and images at once, until ``CarryOutDeletion`` deletes them or ``UndoDeletion`` brings them back."""

    kind: Literal["plan_deletion"] = "plan_deletion"
    jobs: tuple[JobId, ...] = Field(default=(), max_length=MAX_TARGETS)
    outputs: tuple[OutputId, ...] = Field(default=(), max_length=MAX_TARGETS)


class HoldDeletion(CommandBase):
    """Leave planned deletions as long to be taken back as when they were planned: somebody is looking at the offer."""

    kind: Literal["hold_deletion"] = "hold_deletion"
    purges: tuple[str, ...] = Field(max_length=MAX_TARGETS)


class UndoDeletion(CommandBase):
    """Take planned deletions back."""

    kind: Literal["undo_deletion"] = "undo_deletion"
    purges: tuple[str, ...] = Field(max_length=MAX_TARGETS)


class CarryOutDeletion(CommandBase):
    """Purge what was planned, with every copy, and prove it."""

    kind: Literal["carry_out_deletion"] = "carry_out_deletion"
    purges: tuple[str, ...] = Field(max_length=MAX_TARGETS)


class FormerPiece(BaseModel):
    """A piece that went when its pictures were put into another, as it was known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job: JobId
    key: int = Field(ge=1)
    group_key: str = Field(min_length=1, max_length=10_000)


class MovePictures(CommandBase):
    """References, with the images made from them, become pictures of the piece ``into``, or of a new one.

    With ``again`` that new one is the piece they were once. A piece that is left without a picture goes.
    """

    kind: Literal["move_pictures"] = "move_pictures"
    references: tuple[ReferenceId, ...] = Field(max_length=MAX_TARGETS)
    into: JobId | None = None
    again: FormerPiece | None = None


class KeepRecipe(CommandBase):
    """Keep a recipe under a name, in place of the one of that name; None forgets the name."""

    kind: Literal["keep_recipe"] = "keep_recipe"
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    recipe: Recipe | None = None


class WritePrompt(CommandBase):
    """Keep a prompt that the user wrote for these images of a piece; an empty one gives the made text back."""

    kind: Literal["write_prompt"] = "write_prompt"
    job: JobId
    scene: SceneId
    metal: RecipeMetal
    shot: ShotId
    text: str = Field(max_length=LONGEST_PROMPT)


class ChangeCollection(CommandBase):
    """Put images into a collection, which is made where there is none of the name, or take them out of it.

    ``new_name`` renames it; ``forget`` removes the collection and no image.
    """

    kind: Literal["collection"] = "collection"
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    add: tuple[OutputId, ...] = Field(default=(), max_length=MAX_TARGETS)
    remove: tuple[OutputId, ...] = Field(default=(), max_length=MAX_TARGETS)
    new_name: str | None = Field(default=None, min_length=1, max_length=LONGEST_NAME)
    forget: bool = False


class MakeTiles(CommandBase):
    """Have a picture of the library decoded whole and kept as tiles, so that it can be looked at pixel by pixel."""

    kind: Literal["tiles"] = "tiles"
    sha256: str = Field(pattern=SHA256_PATTERN)


class PreviewScenes(CommandBase):
    """Have small drafts of a piece made in every scene, to choose from; they are previews, not images."""

    kind: Literal["preview_scenes"] = "preview_scenes"
    job: JobId


EDITS: Final = (
    MarkImages,
    DescribePiece,
    DescribePieces,
    TakeBackDescription,
    KeepRecipe,
    WritePrompt,
    ChangeCollection,
    MovePictures,
    PlanDeletion,
    HoldDeletion,
    UndoDeletion,
    CancelRenders,
    RetryRenders,
    SkipFailures,
    ReplacePicture,
)
"""What is one short transaction, and is asked for once: nobody asks again after the window was closed."""

Gesture = (
    MarkImages
    | DescribePiece
    | DescribePieces
    | TakeBackDescription
    | CancelRenders
    | PauseRenders
    | RetryRenders
    | SkipFailures
    | ReplacePicture
    | PlanDeletion
    | HoldDeletion
    | UndoDeletion
    | CarryOutDeletion
    | MovePictures
    | KeepRecipe
    | WritePrompt
    | ChangeCollection
    | MakeTiles
    | PreviewScenes
)
