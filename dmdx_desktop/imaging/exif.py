"""The two facts of an EXIF block that change how a picture looks. Pure bytes; any process and thread.

Facts: Exif 3.0 (Orientation section 4.6.5, Interoperability section 4.6.7) in TIFF 6.0 directories; DCF 2.0 names
the option file "R03" whose pixels are Adobe RGB (1998) without a profile saying so, as many cameras write them.
"""

import struct
from dataclasses import dataclass
from typing import Final

UPRIGHT: Final = 1
_ORIENTATION, _EXIF_DIRECTORY, _INTEROPERABILITY_DIRECTORY, _INTEROPERABILITY_INDEX = 0x0112, 0x8769, 0xA005, 0x0001
_SHORT, _LONG = 3, 4
_ENTRY_BYTES: Final = 12
_MOST_ENTRIES: Final = 512


@dataclass(frozen=True, slots=True)
class ExifFacts:
    """``orientation`` is 1 to 8; ``adobe_rgb`` says that pixels without a profile are Adobe RGB (1998)."""

    orientation: int = UPRIGHT
    adobe_rgb: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """A TIFF structure and its byte order ("<" or ">")."""

    data: bytes
    order: str

    def directory(self, start: int) -> dict[int, tuple[int, int, int]]:
        """Type, count and offset of the value field of each tag of the directory at ``start``."""
        if not 8 <= start <= len(self.data) - 2:
            return {}
        entries = min(struct.unpack_from(self.order + "H", self.data, start)[0], _MOST_ENTRIES)
        fields: dict[int, tuple[int, int, int]] = {}
        for offset in range(start + 2, start + 2 + entries * _ENTRY_BYTES, _ENTRY_BYTES):
            if offset + _ENTRY_BYTES > len(self.data):
                break
            tag, kind, count = struct.unpack_from(self.order + "HHI", self.data, offset)
            fields.setdefault(tag, (kind, count, offset + 8))
        return fields

    def number(self, field: tuple[int, int, int] | None) -> int | None:
        """The single whole number a field holds, or None."""
        if field is None:
            return None
        kind, count, offset = field
        if count != 1 or kind not in (_SHORT, _LONG):
            return None
        return int(struct.unpack_from(self.order + ("H" if kind == _SHORT else "I"), self.data, offset)[0])


def valid_orientation(value: object) -> int:
    """``value`` where it is one of the eight orientations, else 1: a wrong tag turns nothing."""
    return value if isinstance(value, int) and 1 <= value <= 8 else UPRIGHT


def read_exif(exif: bytes) -> ExifFacts:
    """The facts in an EXIF block, with or without its "Exif" prefix.

    Never raises: cameras, editors and attackers write every kind of block, and none of them may cost the picture.
    """
    data = exif.removeprefix(b"Exif\x00\x00")
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(data[:4])
    if order is None or len(data) < 8:
        return ExifFacts()
    block = _Block(data, order)
    first = block.directory(struct.unpack_from(order + "I", data, 4)[0])
    camera = block.directory(block.number(first.get(_EXIF_DIRECTORY)) or 0)
    sharing = block.directory(block.number(camera.get(_INTEROPERABILITY_DIRECTORY)) or 0)
    index = sharing.get(_INTEROPERABILITY_INDEX)
    return ExifFacts(
        orientation=valid_orientation(block.number(first.get(_ORIENTATION))),
        adobe_rgb=index is not None and data[index[2] : index[2] + 3] == b"R03",
    )
