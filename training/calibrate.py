"""Fits how far the networks may be believed, on pictures that training never saw, and writes it beside them.

    python -m training.calibrate --pictures FOLDER [--resources resources]

Runs in the program's own environment. A network is surer than it is right; dividing its log odds by one number for
each field mends that and changes no answer (Guo et al., On Calibration of Modern Neural Networks, 2017). For the
outline, a logistic curve over the expected overlap says how often the true overlap is good enough. The result is
``calibration.json``, which the program reads.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.cutout import GOOD, overlap
from bench.truth import TruePicture, true_pictures
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.eye import EYE_FOLDER, Eye, Reading
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.sight import look_at

TEMPERATURES = np.geomspace(0.4, 6.0, 80)
STEEPNESSES = np.geomspace(0.2, 6.0, 40)
SHIFTS = np.linspace(-8.0, 8.0, 161)
CURVE_AT = (0.0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 1.0)
LEAST_CHANCE = 1e-6
MOST_CERTAIN = 0.99

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Look:
    """One picture as the eye sees it, and the truth."""

    truth: TruePicture
    reading: Reading
    expected: float
    overlap: float


def main() -> None:
    """Look at every picture, fit, write."""
    parser = argparse.ArgumentParser(prog="training.calibrate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--resources", type=Path, default=Path("resources"))
    options = parser.parse_args()
    eye = Eye(options.resources)
    looks = [_look(eye, truth) for folder in options.pictures for truth in true_pictures(folder)]
    path = options.resources / EYE_FOLDER / "calibration.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    for field, entry in known["fields"].items():
        pairs = [pair for look in looks if (pair := _odds_and_label(look, field, entry)) is not None]
        entry["temperature"] = round(_temperature(pairs, one_of=field != "colours"), 3)
    known["outline"] = _curve(looks)
    path.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(known, indent=2))


def _look(eye: Eye, truth: TruePicture) -> Look:
    picture = open_picture(truth.file, Bounds())
    sight = look_at(picture.image.convert("RGB"), eye)
    cut = cut_out(picture, eye)
    return Look(truth, sight.reading, sight.expected_overlap, overlap(cut.coverage, truth.coverage))


def _odds_and_label(look: Look, field: str, entry: Mapping[str, object]) -> tuple[Doubles, Doubles] | None:
    """The log odds of a field as the network gave them, and 1 at the true labels; None where the truth has none."""
    true = _true_labels(look.truth, field)
    chances = {str(label): chance for label, chance in getattr(look.reading, field).items()}
    if not true <= set(chances) or (field != "colours" and len(true) != 1):
        return None
    values = np.clip(np.array(list(chances.values())), LEAST_CHANCE, 1 - LEAST_CHANCE)
    odds = np.log(values) if field != "colours" else np.log(values / (1 - values))
    return odds * float(str(entry["temperature"])), np.array([float(label in true) for label in chances])


def _true_labels(truth: TruePicture, field: str) -> set[str]:
    if field == "tone":
        tones = {tone.removesuffix("_gold") for tone in truth.tones}
        return tones if truth.shows_metal else {"hidden"}
    if field == "colours":
        return set(truth.stone_colours) if truth.shows_metal and truth.stone_colours is not None else {"not shown"}
    return {str(getattr(truth, field))}


def _temperature(pairs: Sequence[tuple[Doubles, Doubles]], one_of: bool) -> float:
    """What divides the odds so that the truth is least surprising."""
    if not pairs:
        return 1.0
    odds, labels = np.stack([pair[0] for pair in pairs]), np.stack([pair[1] for pair in pairs])
    return float(min(TEMPERATURES, key=lambda temperature: _surprise(odds / temperature, labels, one_of)))


def _surprise(odds: Doubles, labels: Doubles, one_of: bool) -> float:
    if one_of:
        calm = odds - odds.max(axis=1, keepdims=True)
        chances = np.exp(calm) / np.exp(calm).sum(axis=1, keepdims=True)
        return float(-np.log(np.maximum((chances * labels).sum(axis=1), LEAST_CHANCE)).mean())
    chances = np.clip(1 / (1 + np.exp(-odds)), LEAST_CHANCE, 1 - LEAST_CHANCE)
    return float(-(labels * np.log(chances) + (1 - labels) * np.log(1 - chances)).mean())


def _curve(looks: Sequence[Look]) -> list[list[float]]:
    """How likely the outline is good by its expected overlap, fitted as a rising logistic curve."""
    expected = _log_odds(np.array([look.expected for look in looks if look.expected > 0]))
    good = np.array([float(look.overlap >= GOOD) for look in looks if look.expected > 0])

    def surprise(fit: tuple[float, float]) -> float:
        return _surprise(fit[0] * expected[:, None] + fit[1], good[:, None], one_of=False)

    steepness, shift = min(((float(a), float(b)) for a in STEEPNESSES for b in SHIFTS), key=surprise)
    chances = 1 / (1 + np.exp(-(steepness * _log_odds(np.array(CURVE_AT)) + shift)))
    return [[at, round(min(float(chance), MOST_CERTAIN), 3)] for at, chance in zip(CURVE_AT, chances, strict=True)]


def _log_odds(shares: Doubles) -> Doubles:
    bounded = np.clip(shares, 0.001, 0.999)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float64)


if __name__ == "__main__":
    main()
