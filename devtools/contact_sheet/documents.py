"""The small sheets that README and docs/scenes.md show. Drawn in a developer's process, checked in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from devtools.contact_sheet.cells import METALS, OWN_SCENES, ROOT, SAMPLES, Cell, Plan, draw_piece
from devtools.contact_sheet.pages import Layout, draw_page
from dmdx_desktop.models.choices import RecipeMetal, SceneId

_SIDE: Final = 230
_BARE: Final = Layout(margin=0, gap=4, captioned=False)
_QUALITY: Final = 86
_TOUR: Final = Plan((SceneId.MARBLE,), (RecipeMetal.AS_REFERENCE, RecipeMetal.WHITE_GOLD), 298)
_SCENES: Final = Plan(OWN_SCENES, (RecipeMetal.AS_REFERENCE,), _SIDE)
_METALS: Final = Plan((SceneId.SOFT_GREY,), METALS, _SIDE)
_SCENE_PIECES: Final = (
    "solitaire-ring_three-quarter_photo.jpg",
    "wedding-band-rose_three-quarter_photo-alpha.png",
    "ruby-pendant_front_photo.jpg",
    "solitaire-ring_front_sketch.jpg",
)
_METAL_PIECES: Final = ("solitaire-ring_three-quarter_photo.jpg", "bangle_three-quarter_clay.jpg")

Rows = tuple[tuple[Cell, ...], ...]


def write_pictures_of_documents(folder: Path) -> list[Path]:
    """Write them all as JPEG into ``folder``; their paths."""
    written = []
    for name, rows in _pictures().items():
        path = folder / f"{name}.jpg"
        draw_page("", rows, _BARE).save(path, quality=_QUALITY, optimize=True)
        written.append(path)
    return written


def _pictures() -> Mapping[str, Rows]:
    return {
        "tour": _tour(),
        "scenes": tuple(_of_one(SAMPLES / name, _SCENES) for name in _SCENE_PIECES),
        "metals": tuple(_of_one(SAMPLES / name, _METALS) for name in _METAL_PIECES),
    }


def _tour() -> Rows:
    """What the command in the README makes: each sample as it is and in white gold, two samples to a row."""
    references = sorted((ROOT / "resources" / "samples").iterdir())
    cells = [_of_one(path, _TOUR) for path in references]
    return tuple((*cells[first], *cells[first + 1]) for first in range(0, len(cells), 2))


def _of_one(reference: Path, plan: Plan) -> tuple[Cell, ...]:
    return tuple(cell for row in draw_piece(reference, plan).rows for cell in row)
