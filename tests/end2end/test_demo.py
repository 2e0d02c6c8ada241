"""The demonstration: servers on this computer in the place of the paid ones, and pictures that say what they are."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from dmdx_desktop.config import resources_folder
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.studio_operations import StudioOperations
from dmdx_desktop.models.agreement import METAL_AGREES, OUTLINE_AGREES
from dmdx_desktop.models.choices import SceneId
from dmdx_desktop.models.prompt_phrases import SCENES
from tests.end2end.programs import ROOT, SAMPLES
from tests.servers.demo import Studio

pytestmark = pytest.mark.by_turns("the demonstration")


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
        corner = (0, picture.height - 120, 900, picture.height)
        levels = picture.convert("L").crop(corner).histogram()
        words = sum(levels[:200])
    assert words > 5_000, "the mark stands in the lower left corner"
    assert sum(levels[230:]) > words, "on the white background"


def test_mark_of_the_demonstration_is_not_taken_for_a_part_of_the_piece(tmp_path: Path) -> None:
    operations = StudioOperations(resources_folder(), Bounds(), ColourConverter())
    reference, made = SAMPLES / "ruby-pendant_front.webp", tmp_path / "made.png"
    made.write_bytes(Studio(tmp_path).paint({"prompt": SCENES[SceneId.BLACK_VELVET]}, [reference.read_bytes()]))

    found = operations.compare(
        {
            "path": str(reference),
            "sha256": hashlib.sha256(reference.read_bytes()).hexdigest(),
            "output": str(made),
            "output_sha256": hashlib.sha256(made.read_bytes()).hexdigest(),
            "metal": "as_reference",
            "same_view": True,
        }
    ).values

    assert float(str(found["outline"])) > OUTLINE_AGREES
    assert float(str(found["metal"])) < METAL_AGREES
