"""Types of jewellery: sub-types, where they are worn, pairs, and their Shopify categories. Pure data; any process.

Shopify ids are those of its public product taxonomy, without the prefix ``gid://shopify/TaxonomyCategory/``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.models.term import Term


class JewelleryType(Term):
    """What the piece is."""

    RING = "ring"
    EARRING = "earring"
    NECKLACE = "necklace"
    PENDANT_CHARM = "pendant_charm", "Pendant or charm"
    BRACELET = "bracelet"
    ANKLET = "anklet"
    BROOCH = "brooch"
    BODY = "body", "Body jewellery"
    HAIR = "hair", "Hair jewellery"
    MENS = "mens", "Men's accessory"
    WATCH = "watch"
    SET = "set"
    LOOSE_STONE = "loose_stone"
    COMPONENT = "component"
    UNKNOWN = "unknown"
    OTHER = "other"


class Subtype(Term):
    """What the piece is within its type. Some words serve several types; ``TYPE_FACTS`` says which go together."""

    ENGAGEMENT = "engagement"
    WEDDING_BAND = "wedding_band"
    ETERNITY_FULL = "eternity_full", "Full eternity"
    ETERNITY_HALF = "eternity_half", "Half eternity"
    SOLITAIRE = "solitaire"
    THREE_STONE = "three_stone", "Three-stone"
    HALO = "halo"
    CLUSTER = "cluster"
    COCKTAIL = "cocktail"
    SIGNET = "signet"
    STACKABLE = "stackable"
    BAND_PLAIN = "band_plain", "Plain band"
    TOI_ET_MOI = "toi_et_moi", "Toi et moi"
    BYPASS = "bypass"
    SPLIT_SHANK = "split_shank"
    DOME = "dome"
    OPEN = "open"
    MIDI = "midi"
    SPINNER = "spinner"
    BRIDAL_SET = "bridal_set"
    MENS_BAND = "mens_band", "Men's band"
    STUD = "stud"
    HOOP = "hoop"
    HUGGIE = "huggie"
    DROP = "drop"
    DANGLE = "dangle"
    CHANDELIER = "chandelier"
    CLIMBER = "climber"
    JACKET = "jacket"
    EAR_CUFF = "ear_cuff"
    THREADER = "threader"
    CLIP_ON = "clip_on", "Clip-on"
    JHUMKA = "jhumka"
    CHANDBALI = "chandbali"
    BALI = "bali"
    PENDANT_NECKLACE = "pendant_necklace"
    CHAIN = "chain"
    CHOKER = "choker"
    COLLAR = "collar"
    BIB = "bib"
    LARIAT = "lariat"
    RIVIERE = "riviere", "Rivière"
    TENNIS = "tennis"
    STATION = "station"
    LAYERED = "layered"
    OPERA = "opera"
    RANI_HAAR = "rani_haar"
    MANGALSUTRA = "mangalsutra"
    LOCKET = "locket"
    PENDANT = "pendant"
    CHARM = "charm"
    CROSS = "cross"
    MEDALLION = "medallion"
    INITIAL = "initial"
    BAIL_ONLY = "bail_only"
    BANGLE = "bangle"
    CUFF = "cuff"
    CHARM_BRACELET = "charm_bracelet"
    BEADED = "beaded"
    LINK = "link"
    KADA = "kada"
    BOLO = "bolo"
    HINGED = "hinged"
    PAYAL = "payal"
    PIN = "pin"
    LAPEL_PIN = "lapel_pin"
    CAMEO = "cameo"
    SPRAY = "spray"
    TIE_PIN = "tie_pin"
    NOSE_STUD = "nose_stud"
    NOSE_RING_NATH = "nose_ring_nath", "Nose ring (nath)"
    SEPTUM = "septum"
    BELLY = "belly"
    TOE_RING = "toe_ring"
    WAIST_CHAIN = "waist_chain"
    HAND_HARNESS_HAATHPHOOL = "hand_harness_haathphool", "Hand harness (haathphool)"
    MAANG_TIKKA = "maang_tikka"
    ARMLET_BAJUBAND = "armlet_bajuband", "Armlet (bajuband)"
    TIARA = "tiara"
    COMB = "comb"
    HEADBAND = "headband"
    CUFFLINKS = "cufflinks"
    TIE_BAR = "tie_bar"
    MONEY_CLIP = "money_clip"
    ANALOG = "analog", "Analogue"
    DIGITAL = "digital"
    ANA_DIGI = "ana_digi", "Analogue and digital"
    PARURE = "parure"
    NECKLACE_EARRING = "necklace_earring", "Necklace and earrings"
    BRIDAL = "bridal"
    FACETED = "faceted"
    CABOCHON = "cabochon"
    PEARL = "pearl"
    CLASP = "clasp"
    FINDING = "finding"
    HEAD = "head"
    SHANK = "shank"
    UNKNOWN = "unknown"
    OTHER = "other"


class WearZone(Term):
    """Where on a person a piece is worn, or how a piece that is not worn is held."""

    FINGER = "finger"
    EAR = "ear"
    NECK = "neck"
    WRIST = "wrist"
    ANKLE = "ankle"
    LAPEL = "lapel"
    NOSE = "nose"
    NAVEL = "navel"
    TOE = "toe"
    WAIST = "waist"
    HAND = "hand"
    FOREHEAD = "forehead"
    UPPER_ARM = "upper_arm"
    HEAD = "head"
    SHIRT_CUFF = "shirt_cuff"
    TIE = "tie"
    SEVERAL = "several", "Several places"
    NONE = "none", "Not worn"


class Pairing(Term):
    """Whether one design is sold as two mirrored pieces."""

    NEVER = "never"
    OPTIONAL = "optional"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What follows from the type of a piece. ``shopify`` is None where the taxonomy has no verified category."""

    subtypes: tuple[Subtype, ...]
    zone: WearZone
    shopify: str | None
    pairing: Pairing = Pairing.NEVER


