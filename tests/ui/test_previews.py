"""Previews: decoded in the size that is painted, asked for again once others were made, kept within bounds."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dmdx_desktop.ui.previews import BUDGET_BYTES, SMALL, Previews


def _jpeg(width: int, height: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "goldenrod").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def previews(qtbot: QtBot) -> Iterator[Previews]:
    jpeg = _jpeg(SMALL, 240)
    made = Previews(lambda sha256, edge: None if sha256 == "missing" else jpeg)
    yield made
    made.close()


def test_previews_with_a_side_come_no_larger_and_in_shape(previews: Previews, qtbot: QtBot) -> None:
    with qtbot.waitSignal(previews.ready):
        assert previews.pixmap("ring", SMALL, 160) is None
    pixmap = previews.pixmap("ring", SMALL, 160)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (160, 120)


def test_previews_wanted_in_another_size_come_in_the_old_one_meanwhile(previews: Previews, qtbot: QtBot) -> None:
    with qtbot.waitSignal(previews.ready):
        previews.pixmap("ring", SMALL, 160)
    with qtbot.waitSignal(previews.ready):
        stand_in = previews.pixmap("ring", SMALL, 80)
        assert stand_in is not None
        assert stand_in.width() == 160
    pixmap = previews.pixmap("ring", SMALL, 80)
    assert pixmap is not None
    assert pixmap.width() == 80
    assert previews.has("ring")


def test_previews_that_are_missing_are_asked_for_again_once_others_were_made(previews: Previews, qtbot: QtBot) -> None:
    assert previews.pixmap("missing") is None
    with qtbot.waitSignal(previews.ready):
        previews.pixmap("ring")
    assert not previews.has("missing")
    previews.forget_missing()
    assert previews.pixmap("missing") is None


def test_previews_stay_within_their_budget_and_drop_the_oldest(previews: Previews, qtbot: QtBot) -> None:
    enough = BUDGET_BYTES // (SMALL * 240 * 4) + 2
    for number in range(enough):
        if previews.pixmap(str(number)) is None:
            qtbot.waitUntil(lambda number=number: previews.has(str(number)))  # type: ignore[misc]
    assert not previews.has("0")
    assert previews.has(str(enough - 1))
    assert previews.pixmap("0") is None
