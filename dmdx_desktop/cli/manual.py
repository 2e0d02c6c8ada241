"""The words of the manual pages. Pure text; the command line's thread."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.models.choices import (
    DEFAULT_COUNT,
    DEFAULT_ENGINE,
    DEFAULT_GROUP,
    DEFAULT_METAL,
    DEFAULT_SCENE,
    DEFAULT_SHAPE,
    DEFAULT_SHOT,
    DEFAULT_SIZE,
    PAID_ONLY_SCENES,
    EngineId,
    GroupMode,
    RecipeMetal,
    SceneId,
    Shape,
    ShotId,
)
from dmdx_desktop.models.naming import DEFAULT_TEMPLATE, TEMPLATE_WORDS
from dmdx_desktop.models.vocabulary import (
    Background,
    JewelleryType,
    Kind,
    Metal,
    Species,
    StoneColour,
    StoneShape,
    View,
)

PROGRAM: Final = "dmdx-desktop"
CONNECTION_ACTIONS: Final = ("list", "set", "test", "remove", "use", "budget", "copies")

# A manual page reads well at this width, whatever the terminal has.
PAGE_WIDTH: Final = 80


@dataclass(frozen=True, slots=True)
class Page:
    """The manual page of one verb."""

    verb: str
    summary: str
    description: str
    examples: tuple[str, ...]
    json: str
    takes_recipe: bool = False
    takes_group: bool = False
    names_files: bool = False
    knows_presets: bool = False
    says_labels: bool = False

    @property
    def sections(self) -> tuple[str, ...]:
        """What the page says below its options, in order."""
        return (
            *((RECIPE_DEFAULTS, IDS) if self.takes_recipe else ()),
            *((GROUPS,) if self.takes_group else ()),
            *((PRESETS,) if self.knows_presets else ()),
            *((NAMING,) if self.names_files else ()),
            *((LABELS,) if self.says_labels else ()),
            self.json,
            PROBLEMS,
            "examples:\n" + "\n".join(f"  {PROGRAM} {example}" for example in self.examples),
            EXIT_CODES,
        )


EXIT_CODES: Final = """\
exit codes:
  0    all went well
  1    some or all items failed, each with a reason and a remedy
  2    the command was not used rightly; nothing was done
  3    sign-in or credits are needed
  130  stopped, by Ctrl-C or by the system; `resume` goes on"""

RECIPE_DEFAULTS: Final = f"""\
defaults:
  scene {DEFAULT_SCENE}, metal {DEFAULT_METAL}, shot {DEFAULT_SHOT}, shape {DEFAULT_SHAPE},
  size {DEFAULT_SIZE}, count {DEFAULT_COUNT}, engine {DEFAULT_ENGINE}; files are PNG in sRGB"""

NAMING: Final = f"""\
names of files:
  {DEFAULT_TEMPLATE} unless --name says otherwise; {{nn}} counts the
  pictures of one combination from 01. A name that is taken gets a suffix (-2,
  -3 ...): nothing is ever overwritten. --name knows
  {" ".join(f"{{{word}}}" for word in TEMPLATE_WORDS[:6])}
  {" ".join(f"{{{word}}}" for word in TEMPLATE_WORDS[6:])}"""

PRESETS: Final = """\
presets:
  original        the files as they are; this is the default
  web_shop        2048 px JPEG, square
  amazon_main     2000 px JPEG, pure white, the piece fills 85 %
  google_merchant 1500 px JPEG, white, the piece fills 85 %
  etsy            2000 px JPEG, square
  ebay            1600 px JPEG, square, at most 12 MB
  social_portrait 1080 x 1350 JPEG
  story           1080 x 1920 JPEG
  web_small       1200 px WebP
  print_catalogue TIFF of full size
  cut_out         PNG of full size, what is transparent stays so
  contact_sheet   PDF on A4: twelve images a page, with their words
  contact_sheet_letter
                  the same on Letter
  Nothing is enlarged, and a piece is never cut off. Each preset has its own
  names unless --name gives others. docs/channels.md says where each comes from."""

PROBLEMS: Final = """\
problems:
  [{path, code, message, remedy}]; path is what you named (a file or an id), or
  null. An error that stops the whole command prints {problems} alone."""


def _listed(name: str, terms: Iterable[str], note: str = "") -> str:
    """One list of ids under its name, with the lines after the first indented."""
    words = ", ".join(terms)
    return textwrap.fill(f"{words}{note}", PAGE_WIDTH, initial_indent=f"  {name:<12}", subsequent_indent=" " * 14)


IDS: Final = "\n".join(
    (
        "ids:",
        _listed("scenes", (scene for scene in SceneId if scene not in PAID_ONLY_SCENES)),
        _listed("", (scene for scene in SceneId if scene in PAID_ONLY_SCENES), " (paid engines only)"),
        _listed("metals", RecipeMetal),
        _listed("shots", ShotId),
        _listed("shapes", Shape),
        _listed("engines", EngineId, " (on this computer, free), or a WaveSpeed model id"),
    )
)

SEEN_LABELS: Final = "\n".join(
    (
        "labels read from pictures (`identify --help` has all):",
        _listed("kind", Kind),
        _listed("background", Background),
        _listed("colour", StoneColour),
    )
)

LABELS: Final = "\n".join(
    (
        "labels:",
        _listed("kind", Kind),
        _listed("type", JewelleryType),
        _listed("metal", Metal),
        _listed("background", Background),
        _listed("view", View),
        _listed("species", Species),
        _listed("colour", StoneColour),
        _listed("shape", StoneShape),
    )
)

GROUPS: Final = "\n".join(
    ("groups:", *(f"  {mode.value:<12}{mode.label.lower()}" for mode in GroupMode), f"  default: {DEFAULT_GROUP}")
)

MANUAL: Final = (
    Page(
        "render",
        "pictures in, finished pictures out: import, identify, generate and export",
        """\
