"""The share of an account's limit that paid work makes use of, when nothing goes wrong.

The program makes pictures at a server on this computer that takes so many requests within any minute and no more, as
the real one does. Judged is how many it took from the moment on at which the first minute's were used up, of those it
would have taken until then. Two accounts: one with 600 a minute and 300 at a time, and a new one with two a minute and
two at a time. The new one's minutes are shortened; the pauses of the program are not, and weigh the more for it.
"""

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.harness import Gate, Relation, load, machine, verdict
from tests.crash.paid_shop import paid_shop
from tests.servers.wavespeed_faults import WaveSpeedFaults

GATE = Gate(Relation.RATIO, at_least=0.95)
ANSWER_S = 0.2
"""How long the service takes to answer that it took a request."""


@dataclass(frozen=True)
class Account:
    """What one account allows in a minute of ``minute_s`` seconds; ``minutes`` of it are judged."""

    name: str
    a_minute: int
    minute_s: float
    at_once: int
    job_s: float
    minutes: int

    @property
    def renders(self) -> int:
        return self.a_minute * (self.minutes + 1)


def measured(account: Account) -> float:
    """The share of what was allowed, after the first minute's worth."""
    faults = WaveSpeedFaults(polls_until_done=0, seconds_until_done=account.job_s, submit_seconds=ANSWER_S)
    faults.rate_per_minute, faults.minute_seconds, faults.concurrent = (
        account.a_minute, account.minute_s, account.at_once,
    )  # fmt: skip
    with (
        tempfile.TemporaryDirectory(prefix="dmdx-rate-") as folder,
        paid_shop(Path(folder) / "shop", renders=account.renders, faults=faults) as shop,
    ):
        running = shop.program.start(*shop.render_words(), "--json")
        with running.process as process:
            try:
                _, complaints = process.communicate(timeout=60 + 4 * account.minute_s * (account.minutes + 1))
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        if process.returncode:
            raise RuntimeError(complaints)
        world = shop.service.world
        taken = world.accepted_at[account.a_minute - 1 :]
        minutes = (taken[-1] - taken[0]) / account.minute_s
        share = (len(taken) - 1) / (account.a_minute * minutes)
        print(f"{account.name}: {len(taken) - 1} taken in {minutes:.2f} minutes of {account.minute_s:g} s")
        print(f"  {len(world.limited_at)} refused, at most {world.most_running} at once, load average {load()}")
    return share


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=3, help="minutes that are judged of each account (3)")
    parser.add_argument("--minute-of-600", type=float, default=60.0, help="seconds of the large account's minute (60)")
    parser.add_argument("--minute-of-2", type=float, default=30.0, help="seconds of the new account's minute (30)")
    parser.add_argument("--a-second", type=float, default=10.0, help="what the large account allows a second (10)")
    parser.add_argument("--only", choices=("large", "new"), help="one account alone")
    chosen = parser.parse_args(arguments)
    a_minute, minute_s = round(chosen.a_second * chosen.minute_of_600), chosen.minute_of_600
    accounts = {
        "large": Account(f"{60 * chosen.a_second:g} a minute", a_minute, minute_s, 300, 2.0, chosen.minutes),
        "new": Account("2 a minute", 2, chosen.minute_of_2, 2, 2.0, chosen.minutes),
    }
    print(machine())
    wanted = [chosen.only] if chosen.only else list(accounts)
    return 0 if all([verdict(GATE, measured(accounts[name])) for name in wanted]) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
