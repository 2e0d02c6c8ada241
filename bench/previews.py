"""Previews: pictures a second on one core, 320 px, against vipsthumbnail on the same 220 pictures.

Both make JPEG of quality 85, upright and in sRGB, in one process with one thread; starting the process counts on
both sides. Judged are pictures a second of processor time; pictures a second by the clock are shown as well. The
pictures are the samples as they are and enlarged to what cameras and CAD programs write: turned by EXIF, in wide gamut
with a profile, as plain JPEG and as PNG. Before measuring, the results of both are compared with each other.
The gate: at least as many as vipsthumbnail.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.icc import adobe_rgb_profile
from dmdx_desktop.imaging.safe_open import open_picture

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples"
EDGE = 320
QUALITY = 85
GATE = Gate(Relation.RATIO, at_least=1.0)
ORIENTATIONS = (6, 8, 3, 5)
ORIENTATION_TAG = 0x0112
MOST_DIFFERENCE = 4.0
"""Mean levels by which two previews of one picture may differ; their filters are not the same."""

OURS = """
import sys
from pathlib import Path
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.previews import make_previews
pictures, target, edge = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
bounds, colour = Bounds(), ColourConverter()
for path in sorted(pictures.iterdir()):
    made = make_previews(path, bounds, edges=(edge,), colour=colour)
    (target / (path.name + ".jpg")).write_bytes(made[edge])
"""


def main(arguments: Sequence[str]) -> int:
    rounds = rounds_from(arguments, __doc__ or "", default=5)
    with tempfile.TemporaryDirectory() as folder:
        pictures, ours, peer = (Path(folder) / name for name in ("pictures", "ours", "peer"))
        for each in (pictures, ours, peer):
            each.mkdir()
        count = _make_corpus(pictures)
        commands = _our_command(pictures, ours), _vips_command(pictures, peer)
        for command in commands:
            _run(command)
        if not _agree(pictures, ours, peer):
            return 1
        held = [
            judge(
                Comparison(
                    f"Previews of {count} pictures, {EDGE} px: {title}",
                    ("ours", _trial(commands[0], count, clock)),
                    ("vipsthumbnail", _trial(commands[1], count, clock)),
                    f"pictures a second of {title}",
                    GATE,
                ),
                rounds,
            )
            for title, clock in (("processor time", _children_cpu), ("the clock", time.perf_counter))
        ]
    return 0 if held[0] else 1


def _make_corpus(folder: Path) -> int:
    """Five pictures of each sample; returns how many pictures there are."""
    samples = [path for path in sorted(SAMPLES.iterdir()) if path.is_file() and path.suffix != ".json"]
    for number, path in enumerate(samples):
        (folder / path.name).write_bytes(path.read_bytes())
        plain = open_picture(path, Bounds()).image.convert("RGB")
        large = plain.resize((plain.width * 5 // 2, plain.height * 5 // 2), Image.Resampling.BICUBIC)
        exif = Image.Exif()
        exif[ORIENTATION_TAG] = ORIENTATIONS[number % len(ORIENTATIONS)]
        large.save(folder / f"{path.stem}-turned.jpg", quality=90, exif=exif.tobytes())
        large.save(folder / f"{path.stem}-wide.jpg", quality=92, icc_profile=adobe_rgb_profile())
        plain.save(folder / f"{path.stem}-plain.jpg", quality=85)
        middle = plain.resize((plain.width * 8 // 5, plain.height * 8 // 5), Image.Resampling.BICUBIC)
        middle.save(folder / f"{path.stem}-cad.png")
    return 5 * len(samples)


def _our_command(pictures: Path, target: Path) -> list[str]:
    return [sys.executable, "-c", OURS, str(pictures), str(target), str(EDGE)]


def _vips_command(pictures: Path, target: Path) -> list[str]:
    # Without an import profile libvips 8.14 darkens the shadows of pictures that carry none, and is slower too.
    profiles = ["--eprofile", "srgb", "--iprofile", "srgb"]
    options = [*profiles, "-s", f"{EDGE}x{EDGE}", "-o", f"{target}/%s.jpg[Q={QUALITY}]"]
    return ["env", "VIPS_CONCURRENCY=1", "vipsthumbnail", *options, *(str(path) for path in sorted(pictures.iterdir()))]


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _trial(command: Sequence[str], count: int, clock: Callable[[], float]) -> Callable[[], float]:
    def pictures_a_second() -> float:
        began = clock()
        _run(command)
        return count / (clock() - began)

    return pictures_a_second


def _children_cpu() -> float:
    """Processor seconds that finished child processes have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _agree(pictures: Path, ours: Path, peer: Path) -> bool:
    """Whether both made the same previews, so that the figure compares like with like. What is transparent is left
    out: the two put different grounds behind it."""
    unlike = []
    for path in sorted(pictures.iterdir()):
        with Image.open(path) as source:
            if source.has_transparency_data:
                continue
        one, other = Image.open(ours / f"{path.name}.jpg"), Image.open(peer / f"{path.stem}.jpg")
        near = max(abs(one.width - other.width), abs(one.height - other.height)) <= 1
        pixels = np.asarray(one).astype(int), np.asarray(other.convert("RGB").resize(one.size)).astype(int)
        if not near or np.abs(pixels[0] - pixels[1]).mean() > MOST_DIFFERENCE:
            unlike.append(path.name)
    print(f"Compared {len(list(pictures.iterdir()))} previews of both; unlike: {', '.join(unlike) or 'none'}\n")
    return not unlike


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
