"""The rules of ``tests/hygiene.py`` and its neighbours hold: each kind of leftover fails the test that left it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LEFTOVERS = """
import asyncio, logging, subprocess, sys, threading

kept = []

async def forgotten(): pass

class Cycle:
    def __init__(self): self.me = self
    def __del__(self): raise ValueError("late")

def test_logs():
    logging.getLogger("x").warning("careless")

def test_forgets_a_coroutine():
    forgotten()

def test_fails_in_a_finaliser():
    Cycle()

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, name="idler", daemon=True).start()

def test_leaves_a_child():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

async def test_leaves_a_task():
    kept.append(asyncio.create_task(asyncio.sleep(60)))
"""

COMPLAINTS = {
    "test_logs": "logged WARNING x: careless",
    "test_forgets_a_coroutine": "coroutine 'forgotten' was never awaited",
    "test_fails_in_a_finaliser": "ValueError: late",
    "test_leaves_a_thread": "thread left running: idler",
    "test_leaves_a_child": "child process left:",
    "test_leaves_a_task": "tasks left running:",
}


def _run(folder: Path, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    """pytest in a process of its own, with this project's settings and plugins, on one test module."""
    (folder / "conftest.py").write_text("from tests.conftest import pytest_plugins\n")
    (folder / "test_it.py").write_text(body)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    command += ["-p", "no:cacheprovider", "-p", "no:xdist", *options, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_hygiene_tests_with_leftovers_each_fail_with_their_complaint(tmp_path: Path) -> None:
    run = _run(tmp_path, LEFTOVERS)
    assert run.returncode == 1, run.stdout
    summary = run.stdout.partition("short test summary info")[2]
    for test, complaint in COMPLAINTS.items():
        assert complaint in run.stdout
        assert f"test_it.py::{test}" in summary


def test_hygiene_tidy_tests_and_allowed_logs_pass(tmp_path: Path) -> None:
    body = (
        "import asyncio, logging, pytest\n"
        "async def test_waits(tmp_path):\n    await asyncio.sleep(0)\n"
        "@pytest.mark.allow_logs\ndef test_warns():\n    logging.getLogger('x').warning('meant')\n"
    )
    run = _run(tmp_path, body)
    assert run.returncode == 0, run.stdout
    assert "2 passed" in run.stdout


def test_hygiene_only_a_pool_that_was_there_before_may_begin_another_thread(tmp_path: Path) -> None:
    body = (
        "import pytest, threading\nfrom concurrent.futures import ThreadPoolExecutor\nkept = []\n"
        "@pytest.fixture(scope='module')\ndef pool():\n"
        "    with ThreadPoolExecutor(2, 'ours') as pool:\n"
        "        pool.submit(int).result()\n"
        "        yield pool\n"
        "def test_works(pool):\n"
        "    both = threading.Barrier(2)\n"
        "    for promise in [pool.submit(both.wait, 10) for _ in range(2)]: promise.result()\n"
        "def test_leaves_a_pool(pool):\n"
        "    kept.append(ThreadPoolExecutor(2, 'ours'))\n"
        "    kept[0].submit(int).result()\n"
    )
    run = _run(tmp_path, body)
    assert "2 passed, 1 error" in run.stdout, run.stdout
    summary = run.stdout.partition("short test summary info")[2]
    assert "test_leaves_a_pool" in summary
    assert "test_works" not in summary


def test_chance_same_seed_makes_same_choices(tmp_path: Path) -> None:
    body = (
        "import random\nfrom hypothesis import given, strategies\nseen = []\n"
        "@given(strategies.integers())\ndef test_examples(number):\n    seen.append(number)\n"
        "def test_report(seed):\n    assert False, f'choices: {seed} {random.random()} {seen}'\n"
    )
    runs = [_run(tmp_path, body, "--seed", number).stdout for number in ("1", "1", "2")]
    first, again, other = (run[run.index("AssertionError: choices:") :].splitlines()[0] for run in runs)
    assert first == again != other
    assert "Repeat the same random choices with --seed 1" in runs[0]
