"""What the doctor can find wrong with a library, in words for the user. Pure; any process and thread."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Damage(StrEnum):
    """Kinds of damage."""

    DAMAGED_DATABASE = "damaged_database"
    MISSING_DATABASE = "missing_database"
    UNKNOWN_VERSION = "unknown_version"
    MISSING_TABLE = "missing_table"
    DAMAGED_INDEX = "damaged_index"
    INVALID_VALUE = "invalid_value"
    DANGLING_ROW = "dangling_row"
    STRAY_TASK = "stray_task"
    LOST_OUTPUT = "lost_output"
    UNSETTLED_RENDER = "unsettled_render"
    UNPREPARED_REFERENCE = "unprepared_reference"
    STUCK_DELETION = "stuck_deletion"
    STALE_SEARCH = "stale_search"
    MISSING_FILE = "missing_file"
    DAMAGED_FILE = "damaged_file"
    UNUSED_FILE = "unused_file"
    STRAY_FILE = "stray_file"
    LEFTOVER_PART = "leftover_part"
    OPEN_TO_OTHERS = "open_to_others"
    DAMAGED_PREVIEWS = "damaged_previews"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    ``where`` names it without a name of the user's: a table and key, a hash, or a part of the library. ``repairable``
    says whether ``--repair`` mends it.
    """

    kind: Damage
    where: str
    message: str
    remedy: str
    repairable: bool


REPAIR: Final = "Run `dmdx-desktop doctor --repair`."
BACKUP: Final = "Put the folder back from a backup."

_WORDS: Final[dict[Damage, tuple[str, str, bool]]] = {
    Damage.DAMAGED_DATABASE: ("The database is damaged and cannot be read whole.", BACKUP, False),
    Damage.MISSING_DATABASE: ("The database is missing, but pictures are there.", BACKUP, False),
    Damage.UNKNOWN_VERSION: (
        "The database was not made by this version of DMDX Studio.",
        "Start the version that made it, or start this one once if it is newer.",
        False,
    ),
    Damage.MISSING_TABLE: ("A table of the database is missing or different.", BACKUP, False),
    Damage.DAMAGED_INDEX: ("An index of the database is missing or does not match its table.", REPAIR, True),
    Damage.INVALID_VALUE: ("A row of the database holds a value that cannot be.", BACKUP, False),
    Damage.DANGLING_ROW: ("A row of the database belongs to something that is gone.", REPAIR, True),
    Damage.STRAY_TASK: ("Work is waiting for a picture that is gone.", REPAIR, True),
    Damage.LOST_OUTPUT: ("A finished image is not listed.", f"{REPAIR} It is made again.", True),
    Damage.UNSETTLED_RENDER: ("A finished image is still listed as being made.", REPAIR, True),
    Damage.UNPREPARED_REFERENCE: ("A reference counts as read but has no clean copy.", REPAIR, True),
    Damage.STUCK_DELETION: ("A piece was deleted, but nothing remembers to finish that.", REPAIR, True),
    Damage.STALE_SEARCH: ("The search index does not match the pieces.", REPAIR, True),
    Damage.MISSING_FILE: (
        "A picture of the library is missing.",
        f"{REPAIR} It is fetched from where it came from or made again, where possible.",
        True,
    ),
    Damage.DAMAGED_FILE: (
        "A picture of the library has changed since it was stored.",
        f"{REPAIR} It is fetched from where it came from or made again, where possible.",
        True,
    ),
    Damage.UNUSED_FILE: ("A picture takes up space but belongs to nothing.", REPAIR, True),
    Damage.STRAY_FILE: (
        "Something that is not part of the library lies among its pictures.",
        "Move it to another folder.",
        False,
    ),
    Damage.LEFTOVER_PART: ("An unfinished file was left behind.", REPAIR, True),
    Damage.OPEN_TO_OTHERS: ("Other users of this computer may read a private file.", REPAIR, True),
    Damage.DAMAGED_PREVIEWS: ("The store of previews is damaged.", f"{REPAIR} Previews are made again.", True),
}


def finding(kind: Damage, where: str) -> Finding:
    """The finding of ``kind`` at ``where``."""
    message, remedy, repairable = _WORDS[kind]
    return Finding(kind, where, message, remedy, repairable)
