"""Outlines laid on each other: moved, turned and scaled ones are the same, others are not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dmdx_desktop.imaging.fidelity import outline_agreement
from dmdx_desktop.models.agreement import OUTLINE_AGREES, OUTLINE_DIFFERS

Coverage = NDArray[np.uint8]


def _ring(*, turn: float = 0.0, scale: float = 1.0, stone: int = 46, wide: float = 1.0) -> Coverage:
    picture = Image.new("L", (400, 400), 0)
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((200 - 110 * wide, 110, 200 + 110 * wide, 330), outline=255, width=26)
    drawing.ellipse((200 - stone, 120 - stone, 200 + stone, 120 + stone), fill=255)
    side = round(400 * scale)
    return np.asarray(picture.rotate(turn).resize((side, side)))


@settings(max_examples=12, deadline=None)
@given(st.floats(-10, 10), st.floats(0.5, 2.0), st.integers(0, 90), st.integers(0, 90))
def test_outline_that_is_moved_turned_a_little_and_scaled_is_the_same(
    turn: float, scale: float, right: int, down: int
) -> None:
    moved = np.pad(_ring(turn=turn, scale=scale), ((down, 5), (right, 9)))
    assert outline_agreement(_ring(), moved) >= OUTLINE_AGREES


@pytest.mark.parametrize("other", [_ring(wide=1.45), _ring(stone=95)[:, :], _ring()[:, 190:]])
def test_outline_of_another_piece_is_not_the_same(other: Coverage) -> None:
    assert outline_agreement(_ring(), other) < OUTLINE_DIFFERS


def test_outline_is_the_same_as_itself() -> None:
    assert outline_agreement(_ring(), _ring()) == pytest.approx(1.0, abs=0.01)
