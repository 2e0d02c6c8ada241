"""What the name of a file and the folders around it say about a piece. Pure; any process and thread.

Only what is plain is read: a word with two meanings, or a name that names two types, says nothing. The file's own name
is the best witness, then the folder next to it.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final, TypeVar

from dmdx_desktop.models.name_metals import is_stamp, read_metal
from dmdx_desktop.models.name_text import matches, plain, words_of
from dmdx_desktop.models.name_words import (
    CAMERA_PREFIXES,
    COLLECTION_WORDS,
    PICTURE_WORDS,
    TYPE_CODES,
    TYPE_WORDS,
    VIEW_WORDS,
)
from dmdx_desktop.models.piece import Piece, coherent
from dmdx_desktop.models.sourced import Source, Sourced, unstated
from dmdx_desktop.models.vocabulary import JewelleryType, Metal, Purity, Subtype, View

V = TypeVar("V")

_PLAIN: Final = 0.9
_CODED: Final = 0.7
_FOLDER_TRUST: Final = 0.8
_COLLECTION_TRUST: Final = 0.6
_FOLDERS_READ: Final = 3
_LONGEST_VIEW: Final = 2

_WORD: Final = re.compile(r"[^\W_]+")
_SEGMENT: Final = re.compile(r"(?:(?!_|\.|--|\s-\s).)+", re.DOTALL)
_ARTICLE: Final = re.compile(r"(?<![^\W_])([A-Z]{1,5})-?\d{3,8}[A-Z]?(?![^\W_])")
_LABELLED_ARTICLE: Final = re.compile(r"(?i)(?<![^\W_])(?:sku|ref)[ _.#-]*([A-Z]{0,5}-?\d{3,8}[A-Z]?)(?![^\W_])")
_LETTERS: Final = re.compile(r"[A-Z]+")
_CAMERA_COUNTER: Final = re.compile(r"P\d{7}")


def read_name(folders: Sequence[str], name: str) -> Piece:
    """What a file called ``name`` says, inside ``folders`` from the outermost to the one it lies in.

    Type, sub-type, metal, purity, article number and view, each with the source ``filename``. Of the folders the
    nearest three are read, each trusted less than the one inside it.
    """
    stem = PurePath(name).stem
    view = group_and_view(stem)[1]
    piece = _read_text(stem, trust=1.0)
    if view is not None:
        piece = piece.model_copy(update={"view": _said(view, View.UNKNOWN, _PLAIN)})
    for distance, folder in enumerate(reversed(folders[-_FOLDERS_READ:]), start=1):
        piece = _completed(piece, _read_text(folder, trust=_FOLDER_TRUST**distance))
    return piece


def group_and_view(stem: str) -> tuple[str, View | None]:
    """The part of a file's stem that names the piece, and the view it names, if any.

    "solitaire-ring_top" and "solitaire-ring_side_photo" are two views of "solitaire-ring". A view is a part of its own
    between underscores or dots, or the last word before what says how the picture was made. Compare groups without
    regard to case. A stem that names several views, or nothing else than a view, is its own group.
    """
    segments = list(_SEGMENT.finditer(stem))
    while len(segments) > 1 and all(word in PICTURE_WORDS for word in words_of(segments[-1][0])):
        segments.pop()
    naming = stem[: segments[-1].end()].rstrip() if segments else ""
    views = [(segment, view) for segment in segments if (view := _view_of(words_of(segment[0]))) is not None]
    if len(views) > 1:
        return stem, None
    if views:
        segment = views[0][0]
        group, view = _without(naming, segment.start(), segment.end()), views[0][1]
    else:
        group, view = _split_last_words(naming)
    return group or stem, view


def _view_of(words: Sequence[str]) -> View | None:
    return VIEW_WORDS.get(" ".join(word for word in words if word != "view"))


def _without(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip(" _.-"), text[end:].lstrip(" _.-")
    return f"{before}_{after}" if before and after else before or after


def _split_last_words(naming: str) -> tuple[str, View | None]:
    words = list(_WORD.finditer(naming))
    if words and plain(words[-1][0]) == "view":
        words.pop()
    for length in range(min(_LONGEST_VIEW, len(words) - 1), 0, -1):
        view = VIEW_WORDS.get(" ".join(plain(word[0]) for word in words[-length:]))
        if view is not None:
            return naming[: words[-length].start()].rstrip(" _.-"), view
    return naming, None


def _read_text(text: str, trust: float) -> Piece:
    words = words_of(text)
    type_, subtype, plainness = _read_type(words)
    article = _read_article(text, trust)
    if type_ is JewelleryType.UNKNOWN and article.is_known:
        type_, plainness = _type_of_code(article.value), _CODED
    stated = read_metal(text, words)
    # A brand or a line called after a metal sells others too.
    sure = (_PLAIN if stated.spelt_out else _CODED) * (_COLLECTION_TRUST if COLLECTION_WORDS & set(words) else 1.0)
    return Piece(
        type=_said(type_, JewelleryType.UNKNOWN, plainness * trust),
        subtype=_said(subtype, Subtype.UNKNOWN, plainness * trust),
        metal=_said(stated.metal, Metal.UNKNOWN, sure * trust),
        purity=_said(stated.purity, Purity.UNKNOWN, _PLAIN * trust),
        sku=article,
    )


def _read_type(words: Sequence[str]) -> tuple[JewelleryType, Subtype, float]:
    found = [TYPE_WORDS[match.phrase] for match in matches(words, TYPE_WORDS)]
    types = {word.type for word in found} - {JewelleryType.UNKNOWN}
    if len(types) > 1 and (JewelleryType.SET in types or "set" in words):
        return JewelleryType.SET, Subtype.UNKNOWN, _PLAIN
    if len(types) != 1:
        return JewelleryType.UNKNOWN, Subtype.UNKNOWN, 0.0
    subtypes = {word.subtype for word in found} - {Subtype.UNKNOWN}
    subtype = subtypes.pop() if len(subtypes) == 1 else Subtype.UNKNOWN
    return types.pop(), subtype, max(word.plainness for word in found)


def _type_of_code(article: str) -> JewelleryType:
    letters = _LETTERS.match(article)
    return TYPE_CODES.get(letters[0], JewelleryType.UNKNOWN) if letters else JewelleryType.UNKNOWN


def _read_article(text: str, trust: float) -> Sourced[str]:
    labelled = set(_LABELLED_ARTICLE.findall(text))
    bare = {match[0] for match in _ARTICLE.finditer(text) if not _is_something_else(match)}
    numbers, plainness = (labelled, _PLAIN) if labelled else (bare, _CODED)
    return _said(numbers.pop() if len(numbers) == 1 else "", "", plainness * trust)


def _is_something_else(article: re.Match[str]) -> bool:
    letters = words_of(article[1])[0]
    is_word = letters in TYPE_WORDS or letters in VIEW_WORDS or letters in PICTURE_WORDS
    is_camera = article[1] in CAMERA_PREFIXES or bool(_CAMERA_COUNTER.fullmatch(article[0]))
    return is_word or is_camera or is_stamp(article[0])


def _said(value: V, unknown: V, confidence: float) -> Sourced[V]:
    if value == unknown:
        return unstated(unknown)
    return Sourced[V](value=value, confidence=round(confidence, 3), source=Source.FILENAME)


def _completed(piece: Piece, outer: Piece) -> Piece:
    """``piece`` with what it leaves open taken from ``outer``, where that agrees with what ``piece`` says."""
    filled = {
        name: fact
        for name in ("type", "subtype", "metal", "purity", "sku")
        if not getattr(piece, name).is_known and (fact := getattr(outer, name)).is_known
    }
    return coherent(piece.model_copy(update=filled) if filled else piece)
