"""Each hostile file ends as a named problem or as the right picture, within its share of memory."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.safe_open import open_picture
from tests.imaging.hostile_pictures import Hostile, hostile_pictures, ring
from tests.imaging.made_pictures import RGB, encoded, exif_with_orientation, ramp, tiff

BOUNDS = Bounds()
HOSTILE = hostile_pictures()
SOUND = [case for case in HOSTILE if case.code is None]
CHART = Image.fromarray(ramp())
ENDINGS = {
    "RGB",
    "RGBA",
    "empty_file",
    "not_a_picture",
    "unsupported_format",
    "too_many_pixels",
    "too_narrow",
    "too_small",
    "damaged",
    "out_of_memory",
}
SEEDS = [
    encoded(CHART, "PNG", exif=exif_with_orientation(6)),
    encoded(CHART, "JPEG", exif=exif_with_orientation(6)),
    encoded(CHART, "WEBP"),
    encoded(CHART, "GIF"),
    encoded(CHART, "BMP"),
    tiff(ramp(), RGB),
    tiff(ramp(), RGB, order=">", deflate=True),
]


def written(folder: Path, case: Hostile) -> Path:
    path = folder / ("file" + Path(case.name).suffix)
    path.write_bytes(case.content)
    return path


def ending(path: Path) -> str:
    """How opening the file ends: the code of its problem, or the mode of its picture."""
    try:
        return open_picture(path, BOUNDS).image.mode
    except PictureError as error:
        return error.code


def test_hostile_pictures_are_thirty_with_names_of_their_own() -> None:
    assert len({case.name for case in HOSTILE}) == 30


@pytest.mark.parametrize("case", HOSTILE, ids=[ascii(case.name) for case in HOSTILE])
def test_open_picture_hostile_file_ends_as_agreed(tmp_path: Path, case: Hostile) -> None:
    path = written(tmp_path, case)
    assert ending(path) == (case.code or case.mode)
    if case.code is None:
        assert open_picture(path, BOUNDS).image.size == case.size


@pytest.mark.parametrize("case", SOUND, ids=[ascii(case.name) for case in SOUND])
def test_open_picture_sound_but_odd_file_looks_like_the_ring(tmp_path: Path, case: Hostile) -> None:
    found = np.asarray(open_picture(written(tmp_path, case), BOUNDS).image.convert("RGB")).astype(int)
    expected = ring().resize(case.size)
    reference = np.asarray(expected.convert("L").convert("RGB") if "grey" in case.name else expected)
    assert np.abs(found - reference).mean() < 6


@pytest.mark.parametrize("case", HOSTILE, ids=[ascii(case.name) for case in HOSTILE])
def test_open_picture_awkward_name_on_disk_changes_nothing(tmp_path: Path, case: Hostile) -> None:
    path = tmp_path / case.name
    try:
        path.write_bytes(case.content)
    except OSError:
        pytest.skip("this system does not accept the name")
    assert ending(path) == (case.code or case.mode)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.sampled_from(SEEDS), changes=st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=6)), max_size=4))
@pytest.mark.allow_logs
def test_open_picture_of_bytes_changed_at_random_ends_as_a_picture_or_a_problem(
    tmp_path: Path, seed: bytes, changes: list[tuple[int, bytes]]
) -> None:
    content = bytearray(seed)
    for position, replacement in changes:
        content[position : position + len(replacement)] = replacement
    path = tmp_path / "file"
    path.write_bytes(bytes(content))
    assert ending(path) in ENDINGS


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bound on memory is enforced on Linux")
def test_open_picture_every_hostile_file_stays_within_the_memory_of_a_picture_process(tmp_path: Path) -> None:
    for number, case in enumerate(HOSTILE):
        (tmp_path / f"{number:02}").write_bytes(case.content)
    program = (
        "import sys; from pathlib import Path\n"
        "from dmdx_desktop.errors import PictureError\n"
        "from dmdx_desktop.imaging.bounds import Bounds\n"
        "from dmdx_desktop.imaging.limits import limit_memory\n"
        "from dmdx_desktop.imaging.safe_open import open_picture\n"
        "assert limit_memory(256 << 20)\n"
        "for path in sorted(Path(sys.argv[1]).iterdir()):\n"
        "    try: end = open_picture(path, Bounds()).image.mode\n"
        "    except PictureError as error: end = error.code\n"
        "    sys.stdout.write(end + '\\n')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.stderr == ""
    assert run.stdout.split() == [case.code or case.mode for case in HOSTILE]
