"""The clients of connected services, made when they are first needed and anew when a connection changes.

Core process, asyncio loop. What speaks over the network is loaded with the first client: many starts need none.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar, cast

from dmdx_desktop.errors import AccountError
from dmdx_desktop.models.connection import SECRETS_OF, SecretName, Service
from dmdx_desktop.services.connections import Connections

if TYPE_CHECKING:
    from dmdx_desktop.services.openrouter import OpenRouter
    from dmdx_desktop.services.r2 import R2
    from dmdx_desktop.services.wavespeed import WaveSpeed

C = TypeVar("C")


class Backends:
    """Hands out one client for each service. Raises ``AccountError`` (not_connected) where there is no key."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections
        self._made: dict[Service, tuple[int, object]] = {}
        self._closing: list[Callable[[], Awaitable[None]]] = []

    async def close(self) -> None:
        """Let go of every client there ever was."""
        closing, self._closing = self._closing, []
        self._made.clear()
        for close in closing:
            await close()

    def openrouter(self) -> "OpenRouter":
        """The client of OpenRouter."""
        from dmdx_desktop.services.openrouter import OpenRouter

        def make() -> OpenRouter:
            settings = self.connections.settings
            client = OpenRouter(
                settings.openrouter_url,
                self._secret(SecretName.OPENROUTER_KEY),
                model=settings.openrouter_model,
                fallbacks=settings.openrouter_fallbacks,
                zero_retention=settings.zero_retention,
            )
            self._closing.append(client.close)
            return client

        return self._client(Service.OPENROUTER, make)

    def wavespeed(self) -> "WaveSpeed":
        """The client of WaveSpeed."""
        from dmdx_desktop.services.wavespeed import WaveSpeed

        def make() -> WaveSpeed:
            client = WaveSpeed(self.connections.settings.wavespeed_url, self._secret(SecretName.WAVESPEED_KEY))
            self._closing.append(client.close)
            return client

        return self._client(Service.WAVESPEED, make)

    def r2(self) -> "R2":
        """The client of the bucket."""
        from dmdx_desktop.services.r2 import R2, StorageKeys

        def make() -> R2:
            settings = self.connections.settings
            keys = StorageKeys(
                self._secret(SecretName.R2_ACCESS_KEY_ID),
                self._secret(SecretName.R2_SECRET_ACCESS_KEY),
                self.connections.secret(SecretName.R2_SESSION_TOKEN),
            )
            client = R2(settings.r2_endpoint or "", settings.r2_bucket, keys)
            self._closing.append(client.close)
            return client

        return self._client(Service.R2, make)

    def _client(self, service: Service, make: Callable[[], C]) -> C:
        revision, made = self._made.get(service, (-1, None))
        if made is not None and revision == self.connections.revision:
            return cast(C, made)
        if not self.connections.is_usable(service):
            raise not_connected(service)
        client = make()
        self._made[service] = (self.connections.revision, client)
        return client

    def _secret(self, name: SecretName) -> str:
        found = self.connections.secret(name)
        if found is None:
            raise not_connected(next(service for service, names in SECRETS_OF.items() if name in names))
        return found


def not_connected(service: Service) -> AccountError:
    """There is no key for what was asked."""
    return AccountError(
        "not_connected",
        f"{service.label} is not connected.",
        "It has no key, or the vault with the keys is locked.",
        "Give one in Settings, Connections, or unlock the vault.",
    )
