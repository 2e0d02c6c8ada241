"""Lives of a shop that pays, ended by SIGKILL at random moments; what is looked at after each death, and at the end.

The program is killed, never its servers: what it had paid for stays paid for.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from subprocess import TimeoutExpired
from typing import Final

from dmdx_desktop.models.ids import now_ms
from tests.crash.audit import rows_of
from tests.crash.paid_audit import Line, audit, faults_after_death, open_requests
from tests.crash.paid_shop import PaidShop
from tests.end2end.command_line import Answer, checked

EARLIEST_S: Final = 0.3
SHORT_S, LONG_S, LONGEST_S = 1.2, 4.0, 15.0
"""How long lives last at most: when work goes faster than dying, otherwise, and where the machine is slow."""
LONGER: Final = 1.25
COMPLAINT: Final = re.compile(r"\b(?:ERROR|CRITICAL)\b.*")


def _nobody_watches() -> None:
    pass


@dataclass
class PaidLives:
    """The lives of one shop until it was killed ``kills`` times, and a last one to the end."""

    shop: PaidShop
    kills: int
    chance: random.Random
    faults: list[str] = field(default_factory=list)
    """What was found after deaths."""
    deaths: Counter[str] = field(default_factory=Counter)
    """How many requests nobody knew the end of when it died, in words."""
    starts: list[int] = field(default_factory=list)
    """When each life began, in milliseconds since 1970."""
    drained_in_s: float = 0.0
    after_death: Callable[[], None] = _nobody_watches
    _long_s: float = LONG_S
    _accepted: int = 0

    def live(self) -> list[Line]:
        """All lives, and what the last one leaves."""
        while self.deaths.total() < self.kills and not self._one_life(self._length_s()):
            self.faults += faults_after_death(self.shop)
            self.deaths[_words(open_requests(self.shop))] += 1
            self.after_death()
        began = time.monotonic()
        ended = self._one_life(None)
        self.drained_in_s = time.monotonic() - began
        assert ended
        self.faults += self._complaints()
        return audit(self.shop, self.faults)

    def _length_s(self) -> float:
        """A random time: short while less is left to do than to die, longer where lives are too short for anything."""
        accepted, self._accepted = self._accepted, len(self.shop.service.world.accepted_at)
        if self._accepted / self.shop.order.renders > self.deaths.total() / max(self.kills, 1):
            return self.chance.uniform(EARLIEST_S, SHORT_S)
        grows = self._accepted == accepted and self.deaths.total() > 0
        self._long_s = min(self._long_s * LONGER, LONGEST_S) if grows else max(self._long_s / LONGER, LONG_S)
        return self.chance.uniform(EARLIEST_S, self._long_s)

    def _one_life(self, seconds: float | None) -> bool:
        """Whether the program came to its end before ``seconds`` were over."""
        words = ["resume"] if self._has_begun() else self.shop.render_words()
        self.starts.append(now_ms())
        running = self.shop.program.start(*words, "--json")
        patience = 60.0 + 0.5 * self.shop.order.renders if seconds is None else seconds
        with running.process as process:
            try:
                out, err = process.communicate(timeout=patience)
            except TimeoutExpired:
                process.kill()
                out, err = process.communicate()
                if seconds is None:
                    self.faults.append(f"not done after {patience:.0f} s")
                    return True
                self.faults += [f"it said {err!r}"] if "Traceback" in err else []
                return False
        document = checked(Answer(process.returncode, out, err), process.returncode).document
        if process.returncode or document["problems"]:
            self.faults.append(f"it ended with {process.returncode} and {document['problems']}")
        return True

    def _has_begun(self) -> bool:
        """Whether the library knows what it was asked for."""
        if not self.shop.paths.library_db.exists():
            return False
        with rows_of(self.shop.paths.library_db) as rows:
            tables = rows.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'command'").fetchone()[0]
            return bool(tables and rows.execute("SELECT count(*) FROM command").fetchone()[0])

    def _complaints(self) -> list[str]:
        logs = "".join(file.read_text("utf-8", "replace") for file in self.shop.paths.logs.glob("*"))
        return [f"a log says: {line}" for line in sorted(set(COMPLAINT.findall(logs)))]


def _words(unanswered: int) -> str:
    return {0: "no request open", 1: "1 request open"}.get(unanswered, "several requests open")
