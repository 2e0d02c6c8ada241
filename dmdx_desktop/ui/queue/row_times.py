"""How long each image of the queue has been under way, and how long it still takes. Pure; GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dmdx_desktop.library.queue_view import QueueRow
from dmdx_desktop.ui.wording import tr

PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Timing:
    """What the times of rows are worked out from: the moment, and how fast each engine is."""

    now: int = 0
    """UTC epoch milliseconds."""
    running: int = 0
    seconds_of: Mapping[str, float] = field(default_factory=dict)
    """The median from one finished image of an engine to the next."""
    paused: bool = False


def elapsed_words(row: QueueRow, timing: Timing) -> str:
    """For how long it has been at this step; empty for what waits."""
    if row.state == PLANNED or not row.since or not timing.now:
        return ""
    return clock_words((timing.now - row.since) / 1000)


def left_words(row: QueueRow, place: int, timing: Timing) -> str:
    """How long until it is done; ``place`` counts what is listed before it. Empty where that is not for us to say."""
    if row.state.startswith("waiting") or row.state == "uncertain":
        return ""
    if timing.paused and row.state == PLANNED:
        return tr("Paused")
    each = timing.seconds_of.get(row.engine)
    if each is None:
        return tr("about a minute")
    if row.state == PLANNED:
        return clock_words(each * (place + 1))
    # Those under way share the machine: each takes as many turns as there are.
    left = each * max(timing.running, 1) - (timing.now - row.since) / 1000
    return clock_words(left) if left >= 1 else tr("any moment")


def clock_words(seconds: float) -> str:
    """Minutes and seconds, or hours and minutes of what takes long."""
    whole = max(round(seconds), 0)
    if whole < 3_600:
        return f"{whole // 60}:{whole % 60:02}"
    return tr("{hours} h {minutes} min", hours=whole // 3_600, minutes=whole % 3_600 // 60)
