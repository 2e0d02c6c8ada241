"""Square windows on examples, as batches of tensors: turned, mirrored, enlarged, moved. Training process."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.examples import Bytes, Example, Extent, Floats
from training.network import BLOCK, READING


@dataclass(frozen=True, slots=True)
class Batch:
    """``pictures`` (n, 3, s, s) sRGB 0 to 1, ``truths`` (n, 2, s, s) coverage by the piece and by its stones."""

    pictures: Tensor
    truths: Tensor
    labels: dict[str, Tensor]
    hints: Tensor | None = None
    """What ``Glance`` found and the backdrop (n, 6, s / 4, s / 4), 0 to 1; for ``Outline`` only."""
    cues: Tensor | None = None
    """How the pictures depart from their backdrops (n, 4, s, s), -1 to 1; for ``Glance`` only."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where a square of ``side`` pixels looks: turned by degrees, mirrored, with this many picture pixels per pixel."""

    side: int
    step: float
    centre: tuple[float, float]
    turn: float
    mirrored: bool


def whole(example: Example, side: int, chance: np.random.Generator) -> Window:
    """A window that shows the whole piece with more or less of what is around it."""
    height, width = example.picture.shape[:2]
    step = max(height, width) / side * chance.uniform(0.78, 1.12)
    room_y, room_x = (abs(length - side * step) / 2 for length in (height, width))
    centre = (height / 2 + chance.uniform(-0.6, 0.6) * room_y, width / 2 + chance.uniform(-0.6, 0.6) * room_x)
    return Window(side, step, centre, _turn(chance), bool(chance.random() < 0.5))


def close(example: Example, side: int, chance: np.random.Generator, steps: tuple[float, float]) -> Window:
    """A window on a part of the piece's edge, at a scale of that many picture pixels per pixel."""
    coverage = example.truth.max(-1)
    rows, columns = np.nonzero(coverage[::4, ::4] > 100)
    height, width = coverage.shape
    if len(rows) and chance.random() < 0.92:
        index = int(chance.integers(len(rows)))
        jitter = side / 3
        centre = (
            4 * rows[index] + chance.uniform(-jitter, jitter),
            4 * columns[index] + chance.uniform(-jitter, jitter),
        )
    else:
        centre = (chance.uniform(0, height), chance.uniform(0, width))
    return Window(side, float(chance.uniform(*steps)), centre, _turn(chance), bool(chance.random() < 0.5))


def around(example: Example, found: Bytes, window: Window) -> tuple[Example, Bytes, Window, Extent]:
    """The part of an example that a window needs, with what was found there, and the window as it lies in it.

    ``found`` is uint8 (height, width, 2). What lies beyond the picture is its edge going on. The last that is returned
    says where in the picture the part lies.
    """
    half = int(np.ceil((0.62 if window.turn else 0.52) * window.side * window.step)) + 2
    top, left = round(window.centre[0]) - half, round(window.centre[1]) - half
    rows = np.clip(np.arange(top, top + 2 * half), 0, example.picture.shape[0] - 1)
    columns = np.clip(np.arange(left, left + 2 * half), 0, example.picture.shape[1] - 1)
    place = np.ix_(rows, columns)
    part = replace(example, picture=example.picture[place], truth=example.truth[place])
    centre = (window.centre[0] - top, window.centre[1] - left)
    height, width = example.truth.shape[:2]
    extent = Extent(_places(rows, height), _places(columns, width))
    return part, found[place], replace(window, centre=centre), extent


def _places(pixels: NDArray[np.intp], length: int) -> Floats:
    return np.asarray(pixels * (2 / max(length - 1, 1)) - 1, np.float32)


def _turn(chance: np.random.Generator) -> float:
    return float(chance.uniform(-10, 10)) if chance.random() < 0.3 else 0.0


def look(example: Example, window: Window, hints: Floats | None = None) -> tuple[Tensor, Tensor]:
    """The window's picture (3, s, s) and truth (2, s, s); beyond the frame the edge goes on.

    ``hints``, planes 0 to 1 (channels, height, width), are seen through the same window, as more channels of the
    picture.
    """
    picture = torch.from_numpy(np.ascontiguousarray(example.picture[..., :3])).permute(2, 0, 1).float() / 255
    metal, stone = (torch.from_numpy(np.ascontiguousarray(example.truth[..., i])).float() / 255 for i in (0, 1))
    planes = [(metal + stone).clamp(max=1)[None], stone[None], picture]
    if hints is not None:
        planes.append(torch.from_numpy(hints))
    stacked = torch.cat(planes)[None]
    shown = functional.grid_sample(
        _softened(stacked, window.step), _grid(stacked.shape[2:], window), padding_mode="border", align_corners=False
    )[0]
    return shown[2:], shown[:2]


def _softened(planes: Tensor, step: float) -> Tensor:
    """Averaged before it is sampled more coarsely, or fine lines would flicker."""
    if step <= 1.25:
        return planes
    height, width = planes.shape[2:]
    size = (max(8, round(height / step)), max(8, round(width / step)))
    return functional.interpolate(planes, size, mode="bilinear", antialias=True)


def _grid(size: torch.Size, window: Window) -> Tensor:
    height, width = size
    angle = np.radians(window.turn)
    sign = -1.0 if window.mirrored else 1.0
    span = window.side * window.step
    place = [2 * window.centre[1] / width - 1, 2 * window.centre[0] / height - 1]
    theta = torch.tensor(
        [
            [sign * np.cos(angle) * span / width, -np.sin(angle) * span / width, place[0]],
            [sign * np.sin(angle) * span / height, np.cos(angle) * span / height, place[1]],
        ],
        dtype=torch.float32,
    )
    return functional.affine_grid(theta[None], [1, 1, window.side, window.side], align_corners=False)


def gathered(shown: list[tuple[Tensor, Tensor]], examples: list[Example]) -> Batch:
    """Windows as one batch; the channels beyond the picture's three are the hints."""
    labels = {field: torch.tensor([example.labels[field] for example in examples]) for field in READING}
    pictures, truths = torch.stack([one[0] for one in shown]), torch.stack([one[1] for one in shown])
    hints = functional.avg_pool2d(pictures[:, 3:], BLOCK) if pictures.shape[1] > 3 else None
    return Batch(pictures[:, :3].contiguous(), truths, labels, hints)
