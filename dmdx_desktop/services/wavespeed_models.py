"""The catalogue of WaveSpeed: what is read of it, and kept on disk for an hour. Core process; pure but for the cache.

Wire facts: ``GET /api/v3/models`` has every model with the JSON schema of its inputs; models come and go within months.
"""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dmdx_desktop.models.paid_model import Input, PaidModel
from dmdx_desktop.services.money import micro_usd

FRESH_S: Final = 3_600.0
MOST_MODELS: Final = 10_000
MOST_INPUTS: Final = 100
LARGEST_CACHE: Final = 32_000_000
LARGEST_NUMBER: Final = 1e15
FILE: Final = "wavespeed-models.json"


def models_of(listed: object) -> tuple[PaidModel, ...]:
    """The models of a catalogue; entries that are not understood are left out."""
    entries = listed[:MOST_MODELS] if isinstance(listed, list) else []
    found = (_model_of(entry) for entry in entries if isinstance(entry, dict))
    return tuple(model for model in found if model is not None)


def brought_along(file: Path) -> tuple[PaidModel, ...]:
    """The models that came with this program; blocks."""
    try:
        return models_of(json.loads(file.read_bytes()))
    except (OSError, ValueError):
        return ()


class CatalogueCache:
    """The latest catalogue as a file in the cache of a basedir; every method blocks."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def load(self, origin: str) -> tuple[tuple[PaidModel, ...], bool] | None:
        """The models kept for an address, and whether they are fresh; None where there are none."""
        try:
            with self._file.open("rb") as stream:
                kept = json.loads(stream.read(LARGEST_CACHE))
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(kept, dict) or kept.get("origin") != origin:
            return None
        read_at = kept.get("read_at")
        age = time.time() - read_at if isinstance(read_at, int | float) else FRESH_S
        return models_of(kept.get("models")), 0 <= age < FRESH_S

    def keep(self, origin: str, listed: object) -> None:
        """Keep a catalogue; where the disk does not take it, it is asked for again."""
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"origin": origin, "read_at": time.time(), "models": listed}), encoding="utf-8")
            part.replace(self._file)
        except OSError:
            return


def _model_of(entry: Mapping[str, object]) -> PaidModel | None:
    model_id, schema = entry.get("model_id"), _schema_of(entry)
    properties = schema.get("properties")
    if not isinstance(model_id, str) or not 0 < len(model_id) <= 200 or not isinstance(properties, dict):
        return None
    if len(properties) > MOST_INPUTS:
        return None
    required = schema.get("required")
    return PaidModel(
        id=model_id,
        kind=str(entry.get("type") or ""),
        inputs={str(name): _input_of(one) for name, one in properties.items() if isinstance(one, dict)},
        required=frozenset(str(name) for name in required) if isinstance(required, list) else frozenset(),
        base_price_micro_usd=micro_usd(entry.get("base_price")),
    )


def _schema_of(entry: Mapping[str, object]) -> Mapping[str, object]:
    api = entry.get("api_schema")
    schemas = api.get("api_schemas") if isinstance(api, dict) else None
    for one in schemas if isinstance(schemas, list) else []:
        if isinstance(one, dict) and one.get("type", "model_run") == "model_run":
            schema = one.get("request_schema")
            return schema if isinstance(schema, dict) else {}
    return {}


def _input_of(one: Mapping[str, object]) -> Input:
    choices = one.get("enum")
    return Input(
        type=str(one.get("type") or "string"),
        choices=tuple(choices[:200]) if isinstance(choices, list) else (),
        default=one.get("default"),
        minimum=_number(one.get("minimum")),
        maximum=_number(one.get("maximum")),
        most_items=_whole(one.get("maxItems")),
        longest=_whole(one.get("maxLength")),
    )


def _number(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) <= LARGEST_NUMBER else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
