"""A shop whose pictures are made for money: servers of the tests, references, a basedir, and the command line on it.

The servers run on threads of this process, and live on while the program is killed and started again.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths, Settings, save_settings
from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from tests.crash.scenario import write_small
from tests.end2end.command_line import CommandLine
from tests.end2end.programs import SAMPLES
from tests.servers.r2 import R2Server
from tests.servers.wavespeed import WaveSpeedServer
from tests.servers.wavespeed_faults import WaveSpeedFaults
from tests.servers.wavespeed_world import DOLLAR

ENGINE: Final = "google/nano-banana/edit"
PRICE_MICRO_USD: Final = 38_000
SETTLE_S: Final = 2
ATTEMPTS_PER_RENDER: Final = 8
HISTORY_LAG_S: Final = 0.12
PATIENCE_S: Final = 30.0
PICTURES: Final = (
    "bangle_three-quarter_clay.jpg",
    "drop-earrings_front_photo.jpg",
    "emerald-ring_front.png",
    "flower-brooch_top_photo.png",
    "halo-ring_top.png",
    "ruby-pendant_front.webp",
    "signet-ring_three-quarter_photo.jpg",
    "solitaire-ring_top_photo.jpg",
    "tennis-bracelet_three-quarter_photo.jpg",
    "wedding-band_three-quarter_photo-exif.jpg",
)
"""Samples that do not look like each other, so that it can be told which of them a service was sent."""


@dataclass(frozen=True)
class Order:
    """How many of each are asked for: every picture in every scene, metal and shot."""

    pictures: int
    scenes: int
    metals: int
    shots: int

    @property
    def renders(self) -> int:
        return self.pictures * self.scenes * self.metals * self.shots

    def words(self) -> list[str]:
        """The order as options of the command line."""
        chosen = (
            ("--scene", list(SceneId)[: self.scenes]),
            ("--metal", list(RecipeMetal)[: self.metals]),
            ("--shot", list(ShotId)[: self.shots]),
        )
        return [word for option, ids in chosen for one in ids for word in (option, one.value)]


@dataclass(frozen=True)
class PaidShop:
    """What there is in one folder, and the servers it pays; without ``storage`` references carry no marker."""

    folder: Path
    service: WaveSpeedServer
    storage: R2Server | None
    order: Order

    @property
    def paths(self) -> Paths:
        return Paths(self.folder / "library")

    @property
    def inputs(self) -> Path:
        return self.folder / "inputs"

    @property
    def exported(self) -> Path:
        return self.folder / "exported"

    @property
    def program(self) -> CommandLine:
        """The command line with the keys of the servers."""
        return CommandLine(self.paths.basedir, variables=keys_of(self.service, self.storage))

    def render_words(self) -> list[str]:
        """The verb that makes everything."""
        return ["render", str(self.inputs), "--to", str(self.exported), "--engine", ENGINE, *self.order.words()]


def order_of(renders: int) -> Order:
    """The smallest order of at least so many renders; of as many pictures as possible."""
    sizes = itertools.product(
        range(1, len(PICTURES) + 1),
        range(1, len(SceneId) + 1),
        range(1, len(RecipeMetal) + 1),
        range(1, len(ShotId) + 1),
    )
    enough = (order for order in (Order(*size) for size in sizes) if order.renders >= renders)
    return min(enough, key=lambda order: (order.renders, -order.pictures, -order.scenes))


def hard_days(seed: int) -> WaveSpeedFaults:
    """What goes wrong with the service while the program is being killed."""
    faults = WaveSpeedFaults(seed=seed)
    faults.charged_then_dropped = 0.12
    faults.charged_then_502 = 0.05
    faults.refused_503 = 0.08
    faults.failed_share = 0.03
    faults.history_lag_s = HISTORY_LAG_S
    faults.billing_lag_s = 0.5
    faults.polls_until_done = 0
    faults.seconds_spread = 0.5
    return faults


@contextmanager
def paid_shop(
    folder: Path,
    *,
    renders: int,
    has_marker: bool = True,
    faults: WaveSpeedFaults | None = None,
    key: str = "",
    secret: str | None = None,
) -> Iterator[PaidShop]:
    """A shop with its references, whose servers answer; the settle window is short, so that a run is.

    ``key`` is the service's and ``secret`` the bucket's; they are made up where not given.
    """
    with ExitStack() as opened:
        service = opened.enter_context(
            WaveSpeedServer(key=key, small=True, faults=faults, balance_micro_usd=1_000_000 * DOLLAR)
        )
        storage = opened.enter_context(R2Server(secret_access_key=secret)) if has_marker else None
        shop = PaidShop(folder, service, storage, order_of(renders))
        shop.inputs.mkdir(parents=True)
        shop.paths.basedir.mkdir()
        for name in PICTURES[: shop.order.pictures]:
            write_small(SAMPLES / name, shop.inputs / name)
        shorten(shop.paths)
        yield shop


def shorten(paths: Paths, *, settle_s: int = SETTLE_S, attempts: int = ATTEMPTS_PER_RENDER) -> None:
    """Set the settle window, and how often a render may be paid for."""
    paths.basedir.mkdir(exist_ok=True)
    save_settings(paths, Settings(settle_seconds=settle_s, attempts_per_render=attempts, picture_processes=1))


def keys_of(service: WaveSpeedServer, storage: R2Server | None, *, address: str = "") -> dict[str, str]:
    """What the environment says of the servers; ``address`` where the service is reached through something."""
    variables = {"DMDX_WAVESPEED_URL": address or service.origin, "DMDX_WAVESPEED_KEY": service.key}
    if storage is not None:
        variables |= {
            "DMDX_R2_ENDPOINT": storage.endpoint,
            "DMDX_R2_BUCKET": storage.bucket,
            "DMDX_R2_ACCESS_KEY_ID": storage.access_key_id,
            "DMDX_R2_SECRET_ACCESS_KEY": storage.secret_access_key,
        }
    return variables


def until(is_so: Callable[[], bool], why: str) -> None:
    """Wait for something that another process or thread does; ``why`` is what is wrong where it never does."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, why
        time.sleep(0.02)
