"""The phrases prompts are made of. Pure data; any process and thread.

Cues say what keeps a metal apart from those it is confused with. White gold and platinum reflect differently and never
share a cue.
"""

from collections.abc import Mapping
from typing import Final

from dmdx_desktop.models.choices import SceneId, Shape, ShotId
from dmdx_desktop.models.vocabulary import InputKind, JewelleryType, Kind, Metal, Origin, Purity, View, WearZone

GEOMETRY: Final[Mapping[Kind, str]] = {
    Kind.CAD: (
        "The reference is a CAD render, and its geometry is exact: keep every outline, proportion, stone position and "
        "claw as modelled, and replace the rendered surfaces with real materials."
    ),
    Kind.SKETCH: (
        "The reference is a drawing: keep its design, outlines, proportions and stone layout, read its strokes as the "
        "edges of a real piece, and add no ornament that is not drawn."
    ),
    Kind.PHOTO: (
        "The reference is a photograph of an existing piece: preserve the piece exactly, with every proportion, stone, "
        "claw, engraving and joint as it is."
    ),
    Kind.UNKNOWN: (
        "Keep the piece of the reference exactly as it is shown, with every outline, proportion, stone and claw in its "
        "place."
    ),
}

REFERENCE_NOTES: Final[Mapping[InputKind, str]] = {
    InputKind.CAD_VIEWPORT_GREY: "The grey of the reference is the colour of the viewport, not of the metal or stones.",
    InputKind.WIREFRAME: "The lines of the reference are a mesh, not engraving: close them into smooth surfaces.",
    InputKind.WAX_OR_PRINT_PHOTO: "The reference shows a wax or resin model: the shape is true, the material is not.",
    InputKind.TECHNICAL_DRAWING: "Leave out the dimensions, arrows and labels of the drawing.",
    InputKind.PHOTO_ON_MODEL: "Take only the piece from the reference, not the person who wears it.",
}

METAL_CUES: Final[Mapping[Metal, str]] = {
    Metal.YELLOW_GOLD: "warm yellow with reddish reflections, not brass and not yellow plastic",
    Metal.ROSE_GOLD: "warm copper-pink metal, not pink paint and not bronze",
    Metal.WHITE_GOLD: "bright, cool-neutral white with a rhodium surface, brighter than platinum and not steel",
    Metal.GREEN_GOLD: "yellow gold with a pale greenish cast",
    Metal.BLACK_GOLD: "black-plated gold with a deep metallic sheen",
    Metal.TWO_TONE: "each part in its own metal as in the reference, never blended into one colour",
    Metal.TRI_TONE: "each part in its own metal as in the reference, never blended into one colour",
    Metal.PLATINUM: "a slightly darker, greyer white with a soft lustre, not white gold",
    Metal.PALLADIUM: "a greyish white with a soft lustre",
    Metal.SILVER: "the brightest white of all metals, highly reflective, not white gold",
    Metal.VERMEIL: "a surface of yellow gold",
    Metal.GOLD_PLATED: "a surface of yellow gold",
    Metal.GOLD_FILLED: "a surface of yellow gold",
    Metal.TITANIUM: "a dark grey technical metal",
    Metal.TUNGSTEN: "a dark grey, hard-edged technical metal",
    Metal.STAINLESS_STEEL: "a neutral grey technical metal",
    Metal.TANTALUM: "a blue-grey, dark technical metal",
    Metal.COBALT: "a bright grey technical metal",
    Metal.ZIRCONIUM_BLACK: "a deep black technical metal",
}

PURITY_CUES: Final[Mapping[tuple[Metal, Purity], str]] = {
    (Metal.YELLOW_GOLD, Purity.K9): "paler than 18 ct",
    (Metal.YELLOW_GOLD, Purity.K22): "deeper in colour than 18 ct",
    (Metal.YELLOW_GOLD, Purity.K24): "deeper in colour than 18 ct",
}

WORN: Final[Mapping[WearZone, str]] = {
    WearZone.FINGER: "worn on a finger",
    WearZone.EAR: "worn in the ear",
    WearZone.NECK: "worn around the neck",
    WearZone.WRIST: "worn on the wrist",
    WearZone.ANKLE: "worn on the ankle",
    WearZone.LAPEL: "worn on a lapel",
    WearZone.NOSE: "worn in the nose",
    WearZone.NAVEL: "worn in the navel",
    WearZone.TOE: "worn on a toe",
    WearZone.WAIST: "worn around the waist",
    WearZone.HAND: "worn on the back of the hand",
    WearZone.FOREHEAD: "worn on the forehead",
    WearZone.UPPER_ARM: "worn on the upper arm",
    WearZone.HEAD: "worn in the hair",
    WearZone.SHIRT_CUFF: "worn in a shirt cuff",
    WearZone.TIE: "worn on a tie",
    WearZone.SEVERAL: "worn where it belongs",
    WearZone.NONE: "lying on an open palm",
}

