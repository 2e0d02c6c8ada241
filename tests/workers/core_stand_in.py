"""A core's process, but for the core: one picture process that hangs, so that a test can kill who started it.

python -m tests.workers.core_stand_in OPERATION PIPE
"""

import asyncio
import sys

from dmdx_desktop.workers.pools import PicturePool


async def _hang() -> None:
    pool = PicturePool(1, (sys.executable, "-m", "tests.workers.faulty_pictures"))
    await pool.call(sys.argv[1], {"announce_to": sys.argv[2]}, seconds=600.0)


if __name__ == "__main__":
    asyncio.run(_hang())
