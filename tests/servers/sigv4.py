"""AWS Signature Version 4 as a server checks it, in the header form and in the query (presigned) form.

Written from the specification, without the code of any signing library, so that it can contradict one. Runs in the
server's thread; everything here is a function of its arguments.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from urllib.parse import quote, unquote_plus, unquote_to_bytes

from tests.servers.r2_errors import ErrorCode, R2Error, not_implemented

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
LARGEST_SKEW = timedelta(minutes=15)
LONGEST_EXPIRY_S = 604_800
MOMENT = "%Y%m%dT%H%M%SZ"

REGIONS = frozenset({"auto", "us-east-1", "", "wnam", "enam", "weur", "eeur", "apac", "oc"})
"""R2 takes ``us-east-1`` and nothing as other names of ``auto``; the rest are its location hints."""

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256\s+Credential=(?P<credential>[^,\s]+)\s*,?\s*"
    r"SignedHeaders=(?P<headers>[^,\s]+)\s*,?\s*Signature=(?P<signature>[0-9a-f]+)\s*"
)
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SignedRequest:
    """The parts of a request that a signature can cover. Names of headers are in lower case."""

    method: str
    raw_path: str
    raw_query: str
    headers: Mapping[str, str]

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Names and values of the query, decoded, in the order they were sent in."""
        pieces = (piece.partition("=") for piece in self.raw_query.split("&") if piece)
        return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in pieces)


@dataclass(frozen=True)
class Claim:
    """What a request says about its own signature, before anything is checked."""

    access_key_id: str
    session_token: str | None
    day: str
    region: str
    moment: datetime
    expires_s: int | None
    """None in the header form."""
    signed_headers: tuple[str, ...]
    signature: str
    payload: str
    """A SHA-256 in hexadecimal digits, or ``UNSIGNED_PAYLOAD``."""

    @property
    def presigned(self) -> bool:
        return self.expires_s is not None

    @property
    def scope(self) -> str:
        return f"{self.day}/{self.region}/s3/aws4_request"


def claim_of(request: SignedRequest) -> Claim:
    """The claim in ``request``. Raises ``R2Error`` for none, two, or one that cannot be read."""
    header = request.headers.get("authorization")
    in_query = any(name in {"X-Amz-Algorithm", "X-Amz-Signature"} for name, _ in request.parameters)
    if header is not None and in_query:
        raise R2Error(ErrorCode.INVALID_ARGUMENT, "Only one auth mechanism allowed")
    if in_query:
        return _query_claim(request)
    if header is None:
        raise R2Error(ErrorCode.UNAUTHORIZED)
    return _header_claim(request, header)


def check(request: SignedRequest, claim: Claim, secret: str, now: datetime) -> None:
    """Raises ``R2Error`` unless ``claim`` holds at ``now`` for who knows ``secret``."""
    if claim.expires_s is None:
        if abs(now - claim.moment) > LARGEST_SKEW:
            raise R2Error(ErrorCode.REQUEST_TIME_TOO_SKEWED)
    elif now > claim.moment + timedelta(seconds=claim.expires_s):
        raise R2Error(ErrorCode.EXPIRED_REQUEST)
    elif claim.moment - now > LARGEST_SKEW:
        raise R2Error(ErrorCode.REQUEST_TIME_TOO_SKEWED)
    # Else whoever holds a presigned URL could turn an upload into a copy by adding a header.
    for name in request.headers:
        if (name == "host" or name.startswith("x-amz-")) and name not in claim.signed_headers:
            raise R2Error(ErrorCode.ACCESS_DENIED, "There were headers present in the request which were not signed")
    if not hmac.compare_digest(signature_of(request, claim, secret), claim.signature):
        raise R2Error(ErrorCode.SIGNATURE_DOES_NOT_MATCH)


