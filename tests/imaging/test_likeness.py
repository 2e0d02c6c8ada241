"""Pairs and what only looks like one: outlines drawn, the samples' earrings, and drawings glued side by side."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.items import Items, count_items
from dmdx_desktop.imaging.likeness import likeness
from dmdx_desktop.imaging.measure import measure
from dmdx_desktop.imaging.regions import Mask
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.models.piece import Piece, Source, Sourced
from dmdx_desktop.models.reference_doubts import doubt_about
from dmdx_desktop.models.vocabulary import JewelleryType, PictureWarning
from tests.imaging.sample_truth import SAMPLES, the_eye, the_stone_sense, truths

HEIGHT = 800
RING, EARRING = (
    Piece(type=Sourced[JewelleryType](value=kind, confidence=0.9, source=Source.FILENAME))
    for kind in (JewelleryType.RING, JewelleryType.EARRING)
)


def _drawn(*points: tuple[int, int]) -> Mask:
    image = Image.new("L", (220, 220))
    ImageDraw.Draw(image).polygon(points, fill=255)
    return np.asarray(image) > 127


def _glued(folder: Path, *names: str) -> Path:
    """Samples side by side, equally high."""
    parts = [ImageOps.contain(Image.open(SAMPLES / name).convert("RGB"), (10_000, HEIGHT)) for name in names]
    sheet = Image.new("RGB", (sum(part.width for part in parts), HEIGHT))
    for at, part in enumerate(parts):
        sheet.paste(part, (sum(before.width for before in parts[:at]), 0))
    sheet.save(folder / "sheet.png")
    return folder / "sheet.png"


def _read(file: Path) -> Piece:
    picture = open_picture(file, Bounds())
    return measure(picture, cut_out(picture, the_eye()), the_stone_sense())


def _code(reading: Piece, piece: Piece = Piece()) -> str:  # noqa: B008 - immutable
    doubt = doubt_about(reading, piece, 1200, 1600)
    return "" if doubt is None else doubt.code


def test_likeness_is_whole_for_the_same_and_for_its_mirror_image_anywhere() -> None:
    drop = _drawn((10, 10), (90, 40), (60, 200), (20, 150))
    assert likeness(drop, np.roll(drop, (9, 100), (0, 1))) == 1
    assert likeness(drop, drop[:, ::-1]) > 0.97
    assert likeness(drop, drop[::-1]) < 0.9


def test_likeness_of_a_bar_and_a_disc_is_small_and_openings_do_not_matter() -> None:
    disc, bar = Image.new("L", (200, 200)), _drawn((5, 90), (195, 90), (195, 110), (5, 110))
    ImageDraw.Draw(disc).ellipse((10, 10, 190, 190), fill=255)
    whole = np.asarray(disc) > 127
    ImageDraw.Draw(disc).ellipse((20, 20, 180, 180), fill=0)
    hoop = np.asarray(disc) > 127

    assert likeness(hoop, whole) == 1
    assert likeness(whole, bar) < 0.4


def test_earrings_stay_a_pair_when_one_of_them_is_turned_a_little() -> None:
    random, kept = np.random.default_rng(5), []
    for truth in truths():
        if "earrings" not in truth.file:
            continue
        both = Image.fromarray(truth.piece_mask)
        wide, high = both.size
        for _ in range(6):
            one = both.crop((0, 0, wide // 2, high))
            other = both.crop((wide // 2, 0, wide, high)).rotate(random.uniform(-15, 15))
            other = other.resize((round(other.width * random.uniform(0.8, 1.1)), high))
            sheet = Image.new("L", (one.width + other.width, high))
            sheet.paste(one, (0, 0))
            sheet.paste(other, (one.width, 0))
            kept.append(count_items(np.asarray(sheet)).is_one_product)
    assert len(kept) == 36
    assert np.mean(kept) >= 0.9


def test_masks_of_different_pieces_side_by_side_are_seldom_taken_for_a_pair() -> None:
    single = {t.file.split("_")[0]: t.piece_mask for t in truths() if "earrings" not in t.file}
    taken = []
    for one, other in itertools.combinations(single.values(), 2):
        parts = [
            ImageOps.contain(Image.fromarray(mask).crop(Image.fromarray(mask).getbbox()), (4000, 360))
            for mask in (one, other)
        ]
        sheet = Image.new("L", (parts[0].width + parts[1].width + 40, 360))
        sheet.paste(parts[0], (0, 0))
        sheet.paste(parts[1], (parts[0].width + 40, 0))
        taken.append(count_items(np.asarray(sheet)).is_one_product)
    assert len(taken) > 40
    assert np.mean(taken) < 0.25


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("emerald-ring_three-quarter_sketch.png", "halo-ring_top_sketch.jpg"),
        ("flower-brooch_top_sketch.jpg", "halo-ring_top_sketch.jpg"),
        ("halo-ring_top_sketch.jpg", "solitaire-ring_front_sketch.jpg"),
        ("emerald-ring_three-quarter_sketch.png", "flower-brooch_top_sketch.jpg"),
    ],
)
def test_two_drawings_glued_side_by_side_are_refused(tmp_path: Path, one: str, other: str) -> None:
    reading = _read(_glued(tmp_path, one, other))

    assert reading.pieces.value == 2
    assert PictureWarning.SEVERAL_PIECES in reading.warnings
    assert _code(reading) == "several_pieces"


def test_two_drawings_that_look_alike_are_refused_once_it_is_known_that_they_are_rings(tmp_path: Path) -> None:
    reading = _read(_glued(tmp_path, "emerald-ring_three-quarter_sketch.png", "solitaire-ring_front_sketch.jpg"))

    assert reading.pieces.value == 2
    assert _code(reading, RING) == "several_pieces"
    assert _code(reading, EARRING) == ""


def test_items_without_a_second_one_are_one_product() -> None:
    assert Items(()).is_one_product
    assert Items((1.0,)).is_one_product
    assert not Items((1.0, 0.9), likeness=0.5).is_one_product
