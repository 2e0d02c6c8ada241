"""What library format 1.1 adds to 1.0, as docs/library-format.md describes it. Core process; used by migrations.

Never edited once released: a change is a new migration.
"""

from typing import Final

from dmdx_desktop.library.connections import Connection

ADDED_IN_1_1: Final = """
ALTER TABLE output ADD COLUMN checks TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(checks));

CREATE TABLE recipe (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    recipe TEXT NOT NULL CHECK (json_valid(recipe)),
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collection (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE collection_image (
    key INTEGER PRIMARY KEY,
    collection_key INTEGER NOT NULL REFERENCES collection (key) ON DELETE CASCADE,
    output_key INTEGER NOT NULL REFERENCES output (key) ON DELETE CASCADE,
    UNIQUE (collection_key, output_key)
) STRICT;
CREATE INDEX collection_image_by_output ON collection_image (output_key);

CREATE TABLE withdrawn (
    key INTEGER PRIMARY KEY,
    purge_key INTEGER NOT NULL REFERENCES purge (key) ON DELETE CASCADE,
    render_key INTEGER NOT NULL UNIQUE REFERENCES render (key) ON DELETE CASCADE,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    record TEXT NOT NULL CHECK (json_valid(record))
) STRICT;
CREATE INDEX withdrawn_by_purge ON withdrawn (purge_key);
CREATE INDEX withdrawn_by_sha256 ON withdrawn (sha256);
"""


def add_1_1(connection: Connection) -> None:
    """Make of format 1.0 format 1.1, inside the caller's transaction."""
    for part in ADDED_IN_1_1.split(";\n"):
        if statement := part.strip().rstrip(";"):
            connection.execute(statement)
