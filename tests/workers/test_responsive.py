"""While pictures are imported and made the core keeps its promises to whoever waits: its loop, and a user's edit."""

import asyncio
import os
import threading
import time
from asyncio.events import Handle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import pytest

from dmdx_desktop.config import Paths, load_settings, resources_folder
from dmdx_desktop.core import open_core
from dmdx_desktop.library import commands, jobs, tasks
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Lane, Library, Transaction
from dmdx_desktop.models.choices import GroupMode
from dmdx_desktop.models.commands import RenderPaths
from dmdx_desktop.models.ids import new_id
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.ingest import Ingest
from dmdx_desktop.workers.pools import PicturePool, picture_command

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PICTURES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".png", ".jpg", ".webp"})
LONGEST_CALLBACK_S = 0.1
EDIT_LANDS_WITHIN_S = 0.04
FILES = 500
ROUNDS = 5
PAUSE_BETWEEN_EDITS_S = 0.01


def _ignore(phase: str, done: int, total: int | None) -> None:
    del phase, done, total


@dataclass(frozen=True)
class Callback:
    """What one callback of the loop took: ``seconds`` in all, ``queued_s`` of them because no processor was free."""

    what: str
    seconds: float
    queued_s: float

    @property
    def own_s(self) -> float:
        return self.seconds - self.queued_s


class Stopwatch:
    """Times every callback of the loop of this thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.callbacks: list[Callback] = []
        carry_out = Handle._run
        schedule = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        self._schedule = schedule

        def timed(handle: Handle) -> None:
            queued, began = self._queued_s(), time.perf_counter()
            carry_out(handle)
            seconds = time.perf_counter() - began
            self.callbacks.append(Callback(repr(handle), seconds, self._queued_s() - queued))

        monkeypatch.setattr(Handle, "_run", timed)

    def close(self) -> None:
        os.close(self._schedule)

    def _queued_s(self) -> float:
        """How long this thread has waited for a processor so far: the second figure of schedstat, in nanoseconds."""
        return int(os.pread(self._schedule, 100, 0).split()[1]) / 1e9


@pytest.mark.alone
@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="only Linux says how long a thread was queued")
def test_loop_of_the_core_is_never_blocked_while_twenty_pictures_are_imported_and_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = Paths(tmp_path / "library")
    recipe = Recipe.model_validate({"size": 512})
    command = RenderPaths(paths=tuple(map(str, PICTURES[:20])), to=str(tmp_path / "out"), recipe=recipe)

    async def carry_out() -> int:
        async with open_core(paths, load_settings(paths)) as core:
            outcome = await core.execute(command, _ignore)
            outputs = outcome.document["outputs"]
            return len(outputs) if isinstance(outputs, list) else 0

    stopwatch = Stopwatch(monkeypatch)
    try:
        assert asyncio.run(carry_out()) == 20
    finally:
        stopwatch.close()
        monkeypatch.undo()
    assert len(stopwatch.callbacks) > 500
    slow = [callback for callback in stopwatch.callbacks if callback.own_s > LONGEST_CALLBACK_S]
    assert not slow, "\n".join(f"{callback.own_s:.3f} s: {callback.what}" for callback in slow)


@dataclass(frozen=True)
class Shop:
    """What an import needs."""

    library: Library
    ingest: Ingest

    async def import_all(self, folder: Path) -> None:
        def accept(tx: Transaction) -> commands.CommandRow:
            return commands.accept(tx, command_id=new_id(), kind="import", arguments="{}")

        command = await self.library.write(accept, lane=Lane.COMMAND)
        await self.ingest.run(command, [str(folder)], GroupMode.FILE, tasks.NORMAL, _ignore)


@asynccontextmanager
async def _shop(paths: Paths) -> AsyncIterator[Shop]:
    files, pictures = FilesPool(), PicturePool(2, picture_command(resources_folder()))
    library = await files.run(Library.open, paths)
    try:
        blobs = await files.run(BlobStore, paths)
        yield Shop(library, Ingest(paths, library, blobs, files, pictures))
    finally:
        await pictures.close()
        await files.run(library.close)
        await files.close()


def _edit(tx: Transaction) -> None:
    """What a user does meanwhile: correct a piece."""
    newest = jobs.newest(tx.connection, before_key=None, limit=1)
    if newest:
        jobs.set_piece(tx, newest[0].key, newest[0].piece)


def _make_files(folder: Path) -> None:
    folder.mkdir()
    for number in range(FILES):
        source = PICTURES[number % len(PICTURES)]
        # What follows the picture is not looked at, and makes each file another one.
        (folder / f"{number:04}{source.suffix}").write_bytes(source.read_bytes() + new_id().encode())


@pytest.mark.alone
async def test_edit_of_a_user_lands_at_once_while_500_files_are_imported(tmp_path: Path) -> None:
    usual: list[float] = []
    for number in range(ROUNDS):
        folder = tmp_path / f"pictures {number}"
        await asyncio.to_thread(_make_files, folder)
        async with _shop(Paths(tmp_path / f"library {number}")) as shop:
            importing = asyncio.create_task(shop.import_all(folder))
            took: list[float] = []
            while not importing.done():
                began = time.perf_counter()
                await shop.library.write(_edit, lane=Lane.COMMAND)
                took.append(time.perf_counter() - began)
                await asyncio.wait({importing}, timeout=PAUSE_BETWEEN_EDITS_S)
            await importing
            assert len(await shop.library.read(lambda it: jobs.newest(it, before_key=None, limit=1000))) == FILES
        assert len(took) >= 20
        usual.append(quantiles(took, n=10)[-1])
    assert median(usual) <= EDIT_LANDS_WITHIN_S, f"nine of ten edits landed within {usual} s, round by round"
