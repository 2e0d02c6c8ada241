"""The R2-like server of the tests, seen through boto3 and through requests that boto3 would not send.

The server runs in a thread of its own, moto's, for comparison, in another.
"""

import base64
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from moto.server import ThreadedMotoServer

from tests.servers.r2 import R2Server
from tests.servers.r2_clients import completed, keys_of, refused, s3_client, signed_headers, told, upload_parts

KIB, MIB = 1024, 1024**2


@pytest.fixture
def server() -> Iterator[R2Server]:
    with R2Server(smallest_part=8 * KIB) as started:
        yield started


@pytest.fixture
def client(server: R2Server) -> Iterator[Any]:
    with closing(s3_client(server.endpoint, keys_of(server))) as made:
        yield made


@pytest.fixture
def raw() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=10) as made:
        yield made


def test_object_put_and_read_keeps_bytes_and_headers(server: R2Server, client: Any) -> None:
    at: dict[str, Any] = {"Bucket": server.bucket, "Key": "u/1/ring (blå) + 50%.png"}
    put = client.put_object(
        **at, Body=b"0123456789", ContentType="image/png", CacheControl="private", Metadata={"job": "7"}
    )
    part = client.get_object(**at, Range="bytes=2-4")
    assert part["Body"].read() == b"234"
    assert part["ContentRange"] == "bytes 2-4/10"
    assert client.get_object(**at, Range="bytes=-2")["Body"].read() == b"89"
    head = client.head_object(**at)
    assert (head["ContentLength"], head["ContentType"], head["CacheControl"]) == (10, "image/png", "private")
    assert head["Metadata"] == {"job": "7"}
    assert head["ETag"] == put["ETag"] == '"781e5e245d69b566979b86e28d23f2c7"'
    with refused("InvalidRange", 416):
        client.get_object(**at, Range="bytes=10-")
    with refused("304", 304):
        client.get_object(**at, IfNoneMatch=head["ETag"])
    client.copy_object(Bucket=server.bucket, Key="copy", CopySource=at)
    assert server.world.content("copy") == b"0123456789"
    assert client.delete_object(**at)["ResponseMetadata"]["HTTPStatusCode"] == 204
    with refused("NoSuchKey", 404):
        client.get_object(**at)
    assert server.world.keys() == ["copy"]
    assert server.world.writes_per_key == {at["Key"]: 1, "copy": 1}
    (seen,) = server.world.requests("PutObject")
    assert (seen.key, seen.status, seen.headers["x-amz-meta-job"]) == (at["Key"], 200, "7")


def test_conditional_put_of_existing_key_is_refused(server: R2Server, client: Any) -> None:
    at: dict[str, Any] = {"Bucket": server.bucket, "Key": "once"}
    etag = client.put_object(**at, Body=b"first", IfNoneMatch="*")["ETag"]
    with refused("PreconditionFailed", 412):
        client.put_object(**at, Body=b"second", IfNoneMatch="*")
    with refused("PreconditionFailed", 412):
        client.put_object(**at, Body=b"second", IfMatch='"another"')
    with refused("PreconditionFailed", 412):
        client.complete_multipart_upload(**at, **completed(client, server.bucket, "once"), IfNoneMatch="*")
    assert server.world.content("once") == b"first"
    client.put_object(**at, Body=b"second", IfMatch=etag)
    assert server.world.content("once") == b"second"


