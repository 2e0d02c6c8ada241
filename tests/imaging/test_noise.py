"""Noise of textures: the same for a seed, the same forms at every size, finer at larger ones."""

import numpy as np
import pytest

from dmdx_desktop.imaging.noise import Grain, detailed_field, smooth_field, soft, speckle, static
from dmdx_desktop.imaging.scenes import Surface, SurfaceKind
from dmdx_desktop.imaging.surfaces import lay_ground

GRAIN = Grain(2.0, fading=0.5, stretch=2.0, angle=30.0)


def _rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_smooth_field_has_mean_nothing_and_deviation_one() -> None:
    field = smooth_field(_rng(), 300, 200, GRAIN)

    assert abs(float(field.mean())) < 1e-4
    assert float(field.std()) == pytest.approx(1.0, abs=1e-3)
    assert field.shape == (128, 192)


def test_smooth_field_does_not_repeat_at_its_edges() -> None:
    field = smooth_field(_rng(), 300, 300, GRAIN)
    assert np.abs(field[0] - field[-1]).mean() > 3 * np.abs(field[0] - field[1]).mean()


@pytest.mark.parametrize("size", [150, 400, 900, 1700])
def test_detailed_field_has_the_same_forms_at_every_size(size: int) -> None:
    small = detailed_field(_rng(), 300, 300, GRAIN).rows(0, 300)[::10, ::10]
    field = detailed_field(_rng(), size, size, GRAIN).rows(0, size)
    at = ((np.arange(30) * 10 + 0.5) / 300 * size).astype(int)

    assert np.corrcoef(field[np.ix_(at, at)].ravel(), small.ravel())[0, 1] > 0.97


def test_detailed_field_of_a_larger_picture_has_detail_that_an_enlarged_one_lacks() -> None:
    grain = Grain(2.0, fading=0.6)
    large = detailed_field(_rng(), 1600, 1600, grain).rows(0, 200)
    enlarged = soft(smooth_field(_rng(), 1600, 1600, grain, 400), 1600, 1600).rows(0, 200)

    # What is merely enlarged hardly bends from one pixel to the next.
    bends, hardly = (np.abs(np.diff(field, 2, axis=1)).mean() for field in (large, enlarged))
    assert bends > 2.5 * hardly


def test_fields_asked_for_in_parts_are_the_fields_asked_for_at_once() -> None:
    for field in (detailed_field(_rng(), 900, 700, GRAIN), speckle(_rng(), 900, 700, 2.5, tall=2.0)):
        whole = field.rows(0, 700)
        parts = np.concatenate([field.rows(first, min(first + 90, 700)) for first in range(0, 700, 90)])
        assert np.allclose(whole, parts, atol=1e-4)


def test_static_is_even_and_the_same_for_its_seed() -> None:
    noise = static(_rng(), 200, 0.5)
    rows = noise.rows(30, 500)

    assert np.array_equal(rows[100:170], noise.rows(130, 200))
    assert abs(float(rows.mean())) < 0.01
    assert np.abs(rows).max() <= 0.5
    assert not np.array_equal(rows[2:18], rows[18:34])


@pytest.mark.parametrize("kind", [SurfaceKind.MARBLE, SurfaceKind.STONE, SurfaceKind.VELVET, SurfaceKind.PLASTER])
def test_ground_looks_the_same_at_every_size(kind: SurfaceKind) -> None:
    surface = Surface(kind=kind, top=(150, 150, 150), bottom=(140, 140, 140), detail=(80, 80, 90), texture=0.7)
    means = []
    for size in (256, 1024):
        ground = lay_ground(surface, size, size, seed=5).rows(0, size)[1]
        means.append(ground.reshape(16, size // 16, 16, size // 16).mean(axis=(1, 3)))

    assert np.corrcoef(means[0].ravel(), means[1].ravel())[0, 1] > 0.9
    assert means[0].mean() == pytest.approx(means[1].mean(), rel=0.02)
