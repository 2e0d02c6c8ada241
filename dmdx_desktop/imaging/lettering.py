"""Lines of text in the bundled font, each letter from the file that has it. Runs in picture processes."""

from pathlib import Path
from typing import Final

from PIL import ImageDraw, ImageFont

_SCRIPTS: Final = (
    ("InterCyrillic", ((0x0400, 0x052F),)),
    ("InterGreek", ((0x0370, 0x03FF), (0x1F00, 0x1FFF))),
    ("InterLatinExtended", ((0x0100, 0x02FF), (0x1E00, 0x1EFF))),
)
"""Which of the font's files has which letters; the first, ``Inter``, has all else that there is."""


class Lettering:
    """Measures and writes lines; fonts are loaded once for each size. For one thread."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._loaded: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}

    def length(self, text: str, pixels: int, weight: str) -> float:
        """How wide a line is."""
        return sum(self._font(f"{script}-{weight}", pixels).getlength(letters) for letters, script in _runs(text))

    def write(
        self,
        draw: ImageDraw.ImageDraw,
        at: tuple[float, float],
        text: str,
        pixels: int,
        weight: str,
        colour: tuple[int, ...],
    ) -> None:
        """Write a line, its upper left corner at ``at``."""
        x = float(at[0])
        for letters, script in _runs(text):
            font = self._font(f"{script}-{weight}", pixels)
            draw.text((x, at[1]), letters, font=font, fill=colour)
            x += font.getlength(letters)

    def _font(self, name: str, pixels: int) -> ImageFont.FreeTypeFont:
        if (name, pixels) not in self._loaded:
            self._loaded[name, pixels] = ImageFont.truetype(
                str(self._fonts / f"{name}.ttf"), pixels, layout_engine=ImageFont.Layout.BASIC
            )
        return self._loaded[name, pixels]


def _runs(text: str) -> list[tuple[str, str]]:
    """``text`` in runs of letters that are in one file of the font, with its name."""
    runs: list[tuple[str, str]] = []
    for letter in text:
        script = _script_of(ord(letter))
        if runs and runs[-1][1] == script:
            runs[-1] = (runs[-1][0] + letter, script)
        else:
            runs.append((letter, script))
    return runs


def _script_of(code: int) -> str:
    for script, spans in _SCRIPTS:
        if any(first <= code <= last for first, last in spans):
            return script
    return "Inter"
