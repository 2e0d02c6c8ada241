"""What file and folder names say, and above all what they do not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.models.filenames import group_and_view, read_name
from dmdx_desktop.models.name_words import METAL_WORDS, TYPE_WORDS
from dmdx_desktop.models.piece import Piece, coherent
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.models.vocabulary import TYPE_FACTS, JewelleryType, Metal, Purity, Subtype, View

MANIFEST = json.loads((Path(__file__).parents[1] / "samples" / "manifest.json").read_text(encoding="utf-8"))
SAMPLES = [(image["file"], image["piece"], image["view"], image["jewellery_type"]) for image in MANIFEST["images"]]
TYPES = {
    "ring": JewelleryType.RING,
    "earrings": JewelleryType.EARRING,
    "pendant": JewelleryType.PENDANT_CHARM,
    "necklace": JewelleryType.NECKLACE,
    "bracelet": JewelleryType.BRACELET,
    "bangle": JewelleryType.BRACELET,
    "brooch": JewelleryType.BROOCH,
}


def known(piece: Piece) -> dict[str, object]:
    return {name: fact.value for name, fact in piece if isinstance(fact, Sourced) and fact.is_known}


@pytest.mark.parametrize(("file", "piece", "view", "type_"), SAMPLES)
def test_read_name_of_a_sample_says_type_and_view_and_nothing_of_the_metal(
    file: str, piece: str, view: str, type_: str
) -> None:
    reading = read_name([], file)
    assert reading.type.value is TYPES[type_]
    assert reading.view.value == view.replace("-", "_")
    assert set(known(reading)) <= {"type", "subtype", "view"}
    assert group_and_view(Path(file).stem) == (piece, reading.view.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("wedding-band.jpg", {"type": JewelleryType.RING, "subtype": Subtype.WEDDING_BAND}),
        ("tennis-bracelet.jpg", {"type": JewelleryType.BRACELET, "subtype": Subtype.TENNIS}),
        ("Hoop Earrings.png", {"type": JewelleryType.EARRING, "subtype": Subtype.HOOP}),
        ("pearl-strand.png", {"type": JewelleryType.NECKLACE}),
        ("bangle.png", {"type": JewelleryType.BRACELET, "subtype": Subtype.BANGLE}),
        ("Brooches.png", {"type": JewelleryType.BROOCH}),
        ("Rivière.png", {"type": JewelleryType.NECKLACE, "subtype": Subtype.RIVIERE}),
        ("HaloRing.png", {"type": JewelleryType.RING, "subtype": Subtype.HALO}),
        ("ear-cuff.png", {"type": JewelleryType.EARRING, "subtype": Subtype.EAR_CUFF}),
        ("toe_ring.png", {"type": JewelleryType.BODY, "subtype": Subtype.TOE_RING}),
        ("cuff links.png", {"type": JewelleryType.MENS, "subtype": Subtype.CUFFLINKS}),
        ("necklace-and-earrings-set.png", {"type": JewelleryType.SET}),
    ],
)
def test_read_name_plain_type(name: str, expected: dict[str, object]) -> None:
    assert known(read_name([], name)) == expected


@pytest.mark.parametrize(
    ("name", "metal", "purity"),
    [
        ("18k-yellow-gold.png", Metal.YELLOW_GOLD, Purity.K18),
        ("14 kt White Gold.png", Metal.WHITE_GOLD, Purity.K14),
        ("9ct-rose-gold.png", Metal.ROSE_GOLD, Purity.K9),
        ("18CTWG.png", Metal.WHITE_GOLD, Purity.K18),
        ("14KYG.png", Metal.YELLOW_GOLD, Purity.K14),
        ("750-yellow-gold.png", Metal.YELLOW_GOLD, Purity.K18),
        ("sterling-silver.png", Metal.SILVER, Purity.F925),
        ("silver-935.png", Metal.SILVER, Purity.F935),
        ("Pt950.png", Metal.PLATINUM, Purity.F950),
        ("S925.png", Metal.SILVER, Purity.F925),
        ("platinum.png", Metal.PLATINUM, Purity.UNKNOWN),
        ("18k.png", Metal.UNKNOWN, Purity.K18),
        ("gold vermeil.png", Metal.VERMEIL, Purity.UNKNOWN),
        ("rose-gold-plated.png", Metal.GOLD_PLATED, Purity.UNKNOWN),
    ],
)
def test_read_name_plain_metal(name: str, metal: Metal, purity: Purity) -> None:
    reading = read_name([], name)
    assert (reading.metal.value, reading.purity.value) == (metal, purity)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("R1234-18KYG-side.jpg", "R1234 yellow_gold 18k side"),
        ("ENG_RING_PT950_v3_FINAL (2).png", "ring platinum 950"),
        ("halo 14kw persp.jpg", "white_gold 14k three_quarter"),
        ("IMG_2041.HEIC", ""),
        ("anello oro bianco.jpg", "ring white_gold"),
        ("bague or rose 750.png", "ring rose_gold 18k"),
        ("EAR-0098_RG_front.tif", "EAR-0098 earring rose_gold front"),
        ("goldsmith-test.png", ""),
        ("silver cloud pendant yellow gold.jpg", "pendant_charm pendant yellow_gold"),
        ("18k_yg_solitaire_top.jpg", "yellow_gold 18k top"),
        ("14KR halo ring.jpg", "ring halo rose_gold 14k"),
        ("RNG-00123-WG-18K-PERSP.png", "RNG-00123 ring white_gold 18k three_quarter"),
        ("pendant_18kt_white.png", "pendant_charm pendant white_gold 18k"),
        ("Eheringe Weißgold 585.jpg", "ring wedding_band white_gold 14k"),
        ("Ohrringe Silber 925.jpg", "earring silver 925"),
        ("boucles d'oreilles or jaune.jpg", "earring yellow_gold"),
        ("pulsera plata 925.jpg", "bracelet silver 925"),
        ("Anhänger Platin.jpg", "pendant_charm pendant platinum"),
        ("Pt 950 wedding band.png", "ring wedding_band platinum 950"),
        ("ring 18k white diamond.png", "ring 18k"),
        ("ring 18k rose cut.png", "ring 18k"),
        ("ring yellow or rose gold.png", "ring"),
        ("ring silver yellow gold.png", "ring"),
        ("necklace tq.jpg", "necklace three_quarter"),
    ],
)
def test_read_name_as_studios_write_them(name: str, expected: str) -> None:
    assert {str(value) for value in known(read_name([], name)).values()} == set(expected.split())


NEUTRAL = (
    *("goldsmith-test", "Goldman portrait", "Golden Gate bridge", "marigold field", "old gold coin", "gold medal"),
    *(
        "silverware drawer",
        "Silver Lake sunset",
        "quicksilver",
        "silver fox",
        "platinum blonde model",
        "bronze age pot",
    ),
    *("rosegarden", "rose bouquet", "rosewood table", "white wall", "yellow taxi", "pink sky", "white or yellow roses"),
    *("spring morning", "string lights", "boring meeting", "engineering drawing", "steering wheel", "wiring diagram"),
    *("watchtower", "stopwatching", "chairman", "bandwidth test", "studio light", "whooping cough", "handcuffed"),
    *("IMG_2041", "IMG_20240517_114233", "DSC_0042", "DSCF1234", "PXL_20240101_123456789", "20240517_114233"),
    *("Screenshot 2024-05-17 at 11.42.33", "WhatsApp Image 2024-05-17", "scan0001", "untitled-3", "final_final2"),
    *("4k wallpaper", "8k_render", "v003", "rev-B", "1080p frame", "ISO800 test", "RAL9010", "A4 page 12", "test"),
    *("client approval", "moodboard autumn", "invoice 2024-118", "logo black", "floor plan", "recipe or note"),
    *("collar shirt", "Plata river", "argentina trip", "kitten", "top secret plan", "sidewalk", "backpack"),
    *("orologio parete", "corazon", "orbit", "laptop", "front desk photo of office"),
)


def test_neutral_names_are_many() -> None:
    assert len(set(NEUTRAL)) >= 60


@pytest.mark.parametrize("stem", NEUTRAL)
def test_read_name_of_a_neutral_name_says_nothing_of_the_piece(stem: str) -> None:
    assert set(known(read_name([], f"{stem}.jpg"))) <= {"view"}


def test_read_name_of_a_collection_called_after_a_metal_is_not_sure_of_it() -> None:
    plain, brand = read_name(["Platinum"], "ring 12.jpg"), read_name(["Platinum Collection"], "ring 12.jpg")

    assert plain.metal.value is brand.metal.value is Metal.PLATINUM
    assert brand.metal.confidence < 0.5 < plain.metal.confidence
    assert brand.type.confidence == plain.type.confidence


@pytest.mark.parametrize(
    "name",
    [
        *("wedding-guest.png", "key-ring.png", "ring box.png", "necklaces and rings.png", "string.png", "spring.png"),
        *("gold.png", "rose.png", "emerald.png", "silver-grey.png", "silver-plated.png", "photo-adobergb.png"),
        *("clay.png", "sketch.png", "yellow-gold_platinum.png", "10ct-diamond.png", "925.png", "IMG_4711.JPG"),
        *("IMG-20240101-WA0001.jpg", "DSC01234.jpg", "P1010001.JPG", "PXL_20240101_123456.jpg", "RING.png.bak"),
        *("v001.png", "laptop.png", "stop.png", "", ".png", "___.png", "\ud800.png", "silver_1600.png"),
    ],
)
def test_read_name_that_is_not_plain_does_not_mislead(name: str) -> None:
    allowed = {"silver_1600.png": {"metal"}, "RING.png.bak": {"type"}}
    assert set(known(read_name([], name))) <= allowed.get(name, set())


@pytest.mark.parametrize(
    ("name", "sku"),
    [
        ("DR1043_front.png", "DR1043"),
        ("R-10234_YG_top.png", "R-10234"),
        ("sku-12345.png", "12345"),
        ("ref AB-2201 ring.png", "AB-2201"),
        ("RING-001.png", ""),
        ("AB1001_CD1002.png", ""),
        ("ring-1234.png", ""),
    ],
)
def test_read_name_article_number(name: str, sku: str) -> None:
    assert read_name([], name).sku.value == sku


def test_read_name_facts_have_the_source_filename_and_a_confidence() -> None:
    for _, fact in read_name(["Rings"], "R-1024_18k_white-gold_halo-ring_top.png"):
        if isinstance(fact, Sourced) and fact.is_known:
            assert fact.source is Source.FILENAME
            assert 0.5 < fact.confidence < 1


def test_read_name_folder_says_what_the_name_leaves_open() -> None:
    reading = read_name(["Collection", "Platinum", "Rings"], "front.png")
    assert known(reading) == {"type": JewelleryType.RING, "metal": Metal.PLATINUM, "view": View.FRONT}
    assert reading.type.confidence > reading.metal.confidence


def test_read_name_of_the_file_beats_the_folder_and_leaves_no_contradiction() -> None:
    reading = read_name(["Hoop earrings", "18k yellow gold"], "silver-ring.png")
    assert known(reading) == {"type": JewelleryType.RING, "metal": Metal.SILVER}


def test_read_name_far_folders_say_nothing() -> None:
    assert known(read_name(["Rings", "a", "b", "c"], "front.png")) == {"view": View.FRONT}


@given(folders=st.lists(st.text(max_size=30), max_size=5), name=st.text(max_size=60))
def test_read_name_of_any_text_is_a_coherent_piece_of_few_facts(folders: list[str], name: str) -> None:
    reading = read_name(folders, name)
    assert coherent(reading) == reading
    assert set(known(reading)) <= {"type", "subtype", "metal", "purity", "sku", "view"}
    assert read_name(folders, name) == reading


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("solitaire-ring_top", ("solitaire-ring", View.TOP)),
        ("solitaire-ring_three-quarter", ("solitaire-ring", View.THREE_QUARTER)),
        ("ring_three_quarter", ("ring", View.THREE_QUARTER)),
        ("ring_front_photo-exif", ("ring", View.FRONT)),
        ("Ring 12 side view", ("Ring 12", View.SIDE)),
        ("ring-back", ("ring", View.BACK)),
        ("ring.TOP", ("ring", View.TOP)),
        ("top_ring-12", ("ring-12", View.TOP)),
        ("ring_top_01", ("ring_01", View.TOP)),
        ("side-stone-ring_front", ("side-stone-ring", View.FRONT)),
        ("ring_top_A12", ("ring_A12", View.TOP)),
        ("ring_photo", ("ring", None)),
        ("photo", ("photo", None)),
        ("top", ("top", View.TOP)),
        ("top_photo", ("top_photo", View.TOP)),
        ("ring_front_side", ("ring_front_side", None)),
        ("side-stone-ring", ("side-stone-ring", None)),
        ("laptop", ("laptop", None)),
        ("", ("", None)),
        ("__", ("__", None)),
    ],
)
def test_group_and_view_of_a_stem(stem: str, expected: tuple[str, View | None]) -> None:
    assert group_and_view(stem) == expected


@given(stem=st.text(max_size=60))
def test_group_and_view_of_any_stem_names_a_group(stem: str) -> None:
    group, _ = group_and_view(stem)
    assert bool(group) == bool(stem)


def test_words_of_types_go_with_their_subtypes() -> None:
    for word in TYPE_WORDS.values():
        assert word.subtype is Subtype.UNKNOWN or word.subtype in TYPE_FACTS[word.type].subtypes


def test_words_are_written_as_they_are_looked_up() -> None:
    for phrase in (*TYPE_WORDS, *METAL_WORDS):
        assert phrase.isascii()
        assert phrase == " ".join(phrase.lower().split())
        assert len(phrase.split()) <= 4
