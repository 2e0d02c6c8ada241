"""docs/library-format.md names every table there is."""

from pathlib import Path

from dmdx_desktop.library.database import Connection, Library
from dmdx_desktop.library.migrations import MIGRATIONS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "library-format.md"


def test_every_table_is_described(library: Library) -> None:
    def tables(connection: Connection) -> set[str]:
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name for (name,) in rows if not name.startswith("search_")}

    text = DOCUMENT.read_text(encoding="utf-8")
    assert [table for table in sorted(library.read_blocking(tables)) if f"`{table}`" not in text] == []


def test_every_version_has_a_section() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for migration in MIGRATIONS:
        assert f"## Version {migration.version.major}.{migration.version.minor}\n" in text
