"""How long the names in exported files may be. Pure, and without anything to load; any process."""

from typing import Final

LONGEST_CREATOR: Final = 100
LONGEST_RIGHTS: Final = 200
