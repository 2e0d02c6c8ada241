"""The two streams of the command line, whatever they are connected to. The command line's thread.

A stream may be closed, full, narrower than Unicode, or read by a program that has seen enough; none of that may end in
a traceback, and nothing that came from outside may command the terminal.
"""

import contextlib
import io
import os
import sys

from dmdx_desktop.errors import DmdxError


class ReaderGoneError(Exception):
    """Whoever read our output has enough of it."""


def prepare_streams() -> None:
    """Let both streams take any text: what their encoding cannot say is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_result(text: str) -> None:
    """Write the result of a verb to standard output. Raises ``ReaderGoneError``, or ``DmdxError`` where it is full."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        _let_go_of_output()
        raise ReaderGoneError from error
    except (OSError, AttributeError) as error:  # a closed stream is None
        _let_go_of_output()
        raise DmdxError(
            "output_not_written",
            "The result could not be written.",
            "Standard output is closed, or the disk it goes to is full.",
            "The work itself is done and saved; look at it with `dmdx-desktop jobs` and `outputs`.",
        ) from error


def say(text: str) -> None:
    """Write a line for the person at the terminal to standard error, if there is one."""
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def _let_go_of_output() -> None:
    """What is still buffered goes nowhere: Python would complain about it when it flushes at its end."""
    if sys.stdout is not None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
