"""Words of file names in French, German, Italian and Spanish that say something plainly. Pure data; any process.

Written as in ``name_words``: lower case, without accents, in the form that is left when an English plural is taken off.
Words that are common in English or mean two things are left out: "or" and "plata" alone, "collar", "alliance".
"""

from collections.abc import Mapping
from typing import Final

from dmdx_desktop.models.vocabulary import JewelleryType, Metal, Subtype

_J: Final = JewelleryType

TYPES_ABROAD: Final[Mapping[str, tuple[JewelleryType, Subtype]]] = {
    "anello": (_J.RING, Subtype.UNKNOWN),
    "anelli": (_J.RING, Subtype.UNKNOWN),
    "anillo": (_J.RING, Subtype.UNKNOWN),
    "bague": (_J.RING, Subtype.UNKNOWN),
    "chevaliere": (_J.RING, Subtype.SIGNET),
    "ehering": (_J.RING, Subtype.WEDDING_BAND),
    "eheringe": (_J.RING, Subtype.WEDDING_BAND),
    "trauring": (_J.RING, Subtype.WEDDING_BAND),
    "trauringe": (_J.RING, Subtype.WEDDING_BAND),
    "verlobungsring": (_J.RING, Subtype.ENGAGEMENT),
    "siegelring": (_J.RING, Subtype.SIGNET),
    "solitarring": (_J.RING, Subtype.SOLITAIRE),
    "damenring": (_J.RING, Subtype.UNKNOWN),
    "ringe": (_J.RING, Subtype.UNKNOWN),
    "orecchino": (_J.EARRING, Subtype.UNKNOWN),
    "orecchini": (_J.EARRING, Subtype.UNKNOWN),
    "boucle d oreille": (_J.EARRING, Subtype.UNKNOWN),
    "boucle doreille": (_J.EARRING, Subtype.UNKNOWN),
    "ohrring": (_J.EARRING, Subtype.UNKNOWN),
    "ohrringe": (_J.EARRING, Subtype.UNKNOWN),
    "ohrstecker": (_J.EARRING, Subtype.STUD),
    "creolen": (_J.EARRING, Subtype.HOOP),
    "pendiente": (_J.EARRING, Subtype.UNKNOWN),
    "arete": (_J.EARRING, Subtype.UNKNOWN),
    "collana": (_J.NECKLACE, Subtype.UNKNOWN),
    "collane": (_J.NECKLACE, Subtype.UNKNOWN),
    "collier": (_J.NECKLACE, Subtype.UNKNOWN),
    "halskette": (_J.NECKLACE, Subtype.UNKNOWN),
    "ciondolo": (_J.PENDANT_CHARM, Subtype.PENDANT),
    "ciondoli": (_J.PENDANT_CHARM, Subtype.PENDANT),
    "pendentif": (_J.PENDANT_CHARM, Subtype.PENDANT),
    "anhanger": (_J.PENDANT_CHARM, Subtype.PENDANT),
    "bracciale": (_J.BRACELET, Subtype.UNKNOWN),
    "bracciali": (_J.BRACELET, Subtype.UNKNOWN),
    "armband": (_J.BRACELET, Subtype.UNKNOWN),
    "armreif": (_J.BRACELET, Subtype.BANGLE),
    "pulsera": (_J.BRACELET, Subtype.UNKNOWN),
    "spilla": (_J.BROOCH, Subtype.UNKNOWN),
    "brosche": (_J.BROOCH, Subtype.UNKNOWN),
}

METALS_ABROAD: Final[Mapping[str, Metal]] = {
    "oro bianco": Metal.WHITE_GOLD,
    "oro giallo": Metal.YELLOW_GOLD,
    "oro rosa": Metal.ROSE_GOLD,
    "oro rosso": Metal.ROSE_GOLD,
    "oro blanco": Metal.WHITE_GOLD,
    "oro amarillo": Metal.YELLOW_GOLD,
    "oro rojo": Metal.ROSE_GOLD,
    "or blanc": Metal.WHITE_GOLD,
    "or jaune": Metal.YELLOW_GOLD,
    "or rose": Metal.ROSE_GOLD,
    "or rouge": Metal.ROSE_GOLD,
    "weissgold": Metal.WHITE_GOLD,
    "gelbgold": Metal.YELLOW_GOLD,
    "rotgold": Metal.ROSE_GOLD,
    "argento": Metal.SILVER,
    "argent massif": Metal.SILVER,
    "argent 925": Metal.SILVER,
    "plata 925": Metal.SILVER,
    "plata de ley": Metal.SILVER,
    "silber 925": Metal.SILVER,
    "925 silber": Metal.SILVER,
    "sterlingsilber": Metal.SILVER,
    "platino": Metal.PLATINUM,
    "platin": Metal.PLATINUM,
    # English: "yellow or rose gold", "ruby or rose quartz", "oval or rose cut".
    "or rose gold": Metal.UNKNOWN,
    "or rose quartz": Metal.UNKNOWN,
    "or rose cut": Metal.UNKNOWN,
}
