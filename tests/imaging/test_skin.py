"""Hands and faces: found on made-up skin of every tone, and never where there is only jewellery."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.skin import find_skin
from tests.imaging.sample_truth import picture_of, truths

TONES = [(240, 200, 180), (236, 188, 160), (198, 134, 100), (170, 110, 80), (141, 85, 60), (110, 70, 50), (80, 52, 40)]
WIDTH, HEIGHT = 900, 800
RING_AT = {"finger": (445, 420), "hand": (378, 520), "neck": (480, 420), "everywhere": (450, 400)}


def _outline(where: str) -> Image.Image:
    outline = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(outline)
    match where:
        case "finger":
            pen.rounded_rectangle((330, -50, 560, 700), 115, fill=255)
        case "hand":
            for left, top in ((180, 330), (320, 230), (460, 210), (600, 280)):
                pen.rounded_rectangle((left, top, left + 115, 900), 57, fill=255)
            pen.ellipse((140, 500, 760, 1000), fill=255)
        case "neck":
            pen.polygon([(0, 0), (500, 0), (470, 350), (560, 800), (0, 800)], fill=255)
        case _:
            pen.rectangle((0, 0, WIDTH, HEIGHT), fill=255)
    return outline


def _worn(tone: tuple[int, int, int], where: str) -> tuple[Bytes, Bytes, Bytes]:
    """A ring on shaded skin: the picture, the coverage of the ring alone, and that of ring and skin together."""
    outline = _outline(where)
    mask = np.asarray(outline, dtype=np.float32) / 255
    soft = np.asarray(outline.filter(ImageFilter.GaussianBlur(60)), dtype=np.float32) / 255
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    shade = (0.45 + 0.6 * soft) * (1.08 - 0.25 * x / WIDTH - 0.15 * y / HEIGHT)
    if where == "everywhere":
        shade = 1.1 - 0.45 * x / WIDTH - 0.2 * np.hypot(x - 500, y - 300) / 600
    pores = 1 + 0.03 * np.random.default_rng(1).standard_normal((HEIGHT, WIDTH, 1))
    light = (np.asarray(tone) / 255) ** 2.2 * (shade[..., None] ** 1.6) * pores
    skin = np.clip(light, 0, 1) ** (1 / 2.2) * 255
    picture = Image.fromarray((skin * mask[..., None] + 235 * (1 - mask[..., None])).astype(np.uint8))
    ring = Image.new("L", picture.size)
    column, row = RING_AT[where]
    box = (column - 130, row - 28, column + 130, row + 28)
    ImageDraw.Draw(ring).ellipse(box, fill=255)
    ImageDraw.Draw(picture).ellipse(box, fill=(190, 160, 90))
    alone = np.asarray(ring)
    return np.asarray(picture), alone, np.maximum((mask * 255).astype(np.uint8), alone)


@pytest.mark.parametrize("where", list(RING_AT))
@pytest.mark.parametrize("tone", TONES)
def test_find_skin_sees_a_person_whether_cut_out_or_not(tone: tuple[int, int, int], where: str) -> None:
    picture, alone, together = _worn(tone, where)

    assert find_skin(picture, alone).is_seen
    assert find_skin(picture, together).is_seen


def test_find_skin_in_samples_sees_nobody() -> None:
    for truth in truths():
        picture = np.asarray(picture_of(truth.file).image.convert("RGB"))
        assert not find_skin(picture, truth.piece_mask.astype(np.uint8) * 255).is_seen, truth.file


@pytest.mark.parametrize("backdrop", [(232, 205, 196), (222, 190, 178), (214, 190, 160), (205, 165, 145)])
def test_find_skin_on_blush_and_sand_backdrops_sees_nobody(backdrop: tuple[int, int, int]) -> None:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    vignette = 1.02 - 0.1 * np.hypot(x - 450, y - 400) / 600
    picture = Image.fromarray((np.asarray(backdrop) * vignette[..., None]).astype(np.uint8))
    ring = Image.new("L", picture.size)
    for pen, fill in ((ImageDraw.Draw(picture), (205, 150, 125)), (ImageDraw.Draw(ring), 255)):
        pen.ellipse((300, 250, 600, 550), outline=fill, width=45)

    assert not find_skin(np.asarray(picture), np.asarray(ring)).is_seen


def test_find_skin_in_a_large_smooth_piece_of_rose_gold_sees_nobody() -> None:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    shade = 0.55 + 0.45 * np.sin(x / 120) * np.cos(y / 150)
    disc = np.hypot(x - 450, y - 400) < 300
    picture = np.where(disc[..., None], np.asarray((235, 175, 145)) * shade[..., None], 245).astype(np.uint8)

    assert not find_skin(picture, disc.astype(np.uint8) * 255).is_seen


@pytest.mark.parametrize("size", [(1, 1), (5, 300), (40, 40)])
def test_find_skin_in_the_smallest_pictures_does_not_fail(size: tuple[int, int]) -> None:
    picture = np.full((*size, 3), (224, 172, 140), dtype=np.uint8)

    assert not find_skin(picture, np.zeros(size, dtype=np.uint8)).is_seen
