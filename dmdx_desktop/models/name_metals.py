"""The metal and the purity that a name states. Pure; any process and thread."""

import itertools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from dmdx_desktop.models.name_text import Match, matches
from dmdx_desktop.models.name_words import GOLD_COLOURS, METAL_CODES, METAL_WORDS, STAMP_CODES, STONE_NOUNS
from dmdx_desktop.models.vocabulary import CARAT_FINENESS, PURITIES, Metal, Purity

_CODE: Final = re.compile(r"(?<![^\W_])(?:\d{1,2}(?:K|KT|CT))?(YG|RG|WG)(?![^\W_])")
_STAMP: Final = re.compile(r"(pt|pd|ag|s)(\d{3})")
_KARATS: Final = re.compile(r"\b(9|10|14|18|22|24) ?(?:k|kt|karat)(?:[yrwp]g?)?\b")
_CARAT_WORD: Final = re.compile(r"(?:9|10|14|18|22|24)?(?:k|kt|karat)([yrwp]g?)?")
_CARAT_NUMBER: Final = re.compile(r"9|10|14|18|22|24")
# In "10ct" the letters mean gold or the weight of a stone; only gold named right behind them tells.
_CARATS_OF_GOLD: Final = re.compile(r"\b(9|10|14|18|22|24) ?(?:ct|carat)(?:[yrw]g\b| ?(?:[yrw]g|(?:[a-z]+ )?gold)\b)")


class StatedMetal(NamedTuple):
    """What a name states; ``unknown`` where it states nothing or several things. ``spelt_out`` is false for codes."""

    metal: Metal
    purity: Purity
    spelt_out: bool


def read_metal(text: str, words: Sequence[str]) -> StatedMetal:
    """The metal and purity in ``text``, whose words are ``words``."""
    spelt = matches(words, METAL_WORDS)
    stamps = _stamps(words)
    named = {METAL_WORDS[match.phrase] for match in spelt} - {Metal.UNKNOWN}
    coded = {METAL_CODES[code] for code in _CODE.findall(text)} | {metal for metal, _ in stamps}
    if not named:
        coded |= _golds_behind_carats(words)
    metals = named | coded
    metal = metals.pop() if len(metals) == 1 else Metal.UNKNOWN
    purities = _gold_purities(words) | {purity for _, purity in stamps} | _purities_beside(words, spelt, metal)
    purity = purities.pop() if len(purities) == 1 else Purity.UNKNOWN
    return StatedMetal(metal, purity, spelt_out=bool(named))


def is_stamp(word: str) -> bool:
    """Whether a word without separators, such as "PT950", is a stamp or a carat and no article number."""
    plain_word = word.lower().replace("-", "")
    return bool(_stamps([plain_word])) or bool(re.fullmatch(r"k(?:9|10|14|18|22|24)|(?:au|pt|pd|ag)\d{3}", plain_word))


def _golds_behind_carats(words: Sequence[str]) -> set[Metal]:
    """The golds of "18k yellow", "14kw" and "18k_yg"; nothing where the colour is that of a stone."""
    golds = set()
    for place, word in enumerate(words):
        carats = _CARAT_WORD.fullmatch(word)
        before = words[place - 1] if place else ""
        if carats is None or not (word[0].isdigit() or _CARAT_NUMBER.fullmatch(before)):
            continue
        following = [*words[place + 1 : place + 3], "", ""]
        if carats[1]:
            golds.add(GOLD_COLOURS[carats[1]])
        elif following[0] in GOLD_COLOURS and following[1] not in STONE_NOUNS:
            golds.add(GOLD_COLOURS[following[0]])
    return golds


def _stamps(words: Sequence[str]) -> list[tuple[Metal, Purity]]:
    stamps = []
    apart = [f"{one}{other}" for one, other in itertools.pairwise(words) if one in ("pt", "pd", "ag")]
    for word in (*words, *apart):
        stamp = _STAMP.fullmatch(word)
        purity = _purity(STAMP_CODES[stamp[1]], stamp[2]) if stamp else None
        if stamp and purity:
            stamps.append((STAMP_CODES[stamp[1]], purity))
    return stamps


def _gold_purities(words: Sequence[str]) -> set[Purity]:
    text = " ".join(words)
    return {Purity(f"{number}k") for number in (*_KARATS.findall(text), *_CARATS_OF_GOLD.findall(text))}


def _purities_beside(words: Sequence[str], spelt: Sequence[Match], metal: Metal) -> set[Purity]:
    # "925" is a fineness beside the word silver; anywhere else it is a number.
    places = (place for match in spelt for place in range(match.start - 1, match.end + 1))
    beside = [words[place] for place in places if 0 <= place < len(words)]
    purities = {purity for word in beside if (purity := _purity(metal, word)) is not None}
    if metal is Metal.SILVER and "sterling" in words:
        purities.add(Purity.F925)
    return purities


def _purity(metal: Metal, number: str) -> Purity | None:
    if not number.isdecimal():
        return None
    for purity in PURITIES.get(metal, ()):
        if int(number) == CARAT_FINENESS.get(purity) or number == purity:
            return purity
    return None
