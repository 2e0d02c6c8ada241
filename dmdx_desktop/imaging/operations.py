"""What a picture process can be asked to do with files from outside. Runs in picture processes.

=========== ==================================== ==========================================================
operation   arguments                            answer
=========== ==================================== ==========================================================
headers     paths: list of text                  headers: for each path in order {"header": ...} or
                                                 {"problem": {code, title, detail, remedy}}
prepare     path: text, clean_copy_to: text      facts, clean_copy; payloads: previews 320 and 1024 px
previews    path: text                           nothing; payloads: previews 320 and 1024 px
tiles       path: text                           nothing; payloads: tiles of the whole picture (see ``tiles``)
reduced     path: text, edge, quality: numbers   width, height; payload: a JPEG of the pixels alone, on white
receive     path: text                           width, height, pixels_sha256; payloads: previews
try_formats folder: text                         opened, failed, heic, colour (see ``fitness``)
=========== ==================================== ==========================================================

The operations that cut out, measure and draw come from ``studio_operations``, those that write exports from
``export_operations``.
"""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.answers import Answer, Operation, number_argument, path_argument, paths_argument
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.clean_copy import save_clean_copy
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.export_operations import ExportOperations
from dmdx_desktop.imaging.fitness import try_formats
from dmdx_desktop.imaging.previews import PREVIEW_EDGES, make_previews, previews_of
from dmdx_desktop.imaging.provenance import pixels_sha256
from dmdx_desktop.imaging.reduced import reduced_jpeg
from dmdx_desktop.imaging.safe_open import Header, Picture, open_picture, read_header
from dmdx_desktop.imaging.tiles import tiles_of

__all__ = ["Answer", "Operation", "picture_operations"]

BOUNDS: Final = Bounds()


def picture_operations(resources: Path) -> Mapping[str, Operation]:
    """Every operation by name. What they remember between calls (colour profiles) lives in what is returned.

    ``resources`` is the folder of scenes and metals that drawing needs.
    """
    colour = ColourConverter()
    opening = OpeningOperations(BOUNDS, colour)
    exporting = ExportOperations(resources, BOUNDS, colour)
    late = LateStudio(resources, BOUNDS, colour)
    return {"try_formats": try_formats, **opening.by_name(), **exporting.by_name(), **late.by_name()}


class LateStudio:
    """The operations of the studio, loaded when the first is asked for: they take longer to load than to read a header.

    For one thread.
    """

    def __init__(self, resources: Path, bounds: Bounds, colour: ColourConverter) -> None:
        self._resources = resources
        self._bounds = bounds
        self._colour = colour
        self._loaded: Mapping[str, Operation] | None = None

    def by_name(self) -> dict[str, Operation]:
        """The operations of the studio by the name they are asked for."""
        return {
            name: partial(self._carry_out, name)
            for name in ("measure", "cut_out", "draft", "scene_previews", "compare")
        }

    def _carry_out(self, name: str, arguments: Mapping[str, object]) -> Answer:
        if self._loaded is None:
            from dmdx_desktop.imaging.studio_operations import StudioOperations

            self._loaded = StudioOperations(self._resources, self._bounds, self._colour).by_name()
        return self._loaded[name](arguments)


class OpeningOperations:
    """The operations that read pictures, and the colour profiles they have met. For one thread."""

    def __init__(self, bounds: Bounds, colour: ColourConverter) -> None:
        self._bounds = bounds
        self._colour = colour

    def by_name(self) -> dict[str, Operation]:
        """The operations of this object by the name they are asked for."""
        return {
            "headers": self.headers,
            "prepare": self.prepare,
            "previews": self.previews,
            "tiles": self.tiles,
            "reduced": self.reduced,
            "receive": self.receive,
        }

    def headers(self, arguments: Mapping[str, object]) -> Answer:
        """The header, or the problem, of each of ``paths``; no pixel is decoded."""
        return Answer({"headers": [self._header_or_problem(path) for path in paths_argument(arguments, "paths")]})

    def prepare(self, arguments: Mapping[str, object]) -> Answer:
        """Decode ``path`` once; write its clean copy to ``clean_copy_to`` and make its previews."""
        path, target = path_argument(arguments, "path"), path_argument(arguments, "clean_copy_to")
        picture = open_picture(path, self._bounds, self._colour)
        clean = save_clean_copy(picture, path, target)
        return Answer({"facts": _picture_facts(picture), "clean_copy": asdict(clean)}, _payloads(picture))

    def previews(self, arguments: Mapping[str, object]) -> Answer:
        """The previews of ``path``, smallest first."""
        made = make_previews(path_argument(arguments, "path"), self._bounds, colour=self._colour)
        return Answer(payloads=tuple(made[edge] for edge in PREVIEW_EDGES))

    def tiles(self, arguments: Mapping[str, object]) -> Answer:
        """The whole picture of ``path`` as tiles, row by row."""
        picture = open_picture(path_argument(arguments, "path"), self._bounds, self._colour)
        return Answer(payloads=tiles_of(picture.image))

    def reduced(self, arguments: Mapping[str, object]) -> Answer:
        """A copy of ``path`` that may leave this computer, no larger than ``edge`` pixels."""
        picture = open_picture(path_argument(arguments, "path"), self._bounds, self._colour)
        edge, quality = number_argument(arguments, "edge"), number_argument(arguments, "quality")
        content, size = reduced_jpeg(picture.image, edge, quality)
        return Answer({"width": size[0], "height": size[1]}, (content,))

    def receive(self, arguments: Mapping[str, object]) -> Answer:
        """Look whether ``path``, which an engine made, is a whole picture, and make its previews."""
        picture = open_picture(path_argument(arguments, "path"), self._bounds, self._colour)
        values = {"width": picture.width, "height": picture.height, "pixels_sha256": pixels_sha256(picture.image)}
        return Answer(values, _payloads(picture))

    def _header_or_problem(self, path: Path) -> dict[str, object]:
        try:
            return {"header": header_facts(read_header(path, self._bounds))}
        except PictureError as error:
            problem = {"code": error.code, "title": error.title, "detail": error.detail, "remedy": error.remedy}
            return {"problem": problem}


def header_facts(header: Header) -> dict[str, object]:
    """A header as JSON: its fields, and width and height upright."""
    upright_width, upright_height = header.upright_size
    return {**asdict(header), "upright_width": upright_width, "upright_height": upright_height}


def _picture_facts(picture: Picture) -> dict[str, object]:
    """What is known of a decoded picture, as JSON. Width and height upright are those of the decoded pixels."""
    return {
        **header_facts(picture.header),
        "upright_width": picture.width,
        "upright_height": picture.height,
        "transparent": picture.has_alpha,
        "profile_name": picture.profile_name,
        "srgb_converted": picture.srgb_converted,
    }


def _payloads(picture: Picture) -> tuple[bytes, ...]:
    made = previews_of(picture.image)
    return tuple(made[edge] for edge in PREVIEW_EDGES)
