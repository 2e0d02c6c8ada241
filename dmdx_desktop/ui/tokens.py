"""The colours, sizes and text styles of the window, read from resources/theme/tokens.json. Any thread; pure values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

THEME_FOLDER = "theme"


class Appearance(StrEnum):
    """Dark or light."""

    DARK = "dark"
    LIGHT = "light"


class TextStyle(StrEnum):
    """The text styles there are."""

    CAPTION = "caption"
    BODY = "body"
    LABEL = "label"
    STRONG = "strong"
    SECTION = "section"
    TITLE = "title"
    DISPLAY = "display"
    NUMERAL = "numeral"


@dataclass(frozen=True, slots=True)
class TextMeasure:
    """A text style: sizes in logical pixels, ``weight`` from 400 to 600."""

    px: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Surround:
    """A neutral ground that pictures are judged on."""

    id: str
    name: str
    hex: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything the drawings fix by number."""

    colours: Mapping[Appearance, Mapping[str, str]]
    """By appearance and dotted name, such as ``text.primary``: #RRGGBB."""
    text: Mapping[TextStyle, TextMeasure]
    surrounds: tuple[Surround, ...]
    contrast: Mapping[Appearance, tuple[tuple[str, str, float], ...]]
    """Foreground, background, and the contrast they need."""


def load_tokens(resources: Path) -> Tokens:
    """Read the tokens that come with the program."""
    document = json.loads((resources / THEME_FOLDER / "tokens.json").read_text(encoding="utf-8"))
    return Tokens(
        colours={one: dict(_flat(document["color"][one.value])) for one in Appearance},
        text={
            style: TextMeasure(*(document["type"]["scale"][style.value][key] for key in ("px", "line", "weight")))
            for style in TextStyle
        },
        surrounds=tuple(Surround(one["id"], one["name"], one["hex"]) for one in document["reviewSurrounds"]),
        contrast={
            one: tuple((pair["fg"], pair["bg"], float(pair["min"])) for pair in document["contrast"][one.value])
            for one in Appearance
        },
    )


def _flat(group: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in group.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", str(value)))
    return found
