"""Start-up: `dmdx-desktop --version` against a bare interpreter, in seconds; nothing heavy may be imported.

Each figure is the mean of ten starts. The gate: at most 0.13 s more than the bare interpreter.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from bench.harness import Comparison, Gate, Relation, judge, rounds_from

STARTS = 10
GATE = Gate(Relation.DIFFERENCE, at_most=0.13)

HEAVY = ("PIL", "PySide6", "asyncio", "boto3", "httpx", "numpy", "pydantic", "qasync", "sqlite3", "supabase")

REPORT = """
import sys
from dmdx_desktop.__main__ import main
sys.argv = ["dmdx-desktop", "--version"]
main()
print("imported:", *sys.modules)
"""


def main(arguments: Sequence[str]) -> int:
    rounds = rounds_from(arguments, __doc__ or "")
    held = judge(
        Comparison(
            "Start-up: the version against a bare interpreter",
            ("--version", _starts(["-m", "dmdx_desktop", "--version"])),
            ("bare start", _starts(["-c", "pass"])),
            "seconds",
            GATE,
        ),
        rounds,
    )
    heavy = heavy_imports()
    print(f"{'FAIL' if heavy else 'PASS'}: no heavy import; found: {', '.join(heavy) or 'none'}")
    return 0 if held and not heavy else 1


def heavy_imports() -> list[str]:
    """The heavy modules that showing the version imports."""
    done = subprocess.run([sys.executable, "-c", REPORT], capture_output=True, text=True, check=True)
    imported = set(done.stdout.partition("imported:")[2].split())
    return [name for name in HEAVY if name in imported]


def _starts(arguments: Sequence[str]) -> Callable[[], float]:
    def seconds_of_a_start() -> float:
        began = time.perf_counter()
        for _ in range(STARTS):
            subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        return (time.perf_counter() - began) / STARTS

    return seconds_of_a_start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
