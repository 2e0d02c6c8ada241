"""Placing: edges keep their place at every size, light keeps within the outline, mirrors and shadows meet the foot."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dmdx_desktop.imaging.footing import Footing, Stance
from dmdx_desktop.imaging.placing import Placed, cropped, numbers_of, place, steps_of, turned, wrapped
from dmdx_desktop.imaging.reflections import mirrored
from dmdx_desktop.imaging.scenes import Framing, Light, Reflection, Shadow
from dmdx_desktop.imaging.shadows import cast_shadow

Bytes = NDArray[np.uint8]
EVEN = Light(angle=0.0)
FRAMING = Framing(fill=0.8, centre=0.5, balance=0.0)


def _ring(side: int = 300) -> tuple[Bytes, Bytes]:
    image = Image.new("L", (side * 4, side * 4))
    pen = ImageDraw.Draw(image)
    pen.ellipse((0, 0, side * 4 - 1, side * 4 - 1), fill=255)
    pen.ellipse((side // 2, side // 2, side * 4 - side // 2, side * 4 - side // 2), fill=0)
    coverage = np.asarray(image.resize((side, side), Image.Resampling.BOX))
    return coverage, np.full((side, side, 3), (200, 160, 90), dtype=np.uint8)


def test_steps_keep_numbers_finer_than_a_picture_shows() -> None:
    numbers = np.linspace(0.0, 1.0, 1001, dtype=np.float32)
    assert np.abs(numbers_of(steps_of(numbers.copy())) - numbers).max() < 1e-5


@pytest.mark.parametrize("size", [150, 400, 1200])
def test_place_keeps_the_share_of_the_frame_that_is_covered(size: int) -> None:
    coverage, colours = _ring()
    placed = place(coverage, colours, FRAMING, EVEN, (size, size))

    there = float(coverage.mean()) / 255 * 0.8 * 0.8
    assert float(numbers_of(placed.coverage).sum()) / size**2 == pytest.approx(there, rel=0.01)


@pytest.mark.parametrize("size", [150, 1200])
def test_place_never_lights_more_than_is_covered(size: int) -> None:
    coverage, colours = _ring()
    placed = place(coverage, colours, FRAMING, Light(gradient=0.06, exposure=1.03), (size, size))

    assert (placed.light <= placed.coverage).all()


def test_place_enlarged_has_edges_as_narrow_as_its_pixels() -> None:
    coverage, colours = _ring(100)
    share = numbers_of(place(coverage, colours, FRAMING, EVEN, (1000, 1000)).coverage)
    between = ((share > 0.1) & (share < 0.9)).sum(axis=1)

    # The middle row crosses four edges.
    assert between[400] <= 4 * 4


def test_wrapped_changes_the_rim_alone() -> None:
    coverage, colours = _ring()
    placed = place(coverage, colours, FRAMING, EVEN, (600, 600))
    ground = np.ones((3, placed.coverage.shape[0], 1), dtype=np.float32)
    before, after = numbers_of(placed.light[0]), numbers_of(wrapped(placed, ground, 0.3).light[0])
    change = np.abs(after - before)

    assert change.max() > 0.02
    assert change[240, 30] < 1e-4
    assert np.array_equal(wrapped(placed, ground, 0.0).light, placed.light)


def test_turned_by_nothing_is_what_it_was_and_turned_there_and_back_is_close() -> None:
    coverage, colours = _ring()
    assert turned(coverage, colours, 0.0)[0] is coverage
    there = turned(coverage, colours, 5.0)
    back, shown = turned(*there, -5.0)

    assert back.mean() == pytest.approx(coverage.mean(), rel=0.02)
    assert np.abs(shown[back > 250].astype(int) - (200, 160, 90)).max() <= 3


def test_cropped_leaves_no_empty_rim() -> None:
    coverage = np.zeros((50, 60), dtype=np.uint8)
    coverage[10:20, 30:45] = 255
    small, colours = cropped(coverage, np.zeros((50, 60, 3), dtype=np.uint8))

    assert small.shape == (10, 15)
    assert colours.shape == (10, 15, 3)


def _placed_ring() -> Placed:
    return place(*_ring(), FRAMING, EVEN, (500, 500))


@pytest.mark.parametrize("stance", [Stance.LYING, Stance.HANGING])
def test_mirrored_shows_only_what_stands(stance: Stance) -> None:
    assert mirrored(_placed_ring(), Reflection(strength=0.5), Footing(stance)) is None


def test_mirrored_begins_at_the_foot_and_fades() -> None:
    placed = _placed_ring()
    image = mirrored(placed, Reflection(strength=0.5, blur=0.02, fade=0.5), Footing(Stance.STANDING))
    assert image is not None
    share = numbers_of(image.coverage)
    middle = share[:, share.shape[1] // 2]

    assert abs(image.top - (placed.top + placed.coverage.shape[0])) <= 1
    assert middle[:8].max() > 0.3
    assert middle[-2:].max() < 0.01


def test_cast_shadow_of_a_standing_ring_is_darkest_where_it_touches_and_leaves_its_hole_clear() -> None:
    canvas = np.zeros((400, 400), dtype=np.float32)
    coverage, _ = _ring(240)
    canvas[60:300, 80:320] = coverage.astype(np.float32) / 255
    lost = cast_shadow(canvas, Shadow(contact=0.5, soft=0.3), Light(angle=0.0), Footing(Stance.STANDING))

    below = lost[301:310].max(axis=0)
    assert 190 <= int(below.argmax()) <= 210
    assert below.max() > 0.4
    assert lost[302, 200] > 2 * lost[302, 110]
    assert lost[120:200, 200].max() < 0.02


@pytest.mark.parametrize(("angle", "darker"), [(-45.0, "right"), (45.0, "left")])
@pytest.mark.parametrize("stance", [Stance.LYING, Stance.HANGING])
def test_cast_shadow_falls_away_from_the_light(angle: float, darker: str, stance: Stance) -> None:
    coverage = np.zeros((300, 300), dtype=np.float32)
    coverage[110:190, 110:190] = 1.0
    lost = cast_shadow(coverage, Shadow(contact=0.4, soft=0.4, drop=0.08), Light(angle=angle), Footing(stance))
    left, right = float(lost[150, 90:108].mean()), float(lost[150, 192:210].mean())

    assert (right > left) == (darker == "right")
    assert float(lost[192:210, 150].mean()) > float(lost[90:108, 150].mean())


@pytest.mark.parametrize("size", [150, 400, 1200])
def test_place_gives_edges_the_colour_of_the_piece_and_no_bright_rim(size: int) -> None:
    coverage, colours = _ring()
    placed = place(coverage, colours, FRAMING, EVEN, (size, size))
    share, light = numbers_of(placed.coverage), numbers_of(placed.light)
    seen = share > 0.25

    for channel in range(3):
        straight = light[channel][seen] / share[seen]
        assert straight.max() - straight.min() < 0.02
