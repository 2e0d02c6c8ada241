"""A window that nobody touches: no processor time, and at most one wake-up a second, over twenty seconds.

The program as it is started, on a real X server, with 1,000 images, once it has settled. Linux says what its processes,
window and core, did meanwhile: processor time of all threads, and how often any of them began to run again after
waiting (voluntary context switches).
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.filled_library import fill
from bench.harness import load, machine
from bench.linux_processes import PROC, children_of, processor_seconds, require_linux
from devtools.x_server import x_server
from dmdx_desktop.config import Paths

IMAGES: Final = 1_000
SETTLED_AFTER_S: Final = 12.0
LOOKED_AT_S: Final = 20.0
MOST_CPU_SHARE: Final = 0.001
MOST_WAKE_UPS_A_SECOND: Final = 1.0


@dataclass(frozen=True)
class Look:
    """What one process had done by a moment."""

    cpu_s: float
    wake_ups: dict[str, int]
    """By the number of the thread."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args(arguments)
    require_linux()
    print(f"A window that nobody touches, for {LOOKED_AT_S:.0f} s\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as folder, x_server():
        fill(Paths(Path(folder)), IMAGES)
        program = subprocess.Popen([sys.executable, "-m", "dmdx_desktop", "--basedir", folder])
        try:
            time.sleep(SETTLED_AFTER_S)
            processes = {"window": program.pid, "core": children_of(program.pid)[0]}
            before = {name: _look(process) for name, process in processes.items()}
            time.sleep(LOOKED_AT_S)
            after = {name: _look(process) for name, process in processes.items()}
        finally:
            program.terminate()
            program.wait()
    held = [_judge(name, before[name], after[name]) for name in processes]
    print(f"load average after: {load()}")
    word = "PASS" if all(held) else "FAIL"
    print(f"\n{word}: no processor time, at most {MOST_WAKE_UPS_A_SECOND:g} wake-up a second")
    return 0 if all(held) else 1


def _look(process: int) -> Look:
    switches = {}
    for task in (PROC / str(process) / "task").iterdir():
        lines = (task / "status").read_text("ascii", "replace").splitlines()
        (count,) = (int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
        switches[task.name] = count
    return Look(processor_seconds(process), switches)


def _judge(name: str, before: Look, after: Look) -> bool:
    share = (after.cpu_s - before.cpu_s) / LOOKED_AT_S
    risen = {thread: count - before.wake_ups.get(thread, 0) for thread, count in after.wake_ups.items()}
    rate = sum(risen.values()) / LOOKED_AT_S
    busiest = ", ".join(str(count) for count in sorted(risen.values(), reverse=True)[:4])
    print(f"{name:<8}{share:>9.2%} of a processor{rate:>8.2f} wake-ups a second (by thread: {busiest})")
    return share <= MOST_CPU_SHARE and rate <= MOST_WAKE_UPS_A_SECOND


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
