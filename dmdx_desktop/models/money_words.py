"""Money in words. Pure; any process and thread."""

from typing import Final

MICRO: Final = 1_000_000
CENT: Final = 10_000


def usd(micro: int) -> str:
    """An exact amount: two digits, and as many more as it has, up to the hundredth of a cent."""
    amount = micro / MICRO
    if micro % CENT == 0:
        return f"${amount:,.2f}"
    whole, _, digits = f"{amount:,.4f}".partition(".")
    return f"${whole}.{digits.rstrip('0').ljust(2, '0')}"


def about_usd(micro: int) -> str:
    """An amount to the cent, and exactly where it is less than one."""
    return usd(micro) if abs(micro) < CENT else f"${micro / MICRO:,.2f}"