Import pictures, read what each piece is, make its pictures and write them to a folder, in one go.

Each PATH is a picture or a folder. Every picture becomes a piece of its own unless --group says otherwise. The
originals are copied, never changed. A picture that cannot be used becomes a problem with a reason; the others go on. So
does one of which no good draft can be made: its cut-out is unsure, it shows a hand, several pieces or a piece that is
cut off, or it is too small; --even-if-unsure makes its draft anyway.
Stopped half-way, by Ctrl-C or a power cut, nothing is lost: `dmdx-desktop resume` goes on where it stopped.""",
        (
            "render ring.jpg --to finished",
            "render collection/ --to finished --scene marble --scene white --metal rose_gold",
            "render solitaire/ --to finished --group name --shape 4:5 --size 2048 --json",
        ),
        "json:\n"
        "  {jobs: [id], references: [id], duplicates, ignored, problems, elapsed_s,\n"
        "  outputs: [{id, file, job, scene, metal, shot, shape, width, height,\n"
        "  sha256, pixels_sha256, engine, label, created_at}]}",
        takes_recipe=True,
        takes_group=True,
        names_files=True,
    ),
    Page(
        "import",
        "bring pictures into the library",
        """\
Copy pictures into the library. A folder is read with its subfolders, 16 levels down and up to 100,000 files; links are
not followed. A picture that is already there is not stored twice.

The command returns when every picture is safely on disk and listed. Previews and readings are made by later commands,
by the window, or at once with --finish. --group name puts solitaire-ring_top.png and solitaire-ring_side.png into one
job with two views. --here keeps a connected vision model from being asked about them.""",
        ("import ring.jpg pendant.png", "import collection/ --group name", "import collection/ --finish --json"),
        "json:\n  {jobs: [id], references: [id], duplicates, ignored, problems, elapsed_s}",
        takes_group=True,
    ),
    Page(
        "identify",
        "say what each piece is: kind, type, metal, stones, background",
        """\