def _subtypes(words: str) -> tuple[Subtype, ...]:
    return tuple(Subtype(word) for word in words.split())


TYPE_FACTS: Final[Mapping[JewelleryType, TypeFacts]] = {
    JewelleryType.RING: TypeFacts(
        _subtypes(
            "engagement wedding_band eternity_full eternity_half solitaire three_stone halo cluster cocktail signet "
            "stackable band_plain toi_et_moi bypass split_shank dome open midi spinner bridal_set mens_band"
        ),
        WearZone.FINGER,
        "aa-6-9",
    ),
    JewelleryType.EARRING: TypeFacts(
        _subtypes(
            "stud hoop huggie drop dangle chandelier climber jacket ear_cuff threader clip_on jhumka chandbali bali"
        ),
        WearZone.EAR,
        "aa-6-6",
        Pairing.ALWAYS,
    ),
    JewelleryType.NECKLACE: TypeFacts(
        _subtypes(
            "pendant_necklace chain choker collar bib lariat riviere tennis station layered opera rani_haar "
            "mangalsutra locket"
        ),
        WearZone.NECK,
        "aa-6-8",
    ),
    JewelleryType.PENDANT_CHARM: TypeFacts(
        _subtypes("pendant charm locket cross medallion initial bail_only"), WearZone.NECK, "aa-6-5"
    ),
    JewelleryType.BRACELET: TypeFacts(
        _subtypes("bangle cuff tennis chain charm_bracelet beaded link kada bolo hinged"),
        WearZone.WRIST,
        "aa-6-3",
        Pairing.OPTIONAL,
    ),
    JewelleryType.ANKLET: TypeFacts(_subtypes("chain beaded payal"), WearZone.ANKLE, "aa-6", Pairing.OPTIONAL),
    JewelleryType.BROOCH: TypeFacts(_subtypes("pin lapel_pin cameo spray tie_pin"), WearZone.LAPEL, "aa-6-4"),
    JewelleryType.BODY: TypeFacts(
        _subtypes(
            "nose_stud nose_ring_nath septum belly toe_ring waist_chain hand_harness_haathphool maang_tikka "
            "armlet_bajuband"
        ),
        WearZone.SEVERAL,
        "aa-6",
    ),
    JewelleryType.HAIR: TypeFacts(_subtypes("tiara comb pin headband"), WearZone.HEAD, None),
    JewelleryType.MENS: TypeFacts(_subtypes("cufflinks tie_bar money_clip"), WearZone.SEVERAL, None),
    JewelleryType.WATCH: TypeFacts(_subtypes("analog digital ana_digi"), WearZone.WRIST, "aa-6-11"),
    JewelleryType.SET: TypeFacts(_subtypes("parure necklace_earring bridal"), WearZone.SEVERAL, "aa-6-7"),
    JewelleryType.LOOSE_STONE: TypeFacts(_subtypes("faceted cabochon pearl"), WearZone.NONE, None),
    JewelleryType.COMPONENT: TypeFacts(_subtypes("clasp finding head shank"), WearZone.NONE, None),
    JewelleryType.UNKNOWN: TypeFacts((), WearZone.SEVERAL, None),
    JewelleryType.OTHER: TypeFacts((), WearZone.SEVERAL, None),
}

