"""From arguments to an exit code: parse, have it carried out, print what came of it. The command line's thread."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from dmdx_desktop.cli.ask import command_from
from dmdx_desktop.cli.carry_out import carry_out, check_installation, serve_window
from dmdx_desktop.cli.parser import build_parser, parse, parse_core
from dmdx_desktop.cli.progress import ProgressBar
from dmdx_desktop.cli.show import counted, problem_lines, text_of
from dmdx_desktop.config import Paths, default_basedir
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.models.outcome import ExitCode, Outcome, exit_code_of

CORE_VERB = "core"
NO_WINDOW_YET = "The window is not part of this version yet; the command line does the main job.\n\n"


def run(arguments: list[str]) -> int:
    """The whole command line. Every failure ends as one sentence with a remedy, never as a traceback."""
    try:
        return _run(arguments)
    except DmdxError as error:
        return _fail(error, as_json="--json" in arguments)
    except KeyboardInterrupt:
        _say("Stopped. Nothing is lost: `dmdx-desktop resume` goes on from here.")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough. Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.WELL


def _run(arguments: list[str]) -> int:
    if arguments[:1] == [CORE_VERB]:
        return serve_window(_paths(parse_core(arguments[1:])))
    values = parse(arguments)
    if values.verb is None:
        _print(NO_WINDOW_YET + build_parser().format_help())
        return ExitCode.WELL
    paths = _paths(values)
    began = time.monotonic()
    outcome = _outcome(values, paths)
    document = {**outcome.document, "elapsed_s": round(time.monotonic() - began, 3)}
    if values.json:
        _print(json.dumps(document) + "\n")
    else:
        _print(text_of(values.verb, document))
        for line in problem_lines(document):
            _say(line)
        left = document.get("unfinished")
        if isinstance(left, int) and left:
            _say(f"Unfinished from before: {counted(left, 'command')}. `dmdx-desktop resume` goes on with it.")
    return outcome.exit_code


def _paths(values: argparse.Namespace) -> Paths:
    return Paths(Path(os.path.abspath(values.basedir)) if values.basedir else default_basedir())


def _outcome(values: argparse.Namespace, paths: Paths) -> Outcome:
    bar = ProgressBar()
    try:
        if values.verb == "self-test":
            return check_installation()
        return carry_out(command_from(values), paths, bar.show)
    finally:
        bar.clear()


def _fail(error: DmdxError, *, as_json: bool) -> int:
    exit_code = exit_code_of(error)
    if as_json:
        problem = {"path": None, "code": error.code, "message": error.message, "remedy": error.remedy}
        _print(json.dumps({"problems": [problem]}) + "\n")
    _say(f"{error.message} {error.remedy}".strip())
    return exit_code


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
