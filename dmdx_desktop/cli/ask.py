"""From what was typed to a command the core can carry out. The command line's thread."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from dmdx_desktop.cli.after import counted
from dmdx_desktop.cli.amounts import millionths_of
from dmdx_desktop.cli.ask_connections import connection_command
from dmdx_desktop.config import Paths, default_basedir, resources_folder
from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.channel import Channel, channel_of, load_channels
from dmdx_desktop.models.choices import EngineId, GroupMode
from dmdx_desktop.models.choosing import choose, unknown_choice, within
from dmdx_desktop.models.commands import (
    LARGEST_PAGE,
    Command,
    CutOut,
    Delete,
    Examine,
    Export,
    Generate,
    Identify,
    ImportPaths,
    ListJobs,
    ListOutputs,
    RenderPaths,
    Resume,
    ShowJob,
)
from dmdx_desktop.models.connecting import MOST_MICRO_USD
from dmdx_desktop.models.naming import DEFAULT_TEMPLATE, check_template
from dmdx_desktop.models.own_channels import own_channels
from dmdx_desktop.models.path_text import is_text, name_not_text, printable_path
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.recipe import Recipe


def command_from(values: argparse.Namespace) -> Command:
    """The command for what was typed. Raises ``UsageError`` with the nearest possible choice."""
    try:
        return _COMMANDS[values.verb](values)
    except ValidationError as error:
        raise UsageError(
            "wrong_use",
            "The command was not understood.",
            f"The value for {_what(error)} is not possible.",
            f"See `dmdx-desktop {values.verb} --help`.",
        ) from error


def unusable_names(values: argparse.Namespace) -> list[Problem]:
    """What was named but is no text, and is therefore left out of the command."""
    named = [*getattr(values, "paths", ()), *getattr(values, "targets", ())]
    return [Problem.of(name_not_text(), path=printable_path(name)) for name in named if not is_text(name)]


def _what(error: ValidationError) -> str:
    place = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
    return " ".join(str(part) for part in place if isinstance(part, str)) or "an option"


def _render(values: argparse.Namespace) -> Command:
    return RenderPaths(
        paths=_absolute_all(values.paths),
        to=_absolute(values.to),
        recipe=_recipe(values),
        group=_group(values.group),
        template=_template(values),
        most_each_micro_usd=_most_each(values),
    )


def _import(values: argparse.Namespace) -> Command:
    return ImportPaths(
        paths=_absolute_all(values.paths), group=_group(values.group), finish=values.finish, here=values.here
    )


def _identify(values: argparse.Namespace) -> Command:
    named = [target for target in values.targets if is_text(target)]
    return Identify(targets=tuple(target if _is_id(target) else os.path.abspath(target) for target in named))


def _cut_out(values: argparse.Namespace) -> Command:
    return CutOut(path=_absolute(values.path), to=_absolute(values.to))


def _generate(values: argparse.Namespace) -> Command:
    return Generate(jobs=tuple(values.jobs), recipe=_recipe(values), most_each_micro_usd=_most_each(values))


def _jobs(values: argparse.Namespace) -> Command:
    return ListJobs(search=values.search, after=values.after, limit=_limit(values.limit))


def _outputs(values: argparse.Namespace) -> Command:
    return ListOutputs(job=values.job, after=values.after, limit=_limit(values.limit))


def _show(values: argparse.Namespace) -> Command:
    return ShowJob(job=values.job)


def paths_of(values: argparse.Namespace) -> Paths:
    """Where everything of the basedir that was named lies."""
    return Paths(Path(os.path.abspath(values.basedir)) if values.basedir else default_basedir())


def _channels(values: argparse.Namespace) -> tuple[Channel, ...]:
    return (*load_channels(resources_folder()), *own_channels(paths_of(values).channels))


def _export(values: argparse.Namespace) -> Command:
    if bool(values.targets) == values.everything:
        raise UsageError(
            "wrong_use",
            "It is not clear what to export.",
            "Name outputs or jobs, or all of them with --all.",
            "For example `dmdx-desktop export --all --to DIR`.",
        )
    channel = None if values.preset is None else channel_of(_channels(values), values.preset)
    return Export(
        targets=tuple(values.targets),
        everything=values.everything,
        to=_absolute(values.to),
        template=_template(values) if channel is None or values.template is not None else channel.template,
        treatment=None if channel is None else channel.treatment,
        sheet=None if channel is None else channel.sheet,
    )


def _delete(values: argparse.Namespace) -> Command:
    if not values.yes:
        raise UsageError(
            "delete_needs_yes",
            "Nothing was deleted.",
            f"This would delete {counted(len(values.jobs), 'job')} with every copy, for good.",
            "Run the command again with --yes.",
        )
    return Delete(jobs=tuple(values.jobs))


def _resume(values: argparse.Namespace) -> Command:
    del values
    return Resume()


def _doctor(values: argparse.Namespace) -> Command:
    return Examine(repair=values.repair)


_COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace], Command]]] = {
    "render": _render,
    "import": _import,
    "identify": _identify,
    "cutout": _cut_out,
    "generate": _generate,
    "jobs": _jobs,
    "outputs": _outputs,
    "show": _show,
    "export": _export,
    "delete": _delete,
    "resume": _resume,
    "doctor": _doctor,
    "connections": connection_command,
}


def _recipe(values: argparse.Namespace) -> Recipe:
    names = ("scenes", "metals", "shots", "shape", "size", "count", "engine", "even_if_unsure")
    given = {name: getattr(values, name) for name in names if getattr(values, name) is not None}
    recipe = Recipe.model_validate(given)
    # The id of a paid engine is looked up in its service's catalogue; it always has an owner before a slash.
    if recipe.engine not in [engine.value for engine in EngineId] and "/" not in recipe.engine:
        raise unknown_choice("engine", recipe.engine, [engine.value for engine in EngineId])
    return recipe


def _most_each(values: argparse.Namespace) -> int | None:
    if values.most_each is None:
        return None
    amount = millionths_of(values.most_each, least=0, most=MOST_MICRO_USD)
    if amount is None:
        raise UsageError(
            "wrong_use", "This is no amount.", "The most an image may cost is a number of USD.",
            "For example `--most-each 0.15`.",
        )  # fmt: skip
    return amount


_group: Final = choose(GroupMode, "group")
_limit: Final = within(1, LARGEST_PAGE, "limit")


def _template(values: argparse.Namespace) -> str:
    template: str = DEFAULT_TEMPLATE if values.template is None else values.template
    check_template(template)
    return template


def _absolute_all(paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(os.path.abspath(path) for path in paths if is_text(path))


def _absolute(path: str) -> str:
    if not path or not is_text(path):
        raise UsageError(
            "path_not_usable",
            "This path cannot be used.",
            "It is empty, or its name cannot be read as text.",
            "Choose another path.",
        )
    return os.path.abspath(path)


def _is_id(text: str) -> bool:
    """Whether ``text`` is the id of a job rather than a path: ids have this form, and no file of this name is there."""
    digits = text.replace("-", "")
    is_hex = len(text) == 36 and len(digits) == 32 and all(digit in "0123456789abcdef" for digit in digits.lower())
    return is_hex and not os.path.exists(text)
