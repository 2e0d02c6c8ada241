"""Framing: shape, size, ground and fill of an exported image, on pictures whose every pixel is known."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from dmdx_desktop.imaging.framing import Edge, framed, look_around
from dmdx_desktop.models.treatment import FileFormat, Ground, Treatment

GOLD = (200, 150, 60)


def _picture(size: tuple[int, int] = (400, 300), ground: tuple[int, ...] = (255, 255, 255)) -> Image.Image:
    """A golden block of 80 x 60 in the middle of an even ground."""
    image = Image.new("RGBA" if len(ground) == 4 else "RGB", size, ground)
    middle = (size[0] // 2, size[1] // 2)
    box = (middle[0] - 40, middle[1] - 30, middle[0] + 39, middle[1] + 29)
    ImageDraw.Draw(image).rectangle(box, fill=(*GOLD, 255) if len(ground) == 4 else GOLD)
    return image


def _busy() -> Image.Image:
    noise = np.random.default_rng(3).integers(0, 255, (300, 400, 3), np.uint8)
    return Image.fromarray(noise)


@pytest.mark.parametrize(
    ("image", "edge"),
    [
        (_picture(), Edge.PURE_WHITE),
        (_picture(ground=(246, 246, 246)), Edge.NEAR_WHITE),
        (_picture(ground=(120, 120, 120)), Edge.EVEN),
        (_picture(ground=(0, 0, 0, 0)), Edge.CLEAR),
        (_busy(), Edge.BUSY),
    ],
)
def test_look_around_tells_what_is_behind_the_piece(image: Image.Image, edge: Edge) -> None:
    around = look_around(image)

    assert around.edge is edge
    fill = around.fill(*image.size)
    assert fill is None if edge is Edge.BUSY else fill == pytest.approx(0.2, abs=0.01)


def test_framed_with_a_shape_fills_up_around_and_cuts_nothing_off() -> None:
    square = framed(_picture(ground=(120, 120, 120)), Treatment(format=FileFormat.PNG, shape=(1, 1)))

    assert square.size == (400, 400)
    assert square.getpixel((0, 0)) == (120, 120, 120)
    assert np.count_nonzero((np.asarray(square) == GOLD).all(axis=2)) == 80 * 60


def test_framed_with_fill_sets_the_piece_to_its_share_of_the_frame() -> None:
    treatment = Treatment(format=FileFormat.JPEG, shape=(1, 1), fill=0.8, ground=Ground.WHITE)
    made = framed(_picture(), treatment)

    assert made.size == (100, 100)
    assert look_around(made).fill(*made.size) == pytest.approx(0.8, abs=0.03)


def test_framed_never_enlarges_unless_told_to() -> None:
    treatment = Treatment(format=FileFormat.PNG, size=800)

    assert framed(_picture(), treatment).size == (400, 300)
    assert framed(_picture(), treatment.model_copy(update={"enlarge": True})).size == (800, 600)
    assert framed(_picture(), treatment.model_copy(update={"size": 200})).size == (200, 150)


def test_framed_on_white_lifts_a_ground_that_is_nearly_white() -> None:
    made = framed(_picture(ground=(246, 246, 246)), Treatment(format=FileFormat.JPEG, ground=Ground.WHITE))

    assert look_around(made).edge is Edge.PURE_WHITE


def test_framed_on_white_leaves_a_coloured_ground_as_it_is() -> None:
    image = _picture(ground=(120, 120, 120))
    made = framed(image, Treatment(format=FileFormat.JPEG, ground=Ground.WHITE))

    assert made.tobytes() == image.tobytes()


def test_framed_lays_a_clear_ground_on_white_for_jpeg_and_keeps_it_for_png() -> None:
    clear = _picture(ground=(0, 0, 0, 0))
    jpeg = framed(clear, Treatment(format=FileFormat.JPEG, shape=(1, 1)))
    png = framed(clear, Treatment(format=FileFormat.PNG, shape=(1, 1)))

    assert (jpeg.mode, jpeg.getpixel((0, 0))) == ("RGB", (255, 255, 255))
    assert (png.mode, png.size) == ("RGBA", (400, 400))
    assert png.getchannel("A").getpixel((0, 0)) == 0
