"""Fits ``StoneSense`` on pictures with known stones, and writes it beside the eye's networks.

    python -m training.stones --pictures FOLDER [...] --held FOLDER [...] [--resources resources]

Runs in the program's own environment with scikit-learn added, after the networks have been exported: what it learns
from is what the program sees. Each picture is looked at as it is and twice reduced and in another balance of colours.
Prints how many of the held pictures have all their colours told rightly.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.truth import TruePicture, true_pictures
from dmdx_desktop.imaging.boosted_trees import BoostedTrees, TreesFile
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.eye import EYE_FOLDER, Eye, Tone
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.stone_colours import stone_signs_of
from dmdx_desktop.imaging.stone_sense import COLOURS
from dmdx_desktop.models.vocabulary import Kind

OTHER_LOOKS = 2
TREES, LEAVES, LEAST_IN_LEAF, RATE = 150, 8, 10, 0.05
SHOWN = 0.3
"""Of the numbers so many are shown to each branch, that none is relied upon alone."""
SEEDS = 3
"""So many forests are averaged: each is shown other numbers."""

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
    file = fitted(features.astype(np.float32), labels)
    trees = BoostedTrees.of_file(file)
    odds = np.stack([trees.log_odds(row) for row in held_features.astype(np.float32)])
    print(f"{len(features)} looks; right on {((odds > 0) == (held_labels > 0.5)).all(axis=1).mean():.3f} of the held")
    (options.resources / EYE_FOLDER / "stones.json").write_text(file.model_dump_json(), encoding="utf-8")


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


def fitted(features: NDArray[np.float32], labels: Doubles) -> TreesFile:
    """Trees for each colour, on numbers (n, features) and what is true (n, colours)."""
    growing = _Growing()
    biases = []
    for answer in range(labels.shape[1]):
        bias = 0.0
        for seed in range(SEEDS):
            forest = HistGradientBoostingClassifier(
                learning_rate=RATE,
                max_iter=TREES,
                max_leaf_nodes=LEAVES,
                min_samples_leaf=LEAST_IN_LEAF,
                max_features=SHOWN,
                l2_regularization=1.0,
                early_stopping=False,
                random_state=seed,
            ).fit(features, labels[:, answer] > 0.5)
            bias += float(forest._baseline_prediction[0, 0]) / SEEDS
            for (tree,) in forest._predictors:
                growing.add(answer, tree.nodes)
        biases.append(round(bias, 5))
    return growing.file(features.shape[1], biases)


class _Growing:
    """Trees written down one after the other, so that the branches of a node follow each other."""

    def __init__(self) -> None:
        self._answers: list[int] = []
        self._roots: list[int] = []
        self._features: list[int] = []
        self._lower: list[int] = []
        self._values: list[float] = []

    def add(self, answer: int, nodes: NDArray[np.void]) -> None:
        """One tree as scikit-learn keeps it."""
        self._answers.append(answer)
        self._roots.append(self._place(1))
        waiting = [(0, self._roots[-1])]
        while waiting:
            known, at = waiting.pop()
            node = nodes[known]
            if node["is_leaf"]:
                self._values[at] = round(float(node["value"]) / SEEDS, 5)
                continue
            self._features[at] = int(node["feature_idx"])
            self._values[at] = float(f"{node['num_threshold']:.7g}")
            self._lower[at] = lower = self._place(2)
            waiting += [(int(node["left"]), lower), (int(node["right"]), lower + 1)]

    def file(self, inputs: int, biases: Sequence[float]) -> TreesFile:
        """All trees so far."""
        return TreesFile(
            inputs=inputs,
            biases=tuple(biases),
            answers=tuple(self._answers),
            roots=tuple(self._roots),
            features=tuple(self._features),
            lower=tuple(self._lower),
            values=tuple(self._values),
        )

    def _place(self, count: int) -> int:
        self._features += [-1] * count
        self._lower += [0] * count
        self._values += [0.0] * count
        return len(self._features) - count


if __name__ == "__main__":
    main()
