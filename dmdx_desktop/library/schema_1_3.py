"""What library format 1.3 adds to 1.2, as docs/library-format.md describes it. Core process; used by migrations.

Never edited once released: a change is a new migration.
"""

import uuid
from typing import Final

from dmdx_desktop.library.connections import Connection

ADDED_IN_1_3: Final = (
    """
CREATE TABLE studio (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    id TEXT NOT NULL,
    attempts_per_render INTEGER NOT NULL CHECK (attempts_per_render > 0),
    hour_micro_usd INTEGER NOT NULL CHECK (hour_micro_usd >= 0),
    month_micro_usd INTEGER CHECK (month_micro_usd >= 0),
    lifted_month TEXT
) STRICT
""",
    """
CREATE TABLE render_reference (
    key INTEGER PRIMARY KEY,
    render_key INTEGER NOT NULL REFERENCES render (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    reference_key INTEGER NOT NULL REFERENCES reference (key) ON DELETE CASCADE,
    UNIQUE (render_key, position)
) STRICT
""",
    "ALTER TABLE problem ADD COLUMN waits_for TEXT",
    "ALTER TABLE render ADD COLUMN agreed_micro_usd INTEGER CHECK (agreed_micro_usd >= 0)",
    "CREATE INDEX problem_waiting ON problem (key) WHERE waits_for IS NOT NULL",
    "CREATE INDEX render_reference_by_reference ON render_reference (reference_key)",
    "ALTER TABLE reference ADD COLUMN read_by TEXT",
    "ALTER TABLE reference ADD COLUMN read_cost_micro_usd INTEGER",
    """
CREATE TABLE question (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    reference_key INTEGER NOT NULL UNIQUE REFERENCES reference (key) ON DELETE CASCADE,
    command_key INTEGER REFERENCES command (key) ON DELETE SET NULL,
    priority INTEGER NOT NULL,
    crashes INTEGER NOT NULL DEFAULT 0,
    waits_for TEXT CHECK (waits_for IN ('account', 'credits', 'network')),
    created_at INTEGER NOT NULL
) STRICT
""",
    "CREATE INDEX question_in_order ON question (priority, key) WHERE waits_for IS NULL",
    "CREATE INDEX question_by_command ON question (command_key) WHERE command_key IS NOT NULL",
    """
CREATE TABLE attempt (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    render_key INTEGER NOT NULL REFERENCES render (key) ON DELETE CASCADE,
    engine TEXT NOT NULL,
    origin TEXT NOT NULL,
    has_marker INTEGER NOT NULL CHECK (has_marker IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('intent', 'accepted', 'made', 'rejected', 'lost', 'failed', 'given_up')),
    prediction TEXT UNIQUE,
    quoted_micro_usd INTEGER NOT NULL CHECK (quoted_micro_usd >= 0),
    charged_micro_usd INTEGER,
    history_expired INTEGER NOT NULL DEFAULT 0 CHECK (history_expired IN (0, 1)),
    problem_code TEXT,
    created_at INTEGER NOT NULL,
    answered_at INTEGER,
    ended_at INTEGER
) STRICT
""",
    "CREATE INDEX attempt_by_render ON attempt (render_key, key)",
    "CREATE INDEX attempt_open ON attempt (state, key) WHERE state IN ('intent', 'accepted')",
    "CREATE INDEX attempt_unsettled ON attempt (key) WHERE state = 'made' AND charged_micro_usd IS NULL",
    """
CREATE TABLE ledger (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL CHECK (service IN ('openrouter', 'wavespeed')),
    kind TEXT NOT NULL CHECK (kind IN ('reserved', 'released', 'charged', 'corrected', 'refunded')),
    micro_usd INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT
""",
    "CREATE INDEX ledger_by_time ON ledger (created_at, micro_usd)",
    """
CREATE TABLE comparison (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    output_key INTEGER NOT NULL UNIQUE REFERENCES output (key) ON DELETE CASCADE,
    crashes INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT
""",
    """
CREATE TABLE agreement (
    key INTEGER PRIMARY KEY,
    output_key INTEGER NOT NULL UNIQUE REFERENCES output (key) ON DELETE CASCADE,
    verdict TEXT NOT NULL CHECK (verdict IN ('agrees', 'differs', 'unsure')),
    fields TEXT NOT NULL CHECK (json_valid(fields)),
    read_by TEXT,
    created_at INTEGER NOT NULL
) STRICT
""",
    "CREATE INDEX agreement_by_verdict ON agreement (verdict, output_key)",
    """
CREATE TABLE object_place (
    key INTEGER PRIMARY KEY,
    job_key INTEGER NOT NULL REFERENCES job (key) ON DELETE CASCADE,
    prefix TEXT NOT NULL,
    origin TEXT NOT NULL,
    UNIQUE (job_key, prefix, origin)
) STRICT
""",
    """
CREATE TABLE prediction_left (
    key INTEGER PRIMARY KEY,
    reference_key INTEGER NOT NULL REFERENCES reference (key) ON DELETE CASCADE,
    prediction TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT
""",
    "CREATE INDEX prediction_left_by_reference ON prediction_left (reference_key)",
    """
CREATE TABLE upload (
    key INTEGER PRIMARY KEY,
    job_key INTEGER NOT NULL REFERENCES job (key) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    object TEXT NOT NULL,
    upload_id TEXT NOT NULL,
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    part_bytes INTEGER NOT NULL CHECK (part_bytes > 0),
    etags TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (job_key, origin, object)
) STRICT
""",
    """
CREATE TABLE bucket_copy (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    render_key INTEGER NOT NULL REFERENCES render (key) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    object TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'stored', 'failed', 'left')),
    bytes INTEGER,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    UNIQUE (render_key, origin)
) STRICT
""",
    """
CREATE TABLE reading_bill (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    generation TEXT NOT NULL UNIQUE,
    lookups INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT
""",
    "CREATE INDEX bucket_copy_waiting ON bucket_copy (key) WHERE state = 'waiting'",
    "CREATE INDEX bucket_copy_by_object ON bucket_copy (origin, object) WHERE object IS NOT NULL",
    """
CREATE TABLE purge_remote (
    key INTEGER PRIMARY KEY,
    purge_key INTEGER NOT NULL REFERENCES purge (key) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('prediction', 'uncertain', 'objects')),
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    since INTEGER NOT NULL,
    UNIQUE (purge_key, kind, value, origin)
) STRICT
""",
    """
CREATE TRIGGER attempt_fuse BEFORE INSERT ON attempt
WHEN (SELECT count(*) FROM attempt WHERE render_key = NEW.render_key AND state <> 'rejected')
    >= (SELECT attempts_per_render FROM studio)
BEGIN SELECT RAISE(ABORT, 'attempt fuse'); END
""",
    """
CREATE TRIGGER open_attempt_fuse BEFORE INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM attempt WHERE render_key = NEW.render_key AND state IN ('intent', 'accepted', 'made'))
BEGIN SELECT RAISE(ABORT, 'open attempt fuse'); END
""",
    """
CREATE TRIGGER hour_fuse BEFORE INSERT ON attempt
WHEN NEW.quoted_micro_usd
    + (SELECT coalesce(sum(micro_usd), 0) FROM ledger WHERE created_at > NEW.created_at - 3600000)
    > (SELECT hour_micro_usd FROM studio)
BEGIN SELECT RAISE(ABORT, 'hour fuse'); END
""",
    """
CREATE TRIGGER month_fuse BEFORE INSERT ON attempt
WHEN (SELECT month_micro_usd IS NOT NULL
        AND coalesce(lifted_month, '') <> strftime('%Y-%m', NEW.created_at / 1000, 'unixepoch')
        AND NEW.quoted_micro_usd + (SELECT coalesce(sum(micro_usd), 0) FROM ledger WHERE created_at >=
            1000 * CAST(strftime('%s', NEW.created_at / 1000, 'unixepoch', 'start of month') AS INTEGER))
        > month_micro_usd
    FROM studio)
BEGIN SELECT RAISE(ABORT, 'month fuse'); END
""",
)

ATTEMPTS_PER_RENDER: Final = 2
HOUR_MICRO_USD: Final = 100_000_000


def add_1_3(connection: Connection) -> None:
    """Make of format 1.2 format 1.3, inside the caller's transaction."""
    for statement in ADDED_IN_1_3:
        connection.execute(statement.strip())
    connection.execute(
        "INSERT INTO studio (key, id, attempts_per_render, hour_micro_usd) VALUES (1, ?, ?, ?)",
        (uuid.uuid4().hex, ATTEMPTS_PER_RENDER, HOUR_MICRO_USD),
    )
