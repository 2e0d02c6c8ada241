"""Pieces: facts with sources, and how descriptions become one."""

from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dmdx_desktop.models.piece import Box, Piece, Stone, coherent, combine
from dmdx_desktop.models.sourced import Source, Sourced, said_by_user, stronger, unstated
from dmdx_desktop.models.vocabulary import (
    Background,
    CutStyle,
    JewelleryType,
    Kind,
    Metal,
    Origin,
    PictureWarning,
    Purity,
    Species,
    StoneColour,
    StoneRole,
    StoneShape,
    Subtype,
    View,
)

V = TypeVar("V")

READERS = [source for source in Source if source is not Source.USER]


def facts(values: st.SearchStrategy[V], sources: Sequence[Source]) -> st.SearchStrategy[Sourced[V]]:
    return st.builds(
        Sourced,
        value=values,
        confidence=st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]),
        source=st.sampled_from(sources),
        note=st.sampled_from(["", "words"]),
    )


def stones(sources: Sequence[Source]) -> st.SearchStrategy[Stone]:
    return st.builds(
        Stone,
        species=facts(st.sampled_from([Species.UNKNOWN, Species.RUBY, Species.DIAMOND]), sources),
        colour=facts(st.sampled_from([StoneColour.UNKNOWN, StoneColour.RED]), sources),
        shape=facts(st.sampled_from([StoneShape.UNKNOWN, StoneShape.ROUND]), sources),
        cut_style=facts(st.sampled_from([CutStyle.UNKNOWN, CutStyle.STEP]), sources),
        origin=facts(st.sampled_from(Origin), sources),
        role=facts(st.sampled_from([StoneRole.UNKNOWN, StoneRole.CENTRE]), sources),
        count=facts(st.none() | st.integers(1, 3), sources),
        size_mm=facts(st.none() | st.sampled_from([1.5, 6.0]), sources),
    )


def pieces(sources: Sequence[Source]) -> st.SearchStrategy[Piece]:
    return st.builds(
        Piece,
        kind=facts(st.sampled_from(Kind), sources),
        type=facts(st.sampled_from([JewelleryType.UNKNOWN, JewelleryType.RING, JewelleryType.EARRING]), sources),
        subtype=facts(st.sampled_from([Subtype.UNKNOWN, Subtype.HALO, Subtype.HOOP]), sources),
        metal=facts(st.sampled_from([Metal.UNKNOWN, Metal.SILVER, Metal.YELLOW_GOLD]), sources),
        purity=facts(st.sampled_from([Purity.UNKNOWN, Purity.F925, Purity.K18]), sources),
        background=facts(st.sampled_from(Background), sources),
        view=facts(st.sampled_from(View), sources),
        title=facts(st.sampled_from(["", "Ring"]), sources),
        pieces=facts(st.none() | st.integers(1, 2), sources),
        stones=st.lists(stones(sources), max_size=2).map(tuple),
        warnings=st.lists(st.sampled_from(PictureWarning), max_size=3).map(tuple),
    )


READINGS = pieces(READERS)
PIECES = pieces(list(Source))


def test_piece_without_facts_is_unknown_throughout() -> None:
    piece = Piece()
    single = [value for name, value in piece if isinstance(value, Sourced)]
    assert len(single) >= 14
    assert not any(fact.is_known or fact.confidence for fact in single)


def test_sourced_json_is_value_confidence_and_source() -> None:
    fact = Sourced[Metal](value=Metal.SILVER, confidence=0.5, source=Source.VISION)
    assert fact.model_dump(mode="json") == {"value": "silver", "confidence": 0.5, "source": "vision"}
    noted = said_by_user(Metal.OTHER, note="meteorite")
    assert noted.model_dump(mode="json")["note"] == "meteorite"


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan"), float("inf")])
def test_sourced_confidence_outside_its_scale_is_refused(confidence: float) -> None:
    with pytest.raises(ValidationError):
        Sourced[Metal](value=Metal.SILVER, confidence=confidence)


