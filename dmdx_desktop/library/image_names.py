"""What the names of image files are made of, read from the rows. Pure reads, on any connection of the library; any
process."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library import jobs, outputs, renders
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.models.naming import output_file_name, with_ending
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.treatment import SheetPage, Treatment

ENDING: Final = ".png"
SHEET_ENDING: Final = ".pdf"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class ImageNames:
    """One image: its keys, the words a name may use, and the size of its file."""

    key: int
    id: str
    title: str
    metal: str
    scene: str
    shot: str
    shape: str
    engine: str
    n: int
    size: int
    sku: str
    type: str
    stone: str
    sha256: str
    width: int
    height: int
    bytes: int
    created_at: int

    def file_name(self, template: str) -> str:
        """The name ``template`` gives. Raises ``UsageError`` for one that cannot be used."""
        return output_file_name(
            template,
            title=self.title,
            metal=self.metal,
            scene=self.scene,
            shot=self.shot,
            shape=self.shape,
            nn=self.n,
            size=self.size,
            engine=self.engine,
            sku=self.sku,
            type=self.type,
            stone=self.stone,
        )

    def exported_as(self, template: str, treatment: Treatment | None, sheet: SheetPage | None) -> str:
        """What its file is called in an export, as long as nothing else is called so. Raises ``UsageError``."""
        if sheet is not None:
            return with_ending(self.file_name(template), SHEET_ENDING)
        if treatment is not None:
            ending = treatment.format.ending
            return self.file_name(with_ending(template, ending))
        return self.file_name(template if template.lower().endswith(ENDING) else template + ENDING)


def image_names(connection: Connection, keys: Sequence[int]) -> list[ImageNames]:
    """The names of these images, in their order; those that are gone left out."""
    found = {row.key: row for row in outputs.of_keys(connection, list(keys))}
    return [_names(connection, found[key]) for key in keys if key in found]


def _names(connection: Connection, output: outputs.OutputRow) -> ImageNames:
    job = jobs.get(connection, output.job_key)
    render = renders.get(connection, output.render_key)
    piece = Piece.model_validate_json(job.piece)
    return ImageNames(
        key=output.key,
        id=output.id,
        title=job.title,
        metal=output.metal,
        scene=output.scene,
        shot=output.shot,
        shape=output.shape,
        engine=output.engine,
        n=render.n,
        size=render.size,
        sku=piece.sku.value,
        type=_stated(piece.type.value),
        stone=next((_stated(stone.species.value) for stone in piece.stones), ""),
        sha256=output.sha256,
        width=output.width,
        height=output.height,
        bytes=output.bytes,
        created_at=output.created_at,
    )


def _stated(word: str) -> str:
    """A value for a name; what is not known leaves no trace in it."""
    return "" if word == UNKNOWN else word
