"""The short form of ``python dev.py soak crash``: a few worlds that die at steps and at random times."""

import random
from pathlib import Path

import pytest

from tests.crash.lives import STEPS_APART, World, by_steps, by_the_clock, disturbed, undisturbed
from tests.crash.results import Results
from tests.end2end.programs import run_verb

MOST_DEATHS = 6


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return undisturbed(tmp_path_factory.mktemp("undisturbed") / "world")


@pytest.mark.by_turns("killed worlds")
def test_core_killed_at_every_sixty_steps_or_so_comes_to_the_same_end(
    wanted: Results, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    world = World(tmp_path / "world")
    disturbed(world, by_steps(chance.randint(1, STEPS_APART), chance), MOST_DEATHS, wanted, chance)
    assert world.deaths.total() >= 3


@pytest.mark.by_turns("killed worlds")
def test_core_killed_at_random_times_comes_to_the_same_end(wanted: Results, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    world = World(tmp_path / "world")
    disturbed(world, by_the_clock(chance), MOST_DEATHS, wanted, chance)
    assert world.deaths.total() >= 1


@pytest.mark.by_turns("killed worlds")
def test_doctor_and_resume_find_nothing_to_do_after_a_disturbed_life(
    wanted: Results, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    world = World(tmp_path / "world")
    disturbed(world, by_steps(chance.randint(1, STEPS_APART), chance), 2, wanted, chance)
    for verb in ("doctor", "resume"):
        done = run_verb(verb, "--basedir", str(world.paths.basedir), "--json")
        assert done.returncode == 0, done.stdout
    world.check_at_end(wanted)
