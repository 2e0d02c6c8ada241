"""Two picture processes in the pool against two bare processes that do the same work, in drafts a second.

The work is a list of references, each read and then drawn once at 1600 on marble in silver. On our side the real pool
hands them to two picture processes, with every frame, bound and affinity that they have. The peer is two plain
Python processes that call the same functions, each on half of the list, with nobody to ask. Started and warm are both
sides before anything counts; number libraries keep to one thread on both. A bare process is judged until it is done
with its own half and not by the slower of the two, so the peer never waits; ours is judged until the last picture is
there. The gate: at least 0.9 times the peer's drafts a second.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from dmdx_desktop.config import resources_folder
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import RecipeMetal, SceneId
from dmdx_desktop.workers.pools import PicturePool, picture_command

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "samples"
PROCESSES = 2
PICTURES = 16
SIZE = 1600
SECONDS = 600.0
GATE = Gate(Relation.RATIO, at_least=0.9)
SINGLE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

BARE = """
import json, sys, time
from pathlib import Path
from dmdx_desktop.imaging.operations import picture_operations
operations = picture_operations(Path(sys.argv[1]))

def carry_out(asked):
    piece = operations["measure"](asked["read"]).values["piece"]
    operations["draft"]({**asked["draw"], "piece": piece})

carry_out(json.loads(sys.stdin.readline()))
print("ready", flush=True)
work = json.loads(sys.stdin.readline())
began = time.perf_counter()
for asked in work:
    carry_out(asked)
print(len(work) / (time.perf_counter() - began), flush=True)
"""

Asked = Mapping[str, Mapping[str, object]]


def main(arguments: Sequence[str]) -> int:
    rounds = rounds_from(arguments, __doc__ or "", default=5)
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name:
        work = _work(Path(name))
        comparison = Comparison(
            f"{PICTURES} drafts of {SIZE} x {SIZE}, {PROCESSES} at once",
            ("the pool", lambda: asyncio.run(_pooled(work))),
            ("bare processes", _bare(work)),
            "drafts a second by the clock",
            GATE,
        )
        return 0 if judge(comparison, rounds) else 1


def _work(folder: Path) -> list[Asked]:
    """What is asked for, one more than is counted for each process to become warm with."""
    photographs = [path for path in sorted(SAMPLES.iterdir()) if "photo" in path.name]
    variant = Variant(scene=SceneId.MARBLE, metal=RecipeMetal.SILVER, size=SIZE).model_dump(mode="json")
    return [
        {
            "read": {"path": str(path), "sha256": path.name},
            "draw": {
                "path": str(path),
                "sha256": path.name,
                "to": str(folder / f"{path.stem}.png"),
                "title": "",
                "variant": variant,
                "seed": 1,
                "created_at": 0,
            },
        }
        for path in photographs[: PICTURES + 1]
    ]


async def _pooled(work: Sequence[Asked]) -> float:
    pool = PicturePool(PROCESSES, picture_command(resources_folder()))

    async def carry_out(asked: Asked) -> None:
        affinity = str(asked["read"]["sha256"])
        read = await pool.call("measure", asked["read"], seconds=SECONDS, affinity=affinity)
        drawing = {**asked["draw"], "piece": read.values["piece"]}
        await pool.call("draft", drawing, seconds=SECONDS, affinity=affinity)

    try:
        first, *counted = work
        # Both at once, so that each process becomes warm.
        await asyncio.gather(carry_out(first), carry_out(_again(first)))
        began = time.perf_counter()
        await asyncio.gather(*(carry_out(asked) for asked in counted))
        return len(counted) / (time.perf_counter() - began)
    finally:
        await pool.close()


def _again(asked: Asked) -> Asked:
    """The same under another name, so that the second process does not wait for the first one's cut-out."""
    name = f"{asked['read']['sha256']}-again"
    target = f"{asked['draw']['to']}-again.png"
    return {"read": {**asked["read"], "sha256": name}, "draw": {**asked["draw"], "sha256": name, "to": target}}


def _bare(work: Sequence[Asked]) -> Callable[[], float]:
    first, *counted = work

    def drafts_a_second() -> float:
        processes = [_started() for _ in range(PROCESSES)]
        for process in processes:
            _say(process, first)
        for process in processes:
            _hear(process)
        for number, process in enumerate(processes):
            _say(process, counted[number::PROCESSES])
        speeds = [float(_hear(process)) for process in processes]
        for process in processes:
            process.communicate()
        return sum(speeds)

    return drafts_a_second


def _started() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", BARE, str(resources_folder())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **SINGLE_THREAD},
    )


def _say(process: "subprocess.Popen[str]", words: object) -> None:
    pipe = _pipe(process.stdin)
    pipe.write(f"{json.dumps(words)}\n")
    pipe.flush()


def _hear(process: "subprocess.Popen[str]") -> str:
    line = _pipe(process.stdout).readline()
    if not line:
        raise SystemExit("a bare process ended before it was done")
    return line


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise SystemExit("a bare process has no pipes")
    return stream


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
