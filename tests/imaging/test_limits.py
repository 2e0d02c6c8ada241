"""The bound on memory lets ordinary work through and turns what is too much into a problem with words."""

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="enforced on Linux")


def run(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@LINUX_ONLY
def test_limit_memory_refuses_what_is_above_it_and_nothing_below() -> None:
    program = (
        "import sys; from dmdx_desktop.imaging.limits import limit_memory\n"
        "in_force = limit_memory(200_000_000)\n"
        "held = bytearray(100_000_000)\n"
        "try: bytearray(250_000_000); refused = False\n"
        "except MemoryError: refused = True\n"
        "sys.stdout.write(f'{in_force} {refused}')\n"
    )
    assert run(program) == "True True"


@LINUX_ONLY
def test_open_picture_without_enough_memory_is_a_problem_with_words() -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from dmdx_desktop.errors import PictureError\n"
        "from dmdx_desktop.imaging.bounds import Bounds\n"
        "from dmdx_desktop.imaging.limits import limit_memory\n"
        "from dmdx_desktop.imaging.safe_open import open_picture\n"
        "limit_memory(3_000_000)\n"
        "try: open_picture(Path(sys.argv[1]), Bounds())\n"
        "except PictureError as error: sys.stdout.write(error.code)\n"
    )
    assert run(program, str(SAMPLES / "halo-ring_top.png")) == "out_of_memory"
