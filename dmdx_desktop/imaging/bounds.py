"""How large a picture may be before anything is decoded. Pure; any process and thread."""

from dataclasses import dataclass

from dmdx_desktop.imaging import refusals


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits for one picture from outside.

    ``pixels`` is width times height, ``file_bytes`` the size of the file, ``aspect`` the longer side divided by the
    shorter, ``min_side`` the least number of pixels of either side. ``seconds`` and ``memory_bytes`` (above what the
    process held before) are kept by whoever runs the picture process: a decoder cannot interrupt itself.
    """

    pixels: int = 64_000_000
    file_bytes: int = 200_000_000
    aspect: int = 20
    min_side: int = 16
    seconds: float = 10.0
    memory_bytes: int = 1 << 30

    def check(self, width: int, height: int) -> None:
        """Raise the PictureError that a picture of ``width`` x ``height`` pixels deserves, if any."""
        if width * height > self.pixels:
            raise refusals.too_many_pixels(width, height, self.pixels)
        if max(width, height) > self.aspect * min(width, height):
            raise refusals.too_narrow(width, height, self.aspect)
        if min(width, height) < self.min_side:
            raise refusals.too_small(width, height, self.min_side)

    def check_bytes(self, size: int) -> None:
        """Raise the PictureError that a file of ``size`` bytes deserves, if any."""
        if size == 0:
            raise refusals.empty_file()
        if size > self.file_bytes:
            raise refusals.too_many_bytes(size, self.file_bytes)
