"""Every fault of a network between the program and each service: nothing fails for being offline, all of it drains.

A process of its own with the servers on threads; the program is a child process of the command line. For each fault it
renders (or reads) while the fault sets in and lasts a while; from the moment the network is well again all has to be
done within a minute, nothing marked failed, and every charge has its one picture.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dmdx_desktop.config import Paths, Settings, save_settings
from tests.servers.openrouter import MODELS, OpenRouterServer
from tests.servers.r2 import R2Server
from tests.servers.tcp_proxy import TcpProxy, Toxic
from tests.servers.wavespeed import WaveSpeedServer

ROOT: Final = Path(__file__).resolve().parents[2]
SAMPLES: Final = ROOT / "tests" / "samples"
PICTURES: Final = ("solitaire-ring_top.png", "ruby-pendant_front.webp", "halo-ring_front.png")
ENGINE: Final = "google/nano-banana/edit"
SERVICES: Final = ("wavespeed", "openrouter", "r2")
MOST_DRAIN_S: Final = 60.0
BEGINS_S: Final = 1.5
PATIENCE_S: Final = 240.0


@dataclass(frozen=True)
class Trial:
    """One fault before one service, and what came of it."""

    service: str
    toxic: Toxic
    drained_s: float
    failed: int
    charges: int
    made: int

    @property
    def passed(self) -> bool:
        return self.drained_s <= MOST_DRAIN_S and not self.failed and self.charges == self.made == len(PICTURES)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lasts", type=float, default=8.0, help="seconds a fault lasts (8)")
    parser.add_argument("--service", choices=SERVICES, action="append", help="only before this service")
    options = parser.parse_args(arguments)
    trials = []
    print(f"{'service':<12}{'fault':<24}{'drained after':>14}{'failed':>8}{'charges':>9}{'pictures':>10}", flush=True)
    for service in options.service or SERVICES:
        for toxic in Toxic:
            if toxic is not Toxic.NONE:
                trials.append(_try(service, toxic, options.lasts))
                _tell(trials[-1])
    passed = all(trial.passed for trial in trials)
    word = "PASS" if passed else "FAIL"
    print(f"\n{word}: every fault drains within {MOST_DRAIN_S:.0f} s, nothing failed or paid twice")
    return 0 if passed else 1


def _tell(trial: Trial) -> None:
    word = "PASS" if trial.passed else "FAIL"
    print(
        f"{trial.service:<12}{trial.toxic:<24}{trial.drained_s:>12.1f} s{trial.failed:>8}{trial.charges:>9}"
        f"{trial.made:>10}  {word}",
        flush=True,
    )


def _try(service: str, toxic: Toxic, lasts_s: float) -> Trial:
    with tempfile.TemporaryDirectory(prefix="dmdx-network-") as name, _world() as world:
        library = Path(name) / "library"
        library.mkdir()
        save_settings(Paths(library), Settings(settle_seconds=2, attempts_per_render=6))
        proxy = world.proxies[service]
        well_at: list[float] = []

        def spoil() -> None:
            time.sleep(BEGINS_S)
            proxy.toxic = toxic
            time.sleep(lasts_s)
            proxy.toxic = Toxic.NONE
            well_at.append(time.monotonic())

        spoiling = threading.Thread(target=spoil)
        spoiling.start()
        pictures = [str(SAMPLES / picture) for picture in PICTURES]
        order = ["render", *pictures, "--to", str(Path(name) / "out"), "--engine", ENGINE, "--json"]
        document = _run(order, library, world.environment)
        spoiling.join()
        if len(document.get("outputs", [])) < len(PICTURES):
            document = _run(["resume", "--json"], library, world.environment)
        drained_s = max(0.0, time.monotonic() - well_at[0])
        listed = _run(["outputs", "--json"], library, world.environment)["outputs"]
        problems = [one for one in document.get("problems", []) if one.get("code") not in ("offline", "service_down")]
        charges = [charge for charge in world.wavespeed.world.charges() if not charge.refunded]
        return Trial(service, toxic, drained_s, len(problems), len(charges), len(listed))


@dataclass(frozen=True)
class World:
    """The servers, each behind a proxy that spoils its network."""

    wavespeed: WaveSpeedServer
    proxies: Mapping[str, TcpProxy]
    environment: Mapping[str, str]


@contextmanager
def _world() -> Iterator[World]:
    with ExitStack() as opened:
        wavespeed = opened.enter_context(WaveSpeedServer(small=True))
        openrouter = opened.enter_context(OpenRouterServer())
        storage = opened.enter_context(R2Server())
        origins = {"wavespeed": wavespeed.origin, "openrouter": openrouter.origin, "r2": storage.origin}
        proxies = {name: opened.enter_context(_before(origin)) for name, origin in origins.items()}
        yield World(
            wavespeed,
            proxies,
            {
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "DMDX_WAVESPEED_URL": proxies["wavespeed"].origin,
                "DMDX_WAVESPEED_KEY": wavespeed.key,
                "DMDX_OPENROUTER_URL": f"{proxies['openrouter'].origin}/api/v1",
                "DMDX_OPENROUTER_KEY": openrouter.key,
                "DMDX_OPENROUTER_MODEL": str(MODELS[0]["id"]),
                "DMDX_R2_ENDPOINT": proxies["r2"].origin,
                "DMDX_R2_BUCKET": storage.bucket,
                "DMDX_R2_ACCESS_KEY_ID": storage.access_key_id,
                "DMDX_R2_SECRET_ACCESS_KEY": storage.secret_access_key,
            },
        )


def _before(origin: str) -> TcpProxy:
    parts = urlsplit(origin)
    assert parts.hostname is not None
    assert parts.port is not None
    return TcpProxy(parts.hostname, parts.port)


def _run(order: Sequence[str], library: Path, environment: Mapping[str, str]) -> dict[str, list[dict[str, object]]]:
    ended = subprocess.run(
        [sys.executable, "-m", "dmdx_desktop", *order, "--basedir", str(library)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    found = json.loads(ended.stdout) if ended.stdout.strip() else {"problems": [{"code": ended.stderr[-200:]}]}
    assert isinstance(found, dict)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
