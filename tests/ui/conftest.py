"""Libraries made once for the whole run, of which tests of the window take copies."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.made_libraries import MadeLibraries


@pytest.fixture(scope="session")
def made_libraries(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> MadeLibraries:
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput") and sys.platform != "win32":
        folder = folder.parent  # pytest-xdist's processes each have a folder of their own in that of the run
    libraries = folder / "made_libraries"
    libraries.mkdir(exist_ok=True)
    return MadeLibraries(libraries, qapp, QtBot(request))


@pytest.fixture(autouse=True)
def _no_key_stays_down() -> Iterator[None]:
    """An event of a test with Ctrl or Shift counts as that key's being held until the next event without it."""
    yield
    if QApplication.instance() is not None and QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
        assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
