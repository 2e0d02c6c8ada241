"""A word of the vocabulary: a stable id stored as text, and the label people read. Pure; any process and thread.

Imports ``enum`` alone, so that the command line can list its choices without loading anything heavy.
"""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """Base of every list of words. A member is its id; ``label`` is what the interface shows for it.

    Most labels are the id as a sentence ("yellow_gold" reads "Yellow gold"); a member that needs another one is written
    as ``MEMBER = "id", "Label"``. Ids are stored in libraries and scripts: never rename one, never use one again.
    """

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """The member whose id is ``value``."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").capitalize()
        return member
