"""Lines of text in the bundled font, each letter from the file that has it. Runs in picture processes."""

from pathlib import Path

from PIL import ImageDraw, ImageFont

from dmdx_desktop.imaging.scripts import runs_by_script


class Lettering:
    """Measures and writes lines; fonts are loaded once for each size. For one thread."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._loaded: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}

    def length(self, text: str, pixels: int, weight: str) -> float:
        """How wide a line is."""
        return sum(
            self._font(f"{script}-{weight}", pixels).getlength(letters) for letters, script in runs_by_script(text)
        )

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
        for letters, script in runs_by_script(text):
            font = self._font(f"{script}-{weight}", pixels)
            draw.text((x, at[1]), letters, font=font, fill=colour)
            x += font.getlength(letters)

    def _font(self, name: str, pixels: int) -> ImageFont.FreeTypeFont:
        if (name, pixels) not in self._loaded:
            self._loaded[name, pixels] = ImageFont.truetype(
                str(self._fonts / f"{name}.ttf"), pixels, layout_engine=ImageFont.Layout.BASIC
            )
        return self._loaded[name, pixels]
