"""Pictures in memory, decoded while Python's other threads go on. The window's process, any thread.

Qt is told to read them as resources of the program, which nothing but its own code touches. A ``QBuffer`` that is made
in Python lets other threads go on too, but Qt asks it things while it holds the lock of its picture formats, and each
answer takes Python's own lock (Shiboken looks for an override): a GUI thread that loads an icon at that moment has the
one and waits for the other, for ever. ``QImage.fromData`` keeps Python's lock for as long as it decodes.

The form of resources is that of version 3, which ``rcc`` writes and every Qt 6 reads (qresource.cpp).
"""

import struct
import threading
from typing import Final

from PySide6.QtCore import qRegisterResourceData, qUnregisterResourceData
from PySide6.QtGui import QImage, QImageReader

VERSION: Final = 3
FOLDER: Final = 2
_NODES: Final = b"".join(
    (
        # The place of a name, that this is a folder, its one child, which comes next; no date.
        struct.pack(">IHIIQ", 0, FOLDER, 1, 1, 0),
        # The place of a name, that this is a file as it is, of any country and language, its place; no date.
        struct.pack(">IHHHIQ", 0, 0, 0, 1, 0, 0),
    )
)


def decoded(content: bytes) -> QImage:
    """The picture; a null one where it is none."""
    # A name that no other thread has: each decodes one picture at a time.
    name = f"picture-{threading.get_native_id()}"
    names, payload = _named(name), struct.pack(">I", len(content)) + content
    if not qRegisterResourceData(VERSION, _NODES, names, payload):
        return QImage()
    try:
        return QImageReader(f":/{name}").read()
    finally:
        # Qt keeps the addresses of these bytes until here, not the bytes.
        qUnregisterResourceData(VERSION, _NODES, names, payload)


def _named(name: str) -> bytes:
    return struct.pack(">HI", len(name), _hash_of(name)) + name.encode("utf-16-be")


def _hash_of(name: str) -> int:
    """Qt's own (qt_hash), by which it finds a name among others."""
    found = 0
    for letter in name:
        found = (found << 4) + ord(letter)
        found = (found ^ ((found & 0xF000_0000) >> 23)) & 0x0FFF_FFFF
    return found
