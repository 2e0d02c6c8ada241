"""From arguments to an exit code: parse, have it carried out, print what came of it. The command line's thread."""

import argparse
import json
import os
import shlex
import time
from collections.abc import Sequence
from typing import Final

from dmdx_desktop.cli.after import after_lines
from dmdx_desktop.cli.ask import command_from, paths_of, unusable_names
from dmdx_desktop.cli.carry_out import carry_out, check_installation, serve_window
from dmdx_desktop.cli.first_window import open_window
from dmdx_desktop.cli.manual import MANUAL, PROGRAM
from dmdx_desktop.cli.parser import VERSION, parse, parse_core
from dmdx_desktop.cli.progress import ProgressBar
from dmdx_desktop.cli.show import text_of
from dmdx_desktop.cli.terminal import ReaderGoneError, prepare_streams, print_result, say
from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError, UsageError
from dmdx_desktop.models.naming import display_name
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome, exit_code_of
from dmdx_desktop.models.problem import Problem

CORE_VERB: Final = "core"
VERBS: Final = frozenset({CORE_VERB, *(page.verb for page in MANUAL)})


def run(arguments: list[str]) -> int:
    """The whole command line. Every failure ends as one sentence with a remedy, never as a traceback."""
    prepare_streams()
    try:
        return _run_or_explain(arguments)
    except ReaderGoneError:
        return ExitCode.WELL


def _run_or_explain(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    try:
        return _run(arguments)
    except DmdxError as error:
        return _fail(error, exit_code_of(error), as_json=as_json)
    except KeyboardInterrupt:
        return _fail(_stopped(arguments), ExitCode.INTERRUPTED, as_json=as_json)
    except ReaderGoneError:
        raise
    except Exception as error:  # the boundary: whatever breaks, nobody is shown a traceback
        return _fail(_unforeseen(error), ExitCode.SOME_FAILED, as_json=as_json)


def _run(arguments: list[str]) -> int:
    files = files_to_open(arguments)
    if files is not None:
        return open_window(paths_of(parse(arguments[: len(arguments) - len(files)])), files)
    if arguments[:1] == [CORE_VERB]:
        return serve_window(paths_of(parse_core(arguments[1:])))
    values = parse(arguments)
    if values.version:
        print_result(_json({"version": VERSION.rpartition(" ")[2]}) if values.json else f"{VERSION}\n")
        return ExitCode.WELL
    if values.verb is None:
        return _without_verb(values)
    paths = paths_of(values)
    began = time.monotonic()
    outcome = _outcome(values, paths)
    document = {**outcome.document, "elapsed_s": round(time.monotonic() - began, 3)}
    print_result(_json(document) if values.json else text_of(values.verb, document))
    if not values.json:
        for line in after_lines(document):
            say(line)
    return outcome.exit_code


def files_to_open(arguments: Sequence[str]) -> tuple[str, ...] | None:
    """Full paths of files and folders that stand where a verb would, for the window to add; None for other uses.

    A verb is a verb even where a file has its name.
    """
    first = 2 if arguments[:1] == ["--basedir"] else int(arguments[:1] != [] and arguments[0].startswith("--basedir="))
    named = arguments[first:]
    if not named or named[0] in VERBS or not all(os.path.lexists(name) for name in named):
        return None
    return tuple(os.path.abspath(name) for name in named)


def _without_verb(values: argparse.Namespace) -> int:
    if values.json:
        raise UsageError(
            "no_verb",
            "The command was not understood.",
            "It has no verb.",
            f"See `{PROGRAM} --help`.",
        )
    return open_window(paths_of(values))


def _outcome(values: argparse.Namespace, paths: Paths) -> Outcome:
    bar = ProgressBar()
    try:
        if values.verb == "self-test":
            return check_installation()
        return _with_problems(carry_out(command_from(values), paths, bar.show), unusable_names(values))
    finally:
        bar.clear()


def _with_problems(outcome: Outcome, more: Sequence[Problem]) -> Outcome:
    """``outcome`` with what was left out of its command before it was given."""
    if not more:
        return outcome
    known = outcome.document.get("problems")
    problems = [*(known if isinstance(known, list) else ()), *(_problem_document(problem) for problem in more)]
    exit_code = outcome.exit_code or ExitCode.SOME_FAILED
    return Outcome(ExitCode(exit_code), {**outcome.document, "problems": problems})


def _fail(error: DmdxError, exit_code: ExitCode, *, as_json: bool) -> int:
    say(display_name(f"{error.message} {error.remedy}".strip()))
    if as_json:
        print_result(_json({"problems": [_problem_document(Problem.of(error))]}))
    return exit_code


def _problem_document(problem: Problem) -> Document:
    return {"path": problem.path, "code": problem.code, "message": problem.message, "remedy": problem.remedy}


def _json(document: Document) -> str:
    return json.dumps(document) + "\n"


def _stopped(arguments: Sequence[str]) -> DmdxError:
    words = [PROGRAM, "resume"]
    if "--basedir" in arguments[:-1]:
        words += ["--basedir", arguments[arguments.index("--basedir") + 1]]
    return DmdxError("stopped", "Stopped.", "Nothing is lost.", f"`{shlex.join(words)}` goes on from here.")


def _unforeseen(error: Exception) -> DmdxError:
    return DmdxError(
        "unexpected",
        "Something went wrong on our side.",
        f"It was not foreseen ({type(error).__name__}); what was saved before is safe.",
        "Try again; if it happens again, tell us what you did.",
    )
