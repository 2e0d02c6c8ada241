"""The calls of the WaveSpeed server about what was done and what it costs: history, deletion, prices, bills, balance.

Handlers on the server's thread.
"""

from collections.abc import Callable

from aiohttp import web

from tests.servers.wavespeed_answers import RefusalError, cut_page, envelope, ids_in, json_body, object_in, page_in
from tests.servers.wavespeed_faults import WaveSpeedFaults
from tests.servers.wavespeed_models import Catalogue, Json, Model
from tests.servers.wavespeed_records import Prediction, moment, unix_time
from tests.servers.wavespeed_world import DOLLAR, WaveSpeedWorld


class WaveSpeedAccount:
    """Reads the world of the server; only a deletion changes it."""

    def __init__(
        self, world: WaveSpeedWorld, faults: WaveSpeedFaults, catalogue: Catalogue, origin: Callable[[], str]
    ) -> None:
        self._world = world
        self._faults = faults
        self._catalogue = catalogue
        self._origin = origin

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/api/v3/predictions", self._history)
        app.router.add_post("/api/v3/predictions/delete", self._delete)
        app.router.add_post("/api/v3/model/price", self._price)
        app.router.add_post("/api/v3/model/pricing", self._pricing)
        app.router.add_post("/api/v3/billings/search", self._billings)
        app.router.add_get("/api/v3/balance", self._balance)

    def model(self, model_id: str) -> Model:
        """A model that can be run; refused when there is none, or none any more."""
        model = self._catalogue.models.get(model_id)
        if model is None or model_id in self._faults.retired:
            raise RefusalError(404, "model not found")
        return model

    def paid(self, micro_usd: int) -> int:
        """A price after discount."""
        rate = self._faults.discount_rate
        return micro_usd if rate is None else round(micro_usd * rate / 100)

    async def _history(self, request: web.Request) -> web.StreamResponse:
        self._world.called("history")
        refuse_next(self._faults.history_errors)
        body = await json_body(request)
        page = page_in(body)
        after, before = _time(body, "created_after"), _time(body, "created_before")
        model, status = body.get("model"), body.get("status")

        def wanted(job: Prediction) -> bool:
            in_time = (after is None or job.created_at >= after) and (before is None or job.created_at <= before)
            return in_time and model in (None, "", job.model) and status in (None, "", job.shown_status)

        found = self._world.newest(self._faults.history_lag_s, wanted)
        inputs = self._faults.echo_inputs and body.get("include_inputs") is True
        items = [
            {**job.shown(self._origin()), **({"inputs": job.inputs} if inputs else {})} for job in cut_page(found, page)
        ]
        total = {"total": len(found)} if self._faults.history_tells_total else {}
        return envelope({"page": page[0], **total, "items": items})

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        self._world.called("delete")
        return envelope({"deleted_count": self._world.delete(ids_in(await json_body(request), "ids"))})

    async def _price(self, request: web.Request) -> web.StreamResponse:
        self._world.called("price")
        if self._faults.price_status != 200:
            raise RefusalError(self._faults.price_status)
        body = await json_body(request)
        model = self.model(str(body.get("model_id", "")))
        price = model.micro_usd(model.known(object_in(body, "inputs")))
        rate = self._faults.discount_rate
        answer: Json = {
            "model_id": model.id,
            "price": self._shown_price(price),
            "discounted_price": self._shown_price(self.paid(price)),
            "currency": "USD",
        }
        return envelope(answer if rate is None else {**answer, "discount_rate": rate})

    async def _pricing(self, request: web.Request) -> web.StreamResponse:
        self._world.called("pricing")
        body = await json_body(request)
        model = self.model(str(body.get("model_id", "")))
        price = self._shown_price(model.micro_usd(model.known(object_in(body, "inputs"))))
        return envelope({"model_id": model.id, "unit_price": price, "currency": "USD"})

    async def _billings(self, request: web.Request) -> web.StreamResponse:
        self._world.called("billings")
        refuse_next(self._faults.billing_errors)
        body = await json_body(request)
        page, ids = page_in(body), ids_in(body, "prediction_uuids")
        start, end = body.get("start_time"), body.get("end_time")
        kind = body.get("billing_type")

        def wanted(job: Prediction) -> bool:
            at = 1000 * job.created_at
            in_time = (not isinstance(start, int) or at >= start) and (not isinstance(end, int) or at <= end)
            return in_time and kind in (None, "", "deduct") and (not ids or job.id in ids)

        jobs = self._world.newest(self._faults.billing_lag_s, wanted, deleted=True)
        found = [_bill(job) for job in jobs]
        return envelope({"page": page[0], "total": len(found), "items": cut_page(found, page)})

    async def _balance(self, request: web.Request) -> web.StreamResponse:
        self._world.called("balance")
        refuse_next(self._faults.balance_errors)
        return envelope({"balance": self._world.balance_micro_usd / DOLLAR})

    def _shown_price(self, micro_usd: int) -> float:
        return micro_usd if self._faults.prices_in_micro_usd else micro_usd / DOLLAR


def refuse_next(errors: list[int]) -> None:
    """Refuse this call with the next of the listed statuses, if there is one."""
    if errors:
        raise RefusalError(errors.pop(0))


def _bill(job: Prediction) -> Json:
    price, full = job.micro_usd / DOLLAR, job.full_micro_usd / DOLLAR
    return {
        "uuid": f"bill-{job.id}",
        "access_key_name": "default",
        "billing_type": "deduct",
        "price": price,
        "created_at": moment(job.created_at),
        "order": {"uuid": f"order-{job.id}", "state": job.order_state, "price": price, "origin_price": full},
        "prediction": {"uuid": job.id, "model_uuid": job.model, "status": job.status},
    }


def _time(body: Json, name: str) -> float | None:
    value = body.get(name)
    if value in (None, ""):
        return None
    try:
        return unix_time(str(value))
    except ValueError as error:
        raise RefusalError(400, f"{name} is not an RFC 3339 time") from error
