"""What a picture process is asked and what it answers. Pure values; core and picture processes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dmdx_desktop.errors import UsageError


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


def paths_argument(arguments: Mapping[str, object], name: str) -> tuple[Path, ...]:
    """The argument ``name`` as a list of paths. Raises UsageError where it is missing or something else."""
    value = arguments.get(name)
    if not isinstance(value, list) or not all(isinstance(path, str) and path for path in value):
        raise _wrong_argument(name)
    return tuple(Path(path) for path in value)


def _wrong_argument(name: str) -> UsageError:
    return UsageError(
        "wrong_argument",
        "A request to open a picture is not what was agreed.",
        f"Its part “{name}” is missing or of the wrong kind.",
        "Start the program again; if it happens once more, install the program anew.",
    )
