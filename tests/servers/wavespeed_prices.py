"""What a job of the WaveSpeed server costs: the formulas of its catalogue, reckoned exactly.

The formulas are JSONata, of which the catalogue uses little: sums and products, ``a = "b" ? x : y``, ``or``. Called on
the server's thread, and by tests on theirs; nothing is kept.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

Value = Fraction | str | bool

TOKEN = re.compile(r'\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|(\w+)|([?:=+*/()]))')
WHOLE = re.compile(r'\{\s*"total_price"\s*:(.*)\}', re.DOTALL)
MICRO = 1_000_000


def micro_usd(usd: float) -> int:
    """Millionths of a dollar, rounded to the nearest."""
    return round(Fraction(str(usd)) * MICRO)


def micro_price(base_usd: float, formula: str, inputs: Mapping[str, object]) -> int:
    """Price of one job in millionths of a dollar; ``inputs`` with their defaults."""
    base = Fraction(micro_usd(base_usd))
    if not formula:
        return int(base)
    whole = WHOLE.fullmatch(formula.strip())
    if whole is None:
        raise ValueError("not a formula for a total price")
    price = _Reckoning(whole[1], {**inputs, "base_price": base}).result()
    return round(Fraction(price))


class _Reckoning:
    """One formula, read from left to right; both branches of a choice are reckoned, as neither can fail."""

    def __init__(self, formula: str, names: Mapping[str, object]) -> None:
        self._tokens = [found.groups() for found in TOKEN.finditer(formula)]
        self._names = names
        self._at = 0

    def result(self) -> Value:
        value = self._choice()
        if self._at != len(self._tokens):
            raise ValueError("more formula than was understood")
        return value

    def _choice(self) -> Value:
        asked = self._either()
        if not self._takes("?"):
            return asked
        yes = self._choice()
        self._needs(":")
        no = self._choice()
        return yes if asked else no

    def _either(self) -> Value:
        value = self._comparison()
        while self._takes("or"):
            other = self._comparison()
            value = bool(value) or bool(other)
        return value

    def _comparison(self) -> Value:
        value = self._sum()
        return value == self._sum() if self._takes("=") else value

    def _sum(self) -> Value:
        value = self._product()
        while self._takes("+"):
            value = Fraction(value) + Fraction(self._product())
        return value

    def _product(self) -> Value:
        value = self._atom()
        while True:
            if self._takes("*"):
                value = Fraction(value) * Fraction(self._atom())
            elif self._takes("/"):
                value = Fraction(value) / Fraction(self._atom())
            else:
                return value

    def _atom(self) -> Value:
        if self._takes("("):
            value = self._choice()
            self._needs(")")
            return value
        number, text, name, _ = self._tokens[self._at]
        self._at += 1
        if number is not None:
            return Fraction(number)
        if text is not None:
            return str(text)
        if name is None:
            raise ValueError("a value expected in a formula")
        # Some formulas multiply by a count that the inputs do not offer: one picture.
        found = self._names.get(name, 1)
        return found if isinstance(found, str | bool) else Fraction(str(found))

    def _takes(self, word: str) -> bool:
        taken = self._at < len(self._tokens) and word in self._tokens[self._at][2:]
        self._at += taken
        return taken

    def _needs(self, word: str) -> None:
        if not self._takes(word):
            raise ValueError(f"{word} expected in a formula")
