"""Outlines that fray lower the confidence; edges as cameras make them do not."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.fraying import softness, unfrayed


def _ring(side: int, blur: float) -> NDArray[np.uint8]:
    """The coverage of a ring that fills most of a picture, its edge softened."""
    y, x = np.mgrid[:side, :side].astype(np.float32) / side * 2 - 1
    away = np.hypot(x, y)
    band = ((away < 0.9) & (away > 0.6)).astype(np.uint8) * 255
    return np.asarray(Image.fromarray(band).filter(ImageFilter.GaussianBlur(blur)))


def _frayed(coverage: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    """The same area with a rim of which nobody knows whether it belongs to the piece."""
    chance = np.random.default_rng(seed)
    soft = np.asarray(Image.fromarray(coverage).filter(ImageFilter.GaussianBlur(coverage.shape[0] / 50)), np.float32)
    doubt = Image.fromarray(chance.integers(0, 256, (40, 40), dtype=np.uint8))
    noise = np.asarray(doubt.resize(coverage.shape[::-1], Image.Resampling.BICUBIC), np.float32)
    rim = (soft > 15) & (soft < 240)
    return np.where(rim, 0.5 * soft + 0.5 * noise, soft).astype(np.uint8)


@pytest.mark.parametrize("side", [60, 200, 640, 1200, 4000])
def test_unfrayed_of_an_edge_as_cameras_make_it_is_one_at_any_size(side: int) -> None:
    assert unfrayed(_ring(side, 0.8)) == 1.0


@pytest.mark.parametrize("side", [500, 900, 2400])
def test_unfrayed_of_a_rim_that_is_in_doubt_is_less(side: int, seed: int) -> None:
    coverage = _frayed(_ring(side, 0.8), seed)

    assert softness(coverage) > 3 * softness(_ring(side, 0.8))
    assert unfrayed(coverage) < 0.7


def test_softness_without_an_outline_is_none() -> None:
    assert softness(np.zeros((40, 60), np.uint8)) == 0.0
    assert unfrayed(np.zeros((40, 60), np.uint8)) == 1.0
