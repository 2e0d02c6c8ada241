"""The learned sense for colours of stones: its numbers, its answers, and what happens where its file is damaged."""

from pathlib import Path

import numpy as np
import pytest

from dmdx_desktop.errors import UsageError
from dmdx_desktop.imaging.eye import EYE_FOLDER, Tone
from dmdx_desktop.imaging.stone_colours import stone_signs_of
from dmdx_desktop.imaging.stone_sense import COLOURS, FEATURES, StonePixels, load_stone_sense, stone_features
from dmdx_desktop.models.vocabulary import Kind, StoneColour
from tests.imaging.sample_truth import cut_of, the_stone_sense

WHITE = {tone: (0.97 if tone is Tone.WHITE else 0.01) for tone in Tone}


def test_stone_sense_of_a_sapphire_ring_is_surest_of_blue() -> None:
    signs = stone_signs_of(cut_of("halo-ring_top_photo.jpg"), Kind.PHOTO, WHITE)
    chances = the_stone_sense().chances(signs.features)

    assert set(chances) == set(COLOURS)
    assert chances[StoneColour.BLUE] > 0.8
    assert all(chances[colour] < 0.5 for colour in (StoneColour.RED, StoneColour.GREEN, StoneColour.PURPLE))


def test_stone_sense_of_pearls_below_diamonds_sees_both() -> None:
    chances = the_stone_sense().chances(
        stone_signs_of(cut_of("drop-earrings_front_photo.jpg"), Kind.PHOTO, {**WHITE, Tone.YELLOW: 0.9}).features
    )

    assert chances[StoneColour.CREAM] > 0.5
    assert chances[StoneColour.COLOURLESS] > 0.5


def test_stone_features_without_any_stone_are_finite() -> None:
    empty = np.zeros((40, 60), np.uint8)
    pixels = StonePixels(empty, empty, np.full((40, 60, 3), 200, np.uint8), np.full((40, 60), 255, np.uint8))
    features = stone_features(pixels, [], [], Kind.PHOTO, WHITE, {})

    assert features.shape == (FEATURES,)
    assert np.isfinite(features).all()
    assert max(the_stone_sense().chances(features).values()) < 0.5


def test_stone_features_of_a_turned_picture_are_the_same() -> None:
    rng = np.random.default_rng(4)
    stone = np.where(rng.random((50, 70)) < 0.3, 220, 0).astype(np.uint8)
    colours, covered = rng.integers(0, 256, (50, 70, 3), dtype=np.uint8), np.full((50, 70), 255, np.uint8)
    one = stone_features(StonePixels(stone, stone, colours, covered), [], [], Kind.CAD, WHITE, {})
    turned = [np.ascontiguousarray(plane[::-1, ::-1]) for plane in (stone, stone, colours, covered)]
    other = stone_features(StonePixels(*turned), [], [], Kind.CAD, WHITE, {})

    assert np.allclose(one, other, atol=1e-3)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"inputs": 1, "biases": [0.0], "answers": [0], "roots": [0], "features": [-1], "lower": [0], "values": [0.0]}',
    ],
)
def test_load_stone_sense_from_a_damaged_file_says_to_install_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / EYE_FOLDER).mkdir()
    (tmp_path / EYE_FOLDER / "stones.json").write_text(content, encoding="utf-8")

    with pytest.raises(UsageError, match="cannot be told"):
        load_stone_sense(tmp_path)
