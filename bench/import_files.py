"""Import of 2,000 pictures against reading, hashing, copying and synchronising the same files alike.

Imported means: found, sniffed, copied, hashed, durable under its hash, its header within bounds, its row committed.
The peer does what a careful copy does and nothing else: for each file it reads, takes the SHA-256 while it copies to a
part file, synchronises that, renames it to its hash and synchronises the folder. Fewer steps would not be alike: a file
whose name a power cut can lose is not imported.

Judged are files a second of the core at work, against that peer with as many threads as the core copies with (the
stricter one wherever the disk is waited for) and with one thread; both must hold. Shown as well: the whole command line
against the whole process of the peer, both from start to end, and how long a user's edit waits for its commit while
files are imported.

The pictures are the samples, each 45 times with its number behind its end, 30 kB to 3.8 MB; the folders are new in
every round, everything written before is synchronised first, and every file is warm in memory on both sides. Each
round checks that all of them arrived, the first one also that both stored the same files. The gate: at least 0.8 times
the peer's speed.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from dmdx_desktop.workers.files import FILE_THREADS

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples"
FILES = 2_000
FILES_A_FOLDER = 100
SHA256_DIGITS = 64
GATE = Gate(Relation.RATIO, at_least=0.8)
FLUSHES = 50
EDITS_EVERY_S = 0.02

OURS = """
import asyncio, json, sys, time
from pathlib import Path
from dmdx_desktop.config import Paths, load_settings
from dmdx_desktop.core import open_core
from dmdx_desktop.models.commands import ImportPaths

async def main():
    paths = Paths(Path(sys.argv[2]))
    async with open_core(paths, load_settings(paths)) as core:
        began = time.perf_counter()
        outcome = await core.execute(ImportPaths(paths=(sys.argv[1],)), lambda phase, done, total: None)
        seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, **outcome.document}))

asyncio.run(main())
"""

PEER = """
import hashlib, json, os, sys, time
from concurrent.futures import ThreadPoolExecutor
source, target, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
parts = os.path.join(target, ".part")

def bring(path):
    part = os.path.join(parts, os.path.basename(path))
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(1 << 20))
    with open(path, "rb", buffering=0) as reading, open(part, "xb", buffering=0) as writing:
        while count := reading.readinto(buffer):
            digest.update(buffer[:count])
            writing.write(buffer[:count])
        os.fsync(writing.fileno())
    name = digest.hexdigest()
    folder = os.path.join(target, name[:2])
    os.makedirs(folder, exist_ok=True)
    os.replace(part, os.path.join(folder, name))
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)

began = time.perf_counter()
os.makedirs(parts)
paths = [os.path.join(folder, name) for folder, _, names in os.walk(source) for name in names]
with ThreadPoolExecutor(threads) as pool:
    references = list(pool.map(bring, sorted(paths)))
print(json.dumps({"seconds": time.perf_counter() - began, "references": references, "problems": []}))
"""

EDITS = """
import asyncio, json, sys, time
from pathlib import Path
from dmdx_desktop.config import Paths, resources_folder
from dmdx_desktop.library import commands, jobs, tasks
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Lane, Library
from dmdx_desktop.models.choices import GroupMode
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.ingest import Ingest
from dmdx_desktop.workers.pools import PicturePool, picture_command

async def main():
    paths = Paths(Path(sys.argv[2]))
    library, blobs, files = Library.open(paths), BlobStore(paths), FilesPool()
    pictures = PicturePool(1, picture_command(resources_folder()))
    key = await library.write(lambda tx: jobs.insert(tx, title="Ring", group_key="ring").key)
    command = await library.write(lambda tx: commands.accept(tx, command_id="c", kind="import", arguments="{}"))
    ingest = Ingest(paths, library, blobs, files, pictures)
    work = ingest.run(command, (sys.argv[1],), GroupMode.FILE, tasks.NORMAL, lambda phase, done, total: None)
    importing = asyncio.create_task(work)
    waits = []
    while not importing.done():
        began = time.perf_counter()
        await library.write(lambda tx: jobs.set_title(tx, key, f"Ring {len(waits)}"), lane=Lane.COMMAND)
        waits.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(float(sys.argv[3]))
    await importing
    await pictures.close()
    await files.close()
    library.close()
    print(json.dumps(waits))

