"""Kill the core hundreds of times, at every step and at random times, and compare what comes of it.

Worlds live, some side by side, until they have died so often together. Every fourth dies at random times, the others
about every 60 steps, each from an offset of its own, so that together they die at every step there is. The folder
of a world in which a fault was found is kept. The seed that is printed brings the same choice of kills.
"""

import argparse
import random
import secrets
import shutil
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dmdx_desktop.library.steps import Step
from tests.crash.lives import AT_RANDOM_TIME, STEPS_APART, World, by_steps, by_the_clock, disturbed, undisturbed
from tests.crash.results import Results

CLOCK_EVERY = 4
OFFSETS_APART = 7
"""How much the offset grows from world to world: shares no factor with the steps between two deaths, so that every
offset comes up, and soon small and large ones."""
MOST_DEATHS_OF_A_WORLD = 25


@dataclass(frozen=True)
class Ending:
    """How one world ended: its deaths, and the fault that was found in it, if any."""

    number: int
    deaths: Counter[str]
    fault: str | None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python dev.py soak crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how often the core is killed (500)")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="repeat an earlier run")
    parser.add_argument("--world", type=int, help="live this world of the seed alone")
    parser.add_argument("--at-once", type=int, default=2, help="worlds side by side (2)")
    values = parser.parse_args()
    print(f"seed {values.seed}", flush=True)
    base = Path(tempfile.mkdtemp(prefix="dmdx-crash-"))
    wanted = undisturbed(base / "undisturbed")
    began = time.monotonic()
    if values.world is not None:
        endings = [_live(base, values.seed, values.world, wanted)]
    else:
        endings = _live_all(base, values.seed, wanted, values.kills, values.at_once)
    return _tell(endings, time.monotonic() - began, base, values.seed)


def _live_all(base: Path, seed: int, wanted: Results, kills: int, at_once: int) -> list[Ending]:
    endings: list[Ending] = []
    with ThreadPoolExecutor(at_once) as pool:
        number = 0
        while sum(ending.deaths.total() for ending in endings) < kills:
            numbers = range(number, number + at_once)
            endings += pool.map(lambda each: _live(base, seed, each, wanted), numbers)
            number += at_once
    return endings


def _live(base: Path, seed: int, number: int, wanted: Results) -> Ending:
    chance = random.Random(f"{seed} {number}")
    world = World(base / f"world-{number}")
    ends = by_the_clock(chance) if number % CLOCK_EVERY == CLOCK_EVERY - 1 else by_steps(_offset(seed, number), chance)
    began = time.monotonic()
    fault = None
    try:
        disturbed(world, ends, MOST_DEATHS_OF_A_WORLD, wanted, chance)
    except AssertionError as found:
        fault = str(found)
    else:
        shutil.rmtree(world.folder)
    outcome = "well" if fault is None else f"FAULT, kept in {world.folder}\n{fault}"
    print(f"world {number}: {world.deaths.total()} deaths in {time.monotonic() - began:.1f} s, {outcome}", flush=True)
    return Ending(number, world.deaths, fault)


def _offset(seed: int, number: int) -> int:
    """The step at which a world dies first. Worlds that die by the clock are not counted."""
    counted = number - number // CLOCK_EVERY
    return 1 + (random.Random(seed).randrange(STEPS_APART) + counted * OFFSETS_APART) % STEPS_APART


def _tell(endings: list[Ending], seconds: float, base: Path, seed: int) -> int:
    deaths = sum((ending.deaths for ending in endings), Counter[str]())
    kills = deaths.total()
    for where, number in deaths.most_common():
        print(f"{number:6} {where}")
    never = [step.value for step in Step if not deaths[step.value]]
    print(f"no kill at: {', '.join(never) or 'no step was spared'}; by the clock: {deaths[AT_RANDOM_TIME]}")
    print(f"{kills} kills in {len(endings)} worlds, {seconds / max(kills, 1):.2f} s per kill with all checks")
    faulty = [ending.number for ending in endings if ending.fault is not None]
    if faulty:
        print(f"FAIL: faults in worlds {faulty}; repeat one with --seed {seed} --world {faulty[0]}")
        return 1
    shutil.rmtree(base)
    print("PASS: every world came to the same end as the undisturbed one")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
