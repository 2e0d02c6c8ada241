"""Turning what a person typed into one of the choices there are, or into a sentence that helps them choose.

Pure; any process and thread. Used by the recipe and by the command line.
"""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Final, TypeVar

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.term import Term

C = TypeVar("C", bound=Term)

_LOOKS_LIKE_AN_ID: Final = re.compile(r"[\w:.-]{1,32}", re.ASCII)


def choose(choices: type[C], what: str) -> Callable[[object], C]:
    """A reader of one id of ``choices``; ``what`` names the choice in its errors, as in "scene"."""

    def read(given: object) -> C:
        try:
            return choices(str(given))
        except ValueError:
            raise unknown_choice(what, str(given), [choice.value for choice in choices]) from None

    return read


def choose_all(choices: type[C], what: str) -> Callable[[object], tuple[C, ...]]:
    """A reader of a list of ids of ``choices`` in the order given, each once; an empty list is refused."""
    read = choose(choices, what)

    def read_all(given: object) -> tuple[C, ...]:
        words = [given] if isinstance(given, str) else given
        if not isinstance(words, list | tuple) or not words:
            raise UsageError(
                f"no_{what}",
                f"No {what} is chosen.",
                f"A recipe needs at least one {what}.",
                _listing(what, [choice.value for choice in choices]),
            )
        return tuple(dict.fromkeys(read(word) for word in words))

    return read_all


def within(smallest: int, largest: int, what: str) -> Callable[[object], int]:
    """A reader of a whole number between two bounds, both included."""

    def read(given: object) -> int:
        number = int(given) if isinstance(given, str) and given.strip().isdecimal() else given
        if isinstance(number, bool) or not isinstance(number, int) or not smallest <= number <= largest:
            raise UsageError(
                f"{what}_out_of_bounds",
                f"This {what} is not possible.",
                f"It is a whole number from {smallest} to {largest}.",
                f"Choose a {what} from {smallest} to {largest}.",
            )
        return number

    return read


def unknown_choice(what: str, given: str, allowed: Sequence[str]) -> UsageError:
    """The error for a ``what`` that does not exist: names the allowed ones, and the closest when one is close."""
    # Someone may have typed a path or pasted a key here: only what could be an id is said back.
    named = f"{what.capitalize()} {given}" if _LOOKS_LIKE_AN_ID.fullmatch(given) else f"This {what}"
    close = get_close_matches(given.casefold().replace("-", "_").replace(" ", "_"), allowed, n=1)
    return UsageError(
        f"unknown_{what}",
        f"{named} does not exist.",
        f"Did you mean {close[0]}?" if close else "",
        _listing(what, allowed),
    )


def _listing(what: str, allowed: Sequence[str]) -> str:
    article = "an" if what[:1] in "aeiou" else "a"
    return f"Choose {article} {what} from {', '.join(allowed)}."
