"""Recipes, the choices that make them, and the pictures they ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.recipe import ASPECTS, Recipe, Variant, output_size, variants
from dmdx_desktop.models.vocabulary import PAID_ONLY_SCENES, RecipeMetal, SceneId, Shape, ShotId

DRAFT_SCENES = [scene for scene in SceneId if scene not in PAID_ONLY_SCENES]

RECIPES = st.builds(
    Recipe,
    scenes=st.lists(st.sampled_from(DRAFT_SCENES), min_size=1, max_size=12),
    metals=st.lists(st.sampled_from(RecipeMetal), min_size=1),
    shots=st.lists(st.sampled_from(ShotId), min_size=1),
    shape=st.sampled_from(Shape),
    size=st.integers(256, 4096),
    count=st.integers(1, 4),
)


def test_recipe_without_arguments_is_the_decided_default() -> None:
    assert Recipe().model_dump(mode="json") == {
        "scenes": ["white"],
        "metals": ["as_reference"],
        "shots": ["as_reference"],
        "shape": "1:1",
        "size": 1600,
        "count": 1,
        "engine": "draft",
    }


@given(recipe=RECIPES)
def test_recipe_written_and_read_is_the_same(recipe: Recipe) -> None:
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe


def test_recipe_repeated_ids_count_once_in_the_order_given() -> None:
    recipe = Recipe.model_validate({"scenes": ["slate", "white", "slate"], "metals": "silver"})
    assert recipe.scenes == (SceneId.SLATE, SceneId.WHITE)
    assert recipe.metals == (RecipeMetal.SILVER,)


@pytest.mark.parametrize(
    ("field", "given_", "closest"),
    [
        ("scenes", ["whte"], "white"),
        ("scenes", ["white", "black-velvet"], "black_velvet"),
        ("metals", ["Yellow gold"], "yellow_gold"),
        ("shots", ["threequarter"], "three_quarter"),
        ("shape", "4:3", "4:5"),
    ],
)
def test_recipe_unknown_id_names_the_closest_and_all_choices(field: str, given_: object, closest: str) -> None:
    with pytest.raises(UsageError) as caught:
        Recipe.model_validate({field: given_})
    assert caught.value.detail == f"Did you mean {closest}?"
    assert closest in caught.value.remedy


def test_recipe_unknown_id_like_nothing_else_names_the_choices_alone() -> None:
    with pytest.raises(UsageError) as caught:
        Recipe.model_validate({"scenes": ["zzzz"]})
    assert caught.value.detail == ""
    assert all(scene in caught.value.remedy for scene in SceneId)


def test_recipe_path_given_for_a_scene_is_not_repeated_in_the_error() -> None:
    with pytest.raises(UsageError) as caught:
        Recipe.model_validate({"scenes": ["/Volumes/secret collection/ring.png"]})
    assert "secret" not in f"{caught.value} {caught.value.remedy}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("size", 255), ("size", 4097), ("size", "big"), ("size", 1600.5), ("size", True)),
        *(("count", 0), ("count", 21), ("count", None), ("count", "-1")),
    ],
)
def test_recipe_number_out_of_bounds_is_refused_with_the_bounds(field: str, value: object) -> None:
    with pytest.raises(UsageError) as caught:
        Recipe.model_validate({field: value})
    assert caught.value.code == f"{field}_out_of_bounds"
    assert " from " in caught.value.remedy


@pytest.mark.parametrize("value", [[], (), None, 7])
def test_recipe_without_a_scene_is_refused(value: object) -> None:
    with pytest.raises(UsageError) as caught:
        Recipe.model_validate({"scenes": value})
    assert caught.value.code == "no_scene"


@pytest.mark.parametrize("scene", sorted(PAID_ONLY_SCENES))
def test_recipe_paid_scene_on_the_draft_engine_is_refused(scene: SceneId) -> None:
    with pytest.raises(UsageError) as caught:
        Recipe(scenes=(scene,))
    assert caught.value.code == "scene_needs_paid_engine"
    assert Recipe(scenes=(scene,), engine="some/engine").scenes == (scene,)


@given(recipe=RECIPES)
def test_variants_are_every_combination_once_in_the_order_of_the_recipe(recipe: Recipe) -> None:
    made = variants(recipe)
    assert len(made) == len(recipe.scenes) * len(recipe.metals) * len(recipe.shots) * recipe.count
    assert len(set(made)) == len(made)
    places = [
        (
            recipe.scenes.index(one.scene),
            recipe.metals.index(one.metal),
            recipe.shots.index(one.shot),
            one.n,
        )
        for one in made
    ]
    assert places == sorted(places)
    assert all((one.shape, one.size) == (recipe.shape, recipe.size) for one in made)


def test_variant_written_and_read_is_the_same() -> None:
    variant = Variant(scene=SceneId.SLATE, metal=RecipeMetal.SILVER, shot=ShotId.TOP, shape=Shape.WIDE, size=800, n=3)
    assert Variant.model_validate(variant.model_dump(mode="json")) == variant


@pytest.mark.parametrize(
    ("shape", "size", "expected"),
    [
        (Shape.SQUARE, 1600, (1600, 1600)),
        (Shape.PORTRAIT, 1600, (1280, 1600)),
        (Shape.LANDSCAPE, 1600, (1600, 1067)),
        (Shape.WIDE, 1600, (1600, 900)),
    ],
)
def test_output_size_of_each_shape(shape: Shape, size: int, expected: tuple[int, int]) -> None:
    assert output_size(shape, size) == expected
    assert Variant(shape=shape, size=size).output_size == expected


@given(shape=st.sampled_from(Shape), size=st.integers(256, 4096))
def test_output_size_has_the_longest_side_and_the_nearest_aspect(shape: Shape, size: int) -> None:
    width, height = output_size(shape, size)
    across, down = ASPECTS[shape]
    assert max(width, height) == size
    assert abs(width * down - height * across) <= max(across, down) / 2
