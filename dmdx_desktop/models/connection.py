"""Where backends are and who does a kind of work: connections as values. Pure; any process and thread.

Nothing here is secret: keys live in the vault (``services.vault``) and are named by :class:`SecretName` only.
"""

import ipaddress
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.term import Term

LONGEST_URL: Final = 500
LONGEST_MODEL: Final = 200
LONGEST_SECRET: Final = 4_096
MOST_FALLBACKS: Final = 3
ADDRESS: Final = re.compile(r"[A-Za-z]+://[A-Za-z0-9.:\[\]_-]+(?:/[A-Za-z0-9._~/-]*)?")
"""What an address of a service is written with: no query, fragment, user name, space or letter beyond ASCII."""


class Service(Term):
    """A backend that may be connected with keys of the user's own."""

    OPENROUTER = "openrouter", "OpenRouter"
    WAVESPEED = "wavespeed", "WaveSpeed"
    R2 = "r2", "Cloudflare R2"


class Purpose(Term):
    """A kind of work that is done here or by a service."""

    IDENTIFICATION = "identification"
    RENDERING = "rendering"
    STORAGE = "storage"


class Way(Term):
    """Who does a kind of work."""

    LOCAL = "local", "On this computer"
    OWN_KEYS = "own_keys"


class SecretName(StrEnum):
    """What is kept in the vault."""

    OPENROUTER_KEY = "openrouter_key"
    WAVESPEED_KEY = "wavespeed_key"
    R2_ACCESS_KEY_ID = "r2_access_key_id"
    R2_SECRET_ACCESS_KEY = "r2_secret_access_key"
    R2_SESSION_TOKEN = "r2_session_token"


SERVICE_OF: Final[Mapping[Purpose, Service]] = {
    Purpose.IDENTIFICATION: Service.OPENROUTER,
    Purpose.RENDERING: Service.WAVESPEED,
    Purpose.STORAGE: Service.R2,
}
SECRETS_OF: Final[Mapping[Service, tuple[SecretName, ...]]] = {
    Service.OPENROUTER: (SecretName.OPENROUTER_KEY,),
    Service.WAVESPEED: (SecretName.WAVESPEED_KEY,),
    Service.R2: (SecretName.R2_ACCESS_KEY_ID, SecretName.R2_SECRET_ACCESS_KEY, SecretName.R2_SESSION_TOKEN),
}
NEEDED: Final = frozenset(SecretName) - {SecretName.R2_SESSION_TOKEN}
"""The secrets without which their service cannot be used; a session token comes with temporary credentials alone."""

OPENROUTER_URL: Final = "https://openrouter.ai/api/v1"
OPENROUTER_MODEL: Final = "google/gemini-3-flash-preview"
WAVESPEED_URL: Final = "https://api.wavespeed.ai"


def is_loopback(host: str) -> bool:
    """Whether a host of an address is this computer itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_base_url(text: str) -> str:
    """An address that keys may be sent to, without a slash at its end. Raises ``UsageError``: not_https, wrong_address.

    Only https, or http to this computer itself; no user name, query or fragment.
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _wrong_address() from None
    if len(text) > LONGEST_URL or not ADDRESS.fullmatch(text) or not host or parts.username is not None:
        raise _wrong_address()
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise UsageError(
            "not_https",
            "This address cannot be used.",
            "Keys are sent over https alone, but for servers on this computer itself.",
            "Give an address that begins with https://.",
        )
    return text.rstrip("/")


BaseUrl = Annotated[str, AfterValidator(checked_base_url)]


class ConnectionSettings(BaseModel):
    """All that is known of the connections but their keys; kept as ``connections.json`` in the basedir.

    What a newer program wrote beside it is left out, so that an older one still starts.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    version: Literal[1] = 1
    identification: Way = Way.LOCAL
    rendering: Way = Way.LOCAL
    storage: Way = Way.LOCAL
    openrouter_url: BaseUrl = OPENROUTER_URL
    openrouter_model: str = Field(default=OPENROUTER_MODEL, min_length=1, max_length=LONGEST_MODEL)
    openrouter_fallbacks: tuple[str, ...] = Field(default=(), max_length=MOST_FALLBACKS)
    zero_retention: bool = False
    wavespeed_url: BaseUrl = WAVESPEED_URL
    r2_endpoint: BaseUrl | None = None
    r2_bucket: str = Field(default="", max_length=63)
    copies: bool = False
    """Whether finished images of paid engines are copied to the bucket."""
    copies_paused: bool = False
    copies_limit: int = Field(default=0, ge=0)
    """Bytes a second that copies may take; 0 for as many as there is room for."""

    def way(self, purpose: Purpose) -> Way:
        """Who does this kind of work."""
        ways = {
            Purpose.IDENTIFICATION: self.identification,
            Purpose.RENDERING: self.rendering,
            Purpose.STORAGE: self.storage,
        }
        return ways[purpose]

    def url(self, service: Service) -> str | None:
        """Where a service is; None for a bucket whose endpoint was not given."""
        urls = {
            Service.OPENROUTER: self.openrouter_url,
            Service.WAVESPEED: self.wavespeed_url,
            Service.R2: self.r2_endpoint,
        }
        return urls[service]


class Health(StrEnum):
    """How a connection does."""

    OFF = "off"
    """Not set."""
    UNTESTED = "untested"
    WORKS = "works"
    WORKS_PARTLY = "works_partly"
    FAILS = "fails"


class ConnectionReport(BaseModel):
    """What a test of a connection found, in sentences; money in micro-USD, None where the service does not say."""

    model_config = ConfigDict(frozen=True)

    service: Service
    health: Health
    sentences: tuple[str, ...]
    balance_micro_usd: int | None = None
    limit_micro_usd: int | None = None
    tested_at: int


def _wrong_address() -> UsageError:
    return UsageError(
        "wrong_address",
        "This address cannot be used.",
        "It is not the address of a server, or has parts that an address of a service does not have.",
        "Give it as https://host/path, without a user name, a question mark or a #.",
    )
