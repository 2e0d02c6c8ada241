"""Whether images agree with their references, for showing it. Any process; on reader threads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dmdx_desktop.library.connections import Connection


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field: its name and agreement as ``models.agreement`` has them, what was expected and what is seen."""

    field: str
    agreement: str
    expected: str
    seen: str


@dataclass(frozen=True, slots=True)
class ImageAgreement:
    """What the comparison of an image came to: agrees, differs or unsure."""

    verdict: str
    fields: tuple[ComparedField, ...]

    @property
    def differing(self) -> tuple[ComparedField, ...]:
        """What does not agree."""
        return tuple(one for one in self.fields if one.agreement == "differs")


def agreements_of_images(connection: Connection, keys: Sequence[int]) -> Mapping[int, ImageAgreement]:
    """What comparisons came to, by key; images that were not compared are left out."""
    cursor = connection.execute(
        "SELECT output_key, verdict, fields FROM json_each(?) AS wanted"
        " JOIN agreement ON agreement.output_key = wanted.value",
        (json.dumps(list(keys)),),
    )
    return {key: ImageAgreement(verdict, _fields(fields)) for key, verdict, fields in cursor}


def _fields(text: str) -> tuple[ComparedField, ...]:
    return tuple(
        ComparedField(*(str(one.get(name, "")) for name in ("field", "agreement", "expected", "seen")))
        for one in json.loads(text)
    )
