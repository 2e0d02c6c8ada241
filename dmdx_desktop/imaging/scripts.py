"""In which file of the bundled font a letter is. Pure; any process and thread."""

from typing import Final

_SCRIPTS: Final = (
    ("InterCyrillic", ((0x0400, 0x052F),)),
    ("InterGreek", ((0x0370, 0x03FF), (0x1F00, 0x1FFF))),
    ("InterLatinExtended", ((0x0100, 0x02FF), (0x1E00, 0x1EFF))),
)
"""Which of the font's files has which letters; the first, ``Inter``, has all else that there is."""


def runs_by_script(text: str) -> list[tuple[str, str]]:
    """``text`` in runs of letters that are in one file of the font, each with the name of its script's files."""
    runs: list[tuple[str, str]] = []
    for letter in text:
        script = _script_of(ord(letter))
        if runs and runs[-1][1] == script:
            runs[-1] = (runs[-1][0] + letter, script)
        else:
            runs.append((letter, script))
    return runs


def _script_of(code: int) -> str:
    for script, spans in _SCRIPTS:
        if any(first <= code <= last for first, last in spans):
            return script
    return "Inter"
