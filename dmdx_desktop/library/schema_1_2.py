"""What library format 1.2 adds to 1.1, as docs/library-format.md describes it. Core process; used by migrations.

Never edited once released: a change is a new migration.
"""

from typing import Final

from dmdx_desktop.library.connections import Connection

ADDED_IN_1_2: Final = """
CREATE TABLE own_prompt (
    key INTEGER PRIMARY KEY,
    job_key INTEGER NOT NULL REFERENCES job (key) ON DELETE CASCADE,
    scene TEXT NOT NULL,
    metal TEXT NOT NULL,
    shot TEXT NOT NULL,
    prompt TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (job_key, scene, metal, shot)
) STRICT;

ALTER TABLE render ADD COLUMN has_own_prompt INTEGER NOT NULL DEFAULT 0 CHECK (has_own_prompt IN (0, 1));

ALTER TABLE purge ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0;
"""


def add_1_2(connection: Connection) -> None:
    """Make of format 1.1 format 1.2, inside the caller's transaction."""
    for part in ADDED_IN_1_2.split(";\n"):
        if statement := part.strip().rstrip(";"):
            connection.execute(statement)
