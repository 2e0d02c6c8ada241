"""The prompt builder against its golden files, and the rules that no wording may break."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.models.piece import Piece, Stone, said_by_user
from dmdx_desktop.models.prompt import build_prompt
from dmdx_desktop.models.prompt_phrases import LIGHTING, METAL_CUES, SCENES, SHAPES, SHOTS, TYPE_NOUNS, VIEWS, WORN
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import (
    CutStyle,
    JewelleryType,
    Metal,
    Origin,
    RecipeMetal,
    SceneId,
    Shape,
    ShotId,
    Species,
    StoneShape,
    View,
    WearZone,
)
from tests.unit.golden.cases import CASES, FOLDER, golden_file, seen


@pytest.mark.parametrize("name", CASES)
def test_build_prompt_golden_case_is_unchanged(name: str) -> None:
    assert CASES[name].prompt + "\n" == golden_file(name).read_text(encoding="utf-8")


def test_golden_files_and_cases_are_the_same_set() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(CASES)
    assert len(CASES) >= 30


def test_phrases_cover_every_choice() -> None:
    for table, choices in (
        (SCENES, SceneId),
        (LIGHTING, SceneId),
        (SHOTS, ShotId),
        (SHAPES, Shape),
        (VIEWS, View),
        (TYPE_NOUNS, JewelleryType),
        (WORN, WearZone),
    ):
        assert set(table) == set(choices)
    assert {Metal(metal.value) for metal in RecipeMetal if metal is not RecipeMetal.AS_REFERENCE} <= set(METAL_CUES)


def test_metal_cues_differ_between_all_metals_of_recipes() -> None:
    cues = [METAL_CUES[Metal(metal.value)] for metal in RecipeMetal if metal is not RecipeMetal.AS_REFERENCE]
    assert len(set(cues)) == len(cues)


def test_build_prompt_every_variant_is_its_own_text() -> None:
    piece = Piece(type=seen(JewelleryType.RING))
    texts = [
        build_prompt(piece, Variant(scene=scene, metal=metal, shot=shot), (View.FRONT,))
        for scene, metal, shot in product(SceneId, RecipeMetal, ShotId)
    ]
    assert len(set(texts)) == len(texts)
    assert all("{" not in text for text in texts)


@given(origin=st.sampled_from([Origin.NATURAL, Origin.LABORATORY_GROWN, Origin.SIMULANT_IMITATION, Origin.COMPOSITE]))
def test_build_prompt_origin_by_user_stands_directly_before_the_stone(origin: Origin) -> None:
    words = {
        Origin.NATURAL: "natural ruby",
        Origin.LABORATORY_GROWN: "laboratory-grown ruby",
        Origin.SIMULANT_IMITATION: "simulated ruby",
        Origin.COMPOSITE: "composite ruby",
    }
    stone = Stone(species=seen(Species.RUBY), origin=said_by_user(origin))
    assert words[origin] in build_prompt(Piece(stones=(stone,)), Variant(), ())


def test_build_prompt_shape_and_cut_are_two_statements() -> None:
    stone = Stone(shape=seen(StoneShape.EMERALD), cut_style=seen(CutStyle.STEP))
    text = build_prompt(Piece(stones=(stone,)), Variant(), ())
    assert "shape emerald shape" not in text
    assert "shape emerald" in text
    assert "cut step" in text


def test_build_prompt_claws_are_counted_once_for_each_stone() -> None:
    stone = Stone(prongs=said_by_user(6))
    assert "; each held by exactly 6 claws" in build_prompt(Piece(stones=(stone,)), Variant(), ())
    assert "exactly 1 claw\n" in build_prompt(Piece(stones=(Stone(prongs=said_by_user(1)),)), Variant(), ()) + "\n"


@given(note=st.text(min_size=1, max_size=40))
def test_build_prompt_words_of_a_reading_never_reach_the_text(note: str) -> None:
    plain = Piece(metal=seen(Metal.OTHER), stones=(Stone(species=seen(Species.OTHER)),))
    noted = Piece(metal=seen(Metal.OTHER, note=note), stones=(Stone(species=seen(Species.OTHER, note=note)),))
    assert build_prompt(noted, Variant(), ()) == build_prompt(plain, Variant(), ())


@given(note=st.text(max_size=60))
def test_build_prompt_words_of_the_user_cannot_start_a_line(note: str) -> None:
    stone = Stone(species=said_by_user(Species.OTHER, note=note))
    lines = len(build_prompt(Piece(stones=(Stone(),)), Variant(), ()).splitlines())
    assert len(build_prompt(Piece(stones=(stone,)), Variant(), ()).splitlines()) == lines
