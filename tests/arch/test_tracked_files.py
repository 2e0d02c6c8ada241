"""What may not be in any file of the repository: places of one machine, package registries, secrets, merge scars."""

import re

import pytest

from tests.arch.source import ROOT, files

# Put together here so that this file does not name what it forbids.
FORBIDDEN = {
    "a folder of one machine": r"(?<![\w.])/(?:work|root|Users|home)/(?!someone\b)\w|[A-Z]:\\Users\\\w",
    "a package registry": "|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org", r"deb\." + "debian")),
    "the mark of an unfinished merge": r"^(?:<{7}|>{7}) ",
    "a private key": "BEGIN [A-Z ]*PRIVATE" + " KEY",
}

BINARY = {".onnx", ".png", ".pt", ".jpg", ".webp", ".tif", ".icc", ".ttf", ".ico", ".icns"}

ALLOWED = {
    ("tests/unit/canaries.py", "a private key"),  # a made-up one, to see it redacted
}

TEXTS = {path.relative_to(ROOT).as_posix(): path for path in files() if path.suffix not in BINARY}


@pytest.mark.parametrize("matter", FORBIDDEN)
def test_tracked_files_do_not_hold(matter: str) -> None:
    assert len(TEXTS) >= 120
    pattern = re.compile(FORBIDDEN[matter], re.MULTILINE)
    wrong = [
        f"{name}: {found[0]!r}"
        for name, path in TEXTS.items()
        if (name, matter) not in ALLOWED and (found := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert not wrong, f"{matter}:\n" + "\n".join(wrong)


def test_locks_name_packages_and_hashes_only() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert {lock.stem for lock in locks} == {"cloud", "dev", "run"}
    line_shape = re.compile(r"#.*|[a-z0-9-]+==[\w.]+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for lock in locks:
        lines = lock.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not line_shape.fullmatch(line)] == []
        assert not any("://" in line for line in lines)


def test_locks_agree_on_every_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in (ROOT / "requirements").glob("*.txt"):
        for name, version in re.findall(r"^([a-z0-9-]+)==([\w.]+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
            versions.setdefault(name, set()).add(version)
    assert len(versions) >= 40
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
    # 6.12 loses references on Python 3.11: tests/unit/test_runtime_refcounts.py.
    assert versions["pyside6-essentials"] == versions["shiboken6"] == {"6.11.3"}
