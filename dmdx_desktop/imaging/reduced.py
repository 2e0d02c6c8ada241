"""A smaller copy of a picture for services: its pixels and nothing else. Runs in picture processes.

Made of decoded pixels alone, so no EXIF, position, owner, comment or trailing data can go along; sRGB, so that it needs
no profile; what is transparent lies on white, as a piece on a table.
"""

import io
from typing import Final

from PIL import Image

WHITE: Final = (255, 255, 255)
SMALLEST_EDGE, LARGEST_EDGE = 256, 4096


def reduced_jpeg(image: Image.Image, edge: int, quality: int) -> tuple[bytes, tuple[int, int]]:
    """``image`` (upright, sRGB, RGB or RGBA) as a JPEG with a longer side of at most ``edge``, and its size."""
    edge = min(max(edge, SMALLEST_EDGE), LARGEST_EDGE)
    shown = _on_white(image)
    if max(shown.size) > edge:
        scale = edge / max(shown.size)
        size = max(1, round(shown.width * scale)), max(1, round(shown.height * scale))
        shown = shown.resize(size, Image.Resampling.LANCZOS)
    target = io.BytesIO()
    shown.save(target, "JPEG", quality=min(max(quality, 50), 95), subsampling=0 if quality >= 90 else 2)
    return target.getvalue(), shown.size


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground
