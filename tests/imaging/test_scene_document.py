"""docs/scenes.md against the schema: the same fields, ranges and defaults, and every scene there is."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from dmdx_desktop.imaging.scenes import Framing, Light, Reflection, Scene, Shadow, Surface, SurfaceKind
from dmdx_desktop.models.choices import PAID_ONLY_SCENES, SceneId

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "scenes.md"
PARTS: dict[str, type[BaseModel]] = {
    "surface": Surface,
    "framing": Framing,
    "shadow": Shadow,
    "light": Light,
    "reflection": Reflection,
}
NUMBERS = [
    (part, name)
    for part, model in PARTS.items()
    for name, field in model.model_fields.items()
    if field.annotation is float
]


def _section(part: str) -> str:
    """The words of the document about one part of a scene's file."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.search(rf"^### `{part}`.*?$(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/scenes.md has no section about {part}"
    return found[1]


def _rows(part: str) -> dict[str, tuple[str, str]]:
    """Range and default of each field that the section lists."""
    lines = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \| .+ \|$", _section(part), re.MULTILINE)
    return {name: (span, default) for name, span, default in lines}


def test_scene_document_explains_every_part_of_a_file() -> None:
    assert set(PARTS) | {"id"} == set(Scene.model_fields)
    assert _section("id")


@pytest.mark.parametrize("part", PARTS)
def test_scene_document_lists_the_fields_of_the_schema_in_order(part: str) -> None:
    assert list(_rows(part)) == list(PARTS[part].model_fields)


@pytest.mark.parametrize(("part", "name"), NUMBERS)
def test_scene_document_gives_the_range_and_default_of_each_number(part: str, name: str) -> None:
    field = PARTS[part].model_fields[name]
    bounds = {type(bound).__name__: getattr(bound, type(bound).__name__.lower()) for bound in field.metadata}
    least = f"above {bounds['Gt']:g}, to" if "Gt" in bounds else f"{bounds['Ge']:g} to"
    default = "must be said" if field.default is PydanticUndefined else f"{field.default:g}"

    assert _rows(part)[name] == (f"{least} {bounds['Le']:g}", default)


def test_scene_document_names_every_kind_of_ground() -> None:
    assert re.findall(r"`(\w+)`", _rows("surface")["kind"][0]) == list(SurfaceKind)


def test_scene_document_shows_every_scene_of_this_computer() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (.*?) \| .+ \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    own = [(scene.value, scene.label) for scene in SceneId if scene not in PAID_ONLY_SCENES]
    assert [entry for entry in listed if entry[0] in set(SceneId)] == own


def test_scene_document_shows_pictures_that_are_there() -> None:
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", DOCUMENT.read_text(encoding="utf-8")):
        assert (DOCUMENT.parent / picture).is_file()
