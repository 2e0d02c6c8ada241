"""How stones are held and how a piece is built. Pure data; any process and thread."""

from typing import Final

from dmdx_desktop.models.term import Term


class Setting(Term):
    """How stones are held in the metal."""

    PRONG = "prong", "Claw (prong)"
    BEZEL = "bezel"
    PAVE = "pave", "Pavé"
    MICRO_PAVE = "micro_pave", "Micro-pavé"
    CHANNEL = "channel"
    BAR = "bar"
    HALO = "halo"
    CLUSTER = "cluster"
    TENSION = "tension"
    FLUSH_GYPSY = "flush_gypsy", "Flush (gypsy)"
    INVISIBLE = "invisible"
    BEAD_GRAIN = "bead_grain", "Bead (grain)"
    STAR = "star"
    ILLUSION = "illusion"
    PEG = "peg"
    KUNDAN = "kundan"
    JADAU = "jadau"
    WIRE_WRAP = "wire_wrap", "Wire wrap"
    CAGE = "cage"
    GLUED = "glued"
    UNKNOWN = "unknown"
    OTHER = "other"


PRONG_COUNTS: Final = (3, 4, 5, 6, 8)


class RingStructure(Term):
    """How the shank and the head of a ring are built."""

    CATHEDRAL = "cathedral"
    PEG_HEAD = "peg_head"
    BASKET = "basket"
    TRELLIS = "trellis"
    TULIP = "tulip"
    SPLIT_SHANK = "split_shank"
    BYPASS = "bypass"
    KNIFE_EDGE = "knife_edge", "Knife-edge"
    COMFORT_FIT = "comfort_fit"
    EURO_SHANK = "euro_shank"
    TAPERED = "tapered"
    REVERSE_TAPERED = "reverse_tapered"
    TWISTED = "twisted"
    OPENWORK_GALLERY = "openwork_gallery"
    UNKNOWN = "unknown"
    OTHER = "other"


class ChainLink(Term):
    """How the links of a chain are formed."""

    BALL_BEAD = "ball_bead", "Ball (bead)"
    BYZANTINE = "byzantine"
    CABLE = "cable"
    FIGARO = "figaro"
    FLAT = "flat"
    FOXTAIL = "foxtail"
    FRANCO = "franco"
    CURB = "curb", "Curb (gourmette)"
    HEART = "heart"
    HERRINGBONE = "herringbone"
    INFINITY = "infinity"
    MARINE_ANCHOR = "marine_anchor"
    MESH = "mesh"
    OMEGA = "omega"
    POPCORN = "popcorn"
    ROLO_BELCHER = "rolo_belcher", "Rolo (belcher)"
    ROPE = "rope"
    ROUND = "round"
    SERPENTINE = "serpentine"
    SINGAPORE = "singapore"
    SNAKE = "snake"
    TRACE = "trace"
    TWISTED_CURB = "twisted_curb"
    VENETIAN = "venetian", "Venetian (box)"
    WHEAT = "wheat", "Wheat (espiga)"
    UNKNOWN = "unknown"
    OTHER = "other"


class Clasp(Term):
    """What closes a chain or a bracelet."""

    LOBSTER = "lobster"
    SPRING_RING = "spring_ring"
    TOGGLE = "toggle"
    BOX = "box"
    MAGNETIC = "magnetic"
    FISHHOOK = "fishhook"
    S_HOOK = "s_hook", "S-hook"
    BARREL = "barrel"
    SLIDE = "slide"
    UNKNOWN = "unknown"
    OTHER = "other"


class EarringBack(Term):
    """What holds an earring in the ear."""

    PUSH_BUTTERFLY = "push_butterfly", "Push (butterfly)"
    SCREW = "screw"
    LA_POUSETTE = "la_pousette", "La Pousette"
    LEVER_BACK = "lever_back", "Lever back"
    FRENCH_WIRE = "french_wire"
    OMEGA = "omega"
    HINGED = "hinged"
    CLIP = "clip"
    UNKNOWN = "unknown"
    OTHER = "other"
