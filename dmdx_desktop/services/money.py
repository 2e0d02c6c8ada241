"""Money of services as whole micro-USD. Pure; any thread."""

import math

MOST_USD = 1_000_000


def micro_usd(value: object) -> int | None:
    """A number of USD as micro-USD, rounded up so that nothing is ever said too low; None for what is no amount."""
    # What is no number compares as false; a whole number may be too large to become a float.
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST_USD:
        return None
    # A price of 0.14 is a little more than that as a float: what is below a millionth of a micro-USD is no money.
    return math.ceil(round(value * 1_000_000, 3))
