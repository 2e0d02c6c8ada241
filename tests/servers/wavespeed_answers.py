"""How the WaveSpeed server answers: envelopes, refusals, what a gateway says in its place, and reading of requests.

Used on the server's thread; nothing is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import web

from tests.servers.loopback import cut_connection
from tests.servers.wavespeed_models import Json

T = TypeVar("T")
GATEWAY_PAGES = {502: "Bad Gateway", 504: "Gateway Time-out"}
MESSAGES = {
    400: "bad request",
    401: "unauthorized: invalid access key",
    402: "Insufficient credits. Please top up your balance.",
    403: "Insufficient credits. Please top up your balance.",
    404: "not found",
    413: "file too large",
    429: "Too Many Requests",
    500: "internal server error",
    503: "Service unavailable",
}
LARGEST_PAGE = 100


@dataclass(eq=False)
class RefusalError(Exception):
    """An error that is answered; status 0 cuts the connection, and ``code`` is the status if not given."""

    status: int
    message: str = ""
    error_code: str = ""
    data: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    code: int | None = None

    def answer(self, request: web.Request) -> web.StreamResponse:
        """The answer, in words of the gateway for the statuses that only a gateway gives."""
        if self.status == 0:
            return cut_connection(request)
        if self.status in GATEWAY_PAGES:
            title = f"{self.status} {GATEWAY_PAGES[self.status]}"
            page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
            return web.Response(status=self.status, text=page, content_type="text/html")
        body: Json = {
            "code": self.status if self.code is None else self.code,
            "message": self.message or MESSAGES.get(self.status, "error"),
            "data": self.data,
        }
        if self.error_code:
            body["error_code"] = self.error_code
        return web.json_response(body, status=self.status, headers=self.headers)


def envelope(data: object) -> web.Response:
    """A success."""
    return web.json_response({"code": 200, "message": "success", "data": data})


async def json_body(request: web.Request) -> Json:
    """The object in a request; refused when it is none."""
    try:
        body: object = await request.json()
    except ValueError as error:
        raise RefusalError(400, "invalid JSON body") from error
    if not isinstance(body, dict):
        raise RefusalError(400, "the body is not an object")
    return body


def object_in(body: Json, name: str) -> Json:
    """An object that may be left out."""
    value = body.get(name) or {}
    if not isinstance(value, dict):
        raise RefusalError(400, f"{name} is not an object")
    return value


def ids_in(body: Json, name: str) -> set[str]:
    """A list of ids that may be left out."""
    value = body.get(name) or []
    if not isinstance(value, list):
        raise RefusalError(400, f"{name} is not a list")
    return {str(each) for each in value}


def page_in(body: Json) -> tuple[int, int]:
    """Page, from 1, and its size; both are needed."""
    page, size = body.get("page"), body.get("page_size")
    if not isinstance(page, int) or not isinstance(size, int) or page < 1 or not 1 <= size <= LARGEST_PAGE:
        raise RefusalError(400, f"page and page_size are required; page_size is at most {LARGEST_PAGE}")
    return page, size


def cut_page(items: list[T], page: tuple[int, int]) -> list[T]:
    """The items of one page."""
    number, size = page
    return items[(number - 1) * size : number * size]
