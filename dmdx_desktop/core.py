"""Composition root of the core: builds what everything but the window runs on, and starts and stops it in order.

The core is a process of its own for the window, and lives in the command line's process for a verb. Whoever opens one
holds the lock of its basedir. No Qt here.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from typing import Final, TypeVar

from dmdx_desktop.config import Paths, Settings, endpoint_of, load_settings, make_private_folder, resources_folder
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import ledger, questions
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.changes import Changes
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.library.leftovers import clear_leftovers
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.previews import PreviewStore
from dmdx_desktop.library.schema_1_3 import ATTEMPTS_PER_RENDER
from dmdx_desktop.library.steps import NoObserver, StepObserver
from dmdx_desktop.link.channel import PipeChannel
from dmdx_desktop.link.host import CommandHost
from dmdx_desktop.link.server import LinkServer
from dmdx_desktop.log import open_logs, open_terminal_log
from dmdx_desktop.models.commands import Command, CutOut, Resume
from dmdx_desktop.models.outcome import ExitCode, Outcome, Report
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.connections import Connections
from dmdx_desktop.services.credentials import Keychain
from dmdx_desktop.services.embedded import EmbeddedAnalyst, EmbeddedEngine
from dmdx_desktop.services.vault import Vault
from dmdx_desktop.workers.analyse import Analyse
from dmdx_desktop.workers.asking import Asking
from dmdx_desktop.workers.closeups import Closeups
from dmdx_desktop.workers.commands import Commands
from dmdx_desktop.workers.comparing import Comparing
from dmdx_desktop.workers.connecting import Connecting
from dmdx_desktop.workers.copying import Copying
from dmdx_desktop.workers.cutout import write_cut_out
from dmdx_desktop.workers.deletions import Deletions
from dmdx_desktop.workers.examine import examine_closed
from dmdx_desktop.workers.export import Export
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.gestures import Gestures
from dmdx_desktop.workers.ingest import Ingest
from dmdx_desktop.workers.long_commands import LongCommands
from dmdx_desktop.workers.memory import share_heap
from dmdx_desktop.workers.movers import Movers
from dmdx_desktop.workers.paid_models import PaidModels
from dmdx_desktop.workers.paid_render import PaidRender
from dmdx_desktop.workers.paid_watch import PaidWatch
from dmdx_desktop.workers.pools import PicturePool, picture_command
from dmdx_desktop.workers.prepare import Prepare
from dmdx_desktop.workers.previews import Previews
from dmdx_desktop.workers.queue_edits import Pause
from dmdx_desktop.workers.reconcile import Reconcile
from dmdx_desktop.workers.remote_purge import RemotePurge
from dmdx_desktop.workers.render import Render
from dmdx_desktop.workers.render_steps import restart_all
from dmdx_desktop.workers.supervisor import Supervisor, known_or_unexpected

# Behind the window's own process, so that no frame is late because a picture is being made.
BACKGROUND_NICENESS: Final = 10
# How long the last edits may take once the window is gone, and closing everything after them. Both have to be over
# before the window, which waits two seconds, ends this process.
SETTLING_SECONDS: Final = 1.2
ENDING_SECONDS: Final = 0.6
SETTLE_SECONDS: Final = 120
"""For so long a paid request whose answer was lost may still come to light in the service's history."""
log: Final = logging.getLogger(__name__)

T = TypeVar("T")


class Core:
    """Everything but the window, at work on one basedir."""

    def __init__(self, commands: Commands, supervisor: Supervisor, host: CommandHost) -> None:
        self._commands = commands
        self._supervisor = supervisor
        self.host = host

    async def execute(self, command: Command, report: Report) -> Outcome:
        """Carry out ``command``. Raises ``DmdxError``, whatever happens."""
        return await known_or_unexpected(self._commands.execute(command, report))

    def resume_in_background(self) -> None:
        """Go on with what an earlier core left unfinished; nobody waits for it."""
        self._supervisor.spawn("resume", self.resume())

    async def resume(self) -> None:
        """Carry everything that waits to its end, or as far as it goes; what cannot be done waits on."""
        try:
            await self.execute(Resume(), _nobody_watches)
        except DmdxError as error:
            log.warning("unfinished work could not be resumed: %s", error.code)


