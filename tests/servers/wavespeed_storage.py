"""The storage beside the WaveSpeed server: takes uploads with a ticket, gives out uploads and results.

A server of its own, on a port and a thread of its own, as the real ones are other hosts. Answers are XML where they
are errors. What an Authorization header comes to is refused and counted: the key is for the API alone.
"""

import asyncio
from io import BytesIO

from aiohttp import web
from PIL import Image

from tests.servers.loopback import Handler, LoopbackServer, cut_connection
from tests.servers.wavespeed_faults import WaveSpeedFaults
from tests.servers.wavespeed_world import WaveSpeedWorld

PIECES_A_SECOND = 20
BLOCK = 65_536
PAGE = b"<!DOCTYPE html><html><body>Please sign in</body></html>"


class WaveSpeedStorage(LoopbackServer):
    """Changes and reads the world of the server it belongs to."""

    def __init__(self, world: WaveSpeedWorld, faults: WaveSpeedFaults, *, port: int = 0) -> None:
        super().__init__(port=port)
        self._world = world
        self._faults = faults

    def add_routes(self, app: web.Application) -> None:
        app.middlewares.append(self._guarded)
        app.router.add_put("/incoming/{upload}", self._put)
        app.router.add_get("/media/{upload}/{filename}", self._media)
        app.router.add_get("/output/{name}", self._output)

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self._faults.down:
            return cut_connection(request)
        try:
            return await handler(request)
        except ConnectionError:  # a client that ends in the middle of a call is no error of the server
            return cut_connection(request)

    async def _put(self, request: web.Request) -> web.StreamResponse:
        self._world.called("put")
        if self._has_key(request):
            return _error(400, "InvalidArgument")
        upload = self._world.upload(request.match_info["upload"])
        if upload is None or request.query.get("signature") != upload.token:
            return _error(403, "SignatureDoesNotMatch")
        if self._faults.ticket_expired > 0:
            self._faults.ticket_expired -= 1
            return _error(self._faults.ticket_expired_status, "AccessDenied")
        if any(request.headers.get(name) != value for name, value in upload.headers.items()):
            return _error(403, "SignatureDoesNotMatch")
        if upload.data is not None and "If-None-Match" in upload.headers:
            return _error(412, "PreconditionFailed")
        data = await request.read()
        await asyncio.sleep(self._faults.upload_seconds)
        if len(data) != upload.size:
            return _error(403, "SignatureDoesNotMatch")
        self._world.fill_upload(upload, data)
        return web.Response(status=200)

    async def _media(self, request: web.Request) -> web.StreamResponse:
        self._world.called("media")
        upload = self._world.upload(request.match_info["upload"])
        if upload is None or upload.data is None or upload.stored_name != request.match_info["filename"]:
            return _error(404, "NoSuchKey")
        if self._world.expired(upload.created_at):
            return _error(403, "AccessDenied")
        return web.Response(body=upload.data, headers={"Content-Type": upload.content_type})

    async def _output(self, request: web.Request) -> web.StreamResponse:
        self._world.called("download")
        faults = self._faults
        if faults.download_needs_user_agent and not request.headers.get("User-Agent"):
            return cut_connection(request)
        if self._has_key(request):
            return _error(400, "InvalidArgument")
        hop = int(request.query.get("hop", "0"))
        if faults.download_redirect_to:
            return web.Response(status=302, headers={"Location": faults.download_redirect_to})
        if hop < faults.download_redirects:
            return web.Response(status=302, headers={"Location": f"{request.path}?hop={hop + 1}"})
        found = self._world.output(request.match_info["name"])
        if found is None:
            return _error(404, "NoSuchKey")
        data, expired = found
        if expired:
            return _error(403, "AccessDenied")
        if faults.download_403 > 0:
            faults.download_403 -= 1
            return _error(403, "AccessDenied")
        return await self._sent(request, data)

    async def _sent(self, request: web.Request, data: bytes) -> web.StreamResponse:
        faults = self._faults
        kind = request.match_info["name"].rpartition(".")[2]
        content_type = f"image/{kind}"
        if faults.download_html:
            data, content_type = PAGE, "text/html"
        elif faults.download_wrong_type:
            data = _as_jpeg(data)
        cut = faults.download_truncated > 0
        faults.download_truncated -= cut
        whole = max(len(data), faults.download_oversize)
        response = web.StreamResponse(headers={"Content-Type": content_type})
        if faults.download_tells_length:
            response.content_length = whole
        await response.prepare(request)
        await self._stream(response, data, len(data) // 2 if cut else whole)
        return cut_connection(request) if cut else response

    async def _stream(self, response: web.StreamResponse, data: bytes, end: int) -> None:
        """Send up to ``end``, filled up with zeros, as fast as the switch allows."""
        trickle = self._faults.download_trickle
        block = max(1, trickle // PIECES_A_SECOND) if trickle else BLOCK
        for start in range(0, end, block):
            stop = min(start + block, end)
            await response.write(data[start:stop].ljust(stop - start, b"\0"))
            if trickle:
                await asyncio.sleep(block / trickle)

    def _has_key(self, request: web.Request) -> bool:
        found = "Authorization" in request.headers
        if found:
            self._world.key_seen_at_storage()
        return found


def _error(status: int, code: str) -> web.Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code></Error>'
    return web.Response(status=status, text=text, content_type="application/xml")


def _as_jpeg(data: bytes) -> bytes:
    file = BytesIO()
    with Image.open(BytesIO(data)) as picture:
        picture.convert("RGB").save(file, "JPEG", quality=90)
    return file.getvalue()
