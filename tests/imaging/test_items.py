"""How many items a cut-out shows, from drawn masks and the samples' true ones."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.items import count_items
from tests.imaging.sample_truth import truths

Box = tuple[int, int, int, int]


def _mask(*discs: Box) -> Bytes:
    image = Image.new("L", (900, 600))
    for disc in discs:
        ImageDraw.Draw(image).ellipse(disc, outline=255, width=30)
    return np.asarray(image)


def test_count_items_of_samples_counts_pairs_of_earrings() -> None:
    for truth in truths():
        items = count_items(truth.piece_mask.astype(np.uint8) * 255)
        assert items.count == (2 if "earrings" in truth.file else 1), truth.file
        assert items.is_one_product


@pytest.mark.parametrize(
    ("discs", "count", "one_product"),
    [
        (((50, 50, 300, 300),), 1, True),
        (((50, 50, 300, 300), (500, 50, 750, 300)), 2, True),
        (((50, 50, 450, 450), (600, 50, 750, 200)), 2, False),
        (((50, 50, 250, 250), (300, 50, 500, 250), (600, 50, 800, 250)), 3, False),
        (((50, 50, 450, 450), (600, 50, 630, 80)), 1, True),
        (((50, 50, 550, 550), (250, 250, 350, 350)), 1, True),
    ],
)
def test_count_items_of_drawn_masks(discs: tuple[Box, ...], count: int, one_product: bool) -> None:
    items = count_items(_mask(*discs))

    assert (items.count, items.is_one_product) == (count, one_product)


def test_count_items_is_surest_of_one() -> None:
    assert (
        count_items(_mask((50, 50, 300, 300))).confidence
        > count_items(_mask((0, 0, 400, 400), (500, 0, 800, 300))).confidence
    )


@pytest.mark.parametrize("side", [1, 7])
def test_count_items_in_the_smallest_pictures_does_not_fail(side: int) -> None:
    assert count_items(np.zeros((side, side), dtype=np.uint8)).count == 0
