"""A shop that has paid for one picture, made once for a file, and a copy of it for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.paid_shop import PaidShop
from tests.crash.paid_stock import Counter, copied, stocked


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaidShop]:
    with stocked(tmp_path_factory.mktemp("paid") / "shop") as shop:
        yield shop


@pytest.fixture
def counter(stock: PaidShop, tmp_path: Path) -> Counter:
    return copied(stock, tmp_path / "shop")
