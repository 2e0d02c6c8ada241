"""Cut-outs whose outline and stones are known, for tests of what is made from them."""

import numpy as np

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.edge_signs import Circumstances
from dmdx_desktop.imaging.eye import Reading, Tone
from dmdx_desktop.imaging.matte import refine
from dmdx_desktop.models.vocabulary import Background, Kind, StoneColour, View
from tests.imaging.sample_truth import the_eye


def cut_of_known(rgb: Bytes, seen: Bytes, kind: Kind = Kind.PHOTO, tone: Tone = Tone.YELLOW) -> CutOut:
    """The cut-out of sRGB (height, width, 3) whose piece, 0 to 255 by pixel, is known; it has no stones."""
    matte = refine(rgb, seen, the_eye().shares, Circumstances(float(kind is Kind.PHOTO), float(kind is Kind.CAD), 1.0))
    reading = Reading(
        kind={one: float(one is kind) for one in Kind},
        background={one: float(one is Background.WHITE) for one in Background},
        tone={one: float(one is tone) for one in Tone},
        view={one: float(one is View.FRONT) for one in View},
        colours=dict.fromkeys(StoneColour, 0.0),
    )
    return CutOut(matte.coverage, matte.colours, np.zeros_like(seen), 0.99, reading, transparent=False)
