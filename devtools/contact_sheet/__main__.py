"""``dev.py contact-sheet`` itself: reads the options, draws with one or two processes, writes the sheets."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from devtools.contact_sheet.cells import METALS, OWN_SCENES, ROOT, Piecework, Plan, draw_piece, sample_pictures
from devtools.contact_sheet.documents import write_pictures_of_documents
from devtools.contact_sheet.pages import Layout, draw_page, save_sheets
from dmdx_desktop.models.choices import LARGEST_SIZE, SMALLEST_SIZE, RecipeMetal, SceneId

SINGLE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main(arguments: Sequence[str]) -> int:
    options = _options().parse_args(arguments)
    for name in SINGLE_THREAD:
        os.environ.setdefault(name, "1")
    if options.for_docs:
        for path in write_pictures_of_documents(ROOT / "docs" / "pictures"):
            print(path.relative_to(ROOT))
        return 0
    references = [path for path in sample_pictures() if options.pieces in path.name][: options.most]
    if not references:
        print(f"No sample has “{options.pieces}” in its name.", file=sys.stderr)
        return 2
    plan = Plan(tuple(options.scenes), tuple(options.metals), options.size, options.crops)
    count = save_sheets(_pages(references, plan, options.workers), options.to)
    print(f"{count} sheets and contact-sheet.pdf are in {options.to}")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python dev.py contact-sheet")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "contact-sheet", help="folder for the sheets")
    parser.add_argument("--size", type=int, default=320, help="side of each picture in pixels")
    parser.add_argument("--most", type=int, default=None, help="draw no more than so many samples")
    parser.add_argument("--pieces", default="", metavar="WORD", help="draw only samples with this in their names")
    parser.add_argument("--scenes", nargs="+", type=SceneId, choices=OWN_SCENES, default=OWN_SCENES)
    parser.add_argument("--metals", nargs="+", type=RecipeMetal, choices=METALS, default=METALS)
    parser.add_argument(
        "--crops",
        type=_draft_size,
        nargs="?",
        const=1600,
        default=0,
        metavar="SIZE",
        help="add pages with edges at 100 %% from drafts of SIZE pixels, 1600 if nothing is said",
    )
    parser.add_argument("--workers", type=int, choices=(1, 2), default=2, help="how many processes draw")
    parser.add_argument("--for-docs", action="store_true", help="make the small sheets in docs/pictures anew instead")
    return parser


def _draft_size(text: str) -> int:
    size = int(text)
    if not SMALLEST_SIZE <= size <= LARGEST_SIZE:
        raise argparse.ArgumentTypeError(f"a draft has between {SMALLEST_SIZE} and {LARGEST_SIZE} pixels")
    return size


def _pages(references: Sequence[Path], plan: Plan, workers: int) -> Iterator[tuple[str, Image.Image]]:
    """Each page with the name of its file, in the order of the references."""
    drawn = partial(draw_piece, plan=plan)
    # Two processes by default; “spawn” because it is the same everywhere.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for number, piece in enumerate(pool.map(drawn, references), start=1):
            yield from _pages_of(piece, f"{number:02}_{references[number - 1].stem}")


def _pages_of(piece: Piecework, name: str) -> Iterator[tuple[str, Image.Image]]:
    yield name, draw_page(piece.title, piece.rows, Layout())
    if piece.crops:
        yield f"{name}_edges", draw_page(f"{piece.title}: edges at 100 %", piece.crops, Layout())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
