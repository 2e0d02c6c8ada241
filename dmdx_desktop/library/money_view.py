"""What the window shows of this month's money, and what a price depends on. Any process; on reader threads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from dmdx_desktop.library import ledger
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.ledger import Payee


@dataclass(frozen=True, slots=True)
class MoneyView:
    """This month (UTC) in micro-USD: charged, reserved for what is under way, and the budget, None where there is none.

    ``hour_left`` is what the fuse of an hour still allows, ``reading`` what the latest readings by a vision model have
    cost on average, None where there was none yet.
    """

    spent: int = 0
    reserved: int = 0
    budget: int | None = None
    is_lifted: bool = False
    hour_left: int = 0
    reading: int | None = None

    @property
    def limit(self) -> int | None:
        """What may not be passed now: the budget, unless it was lifted for this month."""
        return None if self.is_lifted else self.budget

    @property
    def left(self) -> int | None:
        """What is left of that; None where nothing limits it."""
        return None if self.limit is None else max(self.limit - self.spent - self.reserved, 0)

    def share_with(self, more: int = 0) -> float | None:
        """How much of the limit is spent and reserved, with so much more; None where there is none."""
        return None if self.limit is None else (self.spent + self.reserved + more) / max(self.limit, 1)


def money_view(connection: Connection) -> MoneyView:
    """How the money stands now."""
    meter = ledger.meter(connection)
    limits = meter.limits
    return MoneyView(
        spent=meter.spent,
        reserved=meter.reserved,
        budget=limits.month_micro_usd,
        is_lifted=limits.is_lifted,
        hour_left=max(limits.hour_micro_usd - meter.hour, 0),
        reading=ledger.usual_charge(connection, Payee.OPENROUTER),
    )


def most_ready_references(connection: Connection, pieces: Sequence[int]) -> int:
    """How many pictures that can be sent the piece with most of them has."""
    (most,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM (SELECT count(*) AS number FROM json_each(?) AS wanted"
        " JOIN reference ON reference.job_key = wanted.value AND reference.state = 'ready' GROUP BY reference.job_key)",
        (json.dumps(list(pieces)),),
    ).fetchone()
    return int(most)
