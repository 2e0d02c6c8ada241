"""Copies of finished images in the designer's bucket, with the real core: wanted, made, and gone with their images."""

import asyncio

import pytest

from dmdx_desktop.config import load_settings
from dmdx_desktop.core import open_core
from dmdx_desktop.models.commands import Delete, Generate, Resume
from dmdx_desktop.models.connecting import KeepCopies, ListConnections
from dmdx_desktop.models.gestures import CarryOutDeletion, PlanDeletion
from dmdx_desktop.models.ids import JobId, OutputId
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.services.r2 import R2, StorageKeys
from tests.crash.paid_shop import ENGINE, PaidShop, keys_of
from tests.crash.paid_stock import Counter
from tests.crash.scenario import ask
from tests.servers.r2 import R2Server

pytestmark = pytest.mark.by_turns("copies in the bucket")

SLOW = 1_000.0
"""Bytes a second: a reference is on its way for a while."""


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


def _keys_of(server: R2Server) -> StorageKeys:
    return StorageKeys(server.access_key_id, server.secret_access_key)


def _made_two(counter: Counter) -> list[tuple[str, str]]:
    """The ids and hashes of two paid images."""
    counter.render("--metal", "silver")
    return [(str(one), str(sha256)) for one, sha256 in counter.rows("SELECT id, sha256 FROM output ORDER BY key")]


async def test_reference_that_is_on_its_way_while_its_piece_is_deleted_does_not_stay(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = counter.shop
    assert shop.storage is not None
    world, faults = shop.storage.world, shop.storage.faults
    for name, value in keys_of(shop.service, shop.storage).items():
        monkeypatch.setenv(name, value)
    ((job,),) = counter.rows("SELECT id FROM job")
    async with open_core(shop.paths, load_settings(shop.paths)) as core:
        bucket = R2(shop.storage.endpoint, shop.storage.bucket, _keys_of(shop.storage))
        await bucket.delete_below("lib/")
        await bucket.close()
        world.forget_requests()
        faults.bytes_per_second = SLOW
        made = asyncio.create_task(ask(core, Generate(jobs=(str(job),), recipe=Recipe(engine=ENGINE))))
        while not any(seen.method == "PUT" for seen in world.requests()):  # noqa: ASYNC110 - another thread's doing
            await asyncio.sleep(0.01)
        document = await ask(core, Delete(jobs=(JobId(str(job)),)))
        under_way = [seen for seen in world.requests() if seen.method == "PUT" and seen.status is None]
        assert under_way == [], "it would arrive after its piece was proven to be gone"
        faults.bytes_per_second = None
        await made
    assert document["problems"] == []
    assert world.keys() == []
    assert counter.charges == []
