"""Sums of a row of numbers up to each of them, kept where one of the numbers changes. Pure; the window's process."""

from bisect import bisect_right
from collections.abc import Iterable
from copy import copy
from itertools import accumulate


class RunningTotals:
    """What numbers that are never negative add up to before each of them, and after the last."""

    def __init__(self, numbers: Iterable[int], start: int = 0) -> None:
        self._sums = tuple(accumulate(numbers, initial=start))
        self._shifted_from, self._shift = len(self._sums), 0

    def __getitem__(self, place: int) -> int:
        place = place if place >= 0 else place + len(self._sums)
        return self._sums[place] + (self._shift if place >= self._shifted_from else 0)

    def reached_by(self, value: int) -> int:
        """How many of the sums are at most ``value``."""
        before = bisect_right(self._sums, value, 0, self._shifted_from)
        if before < self._shifted_from:
            return before
        return bisect_right(self._sums, value - self._shift, self._shifted_from)

    def with_more(self, place: int, more: int) -> "RunningTotals | None":
        """The sums where the number at ``place`` is ``more`` larger; None where another one has changed before.

        Nothing is added up anew: there may be a hundred thousand numbers.
        """
        if self._shift and self._shifted_from != place + 1:
            return None
        other = copy(self)
        other._shifted_from, other._shift = place + 1, self._shift + more
        return other
