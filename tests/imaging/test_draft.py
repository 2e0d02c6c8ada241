"""Drafts: framing, whiteness, transparency, halos, and the same pixels every time."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour import delta_e_2000, lab_from_bytes
from dmdx_desktop.imaging.cutout import CutOut, cut_out
from dmdx_desktop.imaging.draft import make_draft
from dmdx_desktop.imaging.metal import load_house_standard
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.scenes import load_scene
from dmdx_desktop.models.piece import Piece, Sourced
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import PAID_ONLY_SCENES, Metal, RecipeMetal, SceneId, Shape
from tests.imaging.made_cuts import cut_of_known
from tests.imaging.sample_truth import RESOURCES, cut_of, the_eye

RING = "solitaire-ring_three-quarter_photo.jpg"
STANDARD = load_house_standard(RESOURCES)
OWN_SCENES = sorted(set(SceneId) - PAID_ONLY_SCENES)


def _draft(
    cut: CutOut,
    scene: SceneId,
    metal: RecipeMetal = RecipeMetal.AS_REFERENCE,
    shape: Shape = Shape.SQUARE,
    size: int = 400,
    piece: Piece | None = None,
    seed: int = 1,
) -> NDArray[np.uint8]:
    variant = Variant(scene=scene, metal=metal, shape=shape, size=size)
    return np.asarray(make_draft(cut, variant, piece or Piece(), load_scene(RESOURCES, scene), STANDARD, seed))


def _disc(background: tuple[int, int, int], fill: tuple[int, int, int]) -> CutOut:
    large = Image.new("L", (2400, 2400))
    ImageDraw.Draw(large).ellipse((700, 700, 1700, 1700), fill=255)
    coverage = np.asarray(large.resize((600, 600), Image.Resampling.BOX))
    share = coverage[..., None] / 255
    rgb = np.rint(np.array(fill) * share + np.array(background) * (1 - share)).astype(np.uint8)
    return cut_of_known(rgb, np.asarray(Image.fromarray(coverage).filter(ImageFilter.GaussianBlur(0.8))))


@pytest.mark.parametrize("scene", OWN_SCENES)
@pytest.mark.parametrize("shape", list(Shape))
def test_make_draft_of_any_shape_has_the_size_asked_for(scene: SceneId, shape: Shape) -> None:
    pixels = _draft(cut_of(RING), scene, shape=shape, size=320)
    width, height = Variant(shape=shape, size=320).output_size

    assert pixels.shape == (height, width, 4 if scene is SceneId.TRANSPARENT else 3)


@pytest.mark.parametrize("shape", [Shape.SQUARE, Shape.WIDE])
def test_make_draft_frames_the_piece_to_the_share_the_scene_says(shape: Shape) -> None:
    scene = load_scene(RESOURCES, SceneId.TRANSPARENT)
    alpha = _draft(cut_of(RING), SceneId.TRANSPARENT, shape=shape, size=800)[..., 3]
    rows, columns = np.flatnonzero(alpha.max(axis=1) > 127), np.flatnonzero(alpha.max(axis=0) > 127)
    filled = max(np.ptp(rows) / alpha.shape[0], np.ptp(columns) / alpha.shape[1])

    assert filled == pytest.approx(scene.framing.fill, abs=0.02)
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(alpha.shape[1] / 2, abs=4)
    assert (rows[0] + rows[-1]) / 2 == pytest.approx(alpha.shape[0] * scene.framing.centre, abs=4)


def test_make_draft_on_white_is_exactly_white_outside_the_shadow() -> None:
    pixels = _draft(cut_of(RING), SceneId.WHITE, size=800)
    rim = np.concatenate([pixels[:40].reshape(-1, 3), pixels[-4:].reshape(-1, 3), pixels[:, :40].reshape(-1, 3)])

    assert (rim == 255).all()
    assert float((pixels == 255).all(axis=-1).mean()) > 0.4


@pytest.mark.parametrize("shape", list(Shape))
def test_make_draft_on_white_has_no_tint_and_no_shadow_far_from_the_piece(shape: Shape) -> None:
    pixels = _draft(cut_of(RING), SceneId.WHITE, shape=shape, size=640)
    white, nothing = (load_scene(RESOURCES, scene) for scene in (SceneId.WHITE, SceneId.TRANSPARENT))
    variant = Variant(scene=SceneId.TRANSPARENT, shape=shape, size=640)
    framed_alike = nothing.model_copy(update={"framing": white.framing})
    alpha = np.asarray(make_draft(cut_of(RING), variant, Piece(), framed_alike, STANDARD, 1))[..., 3]
    rows, columns = np.flatnonzero(alpha.max(axis=1)), np.flatnonzero(alpha.max(axis=0))
    reach = int(0.16 * max(np.ptp(rows), np.ptp(columns)))
    far = np.ones(alpha.shape, dtype=np.bool_)
    far[max(rows[0] - reach, 0) : rows[-1] + reach, max(columns[0] - reach, 0) : columns[-1] + reach] = False

    assert (pixels[far] == 255).all()
    assert not np.ptp(pixels[alpha == 0], axis=-1).any()


def test_make_draft_on_white_throws_a_shadow_below_the_piece() -> None:
    pixels = _draft(_disc((200, 210, 200), (120, 60, 20)), SceneId.WHITE, size=400)
    lowest = int(np.flatnonzero((pixels[:, 200] < 140).all(axis=-1))[-1])

    assert 150 < pixels[lowest + 4, 200, 1] < 254
    assert np.ptp(pixels[lowest + 4, 200].astype(int)) < 4


@pytest.mark.parametrize("background", [(255, 255, 255), (0, 200, 0), (190, 190, 196)])
def test_make_draft_leaves_no_halo_of_the_old_background(background: tuple[int, int, int]) -> None:
    pixels = _draft(_disc(background, (150, 25, 25)), SceneId.BLACK_VELVET, size=500)

    assert int(pixels[..., 1].max()) < 75


def test_make_draft_cut_out_is_clear_at_the_corners_and_whole_inside() -> None:
    pixels = _draft(_disc((255, 255, 255), (150, 25, 25)), SceneId.TRANSPARENT)

    assert not pixels[:20, :20].any()
    assert pixels[200, 200, 3] == 255


def test_make_draft_as_reference_keeps_the_colours_of_the_piece() -> None:
    pixels = _draft(_disc((255, 255, 255), (170, 120, 60)), SceneId.WHITE)
    middle = lab_from_bytes(pixels[200:201, 200:201])

    assert delta_e_2000(middle, lab_from_bytes(np.asarray([[[170, 120, 60]]], np.uint8))).max() < 1.5


def test_make_draft_in_the_metal_it_has_already_leaves_it_alone() -> None:
    gold = Piece(metal=Sourced[Metal](value=Metal.YELLOW_GOLD, confidence=0.9))
    kept = _draft(cut_of(RING), SceneId.WHITE, RecipeMetal.YELLOW_GOLD, piece=gold)

    assert np.array_equal(kept, _draft(cut_of(RING), SceneId.WHITE))
    assert not np.array_equal(kept, _draft(cut_of(RING), SceneId.WHITE, RecipeMetal.ROSE_GOLD, piece=gold))


@pytest.mark.parametrize("scene", OWN_SCENES)
def test_make_draft_after_another_gives_the_same_pixels(scene: SceneId) -> None:
    first = _draft(cut_of(RING), scene, RecipeMetal.ROSE_GOLD, size=300, seed=42)
    _draft(cut_of("flower-brooch_top.jpg"), SceneId.MARBLE, RecipeMetal.SILVER, size=256, seed=7)

    assert np.array_equal(first, _draft(cut_of(RING), scene, RecipeMetal.ROSE_GOLD, size=300, seed=42))


def test_make_draft_of_a_sketch_shows_its_lines_on_a_dark_scene() -> None:
    pixels = _draft(cut_of("solitaire-ring_front_sketch.jpg"), SceneId.BLACK_VELVET, size=600)

    assert float((pixels.min(axis=-1) > 200).mean()) > 0.03


@pytest.mark.parametrize("scene", [SceneId.WARM, SceneId.SLATE])
def test_make_draft_of_a_sketch_is_opaque_within_its_outline_and_the_scene_beyond(scene: SceneId) -> None:
    """The band of the ring is a light wash with dark lines; neither its finger hole nor the corners are paper."""
    drawn = _draft(cut_of("solitaire-ring_front_sketch.jpg"), scene, size=600).astype(int)
    ground = drawn[10:60, 10:60].reshape(-1, 3).mean(axis=0)
    washed = (drawn.min(axis=-1) > 195) & (np.ptp(drawn, axis=-1) < 25)

    assert 0.02 < washed.mean() < 0.25
    assert int(drawn.min()) < 70
    assert not washed[:40].any()
    assert np.abs(drawn[330:370, 280:320].reshape(-1, 3).mean(axis=0) - ground).max() < 40


def test_make_draft_of_a_coloured_sketch_keeps_its_red_stone_red() -> None:
    drawn = _draft(cut_of("ruby-pendant_front_gouache.jpg"), SceneId.WHITE, size=600).astype(int)
    vivid = drawn[drawn[..., 0] - drawn[..., 1] > 60]

    assert len(vivid) > 2000
    assert np.median(vivid[:, 2]) < 0.65 * np.median(vivid[:, 0])


def test_make_draft_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    Image.new("RGB", (200, 200), (90, 90, 90)).save(path)
    with pytest.raises(PictureError) as raised:
        _draft(cut_out(open_picture(path, Bounds()), the_eye()), SceneId.WHITE)
    assert raised.value.code == "no_piece"
    assert raised.value.remedy
