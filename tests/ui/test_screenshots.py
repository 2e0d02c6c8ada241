"""The pictures of the screens in docs: they show the window as it is, in both themes, and small enough to be kept."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from devtools.screenshots.compare import share_that_differs
from devtools.x_server import has_x_server

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "pictures" / "screens"
MOST_DIFFERENT = 0.02
LARGEST_KB = 120


def _plain(file: Path, colour: tuple[int, int, int], spot: int = 0) -> Path:
    picture = Image.new("RGB", (1440, 900), colour)
    picture.paste((255, 0, 0), (0, 0, spot, spot))
    picture.save(file)
    return file


def test_difference_of_screens_is_the_share_that_an_eye_would_see(tmp_path: Path) -> None:
    plain = _plain(tmp_path / "plain.png", (30, 30, 30))
    assert share_that_differs(plain, _plain(tmp_path / "same.png", (34, 33, 30))) == 0
    spot = share_that_differs(plain, _plain(tmp_path / "spot.png", (30, 30, 30), 144))
    assert spot == pytest.approx(144 * 144 / (1440 * 900))
    assert share_that_differs(plain, _plain(tmp_path / "light.png", (230, 230, 230))) == 1


def test_screens_that_are_checked_in_are_in_both_themes_and_small_enough_to_be_kept() -> None:
    kept = {file.name for file in KEPT.iterdir()}
    assert {name.replace("-dark.", "-light.") for name in kept if "-dark." in name} == {
        name for name in kept if "-light." in name
    }
    assert len(kept) >= 16
    assert all(file.stat().st_size <= LARGEST_KB * 1000 for file in KEPT.iterdir())


@pytest.mark.skipif(not has_x_server(), reason="screens are photographed on an X server (Xvfb)")
@pytest.mark.by_turns("themes of screens")
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.timeout(400)
def test_screens_are_those_that_are_checked_in(tmp_path: Path, theme: str) -> None:
    command = [sys.executable, "-m", "devtools.screenshots", "--to", str(tmp_path), "--theme", theme]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    made = {file.name for file in tmp_path.iterdir()}
    assert made == {file.name for file in KEPT.glob(f"*-{theme}.webp")}, "python dev.py screenshots makes them anew"
    different = {name: share_that_differs(tmp_path / name, KEPT / name) for name in sorted(made)}
    wrong = [f"{name}: {share:.1%}" for name, share in different.items() if share > MOST_DIFFERENT]
    assert not wrong, "\n".join(["python dev.py screenshots makes them anew; look at them first", *wrong])
