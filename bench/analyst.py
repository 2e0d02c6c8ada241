"""Readings against the truth: accuracy, coverage and a reliability table per field of the embedded analyst.

Runs what the program runs: each picture is opened, cut out and measured, under a file name that says nothing. The
gates are the figures asked for on pictures that nobody tuned on, so give a folder of those with --pictures.

White metals look the same, so the tone of the metal and its name are two fields: the confidence of a reading is that of
the name, and the tone's is that divided by the share of white gold among white jewellery.
"""

import argparse
import itertools
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench.harness import Gate, Relation, machine
from bench.truth import SAMPLES, TruePicture, studio, true_pictures
from dmdx_desktop.imaging.measure import WHITE_GOLD_SHARE
from dmdx_desktop.imaging.studio_operations import StudioOperations
from dmdx_desktop.models.filenames import read_name
from dmdx_desktop.models.piece import Piece, combine
from dmdx_desktop.models.sourced import Sourced
from dmdx_desktop.models.vocabulary import SPOILING_WARNINGS

V = TypeVar("V")

BIN_EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Verdict:
    """One field of one picture: whether anything was said, with what confidence, and whether it was right."""

    said: bool
    confidence: float
    right: bool


@dataclass(frozen=True)
class Field:
    """A field of the reading, how it is judged, and its gate. ``judge`` returns None where it is not asked."""

    name: str
    judge: Callable[[Piece, TruePicture], Verdict | None]
    asked: float | None