SCENES: Final[Mapping[SceneId, str]] = {
    SceneId.WHITE: "on a seamless pure white background (RGB 255, 255, 255) with a faint contact shadow",
    SceneId.SOFT_GREY: "on a seamless soft grey background with a gentle contact shadow",
    SceneId.BLACK_VELVET: "on black velvet that swallows the light around it",
    SceneId.MARBLE: "on a slab of white marble with quiet grey veins",
    SceneId.WARM: "on a warm sand-coloured surface with a soft shadow",
    SceneId.SLATE: "on dark natural slate with a fine, matte texture",
    SceneId.TRANSPARENT: "cut out on a fully transparent background, without shadow or reflection",
    SceneId.LIFESTYLE: "in a calm, lived-in interior that stays out of focus",
    SceneId.ON_HAND: "{worn}, on a person whose skin and pose look natural",
    SceneId.WINE: "on a deep wine-red surface of silk",
}

"""Where the piece is shown; ``{worn}`` stands for the words of its wear zone."""

LIGHTING: Final[Mapping[SceneId, str]] = {
    SceneId.WHITE: "even light of a photo tent, with clean gradients on the metal",
    SceneId.SOFT_GREY: "even light of a photo tent, with clean gradients on the metal",
    SceneId.BLACK_VELVET: "dark-field light with bright rims, and one small hard light for the fire of any stones",
    SceneId.MARBLE: "soft window light from one side",
    SceneId.WARM: "low, warm light of late afternoon",
    SceneId.SLATE: "soft side light, and one small hard light for the fire of any stones",
    SceneId.TRANSPARENT: "even light of a photo tent, with clean gradients on the metal",
    SceneId.LIFESTYLE: "natural window light",
    SceneId.ON_HAND: "soft daylight that flatters skin and metal alike",
    SceneId.WINE: "soft side light, and one small hard light for the fire of any stones",
}

SHOTS: Final[Mapping[ShotId, str]] = {
    ShotId.AS_REFERENCE: "the camera of the first reference, unchanged",
    ShotId.FRONT: "straight from the front, at the height of the piece",
    ShotId.THREE_QUARTER: "three-quarter view, turned by 30 to 45 degrees and seen from 15 to 25 degrees above",
    ShotId.SIDE: "straight from the side, turned by 90 degrees",
    ShotId.TOP: "straight from above",
}

SHAPES: Final[Mapping[Shape, str]] = {
    Shape.SQUARE: "square picture, 1:1",
    Shape.PORTRAIT: "upright picture, 4:5",
    Shape.LANDSCAPE: "wide picture, 3:2",
    Shape.WIDE: "wide picture, 16:9",
}

VIEWS: Final[Mapping[View, str]] = {
    View.FRONT: "front",
    View.THREE_QUARTER: "three-quarter view",
    View.SIDE: "side",
    View.TOP: "top",
    View.BACK: "back",
    View.UNKNOWN: "a view that is not named",
}

TYPE_NOUNS: Final[Mapping[JewelleryType, tuple[str, str]]] = {
    JewelleryType.RING: ("ring", "rings"),
    JewelleryType.EARRING: ("earring", "earrings"),
    JewelleryType.NECKLACE: ("necklace", "necklaces"),
    JewelleryType.PENDANT_CHARM: ("pendant", "pendants"),
    JewelleryType.BRACELET: ("bracelet", "bracelets"),
    JewelleryType.ANKLET: ("anklet", "anklets"),
    JewelleryType.BROOCH: ("brooch", "brooches"),
    JewelleryType.BODY: ("piece of body jewellery", "pieces of body jewellery"),
    JewelleryType.HAIR: ("hair jewel", "hair jewels"),
    JewelleryType.MENS: ("accessory", "accessories"),
    JewelleryType.WATCH: ("watch", "watches"),
    JewelleryType.SET: ("set of jewellery", "sets of jewellery"),
    JewelleryType.LOOSE_STONE: ("loose stone", "loose stones"),
    JewelleryType.COMPONENT: ("jewellery component", "jewellery components"),
    JewelleryType.UNKNOWN: ("piece of jewellery", "pieces of jewellery"),
    JewelleryType.OTHER: ("piece of jewellery", "pieces of jewellery"),
}
"""One and several of each type."""

ORIGIN_WORDS: Final[Mapping[Origin, str]] = {
    Origin.NATURAL: "natural",
    Origin.LABORATORY_GROWN: "laboratory-grown",
    Origin.SIMULANT_IMITATION: "simulated",
    Origin.COMPOSITE: "composite",
}
"""The word directly before the name of the stone, as the FTC Jewelry Guides ask for."""
