"""Writes the golden prompts anew: ``python -m tests.unit.golden.write``.

Read what changed before committing it.
"""

from tests.unit.golden.cases import CASES, FOLDER, golden_file


def write_all() -> None:
    """Write the file of every case and remove those of cases that are gone."""
    for name, case in CASES.items():
        golden_file(name).write_text(case.prompt + "\n", encoding="utf-8", newline="\n")
    for file in FOLDER.glob("*.txt"):
        if file.stem not in CASES:
            file.unlink()


if __name__ == "__main__":
    write_all()
