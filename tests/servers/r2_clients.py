"""How tests reach the R2-like server: through boto3, and with headers that botocore signs. In the test's thread."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import httpx
import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from tests.servers.r2 import R2Server
from tests.servers.r2_credentials import TemporaryCredentials

Keys = tuple[str, str, str | None]
"""Access key id, secret access key, session token."""


def s3_client(endpoint: str, keys: Keys, region: str = "auto") -> Any:
    """A client of boto3 as R2 wants it, without repetitions; to be closed."""
    config = Config(
        signature_version="s3v4",
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"},
        retries={"mode": "standard", "total_max_attempts": 1},
        proxies={},
    )
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=keys[0],
        aws_secret_access_key=keys[1],
        aws_session_token=keys[2],
        config=config,
    )


def keys_of(of: R2Server | TemporaryCredentials) -> Keys:
    return of.access_key_id, of.secret_access_key, of.session_token if isinstance(of, TemporaryCredentials) else None


@contextmanager
def refused(code: str, status: int) -> Iterator[None]:
    """Fails unless the call of boto3 inside is refused so."""
    with pytest.raises(ClientError) as caught:
        yield
    answer = caught.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (code, status)


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and code name of an answer."""
    found = re.search("<Code>(.*)</Code>", answer.text)
    return answer.status_code, found[1] if found else ""


def signed_headers(
    server: R2Server, method: str, url: str, body: bytes = b"", secret: str | None = None
) -> dict[str, str]:
    """The headers with which botocore signs a request."""
    request = AWSRequest(method=method, url=url, data=body)
    credentials = Credentials(server.access_key_id, secret or server.secret_access_key)
    S3SigV4Auth(credentials, "s3", "auto").add_auth(request)
    return dict(request.headers.items())


def upload_parts(client: Any, bucket: str, key: str, parts: list[bytes]) -> tuple[str, list[dict[str, Any]]]:
    """Begins an upload and sends its parts: the upload's id, and the parts as its completion lists them."""
    upload_id = client.create_multipart_upload(Bucket=bucket, Key=key, ContentType="image/png")["UploadId"]
    listed = []
    for number, part in enumerate(parts, 1):
        answer = client.upload_part(Bucket=bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=part)
        listed.append({"PartNumber": number, "ETag": answer["ETag"]})
    return upload_id, listed


def completed(client: Any, bucket: str, key: str) -> dict[str, Any]:
    """The arguments that complete a new upload of one part."""
    upload_id, parts = upload_parts(client, bucket, key, [b"part"])
    return {"UploadId": upload_id, "MultipartUpload": {"Parts": parts}}
