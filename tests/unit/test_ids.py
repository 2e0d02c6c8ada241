"""Ids made on this machine."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.models.ids import new_id, now_ms

MOMENTS = st.integers(min_value=0, max_value=(1 << 48) - 1)


@given(moment=MOMENTS)
def test_new_id_at_any_moment_is_a_canonical_uuid_of_version_7(moment: int) -> None:
    text = new_id(moment)
    parsed = uuid.UUID(text)
    assert str(parsed) == text
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == moment


@given(earlier=MOMENTS, later=MOMENTS)
def test_new_id_of_a_later_moment_sorts_later(earlier: int, later: int) -> None:
    if earlier < later:
        assert new_id(earlier) < new_id(later)


def test_new_id_many_at_one_moment_are_all_different() -> None:
    assert len({new_id(1) for _ in range(10_000)}) == 10_000


def test_new_id_without_a_moment_is_of_now() -> None:
    before = now_ms()
    made = uuid.UUID(new_id()).int >> 80
    assert before <= made <= now_ms()
