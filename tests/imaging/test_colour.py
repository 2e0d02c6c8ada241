"""The numbers of colour agree with published values and come back from every round trip."""

import numpy as np
import pytest

from dmdx_desktop.imaging.colour import (
    bytes_from_linear,
    delta_e_2000,
    lab_from_bytes,
    lab_from_linear,
    linear_from_bytes,
    linear_from_lab,
    linear_from_srgb,
    luminance,
    srgb_from_linear,
)

ALL_BYTES = np.arange(256, dtype=np.uint8)


def test_every_byte_comes_back_from_linear_light() -> None:
    assert np.array_equal(bytes_from_linear(linear_from_bytes(ALL_BYTES)), ALL_BYTES)


def test_linear_light_of_known_values() -> None:
    found = linear_from_srgb(np.array([0.0, 0.04045, 0.5, 1.0], np.float32))
    assert found == pytest.approx([0.0, 0.0031308, 0.2140411, 1.0], abs=1e-6)


def test_srgb_of_light_out_of_range_is_clipped() -> None:
    assert srgb_from_linear(np.array([-0.5, 1.5], np.float32)) == pytest.approx([0.0, 1.0], abs=1e-6)


def test_luminance_of_white_is_one() -> None:
    assert float(luminance(np.ones(3, np.float32))) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("srgb", "lab"),
    [
        ((255, 255, 255), (100.0, 0.0, 0.0)),
        ((0, 0, 0), (0.0, 0.0, 0.0)),
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 255, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
        ((119, 119, 119), (50.03, 0.0, 0.0)),
    ],
)
def test_lab_of_known_colours(srgb: tuple[int, int, int], lab: tuple[float, float, float]) -> None:
    assert lab_from_bytes(np.array(srgb, np.uint8)) == pytest.approx(lab, abs=0.02)


def test_lab_comes_back_to_linear_light() -> None:
    light = np.random.default_rng(7).random((64, 3)).astype(np.float32)
    assert linear_from_lab(lab_from_linear(light)) == pytest.approx(light, abs=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, -0.001, 2.49), (50.0, 0.0011, -2.49), 4.7461),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_delta_e_2000_agrees_with_the_published_pairs(
    one: tuple[float, ...], other: tuple[float, ...], difference: float
) -> None:
    # Sharma, Wu and Dalal (2005), table 1. float32 input moves the two pairs next to a jump of the formula a little.
    found = delta_e_2000(np.array(one, np.float32), np.array(other, np.float32))
    assert float(found) == pytest.approx(difference, abs=2e-4)
