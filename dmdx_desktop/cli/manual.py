"""The words of the manual pages. Pure text; the command line's thread."""

from dataclasses import dataclass
from typing import Final

from dmdx_desktop.models.choices import PAID_ONLY_SCENES, RecipeMetal, SceneId, Shape, ShotId


@dataclass(frozen=True, slots=True)
class Page:
    """The manual page of one verb."""

    verb: str
    summary: str
    description: str
    examples: tuple[str, ...]
    json: str = ""
    takes_recipe: bool = False


EXIT_CODES: Final = """\
exit codes:
  0  all went well
  1  some items failed, each with a reason and a remedy
  2  the command was not used rightly; nothing was done
  3  sign-in or credits are needed
  130  stopped by Ctrl-C; `resume` continues"""

RECIPE_DEFAULTS: Final = """\
defaults:
  group file, scene white, metal as_reference, shot as_reference, shape 1:1, size 1600, count 1, engine draft;
  PNG in sRGB, named {title}_{metal}_{scene}_{nn}.png; a name that is taken gets a suffix, nothing is overwritten."""


def _scene_line() -> str:
    drawn = ", ".join(scene for scene in SceneId if scene not in PAID_ONLY_SCENES)
    paid = ", ".join(scene for scene in SceneId if scene in PAID_ONLY_SCENES)
    return f"  scenes   {drawn}\n           {paid} (paid engines only)"


LABELS: Final = "\n".join(
    (
        "ids:",
        _scene_line(),
        f"  metals   {', '.join(RecipeMetal)}",
        f"  shots    {', '.join(ShotId)}",
        f"  shapes   {', '.join(Shape)}",
        "  engines  draft (on this computer, free)",
    )
)

MANUAL: Final = (
    Page(
        "render",
        "pictures in, finished pictures out: import, identify, generate and export",
        """\
Import pictures, read what each piece is, make its pictures and write them to a folder, in one go.

Each PATH is a picture or a folder. Every picture becomes a piece of its own unless --group says otherwise. The
originals are copied, never changed. A picture that cannot be used becomes a problem with a reason; the others go on.
Stopped half-way, by Ctrl-C or a power cut, nothing is lost: `dmdx-desktop resume` goes on where it stopped.""",
        (
            "render ring.jpg --to finished",
            "render collection/ --to finished --scene marble --scene white --metal rose_gold",
            "render solitaire/ --to finished --group name --shape 4:5 --size 2048 --json",
        ),
        "json: {jobs, references, outputs: [{id, file, job, scene, metal, width, height, sha256, engine}],\n"
        "       problems: [{path, code, message, remedy}], ignored, elapsed_s}",
        takes_recipe=True,
    ),
    Page(
        "import",
        "bring pictures into the library",
        """\
Copy pictures into the library. A folder is read with its subfolders, 16 levels down and up to 100,000 files; links are
not followed. A picture that is already there is not stored twice.

The command returns when every picture is safely on disk and listed. Previews and readings are made by later commands,
by the window, or at once with --finish. --group name puts solitaire-ring_top.png and solitaire-ring_side.png into one
job with two views.""",
        ("import ring.jpg pendant.png", "import collection/ --group name", "import collection/ --finish --json"),
        "json: {jobs, references, duplicates, problems, ignored, elapsed_s}",
    ),
    Page(
        "identify",
        "say what each piece is: kind, type, metal, stones, background",
        """\
Describe pieces. A PATH_OR_JOB is a picture, a folder or the id of a job; pictures that are not in the library yet are
imported first. Every value comes with a confidence from 0 to 1 and the source it is from: vision, user, filename,
measured or csv. What cannot be known is `unknown`; whether a stone is natural is never guessed.""",
        ("identify ring.jpg", "identify collection/ --json", "identify 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27"),
        "json: {pieces: [{file, job, kind, type, metal, background, stones: [{species, colour, shape, count}], ...}],\n"
        "       problems, elapsed_s}; each value is {value, confidence, source}",
    ),
    Page(
        "cutout",
        "write the mask of the piece in one picture",
        """\
Tell the piece from its background and write the coverage as an 8-bit grey PNG: 0 is background, 255 is piece. The mask
has the size of the picture as it is seen upright. The library is not touched.""",
        ("cutout ring.jpg --to ring-mask.png",),
        "json: {file, width, height, confidence, background, problems, elapsed_s}",
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
        "json: {run, outputs, problems, elapsed_s}",
        takes_recipe=True,
    ),
    Page(
        "jobs",
        "list the jobs of the library",
        "List jobs, newest first. With --search, only those whose title, file names or description hold the words.",
        ("jobs", "jobs --search 'rose gold ring'", "jobs --limit 50 --json"),
        "json: {jobs: [{id, title, references, outputs, type, metal, created_at}], next}",
    ),
    Page(
        "outputs",
        "list the finished pictures of the library",
        "List outputs, newest first. Outputs of the engine `draft` are drafts, and are labelled so in their metadata.",
        ("outputs", "outputs --job 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27", "outputs --limit 200 --json"),
        "json: {outputs: [{id, job, scene, metal, shot, shape, width, height, sha256, engine, label, created_at}],\n"
        "       next}",
    ),
    Page(
        "show",
        "show everything about one job",
        "Show a job: its references, its description with sources and confidences, its renders, outputs and problems.",
        ("show 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --json",),
        "json: {id, title, piece, references, renders, outputs, problems}",
    ),
    Page(
        "export",
        "write finished pictures to a folder",
        """\
Write outputs to a folder, named by ids of outputs or jobs, or all with --all. Nothing is ever overwritten: a name that
is taken gets a suffix.""",
        (
            "export --all --to finished",
            "export 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --to finished --name '{title}_{nn}.png'",
        ),
        "json: {outputs: [{id, file, ...}], problems, elapsed_s}",
    ),
    Page(
        "delete",
        "delete jobs with every copy",
        """\
Delete jobs: originals, clean copies, previews, outputs, temporary files, rows, search entries and backups that hold
them. Pictures you exported stay where you put them. Deleted is deleted: there is no undo on the command line, so --yes
is needed. A receipt with counts and times is printed and kept; it names no picture.""",
        ("delete 01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27 --yes",),
        "json: {deleted, receipts: [{id, counts, started_at, finished_at}], problems, elapsed_s}",
    ),
    Page(
        "resume",
        "carry everything unfinished to its end",
        """\
Go on with whatever was under way when DMDX was stopped, however it was stopped: imports, readings, drafts, exports and
deletions. The result is the same as if it had never been stopped.""",
        ("resume", "resume --json"),
        "json: {jobs, references, outputs, problems, elapsed_s}",
    ),
    Page(
        "doctor",
        "look for damage in the library, and mend it",
        """\
Compare the library with what is on disk. Without --repair nothing at all is changed. With it, what can be mended is
mended; what is lost is listed with what to do.""",
        ("doctor", "doctor --repair --json"),
        "json: {findings: [{kind, where, message, remedy, repaired}], checked, elapsed_s}",
    ),
    Page(
        "self-test",
        "check that this installation works",
        "Try every part of the installation in a temporary folder: picture formats, database, engines, one draft.",
        ("self-test", "self-test --json"),
        "json: {checks: [{name, passed, detail}], elapsed_s}",
    ),
)
