"""The demonstration: servers on this computer in the place of the paid ones, and pictures that say what they are."""

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.end2end.programs import ROOT, SAMPLES


def test_demo_makes_a_marked_picture_by_a_paid_engine_without_any_key(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DMDX_")}
    out = tmp_path / "out"
    order = ("render", str(SAMPLES / "ruby-pendant_front.webp"), "--to", str(out), "--metal", "rose_gold")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.servers.demo", *order, "--engine", "google/nano-banana-pro/edit"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (made,) = out.iterdir()
    with Image.open(made) as picture:
        assert max(picture.size) == 2048
        box = (picture.width - 500, picture.height - 120, picture.width, picture.height)
        used = [level for level, count in enumerate(picture.convert("L").crop(box).histogram()) if count]
    assert used[0] < 100, "the plate of the mark is dark"
    assert used[-1] > 220, "its letters are bright"
