"""Style and types: the checks of ``python dev.py lint``, so that one command tells whether a change is complete."""

import subprocess
import sys

import pytest

from tests.arch.source import ROOT

CHECKS = (("ruff", "check", "--no-fix"), ("ruff", "format", "--check"), ("mypy",))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("check", CHECKS, ids=" ".join)
def test_lint_check_has_no_complaint(check: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", *check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
