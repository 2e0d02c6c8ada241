"""The models of the WaveSpeed server: their schemas, what they make of inputs, and what they cost.

Read once when a server is made, by the test's thread; afterwards used on the server's thread and never changed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from tests.servers.wavespeed_prices import micro_price

Json = dict[str, object]

FILE = Path(__file__).with_name("wavespeed_models.json")
SIZE = re.compile(r"(\d{1,5})\*(\d{1,5})")
MISSING, INVALID = 1400, 1401
IMAGE_FIELDS = ("image", "images")


@dataclass(frozen=True)
class BadInput:
    """Why a job is not done: the code and words about it."""

    code: int
    text: str


@dataclass(frozen=True)
class Model:
    """One entry of the catalogue."""

    entry: Json

    @property
    def id(self) -> str:
        return str(self.entry["model_id"])

    @property
    def makes_text(self) -> bool:
        return self.entry["type"] == "llm"

    @cached_property
    def schema(self) -> Json:
        wrapped = cast("dict[str, list[Json]]", self.entry["api_schema"])
        return cast("Json", wrapped["api_schemas"][0]["request_schema"])

    @cached_property
    def properties(self) -> dict[str, Json]:
        return cast("dict[str, Json]", self.schema["properties"])

    def known(self, body: Mapping[str, object]) -> Json:
        """What the model has a name for; the rest is dropped without a word, as the real service does."""
        return {name: value for name, value in body.items() if name in self.properties and value is not None}

    def filled(self, inputs: Mapping[str, object]) -> Json:
        """The inputs with the defaults of those not given."""
        defaults = {name: rule["default"] for name, rule in self.properties.items() if "default" in rule}
        return {**defaults, **inputs}

    def bad_input(self, inputs: Mapping[str, object]) -> BadInput | None:
        """What is wrong with the inputs, if anything."""
        for name in cast("list[str]", self.schema.get("required", [])):
            if inputs.get(name) in (None, "", []):
                return BadInput(MISSING, f"property '{name}' is missing")
        for name, value in inputs.items():
            wrong = _wrong(name, value, self.properties[name])
            if wrong:
                return BadInput(INVALID, f"property '{name}' {wrong}")
        return None

    def micro_usd(self, inputs: Mapping[str, object]) -> int:
        """Price before discounts, in millionths of a dollar."""
        return micro_price(cast("float", self.entry["base_price"]), str(self.entry["formula"]), self.filled(inputs))

    def image_urls(self, inputs: Mapping[str, object]) -> list[str]:
        """Where the reference pictures are, in their order."""
        found: list[str] = []
        for name in IMAGE_FIELDS:
            value = inputs.get(name, [])
            found.extend([str(each) for each in value] if isinstance(value, list) else [str(value)])
        return found


class Catalogue:
    """All models, by id."""

    def __init__(self) -> None:
        entries: list[Json] = json.loads(FILE.read_text(encoding="utf-8"))
        self.models = {str(entry["model_id"]): Model(entry) for entry in entries}

    def entries(self, *, origin: str, without: set[str], discount_rate: int | None, padding: int) -> list[Json]:
        """The catalogue as it is answered; ``padding`` bytes of description are shared out among the models."""
        each = -(-padding // len(self.models.keys() - without))
        discount = {} if discount_rate is None else {"discount_rate": discount_rate}
        return [
            {**_served(model.entry, origin), **discount, "description": "x" * each}
            for name, model in self.models.items()
            if name not in without
        ]


def _served(entry: Json, origin: str) -> Json:
    wrapped = cast("dict[str, list[Json]]", entry["api_schema"])
    return {**entry, "api_schema": {"api_schemas": [{**each, "server": origin} for each in wrapped["api_schemas"]]}}


def _wrong(name: str, value: object, rule: Json) -> str:
    """Why a value does not obey its rule; empty if it does."""
    choices = cast("list[object]", rule.get("enum", []))
    if choices:
        return "" if value in choices else "is not one of the choices"
    checks = {"string": _wrong_text, "array": _wrong_list, "integer": _wrong_number, "number": _wrong_number}
    kind = str(rule.get("type", ""))
    if kind == "boolean":
        return "" if isinstance(value, bool) else "is not true or false"
    if name == "size" and kind == "string":
        return _wrong_size(value, rule)
    return checks[kind](value, rule) if kind in checks else ""


def _wrong_text(value: object, rule: Json) -> str:
    if not isinstance(value, str):
        return "is not text"
    return "is too short" if len(value) < cast("int", rule.get("minLength", 0)) else ""


def _wrong_list(value: object, rule: Json) -> str:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return "is not a list of texts"
    if len(value) < cast("int", rule.get("minItems", 0)):
        return "has too few items"
    return "has too many items" if len(value) > cast("int", rule.get("maxItems", len(value))) else ""


def _wrong_number(value: object, rule: Json) -> str:
    # Whole numbers sent as texts are refused by the real service too.
    if isinstance(value, bool) or not isinstance(value, int if rule["type"] == "integer" else int | float):
        return "is not a number of the right kind"
    return "" if _within(value, rule) else "is out of range"


def _wrong_size(value: object, rule: Json) -> str:
    found = SIZE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return "is not of the form width*height"
    return "" if all(_within(int(side), rule) for side in found.groups()) else "is out of range"


def _within(value: float, rule: Json) -> bool:
    return cast("float", rule.get("minimum", value)) <= value <= cast("float", rule.get("maximum", value))
