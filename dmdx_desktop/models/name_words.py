"""The words of file and folder names that say something plainly. Pure data; any process and thread.

A phrase is written in lower case with one space between words. Where phrases overlap the longest counts, so that
"ear cuff" is not a cuff and "key ring" is no ring. Words that mean two things in the trade are left out on purpose:
"rose" is a metal, a cut and a flower; "emerald" a stone and a shape; "gold" three metals; "chain", "band", "drop" and
"cross" several pieces.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from dmdx_desktop.models.name_words_abroad import METALS_ABROAD, TYPES_ABROAD
from dmdx_desktop.models.vocabulary import JewelleryType, Metal, Subtype, View


class TypeWord(NamedTuple):
    """The type, and the sub-type where it follows, that a phrase names; ``plainness`` is how sure that is, 0 to 1.

    A phrase of type ``unknown`` names no piece of jewellery, though a word of it does.
    """

    type: JewelleryType
    subtype: Subtype = Subtype.UNKNOWN
    plainness: float = 0.9


_J: Final = JewelleryType

TYPE_WORDS: Final[Mapping[str, TypeWord]] = {
    "ring": TypeWord(_J.RING),
    "engagement ring": TypeWord(_J.RING, Subtype.ENGAGEMENT),
    "wedding band": TypeWord(_J.RING, Subtype.WEDDING_BAND),
    "wedding ring": TypeWord(_J.RING, Subtype.WEDDING_BAND),
    "eternity band": TypeWord(_J.RING),
    "full eternity band": TypeWord(_J.RING, Subtype.ETERNITY_FULL),
    "full eternity ring": TypeWord(_J.RING, Subtype.ETERNITY_FULL),
    "half eternity band": TypeWord(_J.RING, Subtype.ETERNITY_HALF),
    "half eternity ring": TypeWord(_J.RING, Subtype.ETERNITY_HALF),
    "solitaire ring": TypeWord(_J.RING, Subtype.SOLITAIRE),
    "three stone ring": TypeWord(_J.RING, Subtype.THREE_STONE),
    "trilogy ring": TypeWord(_J.RING, Subtype.THREE_STONE),
    "halo ring": TypeWord(_J.RING, Subtype.HALO),
    "cluster ring": TypeWord(_J.RING, Subtype.CLUSTER),
    "cocktail ring": TypeWord(_J.RING, Subtype.COCKTAIL),
    "signet": TypeWord(_J.RING, Subtype.SIGNET),
    "signet ring": TypeWord(_J.RING, Subtype.SIGNET),
    "stacking ring": TypeWord(_J.RING, Subtype.STACKABLE),
    "stackable ring": TypeWord(_J.RING, Subtype.STACKABLE),
    "toi et moi ring": TypeWord(_J.RING, Subtype.TOI_ET_MOI),
    "bypass ring": TypeWord(_J.RING, Subtype.BYPASS),
    "split shank ring": TypeWord(_J.RING, Subtype.SPLIT_SHANK),
    "dome ring": TypeWord(_J.RING, Subtype.DOME),
    "midi ring": TypeWord(_J.RING, Subtype.MIDI),
    "spinner ring": TypeWord(_J.RING, Subtype.SPINNER),
    "earring": TypeWord(_J.EARRING),
    "ear ring": TypeWord(_J.EARRING),
    "stud": TypeWord(_J.EARRING, Subtype.STUD, 0.8),
    "stud earring": TypeWord(_J.EARRING, Subtype.STUD),
    "ear stud": TypeWord(_J.EARRING, Subtype.STUD),
    "hoop": TypeWord(_J.EARRING, Subtype.HOOP, 0.8),
    "hoop earring": TypeWord(_J.EARRING, Subtype.HOOP),
    "huggie": TypeWord(_J.EARRING, Subtype.HUGGIE),
    "huggie earring": TypeWord(_J.EARRING, Subtype.HUGGIE),
    "drop earring": TypeWord(_J.EARRING, Subtype.DROP),
    "dangle earring": TypeWord(_J.EARRING, Subtype.DANGLE),
    "chandelier earring": TypeWord(_J.EARRING, Subtype.CHANDELIER),
    "ear climber": TypeWord(_J.EARRING, Subtype.CLIMBER),
    "ear jacket": TypeWord(_J.EARRING, Subtype.JACKET),
    "ear cuff": TypeWord(_J.EARRING, Subtype.EAR_CUFF),
    "threader earring": TypeWord(_J.EARRING, Subtype.THREADER),
    "clip on earring": TypeWord(_J.EARRING, Subtype.CLIP_ON),
    "jhumka": TypeWord(_J.EARRING, Subtype.JHUMKA),
    "chandbali": TypeWord(_J.EARRING, Subtype.CHANDBALI),
    "necklace": TypeWord(_J.NECKLACE),
    "pendant necklace": TypeWord(_J.NECKLACE, Subtype.PENDANT_NECKLACE),
    "chain necklace": TypeWord(_J.NECKLACE, Subtype.CHAIN),
    "choker": TypeWord(_J.NECKLACE, Subtype.CHOKER),
    "choker necklace": TypeWord(_J.NECKLACE, Subtype.CHOKER),
    "collar necklace": TypeWord(_J.NECKLACE, Subtype.COLLAR),
    "bib necklace": TypeWord(_J.NECKLACE, Subtype.BIB),
    "lariat": TypeWord(_J.NECKLACE, Subtype.LARIAT),
    "riviere": TypeWord(_J.NECKLACE, Subtype.RIVIERE),
    "riviere necklace": TypeWord(_J.NECKLACE, Subtype.RIVIERE),
    "tennis necklace": TypeWord(_J.NECKLACE, Subtype.TENNIS),
    "station necklace": TypeWord(_J.NECKLACE, Subtype.STATION),
    "layered necklace": TypeWord(_J.NECKLACE, Subtype.LAYERED),
    "opera necklace": TypeWord(_J.NECKLACE, Subtype.OPERA),
    "rani haar": TypeWord(_J.NECKLACE, Subtype.RANI_HAAR),
    "mangalsutra": TypeWord(_J.NECKLACE, Subtype.MANGALSUTRA),
    "pearl strand": TypeWord(_J.NECKLACE, plainness=0.7),
    "strand of pearl": TypeWord(_J.NECKLACE, plainness=0.7),
    "pendant": TypeWord(_J.PENDANT_CHARM, Subtype.PENDANT),
    "charm": TypeWord(_J.PENDANT_CHARM, Subtype.CHARM, 0.8),
    "locket": TypeWord(_J.PENDANT_CHARM, Subtype.LOCKET, 0.7),
    "medallion": TypeWord(_J.PENDANT_CHARM, Subtype.MEDALLION, 0.8),
    "bracelet": TypeWord(_J.BRACELET),
    "bangle": TypeWord(_J.BRACELET, Subtype.BANGLE),
    "bangle bracelet": TypeWord(_J.BRACELET, Subtype.BANGLE),
    "cuff": TypeWord(_J.BRACELET, Subtype.CUFF, 0.7),
    "cuff bracelet": TypeWord(_J.BRACELET, Subtype.CUFF),
    "tennis bracelet": TypeWord(_J.BRACELET, Subtype.TENNIS),
    "chain bracelet": TypeWord(_J.BRACELET, Subtype.CHAIN),
    "charm bracelet": TypeWord(_J.BRACELET, Subtype.CHARM_BRACELET),
    "beaded bracelet": TypeWord(_J.BRACELET, Subtype.BEADED),
    "link bracelet": TypeWord(_J.BRACELET, Subtype.LINK),
    "bolo bracelet": TypeWord(_J.BRACELET, Subtype.BOLO),
    "kada": TypeWord(_J.BRACELET, Subtype.KADA),
    "anklet": TypeWord(_J.ANKLET),
    "payal": TypeWord(_J.ANKLET, Subtype.PAYAL),
    "brooch": TypeWord(_J.BROOCH),
    "lapel pin": TypeWord(_J.BROOCH, Subtype.LAPEL_PIN),
    "tie pin": TypeWord(_J.BROOCH, Subtype.TIE_PIN),
    "cameo brooch": TypeWord(_J.BROOCH, Subtype.CAMEO),
    "spray brooch": TypeWord(_J.BROOCH, Subtype.SPRAY),
    "nose stud": TypeWord(_J.BODY, Subtype.NOSE_STUD),
    "nose ring": TypeWord(_J.BODY, Subtype.NOSE_RING_NATH),
    "septum ring": TypeWord(_J.BODY, Subtype.SEPTUM),
    "belly ring": TypeWord(_J.BODY, Subtype.BELLY),
    "toe ring": TypeWord(_J.BODY, Subtype.TOE_RING),
    "waist chain": TypeWord(_J.BODY, Subtype.WAIST_CHAIN),
    "haathphool": TypeWord(_J.BODY, Subtype.HAND_HARNESS_HAATHPHOOL),
    "maang tikka": TypeWord(_J.BODY, Subtype.MAANG_TIKKA),
    "bajuband": TypeWord(_J.BODY, Subtype.ARMLET_BAJUBAND),
    "tiara": TypeWord(_J.HAIR, Subtype.TIARA),
    "hair comb": TypeWord(_J.HAIR, Subtype.COMB),
    "hair pin": TypeWord(_J.HAIR, Subtype.PIN),
    "hairpin": TypeWord(_J.HAIR, Subtype.PIN),
    "headband": TypeWord(_J.HAIR, Subtype.HEADBAND),
    "cufflink": TypeWord(_J.MENS, Subtype.CUFFLINKS),
    "cuff link": TypeWord(_J.MENS, Subtype.CUFFLINKS),
    "tie bar": TypeWord(_J.MENS, Subtype.TIE_BAR),
    "tie clip": TypeWord(_J.MENS, Subtype.TIE_BAR),
    "money clip": TypeWord(_J.MENS, Subtype.MONEY_CLIP),
    "watch": TypeWord(_J.WATCH),
    "wristwatch": TypeWord(_J.WATCH),
    "parure": TypeWord(_J.SET, Subtype.PARURE),
    "bridal set": TypeWord(_J.SET, Subtype.BRIDAL, 0.7),
    "jewellery set": TypeWord(_J.SET),
    "jewelry set": TypeWord(_J.SET),
    "necklace set": TypeWord(_J.SET),
    "loose stone": TypeWord(_J.LOOSE_STONE),
    "key ring": TypeWord(_J.UNKNOWN),
    "ring box": TypeWord(_J.UNKNOWN),
    "ring light": TypeWord(_J.UNKNOWN),
    "ring sizer": TypeWord(_J.UNKNOWN),
    "ring stand": TypeWord(_J.UNKNOWN),
    "ring tray": TypeWord(_J.UNKNOWN),
    "watch strap": TypeWord(_J.UNKNOWN),
    "jump ring": TypeWord(_J.COMPONENT, Subtype.FINDING),
    **{word: TypeWord(*meant) for word, meant in TYPES_ABROAD.items()},
}

TYPE_CODES: Final[Mapping[str, JewelleryType]] = {
    "RNG": _J.RING,
    "ERG": _J.EARRING,
    "EAR": _J.EARRING,
    "NCK": _J.NECKLACE,
    "NKL": _J.NECKLACE,
    "PND": _J.PENDANT_CHARM,
    "PDT": _J.PENDANT_CHARM,
    "BRC": _J.BRACELET,
    "BRL": _J.BRACELET,
    "BNG": _J.BRACELET,
}
"""Letters of article numbers that name a type, as in "RNG-00123"."""

METAL_WORDS: Final[Mapping[str, Metal]] = {
    "yellow gold": Metal.YELLOW_GOLD,
    "yellowgold": Metal.YELLOW_GOLD,
    "rose gold": Metal.ROSE_GOLD,
    "rosegold": Metal.ROSE_GOLD,
    "pink gold": Metal.ROSE_GOLD,
    "red gold": Metal.ROSE_GOLD,
    "white gold": Metal.WHITE_GOLD,
    "whitegold": Metal.WHITE_GOLD,
    "green gold": Metal.GREEN_GOLD,
    "black gold": Metal.BLACK_GOLD,
    "two tone": Metal.TWO_TONE,
    "tri tone": Metal.TRI_TONE,
    "three tone": Metal.TRI_TONE,
    "platinum": Metal.PLATINUM,
    "palladium": Metal.PALLADIUM,
    "silver": Metal.SILVER,
    "sterling": Metal.SILVER,
    "sterling silver": Metal.SILVER,
    "vermeil": Metal.VERMEIL,
    "gold vermeil": Metal.VERMEIL,
    "silver vermeil": Metal.VERMEIL,
    "gold plated": Metal.GOLD_PLATED,
    "gold filled": Metal.GOLD_FILLED,
    "titanium": Metal.TITANIUM,
    "tungsten": Metal.TUNGSTEN,
    "stainless steel": Metal.STAINLESS_STEEL,
    "tantalum": Metal.TANTALUM,
    "brass": Metal.BRASS,
    "bronze": Metal.BRONZE,
    "pewter": Metal.PEWTER,
    # A colour or a layer, not what the piece is made of.
    "silver plated": Metal.UNKNOWN,
    "silver grey": Metal.UNKNOWN,
    "silver gray": Metal.UNKNOWN,
    "silver background": Metal.UNKNOWN,
    "white gold plated": Metal.GOLD_PLATED,
    "yellow gold plated": Metal.GOLD_PLATED,
    "rose gold plated": Metal.GOLD_PLATED,
    # Names of places and designs.
    **{
        f"silver {noun}": Metal.UNKNOWN
        for noun in (
            "lake",
            "spring",
            "cloud",
            "lining",
            "fox",
            "screen",
            "leaf",
            "moon",
            "star",
            "age",
            "birch",
            "sand",
        )
    },
    "silver city": Metal.UNKNOWN,
    "platinum card": Metal.UNKNOWN,
    "platinum plated": Metal.UNKNOWN,
    "platinum blonde": Metal.UNKNOWN,
    "bronze age": Metal.UNKNOWN,
    **METALS_ABROAD,
}

GOLD_COLOURS: Final[Mapping[str, Metal]] = {
    "y": Metal.YELLOW_GOLD,
    "yg": Metal.YELLOW_GOLD,
    "yellow": Metal.YELLOW_GOLD,
    "r": Metal.ROSE_GOLD,
    "rg": Metal.ROSE_GOLD,
    "rose": Metal.ROSE_GOLD,
    "p": Metal.ROSE_GOLD,
    "pg": Metal.ROSE_GOLD,
    "pink": Metal.ROSE_GOLD,
    "w": Metal.WHITE_GOLD,
    "wg": Metal.WHITE_GOLD,
    "white": Metal.WHITE_GOLD,
}
"""What follows carats and then means a gold: "18k yellow", "14kw", "18k_yg"."""

STONE_NOUNS: Final = frozenset(
    {
        *("diamond", "sapphire", "topaz", "pearl", "opal", "quartz", "cut", "stone", "zircon", "zirconia", "spinel"),
        *("tourmaline", "morganite", "moissanite", "agate", "jade", "moonstone", "beryl", "coral", "enamel", "ceramic"),
        *("background", "bg", "backdrop", "rose", "cord", "leather", "onyx", "citrine", "jasper", "ruby", "garnet"),
    }
)
"""What a colour word before it describes instead of the gold: "18k white diamond", "18k rose cut"."""

COLLECTION_WORDS: Final = frozenset(
    {
        *("collection", "collezione", "kollektion", "coleccion", "line", "range", "series", "edition", "studio"),
        *("jeweller", "jeweler", "jewellery", "jewelry", "atelier", "club", "brand", "house", "campaign", "project"),
    }
)
"""Words that make the name of a folder the name of a brand or a line: "Platinum Collection" need not be platinum."""

METAL_CODES: Final[Mapping[str, Metal]] = {
    "YG": Metal.YELLOW_GOLD,
    "RG": Metal.ROSE_GOLD,
    "WG": Metal.WHITE_GOLD,
}
"""Codes casters and shops put into article numbers; plain only in capitals."""

STAMP_CODES: Final[Mapping[str, Metal]] = {
    "pt": Metal.PLATINUM,
    "pd": Metal.PALLADIUM,
    "ag": Metal.SILVER,
    "s": Metal.SILVER,
}
"""What stands directly before a fineness in a stamp, as in "Pt950"."""

VIEW_WORDS: Final[Mapping[str, View]] = {
    "front": View.FRONT,
    "three quarter": View.THREE_QUARTER,
    "3q": View.THREE_QUARTER,
    "threequarter": View.THREE_QUARTER,
    "3 quarter": View.THREE_QUARTER,
    "side": View.SIDE,
    "profile": View.SIDE,
    "top": View.TOP,
    "back": View.BACK,
    "rear": View.BACK,
    "persp": View.THREE_QUARTER,
    "perspective": View.THREE_QUARTER,
    "isometric": View.THREE_QUARTER,
    "tq": View.THREE_QUARTER,
    "3qtr": View.THREE_QUARTER,
}

PICTURE_WORDS: Final = frozenset(
    {
        *("photo", "photograph", "picture", "image", "packshot", "cutout", "sketch", "drawing", "line", "lineart"),
        *("pencil", "ink", "gouache", "watercolour", "watercolor", "render", "rendering", "cad", "clay", "wax"),
        *("wireframe", "viewport", "screenshot", "alpha", "exif", "adobergb", "srgb", "cmyk", "view"),
    }
)
"""Words that say how a picture was made and nothing about the piece: names that differ only in them are one piece."""

CAMERA_PREFIXES: Final = frozenset(
    {
        *("IMG", "DSC", "DSCF", "DSCN", "PXL", "MVI", "GOPR", "SCAN", "WA", "IMAGE", "PHOTO", "PIC", "PICT", "SCR"),
        *("SCREENSHOT", "FRAME", "RENDER", "REV", "VER", "V", "ISO", "RAL", "RGB", "SRGB", "CMYK", "UHD", "DPI", "PX"),
        *("COPY", "PAGE", "NEW", "FINAL", "UNTITLED"),
    }
)
"""Letters that cameras and programs put before a counter: what follows is not an article number."""
