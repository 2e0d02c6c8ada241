"""Places of a fresh library, closed again after each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.places import Places
from tests.library.world import close_places, open_places


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "library")


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    opened = Library.open(paths)
    yield opened
    opened.close()


@pytest.fixture
def places(paths: Paths) -> Iterator[Places]:
    opened = open_places(paths)
    yield opened
    close_places(opened)
