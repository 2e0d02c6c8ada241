"""What can be set, in the order of the settings' list. Pure; the window's process."""

from enum import IntEnum


class Matter(IntEnum):
    """What can be set, in the order of the list."""

    GENERAL = 0
    CONNECTIONS = 1
    STORAGE = 2
    SHORTCUTS = 3
    APPEARANCE = 4
    ABOUT = 5