@contextlib.asynccontextmanager
async def open_core(
    paths: Paths, settings: Settings, observer: StepObserver | None = None, *, host: CommandHost | None = None
) -> AsyncIterator[Core]:
    """A core at work on ``paths``; what was under way when the last one ended waits to be done again.

    The caller holds the basedir's lock. Raises ``LibraryError`` when the library cannot be opened. ``observer`` is told
    of each moment something becomes durable; ``host`` may have clients already.
    """
    share_heap()
    host = host or CommandHost()
    loop = asyncio.get_running_loop()
    supervisor = Supervisor()
    files = FilesPool()
    pictures = PicturePool(settings.picture_processes or os.cpu_count() or 1, picture_command(resources_folder()))
    async with contextlib.AsyncExitStack() as opened:
        opened.push_async_callback(files.close)
        library = await files.run(Library.open, paths, observer=observer)
        opened.push_async_callback(files.run, library.close)
        blobs = await files.run(BlobStore, paths, observer)
        opened.callback(_note_leftovers, library, blobs)
        previews = await files.run(PreviewStore, paths, budget_bytes=settings.cache_budget_bytes, observer=observer)
        opened.push_async_callback(files.run, previews.close)
        await clear_leftovers(library, blobs, previews)
        await library.write(restart_all)
        await library.write(questions.go_on)
        places = Places(paths, library, blobs, previews)
        opened.push_async_callback(pictures.close)
        connections = Connections(paths.basedir, Vault(paths.vault, Keychain()), os.environ)
        await connections.open()
        backends = Backends(connections)
        opened.push_async_callback(backends.close)
        await library.write(partial(_set_fuses, settings=settings))
        commands = _commands(places, supervisor, files, pictures, observer or NoObserver(), backends, settings)
        core = Core(commands, supervisor, host)
        opened.push_async_callback(host.close)
        library.changes.subscribe(_announcer(host))
        server = await files.run(_listen, paths, host, loop)
        opened.push_async_callback(files.run, server.close)
        opened.push_async_callback(_stop_work, host, files, supervisor)
        host.begin(core.execute, supervisor.spawn)
        yield core


def carry_out_here(command: Command, paths: Paths, report: Report) -> Outcome:
    """Be the core for one command, and for whoever asks meanwhile. The caller holds the lock; blocks."""
    with open_logs(paths.logs, "command-line"):
        return _run(_carry_out(command, paths, report))


def cut_out_picture(command: CutOut) -> Outcome:
    """Cut the piece out of one picture; needs no library. Blocks."""
    with open_terminal_log():
        return _run(_cut_out(command))


def examine_library(paths: Paths, *, repair: bool) -> Outcome:
    """Look for damage in a library that nobody has open; mend it with ``repair``. Blocks."""
    with open_terminal_log():
        return examine_closed(paths, mend=repair)


def serve_window(paths: Paths) -> int:
    """Be the core of the window at the other end of our standard streams, until it is gone or done with us."""
    if hasattr(os, "getpriority"):
        # Where the window is nice already, its core is not nicer still.
        now = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(now, BACKGROUND_NICENESS))
    with open_logs(paths.logs, "core"):
        return _run(_serve(paths))


def refuse_window(error: DmdxError) -> None:
    """Tell the window that started this process why it gets no core from it. Blocks for a moment."""
    _run(_refuse(error))


def _commands(
    places: Places,
    supervisor: Supervisor,
    files: FilesPool,
    pictures: PicturePool,
    observer: StepObserver,
    backends: Backends,
    settings: Settings,
) -> Commands:
    library, blobs = places.library, places.blobs
    engine = EmbeddedEngine(pictures)
    lost_previews = Previews(places, files, pictures)
    pausing = Pause()
    paid_models = PaidModels(backends, places.paths.cache, resources_folder())
    asking = Asking(places, pictures, backends)

    def asks_model() -> bool:
        return asking.is_on

    reconcile = Reconcile(library, backends, float(settings.settle_seconds or SETTLE_SECONDS))
    copying = Copying(places, backends)
    paid = PaidRender(places, files, pictures, backends, paid_models, pausing, reconcile)
    deletions = Deletions(places, RemotePurge(library, backends, reconcile, (paid.let_go, copying.let_go)))
    movers = Movers(
        library,
        supervisor,
        prepare=Prepare(places, files, pictures),
        analyse=Analyse(library, blobs, EmbeddedAnalyst(pictures), asks_model),
        render=Render(places, files, pictures, {engine.id: engine}, pausing),
        previews=lost_previews,
        paid=paid,
        watch=PaidWatch(library, backends, deletions.finish_remotely),
        asking=asking,
        comparing=Comparing(places, pictures, asking),
        copying=copying,
        width=pictures.size + 1,
    )
    ingest = Ingest(places.paths, library, blobs, files, pictures)
    export = Export(library, blobs, files, pictures, observer, resources_folder() / "fonts")
    steps = LongCommands(library, supervisor, movers, ingest, export, lost_previews, paid_models, asks_model)
    gestures = Gestures(places, deletions, Closeups(places, files, pictures), movers, pausing)
    return Commands(
        places, pictures, steps, deletions, gestures, Connecting(library, backends, paid_models, movers, copying)
    )


