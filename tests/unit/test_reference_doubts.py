"""When no draft is made of a reference, and what is said then."""

import pytest

from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.reference_doubts import doubt_about
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.models.vocabulary import JewelleryType, PictureWarning, Subtype

UNKNOWN = Piece()
SET = Piece(type=Sourced[JewelleryType](value=JewelleryType.SET, confidence=0.9, source=Source.FILENAME))


def _code(*warnings: PictureWarning, piece: Piece = UNKNOWN, longest_side: int = 1200, size: int = 1600) -> str:
    doubt = doubt_about(Piece(warnings=warnings), piece, longest_side, size)
    return "" if doubt is None else doubt.code


@pytest.mark.parametrize(
    ("warning", "code"),
    [
        (PictureWarning.UNSURE_OUTLINE, "check_cut_out"),
        (PictureWarning.HAND_OR_FACE, "hand_or_face"),
        (PictureWarning.CROPPED, "piece_cut_off"),
        (PictureWarning.SEVERAL_PIECES, "several_pieces"),
        (PictureWarning.BLURRED, ""),
        (PictureWarning.SMALL, ""),
        (PictureWarning.TOO_DARK, ""),
        (PictureWarning.NO_METAL_COLOUR, ""),
        (PictureWarning.NO_PIECE, ""),
    ],
)
def test_doubt_about_a_reference_with_one_warning(warning: PictureWarning, code: str) -> None:
    assert _code(warning) == code


def test_doubt_about_a_reference_without_warnings_is_none() -> None:
    assert _code() == ""


def test_doubt_about_a_hand_explains_its_unsure_outline() -> None:
    assert _code(PictureWarning.UNSURE_OUTLINE, PictureWarning.HAND_OR_FACE) == "hand_or_face"


def test_doubt_about_several_pieces_is_none_for_a_set() -> None:
    assert _code(PictureWarning.SEVERAL_PIECES, piece=SET) == ""


def _of(kind: JewelleryType, **facts: object) -> Piece:
    return Piece.model_validate({"type": Sourced[JewelleryType](value=kind, confidence=0.9), **facts})


@pytest.mark.parametrize(
    ("piece", "are_alike", "code"),
    [
        (UNKNOWN, True, ""),
        (UNKNOWN, False, "several_pieces"),
        (_of(JewelleryType.RING), True, "several_pieces"),
        (_of(JewelleryType.BROOCH), True, "several_pieces"),
        (_of(JewelleryType.RING, subtype=Sourced[Subtype](value=Subtype.WEDDING_BAND, confidence=0.9)), True, ""),
        (_of(JewelleryType.RING, pieces=Sourced[int](value=2, source=Source.USER)), False, ""),
        (_of(JewelleryType.RING, pieces=Sourced[int](value=2, confidence=0.9)), True, "several_pieces"),
        (_of(JewelleryType.EARRING), False, ""),
        (_of(JewelleryType.BRACELET), False, ""),
        (_of(JewelleryType.NECKLACE), True, ""),
        (_of(JewelleryType.NECKLACE), False, "several_pieces"),
    ],
)  # fmt: skip
def test_doubt_about_two_items_depends_on_what_comes_in_pairs(piece: Piece, are_alike: bool, code: str) -> None:
    warnings = () if are_alike else (PictureWarning.SEVERAL_PIECES,)
    reading = Piece(pieces=Sourced[int | None](value=2, confidence=0.9), warnings=warnings)
    doubt = doubt_about(reading, piece, 1200, 1600)

    assert ("" if doubt is None else doubt.code) == code


def test_doubt_about_three_items_is_not_explained_by_a_pair() -> None:
    reading = Piece(pieces=Sourced[int | None](value=3, confidence=0.9), warnings=(PictureWarning.SEVERAL_PIECES,))

    assert doubt_about(reading, _of(JewelleryType.EARRING), 1200, 1600) is not None


@pytest.mark.parametrize(
    ("longest_side", "size", "code"),
    [(200, 1600, "too_small_for_size"), (200, 800, ""), (400, 1600, ""), (399, 1600, "too_small_for_size")],
)
def test_doubt_about_a_small_reference_depends_on_the_size(longest_side: int, size: int, code: str) -> None:
    assert _code(longest_side=longest_side, size=size) == code


@pytest.mark.parametrize(("longest_side", "offered"), [(200, True), (50, False)])
def test_doubt_about_a_small_reference_offers_only_sizes_there_are(longest_side: int, offered: bool) -> None:
    doubt = doubt_about(UNKNOWN, UNKNOWN, longest_side, 1600)

    assert doubt is not None
    assert (f"--size {4 * longest_side} or less" in doubt.remedy) is offered


@pytest.mark.parametrize("warning", list(PictureWarning))
def test_doubt_about_anything_is_told_in_sentences(warning: PictureWarning) -> None:
    doubt = doubt_about(Piece(warnings=(warning,)), UNKNOWN, 1200, 1600)

    if doubt is not None:
        assert all(text.endswith(".") for text in (doubt.title, doubt.detail, doubt.remedy))
        assert "--even-if-unsure" in doubt.remedy


def test_recipe_without_insistence_is_stored_as_before() -> None:
    assert "even_if_unsure" not in Recipe().model_dump_json()
    assert Recipe.model_validate_json(Recipe(even_if_unsure=True).model_dump_json()).even_if_unsure