Describe pieces. A PATH_OR_JOB is a picture, a folder or the id of a job; pictures that are not in the library yet are
imported first. Every value comes with a confidence from 0 to 1 and the source it is from: vision, user, filename,
measured or csv. What cannot be known is `unknown`; whether a stone is natural is never guessed.""",
        ("identify ring.jpg", "identify collection/ --json", "identify 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27"),
        "json:\n"
        "  {pieces: [{file, job, reference, kind, type, subtype, metal, purity, finish,\n"
        "  background, view, setting, style, pieces, title, sku, warnings,\n"
        "  stones: [{species, colour, shape, cut_style, count, ..., places}], ...}],\n"
        "  problems, elapsed_s}\n"
        "  each value is {value, confidence, source}; places, where known, are\n"
        "  [x, y, width, height] of stones as shares of the picture",
        says_labels=True,
    ),
    Page(
        "cutout",
        "write the mask of the piece in one picture",
        """\
Tell the piece from its background and write the coverage as an 8-bit grey PNG: 0 is background, 255 is piece. The mask
has the size of the picture as it is seen upright. The library is not touched.""",
        ("cutout ring.jpg --to ring-mask.png",),
        "json:\n  {file, width, height, confidence, background, problems, elapsed_s}",
    ),
    Page(
        "generate",
        "make pictures of jobs that are in the library",
        """\
One run of a recipe over jobs that are already in the library. The outputs stay in the library; `export` writes them to
a folder.""",
        (
            "generate 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --scene slate --metal platinum",
            "generate 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --count 3 --json",
        ),
        "json:\n  {run: id, outputs: [as of render, file null], problems, elapsed_s}",
        takes_recipe=True,
    ),
    Page(
        "jobs",
        "list the jobs of the library",
        "List jobs, newest first. With --search, only those whose title, file names or description hold the words.",
        ("jobs", "jobs --search 'rose gold ring'", "jobs --limit 50 --json"),
        "json:\n"
        "  {jobs: [{id, title, references, outputs, type, metal, warnings,\n"
        "  created_at}],\n"
        "  next: cursor or null, elapsed_s}",
    ),
    Page(
        "outputs",
        "list the finished pictures of the library",
        "List outputs, newest first. Outputs of the engine `draft` are drafts, and are labelled so in their metadata.",
        ("outputs", "outputs --job 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27", "outputs --limit 200 --json"),
        "json:\n"
        "  {outputs: [{id, file, job, scene, metal, shot, shape, width, height,\n"
        "  sha256, pixels_sha256, engine, label, created_at}],\n"
        "  next: cursor or null, elapsed_s}",
    ),
    Page(
        "show",
        "show everything about one job",
        "Show a job: its references, its description with sources and confidences, its renders, outputs and problems.",
        ("show 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --json",),
        "json:\n  {id, title, created_at, updated_at, piece, references, renders, outputs,\n  problems, elapsed_s}",
    ),
    Page(
        "export",
        "write finished pictures to a folder",
        """\
Write outputs to a folder, named by ids of outputs or jobs, or all with --all. Nothing is ever overwritten: a name that
is taken gets a suffix. With --preset the files are made for a shop, a marketplace, print or a contact sheet.""",
        (
            "export --all --to finished",
            "export --all --to amazon --preset amazon_main",
            "export 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --to finished --name '{title}_{nn}.png'",
        ),
        "json:\n  {outputs: [as of render, with file], problems, elapsed_s}; width, height and\n"
        "  sha256 are those of the output, not of a file that a preset has made of it",
        names_files=True,
        knows_presets=True,
    ),
    Page(
        "delete",
        "delete jobs with every copy",
        """\
