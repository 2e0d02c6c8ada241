"""Copies of finished images in the designer's bucket, with the real core: wanted, made, and gone with their images."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dmdx_desktop.config import load_settings
from dmdx_desktop.core import open_core
from dmdx_desktop.models.commands import Delete, Resume
from dmdx_desktop.models.connecting import KeepCopies, ListConnections
from dmdx_desktop.models.gestures import CarryOutDeletion, PlanDeletion
from dmdx_desktop.models.ids import JobId, OutputId
from tests.crash.paid_shop import PaidShop, keys_of
from tests.crash.paid_stock import Counter, copied, stocked
from tests.crash.scenario import ask


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaidShop]:
    with stocked(tmp_path_factory.mktemp("paid") / "shop") as shop:
        yield shop


@pytest.fixture
def counter(stock: PaidShop, tmp_path: Path) -> Counter:
    return copied(stock, tmp_path / "shop")


def _copies(shop: PaidShop) -> list[str]:
    """The hashes of the images that lie in the bucket."""
    assert shop.storage is not None
    keys = shop.storage.world.keys()
    return sorted(key.rpartition("/")[2] for key in keys if "/b/" in key)


async def test_image_is_copied_and_gone_from_the_bucket_with_its_deletion(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = counter.shop
    ((image, first), (_, second)) = _made_two(counter)
    for name, value in keys_of(shop.service, shop.storage).items():
        monkeypatch.setenv(name, value)
    async with open_core(shop.paths, load_settings(shop.paths)) as core:
        await ask(core, Resume())
        assert _copies(shop) == [], "nobody asked for copies yet"

        await ask(core, KeepCopies(on=True))
        await ask(core, Resume())
        assert _copies(shop) == sorted((first, second))
        copies = (await ask(core, ListConnections()))["copies"]
        assert isinstance(copies, dict)
        assert (copies["on"], copies["stored"], copies["waiting"]) == (True, 2, 0)

        planned = await ask(core, PlanDeletion(outputs=(OutputId(image),)))
        purges = planned["purges"]
        assert isinstance(purges, list)
        assert _copies(shop) == sorted((first, second)), "it can still be taken back"
        await ask(core, CarryOutDeletion(purges=tuple(str(one) for one in purges)))
        assert _copies(shop) == [second]

        (job,) = counter.rows("SELECT id FROM job")[0]
        document = await ask(core, Delete(jobs=(JobId(job),)))
        assert document["problems"] == []
    assert shop.storage is not None
    assert shop.storage.world.keys() == []


def _made_two(counter: Counter) -> list[tuple[str, str]]:
    """The ids and hashes of two paid images."""
    counter.render("--metal", "silver")
    return [(str(one), str(sha256)) for one, sha256 in counter.rows("SELECT id, sha256 FROM output ORDER BY key")]
