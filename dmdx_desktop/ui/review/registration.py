"""Where the piece lies in a picture, so that its reference can be laid under its image at the same scale. Any thread.

Nothing of this is stored with the pictures, so it is estimated from small previews: what differs most from the edge of
the picture counts as the piece, and the box around it is laid on the box in the other picture. Where either box is not
to be trusted, or the boxes have different shapes as with another angle, the frames are fitted to one another instead.
It takes some milliseconds and belongs on a reader thread, not on the GUI thread.
"""

from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage

SIDE: Final = 72
"""Pixels of the longer side of what is looked at."""
PIECE: Final = 0.4
"""Share of the greatest difference from the edge at which a pixel counts as the piece's."""
FAINTEST: Final = 60
"""Below this difference, summed over three channels, nothing stands out."""
STRAY: Final = 0.01
"""Share of the piece's pixels at each side that may be stray ones."""
LEAST: Final = 0.02
MOST: Final = 0.92
"""Shares of the picture that a box may have."""
SHAPES_DIFFER: Final = 1.25


def piece_box(image: QImage) -> QRectF | None:
    """The box around the piece, its sides from 0 to 1; None where nothing stands out clearly."""
    if image.isNull():
        return None
    small = image.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    width, height = small.width(), small.height()
    pixels = [_channels(small.pixel(x, y)) for y in range(height) for x in range(width)]
    edge = [
        pixels[y * width + x]
        for y in range(height)
        for x in range(width)
        if x in (0, width - 1) or y in (0, height - 1)
    ]
    ground = tuple(sorted(one[channel] for one in edge)[len(edge) // 2] for channel in range(3))
    differences = [sum(abs(one[channel] - ground[channel]) for channel in range(3)) for one in pixels]
    greatest = sorted(differences)[len(differences) * 99 // 100]
    if greatest < FAINTEST:
        return None
    marked = [number for number, one in enumerate(differences) if one >= PIECE * greatest]
    left, right = _extent([number % width for number in marked])
    top, bottom = _extent([number // width for number in marked])
    box = QRectF(left / width, top / height, (right - left + 1) / width, (bottom - top + 1) / height)
    return box if LEAST <= box.width() * box.height() <= MOST else None


def frame_fit(image: QSizeF, reference: QSizeF) -> QRectF:
    """The reference whole and in the middle of the image, in parts of the image's width and height."""
    scale = min(image.width() / reference.width(), image.height() / reference.height())
    width, height = reference.width() * scale / image.width(), reference.height() * scale / image.height()
    return QRectF((1 - width) / 2, (1 - height) / 2, width, height)


def registered(image: QSizeF, reference: QSizeF, image_box: QRectF | None, reference_box: QRectF | None) -> QRectF:
    """Where the reference lies under the image, in parts of the image's width and height."""
    if image_box is None or reference_box is None:
        return frame_fit(image, reference)
    across = image_box.width() * image.width() / (reference_box.width() * reference.width())
    down = image_box.height() * image.height() / (reference_box.height() * reference.height())
    if max(across, down) > SHAPES_DIFFER * min(across, down):
        return frame_fit(image, reference)
    scale = (across * down) ** 0.5
    width, height = reference.width() * scale / image.width(), reference.height() * scale / image.height()
    middle, other = image_box.center(), reference_box.center()
    return QRectF(middle.x() - other.x() * width, middle.y() - other.y() * height, width, height)


def _channels(pixel: int) -> tuple[int, int, int]:
    return pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255


def _extent(places: list[int]) -> tuple[int, int]:
    """The first and the last of ``places``, some stray ones at either side left out."""
    ordered = sorted(places)
    stray = int(len(ordered) * STRAY)
    return ordered[stray], ordered[-1 - stray]
