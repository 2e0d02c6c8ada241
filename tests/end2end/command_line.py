"""The command line as a script uses it: real processes, with what a script may rely on checked at every call."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.end2end.programs import PATIENCE_S, PROGRAM, SAMPLES, environment

Json = dict[str, Any]

SMALL: Final = ("--size", "256")
RING: Final = SAMPLES / "solitaire-ring_top.png"
PENDANT: Final = SAMPLES / "ruby-pendant_front.webp"

# Byte for byte, whatever the terminal would make of it; C1 controls and the marks that turn text around.
COMMANDS_OF_TERMINALS: Final = frozenset(
    [chr(code) for code in range(0x20) if chr(code) != "\n"]
    + [chr(code) for code in range(0x7F, 0xA0)]
    + list("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a verb ended, and what it wrote to its two streams."""

    exit_code: int
    out: str
    err: str

    @property
    def document(self) -> Json:
        """The one JSON document on standard output."""
        assert self.out.endswith("\n"), self
        assert self.out.count("\n") == 1, self
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    @property
    def problem(self) -> Json:
        """The only problem there is."""
        (problem,) = self.document["problems"]
        assert isinstance(problem, dict)
        return problem


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The program on one basedir. Every call checks the exit code, and that no traceback was shown."""

    basedir: Path
    wrapper: Sequence[str] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path, exit_code: int = 0) -> Answer:
        """Run a verb; ``exit_code`` is what it has to end with."""
        return checked(self.start(*arguments).communicate_to_end(), exit_code)

    def json(self, *arguments: str | Path, exit_code: int = 0) -> Json:
        """Run a verb with --json; its document."""
        return self(*arguments, "--json", exit_code=exit_code).document

    def start(self, *arguments: str | Path) -> "Running":
        """A verb under way; to be waited for."""
        words = [*self.wrapper, *PROGRAM, *(os.fspath(word) for word in arguments), "--basedir", str(self.basedir)]
        return Running(
            subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env={**environment(), **self.variables},
            )
        )


@dataclass(frozen=True, slots=True)
class Running:
    """A verb under way."""

    process: "subprocess.Popen[str]"

    def communicate_to_end(self) -> Answer:
        with self.process:
            try:
                out, err = self.process.communicate(timeout=PATIENCE_S)
            except BaseException:
                self.process.kill()
                raise
        return Answer(self.process.returncode, out, err)


def checked(answer: Answer, exit_code: int) -> Answer:
    """``answer``, whose streams hold nothing that no answer may hold."""
    assert answer.exit_code == exit_code, answer
    assert "Traceback" not in answer.err, answer.err
    raw = COMMANDS_OF_TERMINALS & {*answer.out, *answer.err}
    assert not raw, [ascii(character) for character in raw]
    return answer


def sentence(answer: Answer) -> str:
    """What a failed verb says: one line, at most three sentences long, with a remedy."""
    (line,) = answer.err.splitlines()
    assert answer.out == ""
    assert line.endswith((".", "`")), line
    assert len(line) < 400, line
    return line


def logs_of(basedir: Path) -> str:
    """Everything in the log files of a basedir."""
    return "".join(file.read_text("utf-8", "replace") for file in sorted((basedir / "logs").glob("*")))
