"""Style and occasion of a piece. Pure data; any process and thread.

An era is a claim about when a piece was made: only its owner may make it, so readings use the style alone.
"""

from dmdx_desktop.models.term import Term


class Style(Term):
    """The look of a piece."""

    CLASSIC = "classic"
    MINIMALIST = "minimalist"
    MODERN = "modern"
    GEOMETRIC = "geometric"
    ART_DECO = "art_deco", "Art Deco"
    ART_NOUVEAU = "art_nouveau", "Art Nouveau"
    EDWARDIAN = "edwardian"
    VICTORIAN = "victorian"
    GEORGIAN = "georgian"
    RETRO_1940S = "retro_1940s", "Retro 1940s"
    MID_CENTURY = "mid_century", "Mid-century"
    VINTAGE_INSPIRED = "vintage_inspired", "Vintage-inspired"
    BOHEMIAN = "bohemian"
    NATURE_FLORAL = "nature_floral", "Nature, floral"
    CELESTIAL = "celestial"
    GOTHIC = "gothic"
    BAROQUE = "baroque"
    INDUSTRIAL = "industrial"
    ORGANIC_RAW = "organic_raw", "Organic, raw"
    STATEMENT = "statement"
    DAINTY = "dainty"
    RELIGIOUS = "religious"
    TEMPLE = "temple"
    KUNDAN_MEENA = "kundan_meena", "Kundan-meena"
    FILIGREE_FOLK = "filigree_folk", "Filigree, folk"
    STREETWEAR_HIPHOP = "streetwear_hiphop", "Streetwear, hip-hop"
    MENS = "mens", "Men's"
    UNKNOWN = "unknown"
    OTHER = "other"


class Occasion(Term):
    """What a piece is worn or given for."""

    ENGAGEMENT = "engagement"
    WEDDING = "wedding"
    ANNIVERSARY = "anniversary"
    BIRTHDAY = "birthday"
    GRADUATION = "graduation"
    FESTIVE = "festive"
    EVERYDAY = "everyday"
    EVENING = "evening"
    RELIGIOUS = "religious"
    MEMORIAL = "memorial"
    GIFT = "gift"
    UNKNOWN = "unknown"
    OTHER = "other"
