"""Amounts of services as whole micro-USD: never said too low, and never an error, whatever a service writes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.services.money import MOST_USD, micro_usd


@pytest.mark.parametrize(
    ("usd", "micro"),
    [(0, 0), (0.14, 140_000), (0.24, 240_000), (0.0000005, 1), (12, 12_000_000),
     (-0.14, -140_000), (0.1 + 0.2, 300_000)],
)  # fmt: skip
def test_micro_usd_amounts_are_whole_and_floats_are_forgiven(usd: float, micro: int) -> None:
    assert micro_usd(usd) == micro


@pytest.mark.parametrize(
    "value", [None, True, False, "0.14", [], {}, math.nan, math.inf, -math.inf, 10**400, -(10**400)]
)
def test_micro_usd_what_is_no_amount_is_none(value: object) -> None:
    assert micro_usd(value) is None


@given(st.floats(min_value=0, max_value=MOST_USD))
def test_micro_usd_is_never_too_low_and_never_more_than_one_too_high(usd: float) -> None:
    micro = micro_usd(usd)
    assert micro is not None
    assert -0.001 <= micro - usd * 1_000_000 < 1.001


@given(st.integers(0, MOST_USD * 1_000_000))
def test_micro_usd_gives_back_what_was_written_as_usd(micro: int) -> None:
    assert micro_usd(micro / 1_000_000) == micro
