"""What is said of failures: in the words of the window, whatever the core's words are for."""

import pytest
from pydantic import JsonValue

from dmdx_desktop.errors import LibraryError
from dmdx_desktop.link.messages import Failed
from dmdx_desktop.ui.failure_words import Trouble, error_words, failed_words, skipped_words, troubles_in

MODEL: dict[str, JsonValue] = {"path": "/a/a.3dm", "code": "unsupported_format", "message": "A.", "remedy": "B."}
DAMAGED: dict[str, JsonValue] = {"path": "/a/a.png", "code": "damaged", "message": "Damaged.", "remedy": "Mend it."}


def test_skipped_files_are_counted_by_reason_with_what_was_added() -> None:
    other: JsonValue = {**MODEL, "path": "/a/b.STL"}
    problems: list[JsonValue] = [*(8 * [MODEL]), other, *(3 * [DAMAGED])]

    assert skipped_words(troubles_in(problems), 202) == (
        "12 files were skipped. 9 are 3D files (.3dm, .stl), 3 are damaged. The other 202 were added."
    )


def test_one_file_alone_is_told_with_its_remedy() -> None:
    assert skipped_words(troubles_in([DAMAGED]), 0) == "Damaged. Mend it."


@pytest.mark.parametrize("hostile", [None, "x", {}, [None, 3, "x"], [[]]])
def test_documents_that_hold_no_problems_tell_none(hostile: object) -> None:
    assert troubles_in(hostile) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "remedy",
    [
        "List what there is with `dmdx-desktop jobs`.",
        "Choose another folder with --basedir.",
        "Free some space, or choose another folder with --basedir.",
    ],
)
def test_words_for_a_terminal_never_reach_the_window(remedy: str) -> None:
    for code in ("not_found", "disk_full", "basedir_path_too_long"):
        words = Trouble(code, "It went wrong.", remedy, "").words
        assert "`" not in words
        assert "--" not in words


def test_failed_command_says_cause_and_remedy() -> None:
    failed = Failed(command=None, exit_code=1, code="damaged", title="A.", detail="B.", remedy="C.")

    assert failed_words(failed) == "A. B. C."
    assert error_words(LibraryError("damaged", "A.", "B.", "C.")) == "A. B. C."
