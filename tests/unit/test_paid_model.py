"""What is sent to a model is what its schema names, in its own terms and within its bounds: nothing else is."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.models.choices import LARGEST_SIZE, SMALLEST_SIZE, Shape
from dmdx_desktop.models.paid_model import (
    CURATED,
    FILLED,
    IMAGE,
    IMAGES,
    LARGEST_SEED,
    PROMPT,
    Input,
    PaidModel,
    inputs_for,
    name_of,
)
from dmdx_desktop.models.recipe import ASPECTS, Variant
from dmdx_desktop.services.wavespeed_models import FRESH_S, CatalogueCache, models_of
from tests.servers.wavespeed_models import FILE, Catalogue, Model

ORIGIN = "https://service.example.invalid"
ENTRIES: list[dict[str, object]] = json.loads(FILE.read_text(encoding="utf-8"))
OFFERED = {model.id: model for model in models_of(ENTRIES) if model.makes_pictures_from_pictures}
REAL: Mapping[str, Model] = Catalogue().models
REFERENCES = [f"https://h.example.invalid/{number}.jpg" for number in range(20)]
VARIANTS = st.builds(Variant, shape=st.sampled_from(Shape), size=st.integers(SMALLEST_SIZE, LARGEST_SIZE))
TEXT: Input = Input("string")


def _model(
    inputs: Mapping[str, Input], required: frozenset[str] = frozenset(), kind: str = "image-to-image"
) -> PaidModel:
    return PaidModel("maker/model", kind, {PROMPT: TEXT, IMAGES: Input("array"), **inputs}, required)


def _sent(model: PaidModel, variant: Variant | None = None, *, seed: int = 1, references: int = 1) -> dict[str, object]:
    return inputs_for(
        model, prompt="a ring", references=REFERENCES[:references], variant=variant or Variant(), seed=seed
    )


def test_offered_models_are_those_that_edit_one_picture() -> None:
    assert len(OFFERED) >= 25
    assert all("edit" in name or "kontext" in name or name == "openai/gpt-image-1" for name in OFFERED)
    assert {curated.id for curated in CURATED} <= OFFERED.keys()
    for never in (
        "google/nano-banana-pro/edit-multi",
        "wavespeed-ai/image-upscaler",
        "google/nano-banana/text-to-image",
    ):
        assert never in REAL
        assert never not in OFFERED


@pytest.mark.parametrize("name", OFFERED)
@settings(max_examples=20)
@given(variant=VARIANTS, seed=st.integers(0, 2**63), references=st.integers(1, 20))
def test_inputs_for_every_model_are_what_its_schema_takes(
    name: str, variant: Variant, seed: int, references: int
) -> None:
    sent = _sent(OFFERED[name], variant, seed=seed, references=references)
    schema = REAL[name]
    assert sent.keys() <= schema.properties.keys()
    assert schema.bad_input(sent) is None
    assert schema.known(sent) == sent
    assert json.loads(json.dumps(sent)) == sent
    named = sent.get(IMAGES, [sent.get(IMAGE)])
    assert named == REFERENCES[: min(references, OFFERED[name].most_references)]
    assert not any(sent.get(flag) for flag in ("enable_sync_mode", "enable_base64_output"))
    assert sent.get("num_images", 1) == sent.get("max_images", 1) == 1


@pytest.mark.parametrize("name", OFFERED)
def test_inputs_for_every_model_ask_for_a_picture_of_the_shape(name: str) -> None:
    for shape, (width, height) in ASPECTS.items():
        sent = _sent(OFFERED[name], Variant(shape=shape, size=2048))
        told = sent.get("aspect_ratio", sent.get("size"))
        if told is not None:
            across, down = map(int, re.split(r"[:*]", str(told)))
            assert (across > down, across < down) == (width > height, width < height)


@pytest.mark.parametrize(
    ("size", "resolution"), [(256, "1k"), (1024, "1k"), (1025, "2k"), (2048, "2k"), (2049, "4k"), (4096, "4k")]
)
def test_inputs_for_a_size_ask_for_the_smallest_resolution_that_is_enough(size: int, resolution: str) -> None:
    assert _sent(OFFERED["google/nano-banana-pro/edit"], Variant(size=size))["resolution"] == resolution


def test_inputs_for_a_size_beyond_the_largest_resolution_ask_for_the_largest() -> None:
    model = _model({"resolution": Input("string", choices=("0.5k", "auto", "1K"))})
    assert _sent(model, Variant(size=4096))["resolution"] == "1K"
    assert "resolution" not in _sent(_model({"resolution": Input("string", choices=("auto",))}))


def test_inputs_for_unknown_inputs_are_left_alone() -> None:
    sent = _sent(_model({"guidance_scale": Input("number", minimum=1), "quality": Input("string", choices=("high",))}))
    assert sent == {PROMPT: "a ring", IMAGES: REFERENCES[:1]}


def test_inputs_for_a_format_take_what_keeps_most() -> None:
    formats = {("jpeg", "png", "webp"): "png", ("jpeg", "webp"): "webp", ("jpeg",): "jpeg", ("gif",): None, (): None}
    for choices, chosen in formats.items():
        sent = _sent(_model({"output_format": Input("string", choices=choices)}))
        assert sent.get("output_format") == chosen


@pytest.mark.parametrize(
    ("inputs", "required"),
    [
        ({"mask_image": TEXT}, {"mask_image"}),
        ({}, {"prompt", "strength"}),
        ({"num_images": Input("integer", choices=(2,), minimum=2, maximum=2)}, {"num_images"}),
        ({"num_images": Input("integer", choices=(2, 4))}, set()),
        ({"max_images": Input("integer", minimum=2, maximum=15)}, set()),
    ],
)
def test_model_that_needs_what_is_not_filled_in_is_not_offered(inputs: dict[str, Input], required: set[str]) -> None:
    assert not _model(inputs, frozenset(required)).makes_pictures_from_pictures


def test_model_of_another_kind_or_without_prompt_or_picture_is_not_offered() -> None:
    assert _model({}, FILLED).makes_pictures_from_pictures
    assert not _model({}, kind="text-to-image").makes_pictures_from_pictures
    assert not PaidModel("m", "image-to-image", {PROMPT: TEXT}, frozenset()).makes_pictures_from_pictures
    assert not PaidModel("m", "image-to-image", {IMAGE: TEXT}, frozenset()).makes_pictures_from_pictures


def test_prompt_that_is_too_long_is_refused_and_is_not_repeated() -> None:
    model = _model({PROMPT: Input("string", longest=6)})
    assert _sent(model)[PROMPT] == "a ring"
    with pytest.raises(DmdxError) as caught:
        inputs_for(model, prompt="a ring!", references=REFERENCES, variant=Variant(), seed=1)
    assert caught.value.code == "prompt_too_long"
    assert "a ring" not in str(caught.value)


@given(
    st.integers(0, 2**63),
    st.none() | st.integers(-1, 2**40),
    st.none() | st.integers(-1, 2**40),
)
def test_seed_is_a_whole_number_within_the_bounds(seed: int, low: int | None, high: int | None) -> None:
    assume(low is None or high is None or high <= 0 or max(low, 0) <= min(high, LARGEST_SEED))
    assume(low is None or low <= LARGEST_SEED)
    bounds = Input(
        "integer", minimum=None if low is None else float(low), maximum=None if high is None else float(high)
    )
    sent = _sent(_model({"seed": bounds}), seed=seed)["seed"]
    assert type(sent) is int
    assert max(0, low or 0) <= sent <= (LARGEST_SEED if high is None or high <= 0 else min(high, LARGEST_SEED))


@given(VARIANTS, st.none() | st.integers(1, 2048), st.none() | st.integers(1, 8192))
def test_size_has_each_side_within_the_bounds(variant: Variant, low: int | None, high: int | None) -> None:
    smallest, largest = low or 256, high or 4096
    assume(smallest <= largest)
    bounds = Input("string", minimum=None if low is None else float(low), maximum=None if high is None else float(high))
    size = str(_sent(_model({"size": bounds}), variant)["size"])
    assert all(smallest <= int(side) <= largest for side in size.split("*"))


@given(VARIANTS)
def test_size_without_narrow_bounds_is_what_is_asked_for(variant: Variant) -> None:
    size = str(_sent(_model({"size": Input("string", minimum=1.0, maximum=8192.0)}), variant)["size"])
    assert size == "{}*{}".format(*variant.output_size)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "enum", "minimum", "maximum", "maxItems", "maxLength", "default"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_models_of_anything_never_fail(junk: object) -> None:
    entry = {"model_id": "m", "type": "image-to-image"}
    request = {"properties": {"prompt": junk, "images": {}, "size": junk, "seed": junk}, "required": junk}
    for listed in (
        junk,
        [junk],
        [{**entry, "api_schema": junk}],
        [{**entry, "base_price": junk, "api_schema": {"api_schemas": junk}}],
        [{**entry, "base_price": junk, "api_schema": {"api_schemas": [junk, {"request_schema": request}]}}],
    ):
        for model in models_of(listed):
            assert model.most_references >= 1
            assert isinstance(model.makes_pictures_from_pictures, bool)


def test_models_of_a_hostile_catalogue_are_bounded() -> None:
    properties: dict[str, object] = {f"p{number}": {} for number in range(101)}
    schema = {"api_schemas": [{"request_schema": {"properties": properties}}]}
    assert models_of([{"model_id": "m", "api_schema": schema}]) == ()
    assert models_of([{"model_id": "m" * 201, "api_schema": {"api_schemas": [{"request_schema": {}}]}}]) == ()
    huge = {"enum": [str(number) for number in range(100_000)], "maxItems": 10**9}
    schema = {"api_schemas": [{"request_schema": {"properties": {"prompt": {}, "images": huge}}}]}
    (model,) = models_of([{"model_id": "m", "api_schema": schema}])
    assert len(model.inputs["images"].choices) == 200
    assert model.most_references == 14


def test_name_of_a_model_is_plain_where_it_is_recommended() -> None:
    assert name_of("google/nano-banana-pro/edit") == "Nano Banana Pro"
    assert name_of("maker/unknown") == "maker/unknown"


def test_catalogue_cache_gives_back_what_was_kept_for_this_address(tmp_path: Path) -> None:
    cache = CatalogueCache(tmp_path / "cache")
    assert cache.load(ORIGIN) is None
    cache.keep(ORIGIN, ENTRIES)
    assert cache.load(ORIGIN) == (models_of(ENTRIES), True)
    assert cache.load("https://other.example.invalid") is None


def test_catalogue_cache_that_is_old_from_the_future_or_damaged(tmp_path: Path) -> None:
    cache = CatalogueCache(tmp_path)
    cache.keep(ORIGIN, ENTRIES)
    (file,) = tmp_path.iterdir()
    kept = json.loads(file.read_text())
    for read_at in (kept["read_at"] - FRESH_S - 1, kept["read_at"] + 1000, None, "now"):
        file.write_text(json.dumps({**kept, "read_at": read_at}))
        assert cache.load(ORIGIN) == (models_of(ENTRIES), False)
    for damaged in (b"", b"[]", b"\xff", b"[" * 100_000, file.read_bytes()[:-9]):
        file.write_bytes(damaged)
        assert cache.load(ORIGIN) is None


def test_catalogue_cache_on_a_disk_that_takes_nothing_is_no_failure(tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file")
    cache = CatalogueCache(in_the_way)
    cache.keep(ORIGIN, ENTRIES)
    assert cache.load(ORIGIN) is None
