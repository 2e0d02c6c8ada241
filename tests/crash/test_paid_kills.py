"""The short form of ``python dev.py soak paid``: a core that pays is killed again and again, and the world audited."""

import random
from pathlib import Path

import pytest

from tests.crash.paid_lives import PaidLives
from tests.crash.paid_shop import hard_days, paid_shop

RENDERS, KILLS = 24, 6
RENDERS_IN_ONE_LANE, KILLS_IN_ONE_LANE = 10, 4


def test_killed_core_pays_each_picture_once(tmp_path: Path, seed: int) -> None:
    _check(tmp_path, seed, renders=RENDERS, kills=KILLS, has_marker=True)


@pytest.mark.by_turns("paid without marker")
@pytest.mark.parametrize("is_hard", [True, False], ids=["hard days", "good days"])
def test_killed_core_whose_requests_carry_no_marker_pays_each_picture_once(
    tmp_path: Path, seed: int, is_hard: bool
) -> None:
    _check(tmp_path, seed, renders=RENDERS_IN_ONE_LANE, kills=KILLS_IN_ONE_LANE, has_marker=False, is_hard=is_hard)


def _check(folder: Path, seed: int, *, renders: int, kills: int, has_marker: bool, is_hard: bool = True) -> None:
    faults = hard_days(seed) if is_hard else None
    with paid_shop(folder / "shop", renders=renders, has_marker=has_marker, faults=faults) as shop:
        lives = PaidLives(shop, kills, random.Random(seed))
        table = lives.live()
    assert not lives.faults, "\n".join(lives.faults)
    assert not [line for line in table if not line.holds]
    assert lives.deaths.total() >= kills // 2
