"""Later starts of the program call the first window: it hears them, and nobody who says something else."""

import socket
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.link.second_start import call_first_window, files_called_with
from dmdx_desktop.ui.later_starts import LaterStarts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these sockets are Unix sockets")


@pytest.fixture
def address(tmp_path: Path) -> str:
    return str(tmp_path / "a.window")


@pytest.fixture
def later(qapp: QApplication, address: str) -> Iterator[LaterStarts]:
    later = LaterStarts(address)
    assert later.is_listening
    yield later
    later.close()
    later.deleteLater()


def test_later_start_hands_its_files_over(later: LaterStarts, address: str, qtbot: QtBot) -> None:
    with ThreadPoolExecutor(1) as elsewhere:
        with qtbot.waitSignal(later.called) as called:
            heard = elsewhere.submit(call_first_window, address, ("/a/ring.png", "/a/ü"))
        assert called.args == [("/a/ring.png", "/a/ü")]
        assert heard.result()


def test_later_start_hears_that_there_is_no_window(address: str) -> None:
    assert not call_first_window(address, ())


def test_socket_of_a_window_that_is_gone_is_in_nobodys_way(qapp: QApplication, address: str) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(address)
    later = LaterStarts(address)
    assert later.is_listening
    later.close()
    later.deleteLater()


def test_only_this_user_can_call(later: LaterStarts, address: str) -> None:
    assert stat.S_IMODE(Path(address).stat().st_mode) & 0o077 == 0


def test_caller_that_says_nothing_sensible_is_hung_up_on_and_others_are_heard(
    later: LaterStarts, address: str, qtbot: QtBot
) -> None:
    with ThreadPoolExecutor(1) as elsewhere, socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(address)
        stranger.sendall(b'{"files": ["../../relative"]}\n')
        stranger.settimeout(5)
        hung_up = elsewhere.submit(stranger.recv, 1)
        qtbot.waitUntil(hung_up.done)
        assert hung_up.result() == b""
        with qtbot.waitSignal(later.called):
            elsewhere.submit(call_first_window, address, ())


@given(st.binary(max_size=200) | st.text(max_size=60).map(str.encode))
def test_line_from_outside_is_files_or_nothing(line: bytes) -> None:
    files = files_called_with(line)
    assert files is None or all(Path(file).is_absolute() for file in files)
