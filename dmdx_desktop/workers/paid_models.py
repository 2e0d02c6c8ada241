"""The models that make pictures for money, as the catalogue has them now. Core process, asyncio loop."""

import asyncio
import time
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError, Retry, UsageError
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.choosing import unknown_choice
from dmdx_desktop.models.connection import Service
from dmdx_desktop.models.paid_model import CURATED, PaidModel
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.wavespeed_models import FILE, FRESH_S, CatalogueCache, brought_along, models_of

MOST_SUGGESTED: Final = 500


class PaidModels:
    """Knows every model; the catalogue is asked for at most once an hour.

    While offline an old one serves, and before there ever was one the models that this program brings along: images can
    be planned without a network.
    """

    def __init__(self, backends: Backends, cache: Path, resources: Path) -> None:
        self._backends = backends
        self._cache = CatalogueCache(cache)
        self._brought = resources / "engines" / FILE
        self._known: dict[str, PaidModel] = {}
        self._origin = ""
        self._fresh_until = 0.0
        self._one = asyncio.Lock()

    async def find(self, engine: str) -> PaidModel:
        """The model of an engine's id. Raises ``UsageError`` for one that is not there, ``DmdxError``: offline."""
        models = await self._models()
        if engine not in models and not self._is_fresh:
            models = await self._models(anew=True)
            if engine not in models and not self._is_fresh:
                raise _not_now()
        if engine not in models:
            raise model_retired(engine, self._suggested(models))
        model = models[engine]
        if not model.makes_pictures_from_pictures:
            raise UsageError(
                "engine_not_for_this",
                "This engine cannot make these pictures.",
                "It does not make pictures from references, or needs settings that are not offered here.",
                f"Choose another, such as {CURATED[0].id}.",
            )
        return model

    async def most_references(self, engine: str) -> int:
        """How many references an engine looks at; of a draft always one. Raises as :meth:`find`."""
        return 1 if engine == EngineId.DRAFT else (await self.find(engine)).most_references

    async def able(self) -> tuple[PaidModel, ...]:
        """Every model that can make pictures of ours. Raises ``DmdxError``."""
        return tuple(model for model in (await self._models()).values() if model.makes_pictures_from_pictures)

    @property
    def _is_fresh(self) -> bool:
        return time.monotonic() < self._fresh_until

    async def _models(self, *, anew: bool = False) -> dict[str, PaidModel]:
        async with self._one:
            origin = self._backends.connections.settings.url(Service.WAVESPEED) or ""
            if self._known and self._origin == origin and self._is_fresh and not anew:
                return self._known
            kept = await asyncio.to_thread(self._cache.load, origin)
            if kept is not None and (kept[1] and not anew):
                self._take(origin, kept[0], is_fresh=True)
                return self._known
            try:
                listed = await self._backends.wavespeed().fetch_catalogue()
            except DmdxError as error:
                if error.retry is not Retry.LATER:
                    raise
                old = kept[0] if kept is not None else await asyncio.to_thread(brought_along, self._brought)
                self._take(origin, old, is_fresh=False)
                return self._known
            await asyncio.to_thread(self._cache.keep, origin, listed)
            self._take(origin, models_of(listed), is_fresh=True)
            return self._known

    def _take(self, origin: str, models: tuple[PaidModel, ...], *, is_fresh: bool) -> None:
        self._origin, self._fresh_until = origin, time.monotonic() + FRESH_S if is_fresh else 0.0
        self._known = {model.id: model for model in models}

    @staticmethod
    def _suggested(models: dict[str, PaidModel]) -> list[str]:
        able = [model.id for model in models.values() if model.makes_pictures_from_pictures]
        return [EngineId.DRAFT.value, *able[:MOST_SUGGESTED]]


def _not_now() -> DmdxError:
    return DmdxError(
        "offline",
        "WaveSpeed cannot be reached.",
        "Whether there is such an engine can only be looked up online.",
        "Try again once you are online.",
        retry=Retry.LATER,
    )


def model_retired(engine: str, able: list[str]) -> UsageError:
    """There is no such engine, or no longer; the nearest of those there are is named."""
    known = {one.id for one in CURATED}
    if engine in known:
        return UsageError(
            "model_retired",
            "This engine is no longer offered.",
            "WaveSpeed has retired it.",
            f"Choose another, such as {next((one for one in able if one in known), EngineId.DRAFT.value)}.",
        )
    return unknown_choice("engine", engine, able)
