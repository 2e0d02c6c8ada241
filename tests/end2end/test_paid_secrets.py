"""Keys, signed addresses, prompts and file names of paid work stay out of logs, streams and arguments.

Tokens are put into each; everything that a core leaves is searched for them, after work in which much goes wrong. What
is secret stands in no file at all.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from dmdx_desktop.models.commands import Generate, ImportPaths, ListJobs
from dmdx_desktop.models.own_prompt import OwnPrompt
from dmdx_desktop.models.recipe import Recipe
from tests.crash.paid_shop import ENGINE, PaidShop, keys_of, paid_shop
from tests.crash.scenario import write_small
from tests.end2end.programs import SAMPLES, Core, children_of
from tests.servers.wavespeed_faults import SubmitFate, WaveSpeedFaults

KEY = "wsk_canary4f2b9c7d1e8a6035"
SECRET = "canary9d3e7a1c5b8f2046e0a4c6d8b1f3e5a7"
PROMPT = "A ring for Quirenquack the Tall"
NAME = "Zwollibar-heirloom"
METALS = (RecipeMetal.SILVER, RecipeMetal.PLATINUM)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at the Linux way")


def test_nothing_private_is_left_in_logs_streams_arguments_or_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    faults = WaveSpeedFaults(polls_until_done=0)
    with paid_shop(tmp_path / "shop", renders=1, faults=faults, key=KEY, secret=SECRET) as shop:
        for name, value in keys_of(shop.service, shop.storage).items():
            monkeypatch.setenv(name, value)
        arguments = _work(shop, faults)
        signatures = _signatures(shop)
        left = {file: file.read_bytes() for file in shop.paths.basedir.rglob("*") if file.is_file()}
    said = capfd.readouterr()
    logs = {file: content for file, content in left.items() if file.parent == shop.paths.logs}
    rows = {file: content for file, content in left.items() if file.name.startswith("library.db")}
    # The search finds what is there.
    assert _holding(rows, [PROMPT])
    assert _holding(rows, [NAME])
    assert len(signatures) >= 3

    secret = [KEY, SECRET, *signatures]
    assert _holding(left, secret) == []
    assert _holding(logs, [*secret, PROMPT, NAME, "X-Amz-Signature"]) == []
    streams = {Path("out"): said.out.encode(), Path("err"): said.err.encode()}
    assert _holding(streams, [*secret, PROMPT, NAME, "X-Amz-Signature"]) == []
    assert _holding({Path("argv"): arguments}, [KEY, SECRET, PROMPT]) == []


def _work(shop: PaidShop, faults: WaveSpeedFaults) -> bytes:
    """Have a core make pictures while things go wrong; returns the arguments of its processes."""
    picture = shop.inputs / f"{NAME}.png"
    write_small(SAMPLES / "halo-ring_top.png", picture)
    with Core(shop.paths.basedir) as core:
        core.ask(ImportPaths(paths=(str(picture),), finish=True))
        listed = core.ask(ListJobs()).document["jobs"]
        assert isinstance(listed, list)
        (job,) = [str(each["id"]) for each in listed if isinstance(each, dict)]
        faults.submit_fates = [SubmitFate.CHARGED_THEN_DROPPED, SubmitFate.REFUSED_503]
        faults.poll_errors, faults.history_errors = [502, 0], [500, 0]
        faults.download_truncated = faults.download_403 = 1
        assert shop.storage is not None
        shop.storage.faults.too_many_requests_next = 1
        core.ask(_generate(job, SceneId.WHITE))
        arguments = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in (core.pid, *children_of(core.pid)))
        faults.fail_code = 1200
        core.ask(_generate(job, SceneId.SLATE))
        shop.service.key = "wsk_another"
        core.ask(_generate(job, SceneId.WARM))
        assert len(shop.service.world.charges()) >= 4
        # What is in the log of the database only, while the core is there, is looked at as well.
        for file in list(shop.paths.basedir.glob("library.db*")):
            (shop.paths.basedir / f"{file.name}-then").write_bytes(file.read_bytes())
        assert core.end() == 0
    return arguments


def _generate(job: str, scene: SceneId) -> Generate:
    own = (OwnPrompt(job=job, scene=scene, metal=metal, shot=ShotId.AS_REFERENCE, text=PROMPT) for metal in METALS)
    return Generate(jobs=(job,), recipe=Recipe(scenes=(scene,), metals=METALS, engine=ENGINE), prompts=tuple(own))


def _signatures(shop: PaidShop) -> list[str]:
    """What makes addresses in the bucket open to whoever has them."""
    found: set[str] = set()
    for job in shop.service.world.predictions:
        assert job.inputs["prompt"] == PROMPT
        addresses = job.inputs["images"]
        assert isinstance(addresses, list)
        found |= {one for address in addresses for one in parse_qs(urlsplit(address).query)["X-Amz-Signature"]}
    return sorted(found)


def _holding(contents: dict[Path, bytes], words: Iterable[str]) -> list[str]:
    return sorted(f"{word} in {file.name}" for file, content in contents.items() for word in words
                  if word.encode() in content)  # fmt: skip
