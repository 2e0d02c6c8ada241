"""Copies that share the source's blocks until one of the two changes, where the file system can. File threads.

Btrfs, XFS and other Linux file systems by the FICLONE request (``man 2 ioctl_ficlone``).
"""

import sys
from typing import Final

if sys.platform == "linux":
    import fcntl

FICLONE: Final = 0x40049409


def clone_content(source: int, target: int) -> bool:
    """Give the empty file ``target`` the content of ``source``; False when it has to be copied.

    Both are open descriptors. Nothing was written when this returns False.
    """
    if sys.platform != "linux":
        return False
    try:
        fcntl.ioctl(target, FICLONE, source)
    except OSError:
        # Another file system, or one that cannot; an error of the disk itself shows again while copying.
        return False
    return True
