"""What the program stands on, each with its licence: read from what is installed. Any thread; reads small files."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

PACKAGES: Final = (
    "annotated-types",
    "flatbuffers",
    "numpy",
    "onnxruntime",
    "packaging",
    "pillow",
    "pillow-heif",
    "platformdirs",
    "protobuf",
    "pydantic",
    "pydantic-core",
    "PySide6-Essentials",
    "qasync",
    "shiboken6",
    "typing-extensions",
    "typing-inspection",
)
LICENCE_FILES: Final = ("licence", "license", "copying", "notice")
LONGEST: Final = 200_000


@dataclass(frozen=True, slots=True)
class Component:
    """A part that others made: what it is called, its licence in a few words, and in full where it comes along."""

    name: str
    licence: str
    text: str


def components(resources: Path) -> list[Component]:
    """Everything that others made, by name."""
    own = (
        Component("Inter", "OFL-1.1", _text(resources / "fonts" / "LICENSE")),
        Component("Lucide icons", "ISC", _text(resources / "icons" / "LICENSE")),
        Component("Sample pictures", "CC0-1.0", _text(resources / "licences" / "samples.md")),
    )
    return sorted([*own, *_packages()], key=lambda one: one.name.lower())


def _packages() -> Iterator[Component]:
    for name in PACKAGES:
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        about = found.metadata
        named = [str(about[field]) for field in ("License-Expression", "License") if field in about]
        licence = named[0] if named else ""
        yield Component(f"{name} {found.version}", licence.splitlines()[0][:80] if licence else "", _texts(found))


def _texts(found: metadata.Distribution) -> str:
    named = [file for file in found.files or () if file.name.lower().startswith(LICENCE_FILES)]
    top = [file for file in named if len(file.parts) <= 3] or named[:1]
    return "\n\n".join(text for file in top if (text := _text(Path(str(file.locate())))))


def _text(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            return stream.read(LONGEST)
    except OSError:
        return ""