Delete jobs: originals, clean copies, previews, outputs, temporary files, rows, search entries and backups that hold
them. Pictures you exported stay where you put them. Deleted is deleted: there is no undo on the command line, so --yes
is needed. A receipt with counts and times is printed and kept; it names no picture.""",
        ("delete 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --yes",),
        "json:\n  {deleted: [id], receipts: [{id, counts, started_at, finished_at}],\n  problems, elapsed_s}",
    ),
    Page(
        "resume",
        "carry everything unfinished to its end",
        """\
Go on with whatever was under way when DMDX was stopped, however it was stopped: imports, readings, drafts, exports and
deletions. The result is the same as if it had never been stopped.""",
        ("resume", "resume --json"),
        "json:\n  {jobs, references, outputs, commands: [id], receipts: [id], problems,\n  elapsed_s}",
    ),
    Page(
        "connections",
        "connect services with your own keys, try them, or remove them",
        """\
Say who identifies pieces, makes pictures and keeps them. Everything can stay on this computer; with keys of your own it
is done by OpenRouter (reading), WaveSpeed (pictures) and your bucket at Cloudflare R2 (references).

`connections` lists them. `connections set SERVICE` takes the keys from a person at the terminal, without showing them,
or from standard input, one NAME=VALUE a line; never from the command line. `connections test [SERVICE]` says in words
what works and what is left. `connections remove SERVICE` forgets it and its keys. `connections use PURPOSE WAY` has a
kind of work done here or by its service. `connections budget USD` stops paid work when a month has cost so much; `none`
takes the budget away, `lift` lets this month go beyond it. `connections copies on` has finished images of paid engines
copied into the bucket while the program runs, and `resume` waits for them; `off`, `pause`, `go-on`, and `limit MB` a
second, or `limit none`.

Keys are kept encrypted; what opens them is in the keychain of this computer. Where there is none, --passphrase locks
them. For headless use a key may be given by the environment, and turns its connection on for that start:
DMDX_OPENROUTER_URL, DMDX_OPENROUTER_KEY, DMDX_OPENROUTER_MODEL, DMDX_WAVESPEED_URL, DMDX_WAVESPEED_KEY,
DMDX_R2_ENDPOINT, DMDX_R2_BUCKET, DMDX_R2_ACCESS_KEY_ID, DMDX_R2_SECRET_ACCESS_KEY, DMDX_R2_SESSION_TOKEN; and
DMDX_VAULT_PASSPHRASE opens a vault with a passphrase.""",
        (
            "connections",
            "connections set wavespeed",
            "connections set r2 --url https://ACCOUNT.r2.cloudflarestorage.com --bucket jewels < keys.txt",
            "connections test --json",
            "connections budget 50",
        ),
        "json:\n"
        "  {purposes: [{purpose, way, service}], services: [{service, url, keys,\n"
        "  usable, ...}], copies: {on, paused, limit_bytes_per_second, waiting,\n"
        "  stored, failed, waiting_bytes, stored_bytes, arriving_bytes, trouble},\n"
        "  vault, money, problems, elapsed_s}; of `test`\n"
        "  {tests: [{service, health, sentences, balance_micro_usd,\n"
        "  limit_micro_usd, tested_at}], problems, elapsed_s}\n"
        "services:\n  openrouter, wavespeed, r2\n"
        "purposes:\n  identification, rendering, storage; each is `local` or `own_keys`",
    ),
    Page(
        "doctor",
        "look for damage in the library, and mend it",
        """\
Compare the library with what is on disk. Without --repair nothing at all is changed. With it, what can be mended is
mended; what is lost is listed with what to do.""",
        ("doctor", "doctor --repair --json"),
        "json:\n  {findings: [{kind, where, message, remedy, repaired}], problems,\n  elapsed_s}",
    ),
    Page(
        "self-test",
        "check that this installation works",
        "Try every part of the installation in a temporary folder: picture formats, database, engines, one draft.",
        ("self-test", "self-test --json"),
        "json:\n  {checks: [{name, passed, detail}], problems, elapsed_s}",
    ),
)
