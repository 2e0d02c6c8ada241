"""Logs on disk: nothing private in them, whole lines, bounded in days and bytes, and never a reason to fail."""

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdx_desktop import log
from dmdx_desktop.errors import PictureError
from tests.unit.canaries import CANARIES

CANARY = "emerald-prototype-for-maison.png"
DAY_S = 86_400
LOGGER = logging.getLogger("dmdx_desktop.tests")

pytestmark = pytest.mark.allow_logs


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "logs"
    with log.open_logs(folder, "core"):
        yield folder


def _written(folder: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.log")))


def _record(created: float, message: str = "hello") -> logging.LogRecord:
    record = logging.LogRecord("dmdx_desktop", logging.INFO, __file__, 1, message, (), None)
    record.created = created
    return record


def test_log_record_is_one_dated_line_readable_by_its_user_only(logs: Path) -> None:
    LOGGER.info("moved %d of %d", 12, 300)
    (file,) = logs.glob("core-*.log")
    assert file.read_text().endswith(f"INFO [{os.getpid()}] dmdx_desktop.tests: moved 12 of 300\n")
    assert file.read_text().count("\n") == 1
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_log_exception_tells_type_and_places_but_no_words(logs: Path) -> None:
    try:
        try:
            raise FileNotFoundError(2, "No such file", CANARY)
        except OSError as cause:
            raise PictureError("damaged", "title", CANARY, "remedy") from cause
    except PictureError:
        LOGGER.exception("preparing failed")
    text = _written(logs)
    assert CANARY not in text
    assert "PictureError damaged\n" in text
    assert "caused by FileNotFoundError ENOENT\n" in text
    assert "in test_log_exception_tells_type_and_places_but_no_words\n" in text
    assert str(Path(__file__).parent.parent) not in text


@settings(max_examples=20)
@given(data=st.data())
def test_log_secrets_of_every_kind_through_every_logger_are_in_no_file(data: st.DataObject) -> None:
    assert len(CANARIES) >= 20
    secrets = {kind: data.draw(secret, label=kind) for kind, (secret, _) in CANARIES.items()}
    with tempfile.TemporaryDirectory() as folder, log.open_logs(Path(folder), "core"):
        for kind, (_, text) in CANARIES.items():
            said = text.format(secrets[kind])
            for name in ("dmdx_desktop.services", "asyncio", "botocore.auth", "httpx", "urllib3.connectionpool", ""):
                logging.getLogger(name).error("answer was %s", said)
                logging.getLogger(name).error(said.replace("%", "%%"), {"url": said})
                try:
                    raise RuntimeError(said)
                except RuntimeError as error:
                    logging.getLogger(name).exception("failed with %r", error)
        written = _written(Path(folder))
    assert written.count("RuntimeError") >= len(CANARIES) * 6
    assert [kind for kind, secret in secrets.items() if secret in written] == []


def test_log_exception_group_tells_its_members(logs: Path) -> None:
    try:
        raise ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)])
    except ExceptionGroup:
        LOGGER.exception("several failed")
    text = _written(logs)
    assert CANARY not in text
    assert "| ValueError\n" in text
    assert "| KeyError\n" in text


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("opening failed: %s", (OSError(13, "denied", CANARY),)),
        ("opening failed: %(error)s", ({"error": ValueError(CANARY)},)),
        ("opened %s", (Path("anywhere") / CANARY,)),
        (ValueError(CANARY), ()),
    ],
)
def test_log_errors_and_paths_as_values_are_not_quoted(logs: Path, message: object, values: tuple[object, ...]) -> None:
    LOGGER.error(message, *values)
    assert CANARY not in _written(logs)
    assert "dmdx_desktop.tests: " in _written(logs)


def test_log_lost_task_does_not_quote_its_exception(logs: Path) -> None:
    async def fail() -> None:
        raise ValueError(CANARY)

    async def lose_a_task() -> None:
        task = asyncio.create_task(fail(), name="loser")
        await asyncio.wait([task])

    asyncio.run(lose_a_task())
    assert "Task exception was never retrieved" in _written(logs)
    assert CANARY not in _written(logs)


