"""Keeps the core's memory level, however long it lives. Core process, called before it starts its threads.

The C library of most Linux systems gives each thread a heap of its own, and what one large answer took for a moment
stays in the heap of the thread that happened to build it; large blocks leave holes there when they move. With some
twenty threads that adds up for hours and looks like a leak: the core grew by an eighth from the 1,000th to the 10,000th
picture without keeping one more object. Python's own lock leaves the threads little to gain from several heaps.
Facts: mallopt(3). Other systems need nothing.
"""

import ctypes
import sys
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
# Larger blocks are taken from the system one by one, and given back. Buffers for copying are smaller.
LARGE_BLOCK_BYTES: Final = 1 << 19


def share_heap() -> None:
    """Let all threads of this process share one heap without large blocks, where the C library can."""
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES)
