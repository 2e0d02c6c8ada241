"""The window's way to read the library: opened before its core has answered where that can be, and never wrongly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.config import Paths
from dmdx_desktop.library import jobs
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import Library
from dmdx_desktop.ui.library_source import LibrarySource


@dataclass(frozen=True)
class Told:
    """Answers itself: whoever has the answer knows which of several equal questions was asked."""

    words: str

    def __call__(self, connection: Connection) -> "Told":
        assert jobs.count(connection) == 0
        return self


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "library")


@pytest.fixture
def source(qapp: QApplication, paths: Paths) -> Iterator[LibrarySource]:
    opened = LibrarySource(paths)
    yield opened
    opened.close()


def test_library_that_is_there_is_read_before_any_core_has_answered(
    source: LibrarySource, paths: Paths, qtbot: QtBot
) -> None:
    Library.open(paths).close()
    with qtbot.waitSignal(source.opened):
        source.open_early()
    counted: list[int] = []
    owner = QObject()
    source.ask(owner, jobs.count, counted.append)
    qtbot.waitUntil(lambda: counted == [0])


def test_library_that_is_missing_is_opened_once_its_core_has_made_it(
    source: LibrarySource, paths: Paths, qtbot: QtBot
) -> None:
    failures: list[object] = []
    source.failed.connect(failures.append)
    source.open_early()
    Library.open(paths).close()
    with qtbot.waitSignal(source.opened):
        source.open()

    assert not failures


def test_library_that_cannot_be_read_is_said_once_its_core_has_answered(
    source: LibrarySource, paths: Paths, qtbot: QtBot
) -> None:
    paths.basedir.mkdir(parents=True)
    paths.library_db.write_bytes(b"not a database" * 1000)
    failures: list[object] = []
    source.failed.connect(failures.append)
    source.open_early()
    with qtbot.waitSignal(source.failed):
        source.open()

    assert len(failures) == 1


def test_first_question_once_asked_again_has_the_answer_that_was_read_ahead(
    source: LibrarySource, paths: Paths, qtbot: QtBot
) -> None:
    Library.open(paths).close()
    ahead, other, same, again = Told("one"), Told("other"), Told("one"), Told("one")
    with qtbot.waitSignal(source.opened):
        source.open_early(ahead)
    answers: list[Told] = []
    owner = QObject()
    source.ask(owner, other, answers.append)
    source.ask(owner, same, answers.append)
    assert answers == []  # never while the question is still being asked
    qtbot.waitUntil(lambda: len(answers) == 2)
    source.ask(owner, again, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)

    assert {id(one) for one in answers} == {id(other), id(ahead), id(again)}
    assert answers[2] is again


def test_answer_that_was_read_ahead_is_old_once_the_core_has_answered(
    source: LibrarySource, paths: Paths, qtbot: QtBot
) -> None:
    Library.open(paths).close()
    ahead, same = Told("one"), Told("one")
    with qtbot.waitSignal(source.opened):
        source.open_early(ahead)
    source.open()
    answers: list[Told] = []
    owner = QObject()
    source.ask(owner, same, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1)

    assert answers[0] is same
