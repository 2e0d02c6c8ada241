"""A stuck test ends with the stacks of its process, instead of holding up all that come after it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

STUCK_AFTER_ITS_END = """
import threading
import pytest

@pytest.fixture
def door():
    yield
    threading.Event().wait()

def test_fails_and_waits_for_ever(door):
    assert False
"""

DEAF = """
import ctypes, signal

def test_hears_no_signal():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    ctypes.CDLL(None).pause()
"""


@pytest.mark.by_turns("tools of the tests")
@pytest.mark.skipif(sys.platform == "win32", reason="pytest-timeout ends the process itself there")
def test_stuck_tests_end_with_their_stacks_and_the_next_one_runs(tmp_path: Path) -> None:
    (tmp_path / "test_first.py").write_text(STUCK_AFTER_ITS_END)
    (tmp_path / "test_second.py").write_text(DEAF)
    (tmp_path / "test_third.py").write_text("def test_third(): pass")
    (tmp_path / "pytest.ini").write_text("[pytest]\ntimeout = 1\n")
    plugins = [word for name in ("no:cacheprovider", "no:pytest-qt", "tests.stuck") for word in ("-p", name)]

    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-n", "1", str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert run.returncode == 1, run.stdout
    assert "in door" in run.stderr
    assert "in test_hears_no_signal" in run.stderr
    assert "1 passed" in run.stdout