_ZONE_OF_SUBTYPE: Final[Mapping[Subtype, WearZone]] = {
    Subtype.NOSE_STUD: WearZone.NOSE,
    Subtype.NOSE_RING_NATH: WearZone.NOSE,
    Subtype.SEPTUM: WearZone.NOSE,
    Subtype.BELLY: WearZone.NAVEL,
    Subtype.TOE_RING: WearZone.TOE,
    Subtype.WAIST_CHAIN: WearZone.WAIST,
    Subtype.HAND_HARNESS_HAATHPHOOL: WearZone.HAND,
    Subtype.MAANG_TIKKA: WearZone.FOREHEAD,
    Subtype.ARMLET_BAJUBAND: WearZone.UPPER_ARM,
    Subtype.CUFFLINKS: WearZone.SHIRT_CUFF,
    Subtype.TIE_BAR: WearZone.TIE,
    Subtype.TIE_PIN: WearZone.TIE,
    Subtype.MONEY_CLIP: WearZone.NONE,
}


def wear_zone(kind: JewelleryType, subtype: Subtype = Subtype.UNKNOWN) -> WearZone:
    """Where a piece of this type, and of this sub-type where it matters, is worn."""
    return _ZONE_OF_SUBTYPE.get(subtype, TYPE_FACTS[kind].zone)


def pairing(kind: JewelleryType, subtype: Subtype = Subtype.UNKNOWN) -> Pairing:
    """Whether a piece of this type is sold as a pair; cufflinks are, though other men's accessories are not."""
    return Pairing.ALWAYS if subtype is Subtype.CUFFLINKS else TYPE_FACTS[kind].pairing


class NecklaceLength(Term):
    """The trade's classes of necklace length; ``NECKLACE_INCHES`` has their bounds."""

    COLLAR = "collar"
    CHOKER = "choker"
    PRINCESS = "princess"
    MATINEE = "matinee"
    OPERA = "opera"
    ROPE = "rope"
    UNKNOWN = "unknown"
    OTHER = "other"


NECKLACE_INCHES: Final[Mapping[NecklaceLength, tuple[int, int | None]]] = {
    NecklaceLength.COLLAR: (12, 13),
    NecklaceLength.CHOKER: (14, 16),
    NecklaceLength.PRINCESS: (17, 19),
    NecklaceLength.MATINEE: (20, 24),
    NecklaceLength.OPERA: (28, 36),
    NecklaceLength.ROPE: (37, None),
}
"""Shortest and longest length in inches, both included; None is without bound."""
