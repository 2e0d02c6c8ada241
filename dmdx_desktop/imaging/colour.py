"""Numbers of colour: sRGB, linear light and CIE Lab as NumPy arrays. Pure; runs in picture processes.

Facts: transfer curve and primaries of IEC 61966-2-1; CIE 15:2018 for Lab, here with the D65 white of sRGB; the colour
difference CIEDE2000 as published by Sharma, Wu and Dalal (2005).
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_XYZ_FROM_LINEAR: Final = np.array(
    [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]],
    np.float64,
)
_D65: Final = _XYZ_FROM_LINEAR.sum(axis=1)
_RELATIVE_FROM_LINEAR: Final = (_XYZ_FROM_LINEAR / _D65[:, None]).astype(np.float32)
_LINEAR_FROM_RELATIVE: Final = (np.linalg.inv(_XYZ_FROM_LINEAR) * _D65).astype(np.float32)
_LAB_EDGE: Final = 216 / 24389
_LAB_SLOPE: Final = 24389 / 27
LUMINANCE_WEIGHTS: Final = np.asarray(_XYZ_FROM_LINEAR[1], np.float32)
"""What linear red, green and blue add to luminance; they sum to 1."""


def linear_from_srgb(srgb: Floats) -> Floats:
    """Linear light 0..1 of sRGB values 0..1, any shape."""
    above = ((np.maximum(srgb, 0.04045) + np.float32(0.055)) / np.float32(1.055)) ** np.float32(2.4)
    return np.where(srgb <= 0.04045, srgb / np.float32(12.92), above).astype(np.float32)


def srgb_from_linear(linear: Floats) -> Floats:
    """sRGB values 0..1 of linear light, any shape; light outside 0..1 is clipped."""
    light = np.clip(linear, 0.0, 1.0)
    above = np.float32(1.055) * np.maximum(light, 0.0031308) ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.where(light <= 0.0031308, light * np.float32(12.92), above).astype(np.float32)


def linear_from_bytes(srgb: Bytes) -> Floats:
    """Linear light 0..1 of 8-bit sRGB values, any shape; a table look-up, so fast on whole pictures."""
    table = linear_from_srgb(np.arange(256, dtype=np.float32) / np.float32(255))
    return np.asarray(table[srgb], np.float32)


def bytes_from_linear(linear: Floats) -> Bytes:
    """8-bit sRGB values, rounded, of linear light; any shape."""
    return np.rint(srgb_from_linear(linear) * 255).astype(np.uint8)


def luminance(linear: Floats) -> Floats:
    """Relative luminance 0..1, shape (...), of linear RGB of shape (..., 3)."""
    (mixed,) = _mixed(_channels(linear), LUMINANCE_WEIGHTS[None])
    return mixed


def lab_from_linear(linear: Floats) -> Floats:
    """CIE Lab (L 0..100) of linear RGB of shape (..., 3)."""
    x, y, z = (_curved(plane) for plane in _mixed(_channels(linear), _RELATIVE_FROM_LINEAR))
    lab = np.empty((*linear.shape[:-1], 3), np.float32)
    lab[..., 0] = np.float32(116) * y - np.float32(16)
    lab[..., 1] = np.float32(500) * (x - y)
    lab[..., 2] = np.float32(200) * (y - z)
    return lab


def linear_from_lab(lab: Floats) -> Floats:
    """Linear RGB of CIE Lab of shape (..., 3); values outside 0..1 are colours that sRGB does not hold."""
    lightness, a, b = _channels(lab)
    y = (lightness + np.float32(16)) * np.float32(1 / 116)
    relative = [_uncurved(plane) for plane in (y + a * np.float32(1 / 500), y, y - b * np.float32(1 / 200))]
    return np.stack(list(_mixed(relative, _LINEAR_FROM_RELATIVE)), axis=-1)


def _channels(colours: Floats) -> list[Floats]:
    """The three channels of colours (..., 3), each on its own: arithmetic on them is many times faster so."""
    return [np.asarray(colours[..., channel], np.float32, order="C") for channel in range(3)]


def _mixed(channels: Sequence[Floats], matrix: Floats) -> Iterator[Floats]:
    """Each row of a matrix (3, 3) applied to three channels."""
    for row in matrix:
        mixed = channels[0] * row[0]
        mixed += channels[1] * row[1]
        mixed += channels[2] * row[2]
        yield mixed


def _curved(relative: Floats) -> Floats:
    """The curve of Lab on XYZ relative to white."""
    straight = relative * np.float32(_LAB_SLOPE / 116) + np.float32(16 / 116)
    return np.where(relative > np.float32(_LAB_EDGE), np.cbrt(relative), straight)


def _uncurved(curved: Floats) -> Floats:
    cubed = curved * curved * curved
    straight = (np.float32(116) * curved - np.float32(16)) * np.float32(1 / _LAB_SLOPE)
    return np.where(cubed > np.float32(_LAB_EDGE), cubed, straight)


def lab_from_bytes(srgb: Bytes) -> Floats:
    """CIE Lab (L 0..100) of 8-bit sRGB of shape (..., 3)."""
    return lab_from_linear(linear_from_bytes(srgb))


def delta_e_2000(one: Floats, other: Floats) -> Floats:
    """CIEDE2000 difference, shape (...), between Lab colours of shape (..., 3) that broadcast; 1 is just seen."""
    l1, a1, b1 = (one[..., part].astype(np.float64) for part in range(3))
    l2, a2, b2 = (other[..., part].astype(np.float64) for part in range(3))
    mean_chroma7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma7 / (mean_chroma7 + 25.0**7))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1 = np.degrees(np.arctan2(b1, a1 * stretch)) % 360
    h2 = np.degrees(np.arctan2(b2, a2 * stretch)) % 360
    grey = c1 * c2 == 0
    turn = np.where(grey, 0.0, (h2 - h1 + 180) % 360 - 180)
    hue = np.where(grey, h1 + h2, _mean_hue(h1, h2))
    return np.asarray(
        _weighted_difference(l2 - l1, c2 - c1, turn, (l1 + l2) / 2, (c1 + c2) / 2, hue, c1 * c2), np.float32
    )


Doubles = NDArray[np.float64]


def _mean_hue(h1: Doubles, h2: Doubles) -> Doubles:
    total = h1 + h2
    far = np.abs(h1 - h2) > 180
    return np.where(far, np.where(total < 360, total + 360, total - 360), total) / 2


def _weighted_difference(
    lightness_step: Doubles,
    chroma_step: Doubles,
    hue_turn: Doubles,
    lightness: Doubles,
    chroma: Doubles,
    hue: Doubles,
    chroma_product: Doubles,
) -> Doubles:
    """The last step of CIEDE2000, equations 11 to 22 of the paper; hues in degrees."""
    hue_step = 2 * np.sqrt(chroma_product) * np.sin(np.radians(hue_turn / 2))
    weight = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    from_middle = (lightness - 50) ** 2
    lightness_part = lightness_step / (1 + 0.015 * from_middle / np.sqrt(20 + from_middle))
    chroma_part = chroma_step / (1 + 0.045 * chroma)
    hue_part = hue_step / (1 + 0.015 * chroma * weight)
    rotation = (
        -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    )
    total = lightness_part**2 + chroma_part**2 + hue_part**2 + rotation * chroma_part * hue_part
    return np.asarray(np.sqrt(np.maximum(total, 0.0)), np.float64)
