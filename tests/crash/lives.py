"""Lives of a library that are ended again and again by SIGKILL, and what is looked at after each death.

A ``World`` is one library with its inputs and exports. It lives until nothing kills it any more, and is audited after
each death, after each start, and at its end, where it must equal an undisturbed life.
"""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.library.doctor import examine
from tests.crash.audit import faults_at_any_moment, faults_at_rest, faults_at_the_end
from tests.crash.results import Results, results_of
from tests.crash.scenario import make_inputs
from tests.end2end.programs import environment

STEPS_APART: Final = 60
"""Steps between two deaths of a world. Much fewer would never let three renders side by side come to their end."""
STEPS_VARY: Final = 15
LIFE_S: Final = 100.0
"""How long one process may take; far more than it needs, so that one that hangs is found out."""
AT_RANDOM_TIME: Final = "at a random time"


@dataclass(frozen=True)
class Fate:
    """How one process ends: at a step, after some seconds, or (neither) of itself."""

    at_step: int | None = None
    after_s: float | None = None


@dataclass(frozen=True)
class Life:
    """How one process ended: where it died, or None, and how many steps it saw if it came to its end."""

    died_at: str | None
    steps: int


def lived(paths: Paths, fate: Fate, *orders: str) -> Life:
    """The life of one victim. Raises where it failed or complained of itself."""
    command = [sys.executable, "-m", "tests.crash.victim", str(paths.basedir), *orders]
    if fate.at_step is not None:
        command += ["--die-at", str(fate.at_step)]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            told, complaints = process.communicate(timeout=LIFE_S if fate.after_s is None else fate.after_s)
        except subprocess.TimeoutExpired:
            process.kill()
            _, complaints = process.communicate()
            assert fate.after_s is not None, f"it hung: {complaints}"
            told = AT_RANDOM_TIME
    assert not complaints, complaints
    if process.returncode == 0:
        return Life(None, int(told))
    assert process.returncode < 0, f"it ended of itself with code {process.returncode}: {told}"
    return Life(told, 0)


def by_steps(offset: int, chance: random.Random) -> Iterator[Fate]:
    """Death at the step ``offset`` of a world (1 to ``STEPS_APART``) and again about every ``STEPS_APART`` steps.

    About, because steps come in pairs: evenly spaced deaths would all be behind a commit, or all before one.
    """
    yield Fate(at_step=offset)
    while True:
        yield Fate(at_step=STEPS_APART + chance.randint(-STEPS_VARY, STEPS_VARY))


def by_the_clock(chance: random.Random) -> Iterator[Fate]:
    """Death at random times: some before the core is open, some in the middle of its work.

    The first comes early, before the quickest machine can be done with the whole life.
    """
    latest_s = 0.5
    while True:
        yield Fate(after_s=chance.uniform(0.1, latest_s))
        latest_s = min(2 * latest_s, 2.0)


@dataclass
class World:
    """One library below ``folder``; ``deaths`` counts how its processes died."""

    folder: Path
    deaths: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        make_inputs(self.inputs)
        self.exported.mkdir()

    @property
    def paths(self) -> Paths:
        return Paths(self.folder / "library")

    @property
    def inputs(self) -> Path:
        return self.folder / "inputs"

    @property
    def exported(self) -> Path:
        return self.folder / "exported"

    def live(self, fate: Fate) -> str | None:
        """One process's life; returns where it died, or None when it came to its end."""
        life = lived(self.paths, fate, "--live", str(self.inputs), str(self.exported))
        if life.died_at is not None:
            self.deaths[life.died_at] += 1
        return life.died_at

    def open_and_close(self) -> None:
        """Let a core clear away what the last one left, and nothing more."""
        assert lived(self.paths, Fate()).died_at is None

    def check_after_death(self, *, at_rest: bool) -> None:
        """What must be true of what a killed process left, and with ``at_rest`` also once a core has opened it."""
        _none(faults_at_any_moment(self.paths))
        _none([str(found) for found in examine(self.paths)])
        if at_rest:
            self.open_and_close()
            _none(faults_at_any_moment(self.paths))
            _none(faults_at_rest(self.paths))
            _none([str(found) for found in examine(self.paths)])

    def check_at_end(self, wanted: Results) -> None:
        """What must be true once everything was carried to its end."""
        _none(faults_at_the_end(self.paths, self.exported))
        _none([str(found) for found in examine(self.paths)])
        _none(results_of(self.paths, self.exported).differences(wanted))


def undisturbed(folder: Path) -> Results:
    """The results of a life that nothing disturbs."""
    world = World(folder)
    assert world.live(Fate()) is None
    results = results_of(world.paths, world.exported)
    world.check_at_end(results)
    return results


def disturbed(world: World, ends: Iterator[Fate], most_deaths: int, wanted: Results, chance: random.Random) -> None:
    """Live until the world has died ``most_deaths`` times or come to its end, then to its end, with every check."""
    for fate in ends:
        if world.live(fate) is None:
            break
        world.check_after_death(at_rest=chance.random() < 0.4)
        if world.deaths.total() >= most_deaths:
            assert world.live(Fate()) is None
            break
    world.check_at_end(wanted)


def _none(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)
