"""Metal from shading: when it is wanted, and what the studio that clay is set into does to edges, lines and noise."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dmdx_desktop.imaging.clay import Studio, shows_only_shading
from dmdx_desktop.imaging.parts import Body, Parts
from dmdx_desktop.imaging.surroundings import CoarseGrid

SIDE = 400
Plane = NDArray[np.float32]


def _lit(shading: Plane) -> Plane:
    """The shading of a square that is clay all over, as the studio shows it."""
    rows, columns = (index.reshape(-1) for index in np.indices(shading.shape))
    lab = np.zeros((shading.size, 3), np.float32)
    lab[:, 0] = shading.reshape(-1)
    parts = Parts(rows, columns, lab, np.zeros(shading.size, np.float32), Body.COLOURLESS, 1.0)
    studio = Studio.around(parts, (shading.shape[0], shading.shape[1]))
    return studio.lightness(rows, columns, lab[:, 0]).reshape(shading.shape)


def _slope(low: float = 45.0, high: float = 70.0) -> Plane:
    return np.tile(np.linspace(low, high, SIDE, dtype=np.float32), (SIDE, 1))


def test_studio_gives_a_slow_gradient_the_lights_and_darks_of_reflections() -> None:
    shown = _lit(_slope())[SIDE // 2]
    turns = np.diff(np.sign(np.diff(shown[20:-20:8])))

    assert np.ptp(shown) > 60.0
    assert np.count_nonzero(turns) >= 2


def test_studio_keeps_an_edge_between_two_surfaces_at_its_place() -> None:
    shading = np.full((SIDE, SIDE), 50.0, np.float32)
    shading[:, SIDE // 2 :] = 64.0
    shown = _lit(shading)[SIDE // 2]
    steps = np.abs(np.diff(shown))

    assert int(steps.argmax()) == SIDE // 2 - 1
    assert steps.max() > 0.6 * steps.sum()


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_studio_leaves_an_engraved_line_darker_than_what_it_lies_in(at: float) -> None:
    shading = _slope()
    line = round(at * SIDE)
    shading[:, line : line + 2] -= 14.0
    shown = _lit(shading)[SIDE // 2]

    assert shown[line] < shown[line - 12 : line - 8].min() - 8.0
    assert shown[line] < shown[line + 10 : line + 14].min() - 8.0


def test_studio_does_not_make_noise_of_compression_coarse() -> None:
    noise = np.random.default_rng(3).normal(0.0, 0.6, (SIDE, SIDE)).astype(np.float32)
    plain, noisy = _lit(_slope()), _lit(_slope() + noise)

    assert float((noisy - plain)[20:-20, 20:-20].std()) < 2.2


@pytest.mark.parametrize(
    ("body", "lightness", "chroma", "expected"),
    [
        (Body.COLOURLESS, [50.0] * 7, [1.0] * 7, True),
        (Body.GOLD, [10, 30, 45, 60, 75, 88, 98], [9, 25, 35, 40, 34, 18, 6], False),
        (Body.GOLD, [10, 30, 45, 60, 70, 75, 80], [9, 25, 35, 40, 42, 44, 42], True),
        (Body.WHITE, [8, 20, 35, 50, 60, 70, 80], [1.0] * 7, True),
        (Body.WHITE, [20, 40, 60, 75, 85, 93, 99], [1.0] * 7, False),
    ],
)
def test_shows_only_shading_tells_viewports_and_clay_from_photographs(
    body: Body, lightness: list[float], chroma: list[float], expected: bool
) -> None:
    told = shows_only_shading(body, np.asarray(lightness, np.float32), np.asarray(chroma, np.float32))

    assert told is expected


def test_smoothing_takes_out_what_is_below_the_noise_and_keeps_what_is_above() -> None:
    rows, columns = (index.reshape(-1) for index in np.indices((60, 60)))
    values = np.where(columns < 30, 20.0, 80.0).astype(np.float32)
    uneven = values + np.where((rows + columns) % 2 == 0, 1.0, -1.0).astype(np.float32)
    smoothing = CoarseGrid(rows, columns, 1).smoothing(uneven, np.ones(len(rows), np.float32), 2, 3.0)
    smooth = smoothing.of(rows, columns, uneven).reshape(60, 60)

    assert float(np.abs(smooth[10:50, 5:20] - 20.0).max()) < 0.3
    assert smooth[30, 29] < 26.0
    assert smooth[30, 30] > 74.0
