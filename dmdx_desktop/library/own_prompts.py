"""Prompts that a person wrote for a piece, in place of those that are made. Writer thread; reads anywhere.

They belong to their piece, and go with it.
"""

import json
from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms
from dmdx_desktop.models.own_prompt import OwnPrompt

_SELECT: Final = (
    "SELECT job.id, own_prompt.scene, own_prompt.metal, own_prompt.shot, own_prompt.prompt FROM own_prompt"
    " JOIN job ON job.key = own_prompt.job_key"
)


def of_jobs(connection: Connection, job_keys: Sequence[int]) -> tuple[OwnPrompt, ...]:
    """What was written for these pieces; one whose choices this program does not know is left out."""
    cursor = connection.execute(
        f"{_SELECT} JOIN json_each(?) AS wanted ON wanted.value = own_prompt.job_key ORDER BY own_prompt.key",
        (json.dumps(list(job_keys)),),
    )
    found = (_read(*row) for row in cursor.fetchall())
    return tuple(one for one in found if one is not None)


def write(tx: Transaction, job_key: int, scene: str, metal: str, shot: str, text: str) -> None:
    """Keep ``text`` as the prompt of these images of a piece; an empty one gives the made text back."""
    choice = (job_key, scene, metal, shot)
    if text.strip():
        tx.execute(
            "INSERT INTO own_prompt (job_key, scene, metal, shot, prompt, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (job_key, scene, metal, shot) DO UPDATE SET prompt = excluded.prompt,"
            " updated_at = excluded.updated_at",
            (*choice, text, now_ms()),
        )
    else:
        tx.execute("DELETE FROM own_prompt WHERE job_key = ? AND scene = ? AND metal = ? AND shot = ?", choice)
    tx.changed(Table.JOB, job_key)


def _read(job: str, scene: str, metal: str, shot: str, text: str) -> OwnPrompt | None:
    try:
        return OwnPrompt.model_validate({"job": job, "scene": scene, "metal": metal, "shot": shot, "text": text})
    except ValidationError:
        return None
