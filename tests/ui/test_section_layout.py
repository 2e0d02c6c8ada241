"""Where cells lie: every cell is found where it was put, rows never overlap, and moves go where the eye expects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.ui.widgets.running_totals import RunningTotals
from dmdx_desktop.ui.widgets.section_layout import STRETCH, Measures, SectionLayout, changed_places

MEASURES = st.builds(
    Measures,
    cell_width=st.integers(40, 300),
    cell_height=st.integers(30, 300),
    gap=st.integers(0, 24),
    margin=st.integers(0, 32),
    heading=st.sampled_from([0, 32]),
    after_section=st.integers(0, 12),
    single_column=st.booleans(),
    stretch=st.booleans(),
)
COUNTS = st.lists(st.integers(1, 40), min_size=1, max_size=12)
WIDTHS = st.integers(200, 2000)


@given(MEASURES, COUNTS, WIDTHS)
def test_cell_at_the_middle_of_a_cell_is_that_cell(measures: Measures, counts: list[int], width: int) -> None:
    layout = SectionLayout(measures, counts, width)
    for cell in range(layout.cells):
        place = layout.cell(cell)
        assert layout.cell_at(place.x + place.width // 2, place.y + place.height // 2) == cell


@given(MEASURES, COUNTS, WIDTHS)
def test_cells_lie_within_the_content_and_below_their_heading(
    measures: Measures, counts: list[int], width: int
) -> None:
    layout = SectionLayout(measures, counts, width)
    for cell in range(layout.cells):
        place = layout.cell(cell)
        assert layout.heading(layout.section_of(cell)).bottom <= place.y
        assert place.bottom <= layout.height


@given(MEASURES, COUNTS, WIDTHS, st.integers(0, 5000), st.integers(1, 900))
def test_cells_between_two_heights_are_all_that_can_be_seen(
    measures: Measures, counts: list[int], width: int, top: int, height: int
) -> None:
    layout = SectionLayout(measures, counts, width)
    listed = {cell for cells in layout.cells_between(top, top + height) for cell in cells}
    seen = {c for c in range(layout.cells) if layout.cell(c).y < top + height and layout.cell(c).bottom > top}
    assert seen <= listed
    assert len(listed) <= len(seen) + 4 * layout.columns


@given(MEASURES, COUNTS, WIDTHS)
def test_below_and_above_go_to_another_row_or_stay_at_the_end(
    measures: Measures, counts: list[int], width: int
) -> None:
    layout = SectionLayout(measures, counts, width)
    for cell in range(layout.cells):
        assert layout.cell(layout.below(cell)).y > layout.cell(cell).y or layout.below(cell) == cell
        assert layout.cell(layout.above(cell)).y < layout.cell(cell).y or layout.above(cell) == cell


@given(MEASURES, COUNTS, WIDTHS, st.data())
def test_folded_sections_are_their_headings_and_everything_else_moves_up(
    measures: Measures, counts: list[int], width: int, data: st.DataObject
) -> None:
    folded = frozenset(data.draw(st.sets(st.integers(0, len(counts) - 1))))
    layout, whole = SectionLayout(measures, counts, width, folded), SectionLayout(measures, counts, width)
    listed = {cell for cells in layout.cells_between(0, layout.height) for cell in cells}
    seen = [cell for cell in range(layout.cells) if layout.section_of(cell) not in folded]
    assert listed == set(seen)
    assert layout.height <= whole.height
    for cell in range(layout.cells):
        assert layout.is_hidden(cell) == (cell not in listed)
        for target in (layout.below(cell), layout.above(cell)):
            assert target == cell or target in listed
        for ahead in (True, False):
            nearest = layout.nearest(cell, ahead=ahead)
            assert nearest == (cell if cell in listed else nearest)
            assert nearest in listed if seen else nearest is None
    for cell in seen:
        place = layout.cell(cell)
        assert layout.cell_at(place.x + place.width // 2, place.y + place.height // 2) == cell
    found = [cell for rows in layout.unfolded_between(0, layout.cells - 1) for cell in rows]
    assert found == seen


@pytest.mark.parametrize("width", [300, 1200])
def test_layout_of_a_million_cells_keeps_nothing_by_cell(width: int) -> None:
    layout = SectionLayout(Measures(cell_width=180, cell_height=204, gap=8), [1_000_000], width)

    assert layout.cell_at(10, layout.cell(999_999).y + 5) is not None
    assert len(list(layout.cells_between(10_000_000, 10_001_000))) == 1


def test_layout_without_cells_has_nothing_anywhere() -> None:
    layout = SectionLayout(Measures(cell_width=100, cell_height=100), [], 500)

    assert layout.cells == 0
    assert layout.cell_at(10, 10) is None
    assert list(layout.cells_between(0, 1000)) == []


@given(MEASURES, COUNTS, WIDTHS, st.lists(st.integers(0, 60), min_size=1, max_size=5), st.data())
def test_layout_with_another_count_is_the_one_made_anew(
    measures: Measures, counts: list[int], width: int, numbers: list[int], data: st.DataObject
) -> None:
    section = data.draw(st.integers(0, len(counts) - 1))
    folded = frozenset(data.draw(st.sets(st.integers(0, len(counts) - 1))))
    changed: SectionLayout | None = SectionLayout(measures, counts, width, folded)
    for number in numbers:
        assert changed is not None
        changed = changed.with_count(section, number)
    assert changed is not None
    anew = SectionLayout(measures, [*counts[:section], numbers[-1], *counts[section + 1 :]], width, folded)
    other = width + data.draw(st.integers(0, 500))

    for one, same in ((changed, anew), (changed.laid_out(measures, other), anew.laid_out(measures, other))):
        assert (one.cells, one.height, one.counts) == (same.cells, same.height, same.counts)
        assert [one.cell(cell) for cell in range(one.cells)] == [same.cell(cell) for cell in range(same.cells)]
        assert [one.section_at(y) for y in range(0, one.height, 7)] == [
            same.section_at(y) for y in range(0, same.height, 7)
        ]


@given(st.lists(st.integers(0, 9), max_size=9), st.integers(-5, 99), st.data())
def test_running_totals_tell_what_adding_up_would(numbers: list[int], value: int, data: st.DataObject) -> None:
    totals = RunningTotals(numbers, 3)
    if numbers:
        place, more = data.draw(st.integers(0, len(numbers) - 1)), data.draw(st.integers(0, 5))
        numbers = [*numbers[:place], numbers[place] + more, *numbers[place + 1 :]]
        found = totals.with_more(place, more)
        assert found is not None
        totals = found
    sums = [3 + sum(numbers[:count]) for count in range(len(numbers) + 1)]

    assert [totals[place] for place in range(len(sums))] == sums
    assert totals[-1] == sums[-1]
    assert totals.reached_by(value) == sum(each <= value for each in sums)


def test_running_totals_where_another_number_changed_before_are_to_be_made_anew() -> None:
    totals = RunningTotals((1, 2, 3)).with_more(0, 1)
    assert totals is not None
    assert totals.with_more(1, 1) is None
    assert totals.with_more(0, 1) is not None


@pytest.mark.parametrize("at", [0, 1, STRETCH - 1, STRETCH, 3 * STRETCH, 3 * STRETCH + 6])
def test_one_place_that_differs_is_found_among_many(at: int) -> None:
    before = tuple(range(3 * STRETCH + 7))
    after = (*before[:at], -1, *before[at + 1 :])
    assert changed_places(before, after) == range(at, at + 1)
    assert not changed_places(before, tuple(before))
    assert len(changed_places(before, after[:-1])) == len(before)
    assert len(changed_places(before, (-2, *after[1:]))) != 1 or at == 0
