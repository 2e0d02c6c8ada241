"""The entry point of every process of the program; its main thread.

Nothing is imported before it is known what is wanted: `--version` answers in the time the interpreter needs to start.
"""

import sys


def main() -> int:
    """Start what the arguments ask for, and return its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from dmdx_desktop import __version__

        sys.stdout.write(f"DMDX Studio {__version__}\n")
        return 0
    if arguments[:1] == ["picture-process"]:
        from dmdx_desktop.workers.picture_process import serve

        return serve(arguments[1:])
    if arguments == ["toolkit-check"]:
        from dmdx_desktop.ui.toolkit_check import main as check_toolkit

        return check_toolkit()
    if arguments[:1] == ["window-check"]:
        from dmdx_desktop.window_check import main as check_window

        return check_window(arguments[1:])
    if not arguments:
        from dmdx_desktop.cli.first_window import open_usual_window

        code = open_usual_window()
        if code is not None:
            return code
    from dmdx_desktop.cli.run import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
