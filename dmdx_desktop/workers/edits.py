"""The user's own small changes: stars, flags, recipes, prompts, collections. Core process, writer thread.

Each is one short transaction in the lane of commands, ahead of bulk work. Carrying one out twice changes nothing more,
so a window may send it again to a core that was started anew.
"""

import json
from collections.abc import Sequence

from pydantic import JsonValue

from dmdx_desktop.library import collections, jobs, outputs, own_prompts, recipes
from dmdx_desktop.library.database import Lane, Library, Transaction
from dmdx_desktop.models.gestures import ChangeCollection, KeepRecipe, MarkImages, WritePrompt
from dmdx_desktop.models.outcome import ExitCode, Outcome
from dmdx_desktop.workers.documents import unknown_target

Edit = MarkImages | KeepRecipe | WritePrompt | ChangeCollection


async def carry_out(library: Library, edit: Edit) -> Outcome:
    """Make the change durable. Raises ``UsageError`` for a name taken."""

    def work(tx: Transaction) -> Outcome:
        match edit:
            case MarkImages():
                return _mark(tx, edit)
            case KeepRecipe():
                return _keep(tx, edit)
            case WritePrompt():
                return _write_prompt(tx, edit)
            case ChangeCollection():
                return _change_collection(tx, edit)

    return await library.write(work, lane=Lane.COMMAND)


def answer(problems: Sequence[dict[str, JsonValue]]) -> Outcome:
    """The outcome of a change that was made, as far as it could be."""
    listed: list[JsonValue] = [*problems]
    return Outcome(ExitCode.SOME_FAILED if problems else ExitCode.WELL, {"problems": listed})


def _mark(tx: Transaction, edit: MarkImages) -> Outcome:
    missing = []
    for output_id in edit.outputs:
        row = outputs.by_id(tx.connection, output_id)
        if row is None:
            missing.append(unknown_target(output_id, "image"))
            continue
        if edit.rating is not None and edit.rating != row.rating:
            outputs.set_rating(tx, row.key, edit.rating)
        if edit.flag is not None and edit.flag != row.flag:
            outputs.set_flag(tx, row.key, outputs.Flag(edit.flag))
        if edit.checks:
            outputs.set_checks(tx, row.key, {item.value: ticked for item, ticked in edit.checks.items()})
    return answer(missing)


def _keep(tx: Transaction, edit: KeepRecipe) -> Outcome:
    if edit.recipe is None:
        recipes.forget(tx, edit.name)
    else:
        recipes.keep(tx, edit.name, edit.recipe.model_dump_json())
    return answer([])


def _write_prompt(tx: Transaction, edit: WritePrompt) -> Outcome:
    job = jobs.by_id(tx.connection, edit.job)
    if job is None:
        return answer([unknown_target(edit.job, "piece")])
    own_prompts.write(tx, job.key, edit.scene, edit.metal, edit.shot, edit.text)
    return answer([])


def _change_collection(tx: Transaction, edit: ChangeCollection) -> Outcome:
    if edit.forget:
        key = collections.find(tx.connection, edit.name)
        if key is not None:
            collections.forget(tx, key)
        return answer([])
    key = collections.ensure(tx, edit.name)
    collections.add(tx, key, _output_keys(tx, edit.add))
    collections.remove(tx, key, _output_keys(tx, edit.remove))
    if edit.new_name is not None:
        collections.rename(tx, key, edit.new_name)
    return answer([])


def _output_keys(tx: Transaction, ids: Sequence[str]) -> list[int]:
    rows = tx.execute(
        "SELECT output.key FROM json_each(?) AS wanted JOIN output ON output.id = wanted.value", (json.dumps(ids),)
    )
    return [key for (key,) in rows.fetchall()]
