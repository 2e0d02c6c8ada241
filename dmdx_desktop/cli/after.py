"""What is said after a result: what failed, and what is still to be done. Pure; the command line's thread."""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from dmdx_desktop.models.naming import display_name
from dmdx_desktop.models.outcome import Document

# Of things that failed alike, so many are named; a wall of text helps nobody.
NAMED_OF_A_KIND: Final = 8


def counted(number: int, what: str) -> str:
    """A number with its noun: "1 picture", "12 pictures"."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def after_lines(document: Document) -> list[str]:
    """The problems, those that are alike together, and what an earlier command left undone."""
    lines = [line for words, places in _by_words(document).items() for line in _told(words, places)]
    left = document.get("unfinished")
    if isinstance(left, int) and left:
        lines.append(f"Unfinished from before: {counted(left, 'command')}. `dmdx-desktop resume` goes on with it.")
    return lines


def _by_words(document: Document) -> Mapping[str, list[str]]:
    """What the problems befell, by their words, in the order of the first of each kind."""
    places_of: dict[str, list[str]] = {}
    for problem in _problems(document):
        words = display_name(f"{problem['message']} {problem['remedy']}".strip())
        place = display_name(str(problem["path"])) if problem.get("path") else ""
        places_of.setdefault(words, []).append(place)
    return places_of


def _told(words: str, places: list[str]) -> list[str]:
    if len(places) == 1:
        return [f"{places[0]}: {words}" if places[0] else words]
    named = [place for place in places if place]
    lines = [f"{len(places):,} times: {words}", *(f"  {place}" for place in named[:NAMED_OF_A_KIND])]
    if len(named) > NAMED_OF_A_KIND:
        lines.append(f"  and {len(named) - NAMED_OF_A_KIND:,} more, which --json lists")
    return lines


def _problems(document: Document) -> list[dict[str, JsonValue]]:
    problems = document.get("problems")
    return [problem for problem in problems if isinstance(problem, dict)] if isinstance(problems, list) else []
