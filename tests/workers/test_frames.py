"""The wire to the picture processes: what is not a frame of it is refused, however it looks."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.errors import PictureError
from dmdx_desktop.workers.frames import (
    LENGTH,
    MAX_HEAD_BYTES,
    MAX_PAYLOAD_BYTES,
    MAX_PAYLOADS,
    MAX_PROBLEM_CHARS,
    FrameError,
    decode_head,
    encode,
    error_from,
    head_length,
    read_frame,
    words_of,
)

heads = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))


@given(heads, st.lists(st.binary(max_size=100), max_size=8))
def test_frame_arrives_as_it_was_sent(head: dict[str, object], payloads: list[bytes]) -> None:
    stream = io.BytesIO(encode(head, payloads) * 2)
    for _ in range(2):
        frame = read_frame(stream)
        assert frame is not None
        assert frame.head == head
        assert frame.payloads == tuple(payloads)
    assert read_frame(stream) is None


@given(st.binary(max_size=300))
def test_garbage_is_never_taken_for_a_head_with_payloads_beyond_the_bounds(body: bytes) -> None:
    try:
        _, lengths = decode_head(body)
    except FrameError:
        return
    assert len(lengths) <= MAX_PAYLOADS
    assert all(0 <= length <= MAX_PAYLOAD_BYTES for length in lengths)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"1" * 10_000,
        b"null",
        b"[]",
        b'{"head": {}}',
        b'{"head": [], "payloads": []}',
        b'{"head": {}, "payloads": [-1]}',
        b'{"head": {}, "payloads": [true]}',
        b'{"head": {}, "payloads": [1.5]}',
        b'{"head": {}, "payloads": "12"}',
        json.dumps({"head": {}, "payloads": [0] * (MAX_PAYLOADS + 1)}).encode(),
        json.dumps({"head": {}, "payloads": [16_000_000] * 20}).encode(),
        b'{"head": {}, "payloads": [16000001]}',
        b"\xff\xfe",
    ],
)
def test_head_that_is_not_what_was_agreed_is_refused(body: bytes) -> None:
    with pytest.raises(FrameError):
        decode_head(body)


def test_head_that_is_too_long_is_refused_by_either_end() -> None:
    with pytest.raises(FrameError):
        head_length(LENGTH.pack(MAX_HEAD_BYTES + 1))
    with pytest.raises(FrameError):
        encode({"long": "x" * MAX_HEAD_BYTES})


def test_words_of_an_error_are_bounded_and_arrive() -> None:
    error = PictureError("damaged", "It is damaged.", "A part is missing.", "Export it again.")
    assert words_of(error_from(words_of(error))) == words_of(error)
    hostile = error_from({"code": "x" * 1_000_000, "title": ["not", "text"], "detail": None})
    assert len(hostile.code) == MAX_PROBLEM_CHARS
    assert hostile.remedy == ""
