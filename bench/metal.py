"""Metals against the house standard, over all samples that show metal: mid-tones, stones, and the five told apart.

Judged with the true masks, so that this is the recolouring alone; ``--found`` judges it with parts as they are found,
which is what a draft shows. The mid-tone is the median Lab colour of the surely metal pixels whose lightness is between
the 35th and the 65th percentile of the result; differences are deltaE 2000. The gates:

- the mid-tone of every sample in every metal is within 6 of the standard;
- the stones of no sample have moved by more than 3, by the 95th percentile of their pixels, borders included;
- no two metals of one sample have mid-tones nearer to each other than 2.5, which a person sees at once;
- recolouring a sample, of 1 to 1.6 megapixels, costs 0.15 s of processor time, by the median.

A piece that measures as what is asked for must be left alone, bit for bit; it is counted as that, and is neither judged
by its mid-tone nor compared with other metals.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.harness import Gate, Relation, machine, verdict
from dmdx_desktop.config import resources_folder
from dmdx_desktop.imaging.colour import Bytes, Floats, delta_e_2000, lab_from_bytes
from dmdx_desktop.imaging.metal import load_house_standard, recoloured
from dmdx_desktop.imaging.metal_standard import MetalStandard
from dmdx_desktop.imaging.parts import Parts, tell_parts
from dmdx_desktop.models.vocabulary import RecipeMetal
from tests.imaging.sample_truth import cut_of, truths
from tests.imaging.true_parts import METAL, STONE, true_parts

MIDDLE = (35.0, 65.0)
MID_TONE_GATE = Gate(Relation.DIFFERENCE, at_most=6.0)
STONE_GATE = Gate(Relation.DIFFERENCE, at_most=3.0)
APART_GATE = Gate(Relation.DIFFERENCE, at_least=2.5)
COST_GATE = Gate(Relation.DIFFERENCE, at_most=0.15)


@dataclass(frozen=True)
class Judged:
    """What one recolouring did: differences in deltaE 2000, ``seconds`` of processor time."""

    file: str
    left_alone: bool
    middle: Floats
    from_standard: float
    stones_mean: float
    stones_95th: float
    seconds: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="print every sample")
    parser.add_argument(
        "--found", action="store_true", help="with parts as they are found; the gate for stones is theirs"
    )
    chosen = parser.parse_args(arguments)
    standard = load_house_standard(Path(resources_folder()))
    files = [truth.file for truth in truths() if truth.kind != "sketch"]
    print(f"{len(files)} samples in {len(standard.metals)} metals, deltaE 2000\n{machine()}\n")
    print(f"{'':<50}{'mid-tone':>10}{'highest':>10}{'stones':>10}{'95th':>10}{'left alone':>12}")
    pieces = {file: _found_parts(file) if chosen.found else true_parts(file) for file in files}
    judged = {metal: [_judged(file, *pieces[file], one) for file in files] for metal, one in standard.metals.items()}
    for metal, done in judged.items():
        _print_metal(metal, done, each=chosen.each)
    return 0 if _all_held(judged, found=chosen.found) else 1


def _print_metal(metal: str, done: Sequence[Judged], *, each: bool) -> None:
    changed = [result.from_standard for result in done if not result.left_alone]
    print(
        f"{metal:<50}{statistics.median(changed):>10.2f}{max(changed):>10.2f}"
        f"{statistics.fmean(result.stones_mean for result in done):>10.2f}"
        f"{max(result.stones_95th for result in done):>10.2f}{len(done) - len(changed):>12}"
    )
    for result in done if each else ():
        mid_tone = "alone" if result.left_alone else f"{result.from_standard:.2f}"
        print(f"  {result.file:<48}{mid_tone:>10}{'':>10}{result.stones_mean:>10.2f}{result.stones_95th:>10.2f}")


def _all_held(judged: Mapping[RecipeMetal, Sequence[Judged]], *, found: bool) -> bool:
    every = [result for done in judged.values() for result in done]
    print("\nhighest mid-tone; stones; nearest two metals; median seconds")
    stones = statistics.fmean(r.stones_mean for r in every) if found else max(r.stones_95th for r in every)
    held = [
        verdict(MID_TONE_GATE, max(result.from_standard for result in every if not result.left_alone)),
        verdict(STONE_GATE, stones),
        verdict(APART_GATE, _nearest_two(judged)),
        verdict(COST_GATE, statistics.median(result.seconds for result in every if not result.left_alone)),
    ]
    return all(held)


def _nearest_two(judged: Mapping[RecipeMetal, Sequence[Judged]]) -> float:
    """The least difference between two metals of one sample."""
    return min(
        float(delta_e_2000(one.middle, other.middle))
        for of_sample in zip(*judged.values(), strict=True)
        for one, other in combinations([result for result in of_sample if not result.left_alone], 2)
    )


def _found_parts(file: str) -> tuple[Bytes, Parts]:
    cut = cut_of(file)
    return cut.colours, tell_parts(cut)


def _judged(file: str, colours: Bytes, parts: Parts, standard: MetalStandard) -> Judged:
    began = time.process_time()
    result = recoloured(colours, parts, standard)
    seconds = time.process_time() - began
    lab = lab_from_bytes(result[parts.rows, parts.columns])
    (truth,) = (each for each in truths() if each.file == file)
    labels = truth.parts_mask[parts.rows, parts.columns]
    stone = labels == STONE
    moved = delta_e_2000(parts.lab[stone], lab[stone]) if stone.any() else np.zeros(1, np.float32)
    middle = _mid_tone(lab[(parts.stone == 0.0) & (labels == METAL)])
    return Judged(
        file,
        np.array_equal(result, colours),
        middle,
        float(delta_e_2000(middle, np.asarray(standard.mid, np.float32))),
        float(moved.mean()),
        float(np.percentile(moved, 95)),
        seconds,
    )


def _mid_tone(metal: Floats) -> Floats:
    low, high = np.percentile(metal[:, 0], MIDDLE)
    return np.asarray(np.median(metal[(metal[:, 0] >= low) & (metal[:, 0] <= high)], axis=0), np.float32)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
