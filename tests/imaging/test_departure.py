"""Departure from the backdrop: what a smooth surface explains is nothing, and the piece is what it does not."""

import numpy as np
import pytest

from dmdx_desktop.imaging.departure import CHANNELS, Floats, backdrop_of

SHAPE = (120, 160)


def departure_of(picture: Floats) -> Floats:
    return backdrop_of(picture).departure_of(picture)


def _backdrop(kind: str) -> Floats:
    y, x = np.meshgrid(np.linspace(0, 1, SHAPE[0]), np.linspace(0, 1, SHAPE[1]), indexing="ij")
    match kind:
        case "even":
            plane = np.full(SHAPE, 0.9)
        case "graded":
            plane = 0.3 + 0.5 * y
        case _:
            plane = 0.8 - 0.4 * ((x - 0.5) ** 2 + (y - 0.4) ** 2)
    return np.stack([plane, 0.95 * plane, 0.9 * plane]).astype(np.float32)


@pytest.mark.parametrize("kind", ["even", "graded", "vignetted"])
def test_departure_of_a_smooth_backdrop_is_nothing(kind: str) -> None:
    planes = departure_of(_backdrop(kind))

    assert planes.shape == (CHANNELS, *SHAPE)
    assert np.abs(planes[:3]).max() < 0.02


@pytest.mark.parametrize("kind", ["even", "graded", "vignetted"])
def test_departure_of_a_piece_is_its_difference_and_tells_it(kind: str) -> None:
    picture = _backdrop(kind)
    picture[:, 40:80, 50:110] -= np.float32(0.2)
    planes = departure_of(picture)

    assert np.abs(planes[:3, 45:75, 55:105] + 0.4).max() < 0.05
    assert planes[3, 45:75, 55:105].min() > 0.95
    assert planes[3, :30].max() < 0.5


def test_departure_of_a_piece_that_lies_across_the_frame_still_finds_the_backdrop() -> None:
    picture = _backdrop("even")
    picture[:, :, 60:100] = 0.2
    planes = departure_of(picture)

    assert planes[3, :, :50].max() < 0.5
    assert planes[3, :, 65:95].min() > 0.95


def test_departure_on_a_busy_backdrop_is_told_apart_by_less() -> None:
    rng = np.random.default_rng(6)
    busy = np.clip(0.5 + rng.normal(0, 0.15, (3, *SHAPE)), 0, 1).astype(np.float32)
    busy[:, 40:80, 50:110] -= np.float32(0.2)

    assert float(np.median(departure_of(busy)[3, 45:75, 55:105])) < 0.6


@pytest.mark.parametrize("shape", [(1, 1), (2, 40), (32, 320), (320, 32)])
def test_departure_of_any_size_stays_within_its_bounds(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(8)
    planes = departure_of(rng.random((3, *shape), dtype=np.float32))

    assert planes.shape == (CHANNELS, *shape)
    assert planes.dtype == np.float32
    assert np.abs(planes).max() <= 1.0


def test_ground_of_a_part_is_the_backdrop_behind_the_piece_there() -> None:
    picture = _backdrop("graded")
    expected = picture[:, 45:75:4, 55:105:4].copy()
    picture[:, 40:80, 50:110] = 0.1
    rows, columns = (np.linspace(-1, 1, length, dtype=np.float32) for length in SHAPE)
    ground = backdrop_of(picture).ground_at(rows[45:75:4], columns[55:105:4])

    assert ground.shape == (CHANNELS, *expected.shape[1:])
    assert np.abs(ground[:3] - expected).max() < 0.02
    assert ground[3].max() < 0.1


def test_ground_of_a_busy_backdrop_says_that_it_is_uneven() -> None:
    rng = np.random.default_rng(6)
    busy = np.clip(0.5 + rng.normal(0, 0.15, (3, *SHAPE)), 0, 1).astype(np.float32)
    middle = np.zeros(1, np.float32)

    assert float(backdrop_of(busy).ground_at(middle, middle)[3, 0, 0]) > 0.9
