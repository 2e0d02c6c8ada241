"""The main job on real input: every sample picture rendered from the command line, headless, with nothing left over."""

import os
import random
from pathlib import Path

import pytest
from PIL import Image

from tests.end2end.command_line import SMALL, CommandLine
from tests.end2end.programs import SAMPLES

MOST = 12


def test_render_every_sample_picture_makes_one_picture_each(
    tmp_path: Path, seed: int, request: pytest.FixtureRequest
) -> None:
    """A dozen by chance, and with ``--thorough`` all of them."""
    known = sorted(path for path in SAMPLES.iterdir() if path.is_file() and path.suffix != ".json")
    assert len(known) == 44
    pictures = known if request.config.option.thorough else sorted(random.Random(seed).sample(known, MOST))
    # Nothing to show a window on, and nothing to talk to a network or a desktop with.
    bare = {name: "" for name in os.environ if name in {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}}
    program = CommandLine(tmp_path / "library", variables={**bare, "HTTPS_PROXY": "http://127.0.0.1:1"})
    document = program.json("render", *pictures, "--to", tmp_path / "out", *SMALL, "--scene", "soft_grey")
    assert document["problems"] == []
    assert len(document["outputs"]) == len(document["jobs"]) == len(document["references"]) == len(pictures)
    expected = {f"{picture.stem}_as_reference_soft_grey_01.png" for picture in pictures}
    assert set(os.listdir(tmp_path / "out")) == expected
    for output in document["outputs"]:
        with Image.open(output["file"]) as image:
            image.load()
            assert image.size == (256, 256)
    pieces = program.json("identify", *document["jobs"])["pieces"]
    assert len(pieces) == len(pictures)
    assert all(piece["kind"]["value"] in {"cad", "sketch", "photo", "unknown"} for piece in pieces)
    assert program.json("doctor")["findings"] == []
