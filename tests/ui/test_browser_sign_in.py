"""Signing in with the browser: a real listener and real sockets; the browser is played by the test."""

import base64
import hashlib
import http.client
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.errors import UsageError
from dmdx_desktop.ui.settings.browser_sign_in import BrowserSignIn, challenge_of, new_verifier
from dmdx_desktop.ui.settings.loopback_listener import LARGEST_REQUEST, MOST_CALLERS, Ending
from tests.ui.pseudo_languages import spoken

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BASE = "https://openrouter.ai/api/v1"


@dataclass
class Heard:
    """What the GUI thread was told."""

    codes: list[tuple[str, str]] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)

    def take_code(self, code: SecretStr, verifier: SecretStr) -> None:
        self.codes.append((code.get_secret_value(), verifier.get_secret_value()))


@pytest.fixture
def keeper(qtbot: QtBot) -> Iterator[QObject]:
    keeper = QObject()
    yield keeper
    for each in keeper.findChildren(BrowserSignIn):
        each.cancel()


def _sign_in(keeper: QObject, within_s: float = 30.0) -> tuple[BrowserSignIn, Heard]:
    sign_in, heard = BrowserSignIn(keeper, within_s), Heard()
    sign_in.came.connect(heard.take_code)
    sign_in.ended.connect(heard.endings.append)
    return sign_in, heard


def _asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def _get(callback: str, more: str = "", *, method: str = "GET") -> tuple[int, str, str]:
    """Status, text and policy of what a browser gets there."""
    parts = urlsplit(callback)
    assert parts.hostname == "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=5)
    try:
        connection.request(method, f"{parts.path}{more}")
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Content-Security-Policy", "")
    finally:
        connection.close()


def _refuses(callback: str) -> bool:
    """Whether nobody listens there any more."""
    try:
        _get(callback, "?code=late")
    except ConnectionRefusedError:
        return True
    return False


def test_browser_is_sent_to_the_service_with_a_challenge_and_comes_back_with_a_code(
    keeper: QObject, qtbot: QtBot
) -> None:
    sign_in, heard = _sign_in(keeper)
    address = sign_in.begin(BASE)
    asked = _asked(address)
    assert address.startswith("https://openrouter.ai/auth?")
    assert asked["code_challenge_method"] == "S256"
    assert len(urlsplit(asked["callback_url"]).path.rpartition("/")[2]) >= 32

    status, page, policy = _get(asked["callback_url"], "?code=the-code")

    assert status == 200
    assert "You can close this window" in page
    assert "script" not in page
    assert policy == "default-src 'none'"
    qtbot.waitUntil(lambda: bool(heard.codes))
    ((code, verifier),) = heard.codes
    assert code == "the-code"
    digest = hashlib.sha256(verifier.encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
    assert not sign_in.is_waiting
    with pytest.raises(ConnectionRefusedError):
        _get(asked["callback_url"], "?code=again")


def test_verifier_is_as_the_standard_wants_it_and_never_the_same() -> None:
    verifiers = {new_verifier() for _ in range(50)}
    assert len(verifiers) == 50
    assert all(43 <= len(one) <= 128 and set(one) <= set(SIGNS) for one in verifiers)
    # The example of RFC 7636, appendix B.
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_whoever_does_not_know_the_token_finds_nothing(keeper: QObject, qtbot: QtBot) -> None:
    sign_in, heard = _sign_in(keeper)
    callback = _asked(sign_in.begin(BASE))["callback_url"]
    other = callback[:-1] + ("A" if callback[-1] != "A" else "B")

    for place in (other, callback.rpartition("/")[0], callback + "/", callback.partition("/callback")[0] + "/"):
        assert _get(place, "?code=theirs")[0] == 404
    assert _get(callback, "?code=theirs", method="POST")[0] == 404
    assert _get(callback, "?" + "&".join(f"a{number}=1" for number in range(100)))[0] == 400
    assert _get(callback, "?code=" + "x" * 5_000)[0] == 404
    assert _get(callback, "?code=" + "x" * (LARGEST_REQUEST + 1))[0] == 431

    assert _get(callback, "?code=ours")[0] == 200
    qtbot.waitUntil(lambda: bool(heard.codes))
    assert [code for code, _ in heard.codes] == ["ours"]


def test_callers_that_say_nothing_keep_nobody_waiting(keeper: QObject, qtbot: QtBot) -> None:
    sign_in, heard = _sign_in(keeper)
    callback = _asked(sign_in.begin(BASE))["callback_url"]
    port = urlsplit(callback).port or 0
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(MOST_CALLERS - 2)]
    try:
        assert _get(callback, "?code=ours")[0] == 200
        qtbot.waitUntil(lambda: bool(heard.codes), timeout=2_000)
    finally:
        for one in silent:
            one.close()


def test_only_this_computer_is_listened_to(keeper: QObject) -> None:
    sign_in, _ = _sign_in(keeper)
    port = urlsplit(_asked(sign_in.begin(BASE))["callback_url"]).port
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", port or 0))


def test_waiting_ends_with_cancelling_or_with_time_or_with_a_refusal(keeper: QObject, qtbot: QtBot) -> None:
    cancelled, heard = _sign_in(keeper)
    callback = _asked(cancelled.begin(BASE))["callback_url"]
    cancelled.cancel()
    assert not cancelled.is_waiting

    late, heard_late = _sign_in(keeper, within_s=0.05)
    late.begin(BASE)
    qtbot.waitUntil(lambda: heard_late.endings == [Ending.TIMED_OUT])

    denied, heard_denied = _sign_in(keeper)
    assert _get(_asked(denied.begin(BASE))["callback_url"], "?error=access_denied")[0] == 200
    qtbot.waitUntil(lambda: heard_denied.endings == [Ending.DENIED])

    qtbot.waitUntil(lambda: _refuses(callback))
    assert (heard.codes, heard.endings) == ([], [])


def test_beginning_anew_forgets_what_was_begun_before(keeper: QObject, qtbot: QtBot) -> None:
    sign_in, heard = _sign_in(keeper)
    first = _asked(sign_in.begin(BASE))
    second = _asked(sign_in.begin(BASE))
    assert first["code_challenge"] != second["code_challenge"]
    assert _get(second["callback_url"], "?code=second")[0] == 200
    qtbot.waitUntil(lambda: bool(heard.codes))
    assert [code for code, _ in heard.codes] == ["second"]


def test_listener_ends_with_the_page_it_belongs_to(qtbot: QtBot) -> None:
    keeper = QObject()
    sign_in, _ = _sign_in(keeper)
    listener = sign_in.begin(BASE) and sign_in._listener
    assert listener
    assert listener.is_listening
    keeper.deleteLater()
    qtbot.waitUntil(lambda: not listener.is_listening)


@pytest.mark.parametrize("address", ["http://openrouter.ai/api/v1", "ftp://openrouter.ai", "https://me@openrouter.ai"])
def test_browser_is_sent_over_https_alone_but_for_this_computer(keeper: QObject, address: str) -> None:
    sign_in, _ = _sign_in(keeper)
    with pytest.raises(UsageError):
        sign_in.begin(address)
    assert not sign_in.is_waiting
    assert sign_in.begin("http://127.0.0.1:1/api/v1").startswith("http://127.0.0.1:1/auth?")


def test_page_in_the_browser_runs_as_the_language_does(keeper: QObject, qapp: QApplication) -> None:
    with spoken(qapp, "rtl"):
        sign_in, _ = _sign_in(keeper)
        _, page, _ = _get(_asked(sign_in.begin(BASE))["callback_url"], "?code=x")
    assert 'dir="rtl"' in page
