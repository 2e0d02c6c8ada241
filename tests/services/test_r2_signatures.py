"""Signatures, presigned URLs and temporary credentials, as the R2-like server checks them in a thread of its own."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.servers import sigv4
from tests.servers.r2 import R2Server
from tests.servers.r2_clients import completed, keys_of, refused, s3_client, signed_headers, told
from tests.servers.r2_credentials import Scope, TemporaryCredentials
from tests.servers.r2_errors import R2Error
from tests.servers.r2_operations import Operation


@pytest.fixture
def server() -> Iterator[R2Server]:
    with R2Server() as started:
        yield started


@pytest.fixture
def client(server: R2Server) -> Iterator[Any]:
    with closing(s3_client(server.endpoint, keys_of(server))) as made:
        yield made


@pytest.fixture
def raw() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10) as made:
        yield made


def test_signature_wrong_or_missing_is_refused(server: R2Server, raw: httpx.Client) -> None:
    key = f"{server.endpoint}/{server.bucket}/k"
    headers = signed_headers(server, "PUT", key, b"body")
    assert told(raw.put(key, content=b"another body", headers=headers)) == (400, "XAmzContentSHA256Mismatch")
    assert told(raw.put(key + "2", content=b"body", headers=headers)) == (403, "SignatureDoesNotMatch")
    assert told(raw.get(key, headers=headers)) == (403, "SignatureDoesNotMatch")
    assert told(raw.put(key + "?x=1", content=b"body", headers=headers)) == (403, "SignatureDoesNotMatch")
    assert told(raw.put(key, content=b"body", headers=headers | {"x-amz-meta-a": "b"})) == (403, "AccessDenied")
    assert told(raw.get(key, headers=signed_headers(server, "GET", key, secret="guess"))) == (
        403,
        "SignatureDoesNotMatch",
    )
    unknown = {name: value.replace(server.access_key_id, "nobody") for name, value in headers.items()}
    assert told(raw.put(key, content=b"body", headers=unknown)) == (401, "Unauthorized")
    assert told(raw.get(key)) == (401, "Unauthorized")
    server.faults.clock_ahead_s = 1000
    assert told(raw.put(key, content=b"body", headers=headers)) == (403, "RequestTimeTooSkewed")
    server.faults.clock_ahead_s = 0
    assert server.world.keys() == []
    assert raw.put(key, content=b"body", headers=headers).status_code == 200


CHANGES: dict[str, tuple[Callable[[str], str], tuple[int, str]]] = {
    "nothing": (lambda url: url, (200, "")),
    "a parameter more": (lambda url: url + "&response-content-type=text/html", (403, "SignatureDoesNotMatch")),
    "another key": (lambda url: url.replace("/k?", "/l?"), (403, "SignatureDoesNotMatch")),
    "a longer life": (lambda url: url.replace("Expires=60", "Expires=600"), (403, "SignatureDoesNotMatch")),
    "far too long a life": (
        lambda url: url.replace("Expires=60", "Expires=604801"),
        (400, "AuthorizationQueryParametersError"),
    ),
    "no life": (lambda url: url.replace("Expires=60", "Expires=0"), (400, "AuthorizationQueryParametersError")),
    "no date": (lambda url: re.sub("X-Amz-Date=[^&]*&", "", url), (400, "AuthorizationQueryParametersError")),
    "a date twice": (lambda url: url + "&X-Amz-Date=1", (400, "AuthorizationQueryParametersError")),
    "another key id": (lambda url: re.sub("Credential=[0-9a-f]*", "Credential=abc", url), (401, "Unauthorized")),
}


def test_presigned_url_changed_in_any_way_is_refused(server: R2Server, client: Any, raw: httpx.Client) -> None:
    server.world.place("k", b"x")
    server.world.place("l", b"x")
    url = client.generate_presigned_url("get_object", Params={"Bucket": server.bucket, "Key": "k"}, ExpiresIn=60)
    assert {name: told(raw.get(change(url))) for name, (change, _) in CHANGES.items()} == {
        name: wanted for name, (_, wanted) in CHANGES.items()
    }
    assert told(raw.put(url, content=b"y")) == (403, "SignatureDoesNotMatch")
    server.faults.clock_ahead_s = 61
    assert told(raw.get(url)) == (400, "ExpiredRequest")


def test_presigned_put_needs_the_headers_that_were_signed(server: R2Server, client: Any, raw: httpx.Client) -> None:
    at = {"Bucket": server.bucket, "Key": "k", "ContentType": "image/png", "IfNoneMatch": "*"}
    url = client.generate_presigned_url("put_object", Params=at)
    headers = {"Content-Type": "image/png", "If-None-Match": "*"}
    wrong = [{}, headers | {"Content-Type": "image/jpeg"}, {"Content-Type": "image/png"}]
    assert [told(raw.put(url, content=b"x", headers=one)) for one in wrong] == [(403, "SignatureDoesNotMatch")] * 3
    copying = headers | {"x-amz-copy-source": f"/{server.bucket}/other"}
    assert told(raw.put(url, content=b"x", headers=copying)) == (403, "AccessDenied")
    assert raw.put(url, content=b"x", headers=headers).status_code == 200
    assert told(raw.put(url, content=b"y", headers=headers)) == (412, "PreconditionFailed")
    assert server.world.content("k") == b"x"


@settings(max_examples=60)
@given(
    key=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30),
    query=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4),
    method=st.sampled_from(["GET", "PUT"]),
)
def test_signature_of_any_request_is_botocores(key: str, query: dict[str, str], method: str) -> None:
    query = {name: value for name, value in query.items() if name and not name.startswith("X-Amz-")}
    encoded = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query.items())
    path = f"/bucket/{quote(key, safe='/~')}"
    request = AWSRequest(method=method, url=f"http://127.0.0.1:1{path}?{encoded}", data=b"", headers={"A": " b   c "})
    S3SigV4Auth(Credentials("id", "secret"), "s3", "auto").add_auth(request)
    headers = {name.lower(): value for name, value in request.headers.items()} | {"host": "127.0.0.1:1"}
    seen = sigv4.SignedRequest(method, path, encoded, headers)
    claim = sigv4.claim_of(seen)
    sigv4.check(seen, claim, "secret", datetime.now(UTC))
    with pytest.raises(R2Error, match="SignatureDoesNotMatch"):
        sigv4.check(replace(seen, raw_query=encoded + "&more"), claim, "secret", datetime.now(UTC))


def test_temporary_credentials_reach_their_prefix_only(server: R2Server) -> None:
    server.world.place("u/2/secret", b"x")
    bucket = {"Bucket": server.bucket}
    with closing(s3_client(server.endpoint, keys_of(server.mint(prefixes=["u/1/"])))) as mine:
        mine.put_object(**bucket, Key="u/1/a", Body=b"x")
        mine.complete_multipart_upload(**bucket, Key="u/1/b", **completed(mine, server.bucket, "u/1/b"))
        assert mine.list_objects_v2(**bucket, Prefix="u/1/")["KeyCount"] == 2
        others: list[tuple[Callable[..., Any], dict[str, Any]]] = [
            (mine.get_object, bucket | {"Key": "u/2/secret"}),
            (mine.put_object, bucket | {"Key": "u/2/secret", "Body": b"y"}),
            (mine.copy_object, bucket | {"Key": "u/1/c", "CopySource": f"{server.bucket}/u/2/secret"}),
            (mine.list_objects_v2, bucket | {"Prefix": "u/"}),
            (mine.list_objects_v2, bucket),
            (mine.list_objects_v2, {"Bucket": "another", "Prefix": "u/1/"}),
        ]
        for call, arguments in others:
            with refused("AccessDenied", 403):
                call(**arguments)
        keys = [{"Key": "u/1/a"}, {"Key": "u/2/secret"}]
        (error,) = mine.delete_objects(**bucket, Delete={"Objects": keys})["Errors"]
        assert (error["Key"], error["Code"]) == ("u/2/secret", "AccessDenied")
    assert server.world.keys() == ["u/1/b", "u/2/secret"]


def test_temporary_credentials_end_with_their_actions_and_time(server: R2Server, raw: httpx.Client) -> None:
    server.world.place("k", b"x")
    at = {"Bucket": server.bucket, "Key": "k"}
    with ExitStack() as stack:

        def using(credentials: TemporaryCredentials) -> Any:
            return stack.enter_context(closing(s3_client(server.endpoint, keys_of(credentials))))

        putting = using(server.mint(actions=[Operation.PUT_OBJECT]))
        putting.put_object(**at, Body=b"y")
        with refused("AccessDenied", 403):
            putting.delete_object(**at)
        reading = using(server.mint(scope=Scope.OBJECT_READ_ONLY, ttl_s=60))
        with refused("AccessDenied", 403):
            reading.put_object(**at, Body=b"z")
        url = reading.generate_presigned_url("get_object", Params=at, ExpiresIn=3600)
        assert raw.get(url).content == b"y"
        with refused("AccessDenied", 403):
            using(server.mint(ttl_s=-1)).get_object(**at)
        forged = replace(server.mint(), session_token=server.mint(prefixes=["other/"]).session_token)
        with refused("SignatureDoesNotMatch", 403):
            using(forged).get_object(**at)
        with refused("Unauthorized", 401):
            using(replace(forged, session_token=forged.session_token[:-8])).get_object(**at)
        server.faults.clock_ahead_s = 61
        assert told(raw.get(url)) == (403, "AccessDenied")
        server.faults.clock_ahead_s = 0
        server.keys.revoke(server.access_key_id)
        with refused("Unauthorized", 401):
            putting.put_object(**at, Body=b"z")