def test_log_forged_lines_are_indented(logs: Path) -> None:
    LOGGER.warning("name was %s", "x\n2026-01-01T00:00:00.000Z INFO [1] root: all is well\r\x1b[2J")
    lines = _written(logs).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("    2026")
    assert "\x1b" not in lines[1]


def test_formatter_values_that_do_not_fit_still_make_a_line() -> None:
    record = logging.LogRecord("dmdx_desktop", logging.WARNING, __file__, 1, "%d of %d", ("one",), None)
    assert log.RedactingFormatter(dated=False).format(record) == "%d of %d (with values that do not fit it)"


def test_log_talkative_libraries_are_heard_from_warning_on(logs: Path) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://host.example/?X-Amz-Signature=abc")
    logging.getLogger("httpx").warning("pool is full")
    assert "pool is full" in _written(logs)
    assert "HTTP Request" not in _written(logs)


def test_log_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with log.open_logs(in_the_way / "logs", "core"):
        LOGGER.error("still at work")
    assert in_the_way.read_text() == ""


def test_log_close_leaves_logging_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("httpx").level)
    log.open_logs(tmp_path, "core", terminal=True).close()
    assert (root.level, list(root.handlers), logging.getLogger("httpx").level) == before


def test_log_terminal_shows_warnings_without_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with log.open_logs(tmp_path, "core", terminal=True):
        LOGGER.info("only for the file")
        LOGGER.warning("the disk is nearly full")
    assert capsys.readouterr().err == "the disk is nearly full\n"


def test_daily_file_new_day_begins_a_file_and_ends_what_is_31_days_old(tmp_path: Path) -> None:
    handler = log.DailyFile(tmp_path, "core")
    for day in range(40):
        handler.emit(_record(1_700_000_000 + day * DAY_S))
    handler.close()
    days = [file.name for file in sorted(tmp_path.iterdir())]
    assert len(days) == log.KEPT_DAYS + 1
    assert days[-1] == "core-2023-12-23.log"
    assert days[0] == "core-2023-11-23.log"


def test_daily_file_full_file_begins_a_numbered_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 2_000)
    monkeypatch.setattr(log, "FOLDER_BYTES", 10_000)
    handler = log.DailyFile(tmp_path, "core")
    for _ in range(300):
        handler.emit(_record(1_700_000_000, "x y " * 50))
    handler.close()
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(sizes) > 2
    assert max(sizes) <= 2_000
    assert sum(sizes) <= 10_000


def test_daily_file_two_processes_of_one_name_keep_each_others_lines(tmp_path: Path) -> None:
    program = (
        "import logging, sys, pathlib\nfrom dmdx_desktop.log import open_logs\n"
        "with open_logs(pathlib.Path(sys.argv[1]), 'core'):\n"
        "    for number in range(500): logging.info('%s line %d', sys.argv[2], number)\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in ("one", "two")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    lines = _written(tmp_path).splitlines()
    assert len(lines) == 1_000
    assert sorted(line.split(": ")[1] for line in lines) == sorted(
        f"{name} line {number}" for name in ("one", "two") for number in range(500)
    )


def test_faults_crash_of_the_interpreter_leaves_its_stack(tmp_path: Path) -> None:
    program = (
        "import faulthandler, pathlib, sys\nfrom dmdx_desktop.log import open_logs\n"
        "def crash_here(): faulthandler._sigabrt()\n"
        "open_logs(pathlib.Path(sys.argv[1]), 'core')\ncrash_here()\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, timeout=60, check=False)
    assert ended.returncode != 0
    (faults,) = tmp_path.glob("core-*.faults.log")
    assert "in crash_here" in faults.read_text()


def test_faults_quiet_end_leaves_no_file(tmp_path: Path) -> None:
    program = "import pathlib, sys, dmdx_desktop.log as log; log.open_logs(pathlib.Path(sys.argv[1]), 'a').close()"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], timeout=60, check=True)
    assert list(tmp_path.iterdir()) == []


def test_log_import_stays_cheap() -> None:
    program = "import sys, dmdx_desktop.log; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert not {"logging.handlers", "asyncio", "socket", "json", "numpy", "pydantic"} & set(loaded.stdout.split())
