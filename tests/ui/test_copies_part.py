"""Copies of finished images, as Settings say and change it: the real card over a real core, and what it shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.models.connection import Service, Way
from dmdx_desktop.ui.settings.connection_facts import ConnectionFacts, CopiesFacts, MoneyFacts, ServiceFacts
from dmdx_desktop.ui.settings.connections_page import ConnectionsPage
from dmdx_desktop.ui.settings.copies_part import copies_words, limit_of, limit_text
from tests.servers.r2 import R2Server
from tests.ui.shown_windows import LONG_MS
from tests.ui.test_connections_page import shown_page

BUCKET = ServiceFacts(Service.R2, is_usable=True, keys="vault", way=Way.OWN_KEYS, bucket="jewels")


@pytest.fixture(autouse=True)
def _no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def coreless(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[ConnectionsPage]:
    with shown_page(qapp, qtbot, tmp_path / "library", core=False) as page:
        yield page


def _told(page: ConnectionsPage, copies: CopiesFacts, bucket: ServiceFacts = BUCKET) -> None:
    services = {**{one: ServiceFacts(one) for one in Service}, Service.R2: bucket}
    page._talk.told.emit(ConnectionFacts(services, "open", MoneyFacts(), copies))


def test_copies_are_turned_on_limited_paused_and_turned_off(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with R2Server() as server:
        monkeypatch.setenv("DMDX_R2_ENDPOINT", server.endpoint)
        monkeypatch.setenv("DMDX_R2_BUCKET", server.bucket)
        monkeypatch.setenv("DMDX_R2_ACCESS_KEY_ID", server.access_key_id)
        monkeypatch.setenv("DMDX_R2_SECRET_ACCESS_KEY", server.secret_access_key)
        with shown_page(qapp, qtbot, tmp_path / "library") as page:
            part = page.storage.copies
            assert part.wanted.isEnabled()
            assert not part.words.isVisible()
            QTest.mouseClick(part.wanted, Qt.MouseButton.LeftButton, pos=part.wanted.rect().center())
            qtbot.waitUntil(part.words.isVisible, timeout=LONG_MS)
            assert part.words.text() == "Nothing is copied yet."
            part.limit.setFocus()
            QTest.keyClicks(part.limit, "1.5")
            QTest.keyClick(part.limit, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: part._facts.limit == 1_500_000, timeout=LONG_MS)
            part._turn()
            qtbot.waitUntil(lambda: part.pause.text() == "Go on", timeout=LONG_MS)
            QTest.mouseClick(part.pause, Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda: not part._facts.is_paused, timeout=LONG_MS)
            QTest.mouseClick(part.wanted, Qt.MouseButton.LeftButton, pos=part.wanted.rect().center())
            qtbot.waitUntil(lambda: not part.words.isVisible(), timeout=LONG_MS)


def test_copies_are_offered_with_a_bucket_alone(coreless: ConnectionsPage) -> None:
    part = coreless.storage.copies
    _told(coreless, CopiesFacts(), ServiceFacts(Service.R2))
    assert not part.wanted.isEnabled()
    _told(coreless, CopiesFacts())
    assert part.wanted.isEnabled()


def test_card_looks_again_only_while_something_is_on_its_way(coreless: ConnectionsPage) -> None:
    part = coreless.storage.copies
    _told(coreless, CopiesFacts(is_on=True, waiting=2, waiting_bytes=10))
    assert part._look_again.isActive()
    _told(coreless, CopiesFacts(is_on=True, is_paused=True, waiting=2, waiting_bytes=10))
    assert not part._look_again.isActive()
    _told(coreless, CopiesFacts(is_on=True, waiting=2, waiting_bytes=10))
    coreless.hide()
    assert not part._look_again.isActive()


def test_limit_that_is_no_amount_is_refused_in_words(coreless: ConnectionsPage) -> None:
    part = coreless.storage.copies
    _told(coreless, CopiesFacts(is_on=True))
    part.limit.setFocus()
    QTest.keyClicks(part.limit, "fast")
    QTest.keyClick(part.limit, Qt.Key.Key_Return)
    assert "no amount" in part.note.words


@pytest.mark.parametrize(
    ("copies", "words"),
    [
        (CopiesFacts(is_on=True), "Nothing is copied yet."),
        (
            CopiesFacts(is_on=True, stored=340, stored_bytes=512_000_000, waiting=1, waiting_bytes=2_000_000),
            "340 images copied · 512 MB, 1 waits · 2.0 MB.",
        ),
        (CopiesFacts(is_on=True, is_paused=True, stored=1, stored_bytes=2_000_000), "Paused. 1 image copied · 2.0 MB."),
        (
            CopiesFacts(is_on=True, waiting=2, waiting_bytes=4_000_000, failed=1, trouble="R2 has trouble."),
            "Nothing is copied yet, 2 wait · 4.0 MB, 1 cannot be read. R2 has trouble.",
        ),
    ],
)
def test_copies_are_told_in_a_sentence(copies: CopiesFacts, words: str) -> None:
    assert copies_words(copies) == words


@pytest.mark.parametrize(("text", "limit"), [("", 0), ("2", 2_000_000), ("0.5", 500_000), ("-1", None), ("x", None)])
def test_limit_is_read_in_megabytes(text: str, limit: int | None) -> None:
    assert limit_of(text) == limit
    assert limit is None or limit_of(limit_text(limit or None)) == limit