@given(piece=PIECES)
def test_piece_written_and_read_is_the_same(piece: Piece) -> None:
    assert Piece.model_validate(piece.model_dump(mode="json")) == piece
    assert Piece.model_validate_json(piece.model_dump_json()) == piece


@given(stone=stones(list(Source)))
def test_stone_origin_is_unknown_unless_a_person_said_it(stone: Stone) -> None:
    assert stone.origin.source.is_person or stone.origin == unstated(Origin.UNKNOWN)


@pytest.mark.parametrize(
    ("field", "value"),
    [("count", 0), ("count", 10_001), ("prongs", 0), ("prongs", 49), ("size_mm", 0.0), ("size_mm", 1e9)],
)
def test_stone_impossible_measure_is_refused(field: str, value: float) -> None:
    with pytest.raises(ValidationError):
        Stone.model_validate({field: {"value": value, "confidence": 1.0, "source": "user"}})


@given(first=READINGS, second=READINGS, third=READINGS)
def test_combine_readings_in_any_order_gives_the_same(first: Piece, second: Piece, third: Piece) -> None:
    assert combine(first, second) == combine(second, first)
    assert combine(combine(first, second), third) == combine(first, combine(second, third))


@given(current=PIECES, incoming=PIECES)
def test_combine_the_same_again_changes_nothing(current: Piece, incoming: Piece) -> None:
    once = combine(current, incoming)
    assert combine(once, incoming) == once
    assert combine(current, incoming) == once


@given(piece=PIECES)
def test_combine_with_nothing_keeps_every_known_fact(piece: Piece) -> None:
    merged = combine(piece, Piece())
    for name, fact in piece:
        if isinstance(fact, Sourced) and fact.is_known:
            assert getattr(merged, name) == fact
    assert merged.stones == piece.stones


@given(piece=PIECES, readings=st.lists(READINGS, max_size=3))
def test_combine_no_reading_ever_overwrites_the_user(piece: Piece, readings: list[Piece]) -> None:
    merged = piece
    for reading in readings:
        merged = combine(merged, reading)
    for name, fact in piece:
        if isinstance(fact, Sourced) and fact.source is Source.USER:
            assert getattr(merged, name) == fact
    if piece.user_owns_stones:
        assert merged.stones == piece.stones


@given(reading=READINGS)
def test_combine_stones_the_user_emptied_stay_away(reading: Piece) -> None:
    emptied = combine(reading, Piece(stones_edited=True))
    assert combine(emptied, reading).stones == ()


def test_combine_user_changes_an_earlier_fact_of_theirs() -> None:
    earlier = Piece(metal=said_by_user(Metal.SILVER))
    later = Piece(metal=said_by_user(Metal.UNKNOWN))
    assert combine(earlier, later).metal.value is Metal.UNKNOWN
    assert combine(later, earlier).metal.value is Metal.SILVER


def test_stronger_list_of_the_user_beats_a_surer_reading() -> None:
    listed = Sourced[Metal](value=Metal.SILVER, confidence=0.5, source=Source.CSV)
    read = Sourced[Metal](value=Metal.PLATINUM, confidence=1.0, source=Source.VISION)
    assert stronger(read, listed) == listed


def test_stronger_surer_reading_beats_the_better_witness() -> None:
    named = Sourced[Metal](value=Metal.SILVER, confidence=0.9, source=Source.FILENAME)
    seen = Sourced[Metal](value=Metal.PLATINUM, confidence=0.6, source=Source.VISION)
    assert stronger(seen, named) == named


def test_stronger_equally_sure_readings_are_decided_by_the_witness() -> None:
    measured = Sourced[Metal](value=Metal.SILVER, confidence=0.6, source=Source.MEASURED)
    seen = Sourced[Metal](value=Metal.PLATINUM, confidence=0.6, source=Source.VISION)
    assert stronger(seen, measured) == seen


