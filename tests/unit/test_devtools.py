"""dev.py: its manual, what it passes on, its stamp, and what it does about missing parts of the system."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import environment, locks, package, system_parts
from devtools.telling import CannotGoOnError
from devtools.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]


def _dev(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "dev.py"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of its own with this project's locks, and an environment folder with no stamp."""
    (tmp_path / "requirements").mkdir()
    for lock in environment.Parts:
        (tmp_path / "requirements" / f"{lock}.txt").write_bytes(lock.lock.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "stamp")
    return tmp_path


def _program(folder: Path, name: str, body: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize("arguments", [(), ("--help",), ("help",)])
def test_dev_without_verb_tells_every_verb(arguments: tuple[str, ...]) -> None:
    told = _dev(*arguments)
    assert told.returncode == 0
    assert all(verb.summary in told.stdout for verb in VERBS.values())


@pytest.mark.parametrize("verb", VERBS)
def test_dev_verb_has_a_manual(verb: str) -> None:
    told = _dev(verb, "--help")
    assert told.returncode == 0
    assert told.stdout.startswith(f"usage: python dev.py {verb}")
    assert VERBS[verb].manual.strip() in told.stdout


def test_dev_unknown_verb_is_wrong_use() -> None:
    told = _dev("tset")
    assert (told.returncode, told.stdout) == (2, "")
    assert "It knows: run, test, lint" in told.stderr


def test_dev_unknown_bench_is_wrong_use_and_names_the_known() -> None:
    told = _dev("bench", "no-such")
    assert told.returncode == 2
    assert "start" in told.stderr


def test_holds_environment_without_stamp_holds_nothing(project: Path) -> None:
    assert not environment.holds(environment.Parts.RUN)


def test_holds_developers_environment_is_enough_to_run(project: Path) -> None:
    environment.STAMP.write_text(environment.stamp_of(environment.Parts.DEV))
    assert environment.holds(environment.Parts.DEV)
    assert environment.holds(environment.Parts.RUN)


def test_holds_running_environment_is_not_enough_to_develop(project: Path) -> None:
    environment.STAMP.write_text(environment.stamp_of(environment.Parts.RUN))
    assert environment.holds(environment.Parts.RUN)
    assert not environment.holds(environment.Parts.DEV)


@pytest.mark.parametrize("changed", ["requirements/run.txt", "requirements/dev.txt", "pyproject.toml"])
def test_holds_changed_file_makes_the_stamp_stale(project: Path, changed: str) -> None:
    environment.STAMP.write_text(environment.stamp_of(environment.Parts.DEV))
    text = (project / changed).read_text()
    (project / changed).write_text(text.replace('name = "dmdx-desktop"', 'name = "other"') + "\n# changed\n")
    assert not environment.holds(environment.Parts.DEV)


@pytest.mark.skipif(os.name != "posix", reason="programs of a Debian machine are played by shell scripts")
class TestDebian:
    """System parts on a Debian-like machine, whose programs are played by scripts on the PATH."""

    @pytest.fixture(autouse=True)
    def _machine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = tmp_path / "calls"
        self.pyside = tmp_path / "PySide6"
        (self.pyside / "Qt/plugins/platforms").mkdir(parents=True)
        (self.pyside / "Qt/plugins/platforms/libqxcb.so").write_text("")
        (tmp_path / "bin").mkdir()
        self.bin = tmp_path / "bin"
        _program(self.bin, "dpkg", "exit 0")
        self._linker_misses("libxcb-cursor.so.0", "libEGL.so.1")
        monkeypatch.setenv("PATH", f"{self.bin}:/usr/bin:/bin")
        monkeypatch.setattr(sys, "platform", "linux")

    def _linker_misses(self, *names: str) -> None:
        lines = "\n".join(f"printf '\\t%s => not found\\n' {name}" for name in names)
        _program(self.bin, "ldd", f"printf '\\tlibc.so.6 => /lib/libc.so.6 (0x1)\\n'\n{lines}")

    def _apt_get(self, ending: str) -> None:
        _program(self.bin, "apt-get", f'echo "$@" >> {self.calls}\n{ending}')

    def test_qt_libraries_all_there_says_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._linker_misses()
        assert system_parts.need_qt_libraries(self.pyside)
        assert capsys.readouterr().err == ""

    def test_qt_libraries_as_root_are_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        self._apt_get(f"rm -f {self.bin}/ldd; printf '#!/bin/sh\\n' > {self.bin}/ldd; chmod +x {self.bin}/ldd")
        assert system_parts.need_qt_libraries(self.pyside)
        (call,) = self.calls.read_text().splitlines()
        assert call.endswith("install --no-install-recommends libegl1 libxcb-cursor0")

    def test_qt_libraries_of_a_machine_without_package_lists_are_looked_up_first(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        updated = self.bin / "updated"
        self._apt_get(f'case "$*" in *update*) touch {updated};; esac\ntest -e {updated}')
        assert not system_parts.need_qt_libraries(self.pyside)  # this linker finds them missing all the same
        assert [call.split()[4] for call in self.calls.read_text().splitlines()] == ["install", "update", "install"]

    def test_qt_libraries_as_user_are_told_with_the_command(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        self._apt_get("exit 1")
        assert not system_parts.need_qt_libraries(self.pyside)
        assert "sudo apt-get install --no-install-recommends libegl1 libxcb-cursor0" in capsys.readouterr().err
        assert not self.calls.exists()

    def test_program_missing_as_user_stops_with_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        self._apt_get("exit 1")
        with pytest.raises(CannotGoOnError, match="sudo apt-get install --no-install-recommends libvips-tools"):
            system_parts.need_program("no-such-program", "libvips-tools")


def test_qt_libraries_every_library_of_this_pyside_is_known_or_here() -> None:
    """On the machine of the tests dev.py left nothing missing; elsewhere it would have said so."""
    folder = environment.packages_folder() / "PySide6"
    if folder.exists():
        assert system_parts.missing_libraries(folder) == []


def test_toolkit_of_the_environment_compiles_nothing_at_its_start() -> None:
    code = "import PySide6.QtCore, sys; print(sys.modules['shibokensupport.signature.parser'].__spec__.cached)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert Path(told.stdout.strip()).is_file()


def test_without_hosts_lines_that_name_a_place_are_dropped() -> None:
    lock = (
        "# from https://packages.example/simple\n--index-url https://packages.example/simple\n"
        "--find-links wheels\nqasync==0.28.0 \\\n    --hash=sha256:00\n    # via dmdx-desktop\n"
    )
    assert locks.without_hosts(lock) == "qasync==0.28.0 \\\n    --hash=sha256:00\n"


@pytest.mark.skipif(os.name != "posix", reason="the frozen program is played by a shell script")
def test_package_self_test_of_the_frozen_program_finds_nothing_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("VIRTUAL_ENV", str(ROOT))
    _program(
        tmp_path, package.NAME, f'pwd > {tmp_path}/seen; env >> {tmp_path}/seen; echo "$@" >> {tmp_path}/seen; exit 3'
    )
    assert package.self_test(tmp_path) == 3
    seen = (tmp_path / "seen").read_text().splitlines()
    assert seen[-1] == "self-test"
    assert not [line for line in seen if line.startswith(("PYTHONPATH=", "VIRTUAL_ENV="))]
    assert not Path(seen[0]).exists(), "the empty folder it ran in is gone again"


def test_package_size_counts_files_once_and_no_links(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "library").write_bytes(bytes(500_000))
    (tmp_path / "link").symlink_to(tmp_path / "inner" / "library")
    assert package.megabytes(tmp_path) == pytest.approx(0.5)
