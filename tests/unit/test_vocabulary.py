"""The lists of words: ids fit for storing, labels fit for reading, tables that leave nothing out."""

import re
import subprocess
import sys

import pytest

from dmdx_desktop.models import vocabulary
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.vocabulary import (
    CARAT_FINENESS,
    KIND_OF,
    NECKLACE_INCHES,
    PAID_ONLY_SCENES,
    PURITIES,
    TYPE_FACTS,
    Background,
    EngineId,
    GroupMode,
    InputKind,
    JewelleryType,
    Kind,
    Metal,
    NecklaceLength,
    Pairing,
    PictureWarning,
    Purity,
    RecipeMetal,
    SceneId,
    Shape,
    ShotId,
    StoneColour,
    Subtype,
    View,
    WearZone,
    pairing,
    wear_zone,
)

LISTS = [value for value in vars(vocabulary).values() if isinstance(value, type) and issubclass(value, Term)]
LISTS.remove(Term)

CHOSEN_LISTS = {SceneId, ShotId, RecipeMetal, Shape, EngineId, GroupMode, WearZone, Pairing, PictureWarning}
FIXED_READINGS = {Kind, View, Background}


def test_vocabulary_has_every_list() -> None:
    assert len(LISTS) >= 28


@pytest.mark.parametrize("words", LISTS)
def test_words_have_stable_ids_and_labels_of_their_own(words: type[Term]) -> None:
    for word in words:
        assert words is Shape or re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", word.value)
        assert words(word.value) is word
        assert word.label == word.label.strip()
        assert word.label[0].isupper() or word.label[0].isdigit()
    assert len({word.label for word in words}) == len(words)


@pytest.mark.parametrize("words", [words for words in LISTS if words not in CHOSEN_LISTS])
def test_words_of_readings_have_unknown_and_other(words: type[Term]) -> None:
    assert "unknown" in list(words)
    assert words in FIXED_READINGS or "other" in list(words)


def test_labels_of_scenes_are_those_of_the_interface() -> None:
    assert [scene.label for scene in SceneId] == [
        *("White", "Soft grey", "Velvet", "Marble", "Warm", "Slate", "Cut-out", "Lifestyle", "On hand", "Wine")
    ]
    assert {"lifestyle", "on_hand", "wine"} == PAID_ONLY_SCENES


def test_labels_read_from_pictures_are_the_decided_ones() -> None:
    assert " ".join(Background) == ("white off_white grey black coloured gradient grid paper transparent busy unknown")
    assert " ".join(StoneColour) == (
        "colourless white cream yellow orange red pink purple blue green brown black grey multicolour unknown other"
    )


def test_metals_of_recipes_are_metals() -> None:
    assert {Metal(metal.value) for metal in RecipeMetal if metal is not RecipeMetal.AS_REFERENCE} <= set(Metal)


def test_shots_of_recipes_are_views() -> None:
    assert {View(shot.value) for shot in ShotId if shot is not ShotId.AS_REFERENCE} <= set(View)


def test_type_facts_cover_every_type_and_every_subtype() -> None:
    assert set(TYPE_FACTS) == set(JewelleryType)
    used = {subtype for facts in TYPE_FACTS.values() for subtype in facts.subtypes}
    assert used == set(Subtype) - {Subtype.UNKNOWN, Subtype.OTHER}
    for facts in TYPE_FACTS.values():
        assert len(set(facts.subtypes)) == len(facts.subtypes)
        assert facts.shopify is None or re.fullmatch(r"aa-6(-\d+)?", facts.shopify)


def test_wear_zone_of_body_and_mens_pieces_follows_the_subtype() -> None:
    assert wear_zone(JewelleryType.RING) is WearZone.FINGER
    assert wear_zone(JewelleryType.BODY, Subtype.TOE_RING) is WearZone.TOE
    assert wear_zone(JewelleryType.MENS, Subtype.CUFFLINKS) is WearZone.SHIRT_CUFF


@pytest.mark.parametrize("type_", [JewelleryType.BODY, JewelleryType.MENS])
def test_wear_zone_of_every_subtype_worn_in_several_places_is_one_place(type_: JewelleryType) -> None:
    assert all(wear_zone(type_, subtype) is not WearZone.SEVERAL for subtype in TYPE_FACTS[type_].subtypes)


def test_pairing_of_earrings_and_cufflinks_is_always() -> None:
    assert pairing(JewelleryType.EARRING, Subtype.STUD) is Pairing.ALWAYS
    assert pairing(JewelleryType.MENS, Subtype.CUFFLINKS) is Pairing.ALWAYS
    assert pairing(JewelleryType.MENS, Subtype.TIE_BAR) is Pairing.NEVER


def test_every_input_kind_has_a_kind() -> None:
    assert set(KIND_OF) == set(InputKind)


def test_purities_of_golds_are_carats_and_of_others_finenesses() -> None:
    for metal, purities in PURITIES.items():
        assert len(set(purities)) == len(purities)
        assert all((purity in CARAT_FINENESS) == metal.value.endswith("gold") for purity in purities)
    assert set(CARAT_FINENESS) == {purity for purity in Purity if purity.value.endswith("k")}


def test_necklace_lengths_rise_without_overlap() -> None:
    assert set(NECKLACE_INCHES) == set(NecklaceLength) - {NecklaceLength.UNKNOWN, NecklaceLength.OTHER}
    bounds = [bound for pair in NECKLACE_INCHES.values() for bound in pair if bound is not None]
    assert bounds == sorted(set(bounds))


def test_choices_for_help_are_listed_without_loading_pydantic() -> None:
    script = "import sys, dmdx_desktop.models.choices, dmdx_desktop.models.naming; print('pydantic' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
