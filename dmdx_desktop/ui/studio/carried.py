"""What is carried while pieces are regrouped by dragging: keys of pieces, or of pictures. GUI thread."""

import json
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData

MOST_CARRIED: Final = 10_000


class Carried(StrEnum):
    """What the keys are of."""

    PIECES = "application/x-dmdx-pieces"
    VIEWS = "application/x-dmdx-views"


def carry(what: Carried, keys: list[int]) -> QMimeData:
    """The keys as something that can be dropped."""
    data = QMimeData()
    data.setData(what.value, QByteArray(json.dumps(keys[:MOST_CARRIED]).encode()))
    return data


def carried_keys(data: QMimeData, what: Carried) -> list[int]:
    """The keys that are carried; none where it is something else, or from another program."""
    if not data.hasFormat(what.value):
        return []
    try:
        keys = json.loads(bytes(data.data(what.value).data()))
    except ValueError:
        return []
    known = isinstance(keys, list) and len(keys) <= MOST_CARRIED and all(type(key) is int for key in keys)
    return keys if known else []
