"""What a picture process is asked and what it answers. Pure values; core and picture processes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from dmdx_desktop.errors import UsageError

RequestShape = TypeVar("RequestShape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of an operation: ``values`` made of JSON types only, and ``payloads`` of raw bytes beside them."""

    values: dict[str, object] = field(default_factory=dict)
    payloads: tuple[bytes, ...] = ()


Operation = Callable[[Mapping[str, object]], Answer]
"""A function from named arguments of JSON types to an answer. It raises DmdxError, and nothing else on purpose."""


def text_argument(arguments: Mapping[str, object], name: str) -> str:
    """The argument ``name`` as text. Raises UsageError where it is missing or something else."""
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise _wrong_argument(name)
    return value


def path_argument(arguments: Mapping[str, object], name: str) -> Path:
    """The argument ``name`` as a path. Raises UsageError where it is missing or something else."""
    return Path(text_argument(arguments, name))


def number_argument(arguments: Mapping[str, object], name: str) -> int:
    """The argument ``name`` as a whole number. Raises UsageError where it is missing or something else."""
    value = arguments.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong_argument(name)
    return value


def paths_argument(arguments: Mapping[str, object], name: str) -> tuple[Path, ...]:
    """The argument ``name`` as a list of paths. Raises UsageError where it is missing or something else."""
    value = arguments.get(name)
    if not isinstance(value, list) or not all(isinstance(path, str) and path for path in value):
        raise _wrong_argument(name)
    return tuple(Path(path) for path in value)


def checked_request(shape: type[RequestShape], arguments: Mapping[str, object]) -> RequestShape:
    """All arguments of an operation that takes many. Raises UsageError where one is missing or something else."""
    try:
        return shape.model_validate(dict(arguments))
    except ValidationError as error:
        raise _wrong_request("A part of it is missing or of the wrong kind.") from error


def _wrong_argument(name: str) -> UsageError:
    return _wrong_request(f"Its part “{name}” is missing or of the wrong kind.")


def _wrong_request(detail: str) -> UsageError:
    return UsageError(
        "wrong_argument",
        "A request to work on a picture is not what was agreed.",
        detail,
        "Start the program again; if it happens once more, install the program anew.",
    )
