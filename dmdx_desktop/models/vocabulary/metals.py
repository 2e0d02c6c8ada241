"""Metals, their purities and their finishes. Pure data; any process and thread.

Fineness in parts per thousand, as stamped in the trade.
"""

from collections.abc import Mapping
from typing import Final

from dmdx_desktop.models.term import Term


class Metal(Term):
    """What the body of a piece is made of, bodies that are not metal included."""

    YELLOW_GOLD = "yellow_gold"
    ROSE_GOLD = "rose_gold"
    WHITE_GOLD = "white_gold"
    GREEN_GOLD = "green_gold"
    BLACK_GOLD = "black_gold"
    TWO_TONE = "two_tone", "Two-tone"
    TRI_TONE = "tri_tone", "Three-tone"
    PLATINUM = "platinum"
    PALLADIUM = "palladium"
    SILVER = "silver"
    VERMEIL = "vermeil"
    GOLD_PLATED = "gold_plated", "Gold-plated"
    GOLD_FILLED = "gold_filled", "Gold-filled"
    TITANIUM = "titanium"
    TUNGSTEN = "tungsten"
    STAINLESS_STEEL = "stainless_steel"
    TANTALUM = "tantalum"
    COBALT = "cobalt"
    ZIRCONIUM_BLACK = "zirconium_black", "Black zirconium"
    BRASS = "brass"
    BRONZE = "bronze"
    COPPER = "copper"
    PEWTER = "pewter"
    ALUMINIUM = "aluminium"
    CERAMIC = "ceramic"
    RESIN = "resin"
    ENAMEL = "enamel"
    LEATHER = "leather"
    WOOD = "wood"
    CORD = "cord"
    UNKNOWN = "unknown"
    OTHER = "other"


class Purity(Term):
    """How much of the alloy is the precious metal: carats for gold, fineness for the others."""

    K9 = "9k", "9 ct (375)"
    K10 = "10k", "10 ct (417)"
    K14 = "14k", "14 ct (585)"
    K18 = "18k", "18 ct (750)"
    K22 = "22k", "22 ct (916)"
    K24 = "24k", "24 ct (999)"
    F500 = "500"
    F800 = "800"
    F850 = "850"
    F900 = "900"
    F925 = "925"
    F935 = "935"
    F950 = "950"
    F958 = "958"
    F999 = "999"
    UNKNOWN = "unknown"
    OTHER = "other"


CARAT_FINENESS: Final[Mapping[Purity, int]] = {
    Purity.K9: 375,
    Purity.K10: 417,
    Purity.K14: 585,
    Purity.K18: 750,
    Purity.K22: 916,
    Purity.K24: 999,
}

PURITIES: Final[Mapping[Metal, tuple[Purity, ...]]] = {
    Metal.YELLOW_GOLD: (Purity.K9, Purity.K10, Purity.K14, Purity.K18, Purity.K22, Purity.K24),
    Metal.ROSE_GOLD: (Purity.K9, Purity.K14, Purity.K18),
    Metal.WHITE_GOLD: (Purity.K9, Purity.K14, Purity.K18),
    Metal.GREEN_GOLD: (Purity.K14, Purity.K18),
    Metal.BLACK_GOLD: (Purity.K14, Purity.K18),
    Metal.PLATINUM: (Purity.F850, Purity.F900, Purity.F950),
    Metal.PALLADIUM: (Purity.F500, Purity.F950),
    Metal.SILVER: (Purity.F800, Purity.F925, Purity.F935, Purity.F958, Purity.F999),
    Metal.VERMEIL: (Purity.F925,),
}
"""The purities a metal is sold in; a metal that is not listed has none."""

GOLDS: Final = frozenset(
    {Metal.YELLOW_GOLD, Metal.ROSE_GOLD, Metal.WHITE_GOLD, Metal.GREEN_GOLD, Metal.BLACK_GOLD},
)

DISCLOSED_METALS: Final = frozenset({Metal.VERMEIL, Metal.GOLD_PLATED, Metal.GOLD_FILLED})
"""A layer over another metal: a caption that names the gold has to name the layer (FTC Jewelry Guides)."""


class Finish(Term):
    """What was done to the surface."""

    HIGH_POLISH = "high_polish"
    SATIN = "satin"
    MATTE = "matte"
    BRUSHED = "brushed"
    HAMMERED = "hammered"
    MILGRAIN = "milgrain", "Milgrain edge"
    FILIGREE = "filigree"
    OXIDISED_ANTIQUE = "oxidised_antique", "Oxidised"
    ENAMEL = "enamel"
    ENAMEL_CLOISONNE = "enamel_cloisonne", "Cloisonné enamel"
    ENAMEL_CHAMPLEVE = "enamel_champleve", "Champlevé enamel"
    ENAMEL_PLIQUE_A_JOUR = "enamel_plique_a_jour", "Plique-à-jour enamel"
    ENAMEL_BASSE_TAILLE = "enamel_basse_taille", "Basse-taille enamel"
    ENAMEL_GUILLOCHE = "enamel_guilloche", "Guilloché enamel"
    SANDBLASTED = "sandblasted"
    FLORENTINE = "florentine"
    BARK = "bark"
    DIAMOND_CUT = "diamond_cut", "Diamond-cut"
    RETICULATED = "reticulated"
    GRANULATED = "granulated"
    ENGRAVED = "engraved"
    ETCHED = "etched"
    CHASED = "chased"
    EMBOSSED = "embossed"
    STAMPED = "stamped"
    BLACK_RHODIUM = "black_rhodium"
    RUTHENIUM = "ruthenium"
    RAW_CAST = "raw_cast", "As cast"
    UNKNOWN = "unknown"
    OTHER = "other"
