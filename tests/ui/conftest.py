"""Libraries made once for the whole run, of which tests of the window take copies."""

import sys

import pytest
from PySide6.QtWidgets import QApplication
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
