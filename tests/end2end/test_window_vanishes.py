"""A core and its window: when the window is gone without a word the core and its picture processes are, too."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dmdx_desktop.link.messages import Begun, Changed, Execute, Failed, Finish, Finished, KeepRendering, Progress
from dmdx_desktop.models.commands import ImportPaths, ListJobs, ListOutputs, RenderPaths, ShowJob
from dmdx_desktop.models.outcome import ExitCode
from dmdx_desktop.models.recipe import Recipe
from tests.end2end.programs import (
    PATIENCE_S,
    ROOT,
    SAMPLES,
    Core,
    Verb,
    children_of,
    environment,
    run_verb,
    seconds_until_gone,
    watched,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other processes are watched the Linux way")

GONE_WITHIN_S = 1.0
PICTURES = [str(SAMPLES / name) for name in ("solitaire-ring_top.png", "ruby-pendant_front.webp")]
RECIPE = Recipe.model_validate({"metals": ["yellow_gold", "platinum", "silver", "rose_gold"], "size": 512})
RENDERS = len(PICTURES) * 4


def _command(tmp_path: Path) -> RenderPaths:
    return RenderPaths(paths=tuple(PICTURES), to=str(tmp_path / "out"), recipe=RECIPE)


def _assert_resumable(basedir: Path) -> None:
    doctor = run_verb("doctor", "--basedir", str(basedir), "--json")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    resumed = run_verb("resume", "--basedir", str(basedir), "--json")
    assert resumed.returncode == 0, resumed.stdout + resumed.stderr
    outputs = json.loads(run_verb("outputs", "--basedir", str(basedir), "--json").stdout)["outputs"]
    assert len(outputs) == RENDERS
    assert len({(row["job"], row["metal"]) for row in outputs}) == RENDERS
    doctor = run_verb("doctor", "--basedir", str(basedir), "--json")
    assert doctor.returncode == 0, doctor.stdout


@pytest.mark.by_turns("cores left alone")
def test_core_when_its_window_is_killed_ends_with_its_picture_processes_within_a_second(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.end2end.window_stand_in", str(basedir), _command(tmp_path).model_dump_json()],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    )
    with window:
        assert window.stdout is not None
        core = 0
        for line in window.stdout:
            said = json.loads(line)
            core = said["process"] if said["type"] == "welcome" else core
            if said["type"] == "progress" and said["phase"] == "rendering" and said["done"] >= 1:
                break
        pictures = children_of(core)
        assert pictures
        with watched([core, *pictures]) as handles:
            os.kill(window.pid, signal.SIGKILL)
            gone = seconds_until_gone(handles, at_most=5.0)
    assert gone.keys() == {core, *pictures}
    assert max(gone.values()) <= GONE_WITHIN_S
    _assert_resumable(basedir)


@pytest.mark.by_turns("cores left alone")
def test_core_when_its_pipe_closes_without_a_word_ends_within_a_second(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with Core(basedir) as core:
        core.say(Execute(command=_command(tmp_path)))
        core.hear(Progress, lambda progress: progress.phase == "rendering" and progress.done >= 1)
        pictures = children_of(core.pid)
        assert pictures
        with watched([core.pid, *pictures]) as handles:
            core.channel.close()
            gone = seconds_until_gone(handles, at_most=5.0)
    assert gone.keys() == {core.pid, *pictures}
    assert max(gone.values()) <= GONE_WITHIN_S
    _assert_resumable(basedir)


def test_core_when_its_pipe_closes_before_a_hello_ends_within_a_second(tmp_path: Path) -> None:
    with Core(tmp_path / "library", role=None) as core, watched([core.pid]) as handles:
        core.channel.close()
        # The program has first to start.
        assert seconds_until_gone(handles, at_most=20.0)


def test_core_whose_window_does_not_read_ends_all_the_same(tmp_path: Path) -> None:
    """What waits in the core for a window that hangs must not keep the core once that window is gone."""
    with Core(tmp_path / "library") as core:
        core.ask(ImportPaths(paths=tuple(PICTURES)))
        job = str(core.ask(ListJobs()).document["jobs"][0]["id"])  # type: ignore[index, call-overload]
        for _ in range(300):
            core.say(Execute(command=ShowJob(job=job)))
        with watched([core.pid]) as handles:
            core.channel.close()
            assert max(seconds_until_gone(handles, at_most=5.0).values()) <= GONE_WITHIN_S


def test_core_whose_library_is_blocked_does_not_outlive_its_window(tmp_path: Path) -> None:
    """Closing in order may take as long as the disk likes; there is no time for that."""
    basedir = tmp_path / "library"
    with Core(basedir) as core:
        core.ask(ImportPaths(paths=(PICTURES[0],), finish=True))
        with contextlib.closing(sqlite3.connect(basedir / "library.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            core.say(Execute(command=ImportPaths(paths=(PICTURES[1],))))
            core.hear(Begun)
            with watched([core.pid]) as handles:
                core.channel.close()
                assert max(seconds_until_gone(handles, at_most=5.0).values()) <= GONE_WITHIN_S
    assert run_verb("doctor", "--basedir", str(basedir)).returncode == 0
    resumed = run_verb("resume", "--basedir", str(basedir), "--json")
    assert resumed.returncode == 0, resumed.stdout


@pytest.mark.by_turns("cores left alone")
def test_core_that_is_killed_leaves_no_picture_process(tmp_path: Path) -> None:
    with Core(tmp_path / "library") as core:
        core.say(Execute(command=_command(tmp_path)))
        core.hear(Progress, lambda progress: progress.phase == "rendering" and progress.done >= 1)
        pictures = children_of(core.pid)
        assert pictures
        with watched(pictures) as handles:
            core.process.kill()
            assert max(seconds_until_gone(handles, at_most=5.0).values()) <= GONE_WITHIN_S
    _assert_resumable(tmp_path / "library")


@pytest.mark.by_turns("cores left alone")
def test_core_that_is_asked_to_end_closes_everything(tmp_path: Path) -> None:
    with Core(tmp_path / "library") as core:
        core.say(Execute(command=_command(tmp_path)))
        core.hear(Progress, lambda progress: progress.phase == "rendering" and progress.done >= 1)
        with watched([core.pid, *children_of(core.pid)]) as handles:
            core.process.send_signal(signal.SIGTERM)
            assert len(seconds_until_gone(handles, at_most=10.0)) == len(handles)
        assert core.process.wait() == ExitCode.INTERRUPTED
    assert not (tmp_path / "library" / "library.db-wal").exists()
    _assert_resumable(tmp_path / "library")


@pytest.mark.by_turns("cores left alone")
def test_interrupt_at_the_terminal_blames_no_picture(tmp_path: Path) -> None:
    """It must not reach the picture processes: one that dies is counted against the picture it was about."""
    basedir = tmp_path / "library"
    metals = [word for metal in RECIPE.metals for word in ("--metal", metal)]
    places = ("--to", str(tmp_path / "out"), "--basedir", str(basedir), "--size", str(RECIPE.size))
    for _ in range(2):
        with Verb("render", *PICTURES, *places, *metals) as verb:
            verb.wait_for("Rendering")
            verb.interrupt()
            verb.finish()
            assert verb.process.returncode == ExitCode.INTERRUPTED
            assert "resume" in verb.said
    resumed = run_verb("resume", "--basedir", str(basedir), "--json")
    assert resumed.returncode == 0
    assert json.loads(resumed.stdout)["problems"] == []


@pytest.mark.by_turns("farewells")
@pytest.mark.parametrize("farewell", [Finish(), KeepRendering()])
def test_core_that_was_told_to_go_on_drains_its_queue_and_then_ends(
    tmp_path: Path, farewell: Finish | KeepRendering
) -> None:
    basedir = tmp_path / "library"
    with Core(basedir) as core:
        # An import that waits for nothing leaves previews and readings to be made.
        core.ask(ImportPaths(paths=(str(SAMPLES / "halo-ring_top.png"),)))
        core.say(Execute(command=_command(tmp_path)))
        core.hear(Progress)
        core.say(farewell)
        core.channel.close()
        assert core.process.wait(PATIENCE_S) == 0
    with Core(basedir) as later:
        assert len(later.ask(ListOutputs()).document["outputs"]) == RENDERS  # type: ignore[arg-type]
        jobs = later.ask(ListJobs()).document["jobs"]
        assert isinstance(jobs, list)
        assert len(jobs) == len(PICTURES) + 1
        assert all(job["type"] != "unknown" or job["title"] for job in jobs if isinstance(job, dict))
        later.say(Finish())
        assert later.process.wait(PATIENCE_S) == 0
    assert len(list((tmp_path / "out").iterdir())) == RENDERS


def test_core_that_cannot_open_its_library_tells_its_window_why(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    basedir.mkdir()
    (basedir / "library.db").write_bytes(b"this is no database" * 100)
    with Core(basedir) as core:
        assert core.hear(Failed).remedy
        assert core.process.wait(PATIENCE_S) == 1


def test_core_whose_window_goes_while_the_library_is_being_opened_ends_within_a_second(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with Core(basedir) as core:
        core.say(Finish())
        core.process.wait(PATIENCE_S)
    with contextlib.closing(sqlite3.connect(basedir / "library.db", isolation_level=None)) as other:
        # Until it is let go, no core gets the library open.
        other.execute("BEGIN EXCLUSIVE")
        with Core(basedir) as core, watched([core.pid]) as handles:
            core.channel.close()
            assert max(seconds_until_gone(handles, at_most=5.0).values()) <= GONE_WITHIN_S


@pytest.mark.alone
def test_core_told_to_finish_with_nothing_under_way_ends_at_once(tmp_path: Path) -> None:
    with Core(tmp_path / "library") as core, watched([core.pid]) as handles:
        core.say(Finish())
        assert max(seconds_until_gone(handles, at_most=10.0).values()) <= GONE_WITHIN_S


def test_core_tells_its_window_which_rows_changed_and_never_what_is_in_them(tmp_path: Path) -> None:
    with Core(tmp_path / "library") as core:
        finished = core.ask(ImportPaths(paths=(PICTURES[0],), finish=True))
        assert isinstance(core.heard[-1], Finished)
        changes = [message for message in core.heard if isinstance(message, Changed)]
        assert {"job", "reference", "command"} <= {change.table for change in changes}
        assert all(set(change.model_dump()) == {"type", "table", "keys"} for change in changes)
        assert all(type(key) is int for change in changes for key in change.keys)
        assert finished.exit_code == 0
