"""What a reference picture is: kind, view, background and what may be wrong with it. Pure data; any thread."""

from collections.abc import Mapping
from typing import Final

from dmdx_desktop.models.term import Term


class Kind(Term):
    """What a reference picture is, in the few words that decide how it is treated."""

    CAD = "cad", "CAD render"
    SKETCH = "sketch"
    PHOTO = "photo"
    UNKNOWN = "unknown"


class InputKind(Term):
    """What a reference picture is, finely."""

    CAD_RENDER_SHADED = "cad_render_shaded", "Shaded CAD render"
    CAD_VIEWPORT_GREY = "cad_viewport_grey", "Grey CAD viewport"
    WIREFRAME = "wireframe"
    SKETCH_PENCIL = "sketch_pencil", "Pencil sketch"
    SKETCH_COLOUR = "sketch_colour", "Coloured sketch"
    SKETCH_DIGITAL = "sketch_digital", "Digital sketch"
    PHOTO_PACKSHOT = "photo_packshot", "Product photo"
    PHOTO_PHONE = "photo_phone", "Phone photo"
    PHOTO_ON_MODEL = "photo_on_model", "Photo on a model"
    WAX_OR_PRINT_PHOTO = "wax_or_print_photo", "Photo of a wax or print"
    TECHNICAL_DRAWING = "technical_drawing"
    AI_GENERATED = "ai_generated", "Made by AI"
    MULTI_PIECE = "multi_piece", "Several pieces"
    UNKNOWN = "unknown"
    OTHER = "other"


KIND_OF: Final[Mapping[InputKind, Kind]] = {
    InputKind.CAD_RENDER_SHADED: Kind.CAD,
    InputKind.CAD_VIEWPORT_GREY: Kind.CAD,
    InputKind.WIREFRAME: Kind.CAD,
    InputKind.SKETCH_PENCIL: Kind.SKETCH,
    InputKind.SKETCH_COLOUR: Kind.SKETCH,
    InputKind.SKETCH_DIGITAL: Kind.SKETCH,
    InputKind.PHOTO_PACKSHOT: Kind.PHOTO,
    InputKind.PHOTO_PHONE: Kind.PHOTO,
    InputKind.PHOTO_ON_MODEL: Kind.PHOTO,
    InputKind.WAX_OR_PRINT_PHOTO: Kind.PHOTO,
    InputKind.TECHNICAL_DRAWING: Kind.SKETCH,
    InputKind.AI_GENERATED: Kind.UNKNOWN,
    InputKind.MULTI_PIECE: Kind.UNKNOWN,
    InputKind.UNKNOWN: Kind.UNKNOWN,
    InputKind.OTHER: Kind.UNKNOWN,
}

COLOURLESS_KINDS: Final = frozenset(
    {
        InputKind.CAD_VIEWPORT_GREY,
        InputKind.WIREFRAME,
        InputKind.SKETCH_PENCIL,
        InputKind.WAX_OR_PRINT_PHOTO,
        InputKind.TECHNICAL_DRAWING,
    },
)
"""Kinds whose colours say nothing about metal and stones: nothing may be inferred from them."""


class View(Term):
    """From where a reference shows the piece."""

    FRONT = "front"
    THREE_QUARTER = "three_quarter", "Three-quarter"
    SIDE = "side"
    TOP = "top"
    BACK = "back"
    UNKNOWN = "unknown"


class Background(Term):
    """What is behind the piece in a reference."""

    WHITE = "white"
    OFF_WHITE = "off_white", "Off-white"
    GREY = "grey"
    BLACK = "black"
    COLOURED = "coloured"
    GRADIENT = "gradient"
    GRID = "grid"
    PAPER = "paper"
    TRANSPARENT = "transparent"
    BUSY = "busy"
    UNKNOWN = "unknown"


class PictureWarning(Term):
    """What may spoil the result of a reference, in words for the user."""

    SMALL = "small", "The picture is small; fine detail will be missing."
    BLURRED = "blurred", "The picture is not sharp."
    TOO_DARK = "too_dark", "The picture is very dark."
    TOO_BRIGHT = "too_bright", "Bright parts of the picture have lost their detail."
    CROPPED = "cropped", "The piece reaches the edge of the picture."
    SEVERAL_PIECES = "several_pieces", "The picture shows more than one piece."
    HAND_OR_FACE = "hand_or_face", "A hand or a face is in the picture."
    NO_PIECE = "no_piece", "No piece stands out from the background."
    UNSURE_OUTLINE = (
        "unsure_outline",
        "Check the cut-out: the outline of the piece is hard to tell from the background.",
    )
    NO_METAL_COLOUR = "no_metal_colour", "The picture does not show the colour of the metal."
    MADE_BY_AI = "made_by_ai", "The picture was made by AI and may differ from the real piece."


SPOILING_WARNINGS: Final = frozenset(
    {
        PictureWarning.NO_PIECE,
        PictureWarning.UNSURE_OUTLINE,
        PictureWarning.HAND_OR_FACE,
        PictureWarning.CROPPED,
        PictureWarning.SEVERAL_PIECES,
    }
)
"""Those that stand in the way of a good draft; the others are worth knowing."""
