"""A window's process, but for the window: starts a core, gives it a command, and repeats what the core says.

    python -m tests.end2end.window_stand_in BASEDIR COMMAND

A process of its own, so that a test can kill it. Each message of the core is a line of JSON on standard output.
"""

import os
import sys
from pathlib import Path

from pydantic import TypeAdapter

from dmdx_desktop.link.messages import Execute
from dmdx_desktop.models.commands import Command
from tests.end2end.programs import Core


def main() -> None:
    core = Core(Path(sys.argv[1]))
    command: Command = TypeAdapter[Command](Command).validate_json(sys.argv[2])
    core.say(Execute(command=command))
    for heard in core.heard:
        os.write(1, heard.model_dump_json().encode() + b"\n")
    while (raw := core.channel.receive()) is not None:
        os.write(1, raw + b"\n")


if __name__ == "__main__":
    main()
