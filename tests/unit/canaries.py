"""Made-up secrets of many kinds, each with the text it is usually met in: what logs must never hold."""

import base64
import string

from hypothesis import strategies as st

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
"""By kind: the secret, and a text with a place for it."""
