"""Pictures in memory: decoded whole, by several threads at once, and never in the way of the GUI thread."""

import io
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor

from dmdx_desktop.ui.picture_in_memory import decoded

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = """
import io, sys, threading, time
from PIL import Image
from PySide6.QtGui import QImage
from dmdx_desktop.ui.picture_in_memory import decoded

file = io.BytesIO()
Image.new("RGB", (200, 150), "goldenrod").save(file, "JPEG")
jpeg, stop, counts = file.getvalue(), threading.Event(), [0, 0]

def work(number):
    while not stop.is_set():
        assert decoded(jpeg).width() == 200
        counts[number] += 1

threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
for thread in threads:
    thread.start()
ends, loaded = time.monotonic() + 2, 0
while time.monotonic() < ends:
    # What Qt does on the GUI thread for an icon: its lock of picture formats, with Python's own held.
    assert QImage.fromData(jpeg).width() == 200
    loaded += 1
    time.sleep(0)
stop.set()
for thread in threads:
    thread.join()
sys.stdout.write(f"{loaded} {min(counts)}")
"""


def _written(colour: tuple[int, int, int], size: tuple[int, int] = (40, 30), picture_format: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, picture_format)
    return file.getvalue()


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG"])
def test_decoded_picture_is_the_one_that_was_given(picture_format: str) -> None:
    image = decoded(_written((200, 160, 40), (64, 48), picture_format))
    assert (image.width(), image.height()) == (64, 48)
    colour = QColor(image.pixel(20, 20))
    assert (colour.red(), colour.green(), colour.blue()) == pytest.approx((200, 160, 40), abs=3)


@pytest.mark.qt_log_ignore("JPEG")
@pytest.mark.parametrize("content", [b"", b"no picture at all", _written((1, 2, 3))[:60]])
def test_decoded_garbage_is_a_null_picture(content: bytes) -> None:
    assert decoded(content).isNull()


def test_decoded_by_several_threads_nobody_gets_the_picture_of_another(seed: int) -> None:
    chance = random.Random(seed)
    shades = [chance.randrange(256) for _ in range(400)]
    files = [_written((shade, shade, shade)) for shade in shades]
    with ThreadPoolExecutor(4) as pool:
        found = [QColor(image.pixel(9, 9)).red() for image in pool.map(decoded, files)]
    assert all(abs(one - other) <= 2 for one, other in zip(found, shades, strict=True))


def test_decoded_while_the_gui_thread_loads_pictures_nobody_waits_for_ever() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", AT_ONCE], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert all(int(number) > 20 for number in ended.stdout.split())
