"""Fits ``StoneSense`` on pictures with known stones, and writes it beside the eye's networks.

    python -m training.stones --pictures FOLDER [...] --held FOLDER [...] [--resources resources]

Runs in the program's own environment, after the networks have been exported: what it learns from is what the program
sees. Each picture is looked at as it is and twice reduced and in another balance of colours. Prints how many of the
held pictures have all their colours told rightly.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.truth import TruePicture, true_pictures
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.eye import EYE_FOLDER, Eye, Tone
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.stone_colours import stone_signs_of
from dmdx_desktop.imaging.stone_sense import COLOURS
from dmdx_desktop.models.vocabulary import Kind

HIDDEN = 64
STEPS = 5000
BATCH = 128
OTHER_LOOKS = 2
RATE = 2e-3
DECAY = 0.2
KEPT = 0.6
"""Of the numbers and of the inner values so many are shown at a time, that none is relied upon alone."""

Doubles = NDArray[np.float64]


def main() -> None:
    """Look, fit, say how good it is, write."""
    parser = argparse.ArgumentParser(prog="training.stones", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--held", type=Path, nargs="+", required=True)
    parser.add_argument("--resources", type=Path, default=Path("resources"))
    options = parser.parse_args()
    eye, chance = Eye(options.resources), np.random.default_rng(1)
    features, labels = looks_at(eye, options.pictures, chance, varied=True)
    held_features, held_labels = looks_at(eye, options.held, chance, varied=False)
    mean, scale = features.mean(axis=0), features.std(axis=0) + 0.05
    network = fitted((features - mean) / scale, labels, chance)
    odds = forward(network, (held_features - mean) / scale)[1]
    print(f"{len(features)} looks; right on {((odds > 0) == (held_labels > 0.5)).all(axis=1).mean():.3f} of the held")
    hidden, hidden_biases, output, output_biases = network
    whole = hidden / scale[:, None]
    (options.resources / EYE_FOLDER / "stones.json").write_text(
        json.dumps({"hidden": _layer(whole, hidden_biases - mean @ whole), "output": _layer(output, output_biases)}),
        encoding="utf-8",
    )


def looks_at(eye: Eye, folders: Sequence[Path], chance: np.random.Generator, varied: bool) -> tuple[Doubles, Doubles]:
    """Numbers (n, features) and colours (n, COLOURS) of every picture whose stones are known and can be seen."""
    found = [
        row
        for folder in folders
        for truth in true_pictures(folder)
        if truth.shows_metal and truth.stone_colours is not None
        for row in _looks(eye, truth, chance, varied)
    ]
    return np.stack([row[0] for row in found]), np.stack([row[1] for row in found])


def _looks(
    eye: Eye, truth: TruePicture, chance: np.random.Generator, varied: bool
) -> Iterator[tuple[Doubles, Doubles]]:
    picture = open_picture(truth.file, Bounds())
    tones = {Tone(tone.removesuffix("_gold")) for tone in truth.tones}
    tone = {one: (0.94 if one in tones else 0.02) for one in Tone}
    label = np.array([float(str(colour) in (truth.stone_colours or ())) for colour in COLOURS])
    others = [_otherwise(picture.image, chance) for _ in range(OTHER_LOOKS if varied else 0)]
    for image in (picture.image, *others):
        cut = cut_out(replace(picture, image=image), eye)
        if not cut.is_empty:
            yield stone_signs_of(cut, Kind(truth.kind), tone).features.astype(np.float64), label


def _otherwise(image: Image.Image, chance: np.random.Generator) -> Image.Image:
    factor = chance.uniform(0.5, 0.9)
    small = image.resize((round(image.width * factor), round(image.height * factor)), Image.Resampling.BOX)
    bands = [
        band.point([round(min(value * gain, 255)) for value in range(256)])
        for band, gain in zip(small.split(), [*chance.uniform(0.95, 1.05, 3), 1.0], strict=False)
    ]
    return Image.merge(small.mode, bands)


def fitted(features: Doubles, labels: Doubles, chance: np.random.Generator) -> list[Doubles]:
    """Weights and biases of both layers, by Adam on the binary cross entropy of each colour."""
    network = [
        chance.normal(0, (2 / features.shape[1]) ** 0.5, (features.shape[1], HIDDEN)),
        np.zeros(HIDDEN),
        chance.normal(0, (1 / HIDDEN) ** 0.5, (HIDDEN, labels.shape[1])),
        np.zeros(labels.shape[1]),
    ]
    first, second = [np.zeros_like(part) for part in network], [np.zeros_like(part) for part in network]
    for step in range(1, STEPS + 1):
        chosen = chance.integers(0, len(features), BATCH)
        shown = features[chosen] * (chance.random((BATCH, features.shape[1])) < KEPT) / KEPT
        mask = (chance.random((BATCH, HIDDEN)) < KEPT) / KEPT
        slopes = _slopes(network, shown, labels[chosen], mask)
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS))
        for index, slope in enumerate(slopes):
            first[index] += 0.1 * (slope - first[index])
            second[index] += 0.001 * (slope * slope - second[index])
            moved = (first[index] / (1 - 0.9**step)) / (np.sqrt(second[index] / (1 - 0.999**step)) + 1e-8)
            network[index] = network[index] - rate * (moved + DECAY * network[index])
    return network


def forward(network: Sequence[Doubles], features: Doubles, mask: Doubles | float = 1.0) -> tuple[Doubles, Doubles]:
    """Inner values and log odds (n, colours)."""
    inner = np.maximum(features @ network[0] + network[1], 0.0) * mask
    return inner, inner @ network[2] + network[3]


def _slopes(network: Sequence[Doubles], features: Doubles, labels: Doubles, mask: Doubles) -> list[Doubles]:
    inner, odds = forward(network, features, mask)
    wrong = (1 / (1 + np.exp(-odds)) - labels) / len(features)
    back = (wrong @ network[2].T) * mask * (inner > 0)
    return [features.T @ back, back.sum(axis=0), inner.T @ wrong, wrong.sum(axis=0)]


def _layer(weights: Doubles, biases: Doubles) -> dict[str, list[object]]:
    return {"weights": np.round(weights.T, 4).tolist(), "biases": np.round(biases, 4).tolist()}


if __name__ == "__main__":
    main()
