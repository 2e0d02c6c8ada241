"""The picture process: opens what came from outside, so that the core never has to. A process of its own.

It reads requests from its standard input and answers on its standard output, one at a time. It holds no key, no
database and no socket; its memory is bounded; and it ends the moment the core that started it is gone.
"""

import logging
import os
import queue
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.imaging import refusals
from dmdx_desktop.imaging.limits import limit_memory
from dmdx_desktop.imaging.operations import Answer, Operation, picture_operations
from dmdx_desktop.workers.frames import Frame, FrameError, encode, read_frame, words_of

MEMORY_BYTES: Final = 1 << 30
log = logging.getLogger(__name__)


def serve(arguments: Sequence[str]) -> NoReturn:
    """Serve requests until the core goes away; the only argument is the folder of resources."""
    requests, answers = _private_streams()
    operations = picture_operations(Path(arguments[0]))
    limit_memory(MEMORY_BYTES)
    arrived: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests, arrived), name="requests", daemon=True).start()
    while True:
        answers.write(_answer(operations, arrived.get()))
        answers.flush()


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


def _answer(operations: Mapping[str, Operation], frame: Frame) -> bytes:
    try:
        answer = _carry_out(operations, frame.head)
    except DmdxError as error:
        return encode({"problem": words_of(error)})
    except MemoryError:
        return encode({"problem": words_of(refusals.out_of_memory())})
    return encode({"values": answer.values}, answer.payloads)


def _carry_out(operations: Mapping[str, Operation], head: Mapping[str, object]) -> Answer:
    name, arguments = head["operation"], head["arguments"]
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise FrameError("request is not what was agreed")
    return operations[name](arguments)


if __name__ == "__main__":
    serve(sys.argv[1:])
