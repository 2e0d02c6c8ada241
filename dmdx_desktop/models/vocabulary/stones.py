"""Stones: species, colour, shape, cut, origin, treatment and role. Pure data; any process and thread.

Shape is the outline and cut style the arrangement of the facets: two words in the trade, so two lists here.
"""

from typing import Final

from dmdx_desktop.models.term import Term


class Species(Term):
    """What the stone is; organic materials, simulants and trade settings sold as stones included."""

    DIAMOND = "diamond"
    RUBY = "ruby"
    SAPPHIRE = "sapphire"
    EMERALD = "emerald"
    AQUAMARINE = "aquamarine"
    MORGANITE = "morganite"
    HELIODOR = "heliodor"
    ALEXANDRITE = "alexandrite"
    SPINEL = "spinel"
    TANZANITE = "tanzanite"
    TOURMALINE = "tourmaline"
    GARNET = "garnet"
    TOPAZ = "topaz"
    ZIRCON = "zircon"
    PERIDOT = "peridot"
    AMETHYST = "amethyst"
    CITRINE = "citrine"
    AMETRINE = "ametrine"
    ROSE_QUARTZ = "rose_quartz"
    SMOKY_QUARTZ = "smoky_quartz"
    ROCK_CRYSTAL = "rock_crystal"
    PRASIOLITE = "prasiolite"
    RUTILATED_QUARTZ = "rutilated", "Rutilated quartz"
    ONYX = "onyx"
    TURQUOISE = "turquoise"
    LAPIS_LAZULI = "lapis_lazuli"
    MALACHITE = "malachite"
    JADE = "jade"
    AGATE = "agate"
    CARNELIAN = "carnelian"
    CHALCEDONY = "chalcedony"
    JASPER = "jasper"
    TIGER_EYE = "tiger_eye", "Tiger's eye"
    HEMATITE = "hematite"
    OBSIDIAN = "obsidian"
    CORAL = "coral"
    AMBER = "amber"
    JET = "jet"
    OPAL = "opal"
    MOONSTONE = "moonstone"
    LABRADORITE = "labradorite"
    CAT_EYE = "cat_eye", "Cat's eye"
    STAR = "star", "Star stone"
    PEARL = "pearl"
    MOTHER_OF_PEARL = "mother_of_pearl", "Mother-of-pearl"
    SHELL = "shell"
    MOISSANITE = "moissanite"
    CUBIC_ZIRCONIA = "cubic_zirconia"
    CRYSTAL_GLASS = "crystal_glass"
    SYNTHETIC_SPINEL = "synthetic_spinel"
    POLKI = "polki", "Polki (uncut diamond)"
    KUNDAN_GLASS = "kundan_glass"
    NAVRATNA = "navratna", "Navratna set"
    UNKNOWN = "unknown"
    OTHER = "other"


ORGANIC_SPECIES: Final = frozenset(
    {Species.PEARL, Species.MOTHER_OF_PEARL, Species.SHELL, Species.CORAL, Species.AMBER, Species.JET},
)


class StoneColour(Term):
    """The colour a person would say, not a grade."""

    COLOURLESS = "colourless"
    WHITE = "white"
    CREAM = "cream"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    PINK = "pink"
    PURPLE = "purple"
    BLUE = "blue"
    GREEN = "green"
    BROWN = "brown"
    BLACK = "black"
    GREY = "grey"
    MULTICOLOUR = "multicolour"
    UNKNOWN = "unknown"
    OTHER = "other"


class StoneShape(Term):
    """The outline of the stone seen from above."""

    ROUND = "round"
    OVAL = "oval"
    PEAR = "pear"
    MARQUISE = "marquise"
    PRINCESS = "princess"
    CUSHION = "cushion"
    RADIANT = "radiant"
    HEART = "heart"
    TRILLION = "trillion"
    BAGUETTE = "baguette"
    TAPERED_BAGUETTE = "tapered_baguette"
    EMERALD = "emerald"
    ASSCHER = "asscher"
    HALF_MOON = "half_moon", "Half-moon"
    SHIELD = "shield"
    KITE = "kite"
    HEXAGON = "hexagon"
    LOZENGE = "lozenge"
    BULLET = "bullet"
    BRIOLETTE = "briolette"
    BEAD = "bead"
    CABOCHON = "cabochon"
    ROSE_CUT = "rose_cut"
    SUGARLOAF = "sugarloaf"
    ROUGH = "rough"
    SLICE = "slice"
    OLD_MINE = "old_mine"
    OLD_EUROPEAN = "old_european"
    UNKNOWN = "unknown"
    OTHER = "other"


class CutStyle(Term):
    """How the facets are arranged, whatever the outline."""

    BRILLIANT = "brilliant"
    MODIFIED_BRILLIANT = "modified_brilliant"
    STEP = "step"
    MIXED = "mixed"
    ROSE = "rose"
    CABOCHON = "cabochon"
    BEAD = "bead"
    BRIOLETTE = "briolette"
    CARVED = "carved"
    PORTUGUESE = "portuguese"
    PORTRAIT = "portrait"
    ROUGH = "rough"
    UNKNOWN = "unknown"
    OTHER = "other"


class Origin(Term):
    """Where the stone comes from. It cannot be seen in a picture: only a person or their list can say it."""

    NATURAL = "natural"
    LABORATORY_GROWN = "laboratory_grown", "Laboratory-grown"
    SIMULANT_IMITATION = "simulant_imitation", "Simulant"
    COMPOSITE = "composite"
    UNKNOWN = "unknown"
    OTHER = "other"


class Treatment(Term):
    """What was done to the stone."""

    NONE_KNOWN = "none_known"
    HEATED = "heated"
    OILED = "oiled"
    IRRADIATED = "irradiated"
    FILLED = "filled"
    COATED = "coated"
    UNKNOWN = "unknown"
    OTHER = "other"


class StoneRole(Term):
    """What the stone does in the design."""

    CENTRE = "centre"
    SIDE = "side"
    ACCENT = "accent"
    HALO = "halo"
    PAVE = "pave", "Pavé"
    MELEE = "melee", "Mêlée"
    SURPRISE = "surprise"
    UNKNOWN = "unknown"
    OTHER = "other"
