"""How a process with windows ends: nothing is taken apart twice, or after Python is gone."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENDS_WITHIN_S = 90


def test_process_that_opened_two_windows_in_turn_ends_well(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "tests.ui.windows_in_turn", str(tmp_path / "library")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN_S,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
