"""The verbs, their options and their manual pages. The command line's thread; imports nothing heavy."""

import argparse
from collections.abc import Sequence
from typing import Final, NoReturn

from dmdx_desktop import __version__
from dmdx_desktop.cli.manual import (
    CONNECTION_ACTIONS,
    EXIT_CODES,
    GROUPS,
    IDS,
    MANUAL,
    NAMING,
    PROGRAM,
    RECIPE_DEFAULTS,
    SEEN_LABELS,
)
from dmdx_desktop.cli.manual_format import ManualFormat
from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.channel import ORIGINAL
from dmdx_desktop.models.choices import (
    DEFAULT_COUNT,
    DEFAULT_ENGINE,
    DEFAULT_GROUP,
    DEFAULT_METAL,
    DEFAULT_SCENE,
    DEFAULT_SHAPE,
    DEFAULT_SHOT,
    DEFAULT_SIZE,
    LARGEST_COUNT,
    LARGEST_SIZE,
    SMALLEST_SIZE,
    GroupMode,
    RecipeMetal,
    SceneId,
    Shape,
    ShotId,
)
from dmdx_desktop.models.choosing import unknown_choice
from dmdx_desktop.models.commands import DEFAULT_PAGE, LARGEST_PAGE
from dmdx_desktop.models.naming import DEFAULT_TEMPLATE
from dmdx_desktop.models.term import Term

SUMMARY: Final = """\
Photorealistic pictures of jewellery from CAD renders, sketches and product photos. `dmdx-desktop VERB --help` tells
everything about a verb; --basedir and --json may stand before or after it. Without a verb the window opens, and adds
the files and folders that are named; where it is open already, it comes to the front."""
VERSION: Final = f"DMDX Studio {__version__}"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, as every other error of the program does."""

    def error(self, message: str) -> NoReturn:
        for theirs, ours in _OUR_WORDS.items():
            message = message.replace(theirs, ours)
        raise UsageError(
            "wrong_use",
            "The command was not understood.",
            f"{message[:1].upper()}{message[1:]}.",
            f"See `{self.prog} --help`.",
        )

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # The only argument with fixed choices is the verb.
        choices = [str(choice) for choice in action.choices or ()]
        if choices and value not in choices:
            raise unknown_choice("verb", str(value), choices)


_OUR_WORDS: Final = {
    "unrecognized arguments:": "this is not known here:",
    "the following arguments are required:": "this is missing:",
    "expected one argument": "it needs a value",
    "expected at least one argument": "it needs at least one value",
}


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What the user asked for. Raises ``UsageError``; ends the process for --help and --version."""
    values = build_parser().parse_args(argv)
    for name, default in (("basedir", None), ("json", False)):
        if not hasattr(values, name):
            setattr(values, name, default)
    return values


def parse_core(argv: Sequence[str]) -> argparse.Namespace:
    """The options of ``core``, the verb that only the window uses and that no help speaks of. Raises ``UsageError``."""
    parser = _Parser(prog=f"{PROGRAM} core", add_help=False, allow_abbrev=False)
    parser.add_argument("--basedir")
    return parser.parse_args(argv)


def build_parser() -> _Parser:
    """The whole command line."""
    shared = _shared_options()
    parser = _Parser(
        prog=PROGRAM,
        parents=[shared],
        description=SUMMARY,
        epilog="\n\n".join((RECIPE_DEFAULTS, IDS, GROUPS, NAMING, SEEN_LABELS, EXIT_CODES)),
        formatter_class=ManualFormat,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version and end")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs", parser_class=_Parser)
    for page in MANUAL:
        verb = verbs.add_parser(
            page.verb,
            parents=[shared],
            help=page.summary,
            description=page.description,
            epilog="\n\n".join(page.sections),
            formatter_class=ManualFormat,
            allow_abbrev=False,
        )
        _add_arguments(page.verb, verb)
    return parser


def _shared_options() -> _Parser:
    # SUPPRESS, so that an option given before the verb is not reset by the verb's own default.
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument(
        "--basedir", metavar="DIR", help="folder that holds the library and everything else that is kept"
    )
    shared.add_argument(
        "--json",
        action="store_true",
        help="print one JSON document on standard output; all else goes to standard error",
    )
    return shared


