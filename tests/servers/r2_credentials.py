"""Who may do what at the object store: permanent keys, and temporary credentials made of them as R2 makes them.

``mint`` runs in any thread (it is what a gateway's function does), the key ring in the server's thread.

The session token is base64 of ``jwt/`` and a JWT (HS256) signed with the parent's secret access key; the temporary
secret is the SHA-256 of that JWT in hexadecimal digits; the access key id is the parent's.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from tests.servers.r2_errors import ErrorCode, R2Error
from tests.servers.r2_operations import LISTINGS, READS, WRITES, Call, Operation

LONGEST_TTL_S = 604_800
ACCOUNT_ID = "0" * 32


class Scope(StrEnum):
    """R2's sets of operations."""

    OBJECT_READ_ONLY = "object-read-only"
    OBJECT_READ_WRITE = "object-read-write"
    ADMIN_READ_ONLY = "admin-read-only"
    ADMIN_READ_WRITE = "admin-read-write"


OPERATIONS = {
    Scope.OBJECT_READ_ONLY: READS,
    Scope.OBJECT_READ_WRITE: READS | WRITES,
    Scope.ADMIN_READ_ONLY: READS,
    Scope.ADMIN_READ_WRITE: READS | WRITES,
}
"""One bucket is all there is, so the admin scopes add nothing."""


@dataclass(frozen=True)
class PermanentKey:
    """A key of the account: it may do everything and never leaves the gateway."""

    access_key_id: str
    secret_access_key: str


@dataclass(frozen=True)
class TemporaryCredentials:
    """What a client is given, in the words of every S3 client."""

    access_key_id: str
    secret_access_key: str
    session_token: str


