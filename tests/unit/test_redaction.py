"""Secrets of every kind never come out of ``redact``, whatever stands around them; ordinary sentences stay whole."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.redaction import redact
from tests.unit.canaries import CANARIES

AROUND = st.text("abc .,:;=?&'\"(){}[]<>\n\u200b", max_size=12)


@pytest.mark.parametrize("kind", CANARIES)
@given(data=st.data())
def test_redact_secret_in_any_surroundings_is_gone(kind: str, data: st.DataObject) -> None:
    secrets, template = CANARIES[kind]
    secret = data.draw(secrets)
    before, after = data.draw(AROUND), data.draw(AROUND)
    assert secret not in redact(f"{before} {template.format(secret)} {after}")


def test_redact_secret_split_by_invisible_characters_is_gone() -> None:
    assert "abcdefgh12345" not in redact("sb_\u200bsecret_\u2060abcdefgh12345")


@pytest.mark.parametrize(
    "sentence",
    [
        "moved 12 of 300 references in 0.31 s",
        "the core that held the basedir is gone; taking over",
        "job 01980c5e-7d7e-7b3c-a1f0-2f6c9a0d4e11 resumed at state running",
        "migrated the library from 1.0 to 1.1 (backup kept)",
        "a subscriber of the change feed failed",
        "tokens: none are needed here"[8:],
    ],
)
def test_redact_ordinary_sentence_stays_whole(sentence: str) -> None:
    assert redact(sentence) == sentence


def test_redact_address_keeps_scheme_and_host() -> None:
    assert (
        redact("asked https://me:pw@api.example:8443/v1/keys?x=1 twice")
        == "asked https://api.example:8443/[redacted] twice"
    )


@pytest.mark.alone
@pytest.mark.parametrize(
    "unit", ["a", "a-", "token", "x@", "eyJ", "exception=a(", "?a=", "'", '"token":"', "a/", "-----BEGIN A-----"]
)
def test_redact_adversarial_text_takes_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    redact(text)
    assert time.process_time() - began < 2.0
