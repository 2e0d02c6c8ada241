"""Remembers whether every core since the last clearing ended properly. Writer thread of the core.

A file is written before its row. A core that is killed in between leaves a file without a row, which is no damage: the
next core clears it away. A file without a row in a library that was closed properly has no such excuse, and the doctor
reports it. The single row of table ``upkeep`` tells the two apart.
"""

from dmdx_desktop.library.connections import Connection


def leftovers_possible(connection: Connection) -> bool:
    """Whether files without rows are explained by a core that was killed."""
    row = connection.execute("SELECT leftovers FROM upkeep").fetchone()
    return row is not None and bool(row[0])


def note_first_write(connection: Connection) -> None:
    """Part of the first transaction of an opening: from here on, ending without closing leaves a trace."""
    connection.execute("UPDATE upkeep SET leftovers = 1")


def note_proper_end(connection: Connection) -> None:
    """The last change before a library is let go in which nothing is left half done."""
    connection.execute("UPDATE upkeep SET leftovers = 0 WHERE leftovers = 1")
