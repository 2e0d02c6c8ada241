"""Segmented controls: one row where its words have room, more rows where they have not."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.ui.widgets.segment_rows import SegmentRows, shared_widths


class Words(QWidget):
    """Something with the width of its words."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setMinimumSize(width, 26)


@pytest.mark.parametrize(
    ("width", "rows"),
    [(404, [0, 0, 0, 0]), (310, [0, 0, 0, 0]), (300, [0, 0, 1, 1]), (110, [0, 1, 2, 3])],
)
def test_segments_take_as_few_rows_as_have_room_for_their_words(qtbot: QtBot, width: int, rows: list[int]) -> None:
    panel, control = QWidget(), QWidget()
    qtbot.addWidget(panel)
    segments = [Words(each) for each in (60, 70, 80, 90)]
    layout = SegmentRows(control, 2)
    for segment in segments:
        layout.addWidget(segment)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(control)
    column.addStretch(1)
    panel.resize(width, 300)
    panel.show()

    assert [(segment.y() - 2) // 26 for segment in segments] == rows
    assert control.height() == 4 + 26 * (rows[-1] + 1)
    assert all(segment.geometry().right() < width - 2 for segment in segments)


def test_room_is_shared_equally_but_for_those_that_need_more() -> None:
    assert shared_widths([10, 10, 10], 90) == [30, 30, 30]
    assert shared_widths([10, 60, 10], 100) == [20, 60, 20]
