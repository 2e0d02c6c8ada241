"""PNG files: what comes out is what went in, in every decoder's eyes, with its profile and its text."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.imaging.png_checksums import refuse_wrong_checksums
from dmdx_desktop.imaging.png_writing import save_png, text_chunk
from tests.imaging.sample_truth import SAMPLES

SIZES = [(1, 1), (1, 700), (700, 1), (33, 57), (1100, 900)]


def _written(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    save_png(image, stream, [text_chunk("Title", "Ring · Größe 54")])
    return stream.getvalue()


def _picture(mode: str, size: tuple[int, int], rng: np.random.Generator) -> Image.Image:
    planes = len(mode)
    pixels = rng.integers(0, 256, (size[1], size[0], planes), dtype=np.uint8)
    pixels[size[1] // 2 :] = 255
    return Image.fromarray(pixels[..., 0] if planes == 1 else pixels)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("size", SIZES)
def test_save_png_gives_back_every_pixel(mode: str, size: tuple[int, int]) -> None:
    image = _picture(mode, size, np.random.default_rng(3))

    with Image.open(io.BytesIO(_written(image))) as again:
        again.load()

        assert again.mode == mode
        assert again.tobytes() == image.tobytes()
        assert again.info["icc_profile"] == srgb_profile()
        assert again.info["Title"] == "Ring · Größe 54"


@pytest.mark.parametrize("size", SIZES)
def test_save_png_is_read_by_another_decoder(size: tuple[int, int]) -> None:
    image = _picture("RGB", size, np.random.default_rng(4))

    read = QImage.fromData(_written(image)).convertToFormat(QImage.Format.Format_RGB888)

    rows = np.frombuffer(read.constBits(), np.uint8).reshape(read.height(), read.bytesPerLine())
    assert np.array_equal(rows[:, : 3 * read.width()].reshape(size[1], size[0], 3), np.asarray(image))


def test_save_png_writes_checksums_that_hold() -> None:
    written = bytearray(_written(_picture("RGB", (300, 200), np.random.default_rng(5))))
    refuse_wrong_checksums(io.BytesIO(written))

    written[written.index(b"IDAT") + 40] ^= 1

    with pytest.raises(PictureError):
        refuse_wrong_checksums(io.BytesIO(written))


def test_save_png_of_a_photograph_takes_little_more_room_than_the_library_at_its_best() -> None:
    shown, best = Image.open(SAMPLES / "emerald-ring_front_photo.png").convert("RGB"), io.BytesIO()
    shown.save(best, "PNG", optimize=True)

    assert len(_written(shown)) < 1.5 * len(best.getvalue())
