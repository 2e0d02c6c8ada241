"""What the status strip says of work under way, while other commands come and go."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.config import resources_folder
from dmdx_desktop.link.messages import Finished, Progress
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.core_process import CoreProcess
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.status_strip import StatusStrip
from dmdx_desktop.ui.theme import Theme
from dmdx_desktop.ui.work_told import WorkTold

IMPORT, RATING = CommandId("import"), CommandId("rating")


def _no_core() -> CoreProcess:
    raise AssertionError("nothing here starts a core")


@pytest.fixture
def told(qapp: QApplication, qtbot: QtBot) -> tuple[CoreBridge, StatusStrip]:
    keeper = QObject(qapp)
    strip = StatusStrip(Look(Theme(qapp, resources_folder(), keeper), Icons(resources_folder())))
    qtbot.addWidget(strip, before_close_func=lambda _: keeper.deleteLater())
    bridge = CoreBridge(_no_core, keeper)
    WorkTold(bridge, strip, keeper)
    return bridge, strip


def _read(done: int) -> Progress:
    return Progress(command=IMPORT, phase="reading", done=done, total=9)


def test_answer_of_another_command_leaves_what_is_said_of_work_under_way(told: tuple[CoreBridge, StatusStrip]) -> None:
    bridge, strip = told
    bridge.progressed.emit(_read(1))
    bridge.answered.emit(Finished(command=RATING, document={}, exit_code=0), None)
    assert strip.work == "Reading 1 of 9"
    bridge.answered.emit(Finished(command=IMPORT, document={}, exit_code=0), None)
    assert strip.work == ""


def test_progress_that_comes_at_once_is_told_by_its_latest_number(
    told: tuple[CoreBridge, StatusStrip], qtbot: QtBot
) -> None:
    bridge, strip = told
    for done in range(1, 5):
        bridge.progressed.emit(_read(done))
    assert strip.work == "Reading 1 of 9"
    qtbot.waitUntil(lambda: strip.work == "Reading 4 of 9")


def test_progress_that_waits_to_be_told_goes_with_its_command(
    told: tuple[CoreBridge, StatusStrip], qtbot: QtBot
) -> None:
    bridge, strip = told
    bridge.progressed.emit(_read(1))
    bridge.progressed.emit(_read(2))
    bridge.answered.emit(Finished(command=IMPORT, document={}, exit_code=0), None)
    qtbot.wait(250)
    assert strip.work == ""
