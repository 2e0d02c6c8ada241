"""An object store as Cloudflare's R2 is one, on this computer: it checks signatures, conditions and checksums.

The server answers in a thread of its own; what it holds (``world``) and what goes wrong with it (``faults``) are read
and set from the test's thread. ``python -m tests.servers.r2 --port N --key K --secret S`` makes it a process of its
own, for other programs.

It has one bucket, addressed by path.
"""

import argparse
import asyncio
import json
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

from aiohttp import web

from tests.servers import r2_xml, sigv4
from tests.servers.loopback import LoopbackServer, cut_connection
from tests.servers.r2_bodies import CutError, Expectations, leave_unread, receive
from tests.servers.r2_credentials import KeyRing, PermanentKey, Scope, TemporaryCredentials, mint
from tests.servers.r2_errors import ErrorCode, R2Error, not_implemented
from tests.servers.r2_faults import R2Faults
from tests.servers.r2_multipart import SMALLEST_PART, Multipart
from tests.servers.r2_objects import Objects, Visit, xml_answer
from tests.servers.r2_operations import WITH_BODY, Call, Operation, call_of
from tests.servers.r2_world import R2World

BUCKET = "studio"


class R2Server(LoopbackServer):
    """``endpoint`` is where S3 clients are pointed; the region is ``auto``, the addressing style ``path``."""

    def __init__(
        self,
        *,
        port: int = 0,
        bucket: str = BUCKET,
        access_key_id: str | None = None,
        secret_access_key: str | None = None,
        folder: Path | None = None,
        smallest_part: int = SMALLEST_PART,
    ) -> None:
        """``folder`` takes the bodies, which are held in memory otherwise."""
        super().__init__(port=port)
        self.bucket = bucket
        self.access_key_id = access_key_id or secrets.token_hex(16)
        self.secret_access_key = secret_access_key or secrets.token_hex(32)
        self.faults = R2Faults(lock=self.lock)
        self.world = R2World(self.lock)
        self.keys = KeyRing([self.key])
        self._folder = folder
        self._objects = Objects(self.world, self.faults)
        uploads = Multipart(self.world, self.faults, smallest_part)
        self._answers: Mapping[Operation, Callable[[Visit], web.Response]] = {
            Operation.PUT_OBJECT: self._objects.put,
            Operation.COPY_OBJECT: self._objects.copy,
            Operation.DELETE_OBJECT: self._objects.delete,
            Operation.DELETE_OBJECTS: self._objects.delete_many,
            Operation.LIST_OBJECTS_V1: self._objects.list,
            Operation.LIST_OBJECTS_V2: self._objects.list,
            Operation.CREATE_MULTIPART_UPLOAD: uploads.create,
            Operation.UPLOAD_PART: uploads.keep_part,
            Operation.LIST_PARTS: uploads.list_parts,
            Operation.LIST_MULTIPART_UPLOADS: uploads.list_uploads,
            Operation.COMPLETE_MULTIPART_UPLOAD: uploads.complete,
            Operation.ABORT_MULTIPART_UPLOAD: uploads.abort,
            Operation.GET_BUCKET_LOCATION: lambda _: xml_answer("LocationConstraint", []),
            Operation.HEAD_BUCKET: lambda _: web.Response(),
            Operation.LIST_BUCKETS: self._list_buckets,
        }

    @property
    def endpoint(self) -> str:
        return self.origin

    @property
    def host(self) -> str:
        """The endpoint without its scheme: the audience of temporary credentials."""
        return self.origin.partition("//")[2]

    @property
    def key(self) -> PermanentKey:
        return PermanentKey(self.access_key_id, self.secret_access_key)

    def mint(
        self,
        *,
        scope: Scope | None = Scope.OBJECT_READ_WRITE,
        prefixes: Iterable[str] = (),
        objects: Iterable[str] = (),
        actions: Iterable[Operation] = (),
        ttl_s: float = 900,
    ) -> TemporaryCredentials:
        """Temporary credentials for the bucket, as a gateway would make them."""
        return mint(
            self.key,
            bucket=self.bucket,
            audience=self.host,
            scope=scope,
            prefixes=prefixes,
            objects=objects,
            actions=actions,
            ttl_s=ttl_s,
        )

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/{path:.*}", self._answer)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        signed = _signed_part(request)
        number = self.world.saw(request.method, signed.raw_path, dict(signed.parameters), signed.headers)
        try:
            answer = await self._answer_or_refuse(request, signed, number)
            if self.faults.take_lost_answer():
                raise CutError
        except CutError:
            return cut_connection(request)
        self.world.answered(number, answer.status)
        return answer

    async def _answer_or_refuse(
        self, request: web.Request, signed: sigv4.SignedRequest, number: int
    ) -> web.StreamResponse:
        try:
            if self.faults.unreachable:
                raise CutError
            if self.faults.latency_s > 0:
                await asyncio.sleep(self.faults.latency_s)
            failure = self.faults.take_failure()
            if failure is not None:
                raise R2Error(failure)
            return await self._carry_out(request, signed, number)
        except R2Error as refusal:
            await leave_unread(request)
            return web.Response(
                status=refusal.status, body=r2_xml.error(refusal), content_type="application/xml", charset="utf-8"
            )

    async def _carry_out(self, request: web.Request, signed: sigv4.SignedRequest, number: int) -> web.StreamResponse:
        call = call_of(request.method, unquote(signed.raw_path), dict(signed.parameters), signed.headers)
        self.world.understood(number, call.operation, call.key)
        now = datetime.now(UTC) + timedelta(seconds=self.faults.clock_ahead_s)
        claim = sigv4.claim_of(signed)
        hosts = {self.host, signed.headers.get("host", "")}
        secret, grant = self.keys.look_up(claim.access_key_id, claim.session_token, hosts, now)
        sigv4.check(signed, claim, secret, now)
        grant.check(call)
        self._check_bucket(call)
        folder = self._folder if call.operation in WITH_BODY else None
        body = await receive(request, Expectations(call.headers, claim.payload), self.faults, folder)
        visit = Visit(request, call, body, grant, now.replace(microsecond=0))
        if call.operation in {Operation.GET_OBJECT, Operation.HEAD_OBJECT}:
            return await self._objects.get(visit)
        answer = self._answers.get(call.operation)
        if answer is None:
            raise not_implemented(f"{call.operation} is")
        return answer(visit)

    def _check_bucket(self, call: Call) -> None:
        if call.operation is Operation.LIST_BUCKETS:
            return
        if call.operation is Operation.CREATE_BUCKET and call.bucket == self.bucket:
            raise R2Error(ErrorCode.BUCKET_CONFLICT, "The bucket you tried to create already exists, and you own it.")
        if call.bucket != self.bucket:
            raise R2Error(ErrorCode.NO_SUCH_BUCKET)

    def _list_buckets(self, visit: Visit) -> web.Response:
        bucket: r2_xml.Fields = [("Name", self.bucket), ("CreationDate", r2_xml.moment(visit.now))]
        return xml_answer("ListAllMyBucketsResult", [("Buckets", [("Bucket", bucket)])])


