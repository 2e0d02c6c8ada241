"""Connections as text for people in a terminal. Pure; the command line's thread."""

from collections.abc import Iterable
from typing import Final

from pydantic import JsonValue

from dmdx_desktop.models.connection import Purpose, Service, Way
from dmdx_desktop.models.money_words import about_usd
from dmdx_desktop.models.outcome import Document

WHERE: Final = {
    "environment": "key from the environment",
    "this_start": "key until the program ends",
    "vault": "key in the vault",
    "nowhere": "not connected",
}
HEALTH: Final = {"works": "works", "works_partly": "works, but", "fails": "FAILS", "off": "not connected"}


def connections_text(document: Document) -> Iterable[str]:
    """What the document of ``connections`` says, whichever action it is of."""
    tests = document.get("tests")
    if isinstance(tests, list):
        for test in tests:
            if isinstance(test, dict):
                yield from _test(test)
        return
    for purpose in _rows(document, "purposes"):
        service = purpose.get("service")
        way = Service(service).label if isinstance(service, str) else Way.LOCAL.label
        yield f"{Purpose(str(purpose['purpose'])).label + ':':<16}{way}"
    for service in _rows(document, "services"):
        more = [str(service[name]) for name in ("url", "model", "bucket") if service.get(name)]
        where = WHERE.get(str(service["keys"]), str(service["keys"]))
        yield f"{Service(str(service['service'])).label + ':':<16}{where}{''.join(f', {one}' for one in more)}"
    if document.get("vault") in ("locked", "lost"):
        yield f"The vault is {document['vault']}."
    copies = document.get("copies")
    if isinstance(copies, dict) and copies.get("on"):
        yield f"{'Copies:':<16}{_copies(copies)}"
    money = document.get("money")
    if isinstance(money, dict):
        yield from _money(money)


def _test(test: dict[str, JsonValue]) -> Iterable[str]:
    yield f"{Service(str(test['service'])).label}: {HEALTH.get(str(test['health']), str(test['health']))}"
    sentences = test.get("sentences")
    for sentence in sentences if isinstance(sentences, list) else []:
        yield f"  {sentence}"


def _copies(copies: dict[str, JsonValue]) -> str:
    failed = f", {copies['failed']} cannot be read" if copies.get("failed") else ""
    how = "paused" if copies.get("paused") else str(copies.get("trouble") or "on")
    return f"{copies['stored']} in the bucket, {copies['waiting']} waiting{failed}; {how}"


def _money(money: dict[str, JsonValue]) -> Iterable[str]:
    spent = f"{_usd(money.get('spent_micro_usd'))} spent this month, {_usd(money.get('reserved_micro_usd'))} reserved"
    budget = money.get("month_micro_usd")
    if budget is None:
        yield f"{'Money:':<16}{spent}, no budget"
    else:
        lifted = ", lifted for this month" if money.get("is_lifted") else ""
        yield f"{'Money:':<16}{spent}, budget {_usd(budget)}{lifted}"


def _usd(micro: JsonValue) -> str:
    return about_usd(micro if isinstance(micro, int) else 0)


def _rows(document: Document, name: str) -> list[dict[str, JsonValue]]:
    rows = document.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