def signature_of(request: SignedRequest, claim: Claim, secret: str) -> str:
    """What the signature ought to be."""
    wanted = hashlib.sha256(canonical_request(request, claim).encode()).hexdigest()
    text = "\n".join((ALGORITHM, claim.moment.strftime(MOMENT), claim.scope, wanted))
    key = f"AWS4{secret}".encode()
    for part in (claim.day, claim.region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def canonical_request(request: SignedRequest, claim: Claim) -> str:
    """The text whose hash is signed."""
    names = sorted(claim.signed_headers)
    return "\n".join(
        (
            request.method,
            canonical_path(request.raw_path),
            canonical_query(request.parameters),
            *(f"{name}:{' '.join(request.headers.get(name, '').split())}" for name in names),
            "",
            ";".join(names),
            claim.payload,
        )
    )


def canonical_path(raw_path: str) -> str:
    """The path as it was sent, byte by byte: S3 neither merges slashes nor resolves dots nor encodes twice.

    Encoded anew, because clients differ in which harmless characters they leave as they are.
    """
    return quote(unquote_to_bytes(raw_path), safe="/-_.~") or "/"


def canonical_query(parameters: tuple[tuple[str, str], ...]) -> str:
    """Every parameter but the signature itself, encoded, then sorted: a parameter added later breaks the signature."""
    pairs = sorted(
        (quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in parameters if name != "X-Amz-Signature"
    )
    return "&".join(f"{name}={value}" for name, value in pairs)


def _header_claim(request: SignedRequest, header: str) -> Claim:
    wrong = ErrorCode.AUTHORIZATION_HEADER_MALFORMED
    found = _AUTHORIZATION.fullmatch(header)
    if found is None:
        raise R2Error(wrong, "The authorization header that you provided is not valid.")
    payload = request.headers.get("x-amz-content-sha256")
    if payload is None:
        raise R2Error(ErrorCode.INVALID_REQUEST, "Missing required header for this request: x-amz-content-sha256")
    if payload.startswith("STREAMING-"):
        raise not_implemented(payload)
    if payload != UNSIGNED_PAYLOAD and not _HASH.fullmatch(payload):
        raise R2Error(ErrorCode.INVALID_ARGUMENT, "x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256")
    access_key_id, day, region = _credential(found["credential"], wrong)
    return Claim(
        access_key_id=access_key_id,
        session_token=request.headers.get("x-amz-security-token"),
        day=day,
        region=region,
        moment=_moment(request.headers.get("x-amz-date", ""), day, wrong),
        expires_s=None,
        signed_headers=_names(found["headers"], wrong),
        signature=found["signature"],
        payload=payload,
    )


def _query_claim(request: SignedRequest) -> Claim:
    wrong = ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR
    if request.method not in {"GET", "HEAD", "PUT", "DELETE"}:
        raise not_implemented(f"A presigned {request.method} is")
    found = [(name, value) for name, value in request.parameters if name.startswith("X-Amz-")]
    values = dict(found)
    if len(values) != len(found):
        raise R2Error(wrong, "A query parameter of the signature was given twice")
    needed = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders")
    if values.get("X-Amz-Algorithm") != ALGORITHM or any(not values.get(name) for name in (*needed, "X-Amz-Signature")):
        raise R2Error(wrong, f"Query-string authentication requires {', '.join(needed)} and X-Amz-Signature")
    expires = values["X-Amz-Expires"]
    if not re.fullmatch(r"[0-9]{1,9}", expires) or not 1 <= int(expires) <= LONGEST_EXPIRY_S:
        raise R2Error(wrong, f"X-Amz-Expires must be between 1 and {LONGEST_EXPIRY_S} seconds")
    access_key_id, day, region = _credential(values["X-Amz-Credential"], wrong)
    return Claim(
        access_key_id=access_key_id,
        session_token=values.get("X-Amz-Security-Token"),
        day=day,
        region=region,
        moment=_moment(values["X-Amz-Date"], day, wrong),
        expires_s=int(expires),
        signed_headers=_names(values["X-Amz-SignedHeaders"], wrong),
        signature=values["X-Amz-Signature"],
        payload=UNSIGNED_PAYLOAD,
    )


def _credential(text: str, wrong: ErrorCode) -> tuple[str, str, str]:
    """Access key id, day and region of ``<id>/<day>/<region>/s3/aws4_request``."""
    parts = text.split("/")
    if len(parts) != 5 or parts[3:] != ["s3", "aws4_request"]:
        raise R2Error(wrong, "The credential must be <key id>/<date>/<region>/s3/aws4_request")
    if parts[2] not in REGIONS:
        raise R2Error(ErrorCode.INVALID_REGION_NAME, f"The region name '{parts[2]}' is not valid")
    return parts[0], parts[1], parts[2]


def _moment(text: str, day: str, wrong: ErrorCode) -> datetime:
    try:
        moment = datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise R2Error(wrong, "X-Amz-Date must be in the ISO 8601 form yyyyMMddTHHmmssZ") from None
    if not text.startswith(day) or len(day) != 8:
        raise R2Error(wrong, "The date of the credential is not the date of the request")
    return moment


def _names(text: str, wrong: ErrorCode) -> tuple[str, ...]:
    names = tuple(text.split(";"))
    if "host" not in names or any(name != name.lower() for name in names):
        raise R2Error(wrong, "The signed headers must be in lower case and include host")
    return names
