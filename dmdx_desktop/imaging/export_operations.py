"""What a picture process can be asked to do with finished images on their way out. Runs in picture processes.

=========== ==================================== ==========================================================
operation   arguments                            answer
=========== ==================================== ==========================================================
look_at     path: text                           width, height, edge: what surrounds the piece; fill: how much
                                                 of the frame it takes up, or null; jpeg_bits_per_pixel
treat       path, to: text; treatment: object    width, height, bytes, quality; ``to`` is the finished file
sheet_tiles width, height: whole numbers;        payloads: the tiles as JPEG
            paths: list of texts
=========== ==================================== ==========================================================
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PIL import Image
from pydantic import BaseModel, ConfigDict

from dmdx_desktop.imaging.answers import Answer, Operation, checked_request, path_argument
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.framing import framed, look_around
from dmdx_desktop.imaging.marking import marked
from dmdx_desktop.imaging.picture_writing import jpeg_bytes, write_picture
from dmdx_desktop.imaging.provenance import read_provenance
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.sheet_tiles import SheetTilesRequest, sheet_tiles
from dmdx_desktop.models.treatment import Treatment

TRIAL_EDGE: Final = 640
TRIAL_QUALITY: Final = 90


class TreatRequest(BaseModel):
    """The arguments of ``treat``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    to: Path
    treatment: Treatment


class ExportOperations:
    """The operations of exports. For one thread."""

    def __init__(self, resources: Path, bounds: Bounds, colour: ColourConverter) -> None:
        self._resources = resources
        self._bounds = bounds
        self._colour = colour

    def by_name(self) -> dict[str, Operation]:
        """The operations of this object by the name they are asked for."""
        return {"look_at": self.look_at, "treat": self.treat, "sheet_tiles": self.sheet_tiles}

    def look_at(self, arguments: Mapping[str, object]) -> Answer:
        """What a preflight needs to know of an image. Raises PictureError as ``open_picture`` does."""
        image = open_picture(path_argument(arguments, "path"), self._bounds, self._colour).image
        around = look_around(image)
        small = image.convert("RGB")
        small.thumbnail((TRIAL_EDGE, TRIAL_EDGE), Image.Resampling.LANCZOS)
        bits = 8 * jpeg_bytes(small, TRIAL_QUALITY) / (small.width * small.height)
        fill = around.fill(image.width, image.height)
        return Answer(
            {
                "width": image.width,
                "height": image.height,
                "edge": around.edge.value,
                "fill": None if fill is None else round(fill, 3),
                "jpeg_bits_per_pixel": round(bits, 3),
            }
        )

    def treat(self, arguments: Mapping[str, object]) -> Answer:
        """Write an image as a channel wants it. Raises PictureError, and LibraryError where it cannot be written."""
        request = checked_request(TreatRequest, arguments)
        image = framed(open_picture(request.path, self._bounds, self._colour).image, request.treatment)
        if request.treatment.watermark is not None:
            image = marked(image, request.treatment.watermark, self._resources / "fonts")
        quality = write_picture(image, request.to, request.treatment, read_provenance(request.path))
        size = request.to.stat().st_size
        return Answer({"width": image.width, "height": image.height, "bytes": size, "quality": quality})

    def sheet_tiles(self, arguments: Mapping[str, object]) -> Answer:
        """The pictures of a contact sheet's page. Raises PictureError where one of its images cannot be opened."""
        request = checked_request(SheetTilesRequest, arguments)
        tiles = sheet_tiles(request, lambda path: open_picture(path, self._bounds, self._colour).image)
        return Answer({}, tuple(tiles))
