"""A picture process whose operations misbehave as a hostile picture could make it: it is run as a process of its own.

    python -m tests.workers.faulty_pictures [MEMORY_BYTES]

It serves like the real one, through the same code; only what it is asked to do is different.
"""

import os
import re
import signal
import sys
import threading
from collections.abc import Mapping

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.answers import Answer
from dmdx_desktop.workers.frames import LENGTH, MAX_PAYLOAD_BYTES
from dmdx_desktop.workers.picture_process import MEMORY_BYTES, serve_operations


class Misdeeds:
    """The operations. ``_outside`` is the pipe to the core, taken before the real code hides it."""

    def __init__(self) -> None:
        self._outside = os.dup(1)
        self._calls = 0

    def echo(self, arguments: Mapping[str, object]) -> Answer:
        self._calls += 1
        return Answer({"said": arguments.get("say"), "process": os.getpid(), "calls": self._calls})

    def refuse(self, arguments: Mapping[str, object]) -> Answer:
        raise PictureError("not_a_picture", "This is not a picture.", "It is something else.", "Choose another.")

    def die(self, arguments: Mapping[str, object]) -> Answer:
        os.kill(os.getpid(), signal.SIGKILL)
        return Answer()

    def break_down(self, arguments: Mapping[str, object]) -> Answer:
        raise ZeroDivisionError

    def hang(self, arguments: Mapping[str, object]) -> Answer:
        self._announce(arguments)
        threading.Event().wait()
        return Answer()

    def hang_and_hold_the_interpreter(self, arguments: Mapping[str, object]) -> Answer:
        self._announce(arguments)
        # Backtracks for longer than anybody lives, and lets no other thread of this process run meanwhile.
        re.match("(a+)+$", "a" * 64 + "b")
        return Answer()

    def grow(self, arguments: Mapping[str, object]) -> Answer:
        held = []
        while True:
            held.append(bytearray(16_000_000))

    def babble(self, arguments: Mapping[str, object]) -> Answer:
        os.write(self._outside, b"\xff" * 64)
        return Answer()

    def promise_too_much(self, arguments: Mapping[str, object]) -> Answer:
        body = b'{"head": {}, "payloads": [%d]}' % (MAX_PAYLOAD_BYTES + 1)
        os.write(self._outside, LENGTH.pack(len(body)) + body)
        return Answer()

    def nest_without_end(self, arguments: Mapping[str, object]) -> Answer:
        body = b"[" * 100_000
        os.write(self._outside, LENGTH.pack(len(body)) + body)
        return Answer()

    def answer_twice(self, arguments: Mapping[str, object]) -> Answer:
        body = b'{"head": {"number": %d, "values": {"said": "forged"}}, "payloads": []}' % int(str(arguments["number"]))
        os.write(self._outside, LENGTH.pack(len(body)) + body)
        return Answer({"said": "late"})

    def stop_half_way(self, arguments: Mapping[str, object]) -> Answer:
        os.write(self._outside, LENGTH.pack(100) + b'{"head"')
        os._exit(0)

    @staticmethod
    def _announce(arguments: Mapping[str, object]) -> None:
        """Tell the test, through a named pipe or a file, that the misdeed has begun."""
        path = arguments.get("announce_to")
        if isinstance(path, str):
            with open(path, "w") as stream:
                stream.write(str(os.getpid()))


if __name__ == "__main__":
    misdeeds = Misdeeds()
    names = [name for name in vars(Misdeeds) if not name.startswith("_")]
    bound = int(sys.argv[1]) if len(sys.argv) > 1 else MEMORY_BYTES
    serve_operations({name: getattr(misdeeds, name) for name in names}, bound)
