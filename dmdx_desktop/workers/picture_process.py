"""The picture process: opens what came from outside, so that the core never has to. A process of its own.

It reads requests from its standard input and answers on its standard output, one at a time. It holds no key, no
database and no socket; its memory is bounded; and it ends the moment the core that started it is gone.
"""

import ctypes
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.imaging import refusals
from dmdx_desktop.imaging.limits import limit_memory
from dmdx_desktop.imaging.operations import Answer, Operation, picture_operations
from dmdx_desktop.workers.frames import READY, Frame, FrameError, encode, read_frame, words_of

MEMORY_BYTES: Final = 1 << 30
# linux/prctl.h: the signal this process gets when the thread that started it is gone.
PR_SET_PDEATHSIG: Final = 1
log = logging.getLogger(__name__)


def serve(arguments: Sequence[str]) -> NoReturn:
    """Serve requests until the core goes away; the only argument is the folder of resources."""
    serve_operations(picture_operations(Path(arguments[0])))


def serve_operations(operations: Mapping[str, Operation], memory_bytes: int = MEMORY_BYTES) -> NoReturn:
    """Serve requests for ``operations`` on the standard streams, with at most ``memory_bytes`` more than now."""
    _end_with_the_core()
    requests, answers = _private_streams()
    limit_memory(memory_bytes)
    arrived: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests, arrived), name="requests", daemon=True).start()
    _send(answers, encode(READY))
    while True:
        _send(answers, _answer(operations, arrived.get()))


def _end_with_the_core() -> None:
    """Have Linux end us with the core, even in a computation that lets no other thread of ours run.

    Everywhere else, and for a core that was gone before this, the end of the requests says so.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes of the protocol, out of reach of libraries that print."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return requests, answers


def _receive(requests: BinaryIO, arrived: "queue.SimpleQueue[Frame]") -> None:
    """Hand requests on; at the end of the pipe end the process, whatever it is busy with."""
    try:
        while (frame := read_frame(requests)) is not None:
            arrived.put(frame)
    except (FrameError, OSError):
        log.debug("requests ended in the middle of a frame")
    os._exit(0)


def _send(answers: BinaryIO, frame: bytes) -> None:
    try:
        answers.write(frame)
        answers.flush()
    except BrokenPipeError:
        # The core is gone, or wants no answer any more.
        os._exit(0)


def _answer(operations: Mapping[str, Operation], frame: Frame) -> bytes:
    """The answer to a request; it carries the request's number, so that it is not taken for the answer to another."""
    number = frame.head.get("number")
    try:
        answer = _carry_out(operations, frame.head)
        return encode({"number": number, "values": answer.values}, answer.payloads)
    except DmdxError as error:
        return encode({"number": number, "problem": words_of(error)})
    except MemoryError:
        return encode({"number": number, "problem": words_of(refusals.out_of_memory())})


def _carry_out(operations: Mapping[str, Operation], head: Mapping[str, object]) -> Answer:
    name, arguments = head["operation"], head["arguments"]
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise FrameError("request is not what was agreed")
    return operations[name](arguments)


if __name__ == "__main__":
    serve(sys.argv[1:])
