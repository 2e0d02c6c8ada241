"""Drafts for contact sheets, made by the operations that the program itself draws with.

Runs in the processes of ``dev.py contact-sheet``: one piece is one task, so that its outline is found once.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.operations import Operation, picture_operations
from dmdx_desktop.models.choices import PAID_ONLY_SCENES, SMALLEST_SIZE, RecipeMetal, SceneId
from dmdx_desktop.models.filenames import read_name
from dmdx_desktop.models.piece import Piece, combine
from dmdx_desktop.models.recipe import Variant

ROOT: Final = Path(__file__).resolve().parents[2]
SAMPLES: Final = ROOT / "tests" / "samples"
OWN_SCENES: Final = tuple(scene for scene in SceneId if scene not in PAID_ONLY_SCENES)
METALS: Final = (RecipeMetal.AS_REFERENCE, *(metal for metal in RecipeMetal if metal is not RecipeMetal.AS_REFERENCE))
CROP_SIDE: Final = 420
"""Pixels of the square windows in which edges are shown at 100 %."""

_SEED: Final = 1
_CHEQUER: Final = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn of each piece. ``size`` is the side of a cell in pixels; 0 as ``crop_size`` means no crops."""

    scenes: tuple[SceneId, ...] = OWN_SCENES
    metals: tuple[RecipeMetal, ...] = METALS
    size: int = 320
    crop_size: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One picture of a sheet, RGB, with the words below it."""

    image: Image.Image
    caption: str


@dataclass(frozen=True, slots=True, eq=False)
class Piecework:
    """All that is shown of one piece.

    ``rows`` has a row for each scene with a cell for each metal, or all scenes in one row where there is one metal;
    ``crops`` a row for each scene where they were asked for.
    """

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    crops: tuple[tuple[Cell, ...], ...]


def sample_pictures() -> tuple[Path, ...]:
    """The sample pictures by name."""
    return tuple(sorted(path for path in SAMPLES.iterdir() if path.is_file() and path.suffix != ".json"))


def draw_piece(reference: Path, plan: Plan) -> Piecework:
    """Draw one reference in all scenes and metals of the plan. Raises PictureError as the operations do."""
    with tempfile.TemporaryDirectory(prefix="dmdx-sheet-") as folder:
        drawing = _Drawing(reference, Path(folder))
        rows = tuple(tuple(drawing.cell(scene, metal, plan.size) for metal in plan.metals) for scene in plan.scenes)
        if len(plan.metals) == 1:
            rows = (tuple(cell for row in rows for cell in row),)
        crops = _crops(drawing, plan) if plan.crop_size else ()
        return Piecework(drawing.title, rows, crops)


def _crops(drawing: "_Drawing", plan: Plan) -> tuple[tuple[Cell, ...], ...]:
    """Windows on the edges of the piece in each scene, pixel for pixel, in the plan's first metal."""
    alone = drawing.draft(SceneId.TRANSPARENT, plan.metals[0], plan.crop_size).getchannel("A")
    places = edge_windows(np.asarray(alone) > 127, CROP_SIDE)
    rows = []
    for scene in plan.scenes:
        image = over_chequers(drawing.draft(scene, plan.metals[0], plan.crop_size))
        caption = f"{drawing.caption(scene, plan.metals[0])} · {plan.crop_size} px at 100 %"
        rows.append(tuple(Cell(image.crop(box), f"{caption}, {name}") for name, box in places.items()))
    return tuple(rows)


def edge_windows(covered: "np.typing.NDArray[np.bool_]", side: int) -> Mapping[str, tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom) of squares at the foot, the head and the right of what is covered.

    They lie within the picture; a picture smaller than ``side`` is one window.
    """
    rows, columns = np.nonzero(covered)
    if not len(rows):
        rows, columns = np.asarray([covered.shape[0] // 2]), np.asarray([covered.shape[1] // 2])
    points = {"foot": rows.argmax(), "head": rows.argmin(), "right": columns.argmax()}
    side = min(side, *covered.shape)
    boxes = {}
    for name, point in points.items():
        left, top = (
            int(np.clip(middle[point] - side // 2, 0, length - side))
            for middle, length in ((columns, covered.shape[1]), (rows, covered.shape[0]))
        )
        boxes[name] = (left, top, left + side, top + side)
    return boxes


def over_chequers(image: Image.Image) -> Image.Image:
    """An RGB picture; what is transparent shows the grey and white squares that mean nothing is there."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    x, y = np.arange(image.width) // _CHEQUER, np.arange(image.height) // _CHEQUER
    squares = np.where((x[None, :] + y[:, None]) % 2 == 0, 255, 222).astype(np.uint8)
    ground = Image.fromarray(squares).convert("RGBA")
    return Image.alpha_composite(ground, image).convert("RGB")


class _Drawing:
    """One reference, read once, and the drafts made of it. For one thread."""

    def __init__(self, reference: Path, folder: Path) -> None:
        self._asked = {"path": str(reference), "sha256": reference.name}
        self._target = folder / "draft.png"
        self._operations: Mapping[str, Operation] = picture_operations(ROOT / "resources")
        reading = self._operations["measure"](self._asked).values["piece"]
        self._piece = combine(read_name((), reference.name), Piece.model_validate(reading))
        self.title = " ".join(reference.stem.split("_")).replace("-", " ").capitalize()

    def caption(self, scene: SceneId, metal: RecipeMetal) -> str:
        return f"{self.title} · {scene.label} · {metal.label} · Draft"

    def cell(self, scene: SceneId, metal: RecipeMetal, size: int) -> Cell:
        image = self.draft(scene, metal, max(size, SMALLEST_SIZE))
        if image.width > size:
            image = image.convert("RGBa" if image.mode == "RGBA" else "RGB").resize((size, size), reducing_gap=3.0)
            image = image.convert("RGBA") if image.mode == "RGBa" else image
        return Cell(over_chequers(image), self.caption(scene, metal))

    def draft(self, scene: SceneId, metal: RecipeMetal, size: int) -> Image.Image:
        variant = Variant(scene=scene, metal=metal, size=size)
        self._operations["draft"](
            {
                **self._asked,
                "to": str(self._target),
                "title": self.title,
                "variant": variant.model_dump(mode="json"),
                "piece": self._piece.model_dump(mode="json"),
                "seed": _SEED,
                "created_at": 0,
            }
        )
        with Image.open(self._target) as written:
            written.load()
            return written.copy()