def _set_fuses(tx: Transaction, settings: Settings) -> None:
    now = ledger.limits(tx.connection)
    attempts = settings.attempts_per_render or ATTEMPTS_PER_RENDER
    ledger.set_fuses(tx, attempts_per_render=attempts, hour_micro_usd=now.hour_micro_usd)


async def _carry_out(command: Command, paths: Paths, report: Report) -> Outcome:
    async with open_core(paths, load_settings(paths)) as core:
        try:
            outcome = await core.execute(command, report)
        except DmdxError:
            await core.host.retire()
            raise
        # Others may have asked this core for something while it was here.
        await core.host.retire()
        return outcome


async def _cut_out(command: CutOut) -> Outcome:
    pictures = PicturePool(1, picture_command(resources_folder()))
    try:
        return Outcome(ExitCode.WELL, {**await write_cut_out(command, pictures), "problems": []})
    finally:
        await pictures.close()


async def _serve(paths: Paths) -> int:
    host = CommandHost()
    host.add(_window_channel(), is_owner=True)
    # From the first moment: opening a library may take longer than a core may outlive its window.
    watching = asyncio.create_task(_end_with_owner(host))
    try:
        async with open_core(paths, load_settings(paths), host=host) as core:
            core.resume_in_background()
            await host.told_to_end()
            if host.finish_asked.is_set():
                await _finish(host, core)
            await host.settle()
    except DmdxError as error:
        host.give_up(error)
        await host.close()
        raise
    finally:
        watching.cancel()
    return ExitCode.WELL


async def _finish(host: CommandHost, core: Core) -> None:
    """Carry what is queued to its end, unless the core of another window wants to."""
    either = [asyncio.create_task(host.finish(core.resume)), asyncio.create_task(host.owner_gone.wait())]
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for waiting in either:
            waiting.cancel()


async def _refuse(error: DmdxError) -> None:
    host = CommandHost()
    host.add(_window_channel(), is_owner=True)
    host.give_up(error)
    await host.close()


async def _end_with_owner(host: CommandHost) -> None:
    """Once our window is gone, end this process in time: all that is done is in rows, the rest is resumed."""
    await host.owner_gone.wait()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(host.settle(), SETTLING_SECONDS)
    ending = threading.Timer(ENDING_SECONDS, os._exit, (ExitCode.SOME_FAILED,))
    ending.daemon = True
    ending.start()


def _window_channel() -> PipeChannel:
    """Our standard streams as the link to our window; whatever else reads or prints gets nothing, or standard error."""
    channel = PipeChannel(os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return channel


def _note_leftovers(library: Library, blobs: BlobStore) -> None:
    """Work that was cancelled may have stored a file whose row was not written any more, or left a part of one."""
    if blobs.was_cut_short or blobs.in_flight():
        library.note_leftovers()


async def _stop_work(host: CommandHost, files: FilesPool, supervisor: Supervisor) -> None:
    host.take_no_more()
    files.stopping.set()
    await supervisor.close()


def _listen(paths: Paths, host: CommandHost, loop: asyncio.AbstractEventLoop) -> LinkServer:
    endpoint = endpoint_of(paths.basedir)
    make_private_folder(endpoint.folder)
    return LinkServer(endpoint.address, endpoint.family, endpoint.key_file, host.add, loop)


def _announcer(host: CommandHost) -> Callable[[Changes], None]:
    def announce(changes: Changes) -> None:
        host.announce((change.table.value, change.keys) for change in changes)

    return announce


def _nobody_watches(phase: str, done: int, total: int | None) -> None:
    del phase, done, total


def _run(work: Coroutine[object, object, T]) -> T:
    """Run ``work`` on a loop of its own; a request to end (SIGTERM) ends it as Ctrl-C does, with everything closed."""
    with asyncio.Runner() as runner:
        if sys.platform != "win32":
            signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
        return runner.run(work)
