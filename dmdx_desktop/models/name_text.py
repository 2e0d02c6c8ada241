"""Cutting names into words and finding phrases among them. Pure; any process and thread."""

import re
import unicodedata
from collections.abc import Container, Sequence
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]+")
_CAMEL_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_PHRASE: Final = 4


class Match(NamedTuple):
    """A known phrase, and the range of words it was found in."""

    phrase: str
    start: int
    end: int


def words_of(text: str) -> list[str]:
    """The words of a name, plain and in the singular: "HaloRings_Été" gives halo, ring, ete."""
    return [singular(plain(word)) for word in _WORD.findall(_CAMEL_HUMP.sub(" ", text))]


def plain(word: str) -> str:
    """``word`` in lower case without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def singular(word: str) -> str:
    """``word`` without the ending of an English plural; good for the nouns of the trade, not for all of English."""
    if word.endswith("ches"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        return word[:-1]
    return word


def matches(words: Sequence[str], phrases: Container[str]) -> list[Match]:
    """The known phrases among ``words`` from left to right, the longest first where they overlap."""
    found: list[Match] = []
    place = 0
    while place < len(words):
        match = _longest_at(words, place, phrases)
        if match is None:
            place += 1
        else:
            found.append(match)
            place = match.end
    return found


def _longest_at(words: Sequence[str], start: int, phrases: Container[str]) -> Match | None:
    for end in range(min(start + _LONGEST_PHRASE, len(words)), start, -1):
        phrase = " ".join(words[start:end])
        if phrase in phrases:
            return Match(phrase, start, end)
    return None
