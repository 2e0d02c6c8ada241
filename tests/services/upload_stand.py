"""An engine of uploads pointed at a server of the tests, and files for it. Used by the tests of this folder."""

import asyncio
import hashlib
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from dmdx_desktop.services.r2 import StorageKeys
from dmdx_desktop.services.r2_contents import Content, UploadMemory, content_key
from dmdx_desktop.services.r2_flow import HELD_S
from dmdx_desktop.services.r2_keys import KeyProvider, for_ever
from dmdx_desktop.services.r2_tries import Patience
from dmdx_desktop.services.r2_uploads import Sizes, Uploads
from tests.servers.r2 import R2Server
from tests.servers.r2_credentials import TemporaryCredentials
from tests.servers.r2_operations import Operation

SMALL = Sizes(single_below=100_000, part_bytes=30_000)
QUICK = Patience(tries=5, first_wait_s=0.01, longest_wait_s=0.05)
PREFIX = "lib/one/j/ring/"
PUT, PART, HEAD = Operation.PUT_OBJECT, Operation.UPLOAD_PART, Operation.HEAD_OBJECT
COMPLETE, CREATE, LIST = (
    Operation.COMPLETE_MULTIPART_UPLOAD,
    Operation.CREATE_MULTIPART_UPLOAD,
    Operation.LIST_OBJECTS_V2,
)


def content_in(folder: Path, size: int, seed: int = 0) -> Content:
    data = random.Random(size * 1_000 + seed).randbytes(size)
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / sha256).write_bytes(data)
    return Content(content_key(PREFIX, sha256), folder / sha256, sha256, size, "image/png")


def permanent(server: R2Server) -> KeyProvider:
    return for_ever(StorageKeys(server.access_key_id, server.secret_access_key))


def storage_keys(lent: TemporaryCredentials) -> StorageKeys:
    return StorageKeys(lent.access_key_id, lent.secret_access_key, lent.session_token)


@asynccontextmanager
async def uploads_to(
    server: R2Server,
    memory: UploadMemory | None = None,
    *,
    provider: KeyProvider | None = None,
    sizes: Sizes = SMALL,
    patience: Patience = QUICK,
    limit: float | None = None,
    held_s: float = HELD_S,
) -> AsyncIterator[Uploads]:
    engine = Uploads(
        server.endpoint,
        server.bucket,
        provider or permanent(server),
        memory,
        sizes=sizes,
        patience=patience,
        bytes_per_second=limit,
        held_s=held_s,
    )
    try:
        yield engine
    finally:
        await engine.close()


def assert_there(server: R2Server, content: Content) -> None:
    assert server.world.content(content.key) == content.path.read_bytes()


def count(server: R2Server, operation: Operation) -> int:
    return len(server.world.requests(operation))


async def until(holds: Callable[[], bool], seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        await asyncio.sleep(0.01)
