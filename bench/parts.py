"""Metal and stones told apart, against the truth: how many of a piece's pixels are told rightly, and how sure it was.

Runs what the program runs before it recolours. Pixels count that are covered both truly and as found, so that the
cut-out's own mistakes, which `bench cutout` measures, do not count twice. The gate is ours: beyond it,
recoloured stones begin to show.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bench.harness import machine
from bench.truth import ROOT, SAMPLES, TruePicture, true_pictures
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.eye import Eye
from dmdx_desktop.imaging.parts import tell_parts
from dmdx_desktop.imaging.safe_open import open_picture

STONE = 2
LEAST_RIGHT = 0.92


@dataclass(frozen=True)
class Told:
    """One picture: shares of pixels told rightly, of true stone taken for metal, and of true metal taken for stone."""

    truth: TruePicture
    right: float
    stone_lost: float | None
    metal_lost: float | None
    confidence: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, default=SAMPLES, help="folder of pictures with truth (the samples)")
    parser.add_argument("--most", type=int, help="at most so many pictures, evenly chosen")
    options = parser.parse_args(arguments)
    truths = true_pictures(options.pictures, options.most)
    print(f"Metal and stones of {len(truths)} pictures\n{machine()}\n")
    eye = Eye(ROOT / "resources")
    told = [one for truth in truths if (one := _told(truth, eye)) is not None]
    rows: list[tuple[str, Callable[[Told], bool]]] = [("all", lambda one: True)]
    rows += [(kind, lambda one, kind=kind: one.truth.kind == kind) for kind in ("photo", "cad", "sketch")]  # type: ignore[misc]
    print(f"{'':<10}{'pictures':>9}{'right':>8}{'stone as metal':>16}{'metal as stone':>16}{'confidence':>12}")
    for name, belongs in rows:
        chosen = [one for one in told if belongs(one)]
        if chosen:
            print(
                f"{name:<10}{len(chosen):>9}{fmean(one.right for one in chosen):>8.3f}"
                f"{_mean(one.stone_lost for one in chosen):>16.3f}{_mean(one.metal_lost for one in chosen):>16.3f}"
                f"{fmean(one.confidence for one in chosen):>12.3f}"
            )
    measured = fmean(one.right for one in told)
    held = measured >= LEAST_RIGHT
    print(f"\n{'PASS' if held else 'FAIL'}: told rightly: at least {LEAST_RIGHT}; measured {measured:.4f}")
    return 0 if held else 1


def _told(truth: TruePicture, eye: Eye) -> Told | None:
    parts = tell_parts(cut_out(open_picture(truth.file, Bounds()), eye), 128)
    true = truth.parts[parts.rows, parts.columns]
    both = true > 0
    if not both.any():
        return None
    said, stone = parts.stone[both] > 0.5, true[both] == STONE
    return Told(
        truth=truth,
        right=float((said == stone).mean()),
        stone_lost=float((~said)[stone].mean()) if stone.any() else None,
        metal_lost=float(said[~stone].mean()) if (~stone).any() else None,
        confidence=parts.confidence,
    )


def _mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return fmean(known) if known else float("nan")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
