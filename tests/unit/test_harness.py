"""The measuring rules of ``bench/harness.py``: turns, medians and gates."""

import pytest

from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from bench.start import heavy_imports


def _judged(ours: list[float], peer: list[float], gate: Gate, turns: list[str]) -> bool:
    """The verdict on the given figures, which a first uncounted round precedes."""
    mine, theirs = iter([99.0, *ours]), iter([99.0, *peer])

    def our_trial() -> float:
        turns.append("ours")
        return next(mine)

    def peer_trial() -> float:
        turns.append("peer")
        return next(theirs)

    return judge(Comparison("title", ("ours", our_trial), ("peer", peer_trial), "seconds", gate), len(ours))


@pytest.mark.parametrize(
    ("gate", "held"),
    [
        (Gate(Relation.RATIO, at_most=1.5), True),
        (Gate(Relation.RATIO, at_most=1.4), False),
        (Gate(Relation.RATIO, at_least=1.5), True),
        (Gate(Relation.RATIO, at_least=1.6), False),
        (Gate(Relation.DIFFERENCE, at_most=1.0), True),
        (Gate(Relation.DIFFERENCE, at_most=0.9), False),
        (Gate(Relation.RATIO, at_least=0.95, at_most=1.05), False),
    ],
)
def test_judge_median_of_rounds_decides(gate: Gate, held: bool, capsys: pytest.CaptureFixture[str]) -> None:
    turns: list[str] = []
    assert _judged([3.0, 3.0, 3.0, 90.0, 0.1], [2.0] * 5, gate, turns) is held
    assert ("PASS" if held else "FAIL") in capsys.readouterr().out
    assert turns == ["ours", "peer", "ours", "peer", "peer", "ours", "ours", "peer", "peer", "ours", "ours", "peer"]


def test_rounds_too_few_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert rounds_from(["--rounds", "5"], "about") == 5
    with pytest.raises(SystemExit):
        rounds_from(["--rounds", "4"], "about")
    assert "at least 5 rounds" in capsys.readouterr().err


def test_start_version_imports_nothing_heavy() -> None:
    assert heavy_imports() == []
