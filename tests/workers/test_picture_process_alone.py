"""A picture process whose core is gone: it goes too, whatever it is busy with. Real processes, killed."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other processes are watched the Linux way")


@pytest.mark.parametrize("busy_with", ["hang", "hang_and_hold_the_interpreter"])
def test_picture_process_whose_core_is_killed_ends_within_a_second(tmp_path: Path, busy_with: str) -> None:
    pipe = tmp_path / "begun"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.workers.core_stand_in", busy_with, str(pipe)], cwd=ROOT
    ) as core:
        picture = os.pidfd_open(int(pipe.read_text()))
        try:
            os.kill(core.pid, signal.SIGKILL)
            ended, _, _ = select.select([picture], [], [], 1.0)
        finally:
            os.close(picture)
    assert ended
