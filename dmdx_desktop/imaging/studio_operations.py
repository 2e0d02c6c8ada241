"""What a picture process can be asked to do with the piece in a picture. Runs in picture processes.

=========== ==================================== ==========================================================
operation   arguments                            answer
=========== ==================================== ==========================================================
measure     path, sha256: text                   piece: the reading; confidence: of the cut-out
cut_out     path, to: text                       width, height, confidence, background; ``to`` is a PNG, 8-bit
                                                 grey, the coverage on the picture's own pixels seen upright
draft       path, sha256, to, title: text;       width, height, bytes, pixels_sha256, confidence; ``to`` is
            variant, piece: objects; seed,       the finished PNG
            created_at (epoch ms): whole numbers
scene_      path, sha256: text; piece: object;   nothing; payloads: a small JPEG in each of the scenes, in order
previews    scenes: list of text
compare     path, sha256, output, output_sha256: outline, metal, confidence (see ``fidelity``); piece: the
            text; metal: text; same_view: bool   reading of the output
=========== ==================================== ==========================================================
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

from dmdx_desktop.imaging.answers import Answer, Operation, checked_request, path_argument
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.cutout import CutOut, cut_out
from dmdx_desktop.imaging.draft import make_draft
from dmdx_desktop.imaging.eye import Eye
from dmdx_desktop.imaging.fidelity import compare
from dmdx_desktop.imaging.measure import measure, read_background
from dmdx_desktop.imaging.metal import HouseStandard, load_house_standard
from dmdx_desktop.imaging.previews import previews_of
from dmdx_desktop.imaging.provenance import Provenance, write_png
from dmdx_desktop.imaging.safe_open import Picture, open_picture
from dmdx_desktop.imaging.scenes import Scene, load_scene
from dmdx_desktop.imaging.stone_sense import StoneSense, load_stone_sense
from dmdx_desktop.imaging.whole_files import whole_file
from dmdx_desktop.models.choices import SMALLEST_SIZE
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.preview_edges import SCENE_SIDE
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import RecipeMetal, SceneId

WORKING_PIXELS: Final = 9_000_000
"""Larger pictures are reduced before they are cut out: no draft shows more, and memory stays within bounds."""
KEPT_PICTURES: Final = 6
KEPT_PIXELS: Final = WORKING_PIXELS
"""Of the last cut-outs so many are kept, with no more pixels together than one large picture has: about 65 MB."""


class DraftRequest(BaseModel):
    """The arguments of ``draft``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    sha256: str = Field(min_length=1)
    to: Path
    variant: Variant
    piece: Piece
    seed: int = Field(ge=0)
    created_at: int = Field(ge=0)
    title: str = ""


class MeasureRequest(BaseModel):
    """The arguments of ``measure``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    sha256: str = Field(min_length=1)


class ScenesRequest(BaseModel):
    """The arguments of ``scene_previews``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    sha256: str = Field(min_length=1)
    piece: Piece
    scenes: tuple[SceneId, ...] = Field(max_length=len(SceneId))


