"""The installed PySide6 keeps the references of True, False and None, as release 6.12.0 on Python 3.11 does not.

There each emitted signal and each call without a result drops one, and after some thousand the interpreter aborts.
"""

import subprocess
import sys

# In a process of its own: on a bad release even its orderly end may abort. Few enough rounds to fail before that.
PROBE = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Probe(QObject):
    fired = Signal(object, object)
    plain = Signal()

app = QCoreApplication([])
probe = Probe()
watched = [True, False, None]

def counts():
    return [sys.getrefcount(value) for value in watched]

before = counts()
for _ in range(200):
    probe.fired.emit(1, 2)
    probe.plain.emit()
    app.processEvents()
    probe.setObjectName("probe")
    probe.property("missing")
lost = [one - other for one, other in zip(before, counts())]
print(max(lost))
"""

TOLERATED_LOSS = 20
"""References that other things may let go meanwhile; the bad release loses at least one per round."""


def test_runtime_singletons_keep_their_references() -> None:
    probe = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=60, check=False)
    assert probe.returncode == 0, probe.stderr
    assert int(probe.stdout) <= TOLERATED_LOSS
