"""The X server of benches and screenshots ends with whoever started it, however that ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devtools.x_connection import SOCKETS
from devtools.x_server import has_x_server

pytestmark = pytest.mark.skipif(not has_x_server(), reason="an X server (Xvfb) is needed")
ROOT = Path(__file__).resolve().parents[2]
STARTS_ONE = """
import os, sys, time
from devtools.x_server import x_server
with x_server():
    print(os.environ["DISPLAY"], flush=True)
    sys.stdin.read()
"""
GONE_WITHIN_S = 10.0


@pytest.mark.by_turns("tools of the tests")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_x_server_whose_user_is_stopped_is_gone(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as user:
        assert user.stdout is not None
        socket = SOCKETS / f"X{user.stdout.readline().strip().removeprefix(':')}"
        assert socket.exists()
        user.send_signal(number)
        user.wait(GONE_WITHIN_S)
        deadline = time.monotonic() + GONE_WITHIN_S
        while socket.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
    assert not socket.exists()
