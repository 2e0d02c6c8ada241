"""Pictures that the image services of the tests answer with: painted with Pillow, the same for the same inputs.

The first reference picture, scaled to the size asked for, with a strip of colours in a corner that tells the results of
different jobs apart, and the prompt's SHA-256 inside the file. Called on any thread, several at once.
"""

import hashlib
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps, PngImagePlugin

MARK = "prompt_sha256"
MARK_IN_FILE = re.compile(rb"prompt_sha256[=\0]([0-9a-f]{64})")
SMALL = (64, 64)
DEFAULT = (1024, 1024)
LONG_SIDES = {"0.5k": 512, "1k": 1024, "1.5k": 1536, "2k": 2048, "4k": 4096, "8k": 8192}
FILE_FORMATS = {"jpeg": "JPEG", "jpg": "JPEG", "webp": "WEBP"}
IMAGE_FIELDS = ("image", "images", "mask_image")
BLANK = (200, 200, 200)
CELLS = 16


class Painter:
    """Makes the result of a job.

    ``inputs`` are those of the job, with its ``prediction_id`` and the ``output_number``, which make results of equal
    inputs differ unless a ``seed`` is asked for. Raises OSError when the first reference is no picture.
    """

    def __init__(self, *, small: bool = False, kept: int = 16) -> None:
        """``small``: 64 × 64 whatever is asked for. ``kept``: how many scaled references are remembered."""
        self._small = small
        self._kept = kept
        self._scaled: OrderedDict[tuple[str, tuple[int, int]], Image.Image] = OrderedDict()
        self._lock = threading.Lock()
        self._font = ImageFont.load_default(size=14)

    def __call__(self, inputs: Mapping[str, object], pictures: list[bytes]) -> bytes:
        size = SMALL if self._small else asked_size(inputs)
        picture = self._background(pictures[0] if pictures else b"", size).copy()
        self._draw_strip(picture, _digest(inputs, pictures))
        return _file(picture, str(inputs.get("output_format", "png")), prompt_sha256(str(inputs.get("prompt", ""))))

    def _background(self, reference: bytes, size: tuple[int, int]) -> Image.Image:
        key = (hashlib.sha256(reference).hexdigest(), size)
        with self._lock:
            if key in self._scaled:
                self._scaled.move_to_end(key)
                return self._scaled[key]
        scaled = _scaled(reference, size) if reference else Image.new("RGB", size, BLANK)
        with self._lock:
            self._scaled[key] = scaled
            while len(self._scaled) > self._kept:
                self._scaled.popitem(last=False)
        return scaled

    def _draw_strip(self, picture: Image.Image, digest: str) -> None:
        """Sixteen cells at the lower left, each of the colour that a part of the digest says, and its first letters."""
        pen = ImageDraw.Draw(picture)
        cell = max(2, min(picture.size) // 64)
        top = picture.height - 2 * cell
        for number in range(CELLS):
            part = digest[4 * number : 4 * number + 3]
            left = number * cell
            pen.rectangle((left, top, left + cell - 1, picture.height - 1), fill=f"#{part}")
        if cell >= CELLS:
            pen.text((2, top - 20), digest[:16], fill=(0, 0, 0), font=self._font)


def asked_size(inputs: Mapping[str, object]) -> tuple[int, int]:
    """Width and height in pixels: by ``size``, or by ``aspect_ratio`` and the long side that ``resolution`` names."""
    exact = re.fullmatch(r"(\d+)[*x](\d+)", str(inputs.get("size", "")))
    if exact:
        return int(exact[1]), int(exact[2])
    named = str(inputs.get("resolution", inputs.get("target_resolution", "")))
    long_side = LONG_SIDES.get(named, max(DEFAULT))
    ratio = re.fullmatch(r"(\d+):(\d+)", str(inputs.get("aspect_ratio", "")))
    wide, high = (int(ratio[1]), int(ratio[2])) if ratio else DEFAULT
    return round(long_side * wide / max(wide, high)), round(long_side * high / max(wide, high))


def prompt_sha256(prompt: str) -> str:
    """What a picture carries of the prompt that made it."""
    return hashlib.sha256(prompt.encode()).hexdigest()


def prompt_mark(picture: bytes) -> str:
    """The SHA-256 of the prompt that made a picture; empty when it was not painted here."""
    found = MARK_IN_FILE.search(picture)
    return found[1].decode() if found else ""


def _digest(inputs: Mapping[str, object], pictures: list[bytes]) -> str:
    seed = inputs.get("seed")
    # Addresses of pictures differ from job to job; the pictures count.
    without = {*IMAGE_FIELDS, *(("prediction_id",) if isinstance(seed, int) and seed >= 0 else ())}
    words = json.dumps({name: value for name, value in inputs.items() if name not in without}, sort_keys=True)
    whole = hashlib.sha256(words.encode())
    for picture in pictures:
        whole.update(hashlib.sha256(picture).digest())
    return whole.hexdigest()


def _scaled(reference: bytes, size: tuple[int, int]) -> Image.Image:
    with Image.open(BytesIO(reference)) as opened:
        opened.draft("RGB", size)
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    flat = Image.new("RGBA", upright.size, (255, 255, 255, 255))
    flat.alpha_composite(upright)
    picture = flat.convert("RGB")
    return ImageOps.pad(picture, size, method=Image.Resampling.BILINEAR, color=_corner(picture))


def _corner(picture: Image.Image) -> tuple[int, int, int]:
    red, green, blue = picture.crop((0, 0, 1, 1)).tobytes()
    return red, green, blue


def _file(picture: Image.Image, output_format: str, mark: str) -> bytes:
    file = BytesIO()
    kind = FILE_FORMATS.get(output_format, "PNG")
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text(MARK, mark)
        picture.save(file, kind, pnginfo=texts, compress_level=1)
    elif kind == "JPEG":
        picture.save(file, kind, quality=90, comment=f"{MARK}={mark}".encode())
    else:
        picture.save(file, kind, quality=90, method=0, xmp=f"{MARK}={mark}".encode())
    return file.getvalue()
