"""What a person may choose for a run, and what is chosen when they do not say. Pure; any process and thread.

Imports nothing heavy: ``--help`` prints these lists and defaults before anything else is loaded.
"""

from typing import Final

from dmdx_desktop.models.term import Term


class RecipeMetal(Term):
    """The metals a picture can be made in; ``as_reference`` leaves the metal as it is in the reference."""

    YELLOW_GOLD = "yellow_gold"
    ROSE_GOLD = "rose_gold"
    WHITE_GOLD = "white_gold"
    PLATINUM = "platinum"
    SILVER = "silver"
    AS_REFERENCE = "as_reference"


class SceneId(Term):
    """Where the piece is shown. Those of ``PAID_ONLY_SCENES`` need an engine that can paint people and places."""

    WHITE = "white"
    SOFT_GREY = "soft_grey"
    BLACK_VELVET = "black_velvet", "Velvet"
    MARBLE = "marble"
    WARM = "warm"
    SLATE = "slate"
    TRANSPARENT = "transparent", "Cut-out"
    LIFESTYLE = "lifestyle"
    ON_HAND = "on_hand"
    WINE = "wine"


PAID_ONLY_SCENES: Final = frozenset({SceneId.LIFESTYLE, SceneId.ON_HAND, SceneId.WINE})


class ShotId(Term):
    """From where the piece is seen; ``as_reference`` keeps the camera of the reference."""

    AS_REFERENCE = "as_reference"
    FRONT = "front"
    THREE_QUARTER = "three_quarter", "Three-quarter"
    SIDE = "side"
    TOP = "top"


class Shape(Term):
    """Width to height of a picture."""

    SQUARE = "1:1", "Square 1:1"
    PORTRAIT = "4:5", "Portrait 4:5"
    LANDSCAPE = "3:2", "Landscape 3:2"
    WIDE = "16:9", "Wide 16:9"


class EngineId(Term):
    """The engines this program brings along. Ids of engines behind a service are plain text."""

    DRAFT = "draft", "Draft, on this computer"


class GroupMode(Term):
    """How imported files become pieces."""

    FILE = "file", "One piece per file"
    FOLDER = "folder", "One piece per folder"
    NAME = "name", "One piece per name, views apart"
    ALL = "all", "Everything is one piece"


DEFAULT_SCENE: Final = SceneId.WHITE
DEFAULT_METAL: Final = RecipeMetal.AS_REFERENCE
DEFAULT_SHOT: Final = ShotId.AS_REFERENCE
DEFAULT_SHAPE: Final = Shape.SQUARE
DEFAULT_SIZE: Final = 1600
DEFAULT_COUNT: Final = 1
DEFAULT_ENGINE: Final = EngineId.DRAFT
DEFAULT_GROUP: Final = GroupMode.FILE

SMALLEST_SIZE: Final = 256
LARGEST_SIZE: Final = 4096
LARGEST_COUNT: Final = 20
