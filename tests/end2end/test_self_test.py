"""`self-test`: every part is tried, nothing is left behind, and a part that is missing is named."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.end2end.command_line import CommandLine
from tests.end2end.programs import PROGRAM, ROOT, environment


def test_self_test_tries_every_part_and_leaves_nothing(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    program = CommandLine(tmp_path / "library", variables={"TMPDIR": str(temporary)})
    document = program.json("self-test")
    assert document.keys() == {"checks", "problems", "elapsed_s"}
    assert all(check.keys() == {"name", "passed", "detail"} for check in document["checks"])
    assert [check["name"] for check in document["checks"] if not check["passed"]] == []
    assert [check["name"] for check in document["checks"]] == [
        "scenes and samples",
        "library",
        "pictures",
        "toolkit",
        "window and core",
        "keychain",
        "clients of services",
        "a draft, end to end",
    ]
    assert document["problems"] == []
    assert list(temporary.iterdir()) == []
    assert not program.basedir.exists()


def test_self_test_of_a_damaged_installation_names_the_part(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "dmdx_desktop", tmp_path / "dmdx_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", tmp_path / "resources")
    shutil.rmtree(tmp_path / "resources" / "scenes")
    ended = subprocess.run(
        [*PROGRAM, "self-test", "--json"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**environment(), "PYTHONPATH": str(tmp_path)},
        check=False,
    )
    assert ended.returncode == 1
    document = json.loads(ended.stdout)
    failed = [check["name"] for check in document["checks"] if not check["passed"]]
    assert failed == ["scenes and samples", "pictures", "a draft, end to end"] or failed == [
        "scenes and samples",
        "a draft, end to end",
    ]
    assert len(document["problems"]) == len(failed)
    assert all(problem["code"] == "check_failed" and problem["remedy"] for problem in document["problems"])


def test_toolkit_check_runs_as_a_process_of_its_own() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "dmdx_desktop", "toolkit-check"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("Qt 6.")


def test_window_check_opens_the_window_and_its_core(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "dmdx_desktop", "window-check", str(tmp_path / "library")],
        capture_output=True,
        text=True,
        env={**environment(), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("on offscreen, its core ready after ")


def test_window_check_on_a_folder_that_holds_no_library_says_so(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file where the folder of the library should be", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "dmdx_desktop", "window-check", str(tmp_path / "library")],
        capture_output=True,
        text=True,
        env={**environment(), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stdout.startswith("its core ")
