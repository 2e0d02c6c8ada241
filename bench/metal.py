"""Metals against the house standard, over all samples that show metal: mid-tones, and what became of the stones.

Judged with the true masks, so that this is the recolouring alone. The mid-tone is the median Lab colour of the surely
metal pixels whose lightness is between the 35th and the 65th percentile of the result. Two gates: it is within deltaE
2000 of 6 of the standard for every sample in every metal, and the stones of no sample have moved by more than 3, by
the 95th percentile of their pixels, those on their borders included. Where a piece measures as what is asked for it
must be left alone, bit for bit, and is counted as that.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.harness import Gate, Relation, machine, verdict
from dmdx_desktop.config import resources_folder
from dmdx_desktop.imaging.colour import Floats, delta_e_2000, lab_from_bytes
from dmdx_desktop.imaging.metal import load_house_standard, recoloured
from dmdx_desktop.imaging.metal_standard import MetalStandard
from dmdx_desktop.imaging.parts import Parts
from tests.imaging.sample_truth import truths
from tests.imaging.true_parts import STONE, true_parts

MIDDLE = (35.0, 65.0)
MID_TONE_GATE = Gate(Relation.DIFFERENCE, at_most=6.0)
STONE_GATE = Gate(Relation.DIFFERENCE, at_most=3.0)


@dataclass(frozen=True)
class Judged:
    """What one recolouring did, in deltaE 2000; ``mid_tone`` is None where the piece was left alone."""

    file: str
    mid_tone: float | None
    stones_median: float
    stones_95th: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="print every sample")
    each: bool = parser.parse_args(arguments).each
    standard = load_house_standard(Path(resources_folder()))
    files = [truth.file for truth in truths() if truth.kind != "sketch"]
    print(f"{len(files)} samples in {len(standard.metals)} metals, deltaE 2000\n{machine()}\n")
    print(f"{'':<50}{'mid-tone':>10}{'highest':>10}{'stones':>10}{'95th':>10}{'left alone':>12}")
    judged = []
    for metal, one in standard.metals.items():
        done = [_judged(file, one) for file in files]
        judged += done
        mid_tones = [result.mid_tone for result in done if result.mid_tone is not None]
        stones = [result.stones_median for result in done]
        print(
            f"{metal:<50}{statistics.median(mid_tones):>10.2f}{max(mid_tones):>10.2f}{max(stones):>10.2f}"
            f"{max(result.stones_95th for result in done):>10.2f}{len(done) - len(mid_tones):>12}"
        )
        for result in done if each else ():
            mid_tone = "alone" if result.mid_tone is None else f"{result.mid_tone:.2f}"
            print(f"  {result.file:<48}{mid_tone:>10}{'':>10}{result.stones_median:>10.2f}{result.stones_95th:>10.2f}")
    print("\nhighest of all: mid-tone, then stones by their 95th percentile")
    worst = max(result.mid_tone for result in judged if result.mid_tone is not None)
    held = [
        verdict(MID_TONE_GATE, worst),
        verdict(STONE_GATE, max(result.stones_95th for result in judged)),
    ]
    return 0 if all(held) else 1


def _judged(file: str, standard: MetalStandard) -> Judged:
    colours, parts = true_parts(file)
    result = recoloured(colours, parts, standard)
    lab = lab_from_bytes(result[parts.rows, parts.columns])
    (truth,) = (each for each in truths() if each.file == file)
    stone = truth.parts_mask[parts.rows, parts.columns] == STONE
    moved = delta_e_2000(parts.lab[stone], lab[stone]) if stone.any() else np.zeros(1, np.float32)
    alone = np.array_equal(result, colours)
    return Judged(
        file,
        None if alone else float(delta_e_2000(_mid_tone(lab, parts), np.asarray(standard.mid, np.float32))),
        float(np.median(moved)),
        float(np.percentile(moved, 95)),
    )


def _mid_tone(lab: Floats, parts: Parts) -> Floats:
    metal = lab[parts.stone == 0.0]
    low, high = np.percentile(metal[:, 0], MIDDLE)
    return np.asarray(np.median(metal[(metal[:, 0] >= low) & (metal[:, 0] <= high)], axis=0), np.float32)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