@pytest.mark.parametrize(("plainness", "believed"), [(0.9, Source.FILENAME), (0.7, Source.MEASURED)])
def test_stronger_name_of_a_file_beats_the_surest_measurement_only_where_it_is_plain(
    plainness: float, believed: Source
) -> None:
    measured = Sourced[Metal](value=Metal.ROSE_GOLD, confidence=0.99, source=Source.MEASURED)
    named = Sourced[Metal](value=Metal.YELLOW_GOLD, confidence=plainness, source=Source.FILENAME)

    assert stronger(measured, named).source is believed
    assert stronger(named, measured).source is believed


def test_stronger_surer_of_two_sure_measurements_holds() -> None:
    one, other = (
        Sourced[Metal](value=metal, confidence=sure) for metal, sure in (("silver", 0.93), ("platinum", 0.97))
    )

    assert stronger(one, other) == stronger(other, one) == other


def test_stronger_sure_unknown_never_hides_a_known_value() -> None:
    unknown = Sourced[Metal](value=Metal.UNKNOWN, confidence=1.0, source=Source.VISION)
    known = Sourced[Metal](value=Metal.SILVER, confidence=0.1, source=Source.MEASURED)
    assert stronger(unknown, known) == known


def test_combine_warnings_are_those_of_both_once() -> None:
    first = Piece(warnings=(PictureWarning.BLURRED, PictureWarning.SMALL))
    second = Piece(warnings=(PictureWarning.BLURRED, PictureWarning.CROPPED))
    assert combine(first, second).warnings == (
        PictureWarning.SMALL,
        PictureWarning.BLURRED,
        PictureWarning.CROPPED,
    )


def test_coherent_drops_what_the_type_and_the_metal_rule_out() -> None:
    piece = Piece(
        type=said_by_user(JewelleryType.RING),
        subtype=Sourced(value=Subtype.HOOP, source=Source.VISION),
        metal=said_by_user(Metal.SILVER),
        purity=Sourced(value=Purity.K18, source=Source.FILENAME),
    )
    assert coherent(piece).subtype == unstated(Subtype.UNKNOWN)
    assert coherent(piece).purity == unstated(Purity.UNKNOWN)


@given(piece=PIECES)
def test_coherent_keeps_the_users_facts_and_is_stable(piece: Piece) -> None:
    settled = coherent(piece)
    assert coherent(settled) == settled
    for name, fact in piece:
        if isinstance(fact, Sourced) and fact.source is Source.USER:
            assert getattr(settled, name) == fact


def test_stone_without_places_leaves_them_out_of_json() -> None:
    assert "places" not in Stone().model_dump(mode="json")
    assert "places" not in Stone().model_dump_json()


def test_stone_places_survive_json_and_are_no_fact() -> None:
    stone = Stone(places=(Box(0.1, 0.2, 0.3, 0.4),))

    assert stone.model_dump(mode="json")["places"] == [[0.1, 0.2, 0.3, 0.4]]
    assert Stone.model_validate_json(stone.model_dump_json()) == stone
    assert all(isinstance(fact, Sourced) for fact in stone.facts)


def test_stone_of_an_older_row_loads_without_places() -> None:
    row = {"colour": {"value": "blue", "confidence": 0.8, "source": "measured"}}

    assert Stone.model_validate(row).places == ()


@pytest.mark.parametrize("box", [(-0.1, 0.0, 0.2, 0.2), (0.9, 0.0, 0.2, 0.2), (0.0, 0.0, 1.2, 0.2)])
def test_stone_place_outside_the_picture_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValidationError):
        Stone(places=(Box(*box),))


def test_stone_with_too_many_places_is_refused() -> None:
    with pytest.raises(ValidationError):
        Stone(places=(Box(0.0, 0.0, 0.1, 0.1),) * 65)