asyncio.run(main())
"""


def main(arguments: Sequence[str]) -> int:
    rounds = rounds_from(arguments, __doc__ or "", default=5)
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as name:
        folder = Path(name)
        corpus = folder / "pictures"
        megabytes = make_corpus(corpus) / 1e6
        print(f"{FILES:,} pictures, {megabytes:.0f} MB; a flush of a small new file takes {_flush_ms(folder):.2f} ms\n")
        ours = [sys.executable, "-c", OURS, str(corpus)]
        peers = {threads: [sys.executable, "-c", PEER, str(corpus)] for threads in (FILE_THREADS, 1)}
        if not _agree(folder, [*ours, "{target}"], [*peers[1], "{target}", "1"]):
            return 1
        held = [
            judge(
                Comparison(
                    f"Import of {FILES:,} pictures: the core against the peer with {threads} threads",
                    ("ours", _trial(folder, [*ours, "{target}"])),
                    ("peer", _trial(folder, [*peer, "{target}", str(threads)])),
                    "files a second",
                    GATE,
                ),
                rounds,
            )
            for threads, peer in peers.items()
        ]
        command_line = [sys.executable, "-m", "dmdx_desktop", "import", str(corpus), "--json", "--basedir", "{target}"]
        judge(
            Comparison(
                "\nThe whole process, from start to end: the command line against the peer",
                ("dmdx-desktop import", _trial(folder, command_line, whole=True)),
                ("peer", _trial(folder, [*peers[FILE_THREADS], "{target}", str(FILE_THREADS)], whole=True)),
                "files a second",
                GATE,
            ),
            rounds,
        )
        _tell_of_edits(folder, corpus)
    return 0 if all(held) else 1


def make_corpus(folder: Path) -> int:
    """Different pictures, made of the samples; returns how many bytes they have together."""
    samples = [path for path in sorted(SAMPLES.iterdir()) if path.is_file() and path.suffix != ".json"]
    contents = [path.read_bytes() for path in samples]
    for number in range(FILES):
        sample = samples[number % len(samples)]
        target = folder / f"Collection {number // FILES_A_FOLDER:02}" / f"{sample.stem}-{number:04}{sample.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        # No reader of these formats minds what follows the end of the picture, and no two files are the same.
        target.write_bytes(contents[number % len(samples)] + number.to_bytes(8, "big"))
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _trial(folder: Path, command: Sequence[str], *, whole: bool = False) -> Callable[[], float]:
    """Files a second of ``command``, by its own clock or (``whole``) from its start to its end."""

    def files_a_second() -> float:
        target = _fresh(folder)
        began = time.perf_counter()
        document = _run(command, target)
        seconds = time.perf_counter() - began if whole else document["seconds"]
        shutil.rmtree(target)
        return FILES / seconds

    return files_a_second


def _fresh(folder: Path) -> Path:
    """A target that does not exist yet, on a disk with nothing left to write."""
    target = folder / "target"
    shutil.rmtree(target, ignore_errors=True)
    if hasattr(os, "sync"):
        os.sync()
    return target


def _run(command: Sequence[str], target: Path) -> dict[str, float]:
    filled = [part.replace("{target}", str(target)) for part in command]
    done = subprocess.run(filled, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    document = json.loads(done.stdout)
    if len(document["references"]) != FILES or document["problems"]:
        raise SystemExit(f"{len(document['references'])} of {FILES} files arrived; problems: {document['problems']}")
    return {"seconds": document.get("seconds", 0.0)}


def _agree(folder: Path, ours: Sequence[str], peer: Sequence[str]) -> bool:
    """Whether both stored the same bytes under the same hashes."""
    stored = []
    for command in (ours, peer):
        target = _fresh(folder)
        _run(command, target)
        stored.append({path.name: path.stat().st_size for path in target.rglob("*") if len(path.name) == SHA256_DIGITS})
    same = stored[0] == stored[1] and len(stored[0]) == FILES
    print(f"{'The same' if same else 'FAIL: not the same'} {len(stored[0]):,} files were stored by both\n")
    return same


def _tell_of_edits(folder: Path, corpus: Path) -> None:
    """How long a user's edit waits for its commit while an import is under way."""
    command = [sys.executable, "-c", EDITS, str(corpus), str(_fresh(folder)), str(EDITS_EVERY_S)]
    waits = sorted(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
    middle, late, most = statistics.median(waits), waits[len(waits) * 95 // 100], waits[-1]
    print(f"\nAn edit during the import waits {middle:.1f} ms (median), {late:.1f} ms (95 %), {most:.1f} ms (most)")


def _flush_ms(folder: Path) -> float:
    """What one fsync costs here: where it costs nothing, on a disk in memory, the figures say little."""
    taken = []
    for number in range(FLUSHES):
        with (folder / f"flush-{number}").open("wb", buffering=0) as stream:
            stream.write(b"-" * 4096)
            began = time.perf_counter()
            os.fsync(stream.fileno())
            taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
