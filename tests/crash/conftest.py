"""The shop whose doomed piece is deleted in many ways: stocked once, copied for each test."""

from pathlib import Path

import pytest

from tests.crash.shop import Shop, stocked, traces_of_doomed
from tests.crash.traces import Traces


@pytest.fixture(scope="session")
def stocked_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return stocked(tmp_path_factory.mktemp("shop") / "shop")


@pytest.fixture(scope="session")
def traces(stocked_shop: Shop) -> Traces:
    """What must not be found of the doomed piece."""
    return traces_of_doomed(stocked_shop)


@pytest.fixture
def shop(stocked_shop: Shop, tmp_path: Path) -> Shop:
    return stocked_shop.copied_to(tmp_path / "shop")
