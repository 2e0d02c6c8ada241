"""Amounts of money and of bytes as they are typed. Pure; the command line's thread."""

from typing import Final

MILLION: Final = 1_000_000


def millionths_of(text: str, *, least: int, most: int) -> int | None:
    """What was typed in USD as micro-USD, or in megabytes as bytes; None for what is no such amount."""
    try:
        amount = round(float(text.strip().lstrip("$")) * MILLION)
    except (ValueError, OverflowError):
        return None
    return amount if least <= amount <= most else None
