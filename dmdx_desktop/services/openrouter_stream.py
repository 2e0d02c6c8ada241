"""An answer of OpenRouter that came in pieces, put together as if it had come at once. Core process; pure.

Wire facts: OpenRouter's documentation (streaming.mdx), as of November 2026: server-sent events, comments while the
model works, the cost in a last chunk without choices, an error in the middle as a chunk of its own, and not always
``[DONE]`` at the end.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from dmdx_desktop.services.http import Answer

EVENTS: Final = "text/event-stream"
DATA: Final = b"data:"
END: Final = b"[DONE]"


def is_stream(answer: Answer) -> bool:
    """Whether an answer came in pieces."""
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower() == EVENTS


def joined(answer: Answer) -> Answer | None:
    """The same answer in one piece; None where it broke off before it said how it ended."""
    body: dict[str, object] = {}
    message: dict[str, str] = {}
    choice: dict[str, object] = {}
    has_ended = False
    for line in answer.body.splitlines():
        if line.strip() == DATA + b" " + END:
            has_ended = True
        for chunk in _chunk_of(line):
            has_ended = has_ended or "error" in chunk
            body |= {name: chunk[name] for name in ("id", "model", "usage", "error") if chunk.get(name)}
            for piece in _choices_of(chunk):
                choice |= {name: piece[name] for name in ("finish_reason", "error") if piece.get(name)}
                _add(message, piece.get("delta"))
    if not has_ended and not choice.get("finish_reason"):
        return None
    if choice or message:
        # What broke off in the middle is an answer that did, not a refusal to answer.
        error = body.pop("error", None)
        body["choices"] = [{**choice, "message": message, **({"error": error} if error else {})}]
    return replace(answer, json=body)


def _chunk_of(line: bytes) -> Iterator[Mapping[str, object]]:
    """The chunk of a line; none of a comment, an empty line, or what is no JSON."""
    if not line.startswith(DATA):
        return
    try:
        found = json.loads(line[len(DATA) :])
    except (ValueError, RecursionError):
        return
    if isinstance(found, dict):
        yield found


def _choices_of(chunk: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    choices = chunk.get("choices")
    for choice in choices[:1] if isinstance(choices, list) else []:
        if isinstance(choice, dict):
            yield choice


def _add(message: dict[str, str], delta: object) -> None:
    for name in ("content", "refusal", "reasoning"):
        said = delta.get(name) if isinstance(delta, dict) else None
        if isinstance(said, str) and said:
            message[name] = message.get(name, "") + said
