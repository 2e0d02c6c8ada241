"""The order of the gallery: which images a filter lets through, in which order, in which groups. Any process; readers.

An order is read whole, as one array of keys: a million images are eight megabytes.
"""

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from operator import itemgetter
from typing import Final

from dmdx_desktop.library import search
from dmdx_desktop.library.catalogue import MOST_FOUND
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.outputs import INDEXES, Flag

_INDEXED: Final = ("rating", "flag", "scene", "metal")
"""The columns that may be asked for, the most selective first: the first that is serves the query by its index."""


class Grouping(StrEnum):
    """What the images of one group have in common."""

    PIECE = "piece"
    DAY = "day"
    SCENE = "scene"
    METAL = "metal"
    NONE = "none"


_GROUPS: Final = {
    Grouping.PIECE: "job_key",
    Grouping.DAY: "date(created_at / 1000, 'unixepoch', 'localtime')",
    Grouping.SCENE: "scene",
    Grouping.METAL: "metal",
    Grouping.NONE: "key / 4096",
}
"""By what images are put into one block; without groups, so that a block is a page of keys."""


class Sorting(StrEnum):
    """The order within a group, and of the groups."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class ImageFilter:
    """Which images are shown; None and "" do not restrict."""

    text: str = ""
    type: str | None = None
    metal: str | None = None
    stone: str | None = None
    scene: str | None = None
    rating: int | None = None
    flag: Flag | None = None
    made_since: int | None = None
    """UTC epoch milliseconds."""
    collection: int | None = None
    agreement: str | None = None
    """What the comparison with the reference came to."""

    @property
    def is_open(self) -> bool:
        """Whether everything is let through."""
        return self == ImageFilter()


@dataclass(frozen=True, slots=True)
class ImageOrder:
    """Images in the order of the grid, and where each group of them begins."""

    keys: "array[int]"
    groups: tuple[tuple[str, int], ...] = field(default=())
    """Name of each group, raw for scenes, metals and days, and how many images it has."""


def image_order(
    connection: Connection,
    chosen: ImageFilter,
    grouping: Grouping = Grouping.NONE,
    sorting: Sorting = Sorting.NEWEST,
) -> ImageOrder:
    """The order of the images that ``chosen`` lets through. Days are those of this computer's clock."""
    source, values = _source(connection, chosen, sorting)
    if sorting is Sorting.RATING:
        keys, groups = _by_rating(connection, source, values, grouping)
    else:
        keys, groups = _by_age(connection, source, values, grouping, newest_first=sorting is Sorting.NEWEST)
    if grouping is Grouping.NONE:
        return ImageOrder(keys)
    names = _names(connection, [group for group, _ in groups], grouping)
    return ImageOrder(keys, tuple((names[group], count) for group, count in groups))


_Grouped = tuple["array[int]", list[tuple[object, int]]]
"""Keys in order, and what the images of each group have in common with how many there are."""


def _by_age(
    connection: Connection, source: str, values: tuple[object, ...], grouping: Grouping, *, newest_first: bool
) -> _Grouped:
    """Keys come in blocks, as text that SQLite joins.

    A million rows handed over one by one cost a second of the interpreter, which every other thread of the process
    needs as well. They are packed block by block: as objects of the interpreter they would be forty megabytes.
    """
    rows = connection.execute(f"SELECT {_GROUPS[grouping]} AS block, group_concat(key){source} GROUP BY block", values)
    read: array[int] = array("q")
    blocks: list[tuple[int, object, slice]] = []
    for block, joined in rows:
        members = sorted(map(int, joined.split(",")), reverse=newest_first)
        blocks.append((members[0], block, slice(len(read), len(read) + len(members))))
        read.extend(members)
    blocks.sort(key=itemgetter(0), reverse=newest_first)
    keys: array[int] = array("q")
    for _, _, place in blocks:
        keys.extend(read[place])
    return keys, [(block, place.stop - place.start) for _, block, place in blocks]


def _by_rating(connection: Connection, source: str, values: tuple[object, ...], grouping: Grouping) -> _Grouped:
    """One by one: what is sorted by SQLite keeps its order only so. A group stands where its best image stands."""
    groups: dict[object, array[int]] = {}
    expression = "0" if grouping is Grouping.NONE else _GROUPS[grouping]
    for key, group in connection.execute(f"SELECT key, {expression}{source} ORDER BY rating DESC, key DESC", values):
        members = groups.get(group)
        if members is None:
            members = groups[group] = array("q")
        members.append(key)
    keys: array[int] = array("q")
    for members in groups.values():
        keys.extend(members)
    return keys, [(group, len(members)) for group, members in groups.items()]


def _source(connection: Connection, chosen: ImageFilter, sorting: Sorting) -> tuple[str, tuple[object, ...]]:
    """What is read from, and the values of its tests."""
    asked = [(column, getattr(chosen, column)) for column in _INDEXED]
    given = [(column, value) for column, value in asked if value is not None]
    index = f" INDEXED BY {INDEXES[given[0][0]]}" if given and sorting is not Sorting.RATING else ""
    tests, values = [f"{column} = ?" for column, _ in given], [value for _, value in given]
    for test, value in _tests_of_pieces(connection, chosen):
        tests.append(test)
        values.append(value)
    if chosen.made_since is not None:
        tests.append("created_at >= ?")
        values.append(chosen.made_since)
    if chosen.collection is not None:
        tests.append("key IN (SELECT output_key FROM collection_image WHERE collection_key = ?)")
        values.append(chosen.collection)
    if chosen.agreement is not None:
        tests.append("key IN (SELECT output_key FROM agreement WHERE verdict = ?)")
        values.append(chosen.agreement)
    if connection.execute("SELECT 1 FROM job WHERE deleted_at IS NOT NULL LIMIT 1").fetchone() is not None:
        tests.append("job_key NOT IN (SELECT key FROM job WHERE deleted_at IS NOT NULL)")
    return f" FROM output{index}" + (f" WHERE {' AND '.join(tests)}" if tests else ""), tuple(values)


def _tests_of_pieces(connection: Connection, chosen: ImageFilter) -> Iterable[tuple[str, object]]:
    if chosen.text.strip():
        found = search.find(connection, chosen.text, limit=MOST_FOUND)
        yield "job_key IN (SELECT value FROM json_each(?))", json.dumps(list(found))
    if chosen.type is not None:
        yield "job_key IN (SELECT key FROM job WHERE json_extract(piece, '$.type.value') = ?)", chosen.type
    if chosen.stone is not None:
        yield (
            "job_key IN (SELECT job.key FROM job, json_each(job.piece, '$.stones') AS stone"
            " WHERE json_extract(stone.value, '$.colour.value') = ?)",
            chosen.stone,
        )


def _names(connection: Connection, groups: Iterable[object], grouping: Grouping) -> dict[object, str]:
    if grouping is not Grouping.PIECE:
        return {group: str(group) for group in groups}
    wanted = list(groups)
    rows = connection.execute(
        "SELECT key, title FROM job WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
    )
    titles: dict[object, str] = dict.fromkeys(wanted, "")
    titles.update(rows.fetchall())
    return titles


def start_of_day(days_ago: int, now: datetime) -> int:
    """UTC epoch milliseconds of the first moment of a day of this computer's clock."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return round((midnight.timestamp() - days_ago * 86_400) * 1000)
