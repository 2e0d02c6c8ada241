"""Answers that come in pieces are the same as those that come at once, and what broke off is none."""

import json

from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.services.http import Answer
from dmdx_desktop.services.openrouter_stream import is_stream, joined

EVENTS = {"content-type": "text/event-stream; charset=utf-8"}


def _answer(*lines: str) -> Answer:
    return Answer(200, EVENTS, "\n\n".join(lines).encode(), None)


def _chunk(**fields: object) -> str:
    return "data: " + json.dumps({"id": "gen-1", "model": "maker/vision", **fields}, ensure_ascii=False)


def _said(text: str, finish: str | None = None) -> str:
    return _chunk(choices=[{"index": 0, "delta": {"content": text}, "finish_reason": finish}])


def _json(answer: Answer | None) -> dict[str, object]:
    assert answer is not None
    assert isinstance(answer.json, dict)
    return answer.json


def test_an_answer_is_a_stream_by_its_type() -> None:
    assert is_stream(_answer())
    assert not is_stream(Answer(200, {"content-type": "application/json"}, b"{}", {}))


@given(parts=st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=6))
def test_what_was_said_in_pieces_is_joined(parts: list[str]) -> None:
    cost = _chunk(choices=[], usage={"cost": 0.002})
    answer = _answer(": OPENROUTER PROCESSING", *(_said(part) for part in parts), _said("", "stop"), cost)
    body = _json(joined(answer))
    text = "".join(parts)
    assert body["choices"] == [{"finish_reason": "stop", "message": {"content": text} if text else {}}]
    assert (body["id"], body["model"], body["usage"]) == ("gen-1", "maker/vision", {"cost": 0.002})


def test_an_answer_that_breaks_off_is_none() -> None:
    assert joined(_answer(": OPENROUTER PROCESSING", _said('{"type": "ri'))) is None
    assert joined(_answer(": OPENROUTER PROCESSING")) is None


def test_an_error_in_the_middle_is_part_of_the_answer_and_one_at_once_is_not() -> None:
    middle = _chunk(error={"code": "server_error", "message": "no"}, choices=[{"delta": {}, "finish_reason": "error"}])
    choices = _json(joined(_answer(_said("{"), middle)))["choices"]
    error = {"code": "server_error", "message": "no"}
    assert choices == [{"finish_reason": "error", "message": {"content": "{"}, "error": error}]
    body = _json(joined(_answer(": OPENROUTER PROCESSING", 'data: {"error": {"code": 402, "message": "no"}}')))
    assert body == {"error": {"code": 402, "message": "no"}}


@given(garbage=st.binary(max_size=200))
def test_garbage_is_never_an_unexpected_failure(garbage: bytes) -> None:
    joined(Answer(200, EVENTS, b"data: " + garbage, None))