def mint(
    parent: PermanentKey,
    *,
    bucket: str,
    audience: str,
    scope: Scope | None = Scope.OBJECT_READ_WRITE,
    prefixes: Iterable[str] = (),
    objects: Iterable[str] = (),
    actions: Iterable[Operation] = (),
    ttl_s: float = 900,
    account_id: str = ACCOUNT_ID,
    now: datetime | None = None,
) -> TemporaryCredentials:
    """Credentials of ``ttl_s`` seconds for one bucket; ``audience`` is the host of the endpoint, with its port.

    Without prefixes and objects they are for the whole bucket; ``actions`` narrow the scope. A negative ``ttl_s`` makes
    credentials that have already expired.
    """
    moment = (now or datetime.now(UTC)).timestamp()
    claims: dict[str, Any] = {
        "sub": account_id,
        "iss": parent.access_key_id,
        "aud": audience,
        "iat": int(moment),
        "exp": int(moment + ttl_s),
        "bucket": bucket,
    }
    if scope is not None:
        claims["scope"] = scope.value
    if listed := [action.value for action in actions]:
        claims["actions"] = listed
    paths = {"prefixPaths": list(prefixes), "objectPaths": list(objects)}
    if any(paths.values()):
        claims["paths"] = paths
    head = _base64url(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    unsigned = f"{head}.{_base64url(json.dumps(claims).encode())}"
    jwt = f"{unsigned}.{_base64url(_signature(parent.secret_access_key, unsigned))}"
    return TemporaryCredentials(
        access_key_id=parent.access_key_id,
        secret_access_key=hashlib.sha256(jwt.encode()).hexdigest(),
        session_token=base64.b64encode(f"jwt/{jwt}".encode()).decode(),
    )


@dataclass(frozen=True)
class Grant:
    """What one request's credentials allow. ``None`` stands for all of it."""

    bucket: str | None = None
    operations: frozenset[Operation] | None = None
    prefixes: tuple[str, ...] | None = None
    objects: frozenset[str] = frozenset()

    def check(self, call: Call) -> None:
        """Raises ``R2Error`` unless ``call`` is allowed; ``reaches`` is for keys in bodies and headers."""
        allowed = (
            self.bucket in (None, call.bucket)
            and (self.operations is None or call.operation in self.operations)
            and self._reaches_the_place_of(call)
        )
        if not allowed:
            raise R2Error(ErrorCode.ACCESS_DENIED)

    def reaches(self, bucket: str, key: str) -> bool:
        """Whether the object is among those that the credentials are for."""
        if self.bucket not in (None, bucket):
            return False
        return self.prefixes is None or key in self.objects or key.startswith(self.prefixes)

    def allows(self, operation: Operation) -> bool:
        return self.operations is None or operation in self.operations

    def _reaches_the_place_of(self, call: Call) -> bool:
        if call.operation in LISTINGS:
            # A listing of objects by name alone is not to be had: it would tell of its neighbours.
            return self.prefixes is None or call.query.get("prefix", "").startswith(self.prefixes)
        return not call.key or self.reaches(call.bucket, call.key)


class KeyRing:
    """The account's keys and what their temporary credentials allow.

    ``revoke`` may come from another thread: it is one step.
    """

    def __init__(self, keys: Iterable[PermanentKey]) -> None:
        self._secrets = {key.access_key_id: key.secret_access_key for key in keys}

    def revoke(self, access_key_id: str) -> None:
        """All temporary credentials made of the key end with it."""
        self._secrets.pop(access_key_id, None)

    def look_up(
        self, access_key_id: str, session_token: str | None, hosts: Iterable[str], now: datetime
    ) -> tuple[str, Grant]:
        """The secret that a request of these credentials is signed with, and what it may do.

        ``hosts`` are the names of this server that a token may be made out to. Raises ``R2Error``: Unauthorized for an
        unknown key or a token that is not of its making, AccessDenied for one that has expired.
        """
        secret = self._secrets.get(access_key_id)
        if secret is None:
            raise R2Error(ErrorCode.UNAUTHORIZED)
        if session_token is None:
            return secret, Grant()
        jwt, claims = _opened(session_token, secret)
        lasts = claims["exp"] - claims["iat"]
        if claims["iss"] != access_key_id or claims["aud"] not in hosts or lasts > LONGEST_TTL_S:
            raise R2Error(ErrorCode.UNAUTHORIZED)
        if claims["exp"] <= now.timestamp():
            raise R2Error(ErrorCode.ACCESS_DENIED, "The temporary credentials have expired")
        return hashlib.sha256(jwt.encode()).hexdigest(), _grant(claims)


def _opened(session_token: str, secret: str) -> tuple[str, Mapping[str, Any]]:
    """The JWT inside a session token and its claims, if ``secret`` signed it."""
    try:
        token = base64.b64decode(session_token, validate=True).decode()
        jwt = token.removeprefix("jwt/")
        unsigned, _, signature = jwt.rpartition(".")
        head, body = (json.loads(_from_base64url(part)) for part in unsigned.split("."))
        genuine = hmac.compare_digest(_from_base64url(signature), _signature(secret, unsigned))
    except (binascii.Error, ValueError):
        raise R2Error(ErrorCode.UNAUTHORIZED) from None
    needed = {"iss": str, "aud": str, "iat": int, "exp": int, "bucket": str}
    complete = isinstance(body, dict) and all(isinstance(body.get(name), kind) for name, kind in needed.items())
    typed = token != jwt and isinstance(head, dict) and head.get("alg") == "HS256"
    if not (typed and genuine and complete):
        raise R2Error(ErrorCode.UNAUTHORIZED)
    return jwt, body


def _grant(claims: Mapping[str, Any]) -> Grant:
    scope, actions = claims.get("scope"), claims.get("actions")
    if scope is None and not actions:
        raise R2Error(ErrorCode.UNAUTHORIZED, "The token names neither a scope nor actions")
    try:
        operations = OPERATIONS[Scope(scope)] if scope is not None else READS | WRITES
        if actions:
            operations &= {Operation(action) for action in actions}
    except ValueError:
        raise R2Error(ErrorCode.UNAUTHORIZED, "The token names a scope or an action that there is not") from None
    paths = claims.get("paths", {})
    prefixes, objects = paths.get("prefixPaths", []), paths.get("objectPaths", [])
    limited = bool(prefixes or objects)
    return Grant(claims["bucket"], frozenset(operations), tuple(prefixes) if limited else None, frozenset(objects))


def _signature(secret: str, text: str) -> bytes:
    return hmac.digest(secret.encode(), text.encode(), "sha256")


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
