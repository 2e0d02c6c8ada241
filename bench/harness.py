"""How a figure is taken: rounds of ours and the peer's by turns, medians, spread, one gate and an honest exit code.

Taking turns lets whatever else the machine does fall on both alike. The figure that is judged is the median over the
rounds of ours compared with the peer's of the same round, so a slow minute moves both and not their relation.
"""

import argparse
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_ROUNDS = 5

Trial = Callable[[], float]
"""Carries the work out once and returns the round's figure, in the unit of the comparison."""


class Relation(StrEnum):
    """What is judged of a round."""

    RATIO = "ours / peer"
    DIFFERENCE = "ours - peer"


@dataclass(frozen=True)
class Gate:
    """The bound that the median over the rounds must keep."""

    relation: Relation
    at_least: float | None = None
    at_most: float | None = None

    def value(self, ours: float, peer: float) -> float:
        return ours / peer if self.relation is Relation.RATIO else ours - peer

    def holds(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        bounds = (("at least", self.at_least), ("at most", self.at_most))
        return f"{self.relation} {' and '.join(f'{word} {bound:g}' for word, bound in bounds if bound is not None)}"


@dataclass(frozen=True)
class Comparison:
    """Two ways of doing the same work, and the gate between them."""

    title: str
    ours: tuple[str, Trial]
    peer: tuple[str, Trial]
    unit: str
    gate: Gate


@dataclass(frozen=True)
class Round:
    """The figures of one round, and what the gate judges of them."""

    ours: float
    peer: float
    judged: float


def rounds_from(arguments: Sequence[str], about: str, *, default: int = 7) -> int:
    """The number of rounds that a bench's command line asks for; ``about`` is the bench's documentation."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=default, help=f"rounds, at least {LEAST_ROUNDS} ({default})")
    rounds: int = parser.parse_args(arguments).rounds
    if rounds < LEAST_ROUNDS:
        parser.error(f"a median wants at least {LEAST_ROUNDS} rounds")
    return rounds


def judge(comparison: Comparison, rounds: int) -> bool:
    """Takes the figure and prints everything that went into it; whether the gate held.

    One round more is run first and not counted: it pays for cold caches on both sides.
    """
    print(f"{comparison.title}\n{machine()}\n")
    (our_name, ours), (peer_name, peer) = comparison.ours, comparison.peer
    width = max(14, len(our_name), len(peer_name)) + 2
    print(f"{'round':<8}{our_name:>{width}}{peer_name:>{width}}{comparison.gate.relation.value:>14}")
    ours()
    peer()
    taken = [_round(number, ours, peer, comparison.gate) for number in range(rounds)]
    for number, one in enumerate(taken, start=1):
        print(_line(str(number), (one.ours, one.peer, one.judged), width))
    columns = ([one.ours for one in taken], [one.peer for one in taken], [one.judged for one in taken])
    print(_line("median", [statistics.median(column) for column in columns], width))
    print(_line("lowest", [min(column) for column in columns], width))
    print(_line("highest", [max(column) for column in columns], width))
    print(f"in {comparison.unit}; load average after: {load()}")
    return verdict(comparison.gate, statistics.median(columns[2]))


def verdict(gate: Gate, value: float) -> bool:
    """Prints whether ``value`` keeps the gate, and returns it."""
    held = gate.holds(value)
    print(f"\n{'PASS' if held else 'FAIL'}: {gate}; measured {value:.4g}")
    return held


def machine() -> str:
    """The machine a figure was taken on, in a line."""
    processors = os.cpu_count() or 1
    busy = "" if not hasattr(os, "getloadavg") or os.getloadavg()[0] < processors / 2 else " (busy: take it again)"
    return f"{platform.system()}, Python {platform.python_version()}, {processors} processors, load {load()}{busy}"


def load() -> str:
    return " ".join(f"{value:.2f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def _round(number: int, ours: Trial, peer: Trial, gate: Gate) -> Round:
    # Whoever goes second finds warmer caches and a hotter processor, so the order changes every round.
    if number % 2:
        of_peer, of_ours = peer(), ours()
    else:
        of_ours, of_peer = ours(), peer()
    return Round(of_ours, of_peer, gate.value(of_ours, of_peer))


def _line(label: str, values: Sequence[float], width: int) -> str:
    return f"{label:<8}{values[0]:>{width}.4g}{values[1]:>{width}.4g}{values[2]:>14.4g}"
