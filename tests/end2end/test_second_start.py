"""One window for each basedir: a second start brings the first to the front with its files, and ends."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dmdx_desktop.cli.run import files_to_open
from dmdx_desktop.config import endpoint_of
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.link.messages import Execute, Finished, KeepRendering
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.models.commands import Generate, ImportPaths, ListOutputs
from dmdx_desktop.models.recipe import Recipe
from tests.end2end.programs import Core, environment, run_verb

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PATIENCE_S = 60.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="windows without a screen are for Linux")


@contextlib.contextmanager
def _window(basedir: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(_command(basedir), env={**environment(), "QT_QPA_PLATFORM": "offscreen"}) as window:
        try:
            _wait_for(lambda: Path(endpoint_of(basedir).window_address).exists())
            yield window
        finally:
            window.kill()


def _command(basedir: Path, *files: Path) -> list[str]:
    return [sys.executable, "-m", "dmdx_desktop", "--basedir", str(basedir), *map(str, files)]


def _wait_for(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_second_start_hands_its_file_to_the_first_window_and_ends(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with _window(basedir) as first:
        began = time.monotonic()
        second = subprocess.run(
            _command(basedir, SAMPLES / "halo-ring_top.png"),
            env={**environment(), "QT_QPA_PLATFORM": "offscreen"},
            timeout=PATIENCE_S,
            check=False,
        )
        assert second.returncode == 0
        assert time.monotonic() - began < 10
        assert first.poll() is None
        _wait_for(lambda: "halo-ring_top" in run_verb("jobs", "--basedir", str(basedir)).stdout)


def test_core_that_renders_on_makes_room_for_the_next_window(tmp_path: Path) -> None:
    basedir, metals = tmp_path / "library", tuple(RecipeMetal)
    with Core(basedir) as before:
        jobs = before.ask(ImportPaths(paths=(str(SAMPLES / "halo-ring_top.png"),), finish=True)).document["jobs"]
        assert isinstance(jobs, list)
        ids = tuple(str(job["id"]) if isinstance(job, dict) else str(job) for job in jobs)
        recipe = Recipe(scenes=(SceneId.MARBLE, SceneId.WHITE), metals=metals, size=1200)
        command = Generate(jobs=ids, recipe=recipe)
        before.say(Execute(command=command))
        before.say(KeepRendering())
        before.channel.hang_up()
        assert before.process.poll() is None
        with Core(basedir) as after:
            finished = after.ask(ListOutputs())
            assert isinstance(finished, Finished)
            assert before.process.wait(PATIENCE_S) == 0
            after.say(Execute(command=command))
            ended = after.hear(Finished, lambda message: message.command == command.id)
            outputs = ended.document["outputs"]
            assert isinstance(outputs, list)
            assert len(outputs) == 2 * len(metals)


def test_names_of_files_that_are_there_open_the_window_and_verbs_stay_verbs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ring.png").touch()
    (tmp_path / "jobs").touch()

    assert files_to_open(["ring.png"]) == (os.path.abspath("ring.png"),)
    assert files_to_open(["--basedir", "x", "ring.png", "jobs"]) == tuple(map(os.path.abspath, ("ring.png", "jobs")))
    assert files_to_open(["--basedir=x", "ring.png"]) == (os.path.abspath("ring.png"),)
    for other in (
        [],
        ["jobs"],
        ["jobs", "ring.png"],
        ["missing.png"],
        ["--json"],
        ["ring.png", "--json"],
        ["--basedir"],
    ):
        assert files_to_open(other) is None, other


def test_window_that_is_closed_ends_whole_and_leaves_no_core(tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    window = subprocess.run(
        [sys.executable, "-m", "tests.end2end.window_that_closes", str(basedir)],
        cwd=Path(__file__).resolve().parents[2],
        env={**environment(), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (window.returncode, window.stderr) == (0, "")
    lock = BasedirLock.try_acquire(basedir / "core.lock")
    assert lock is not None, "its core is still there"
    lock.close()
    logs = "".join(file.read_text(encoding="utf-8") for file in (basedir / "logs").glob("*.log"))
    assert "WARNING" not in logs
    assert "ERROR" not in logs
    assert (basedir / "window.json").exists()
