"""How dev.py speaks: on standard error only, because standard output belongs to the program it starts."""

import sys


class CannotGoOnError(Exception):
    """dev.py cannot go on; the text says why and what to do about it, in whole sentences."""


def tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
