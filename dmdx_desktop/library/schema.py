"""The tables of library format 1.0, as docs/library-format.md describes them. Core process; used by migrations.

Never edited once released: a change is a new migration. Lists of states are written out for the same reason; the
vocabulary of the code may grow, what this version of the format allows does not.
"""

from typing import Final

from dmdx_desktop.library.connections import Connection

# AUTOINCREMENT where keys are seen outside (the window keeps lists of them): a key is never given out twice.
TABLES_1_0: Final = """
CREATE TABLE upkeep (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    leftovers INTEGER NOT NULL CHECK (leftovers IN (0, 1))
) STRICT;
INSERT INTO upkeep (key, leftovers) VALUES (1, 0);

CREATE TABLE job (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    group_key TEXT NOT NULL UNIQUE,
    piece TEXT NOT NULL CHECK (json_valid(piece)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE TABLE reference (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    job_key INTEGER NOT NULL REFERENCES job (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    view TEXT NOT NULL,
    original_name TEXT NOT NULL,
    source_path TEXT NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    clean_sha256 TEXT CHECK (length(clean_sha256) = 64),
    facts TEXT CHECK (facts IS NULL OR json_valid(facts)),
    reading TEXT CHECK (reading IS NULL OR json_valid(reading)),
    state TEXT NOT NULL CHECK (state IN ('listed', 'ready', 'unreadable')),
    added_at INTEGER NOT NULL,
    UNIQUE (job_key, sha256)
) STRICT;
CREATE INDEX reference_by_sha256 ON reference (sha256);
CREATE INDEX reference_by_clean_sha256 ON reference (clean_sha256) WHERE clean_sha256 IS NOT NULL;
CREATE INDEX reference_by_source ON reference (source_path);

CREATE TABLE command (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    arguments TEXT NOT NULL CHECK (json_valid(arguments)),
    state TEXT NOT NULL CHECK (state IN ('accepted', 'running', 'done', 'failed', 'cancelled')),
    phase TEXT NOT NULL,
    outcome TEXT CHECK (outcome IS NULL OR json_valid(outcome)),
    accepted_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX command_unfinished ON command (key) WHERE ended_at IS NULL;

CREATE TABLE intake (
    key INTEGER PRIMARY KEY,
    command_key INTEGER NOT NULL REFERENCES command (key) ON DELETE CASCADE,
    path TEXT NOT NULL,
    group_key TEXT NOT NULL,
    title TEXT NOT NULL,
    view TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('found', 'done', 'problem')),
    job_key INTEGER REFERENCES job (key) ON DELETE SET NULL,
    reference_key INTEGER REFERENCES reference (key) ON DELETE SET NULL,
    UNIQUE (command_key, path)
) STRICT;
CREATE INDEX intake_by_state ON intake (command_key, state, key);
CREATE INDEX intake_by_job ON intake (job_key) WHERE job_key IS NOT NULL;
CREATE INDEX intake_by_reference ON intake (reference_key) WHERE reference_key IS NOT NULL;
CREATE INDEX intake_by_path ON intake (path);

CREATE TABLE task (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('prepare', 'analyse', 'preview')),
    subject_table TEXT NOT NULL CHECK (subject_table IN ('reference', 'output')),
    subject_key INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    crashes INTEGER NOT NULL DEFAULT 0,
    command_key INTEGER REFERENCES command (key) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (subject_table, subject_key, kind)
) STRICT;
CREATE INDEX task_in_order ON task (kind, priority, key) WHERE crashes < 2;
CREATE INDEX task_by_command ON task (command_key) WHERE command_key IS NOT NULL;

CREATE TABLE run (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    command_key INTEGER NOT NULL UNIQUE REFERENCES command (key),
    recipe TEXT NOT NULL CHECK (json_valid(recipe)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE render (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    run_key INTEGER NOT NULL REFERENCES run (key),
    job_key INTEGER NOT NULL REFERENCES job (key) ON DELETE CASCADE,
    reference_key INTEGER NOT NULL REFERENCES reference (key) ON DELETE CASCADE,
    scene TEXT NOT NULL,
    metal TEXT NOT NULL,
    shot TEXT NOT NULL,
    shape TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    n INTEGER NOT NULL CHECK (n > 0),
    engine TEXT NOT NULL,
    seed INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'planned', 'reserved', 'uploading', 'submitting', 'running', 'collecting', 'done',
        'waiting_account', 'waiting_credits', 'waiting_network', 'uncertain', 'failed', 'cancelled')),
    crashes INTEGER NOT NULL DEFAULT 0,
    cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
    problem_code TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (run_key, job_key, scene, metal, shot, shape, n)
) STRICT;
CREATE INDEX render_by_state ON render (state, key) WHERE state NOT IN ('done', 'failed', 'cancelled');
CREATE INDEX render_by_run ON render (run_key, state, key);
CREATE INDEX render_by_job ON render (job_key, key);
CREATE INDEX render_by_reference ON render (reference_key);

CREATE TABLE output (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    render_key INTEGER NOT NULL UNIQUE REFERENCES render (key) ON DELETE CASCADE,
    job_key INTEGER NOT NULL REFERENCES job (key) ON DELETE CASCADE,
    run_key INTEGER NOT NULL REFERENCES run (key),
    scene TEXT NOT NULL,
    metal TEXT NOT NULL,
    shot TEXT NOT NULL,
    shape TEXT NOT NULL,
    engine TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    pixels_sha256 TEXT NOT NULL CHECK (length(pixels_sha256) = 64),
    rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    flag TEXT NOT NULL DEFAULT 'none' CHECK (flag IN ('none', 'pick', 'reject')),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX output_by_job ON output (job_key, key);
CREATE INDEX output_by_run ON output (run_key, key);
CREATE INDEX output_by_scene ON output (scene, key);
CREATE INDEX output_by_metal ON output (metal, key);
CREATE INDEX output_by_flag ON output (flag, key);
CREATE INDEX output_by_rating ON output (rating, key);
CREATE INDEX output_by_sha256 ON output (sha256);

CREATE TABLE export (
    key INTEGER PRIMARY KEY,
    command_key INTEGER NOT NULL REFERENCES command (key) ON DELETE CASCADE,
    output_key INTEGER NOT NULL REFERENCES output (key) ON DELETE CASCADE,
    folder TEXT NOT NULL,
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done')),
    created_at INTEGER NOT NULL,
    UNIQUE (command_key, output_key)
) STRICT;
CREATE INDEX export_by_state ON export (command_key, state, key);
CREATE INDEX export_by_output ON export (output_key);
CREATE INDEX export_by_name ON export (folder, file_name);

CREATE TABLE problem (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    command_key INTEGER REFERENCES command (key) ON DELETE CASCADE,
    job_key INTEGER REFERENCES job (key) ON DELETE CASCADE,
    reference_key INTEGER REFERENCES reference (key) ON DELETE CASCADE,
    render_key INTEGER REFERENCES render (key) ON DELETE CASCADE,
    path TEXT,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX problem_by_command ON problem (command_key, key);
CREATE INDEX problem_by_job ON problem (job_key, key) WHERE job_key IS NOT NULL;
CREATE INDEX problem_by_reference ON problem (reference_key) WHERE reference_key IS NOT NULL;
CREATE INDEX problem_by_render ON problem (render_key) WHERE render_key IS NOT NULL;
CREATE INDEX problem_by_path ON problem (path) WHERE path IS NOT NULL;

CREATE TABLE purge (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    job_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('planned', 'files', 'traces', 'forgotten')),
    counts TEXT NOT NULL CHECK (json_valid(counts)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE purge_item (
    key INTEGER PRIMARY KEY,
    purge_key INTEGER NOT NULL REFERENCES purge (key) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('blob', 'group_key')),
    value TEXT NOT NULL,
    UNIQUE (purge_key, kind, value)
) STRICT;
CREATE INDEX purge_item_by_value ON purge_item (kind, value);

CREATE TABLE receipt (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    counts TEXT NOT NULL CHECK (json_valid(counts)),
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL
) STRICT;

CREATE TABLE tombstone (
    key INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL UNIQUE,
    deleted_at INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
    title, names, words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
"""


def create_version_1_0(connection: Connection) -> None:
    """Make the tables of format 1.0 in an empty database, inside the caller's transaction."""
    for statement in statements_1_0():
        connection.execute(statement)


def statements_1_0() -> list[str]:
    """The statements that make format 1.0, one by one: ``executescript`` would commit the caller's transaction."""
    return [statement for part in TABLES_1_0.split(";\n") if (statement := part.strip().rstrip(";"))]