def test_put_with_wrong_checksum_is_refused(server: R2Server, client: Any) -> None:
    at: dict[str, Any] = {"Bucket": server.bucket, "Key": "k", "Body": b"x"}
    with refused("BadDigest", 400):
        client.put_object(**at, ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    with refused("BadDigest", 400):
        client.put_object(**at, ChecksumSHA256="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    with refused("InvalidDigest", 400):
        client.put_object(**at, ContentMD5="short")
    assert server.world.keys() == []
    right = base64.b64encode(hashlib.sha256(b"x").digest()).decode()
    assert client.put_object(**at, ChecksumSHA256=right)["ChecksumSHA256"] == right
    head = client.head_object(Bucket=server.bucket, Key="k", ChecksumMode="ENABLED")
    assert head["ChecksumSHA256"] == right


def test_chunked_upload_with_trailer_is_refused(server: R2Server, client: Any, raw: httpx.Client) -> None:
    key = f"{server.endpoint}/{server.bucket}/k"
    signed = signed_headers(server, "PUT", key, b"x")
    streaming = signed | {"X-Amz-Content-SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}
    assert told(raw.put(key, content=b"x", headers=streaming)) == (501, "NotImplemented")
    url = client.generate_presigned_url("put_object", Params={"Bucket": server.bucket, "Key": "k"})
    answer = raw.put(url, content=b"1\r\nx\r\n0\r\n\r\n", headers={"Content-Encoding": "aws-chunked"})
    assert told(answer) == (501, "NotImplemented")
    assert told(raw.put(url, content=iter([b"x"]))) == (411, "MissingContentLength")
    assert server.world.keys() == []


@pytest.mark.parametrize(
    ("sizes", "code"),
    [
        ([8, 8, 3], None),
        ([8, 8], None),
        ([3], None),
        ([4, 8], "EntityTooSmall"),
        ([9, 8, 3], "InvalidPart"),
        ([8, 9], "InvalidPart"),
    ],
)
def test_multipart_by_sizes_of_parts_is_joined_or_refused(
    server: R2Server, client: Any, sizes: list[int], code: str | None
) -> None:
    at: dict[str, Any] = {"Bucket": server.bucket, "Key": "m"}
    bodies = [bytes([number]) * (size * KIB) for number, size in enumerate(sizes)]
    upload_id, parts = upload_parts(client, server.bucket, "m", bodies)
    at_upload = at | {"UploadId": upload_id}
    listed = client.list_parts(**at_upload)["Parts"]
    assert [(one["PartNumber"], one["ETag"], one["Size"]) for one in listed] == [
        (one["PartNumber"], one["ETag"], size * KIB) for one, size in zip(parts, sizes, strict=True)
    ]
    assert [one["Key"] for one in client.list_multipart_uploads(Bucket=server.bucket)["Uploads"]] == ["m"]
    with refused("InvalidPart", 400):
        wrong = [{"PartNumber": 1, "ETag": '"0"'}]
        client.complete_multipart_upload(**at_upload, MultipartUpload={"Parts": wrong})
    if code is None:
        client.complete_multipart_upload(**at_upload, MultipartUpload={"Parts": parts})
        assert server.world.content("m") == b"".join(bodies)
        assert client.get_object(**at, Range="bytes=0-")["Body"].read() == b"".join(bodies)
        assert server.world.objects()["m"].headers == {"content-type": "image/png"}
    else:
        with refused(code, 400):
            client.complete_multipart_upload(**at_upload, MultipartUpload={"Parts": parts})
        client.abort_multipart_upload(**at_upload)
    assert server.world.uploads() == {}
    with refused("NoSuchUpload", 404):
        client.upload_part(**at_upload, PartNumber=1, Body=b"x")


def test_listing_by_pages_gives_every_key_and_prefix_once(server: R2Server, client: Any) -> None:
    names = ["a", "b/1", "b/2", "c/1", "c+d &<é", "d", "e/1/2"]
    for name in names:
        server.world.place(name, b"x")
    paging = {"Bucket": server.bucket, "PaginationConfig": {"PageSize": 2}}
    pages = list(client.get_paginator("list_objects_v2").paginate(**paging))
    assert [one["Key"] for page in pages for one in page["Contents"]] == sorted(names)
    for version in ("list_objects_v2", "list_objects"):
        pages = list(client.get_paginator(version).paginate(**paging, Delimiter="/"))
        keys = [one["Key"] for page in pages for one in page.get("Contents", [])]
        prefixes = [one["Prefix"] for page in pages for one in page.get("CommonPrefixes", [])]
        assert (keys, prefixes) == (["a", "c+d &<é", "d"], ["b/", "c/", "e/"])
    later = client.list_objects_v2(Bucket=server.bucket, StartAfter="c/1", Prefix="")
    assert [one["Key"] for one in later["Contents"]] == ["d", "e/1/2"]
    with refused("InvalidArgument", 400):
        client.list_objects_v2(Bucket=server.bucket, ContinuationToken="%%%")
    with refused("NoSuchBucket", 404):
        client.list_objects_v2(Bucket="another")


def test_batch_deletion_of_a_thousand_keys_names_the_one_that_failed(server: R2Server, client: Any) -> None:
    names = [f"k/{number}" for number in range(1001)]
    for name in names:
        server.world.place(name, b"x")
    server.faults.delete_fails_for = {"k/500"}
    keys = [{"Key": name} for name in names]
    with refused("MalformedXML", 400):
        client.delete_objects(Bucket=server.bucket, Delete={"Objects": keys})
    answer = client.delete_objects(Bucket=server.bucket, Delete={"Objects": keys[:1000]})
    assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [("k/500", "InternalError")]
    assert len(answer["Deleted"]) == 999
    assert server.world.keys() == ["k/1000", "k/500"]
    server.faults.refuse_checksum_on_delete = True
    with refused("NotImplemented", 501):
        client.delete_objects(Bucket=server.bucket, Delete={"Objects": keys[:1]})


def test_faults_of_answers_happen_as_often_as_asked(server: R2Server, client: Any) -> None:
    at: dict[str, Any] = {"Bucket": server.bucket, "Key": "k"}
    server.faults.fail_next = [503, 500]
    server.faults.too_many_requests_next = 1
    for code, status in (("TooManyRequests", 429), ("ServiceUnavailable", 503), ("InternalError", 500)):
        with refused(code, status):
            client.put_object(**at, Body=bytes(300 * KIB))
    server.faults.one_write_per_second = True
    client.put_object(**at, Body=b"x")
    with refused("TooManyRequests", 429):
        client.put_object(**at, Body=b"y")
    client.put_object(**at | {"Key": "l"}, Body=b"y")
    server.faults.lose_answers_next = 1
    with pytest.raises(HTTPClientError):
        client.put_object(**at | {"Key": "m"}, Body=b"y", IfNoneMatch="*")
    with refused("PreconditionFailed", 412):
        client.put_object(**at | {"Key": "m"}, Body=b"y", IfNoneMatch="*")
    assert server.world.writes_per_key == {"k": 1, "l": 1, "m": 1}


def test_connection_cut_within_a_body_leaves_nothing_behind(server: R2Server, client: Any, raw: httpx.Client) -> None:
    at = {"Bucket": server.bucket, "Key": "k"}
    body = bytes(range(256)) * KIB
    put = client.generate_presigned_url("put_object", Params=at)
    get = client.generate_presigned_url("get_object", Params=at)
    server.faults.cut_upload_after = 100_000
    with pytest.raises(httpx.TransportError):
        raw.put(put, content=body)
    assert server.world.keys() == []
    assert raw.put(put, content=body).status_code == 200
    server.faults.cut_download_after = 100_000
    got: list[bytes] = []
    with raw.stream("GET", get) as answer, pytest.raises(httpx.RemoteProtocolError):
        got.extend(answer.iter_raw())
    assert b"".join(got) == body[:100_000]
    assert raw.get(get).content == body


def test_client_that_goes_away_within_its_upload_is_borne(server: R2Server, client: Any, raw: httpx.Client) -> None:
    url = client.generate_presigned_url("put_object", Params={"Bucket": server.bucket, "Key": "k"})

    def half() -> Iterator[bytes]:
        yield bytes(100_000)
        raise RuntimeError("the client ends")

    with pytest.raises(RuntimeError, match="the client ends"):
        raw.put(url, content=half(), headers={"Content-Length": "200000"})
    assert raw.put(url, content=b"x").status_code == 200
    assert server.world.content("k") == b"x"


def test_upload_after_the_servers_death_goes_on_where_it_was(server: R2Server, client: Any) -> None:
    at: dict[str, Any] = {"Bucket": server.bucket, "Key": "m"}
    upload = at | {"UploadId": client.create_multipart_upload(**at)["UploadId"]}
    server.faults.die_after_part = 2
    client.upload_part(**upload, PartNumber=1, Body=bytes(8 * KIB))
    for number in (2, 3):
        with pytest.raises((HTTPClientError, ConnectionError)):
            client.upload_part(**upload, PartNumber=number, Body=bytes(8 * KIB))
    server.faults.unreachable = False
    kept = client.list_parts(**upload)["Parts"]
    assert [one["PartNumber"] for one in kept] == [1, 2]
    parts = [{"PartNumber": one["PartNumber"], "ETag": one["ETag"]} for one in kept]
    client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    assert server.world.objects()["m"].size == 16 * KIB


def test_slow_line_takes_the_time_it_takes(server: R2Server, client: Any) -> None:
    at: dict[str, Any] = {"Bucket": server.bucket, "Key": "k"}
    server.faults.bytes_per_second, server.faults.latency_s = 1_000_000, 0.02
    begun = time.monotonic()
    client.put_object(**at, Body=bytes(100_000))
    assert len(client.get_object(**at)["Body"].read()) == 100_000
    assert 0.24 <= time.monotonic() - begun < 5


def test_bodies_on_disk_go_with_their_objects(tmp_path: Path) -> None:
    with (
        R2Server(folder=tmp_path, smallest_part=8 * KIB) as server,
        closing(s3_client(server.endpoint, keys_of(server))) as client,
    ):
        at: dict[str, Any] = {"Bucket": server.bucket, "Key": "k"}
        client.put_object(**at, Body=b"0123456789")
        with refused("BadDigest", 400):
            client.put_object(**at, Body=b"x", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
        (file,) = tmp_path.iterdir()
        assert file.read_bytes() == b"0123456789"
        assert client.get_object(**at, Range="bytes=3-5")["Body"].read() == b"345"
        client.complete_multipart_upload(Bucket=server.bucket, Key="m", **completed(client, server.bucket, "m"))
        assert client.get_object(Bucket=server.bucket, Key="m")["Body"].read() == b"part"
        client.delete_objects(Bucket=server.bucket, Delete={"Objects": [{"Key": "k"}, {"Key": "m"}]})
        assert list(tmp_path.iterdir()) == []


def test_server_as_a_process_says_where_it_is() -> None:
    words = [sys.executable, "-m", "tests.servers.r2", "--key", "test", "--secret", "testtesttest"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        with closing(s3_client(first["endpoint"], ("test", "testtesttest", None))) as client:
            assert client.list_objects_v2(Bucket=first["bucket"])["KeyCount"] == 0
        process.terminate()
        process.wait(10)


def _both_ways(client: Any, bucket: str) -> list[object]:
    """What a client sees of a series of ordinary calls."""
    seen: list[object] = []

    def note(answer: Any, *names: str) -> Any:
        seen.append((answer["ResponseMetadata"]["HTTPStatusCode"], *(answer.get(name) for name in names)))
        return answer

    for number in range(7):
        note(client.put_object(Bucket=bucket, Key=f"p/{number}", Body=b"0123456789"[number:]), "ETag")
    got = note(client.get_object(Bucket=bucket, Key="p/0", Range="bytes=2-4"), "ContentRange", "ContentLength", "ETag")
    seen.append(got["Body"].read())
    note(client.head_object(Bucket=bucket, Key="p/6"), "ContentLength", "ETag")
    for page in client.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, Prefix="p/", PaginationConfig={"PageSize": 3}
    ):
        note(page, "KeyCount", "IsTruncated", "MaxKeys", "Prefix")
        seen.append([(one["Key"], one["Size"], one["ETag"]) for one in page["Contents"]])
    upload_id, parts = upload_parts(client, bucket, "m", [bytes(5 * MIB), b"1" * MIB])
    at_upload = {"Bucket": bucket, "Key": "m", "UploadId": upload_id}
    seen.append([(one["PartNumber"], one["ETag"], one["Size"]) for one in client.list_parts(**at_upload)["Parts"]])
    note(client.complete_multipart_upload(**at_upload, MultipartUpload={"Parts": parts}), "Bucket", "Key", "ETag")
    note(client.head_object(Bucket=bucket, Key="m"), "ContentLength", "ContentType", "ETag")
    note(client.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/p/0"))
    note(client.delete_object(Bucket=bucket, Key="nothing"))
    keys = [{"Key": name} for name in ("p/0", "p/1", "m", "nothing")]
    deleted = note(client.delete_objects(Bucket=bucket, Delete={"Objects": keys}))
    seen.append([one["Key"] for one in deleted["Deleted"]])
    listed = note(client.list_objects_v2(Bucket=bucket, Delimiter="/"), "KeyCount")
    seen.append((listed["CommonPrefixes"], [one["Key"] for one in listed["Contents"]]))
    for key in ("p/0", "nothing"):
        with pytest.raises(ClientError) as caught:
            client.get_object(Bucket=bucket, Key=key)
        seen.append(caught.value.response["Error"]["Code"])
    return seen


def test_ordinary_calls_have_the_results_that_moto_gives() -> None:
    other = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    other.start()
    try:
        host, port = other.get_host_and_port()
        with closing(s3_client(f"http://{host}:{port}", ("a", "b", None), "us-east-1")) as client:
            client.create_bucket(Bucket="studio")
            second_opinion = _both_ways(client, "studio")
    finally:
        other.stop()
    with R2Server() as server, closing(s3_client(server.endpoint, keys_of(server))) as client:
        assert _both_ways(client, server.bucket) == second_opinion
