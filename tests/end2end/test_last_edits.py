"""Edits that were made just before the window was closed last: the real core, and pipes that are shut at once."""

from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.library import recipes
from dmdx_desktop.library.database import Library, LibraryReader
from dmdx_desktop.link.window_end import WindowEnd
from dmdx_desktop.models.gestures import KeepRecipe
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.core_process import CoreProcess

EDITS = 40
LONG_SECONDS = 20.0


@pytest.mark.parametrize("is_new", [True, False])
def test_edits_made_just_before_the_window_closed_are_in_the_library(tmp_path: Path, is_new: bool) -> None:
    paths = Paths(tmp_path / "library")
    if not is_new:
        Library.open(paths).close()
    core = CoreProcess(paths)
    window = WindowEnd(core.channel(), lambda message: None, lambda: None)
    for number in range(EDITS):
        window.execute(KeepRecipe(name=f"Recipe {number}", recipe=Recipe()))
    window.hang_up()
    window.wait_sent(LONG_SECONDS)
    assert core.wait_ended(LONG_SECONDS) is not None

    reader = LibraryReader.open(paths)
    try:
        kept = reader.read_blocking(recipes.every)
    finally:
        reader.close()
    assert len(kept) == EDITS