def _add_arguments(verb: str, parser: argparse.ArgumentParser) -> None:
    match verb:
        case "render":
            _add_paths(parser)
            _add_to(parser)
            _add_recipe(parser)
            _add_group(parser)
            _add_template(parser)
        case "import":
            _add_paths(parser)
            _add_group(parser)
            parser.add_argument(
                "--finish", action="store_true", help="also wait for previews and readings of each picture"
            )
            parser.add_argument(
                "--here", action="store_true", help="read them on this computer alone, whatever is connected"
            )
        case "identify":
            parser.add_argument(
                "targets", nargs="+", metavar="PATH_OR_JOB", help="a picture, a folder, or the id of a job"
            )
        case "cutout":
            parser.add_argument("path", metavar="FILE", help="a picture")
            parser.add_argument(
                "--to", required=True, metavar="PNG", help="the file to write; an older one is replaced"
            )
        case "generate":
            parser.add_argument("jobs", nargs="+", metavar="JOB", help="the id of a job")
            _add_recipe(parser)
        case "jobs":
            parser.add_argument("--search", default="", metavar="WORDS", help="only jobs with these words")
            _add_page(parser)
        case "outputs":
            parser.add_argument("--job", metavar="JOB", help="only the outputs of this job")
            _add_page(parser)
        case "show":
            parser.add_argument("job", metavar="JOB", help="the id of a job")
        case "export":
            parser.add_argument("targets", nargs="*", metavar="OUTPUT_OR_JOB", help="ids of outputs or jobs")
            parser.add_argument("--all", action="store_true", dest="everything", help="every output of the library")
            _add_to(parser)
            parser.add_argument(
                "--preset",
                metavar="ID",
                help=f"what the files are for, see below (default: {ORIGINAL}, the files as they are)",
            )
            _add_template(parser)
        case "delete":
            parser.add_argument("jobs", nargs="+", metavar="JOB", help="the id of a job")
            parser.add_argument("--yes", action="store_true", help="delete without being asked")
        case "connections":
            _add_connections(parser)
        case "doctor":
            parser.add_argument(
                "--repair", action="store_true", help="mend what can be mended; without it nothing is changed"
            )


def _add_connections(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", nargs="?", default="list", metavar="ACTION", help=f"one of {', '.join(CONNECTION_ACTIONS)}"
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help="what the action is about, see below")
    parser.add_argument("--url", metavar="URL", help="another address of the service, https only")
    parser.add_argument("--model", metavar="ID", help="the vision model (openrouter)")
    parser.add_argument(
        "--fallback", action="append", dest="fallbacks", metavar="ID", help="a model to take where the first cannot"
    )
    parser.add_argument(
        "--zero-retention",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="only providers that keep nothing at all (openrouter)",
    )
    parser.add_argument("--bucket", metavar="NAME", help="the bucket (r2)")
    parser.add_argument(
        "--passphrase", action="store_true", help="lock the vault with a passphrase, where there is no keychain"
    )


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a picture, or a folder, which is read with its subfolders"
    )


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", required=True, metavar="DIR", help="the folder to write to; it is made if it is not there"
    )


def _add_group(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--group",
        default=DEFAULT_GROUP.value,
        metavar="HOW",
        help=f"what makes one piece: {', '.join(GroupMode)} (default: {DEFAULT_GROUP})",
    )


def _add_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--name",
        dest="template",
        metavar="TEMPLATE",
        help=f"names of the files (default: {DEFAULT_TEMPLATE})",
    )


def _add_page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit",
        default=str(DEFAULT_PAGE),
        metavar="N",
        help=f"at most so many, 1 to {LARGEST_PAGE} (default: {DEFAULT_PAGE})",
    )
    parser.add_argument("--after", metavar="CURSOR", help="go on behind the `next` of an earlier answer")


def _add_recipe(parser: argparse.ArgumentParser) -> None:
    recipe = parser.add_argument_group("recipe")
    choices: tuple[tuple[str, type[Term], Term], ...] = (
        ("scene", SceneId, DEFAULT_SCENE),
        ("metal", RecipeMetal, DEFAULT_METAL),
        ("shot", ShotId, DEFAULT_SHOT),
    )
    for option, terms, default in choices:
        recipe.add_argument(
            f"--{option}",
            action="append",
            metavar="ID",
            dest=f"{option}s",
            help=f"may be given several times; one of {', '.join(terms)} (default: {default})",
        )
    recipe.add_argument("--shape", metavar="W:H", help=f"one of {', '.join(Shape)} (default: {DEFAULT_SHAPE})")
    recipe.add_argument(
        "--size",
        metavar="PX",
        help=f"the longer side in pixels, {SMALLEST_SIZE} to {LARGEST_SIZE} (default: {DEFAULT_SIZE})",
    )
    recipe.add_argument(
        "--count",
        metavar="N",
        help=f"pictures of each combination, 1 to {LARGEST_COUNT} (default: {DEFAULT_COUNT})",
    )
    recipe.add_argument(
        "--even-if-unsure",
        action="store_true",
        help="also make drafts of references that promise no good one, where without it the reason is told",
    )
    recipe.add_argument(
        "--engine",
        metavar="ID",
        help=f"{DEFAULT_ENGINE}, or the id of a WaveSpeed model, which is paid for (default: {DEFAULT_ENGINE})",
    )
    recipe.add_argument(
        "--most-each",
        metavar="USD",
        help="make no image of a paid engine that costs more than this (default: any price)",
    )
