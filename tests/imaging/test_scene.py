"""Scenes: every file against the schema, grounds that repeat, shadows that end."""

import json
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from dmdx_desktop.errors import UsageError
from dmdx_desktop.imaging.footing import Footing, Stance
from dmdx_desktop.imaging.scenes import Light, Scene, Shadow, Surface, SurfaceKind, load_scene
from dmdx_desktop.imaging.shadows import cast_shadow, soften
from dmdx_desktop.imaging.surfaces import lay_ground
from dmdx_desktop.models.vocabulary import PAID_ONLY_SCENES, SceneId
from tests.imaging.sample_truth import RESOURCES

SCENE_FILES = sorted((RESOURCES / "scenes").glob("*.json"))
OWN_SCENES = sorted(set(SceneId) - PAID_ONLY_SCENES)


def test_scene_files_are_one_for_each_scene_this_computer_can_make() -> None:
    assert [path.stem for path in SCENE_FILES] == OWN_SCENES


@pytest.mark.parametrize("path", SCENE_FILES, ids=lambda path: path.stem)
def test_scene_file_is_named_after_its_id(path: Path) -> None:
    assert Scene.model_validate_json(path.read_bytes()).id == path.stem


@pytest.mark.parametrize("scene", sorted(PAID_ONLY_SCENES))
def test_load_scene_of_a_paid_engine_says_what_to_do(scene: SceneId) -> None:
    with pytest.raises(UsageError, match="needs a paid engine") as raised:
        load_scene(RESOURCES, scene)
    assert raised.value.remedy


@pytest.mark.parametrize(
    "change",
    [
        {"sparkle": 1},
        {"framing": {"fill": 1.4}},
        {"surface": {"kind": "plain", "top": [300, 0, 0]}},
        {"surface": {"kind": "water"}},
        {"shadow": {"contact": -0.1}},
        {"light": {"tint": [1.08, 1.0, 0.92]}},
        {"light": {"angle": 120}},
        {"reflection": {"strength": 2}},
    ],
)
def test_scene_with_a_wrong_field_is_refused(change: dict[str, object]) -> None:
    sound = json.loads((RESOURCES / "scenes" / "marble.json").read_text(encoding="utf-8"))
    with pytest.raises(ValidationError):
        Scene.model_validate(sound | change)


def _folder_with(folder: Path, scene: SceneId, text: str) -> Path:
    (folder / "scenes").mkdir()
    (folder / "scenes" / f"{scene.value}.json").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json", "Invalid JSON"),
        ('{"id": "marble", "surface": {"kind": "marble"}, "framing": {"fill": 2}}', "framing.fill"),
        ('{"id": "slate", "surface": {"kind": "stone"}, "framing": {"fill": 0.7}}', "the scene slate"),
    ],
)
def test_load_scene_of_a_wrong_file_says_what_is_wrong_and_what_to_do(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words) as raised:
        load_scene(_folder_with(tmp_path, SceneId.MARBLE, text), SceneId.MARBLE)
    assert raised.value.code == "scene_file_wrong"
    assert "docs/scenes.md" in raised.value.remedy


@pytest.mark.parametrize("kind", sorted(set(SurfaceKind) - {SurfaceKind.NONE}))
def test_ground_of_the_same_seed_is_the_same_and_of_another_seed_differs(kind: SurfaceKind) -> None:
    surface = Surface(kind=kind, top=(200, 190, 180), bottom=(180, 170, 160), texture=0.5)
    first = lay_ground(surface, 300, 200, seed=1).rows(0, 200)
    lay_ground(surface, 64, 64, seed=9)

    assert np.array_equal(first, lay_ground(surface, 300, 200, seed=1).rows(0, 200))
    if kind is not SurfaceKind.PLAIN:
        assert not np.array_equal(first, lay_ground(surface, 300, 200, seed=2).rows(0, 200))


@pytest.mark.parametrize("kind", sorted(set(SurfaceKind) - {SurfaceKind.NONE}))
def test_ground_in_strips_is_the_ground_in_one_piece(kind: SurfaceKind) -> None:
    ground = lay_ground(Surface(kind=kind, texture=0.5, glow=0.5), 620, 450, seed=3)

    strips = np.concatenate([ground.rows(first, first + 90) for first in range(0, 450, 90)], axis=1)
    assert np.allclose(strips, ground.rows(0, 450), atol=1e-4)


@pytest.mark.parametrize("stance", list(Stance))
def test_cast_shadow_lies_at_the_piece_and_ends_exactly(stance: Stance) -> None:
    coverage = np.zeros((300, 300), dtype=np.float32)
    coverage[110:190, 110:190] = 1.0
    lost = cast_shadow(coverage, Shadow(contact=0.4, soft=0.3), Light(), Footing(stance))

    assert lost.min() >= 0.0
    assert lost.max() <= 1.0
    assert lost[191, 155] > 0.04
    assert lost[191, 155] > lost[107, 145]
    assert not lost[:40].any()
    assert not lost[260:].any()


def test_cast_shadow_of_nothing_is_none() -> None:
    assert not cast_shadow(
        np.zeros((20, 30), dtype=np.float32), Shadow(contact=1.0, soft=1.0), Light(), Footing(Stance.LYING)
    ).any()


def test_soften_keeps_the_amount_of_light() -> None:
    plane = np.zeros((101, 101), dtype=np.float32)
    plane[50, 50] = 1.0
    soft = soften(plane, 6)

    assert soft.sum() == pytest.approx(1.0, abs=1e-5)
    assert soft[50, 50] == soft.max()