def _signed_part(request: web.Request) -> sigv4.SignedRequest:
    raw_path, _, raw_query = request.raw_path.partition("?")
    names = {name.lower() for name in request.headers}
    headers = {name: ",".join(request.headers.getall(name)) for name in names}
    return sigv4.SignedRequest(request.method, raw_path, raw_query, headers)


def main(arguments: list[str] | None = None) -> None:
    """Serves until it is told to end; the first line of its output says, in JSON, where and with which keys."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.r2", description="An object store like R2.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--bucket", default=BUCKET)
    parser.add_argument("--key", help="access key id; made up when not given")
    parser.add_argument("--secret", help="secret access key; made up when not given")
    parser.add_argument("--folder", type=Path, help="where bodies are kept; in memory when not given")
    chosen = parser.parse_args(arguments)
    end = threading.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: end.set())
    server = R2Server(
        port=chosen.port,
        bucket=chosen.bucket,
        access_key_id=chosen.key,
        secret_access_key=chosen.secret,
        folder=chosen.folder,
    )
    with server:
        told_first = {
            "endpoint": server.endpoint,
            "bucket": server.bucket,
            "access_key_id": server.access_key_id,
            "secret_access_key": server.secret_access_key,
        }
        sys.stdout.write(json.dumps(told_first) + "\n")
        sys.stdout.flush()
        end.wait()


if __name__ == "__main__":
    main()
