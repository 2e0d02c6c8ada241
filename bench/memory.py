"""Memory of one core and its picture processes from the 1,000th to the 10,000th picture imported: it stays flat.

One core process imports 10,000 small pictures, 500 a command, each decoded, previewed and read, and is looked at from
outside after every command, when nothing is under way. The peer of the figure is the process itself after 1,000
pictures. Two gates, for the core and for its picture processes together: at no later moment more than 5 % above or
below that. Picture processes are replaced now and then, so what counts of them is the median of four looks.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PIL import Image

from bench.harness import Gate, Relation, machine, verdict

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples"
PICTURES = 10_000
PICTURES_A_COMMAND = 500
FIRST_LOOK = 1_000
EDGE = 64
LOOKS_TOGETHER = 4
GATE = Gate(Relation.RATIO, at_least=0.95, at_most=1.05)

CORE = """
import asyncio, sys
from pathlib import Path
from dmdx_desktop.config import Paths, load_settings
from dmdx_desktop.core import open_core
from dmdx_desktop.models.commands import ImportPaths

async def main():
    paths = Paths(Path(sys.argv[1]))
    async with open_core(paths, load_settings(paths)) as core:
        while folder := (await asyncio.to_thread(sys.stdin.readline)).strip():
            command = ImportPaths(paths=(folder,), finish=True)
            outcome = await core.execute(command, lambda phase, done, total: None)
            print(len(outcome.document["references"]), len(outcome.document["problems"]), flush=True)

asyncio.run(main())
"""


@dataclass(frozen=True)
class Look:
    """What was seen after so many pictures, in megabytes of resident memory."""

    pictures: int
    core: float
    picture_processes: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args(arguments)
    print(f"Memory while {PICTURES:,} pictures are imported into one core\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name:
        folder = Path(name)
        folders = make_corpus(folder / "pictures")
        looks = _import_all(folder / "library", folders)
    return 0 if _judge(looks) else 1


def make_corpus(folder: Path) -> list[Path]:
    """Small pictures, no two the same, in one folder for each command."""
    samples = [path for path in sorted(SAMPLES.iterdir()) if path.is_file() and path.suffix != ".json"]
    folder.mkdir()
    contents = [_small(path, folder / f"small-{path.name}") for path in samples]
    folders = []
    for first in range(0, PICTURES, PICTURES_A_COMMAND):
        folders.append(folder / f"Command {first // PICTURES_A_COMMAND:02}")
        folders[-1].mkdir()
        for number in range(first, first + PICTURES_A_COMMAND):
            sample = samples[number % len(samples)]
            target = folders[-1] / f"{sample.stem}-{number:05}{sample.suffix}"
            # No reader of these formats minds what follows the end of the picture.
            target.write_bytes(contents[number % len(samples)] + number.to_bytes(8, "big"))
    return folders


def _small(sample: Path, target: Path) -> bytes:
    with Image.open(sample) as picture:
        picture.thumbnail((EDGE, EDGE))
        picture.save(target)
    return target.read_bytes()


def _import_all(basedir: Path, folders: Sequence[Path]) -> list[Look]:
    """Look at the core after each command; prints the curve as it grows."""
    print(f"{'pictures':>10}{'core MB':>12}{'picture processes MB':>24}")
    looks = []
    with subprocess.Popen(
        [sys.executable, "-c", CORE, str(basedir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as core:
        for number, folder in enumerate(folders, start=1):
            _import(core, folder)
            look = _look(core.pid, number * PICTURES_A_COMMAND)
            print(f"{look.pictures:>10,}{look.core:>12.1f}{look.picture_processes:>24.1f}", flush=True)
            looks.append(look)
        _pipe(core.stdin).close()
    return looks


def _import(core: "subprocess.Popen[str]", folder: Path) -> None:
    asking = _pipe(core.stdin)
    asking.write(f"{folder}\n")
    asking.flush()
    answer = _pipe(core.stdout).readline().split()
    if answer != [str(PICTURES_A_COMMAND), "0"]:
        raise SystemExit(f"the core answered {answer} instead of {PICTURES_A_COMMAND} references and no problem")


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise SystemExit("the core has no pipes")
    return stream


def _look(core: int, pictures: int) -> Look:
    """The resident memory of the core and of its children, as the operating system counts it."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,rss="],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    processes = [tuple(int(field) for field in line.split()) for line in listed.stdout.splitlines()]
    own = sum(kilobytes for process, _, kilobytes in processes if process == core)
    children = sum(kilobytes for _, parent, kilobytes in processes if parent == core)
    return Look(pictures, own / 1024, children / 1024)


def _judge(looks: Sequence[Look]) -> bool:
    judged = [look for look in looks if look.pictures >= FIRST_LOOK]
    core = [look.core for look in judged]
    medians = [
        statistics.median(look.picture_processes for look in judged[start : start + LOOKS_TOGETHER])
        for start in range(len(judged) - LOOKS_TOGETHER + 1)
    ]
    held = [_stays("the core", core), _stays("its picture processes", medians)]
    return all(held)


def _stays(what: str, megabytes: Sequence[float]) -> bool:
    """Whether the figure furthest from the first one is near it."""
    first = megabytes[0]
    furthest = max(megabytes, key=lambda value: abs(value - first))
    print(
        f"\n{what}: {first:.1f} MB after {FIRST_LOOK:,} pictures, {min(megabytes):.1f} to {max(megabytes):.1f} MB later"
    )
    return verdict(GATE, GATE.value(furthest, first))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
