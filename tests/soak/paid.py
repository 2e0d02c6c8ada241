"""Kill the core hundreds of times while it pays for pictures, and compare charges, objects, rows and files.

A WaveSpeed and an R2 server live in this process; the program is a child that is killed with SIGKILL at random moments
and started again on the same basedir, until so many kills are done, and then left to come to its end. With --no-marker
there is no bucket: references are uploaded to the service, and requests cannot be told apart by what they name. The
seed that is printed brings the same choice of kills and of faults of the service; the folder is kept where it fails.
"""

import argparse
import random
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from tests.crash.paid_audit import Line, attempts_by_state, slowest_answer_s
from tests.crash.paid_lives import PaidLives
from tests.crash.paid_shop import SETTLE_S, PaidShop, hard_days, paid_shop

MOST_UNANSWERED_S = SETTLE_S + 30.0
KILLS_BETWEEN_WORDS = 25


def main() -> int:
    parser = argparse.ArgumentParser(prog="python dev.py soak paid", description=__doc__)
    parser.add_argument("--renders", type=int, help="how many pictures are paid for (2000; 300 with --no-marker)")
    parser.add_argument("--kills", type=int, default=300, help="how often the core is killed (300)")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="repeat an earlier run")
    parser.add_argument("--no-marker", action="store_true", help="without a bucket: one request at a time")
    values = parser.parse_args()
    renders = values.renders or (300 if values.no_marker else 2000)
    print(f"seed {values.seed}", flush=True)
    base = Path(tempfile.mkdtemp(prefix="dmdx-paid-"))
    began = time.monotonic()
    with paid_shop(
        base / "shop", renders=renders, has_marker=not values.no_marker, faults=hard_days(values.seed)
    ) as shop:
        lives = PaidLives(shop, values.kills, random.Random(values.seed))
        lives.after_death = lambda: _tell_how_far(shop, lives, time.monotonic() - began)
        table = lives.live()
        is_well = _tell(shop, lives, table, time.monotonic() - began)
    if not is_well:
        print(f"FAIL: kept in {base}; repeat with --seed {values.seed}")
        return 1
    shutil.rmtree(base)
    print("PASS: every charge has its one picture, and nothing was paid twice")
    return 0


def _tell_how_far(shop: PaidShop, lives: PaidLives, seconds: float) -> None:
    kills = lives.deaths.total()
    if kills % KILLS_BETWEEN_WORDS == 0:
        accepted = len(shop.service.world.accepted_at)
        print(f"{kills:5} kills, {accepted:5} requests accepted, {seconds:5.0f} s", flush=True)


def _tell(shop: PaidShop, lives: PaidLives, table: list[Line], seconds: float) -> bool:
    kills = lives.deaths.total()
    world = shop.service.world
    print(f"\n{kills} kills in {seconds:.0f} s; after the last one done within {lives.drained_in_s:.1f} s")
    print("killed with " + ", ".join(f"{words}: {number}" for words, number in lives.deaths.most_common()))
    states = ", ".join(f"{state}: {number}" for state, number in attempts_by_state(shop).most_common())
    print(f"attempts {states}; submits {world.submits_received}, accepted {len(world.accepted_at)}")
    slowest = slowest_answer_s(shop, lives.starts)
    print(f"what became of a request was known {slowest:.1f} s after the start of a life, or after its sending\n")
    for line in table:
        print(f"{'PASS' if line.holds else 'FAIL'}  {line.what:<28}{line.found:>12,}   wanted {line.wanted:,}")
    for what, holds in (
        (f"kills {kills} of {lives.kills}", kills >= lives.kills),
        (f"answers known within {MOST_UNANSWERED_S:.0f} s", slowest <= MOST_UNANSWERED_S),
    ):
        print(f"{'PASS' if holds else 'FAIL'}  {what}")
    for fault in lives.faults[:20]:
        print(f"fault: {fault}")
    return all(line.holds for line in table) and kills >= lives.kills and slowest <= MOST_UNANSWERED_S


if __name__ == "__main__":
    raise SystemExit(main())
