"""Money in words. Pure; any process and thread."""


def usd(micro: int) -> str:
    """Micro-USD as people read it: two digits, and more where it is less than a cent."""
    amount = micro / 1_000_000
    return f"${amount:,.2f}" if abs(micro) >= 10_000 or micro == 0 else f"${amount:,.4f}"
