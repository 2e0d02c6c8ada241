"""A verb at a terminal: its progress, and being stopped by Ctrl-C or by the system with nothing lost."""

import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.end2end.command_line import PENDANT, RING, CommandLine
from tests.end2end.programs import SAMPLES, Verb

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and terminals as Unix has them")

PICTURES: Final = (RING, PENDANT, SAMPLES / "halo-ring_top.png")
METALS: Final = ("yellow_gold", "rose_gold", "white_gold", "platinum")
ERASED: Final = "\r\x1b[K"


def render(tmp_path: Path, *options: str) -> tuple[str, ...]:
    metals = [word for metal in METALS for word in ("--metal", metal)]
    paths = [str(picture) for picture in PICTURES]
    to = ("--to", str(tmp_path / "out"), "--basedir", str(tmp_path / "library"))
    return ("render", *paths, *to, "--size", "512", *metals, *options)


def test_progress_on_a_terminal_tells_rate_and_time_left_and_goes_away(tmp_path: Path) -> None:
    with Verb(*render(tmp_path)) as verb:
        answer = verb.finish()
        assert verb.process.returncode == 0
    drawn = [line for line in verb.said.split(ERASED) if line]
    assert all(len(line) < 80 for line in drawn)
    assert any(re.fullmatch(r"Rendering \[[#.]{24}\] \d+ of 12", line) for line in drawn)
    timed = r"Rendering \[[#.]{24}\] \d+ of 12, (\d+\.\d a second|\d+\.\d s each), (\d+ min )?\d+ s left"
    assert any(re.fullmatch(timed, line) for line in drawn)
    assert verb.said.endswith(ERASED)
    assert "\x1b" not in answer
    assert answer.splitlines()[-1].startswith("12 pictures made from 3 references in ")


@pytest.mark.by_turns("stopped renders")
@pytest.mark.parametrize(
    ("phase", "sent"),
    [
        ("Reading", signal.SIGINT),
        ("Identifying", signal.SIGTERM),
        ("Rendering", signal.SIGINT),
        ("Rendering", signal.SIGTERM),
    ],
)
def test_render_stopped_in_the_middle_leaves_a_resumable_library(
    tmp_path: Path, phase: str, sent: signal.Signals
) -> None:
    program = CommandLine(tmp_path / "library")
    with Verb(*render(tmp_path, "--json")) as verb:
        verb.wait_for(phase)
        verb.process.send_signal(sent)
        answer = verb.finish()
        assert verb.process.returncode == 130
    (problem,) = json.loads(answer)["problems"]
    assert problem["code"] == "stopped"
    said = verb.said.rpartition(ERASED)[2].strip()
    resume = f"`dmdx-desktop resume --basedir {tmp_path / 'library'}`"
    assert said == f"Stopped. Nothing is lost. {resume} goes on from here."
    assert "Traceback" not in verb.said
    assert program.json("doctor")["findings"] == []
    program.json("resume")
    assert len(os.listdir(tmp_path / "out")) == len(PICTURES) * len(METALS)
    assert program.json("resume")["commands"] == []
    assert program.json("doctor")["findings"] == []
