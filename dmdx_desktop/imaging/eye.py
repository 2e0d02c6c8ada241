"""The networks of the studio's eye as they are run: pictures in, planes and chances out. Picture processes.

``training/README.md`` says how they are made, ``resources/eye/README.md`` what they can and cannot do. They run on one
thread, so that two picture processes share two cores, and so that the same picture gives the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dmdx_desktop.errors import UsageError
from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.departure import Backdrop, backdrop_of
from dmdx_desktop.imaging.inference import DAMAGED, open_session
from dmdx_desktop.models.vocabulary import Background, Kind, StoneColour, View

EYE_FOLDER: Final = "eye"
BLOCK: Final = 4
"""``outline`` takes what was found before at this fraction of the picture's size."""

_GLANCE_SIDE: Final = 320
_GLANCE_STEP: Final = 32
_OUTLINE_STEP: Final = 16
_DARKER: Final = 1.6

Odds = NDArray[np.float32]


class Tone(StrEnum):
    """What colour the metal of a picture has."""

    YELLOW = "yellow"
    ROSE = "rose"
    WHITE = "white"
    HIDDEN = "hidden"
    """The picture does not show it: clay, wax, an uncoloured drawing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture is, as chances 0 to 1 by label. Those of a field add up to 1; each stone colour has its own."""

    kind: Mapping[Kind, float]
    background: Mapping[Background, float]
    tone: Mapping[Tone, float]
    view: Mapping[View, float]
    colours: Mapping[StoneColour, float]

    @property
    def drawn(self) -> bool:
        """Whether the picture is likelier a drawing on paper than not."""
        return self.kind[Kind.SKETCH] > 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Where the piece is and which of it is stone, each 0 to 1 by pixel, shape (height, width)."""

    piece: Floats
    stone: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """What a first look at a whole picture tells; the planes are about 320 pixels long and cover all of it."""

    found: Found
    reading: Reading
    backdrop: Backdrop


class FieldCalibration(BaseModel):
    """The labels of one field in the order of the network's outputs, and by what their odds are divided."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: tuple[str, ...]
    temperature: float = Field(gt=0.0)