@dataclass(frozen=True)
class Bin:
    """Statements of like confidence."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, default=SAMPLES, help="folder of pictures with truth (the samples)")
    parser.add_argument("--most", type=int, help="at most so many pictures, evenly chosen")
    options = parser.parse_args(arguments)
    truths = true_pictures(options.pictures, options.most)
    print(f"Analyst on {len(truths)} pictures\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as folder:
        operations = studio()
        readings = [_read(operations, truth, number, Path(folder)) for number, truth in enumerate(truths)]
    seconds = [taken for _, taken in readings]
    print(f"reading, without the cut-out: median {median(seconds) * 1000:.0f} ms, longest {max(seconds) * 1000:.0f} ms")
    _say_alarms([piece for piece, _ in readings])
    held = [_report(field, [piece for piece, _ in readings], truths) for field in FIELDS]
    return 0 if all(held) else 1


def _read(operations: StudioOperations, truth: TruePicture, number: int, folder: Path) -> tuple[Piece, float]:
    """The reading of a picture under a neutral name, and the seconds of one core that measuring took."""
    neutral = folder / f"{number:05}{truth.file.suffix}"
    shutil.copyfile(truth.file, neutral)
    request = {"path": str(neutral), "sha256": neutral.name}
    operations.measure(request)
    # The cut-out is kept, so that the second time costs the reading alone.
    began = time.process_time()
    answer = operations.measure(request)
    taken = time.process_time() - began
    return combine(read_name([], neutral.name), Piece.model_validate(answer.values["piece"])), taken


def _report(field: Field, readings: Sequence[Piece], truths: Sequence[TruePicture]) -> bool:
    judged = [field.judge(reading, truth) for reading, truth in zip(readings, truths, strict=True)]
    verdicts = [verdict for verdict in judged if verdict is not None]
    if not verdicts:
        print(f"\n{field.name}: no picture to judge it by")
        return True
    said = [verdict for verdict in verdicts if verdict.said]
    accuracy = _share(verdicts)
    print(
        f"\n{field.name}: accuracy {accuracy:.3f} of {len(verdicts)}, coverage {len(said) / len(verdicts):.3f}, "
        f"accuracy where something is said {_share(said):.3f}, expected calibration error {calibration_error(said):.3f}"
    )
    print(f"  {'confidence':<14}{'mean':>8}{'accuracy':>10}{'count':>8}")
    for one in reliability(said):
        print(f"  {f'{one.low:.1f} to {one.high:.1f}':<14}{one.confidence:>8.3f}{one.accuracy:>10.3f}{one.count:>8}")
    _say_wrong_groups(verdicts, [t for t, v in zip(truths, judged, strict=True) if v is not None])
    return _passes(field, accuracy)


def _say_alarms(readings: Sequence[Piece]) -> None:
    """How many pictures no draft would be made of, by reason; a false alarm where the picture is sound."""
    counts = {warning: sum(warning in piece.warnings for piece in readings) for warning in sorted(SPOILING_WARNINGS)}
    said = ", ".join(f"{warning.value} {count}" for warning, count in counts.items() if count)
    print(f"warnings that stand in the way of a draft: {said or 'none'}")


def _say_wrong_groups(verdicts: Sequence[Verdict], truths: Sequence[TruePicture]) -> None:
    wrong: dict[str, int] = {}
    for verdict, truth in zip(verdicts, truths, strict=True):
        if not verdict.right:
            wrong[truth.group] = wrong.get(truth.group, 0) + 1
    if wrong:
        worst = sorted(wrong, key=lambda group: (-wrong[group], group))[:5]
        print("  most misses: " + ", ".join(f"{group} {wrong[group]}" for group in worst))


def _passes(field: Field, accuracy: float) -> bool:
    if field.asked is None:
        return True
    held = Gate(Relation.RATIO, at_least=field.asked).holds(accuracy)
    print(f"  {'PASS' if held else 'FAIL'}: at least {field.asked:.2f}; measured {accuracy:.3f}")
    return held


def reliability(said: Sequence[Verdict]) -> list[Bin]:
    """The statements in bins of confidence; empty bins are left out."""
    bins = []
    for low, high in itertools.pairwise(BIN_EDGES):
        held = [one for one in said if low <= one.confidence < high or (high == 1.0 and one.confidence == 1.0)]
        if held:
            mean = sum(one.confidence for one in held) / len(held)
            bins.append(Bin(low, high, len(held), mean, _share(held)))
    return bins


def calibration_error(said: Sequence[Verdict]) -> float:
    """The mean gap between confidence and accuracy over the bins, weighed by how many statements each holds."""
    gaps = sum(one.count * abs(one.confidence - one.accuracy) for one in reliability(said))
    return gaps / len(said) if said else 0.0


def _share(verdicts: Sequence[Verdict]) -> float:
    return sum(one.right for one in verdicts) / len(verdicts) if verdicts else 0.0


def _verdict(fact: Sourced[V], right: bool) -> Verdict:
    return Verdict(fact.is_known, fact.confidence, right)


def _kind(reading: Piece, truth: TruePicture) -> Verdict:
    return _verdict(reading.kind, reading.kind.value == truth.kind)


def _background(reading: Piece, truth: TruePicture) -> Verdict:
    return _verdict(reading.background, reading.background.value is truth.background)


def _metal_tone(reading: Piece, truth: TruePicture) -> Verdict | None:
    if not truth.shows_metal:
        return None
    tone = _tone(reading)
    sure = reading.metal.confidence / (WHITE_GOLD_SHARE if tone == "white" else 1.0)
    return Verdict(reading.metal.is_known, min(sure, 1.0), tone in truth.tones)


def _metal_name(reading: Piece, truth: TruePicture) -> Verdict | None:
    return _verdict(reading.metal, str(reading.metal.value) in truth.metals) if truth.shows_metal else None


def _metal_unseen(reading: Piece, truth: TruePicture) -> Verdict | None:
    return None if truth.shows_metal else _verdict(reading.metal, not reading.metal.is_known)


def _tone(reading: Piece) -> str:
    metal = str(reading.metal.value)
    return "white" if metal in ("white_gold", "platinum", "silver") else metal


def _stones(reading: Piece, truth: TruePicture) -> Verdict | None:
    """The set of colours must be the true one; where the picture shows no colour, none may be said."""
    if truth.stone_colours is None:
        return None
    # White and cream are one word for most people who look at a pearl.
    said = {"cream" if stone.colour.value == "white" else str(stone.colour.value) for stone in reading.stones}
    right = said == (truth.stone_colours if truth.shows_metal else frozenset())
    confidence = min((stone.colour.confidence for stone in reading.stones), default=0.0)
    return Verdict(bool(said), confidence, right)


def _items(reading: Piece, truth: TruePicture) -> Verdict:
    return _verdict(reading.pieces, reading.pieces.value == truth.items)


def _view(reading: Piece, truth: TruePicture) -> Verdict:
    return _verdict(reading.view, reading.view.value == truth.view)


FIELDS = (
    Field("kind", _kind, 0.95),
    Field("background", _background, 0.95),
    Field("metal tone, where it shows", _metal_tone, 0.90),
    Field("metal by name, where it shows", _metal_name, None),
    Field("metal tone, silent where none shows", _metal_unseen, None),
    Field("stone colours, the whole set", _stones, 0.85),
    Field("number of pieces", _items, None),
    Field("view", _view, None),
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
