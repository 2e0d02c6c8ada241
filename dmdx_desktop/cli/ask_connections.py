"""From what was typed after ``connections`` to a command. The command line's thread."""

import argparse
from collections.abc import Callable, Mapping
from typing import Final

from dmdx_desktop.cli.amounts import millionths_of
from dmdx_desktop.cli.manual import CONNECTION_ACTIONS
from dmdx_desktop.cli.secret_input import read_secrets
from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.choosing import choose, unknown_choice
from dmdx_desktop.models.connecting import (
    MOST_BYTES_A_SECOND,
    MOST_MICRO_USD,
    CheckConnection,
    ChooseWay,
    ConnectionCommand,
    KeepCopies,
    ListConnections,
    RemoveConnection,
    SetBudget,
    SetConnection,
)
from dmdx_desktop.models.connection import Purpose, Service, Way, checked_base_url

_service: Final = choose(Service, "service")
_purpose: Final = choose(Purpose, "purpose")
_way: Final = choose(Way, "way")


def connection_command(values: argparse.Namespace) -> ConnectionCommand:
    """The command for what was typed. Raises ``UsageError`` with the nearest possible choice."""
    if values.action not in _ACTIONS:
        raise unknown_choice("action", values.action, list(CONNECTION_ACTIONS))
    return _ACTIONS[values.action](values)


def _list(values: argparse.Namespace) -> ConnectionCommand:
    _named(values, 0, "connections")
    return ListConnections()


def _set(values: argparse.Namespace) -> ConnectionCommand:
    (name,) = _named(values, 1, "connections set wavespeed")
    service: Service = _service(name)
    # An address that cannot be used is said before any key is asked for.
    url = None if values.url is None else checked_base_url(values.url)
    secrets, passphrase = read_secrets(service, with_passphrase=values.passphrase)
    return SetConnection(
        service=service,
        secrets=secrets,
        url=url,
        model=values.model,
        fallbacks=None if values.fallbacks is None else tuple(values.fallbacks),
        zero_retention=values.zero_retention,
        bucket=values.bucket,
        passphrase=passphrase,
    )


def _test(values: argparse.Namespace) -> ConnectionCommand:
    if not values.what:
        return CheckConnection()
    (name,) = _named(values, 1, "connections test wavespeed")
    return CheckConnection(service=_service(name))


def _remove(values: argparse.Namespace) -> ConnectionCommand:
    (name,) = _named(values, 1, "connections remove wavespeed")
    return RemoveConnection(service=_service(name))


def _use(values: argparse.Namespace) -> ConnectionCommand:
    purpose, way = _named(values, 2, "connections use identification local")
    return ChooseWay(purpose=_purpose(purpose), way=_way(way))


def _budget(values: argparse.Namespace) -> ConnectionCommand:
    (amount,) = _named(values, 1, "connections budget 50")
    if amount == "lift":
        return SetBudget(lift=True)
    if amount == "none":
        return SetBudget()
    month = millionths_of(amount, least=0, most=MOST_MICRO_USD)
    if month is None:
        raise UsageError(
            "wrong_use", "This is no amount.", "A budget is a number of USD for a month.",
            "For example `dmdx-desktop connections budget 50`, or `none`, or `lift`.",
        )  # fmt: skip
    return SetBudget(month_micro_usd=month)


def _copies(values: argparse.Namespace) -> ConnectionCommand:
    if values.what[:1] == ["limit"]:
        _, amount = _named(values, 2, "connections copies limit 2")
        return KeepCopies(limit=0 if amount == "none" else _bytes(amount))
    (what,) = _named(values, 1, "connections copies on")
    if what not in _COPIES:
        raise unknown_choice("choice", what, [*_COPIES, "limit"])
    return _COPIES[what]


def _bytes(amount: str) -> int:
    limit = millionths_of(amount, least=1, most=MOST_BYTES_A_SECOND)
    if limit is None:
        raise UsageError(
            "wrong_use", "This is no limit.", "A limit is a number of megabytes a second.",
            "For example `dmdx-desktop connections copies limit 2`, or `none`.",
        )  # fmt: skip
    return limit


def _named(values: argparse.Namespace, number: int, example: str) -> list[str]:
    what: list[str] = values.what
    if len(what) != number:
        raise UsageError(
            "wrong_use",
            "The command was not understood.",
            f"`connections {values.action}` takes {number or 'nothing'} more.",
            f"For example `dmdx-desktop {example}`.",
        )
    return what


_ACTIONS: Final[Mapping[str, Callable[[argparse.Namespace], ConnectionCommand]]] = {
    "list": _list,
    "set": _set,
    "test": _test,
    "remove": _remove,
    "use": _use,
    "budget": _budget,
    "copies": _copies,
}
_COPIES: Final = {
    "on": KeepCopies(on=True),
    "off": KeepCopies(on=False),
    "pause": KeepCopies(paused=True),
    "go-on": KeepCopies(paused=False),
}