class CompareRequest(BaseModel):
    """The arguments of ``compare``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    sha256: str = Field(min_length=1)
    output: Path
    output_sha256: str = Field(min_length=1)
    metal: RecipeMetal
    same_view: bool


class StudioOperations:
    """The operations of the embedded analyst and engine, with the last pictures they cut out. For one thread."""

    def __init__(self, resources: Path, bounds: Bounds, colour: ColourConverter) -> None:
        self._resources = resources
        self._bounds = bounds
        self._colour = colour
        self._eye: Eye | None = None
        self._sense: StoneSense | None = None
        self._standard: HouseStandard | None = None
        self._scenes: dict[SceneId, Scene] = {}
        self._kept: dict[str, tuple[Picture, CutOut]] = {}

    def by_name(self) -> dict[str, Operation]:
        """The operations of this object by the name they are asked for."""
        return {
            "measure": self.measure,
            "cut_out": self.cut_out,
            "draft": self.draft,
            "scene_previews": self.scene_previews,
            "compare": self.compare,
        }

    def measure(self, arguments: Mapping[str, object]) -> Answer:
        """Read the picture. Raises PictureError as ``open_picture`` does."""
        request = checked_request(MeasureRequest, arguments)
        picture, cut = self._cut_out_of(request.path, request.sha256)
        return Answer(
            {"piece": measure(picture, cut, self._stone_sense()).model_dump(mode="json"), "confidence": cut.confidence}
        )

    def cut_out(self, arguments: Mapping[str, object]) -> Answer:
        """Write the coverage of the piece. Raises PictureError as ``open_picture`` does."""
        path, target = path_argument(arguments, "path"), path_argument(arguments, "to")
        picture = open_picture(path, self._bounds, self._colour)
        worked_on = within_working_size(picture)
        cut = cut_out(worked_on, self._opened_eye())
        coverage = Image.fromarray(cut.coverage)
        if coverage.size != picture.image.size:
            coverage = coverage.resize(picture.image.size, Image.Resampling.BILINEAR)
        with whole_file(target) as stream:
            coverage.save(stream, "PNG")
        return Answer(
            {
                "width": coverage.width,
                "height": coverage.height,
                "confidence": cut.confidence,
                "background": read_background(worked_on, cut).model_dump(mode="json"),
            }
        )

    def draft(self, arguments: Mapping[str, object]) -> Answer:
        """Make and write one draft. Raises PictureError, also ``no_piece``, and UsageError for an unknown scene."""
        request = checked_request(DraftRequest, arguments)
        scene = self._scene(request.variant.scene)
        _, cut = self._cut_out_of(request.path, request.sha256)
        image = make_draft(cut, request.variant, request.piece, scene, self._house_standard(), request.seed)
        written = write_png(image, request.to, _provenance(request))
        return Answer(
            {
                "width": written.width,
                "height": written.height,
                "bytes": written.bytes,
                "pixels_sha256": written.pixels_sha256,
                "confidence": cut.confidence,
            }
        )

    def scene_previews(self, arguments: Mapping[str, object]) -> Answer:
        """Small drafts of the piece, one in each scene. Raises PictureError, also ``no_piece``, and UsageError."""
        request = checked_request(ScenesRequest, arguments)
        _, cut = self._cut_out_of(request.path, request.sha256)
        made = []
        for scene in request.scenes:
            variant = Variant(scene=scene, size=SMALLEST_SIZE)
            image = make_draft(cut, variant, request.piece, self._scene(scene), self._house_standard(), seed=0)
            made.append(previews_of(image, edges=(SCENE_SIDE,))[SCENE_SIDE])
        return Answer(payloads=tuple(made))

    def compare(self, arguments: Mapping[str, object]) -> Answer:
        """How true a finished picture is to its reference. Raises PictureError as ``open_picture`` does."""
        request = checked_request(CompareRequest, arguments)
        _, reference = self._cut_out_of(request.path, request.sha256)
        picture, output = self._cut_out_of(request.output, request.output_sha256)
        standard = self._house_standard()
        asked = None if request.metal is RecipeMetal.AS_REFERENCE else standard.metals[request.metal]
        found = compare(reference, output, asked, same_view=request.same_view)
        reading = measure(picture, output, self._stone_sense())
        return Answer({**asdict(found), "piece": reading.model_dump(mode="json")})

    def _cut_out_of(self, path: Path, sha256: str) -> tuple[Picture, CutOut]:
        """The picture and its cut-out. The last ones are kept: after its reading follow the drafts of a picture."""
        kept = self._kept.pop(sha256, None)
        if kept is None:
            picture = within_working_size(open_picture(path, self._bounds, self._colour))
            self._make_room(_pixels(picture))
            kept = picture, cut_out(picture, self._opened_eye())
        self._kept[sha256] = kept
        return kept

    def _make_room(self, pixels: int) -> None:
        """Let go of the cut-outs that were not used for longest."""
        held = sum(_pixels(picture) for picture, _ in self._kept.values())
        while self._kept and (len(self._kept) == KEPT_PICTURES or held + pixels > KEPT_PIXELS):
            oldest, _ = self._kept.pop(next(iter(self._kept)))
            held -= _pixels(oldest)

    def _opened_eye(self) -> Eye:
        if self._eye is None:
            self._eye = Eye(self._resources)
        return self._eye

    def _stone_sense(self) -> StoneSense:
        if self._sense is None:
            self._sense = load_stone_sense(self._resources)
        return self._sense

    def _scene(self, scene: SceneId) -> Scene:
        if scene not in self._scenes:
            self._scenes[scene] = load_scene(self._resources, scene)
        return self._scenes[scene]

    def _house_standard(self) -> HouseStandard:
        if self._standard is None:
            self._standard = load_house_standard(self._resources)
        return self._standard


def _pixels(picture: Picture) -> int:
    return picture.width * picture.height


def within_working_size(picture: Picture) -> Picture:
    """The picture itself, or a reduced copy where it has more pixels than are worked on."""
    factor = 1
    while picture.width * picture.height > WORKING_PIXELS * factor * factor:
        factor += 1
    if factor == 1:
        return picture
    if picture.has_alpha:
        return replace(picture, image=picture.image.convert("RGBa").reduce(factor).convert("RGBA"))
    return replace(picture, image=picture.image.reduce(factor))


def _provenance(request: DraftRequest) -> Provenance:
    variant = request.variant
    metal = "" if variant.metal is RecipeMetal.AS_REFERENCE else f", {variant.metal.label.lower()}"
    description = f"Draft picture on the scene {variant.scene.label.lower()}{metal}."
    return Provenance(title=request.title, description=description, created_at=request.created_at)
