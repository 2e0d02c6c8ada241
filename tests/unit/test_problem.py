"""Problems made of errors."""

import dataclasses

import pytest

from dmdx_desktop.errors import PictureError
from dmdx_desktop.models.problem import Problem


def test_problem_of_an_error_carries_its_words_and_the_path_beside_them() -> None:
    error = PictureError("damaged", "This picture is damaged.", "It ends too early.", "Export it again.")
    problem = Problem.of(error, path="ring.png", job="j")
    assert dataclasses.astuple(problem) == (
        "damaged",
        "This picture is damaged. It ends too early.",
        "Export it again.",
        "ring.png",
        "j",
    )
    assert "ring.png" not in str(error)


def test_problem_is_a_value_that_cannot_change() -> None:
    problem = Problem("a", "b", "c")
    with pytest.raises(dataclasses.FrozenInstanceError):
        problem.code = "d"  # type: ignore[misc]
