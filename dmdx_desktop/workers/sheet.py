"""Contact sheets: pictures made by picture processes, put together with their words as a PDF page by page.

Core process, asyncio loop. The same pictures and words give the same bytes, so that a sheet that is resumed is not
written twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dmdx_desktop.library.image_names import ImageNames
from dmdx_desktop.library.steps import StepObserver
from dmdx_desktop.models.choices import EngineId, RecipeMetal, SceneId
from dmdx_desktop.models.outcome import Report
from dmdx_desktop.models.treatment import SHEET_IMAGES, SheetPage
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers import export_files
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.page_file import PageFile, PagePicture
from dmdx_desktop.workers.sheet_layout import SheetLayout

PAGE_SECONDS: Final = 90.0
PRIORITY: Final = 2
LONGEST_LINE: Final = 300
"""More letters of a title are not looked at."""


@dataclass(frozen=True, slots=True)
class SheetFile:
    """The file to be written: ``part`` first, then ``name`` beside it; ``created_at`` is what it says of its age."""

    part: Path
    name: str
    page: SheetPage
    created_at: int


class SheetWriter:
    """Writes sheets for exports; one object serves them all. ``fonts`` is the folder of the bundled font."""

    def __init__(self, files: FilesPool, pictures: PictureCalls, observer: StepObserver, fonts: Path) -> None:
        self._files = files
        self._fonts = fonts
        self._pictures = pictures
        self._observer = observer

    async def write(self, sheet: SheetFile, pictures: Sequence[tuple[ImageNames, Path]], report: Report) -> str:
        """Write the sheet of these pictures and their files; returns its name. Raises ``DmdxError``."""
        await self._files.run(export_files.make_folder, sheet.part.parent)
        pages = -(-len(pictures) // SHEET_IMAGES)
        layout = SheetLayout(sheet.page)
        file = PageFile(sheet.part, layout.paper, self._fonts, created_at=sheet.created_at)
        heading = _heading(len(pictures), sheet.created_at)
        try:
            await self._files.run(file.open)
            for number in range(1, pages + 1):
                some = pictures[(number - 1) * SHEET_IMAGES : number * SHEET_IMAGES]
                tiles = await self._tiles(layout, [blob for _, blob in some])
                lines = layout.lines(
                    heading, [(names.title[:LONGEST_LINE], caption(names)) for names, _ in some], f"{number} / {pages}"
                )
                await self._files.run(file.add, tiles, lines)
                report("exporting", min(number * SHEET_IMAGES, len(pictures)), len(pictures))
            await self._files.run(file.end)
        except BaseException:
            await self._files.run(file.abandon)
            raise
        return await self._files.run(export_files.name_part, sheet.part, sheet.name, self._observer)

    async def _tiles(self, layout: SheetLayout, blobs: Sequence[Path]) -> list[PagePicture]:
        width, height = layout.tile_pixels
        request = {"width": width, "height": height, "paths": [str(blob) for blob in blobs]}
        made = await self._pictures.call("sheet_tiles", request, seconds=PAGE_SECONDS, priority=PRIORITY)
        places = layout.tiles()
        return [PagePicture(jpeg, width, height, next(places)) for jpeg in made.payloads]


def caption(names: ImageNames) -> str:
    """What stands below a picture, after its title."""
    scene = SceneId(names.scene).label if names.scene in set(SceneId) else names.scene
    metal = RecipeMetal(names.metal).label.lower() if names.metal in set(RecipeMetal) else names.metal
    parts = [scene, "" if names.metal == RecipeMetal.AS_REFERENCE else metal, f"{names.n:02d}"]
    parts.append("Draft" if names.engine == EngineId.DRAFT else "")
    return " · ".join(part for part in parts if part)


def _heading(images: int, created_at: int) -> str:
    day = datetime.fromtimestamp(created_at / 1000, tz=UTC)
    return f"Contact sheet · {images:,} image{'' if images == 1 else 's'} · {day.day} {day:%b %Y}"
