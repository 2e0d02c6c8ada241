"""What images of paid engines cost. Any process; on reader threads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dmdx_desktop.library.connections import Connection


@dataclass(frozen=True, slots=True)
class ImageCost:
    """What an image of a paid engine cost: what was charged, None where the bill does not say yet, and its quote."""

    quoted: int
    charged: int | None


def costs_of_images(connection: Connection, keys: Sequence[int]) -> Mapping[int, ImageCost]:
    """What images cost, by key; drafts are left out."""
    cursor = connection.execute(
        "SELECT output.key, quoted_micro_usd, charged_micro_usd FROM json_each(?) AS wanted"
        " JOIN output ON output.key = wanted.value JOIN attempt ON attempt.render_key = output.render_key"
        " WHERE attempt.state = 'made'",
        (json.dumps(list(keys)),),
    )
    return {key: ImageCost(quoted, charged) for key, quoted, charged in cursor}
