"""What is remembered of how a window is used, and what of a file's words about it can be believed.

Pure values; the window's process.

Plain dataclasses and checks by hand: this is read before the window is shown, and a library that checks values would
take as long to load as all the rest of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from dmdx_desktop.models.credit_lengths import LONGEST_CREATOR, LONGEST_RIGHTS
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.tokens import Appearance

LARGEST_PIXEL: Final = 100_000
LONGEST_NAME: Final = 120
LONGEST_PATH: Final = 4_096
LONGEST_KEY: Final = 40
MOST_KEYS: Final = 4
MOST_PLACES: Final = 16
MOST_SPLITTERS: Final = 32
LARGEST_TILE: Final = 2_000
MOST_FOLDED: Final = 400
K = TypeVar("K")
V = TypeVar("V")


class AppearanceChoice(StrEnum):
    """Dark, light, or as the system is."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"

    @property
    def appearance(self) -> Appearance | None:
        """What the theme is asked for."""
        return None if self is AppearanceChoice.SYSTEM else Appearance(self.value)


class WhenClosing(StrEnum):
    """What becomes of images under way when the window closes."""

    ASK = "ask"
    KEEP_RENDERING = "keep_rendering"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a window stood on a screen, in logical pixels from the screen's corner, and how large it was."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that is remembered."""

    appearance: AppearanceChoice = AppearanceChoice.SYSTEM
    screen: str = ""
    """The screen the window was last on."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """By screen: a window that comes back to a screen stands where it stood there."""
    maximised: bool = False
    splitters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    workspace: int = 0
    surround: str = ""
    """Id of the ground pictures are judged on; empty for the theme's own."""
    tile: int = 0
    """Width of the gallery's tiles; zero is the usual one."""
    folded_images: tuple[str, ...] = ()
    """Marks of the gallery's folded groups, see ``folding_memory``."""
    folded_pieces: tuple[str, ...] = ()
    """The same of the list of pieces."""
    export_folder: str = ""
    export_preset: str = ""
    export_creator: str = ""
    """Whose work exported files say they are."""
    export_rights: str = ""
    """The copyright notice of exported files."""
    own_keys: Mapping[KeyAction, tuple[str, ...]] = field(default_factory=dict)
    letters: bool = True
    when_closing: WhenClosing = WhenClosing.ASK


def believed(values: Mapping[str, object]) -> Preferences:
    """The fields among ``values`` that are what they should be. Unknown ones, of later versions, are left out."""
    good: dict[str, object] = {}
    for name in CHECKS.keys() & values.keys():
        try:
            good[name] = CHECKS[name](values[name])
        except ValueError:
            continue
    return Preferences(**good)  # type: ignore[arg-type]  # each was checked to be what its field holds


def changed(before: Preferences, values: Mapping[str, object]) -> Preferences:
    """``before`` with other values. Raises ``KeyError`` for a field that does not exist, ``ValueError`` for a value."""
    checked = {name: CHECKS[name](value) for name, value in values.items()}
    kept = {each.name: getattr(before, each.name) for each in fields(Preferences)}
    return Preferences(**{**kept, **checked})


def written(preferences: Preferences) -> dict[str, object]:
    """What is not as it is at first, as JSON holds it."""
    usual = asdict(Preferences())
    return {name: value for name, value in asdict(preferences).items() if value != usual[name]}


def _whole(value: object, *, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("not a number of these")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither on nor off")
    return value


def _text(value: object, *, most: int, least: int = 0) -> str:
    if not isinstance(value, str) or not least <= len(value) <= most:
        raise ValueError("not a text of this length")
    return value


def _place(value: object) -> Place:
    parts = asdict(value) if isinstance(value, Place) else value
    if not isinstance(parts, Mapping):
        raise ValueError("not a place")
    return Place(
        _pixel(parts.get("x")), _pixel(parts.get("y")), _length(parts.get("width")), _length(parts.get("height"))
    )


def _several(value: object, each: Callable[[object], V], *, most: int) -> tuple[V, ...]:
    if not isinstance(value, (list, tuple)) or len(value) > most:
        raise ValueError("not a list of this length")
    return tuple(each(one) for one in value)


def _by_name(value: object, key: Callable[[object], K], each: Callable[[object], V], *, most: int) -> dict[K, V]:
    if not isinstance(value, Mapping) or len(value) > most:
        raise ValueError("not so many by their name")
    return {key(name): each(one) for name, one in value.items()}


def _action(value: object) -> KeyAction:
    return KeyAction(_text(value, most=LONGEST_NAME))


_pixel = partial(_whole, least=-LARGEST_PIXEL, most=LARGEST_PIXEL)
_length = partial(_whole, least=1, most=LARGEST_PIXEL)
_part = partial(_whole, least=0, most=LARGEST_PIXEL)
_name = partial(_text, most=LONGEST_NAME)
_key = partial(_text, least=1, most=LONGEST_KEY)
CHECKS: Final[Mapping[str, Callable[[object], object]]] = {
    "appearance": lambda value: AppearanceChoice(_name(value)),
    "screen": _name,
    "places": partial(_by_name, key=_name, each=_place, most=MOST_PLACES),
    "maximised": _switch,
    "splitters": partial(
        _by_name, key=_name, each=partial(_several, each=_part, most=LARGEST_PIXEL), most=MOST_SPLITTERS
    ),
    "workspace": partial(_whole, least=0, most=3),
    "surround": _name,
    "tile": partial(_whole, least=0, most=LARGEST_TILE),
    "folded_images": partial(_several, each=_key, most=MOST_FOLDED),
    "folded_pieces": partial(_several, each=_key, most=MOST_FOLDED),
    "export_folder": partial(_text, most=LONGEST_PATH),
    "export_preset": _name,
    "export_creator": partial(_text, most=LONGEST_CREATOR),
    "export_rights": partial(_text, most=LONGEST_RIGHTS),
    "own_keys": partial(_by_name, key=_action, each=partial(_several, each=_key, most=MOST_KEYS), most=len(KeyAction)),
    "letters": _switch,
    "when_closing": lambda value: WhenClosing(_name(value)),
}
"""By field: what makes of a value what the field holds. Raises ``ValueError``."""
