"""Twenty kinds of secrets never come out of ``redact``, whatever stands around them; ordinary sentences stay whole."""

import base64
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.redaction import redact

URL_SAFE = string.ascii_letters + string.digits + "-_"


def _text(alphabet: str, least: int, most: int) -> st.SearchStrategy[str]:
    # A digit and a letter for certain: real keys are long enough to hold both.
    return st.text(alphabet, min_size=least, max_size=most).map(lambda body: f"q7{body}Z9")


def _jwt(part: str) -> str:
    return f"eyJ{part}.{part}.{part}"


CANARIES: dict[str, tuple[st.SearchStrategy[str], str]] = {
    "presigned URL": (_text(URL_SAFE, 20, 64), "https://host.example/u/1?X-Amz-Expires=60&X-Amz-Signature={}"),
    "token in a URL": (_text(URL_SAFE, 6, 20), "GET https://host.example:8443/path?token={} failed"),
    "path of a download URL": (_text(URL_SAFE, 8, 20), "fetched https://cdn.example/results/{}.png"),
    "userinfo of a URL": (_text(string.ascii_letters, 6, 12), "postgresql://dmdx:{}@db.example:5432/postgres"),
    "query without a host": (_text(URL_SAFE, 6, 20), "redirect to /callback?code={}&state=1"),
    "bearer": (_text(URL_SAFE, 6, 40), "sent Authorization: Bearer {}"),
    "bearer alone": (_text(URL_SAFE, 8, 40), "header was bearer {} and came back"),
    "basic": (st.binary(min_size=9, max_size=20).map(lambda raw: base64.b64encode(raw).decode()), "Basic {}"),
    "header pair": (_text(URL_SAFE, 6, 40), "(b'apikey', b'{}')"),
    "JSON refresh token": (_text(URL_SAFE, 6, 20), '{{"refresh_token": "{}", "expires_in": 3600}}'),
    "JWT": (_text(URL_SAFE, 10, 60).map(_jwt), "session is {}"),
    "publishable key": (_text(URL_SAFE, 10, 30).map("sb_publishable_".__add__), "key {}"),
    "secret key": (_text(URL_SAFE, 10, 30).map("sb-secret-".__add__), "key {}!"),
    "engine key": (_text("0123456789abcdef", 60, 62).map("sk-or-v1-".__add__), "using {}"),
    "storage key id": (st.text(string.ascii_uppercase, min_size=16, max_size=16).map("AKIA".__add__), "with {}"),
    "storage secret": (_text(string.ascii_letters + string.digits + "/+", 38, 60), "with {}"),
    "signature": (st.text("0123456789abcdef", min_size=64, max_size=64), "signature {}"),
    "e-mail": (_text(string.ascii_lowercase, 1, 12).map(lambda name: f"{name}@jewel-house.example"), "user {} left"),
    "embedded picture": (_text(string.ascii_letters + "+/", 40, 90), "src='data:image/png;base64,{}'"),
    "private key": (_text(string.ascii_letters, 20, 40), "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----"),
    "cookie": (_text(URL_SAFE, 8, 30), "Set-Cookie: sb-abc-auth-token={}; Path=/"),
    "password with spaces": (_text(string.ascii_letters + " ", 6, 20), "passphrase='{}'"),
}

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
