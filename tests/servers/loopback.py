"""A server of the tests: an aiohttp application on a free port of this computer, on a thread of its own.

What a server remembers is read by the test's thread while the server's changes it: through ``locked``.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
START_SECONDS = 10.0


class LoopbackServer:
    """Started by ``with``; heirs add routes and say what they remember."""

    def __init__(self, *, port: int = 0, largest_body: int = 300_000_000) -> None:
        self._port = port
        self._largest_body = largest_body
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)
        self.lock = threading.RLock()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._port}"

    def add_routes(self, app: web.Application) -> None:
        """For heirs: what is answered."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._started.wait(START_SECONDS) or self._failed is not None:
            raise RuntimeError(f"{type(self).__name__} did not start") from self._failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._end is not None:
            self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(START_SECONDS)

    def locked(self, read: Callable[[], T]) -> T:
        """The result of ``read`` while nothing changes."""
        with self.lock:
            return read()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # told to whoever waits for the start
            self._failed = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application(client_max_size=self._largest_body)
        self.add_routes(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        server = site._server
        assert isinstance(server, asyncio.Server)
        self._port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._end.wait()
        await runner.cleanup()


def cut_connection(request: web.Request) -> web.StreamResponse:
    """End the connection without an answer, as a gateway that dies does."""
    transport = request.transport
    if transport is not None:
        transport.abort()
    return web.Response(status=499)
