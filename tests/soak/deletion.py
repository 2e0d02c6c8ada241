"""Kill a deletion at every single step, go on, and look for what is left of the piece in every byte below the basedir.

Takes no arguments: there is nothing left to chance. The folder of a deletion in which a fault was found is kept.
"""

import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.crash.deletions import check_deleted, check_others_intact, delete_under_kill, steps_of_deletion
from tests.crash.shop import Shop, stocked, traces_of_doomed
from tests.crash.traces import Traces


def main() -> int:
    base = Path(tempfile.mkdtemp(prefix="dmdx-deletion-"))
    shop = stocked(base / "shop")
    traces = traces_of_doomed(shop)
    steps = steps_of_deletion(shop, base / "undisturbed")
    print(f"{steps} steps, {len(traces.exact) + len(traces.texts)} traces", flush=True)
    began = time.monotonic()
    deaths: Counter[str] = Counter()
    faulty = [step for step in range(1, steps + 1) if not _is_well(shop, traces, base, step, deaths)]
    for where, number in deaths.most_common():
        print(f"{number:6} {where}")
    print(f"{deaths.total()} kills, {(time.monotonic() - began) / steps:.2f} s per kill with all checks")
    if faulty:
        print(f"FAIL: faults at steps {faulty}")
        return 1
    shutil.rmtree(base)
    print("PASS: killed at any step a deletion goes on to the last byte")
    return 0


def _is_well(shop: Shop, traces: Traces, base: Path, step: int, deaths: Counter[str]) -> bool:
    copy = shop.copied_to(base / f"step-{step}")
    try:
        died_at = delete_under_kill(copy, step)
        check_deleted(copy, traces)
        check_others_intact(copy)
    except AssertionError as fault:
        print(f"step {step}: FAULT, kept in {copy.folder}\n{fault}", flush=True)
        return False
    # Threads go about their work in no fixed order: the last step may be one short of what it was undisturbed.
    deaths[died_at or "not at all"] += 1
    shutil.rmtree(copy.folder)
    return True


if __name__ == "__main__":
    raise SystemExit(main())
