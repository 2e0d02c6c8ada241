"""Connects services, tries them, and says in words what works. Core process, asyncio loop."""

from collections.abc import Awaitable, Callable, Sequence

from pydantic import JsonValue, SecretStr

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import ledger, questions
from dmdx_desktop.library.database import Lane, Library, Transaction
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.connecting import (
    CheckConnection,
    ChooseWay,
    ConnectionCommand,
    KeepCopies,
    ListConnections,
    ListEngines,
    QuoteImages,
    RemoveConnection,
    SetBudget,
    SetConnection,
    SignIn,
    UnlockVault,
)
from dmdx_desktop.models.connection import SERVICE_OF, ConnectionReport, Health, Purpose, SecretName, Service
from dmdx_desktop.models.ids import now_ms
from dmdx_desktop.models.money_words import about_usd
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome
from dmdx_desktop.models.paid_model import CURATED, inputs_for, name_of
from dmdx_desktop.models.recipe import variants
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.workers.copying import Copying
from dmdx_desktop.workers.movers import Movers
from dmdx_desktop.workers.paid_models import PaidModels
from dmdx_desktop.workers.render_steps import resume_parked

Trial = Callable[[], Awaitable[ConnectionReport]]


class Connecting:
    """Carries out what is asked about connections."""

    def __init__(
        self, library: Library, backends: Backends, models: PaidModels, movers: Movers, copying: Copying
    ) -> None:
        self._copying = copying
        self._library = library
        self._backends = backends
        self._connections = backends.connections
        self._models = models
        self._movers = movers

    async def carry_out(self, command: ConnectionCommand) -> Outcome:
        """Carry ``command`` out. Raises ``DmdxError`` for one that cannot be."""
        match command:
            case ListConnections():
                return Outcome(ExitCode.WELL, await self._document())
            case SetBudget():
                await self._library.write(lambda tx: _set_budget(tx, command), lane=Lane.COMMAND)
            case SetConnection():
                await self._connections.set(command)
            case ChooseWay():
                await self._connections.choose(command.purpose, command.way)
            case RemoveConnection():
                await self._connections.remove(command.service)
            case KeepCopies():
                await self._connections.keep_copies(command)
            case UnlockVault():
                await self._connections.unlock(command.passphrase.get_secret_value())
            case CheckConnection():
                return await self._check(command.service)
            case ListEngines():
                return Outcome(ExitCode.WELL, await self._engines(command))
            case QuoteImages():
                return Outcome(ExitCode.WELL, await self._quote(command))
            case SignIn():
                await self._sign_in(command)
        await self._go_on()
        return Outcome(ExitCode.WELL, await self._document())

    async def _engines(self, command: ListEngines) -> Document:
        """The recommended engines, then the others by name; none where rendering is not connected."""
        connected = self._connections.is_usable(Service.WAVESPEED)
        able = {model.id: model for model in await self._models.able()} if connected else {}
        chosen = [one.id for one in CURATED if one.id in able]
        if command.all_models:
            chosen += sorted(able.keys() - set(chosen))
        words = {one.id: one.words for one in CURATED}
        engines: list[JsonValue] = [
            {
                "id": engine,
                "name": name_of(engine),
                "words": words.get(engine, ""),
                "price_from_micro_usd": able[engine].base_price_micro_usd,
                "most_references": able[engine].most_references,
            }
            for engine in chosen
        ]
        return {"connected": connected, "engines": engines, "retired": [], "problems": []}

    async def _quote(self, command: QuoteImages) -> Document:
        engine = command.recipe.engine
        if engine == EngineId.DRAFT:
            each = 0
        else:
            model = await self._models.find(engine)
            (variant, *_) = variants(command.recipe)
            stand_in = ["https://example.invalid/reference.jpg"] * command.references
            inputs = inputs_for(model, prompt="A ring.", references=stand_in, variant=variant, seed=0)
            each = await self._backends.wavespeed().quote_micro_usd(engine, inputs)
        meter = await self._library.read(ledger.meter)
        return {
            "each_micro_usd": each,
            "total_micro_usd": each * command.images,
            "fits_budget": meter.allows(each * command.images),
            "spent_micro_usd": meter.spent,
            "reserved_micro_usd": meter.reserved,
            "month_micro_usd": meter.limits.month_micro_usd,
            "problems": [],
        }

    async def _sign_in(self, command: SignIn) -> None:
        """The key that a sign-in in the browser was granted is kept as one that was typed."""
        from dmdx_desktop.services.openrouter import key_for_code

        # First whether it can be kept: a code is exchanged once, and a key that cannot be kept is lost.
        await self._connections.make_sure_of_keeping(command.keeping)
        key = await key_for_code(
            self._connections.settings.openrouter_url,
            command.code.get_secret_value(),
            command.verifier.get_secret_value(),
        )
        secrets = {SecretName.OPENROUTER_KEY: SecretStr(key)}
        await self._connections.set(SetConnection(service=Service.OPENROUTER, secrets=secrets, keeping=command.keeping))

    async def _check(self, service: Service | None) -> Outcome:
        connected = [one for one in Service if self._connections.is_usable(one)]
        reports = [await self._tried(one) for one in ([service] if service else connected or list(Service))]
        failed = any(report.health in (Health.FAILS, Health.OFF) for report in reports)
        document: Document = {"tests": [report.model_dump(mode="json") for report in reports], "problems": []}
        return Outcome(ExitCode.SOME_FAILED if failed else ExitCode.WELL, document)

    async def _tried(self, service: Service) -> ConnectionReport:
        if not self._connections.is_usable(service):
            words = (f"{service.label} is not connected.", f"Give its key: `dmdx-desktop connections set {service}`.")
            return ConnectionReport(service=service, health=Health.OFF, sentences=words, tested_at=now_ms())
        try:
            trials: dict[Service, Trial] = {
                Service.OPENROUTER: self._try_openrouter,
                Service.WAVESPEED: self._try_wavespeed,
                Service.R2: self._try_r2,
            }
            report = await trials[service]()
        except DmdxError as error:
            return _report(service, Health.FAILS, [error.message, error.remedy])
        await self._go_on()
        return report

    async def _go_on(self) -> None:
        """What waits for a connection may find it now."""
        renders_go_on = await self._library.write(resume_parked)
        questions_go_on = await self._library.write(questions.go_on)
        self._copying.look_again()
        if renders_go_on or questions_go_on or self._copying.is_on:
            self._movers.start()

    async def _try_openrouter(self) -> ConnectionReport:
        client = self._backends.openrouter()
        facts = await client.key_facts()
        sentences = ["The key works."]
        if facts.limit_micro_usd is None:
            sentences.append(f"It has no limit of its own; {about_usd(facts.used_micro_usd)} were spent with it.")
        else:
            left = facts.left_micro_usd if facts.left_micro_usd is not None else 0
            sentences.append(f"{about_usd(left)} of its limit of {about_usd(facts.limit_micro_usd)} are left.")
        if facts.expires_at:
            sentences.append(f"It expires on {facts.expires_at[:10]}.")
        balance = await client.balance_micro_usd()
        if balance is None:
            sentences.append("This key may not ask for the account's balance, which is usual.")
        sentences.append("Pictures go only to providers that neither keep nor learn from them.")
        known = {model.id: model for model in await client.vision_models()}
        model = self._connections.settings.openrouter_model
        health = Health.WORKS
        if model not in known:
            health = Health.WORKS_PARTLY
            sentences.append(f"The model {model} is not offered, or does not read pictures by a form.")
        elif known[model].going_away:
            sentences.append(f"The model {model} will be gone after {str(known[model].going_away)[:10]}.")
        return _report(Service.OPENROUTER, health, sentences, balance=balance, limit=facts.left_micro_usd)

    async def _try_wavespeed(self) -> ConnectionReport:
        client = self._backends.wavespeed()
        balance = await client.balance_micro_usd()
        models = await client.fetch_models()
        able = sum(model.makes_pictures_from_pictures for model in models)
        sentences = [
            "The key works.",
            f"The balance is {about_usd(balance)}.",
            f"{able} models can make your pictures.",
        ]
        health = Health.WORKS
        if balance <= 0:
            health = Health.WORKS_PARTLY
            sentences.append("There is no credit left; nothing is made until some is added.")
        storage = self._connections.serves(Purpose.STORAGE)
        sentences.append(
            "References reach it through your own bucket."
            if storage is Service.R2
            else "References are uploaded to WaveSpeed, where they stay for seven days at an address nobody can guess."
        )
        return _report(Service.WAVESPEED, health, sentences, balance=balance)

    async def _try_r2(self) -> ConnectionReport:
        storage = self._backends.r2()
        return _report(Service.R2, Health.WORKS, await storage.trial())

    async def _document(self) -> Document:
        meter = await self._library.read(ledger.meter)
        connections, settings = self._connections, self._connections.settings
        services: list[JsonValue] = [
            {
                "service": service.value,
                "url": settings.url(service),
                "keys": connections.kept_where(service),
                "usable": connections.is_usable(service),
                **_more_of(
                    service,
                    settings.openrouter_model,
                    settings.openrouter_fallbacks,
                    settings.zero_retention,
                    settings.r2_bucket,
                ),
            }
            for service in Service
        ]
        purposes: list[JsonValue] = [
            {
                "purpose": purpose.value,
                "way": settings.way(purpose).value,
                "service": _served(connections.serves(purpose)),
            }
            for purpose in SERVICE_OF
        ]
        return {
            "purposes": purposes,
            "services": services,
            "copies": await self._copies(),
            "vault": connections.vault_state.value,
            "money": {
                "month_micro_usd": meter.limits.month_micro_usd,
                "hour_micro_usd": meter.limits.hour_micro_usd,
                "is_lifted": meter.limits.is_lifted,
                "spent_micro_usd": meter.spent,
                "reserved_micro_usd": meter.reserved,
            },
            "problems": [],
        }

    async def _copies(self) -> Document:
        """How images are copied to the bucket, and how far that is; bytes as they have left and arrived."""
        settings, count = self._connections.settings, await self._copying.count()
        progress, trouble = self._copying.progress, self._copying.trouble
        return {
            "on": settings.copies,
            "paused": settings.copies_paused,
            "limit_bytes_per_second": settings.copies_limit or None,
            "waiting": count.waiting,
            "stored": count.stored,
            "failed": count.failed,
            "waiting_bytes": count.waiting_bytes,
            "stored_bytes": count.stored_bytes,
            "arriving_bytes": 0 if progress is None else progress.bytes_arriving,
            "trouble": None if trouble is None else trouble.message,
        }


def _set_budget(tx: Transaction, command: SetBudget) -> None:
    if command.lift:
        ledger.lift_budget(tx)
        return
    if command.hour_micro_usd is not None:
        attempts = ledger.limits(tx.connection).attempts_per_render
        ledger.set_fuses(tx, attempts_per_render=attempts, hour_micro_usd=command.hour_micro_usd)
    else:
        ledger.set_budget(tx, command.month_micro_usd)


def _report(
    service: Service, health: Health, sentences: Sequence[str], *, balance: int | None = None, limit: int | None = None
) -> ConnectionReport:
    return ConnectionReport(
        service=service,
        health=health,
        sentences=tuple(sentence for sentence in sentences if sentence),
        balance_micro_usd=balance,
        limit_micro_usd=limit,
        tested_at=now_ms(),
    )


def _more_of(
    service: Service, model: str, fallbacks: Sequence[str], zero_retention: bool, bucket: str
) -> dict[str, JsonValue]:
    match service:
        case Service.OPENROUTER:
            return {"model": model, "fallbacks": list(fallbacks), "zero_retention": zero_retention}
        case Service.R2:
            return {"bucket": bucket}
        case _:
            return {}


def _served(service: Service | None) -> str | None:
    return None if service is None else service.value
