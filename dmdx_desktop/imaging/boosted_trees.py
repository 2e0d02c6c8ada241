"""Boosted decision trees as they are run: numbers in, log odds out. Runs in picture processes.

Each answer is a bias plus the values of the leaves that its trees lead to. All trees of all answers are followed at
once, one level a step, over flat arrays: a leaf leads to itself.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from dmdx_desktop.imaging.colour import Floats

_MOST_TREES: Final = 20_000
_MOST_NODES: Final = 500_000
_DEEPEST: Final = 64


class TreesFile(BaseModel):
    """Trees as they are written: ``roots`` and ``answers`` have one entry for each tree, the others one for each node.

    ``features`` is -1 for a leaf; a branch goes to ``lower`` where its number is at most its value, else to the node
    after ``lower``. The value of a leaf is what it adds to the log odds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: int = Field(ge=1, le=10_000)
    biases: tuple[float, ...] = Field(min_length=1, max_length=1000)
    answers: tuple[int, ...] = Field(min_length=1, max_length=_MOST_TREES)
    roots: tuple[int, ...] = Field(min_length=1, max_length=_MOST_TREES)
    features: tuple[int, ...] = Field(min_length=1, max_length=_MOST_NODES)
    lower: tuple[int, ...]
    values: tuple[float, ...]

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "TreesFile":
        nodes = len(self.features)
        if len(self.lower) != nodes or len(self.values) != nodes or len(self.answers) != len(self.roots):
            raise ValueError("lists of different lengths")
        if any(not 0 <= answer < len(self.biases) for answer in self.answers):
            raise ValueError("a tree for no answer")
        if any(not 0 <= root < nodes for root in self.roots):
            raise ValueError("a tree without a root")
        for at, (feature, lower) in enumerate(zip(self.features, self.lower, strict=True)):
            if not -1 <= feature < self.inputs:
                raise ValueError("a branch by a number that is not there")
            # Branches lead on only: no tree can run in a circle.
            if feature >= 0 and not at < lower < nodes - 1:
                raise ValueError("a branch to nowhere")
        return self


@dataclass(frozen=True, slots=True, eq=False)
class BoostedTrees:
    """Trees that give the log odds of several answers from one row of numbers."""

    inputs: int
    biases: NDArray[np.float64]
    answers: NDArray[np.intp]
    roots: NDArray[np.intp]
    features: NDArray[np.intp]
    lower: NDArray[np.intp]
    values: NDArray[np.float64]

    @classmethod
    def of_file(cls, file: TreesFile) -> "BoostedTrees":
        """The trees of a checked file."""
        features = np.array(file.features, np.intp)
        own = np.arange(len(features), dtype=np.intp)
        return cls(
            inputs=file.inputs,
            biases=np.array(file.biases),
            answers=np.array(file.answers, np.intp),
            roots=np.array(file.roots, np.intp),
            features=features,
            lower=np.where(features < 0, own, np.array(file.lower, np.intp)),
            values=np.array(file.values),
        )

    def log_odds(self, row: Floats) -> NDArray[np.float64]:
        """The log odds of every answer; ``row`` has ``inputs`` numbers."""
        nodes = self.roots
        for _ in range(_DEEPEST):
            features = self.features[nodes]
            branching = features >= 0
            if not branching.any():
                break
            nodes = self.lower[nodes] + (branching & (row[features] > self.values[nodes]))
        sums = np.bincount(self.answers, weights=self.values[nodes], minlength=len(self.biases))
        return np.asarray(self.biases + sums, np.float64)