class Calibration(BaseModel):
    """How far the networks may be believed; ``training/calibrate.py`` fits it on pictures that they never saw."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: Mapping[str, FieldCalibration]
    outline: tuple[tuple[float, float], ...] = Field(
        min_length=2, description="expected overlap, and the chance that the true one is good, rising"
    )

    def chance_of_good_outline(self, expected_overlap: float) -> float:
        """How likely an outline is good enough to be used, 0 to 1."""
        expected, chances = zip(*self.outline, strict=True)
        return float(np.interp(expected_overlap, expected, chances))


def damaged_eye() -> UsageError:
    """What is raised where a file of the eye is missing or damaged."""
    return UsageError(
        "eye_missing",
        "Pieces cannot be told from their backgrounds.",
        "A file that came with the program is missing or damaged.",
        "Install the program anew.",
    )


class Eye:
    """The networks with their calibration, loaded once. For one thread.

    Each look is taken twice, once in the mirror, and the first one once more and darker; what was seen is averaged:
    jewellery has no left and right, and several looks are surer than one.

    Raises UsageError where a file of theirs is missing or damaged.
    """

    def __init__(self, resources: Path) -> None:
        folder = resources / EYE_FOLDER
        try:
            self.calibration = Calibration.model_validate_json((folder / "calibration.json").read_bytes())
            self._glance = open_session(folder / "glance.onnx")
            self._outline = open_session(folder / "outline.onnx")
            self._edge = open_session(folder / "edge.onnx")
        except (OSError, ValidationError, *DAMAGED) as error:
            raise damaged_eye() from error

    def glance(self, image: Image.Image) -> Glimpse:
        """Look at a whole RGB picture."""
        factor = _GLANCE_SIDE / max(image.size)
        width, height = (max(_GLANCE_STEP, round(side * factor / _GLANCE_STEP) * _GLANCE_STEP) for side in image.size)
        small = image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=3.0)
        picture = _planes_of(np.asarray(small))
        backdrop = backdrop_of(picture)
        one, odds = self._glanced(picture, backdrop)
        other, turned_odds = self._glanced(_mirrored(picture), backdrop_of(_mirrored(picture)))
        # Pale gold on white stands out more in a darker print; what kind of picture it is, it says less well.
        darker = picture ** np.float32(_DARKER)
        in_the_dark, _ = self._glanced(darker, backdrop_of(darker))
        planes = (one + _mirrored(other) + 2 * in_the_dark) / 4
        names = [output.name for output in self._glance.get_outputs()[1:]]
        said = {name: (a[0] + b[0]) / 2 for name, a, b in zip(names, odds, turned_odds, strict=True)}
        return Glimpse(Found(planes[0], planes[1]), self._reading(said), backdrop)

    def _glanced(self, picture: Floats, backdrop: Backdrop) -> tuple[Floats, list[Odds]]:
        planes, *odds = self._glance.run(None, {"picture": picture[None], "cues": backdrop.departure_of(picture)[None]})
        return np.asarray(planes[0], np.float32), odds

    def outline(self, rgb: Bytes, found: Found, ground: Floats) -> Found:
        """Look again at sRGB (height, width, 3), at its own pixels.

        ``found`` and ``ground``, the planes of ``Backdrop.ground_at``, have a quarter of its size, rounded up.
        """
        height, width = rgb.shape[:2]
        below, beside = -height % _OUTLINE_STEP, -width % _OUTLINE_STEP
        picture = np.pad(rgb, ((0, below), (0, beside), (0, 0)), mode="edge")
        size = (height + below) // BLOCK, (width + beside) // BLOCK
        hints = np.stack([_fitted(plane, size) for plane in (found.piece, found.stone, *ground)])
        planes = _planes_of(picture)
        one = self._outline.run(None, {"picture": planes[None], "hints": hints[None]})[0][0]
        other = self._outline.run(None, {"picture": _mirrored(planes)[None], "hints": _mirrored(hints)[None]})[0][0]
        drawn = (one + _mirrored(other)) / 2
        return Found(drawn[0, :height, :width], drawn[1, :height, :width])

    def shares(self, signs: Floats) -> Floats:
        """How much of each edge pixel is piece, 0 to 1, shape (n,), from its ``edge_signs`` (n, SIGNS)."""
        return np.asarray(self._edge.run(None, {"signs": signs})[0], np.float32)

    def _reading(self, odds: Mapping[str, Odds]) -> Reading:
        chances = {name: self._chances(name, values) for name, values in odds.items()}
        return Reading(
            kind={Kind(label): chance for label, chance in chances["kind"].items()},
            background={Background(label): chance for label, chance in chances["background"].items()},
            tone={Tone(label): chance for label, chance in chances["tone"].items()},
            view={View(label): chance for label, chance in chances["view"].items()},
            colours={StoneColour(label): chance for label, chance in chances["colours"].items()},
        )

    def _chances(self, name: str, odds: Odds) -> dict[str, float]:
        field = self.calibration.fields[name]
        calm = odds.astype(np.float64) / field.temperature
        if name == "colours":
            chances = 1.0 / (1.0 + np.exp(-calm))
        else:
            weights = np.exp(calm - calm.max())
            chances = weights / weights.sum()
        return dict(zip(field.labels, (float(chance) for chance in chances), strict=True))


def _mirrored(planes: Floats) -> Floats:
    """Planes (n, height, width) with left and right exchanged."""
    return np.ascontiguousarray(planes[..., ::-1])


def _planes_of(rgb: Bytes) -> Floats:
    """sRGB 0 to 1, shape (3, height, width)."""
    return np.ascontiguousarray(rgb.transpose(2, 0, 1), dtype=np.float32) / np.float32(255)


def _fitted(plane: Floats, size: tuple[int, int]) -> Floats:
    """``plane`` with its last row and column repeated up to ``size``, (height, width)."""
    rows, columns = plane.shape
    return np.pad(plane, ((0, size[0] - rows), (0, size[1] - columns)), mode="edge")
