"""Boosted trees: they answer as the trees they were made of, and a damaged file is refused before it is followed."""

import random
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from dmdx_desktop.imaging.boosted_trees import BoostedTrees, TreesFile

STUMP: dict[str, Any] = {
    "inputs": 2,
    "biases": [0.5, -1.0],
    "answers": [0],
    "roots": [0],
    "features": [1, -1, -1],
    "lower": [1, 0, 0],
    "values": [3.0, -2.0, 4.0],
}


@pytest.mark.parametrize(("number", "expected"), [(2.9, -1.5), (3.0, -1.5), (3.1, 4.5)])
def test_log_odds_of_one_branch_goes_lower_up_to_its_value(number: float, expected: float) -> None:
    trees = BoostedTrees.of_file(TreesFile.model_validate(STUMP))

    odds = trees.log_odds(np.array([99.0, number], np.float32))

    assert odds.tolist() == [expected, -1.0]


def test_log_odds_of_many_random_trees_adds_up_what_each_leads_to(seed: int) -> None:
    chance = random.Random(seed)
    grown = [_grown(chance, depth=6) for _ in range(40)]
    file, answers = _written(grown, chance)
    trees = BoostedTrees.of_file(file)

    for _ in range(20):
        row = np.array([chance.uniform(-1, 1) for _ in range(5)], np.float32)
        expected = np.zeros(3)
        for tree, answer in zip(grown, answers, strict=True):
            expected[answer] += _followed(tree, row)
        assert np.allclose(trees.log_odds(row), expected)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("features", [2, -1, -1]),
        ("lower", [0, 0, 0]),
        ("lower", [2, 0, 0]),
        ("lower", [1, 0]),
        ("roots", [3]),
        ("answers", [2]),
        ("biases", []),
    ],
)
def test_trees_file_that_leads_nowhere_is_refused(field: str, value: list[int]) -> None:
    with pytest.raises(ValidationError):
        TreesFile.model_validate({**STUMP, field: value})


Tree = float | tuple[int, float, "Tree", "Tree"]


def _grown(chance: random.Random, depth: int) -> Tree:
    if depth == 0 or chance.random() < 0.2:
        return chance.uniform(-1, 1)
    return chance.randrange(5), chance.uniform(-1, 1), _grown(chance, depth - 1), _grown(chance, depth - 1)


def _followed(tree: Tree, row: np.ndarray[Any, np.dtype[np.float32]]) -> float:
    while isinstance(tree, tuple):
        feature, at_most, lower, upper = tree
        tree = lower if row[feature] <= at_most else upper
    return tree


def _written(grown: list[Tree], chance: random.Random) -> tuple[TreesFile, list[int]]:
    features: list[int] = []
    lower: list[int] = []
    values: list[float] = []

    def place(count: int) -> int:
        features.extend([-1] * count)
        lower.extend([0] * count)
        values.extend([0.0] * count)
        return len(features) - count

    def write(tree: Tree, at: int) -> None:
        if not isinstance(tree, tuple):
            values[at] = tree
            return
        features[at], values[at] = tree[0], tree[1]
        lower[at] = below = place(2)
        write(tree[2], below)
        write(tree[3], below + 1)

    roots = []
    for tree in grown:
        roots.append(place(1))
        write(tree, roots[-1])
    answers = [chance.randrange(3) for _ in grown]
    file = {"inputs": 5, "biases": [0.0] * 3, "answers": answers, "roots": roots}
    return TreesFile.model_validate({**file, "features": features, "lower": lower, "values": values}), answers
