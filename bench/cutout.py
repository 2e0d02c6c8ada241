"""Cut-outs against true coverage: overlap by background and kind, and whether the confidence tells the bad ones.

Runs what the program runs. The gates are those asked for on pictures that nobody tuned on, so give a folder of those
with --pictures. With --peer a naive peer is run beside it on the same pictures: a smooth surface fitted to the border
of the picture, and whatever differs from it taken for the piece.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean, median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.harness import machine
from bench.truth import SAMPLES, Coverage, TruePicture, studio, true_pictures
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import SURE_ENOUGH
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.studio_operations import StudioOperations
from dmdx_desktop.models.vocabulary import Background

GOOD = 0.85
"""The overlap below which a cut-out spoils a picture."""
PLAIN = frozenset({Background.WHITE, Background.OFF_WHITE, Background.GREY, Background.COLOURED})
HARDER = frozenset({Background.GRID, Background.GRADIENT, Background.BLACK, Background.PAPER})
PLAIN_MEAN, HARDER_MEAN = 0.97, 0.93
PEER_SIDE, PEER_BORDER = 400, 0.06
WORST = 10


@dataclass(frozen=True)
class Score:
    """One cut-out: overlap and mean error of its coverage, 0 to 1, its confidence, and the seconds it took."""

    truth: TruePicture
    overlap: float
    error: float
    confidence: float
    seconds: float


@dataclass(frozen=True)
class Flagging:
    """How well a low confidence tells bad cut-outs: of those flagged how many are bad, of the bad how many flagged."""

    limit: float
    flagged: int
    precision: float
    recall: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, default=SAMPLES, help="folder of pictures with truth (the samples)")
    parser.add_argument("--most", type=int, help="at most so many pictures, evenly chosen")
    parser.add_argument("--peer", action="store_true", help="also run the naive peer")
    options = parser.parse_args(arguments)
    truths = true_pictures(options.pictures, options.most)
    print(f"Cut-outs of {len(truths)} pictures\n{machine()}\n")
    ours, peers = [], []
    operations = studio()
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as folder:
        ours_of = partial(_ours, operations, Path(folder) / "mask.png")
        ours_of(truths[0].file)  # pays for what is loaded once
        for truth in truths:
            ours.append(_score(truth, ours_of))
            if options.peer:
                peers.append(_score(truth, _naive))
    _tables(ours, peers)
    _worst(ours)
    _flagging_table(ours)
    print()
    return 0 if all([_gate(*gate) for gate in gates(ours)]) else 1


def _score(truth: TruePicture, make: Callable[[Path], tuple[Coverage, float]]) -> Score:
    began = time.perf_counter()
    coverage, confidence = make(truth.file)
    seconds = time.perf_counter() - began
    gap = np.abs(coverage.astype(np.int16) - truth.coverage.astype(np.int16))
    return Score(truth, overlap(coverage, truth.coverage), float(gap.mean()) / 255, confidence, seconds)


def overlap(one: Coverage, other: Coverage) -> float:
    """Intersection over union of what is mostly covered; 1 where neither covers anything."""
    mask, truth = one > 127, other > 127
    union = int((mask | truth).sum())
    return int((mask & truth).sum()) / union if union else 1.0


def _ours(operations: StudioOperations, mask: Path, file: Path) -> tuple[Coverage, float]:
    """What the verb ``cutout`` does: open, cut out and write the mask."""
    answer = operations.cut_out({"path": str(file), "to": str(mask)})
    confidence = answer.values["confidence"]
    if not isinstance(confidence, float | int):
        raise SystemExit("a cut-out without a confidence")
    with Image.open(mask) as written:
        return np.asarray(written, dtype=np.uint8), float(confidence)


def _naive(file: Path) -> tuple[Coverage, float]:
    """The peer: a surface of the second degree through the border, and what differs from it. It is never unsure."""
    picture = open_picture(file, Bounds())
    image = picture.image
    if picture.has_alpha:
        return np.asarray(image.getchannel("A")), 1.0
    small = image.convert("RGB")
    small.thumbnail((PEER_SIDE, PEER_SIDE))
    colours = np.asarray(small, dtype=np.float64)
    rows, columns = colours.shape[:2]
    y, x = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    margin = max(2, round(min(rows, columns) * PEER_BORDER))
    border = np.ones((rows, columns), dtype=np.bool_)
    border[margin:-margin, margin:-margin] = False
    weights = np.linalg.lstsq(terms[border], colours[border], rcond=None)[0]
    gaps: NDArray[np.float64] = np.linalg.norm(colours - terms @ weights, axis=-1)
    limit = max(12.0, 4.0 * float(np.median(gaps[border])))
    mask = Image.fromarray((gaps > limit).astype(np.uint8) * 255)
    return np.asarray(mask.resize(image.size, Image.Resampling.BILINEAR)), 1.0


def _tables(ours: Sequence[Score], peers: Sequence[Score]) -> None:
    rows: list[tuple[str, Callable[[Score], bool]]] = [("all", lambda score: True)]
    rows += [(one.label, lambda s, one=one: s.truth.background is one) for one in Background]  # type: ignore[misc]
    rows += [(kind, lambda s, kind=kind: s.truth.kind == kind) for kind in ("photo", "cad", "sketch")]  # type: ignore[misc]
    peer_head = f"{'peer IoU':>11}" if peers else ""
    print(f"{'':<14}{'pictures':>9}{'mean IoU':>10}{'lowest':>9}{'error':>9}{'seconds':>9}{peer_head}")
    for name, belongs in rows:
        chosen = [score for score in ours if belongs(score)]
        if not chosen:
            continue
        overlaps = [score.overlap for score in chosen]
        beside = [score.overlap for score in peers if belongs(score)]
        peer = f"{fmean(beside):>11.4f}" if beside else ""
        print(
            f"{name:<14}{len(chosen):>9}{fmean(overlaps):>10.4f}{min(overlaps):>9.4f}"
            f"{fmean(score.error for score in chosen):>9.4f}{median(score.seconds for score in chosen):>9.3f}{peer}"
        )


def _worst(scores: Sequence[Score]) -> None:
    print(f"\nthe worst {WORST}")
    for score in sorted(scores, key=lambda one: one.overlap)[:WORST]:
        print(f"  {score.overlap:.4f}, confidence {score.confidence:.2f}: {score.truth.group}")


def _flagging_table(scores: Sequence[Score]) -> None:
    bad = sum(score.overlap < GOOD for score in scores)
    print(f"\n{bad} of {len(scores)} below {GOOD}; flagged when the confidence is lower than")
    print(f"  {'limit':<8}{'flagged':>9}{'precision':>11}{'recall':>9}")
    for limit in sorted({0.3, 0.4, SURE_ENOUGH, 0.6, 0.7, 0.8}):
        one = flagging(scores, limit)
        mark = "  in use" if limit == SURE_ENOUGH else ""
        print(f"  {one.limit:<8.2f}{one.flagged:>9}{one.precision:>11.3f}{one.recall:>9.3f}{mark}")


def flagging(scores: Sequence[Score], limit: float) -> Flagging:
    """Whether a confidence below ``limit`` catches the bad cut-outs; 1 where there is nothing to catch."""
    flagged = [score for score in scores if score.confidence < limit]
    bad = [score for score in scores if score.overlap < GOOD]
    caught = sum(score.overlap < GOOD for score in flagged)
    precision = caught / len(flagged) if flagged else 1.0
    return Flagging(limit, len(flagged), precision, caught / len(bad) if bad else 1.0)


def gates(scores: Sequence[Score]) -> list[tuple[str, float, float]]:
    """What is asked for: words, the least, and what was measured; only of the classes that occur."""
    asked = []
    for words, classes, least in (
        ("mean IoU on plain backgrounds", PLAIN, PLAIN_MEAN),
        ("mean IoU on grids, gradients, black and paper", HARDER, HARDER_MEAN),
    ):
        overlaps = [score.overlap for score in scores if score.truth.background in classes]
        if overlaps:
            asked.append((words, least, fmean(overlaps)))
            asked.append((words.replace("mean", "lowest"), GOOD, min(overlaps)))
    busy = [score for score in scores if score.truth.background is Background.BUSY]
    if busy:
        fine = sum(score.overlap >= GOOD or score.confidence < SURE_ENOUGH for score in busy)
        asked.append(("share of busy backgrounds that are good or flagged", 1.0, fine / len(busy)))
    return asked


def _gate(words: str, least: float, measured: float) -> bool:
    held = measured >= least
    print(f"{'PASS' if held else 'FAIL'}: {words}: at least {least:.2f}; measured {measured:.4f}")
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
