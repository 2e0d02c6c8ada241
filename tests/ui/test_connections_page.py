"""Settings, Connections: the real page over a real core, and the services of the tests where it matters."""

import http.client
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.config import Paths, resources_folder
from dmdx_desktop.models.connection import SecretName, Service, Way
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.core_process import CoreProcess
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.settings.connection_facts import (
    ConnectionFacts,
    CopiesFacts,
    MoneyFacts,
    ServiceFacts,
    facts_in,
    money_state,
    money_words,
    state_of,
)
from dmdx_desktop.ui.settings.connections_page import ConnectionsPage
from dmdx_desktop.ui.settings.loopback_listener import Ending
from dmdx_desktop.ui.settings.service_card import ServiceCard
from dmdx_desktop.ui.storage_sizes import StorageReader
from dmdx_desktop.ui.theme import Theme
from tests.servers.openrouter import OpenRouterServer
from tests.servers.r2 import R2Server
from tests.servers.wavespeed import WaveSpeedServer
from tests.ui.pseudo_languages import spoken
from tests.ui.screens import clipped_texts, settle
from tests.ui.shown_windows import LONG_MS

NARROWEST = 664 + 80
"""The page in the smallest window."""
PASSPHRASE = "four words and a bird"
KEY = SecretName.WAVESPEED_KEY
NO_MONEY = MoneyFacts(hour=100_000_000)
NO_COPIES = CopiesFacts()


@pytest.fixture(autouse=True)
def _no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for name in [name for name in os.environ if name.startswith("DMDX_")]:
        monkeypatch.delenv(name)


@contextmanager
def shown_page(qapp: QApplication, qtbot: QtBot, basedir: Path, *, core: bool = True) -> Iterator[ConnectionsPage]:
    """The page on its own, dressed, over a core of its own; nothing of it is left behind."""
    paths, keeper = Paths(basedir), QObject(qapp)
    theme = Theme(qapp, resources_folder(), keeper)
    look, storage = Look(theme, Icons(resources_folder())), StorageReader(paths, keeper)
    bridge = CoreBridge(lambda: CoreProcess(paths), keeper)
    window = QWidget()
    page = ConnectionsPage(look, storage, bridge)
    try:
        page.setParent(window)
        theme.dress(window)
        window.resize(1000, 900)
        page.resize(1000, 900)
        window.show()
        if core:
            bridge.start()
            page.show_page()
            qtbot.waitUntil(lambda: page.money.words.isVisible(), timeout=LONG_MS)
        yield page
    finally:
        window.hide()
        bridge.close(keep_rendering=False)
        storage.close()
        window.deleteLater()
        keeper.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[ConnectionsPage]:
    with shown_page(qapp, qtbot, tmp_path / "library") as shown:
        yield shown


@pytest.fixture
def coreless(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[ConnectionsPage]:
    """Nobody answers: what the core would say is told by the test."""
    with shown_page(qapp, qtbot, tmp_path / "library", core=False) as shown:
        yield shown


def _facts(
    *services: ServiceFacts, vault: str = "open", money: MoneyFacts = NO_MONEY, copies: CopiesFacts = NO_COPIES
) -> ConnectionFacts:
    known = {**{one: ServiceFacts(one) for one in Service}, **{one.service: one for one in services}}
    return ConnectionFacts(known, vault, money, copies)


def _type(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def _said(card: ServiceCard) -> str:
    return card.state.text()


class Browser(QObject):
    """Takes the addresses that the program opens."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    for scheme in ("http", "https"):
        QDesktopServices.setUrlHandler(scheme, browser, "open")  # type: ignore[arg-type]  # bytes are refused
    yield browser
    for scheme in ("http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


def _come_back(server: OpenRouterServer, address: str, code: str) -> None:
    """What the browser and the page of the service do together."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    server.register_challenge(code, asked["code_challenge"])
    back = urlsplit(asked["callback_url"])
    connection = http.client.HTTPConnection("127.0.0.1", back.port or 0, timeout=5)
    connection.request("GET", f"{back.path}?code={code}")
    assert connection.getresponse().status == 200
    connection.close()


def test_sign_in_with_the_browser_connects_tests_and_is_removed(
    page: ConnectionsPage, qtbot: QtBot, browser: Browser
) -> None:
    card = page.identification
    with OpenRouterServer() as server:
        assert _said(card) == "Not connected"
        card.disclosure.click()
        _type(card._settings["url"], server.url)
        card.save()
        qtbot.waitUntil(lambda: not card._settings["url"].isModified(), timeout=LONG_MS)
        card.sign_in.click()
        assert card.waiting.isVisible()
        _come_back(server, browser.opened[-1], "first")
        # No keychain: the key is not kept, and what can be done about it is said.
        qtbot.waitUntil(lambda: "no keychain" in card.note.words, timeout=LONG_MS)
        assert not card.waiting.isVisible()
        card.sign_in.click()
        _come_back(server, browser.opened[-1], "second")
        qtbot.waitUntil(lambda: _said(card) == "Connected, not tested", timeout=LONG_MS)
        assert card.way.value == Way.OWN_KEYS.value
        assert "until the program ends" in card._kept.text()

        card.test.click()
        assert _said(card) == "Testing…"
        qtbot.waitUntil(lambda: card.result.isVisible(), timeout=LONG_MS)
        assert _said(card) == "Tested: works, but"
        assert "The key works." in card.result.sentences.text()
        assert server.key not in card.result.sentences.text()

    card.remove.click()
    assert "on this computer then" in card.question.words
    assert QApplication.focusWidget() is card._keep_keys
    QTest.keyClick(card._keep_keys, Qt.Key.Key_Escape)
    assert not card.question.isVisible()
    card.remove.click()
    card.question.findChildren(QAbstractButton)[0].click()
    qtbot.waitUntil(lambda: _said(card) == "Not connected", timeout=LONG_MS)
    assert card.way.value == Way.LOCAL.value
    assert not card.result.isVisible()
    assert not card.remove.isVisible()


def test_keys_are_locked_with_a_passphrase_tested_and_unlocked_by_the_next_start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    basedir = tmp_path / "library"
    with WaveSpeedServer() as server, R2Server() as bucket:
        with shown_page(qapp, qtbot, basedir) as page:
            card, storage = page.rendering, page.storage
            card.disclosure.click()
            _type(card._settings["url"], server.origin)
            _type(card.keys[KEY], server.key)
            assert card._keeping_row.isVisible()
            QTest.keyClick(card.keys[KEY], Qt.Key.Key_Return)
            assert card.keys[KEY].text() == ""
            assert not card.keys[KEY].isUndoAvailable()

            qtbot.waitUntil(lambda: card.refusal.isVisible(), timeout=LONG_MS)
            assert "no keychain" in card.refusal.words
            for once, again, wrong in (("short", "short", "at least 8"), (PASSPHRASE, "other", "not the same")):
                _type(card.refusal.once, once)
                _type(card.refusal.again, again)
                card.refusal.lock.click()
                assert wrong in card.refusal._wrong.text()
            _type(card.refusal.once, PASSPHRASE)
            _type(card.refusal.again, PASSPHRASE)
            QTest.keyClick(card.refusal.again, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: _said(card) == "Connected, not tested", timeout=LONG_MS)
            assert card._unkept == {}

            _type(storage._settings["url"], bucket.endpoint)
            _type(storage._settings["bucket"], bucket.bucket)
            _type(storage.keys[SecretName.R2_ACCESS_KEY_ID], bucket.access_key_id)
            _type(storage.keys[SecretName.R2_SECRET_ACCESS_KEY], bucket.secret_access_key)
            storage.save_button.click()
            qtbot.waitUntil(lambda: page.test_all.isVisible(), timeout=LONG_MS)
            page.test_all.click()
            qtbot.waitUntil(lambda: {_said(card), _said(storage)} == {"Tested: works"}, timeout=LONG_MS)
            assert card.result.balance.text() == "$100.00"

        with shown_page(qapp, qtbot, basedir) as page:
            assert _said(page.rendering) == "Locked"
            assert page.vault.locked.isVisible()
            _type(page.vault.passphrase, "not the passphrase")
            page.vault.unlock.click()
            qtbot.waitUntil(lambda: page.vault._wrong.text() == "This is not its passphrase.", timeout=LONG_MS)
            _type(page.vault.passphrase, PASSPHRASE)
            QTest.keyClick(page.vault.passphrase, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: _said(page.rendering) == "Connected, not tested", timeout=LONG_MS)
            assert not page.vault.isVisible()
    written = b"".join(file.read_bytes() for file in basedir.rglob("*") if file.is_file())
    assert server.key.encode() not in written
    assert PASSPHRASE.encode() not in written


def test_budget_is_set_warned_of_lifted_and_taken_away(page: ConnectionsPage, qtbot: QtBot) -> None:
    money = page.money
    assert money.month.placeholderText() == "No budget"
    assert money.hour.text() == "100.00"
    _type(money.month, "fifty")
    money.save_button.click()
    assert "no amount" in money.note.words
    _type(money.month, "$50")
    _type(money.hour, "12.5")
    QTest.keyClick(money.hour, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: money.state.text() == "Within the budget", timeout=LONG_MS)
    qtbot.waitUntil(lambda: money.hour.text() == "12.50", timeout=LONG_MS)
    assert money.month.text() == "50.00"
    assert money.words.text() == "$0.00 spent and $0.00 reserved this month, of $50.00."
    _type(money.month, "0")
    money.save()
    qtbot.waitUntil(lambda: money.state.text() == "Budget used up", timeout=LONG_MS)
    money.lift.click()
    qtbot.waitUntil(lambda: money.state.text() == "Lifted for this month", timeout=LONG_MS)
    assert not money.warning.isVisible()
    money.month.selectAll()
    QTest.keyClick(money.month, Qt.Key.Key_Delete)
    money.save()
    qtbot.waitUntil(lambda: money.state.text() == "No budget", timeout=LONG_MS)


def test_lost_vault_and_key_of_the_environment_are_said(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    basedir = tmp_path / "library"
    basedir.mkdir()
    (basedir / "vault").write_bytes(b"damaged")
    monkeypatch.setenv("DMDX_WAVESPEED_KEY", "key-of-the-environment")
    with shown_page(qapp, qtbot, basedir) as page:
        card = page.rendering
        assert _said(card) == "Key from the environment"
        assert card.way.value == Way.OWN_KEYS.value
        assert not card.remove.isVisible()
        assert page.vault.lost.isVisible()
        # Used until the program ends: nothing is written.
        _type(page.identification.keys[SecretName.OPENROUTER_KEY], "sk-or-of-this-start")
        page.identification.keeping.setFocus()
        QTest.keyClick(page.identification.keeping, Qt.Key.Key_Right)
        page.identification.save()
        qtbot.waitUntil(lambda: page.identification.is_usable, timeout=LONG_MS)
        # Who does the work is chosen, and shown once the core has said so.
        page.identification.way.setFocus()
        QTest.keyClick(page.identification.way, Qt.Key.Key_Left)
        qtbot.waitUntil(lambda: page.identification._facts.way is Way.LOCAL, timeout=LONG_MS)
        page.identification.zero_retention.click()
        qtbot.waitUntil(lambda: page.identification._facts.zero_retention, timeout=LONG_MS)
        qtbot.waitUntil(lambda: page.identification._facts.way is Way.LOCAL, timeout=LONG_MS)


def test_address_that_keys_may_not_be_sent_to_is_refused_before_the_key_leaves_its_field(
    coreless: ConnectionsPage,
) -> None:
    card = coreless.rendering
    card.disclosure.click()
    _type(card._settings["url"], "http://api.wavespeed.ai")
    _type(card.keys[KEY], "secret")
    card.save()
    assert "https" in card.note.words
    assert card.keys[KEY].text() == "secret"
    coreless.hide()
    assert card.keys[KEY].text() == ""  # nobody looks at it any more


def test_saving_nothing_says_so(coreless: ConnectionsPage) -> None:
    coreless.rendering.save_button.click()
    assert coreless.rendering.note.words == "Nothing was changed. Paste a key first."
    QTest.keyClick(coreless.rendering.note, Qt.Key.Key_Escape)
    assert not coreless.rendering.note.isVisible()


def test_more_stand_ins_than_there_is_room_for_are_refused(coreless: ConnectionsPage) -> None:
    card = coreless.identification
    card.disclosure.click()
    _type(card.fallbacks, "a/a, b/b, c/c, d/d")
    assert card._changes() is None
    assert "room for 3" in card.note.words
    _type(card.fallbacks, "a/a, ,b/b")
    assert card._changes() == {"fallbacks": ("a/a", "b/b")}


def test_sign_in_that_nobody_ends_is_cancelled_or_told(coreless: ConnectionsPage, browser: Browser) -> None:
    card = coreless.identification
    card.begin_sign_in()
    assert browser.opened[-1].startswith("https://openrouter.ai/auth?")
    QTest.keyClick(card.waiting, Qt.Key.Key_Escape)
    assert not card.browser.is_waiting
    assert not card.waiting.isVisible()
    for ending, words in ((Ending.TIMED_OUT, "ten minutes"), (Ending.DENIED, "without a sign-in")):
        card.browser.ended.emit(ending)
        assert words in card.note.words


def test_keys_are_never_shown_and_never_read_back(coreless: ConnectionsPage) -> None:
    mine = ServiceFacts(Service.WAVESPEED, keys="vault", is_usable=True, way=Way.OWN_KEYS)
    coreless.rendering.show_facts(_facts(mine))
    for card in coreless.cards:
        for field in card.keys.values():
            assert field.echoMode() is QLineEdit.EchoMode.Password
            assert field.text() == ""
    assert coreless.rendering.keys[KEY].placeholderText() == "Saved. Paste a new one to replace it."


@pytest.mark.parametrize(
    ("facts", "vault", "words"),
    [
        (ServiceFacts(Service.R2), "empty", "Not connected"),
        (ServiceFacts(Service.R2), "locked", "Locked"),
        (ServiceFacts(Service.R2, keys="vault"), "open", "Something is missing"),
        (ServiceFacts(Service.R2, keys="vault", is_usable=True), "open", "Connected, not tested"),
        (ServiceFacts(Service.R2, keys="environment", is_usable=True), "open", "Key from the environment"),
    ],
)
def test_state_has_a_sign_and_a_word(facts: ServiceFacts, vault: str, words: str) -> None:
    state = state_of(facts, vault, None)
    assert state.words == words
    assert state.icon


@pytest.mark.parametrize(
    ("spent", "month", "lifted", "words"),
    [
        (0, None, False, "No budget"),
        (7_900_000, 10_000_000, False, "Within the budget"),
        (8_000_000, 10_000_000, False, "Nearly used up"),
        (10_000_000, 10_000_000, False, "Budget used up"),
        (12_000_000, 10_000_000, True, "Lifted for this month"),
        (0, 0, False, "Budget used up"),
    ],
)
def test_money_is_warned_of_in_words(
    coreless: ConnectionsPage, spent: int, month: int | None, lifted: bool, words: str
) -> None:
    money = MoneyFacts(spent=spent - spent // 4, reserved=spent // 4, month=month, is_lifted=lifted)
    assert money_state(money).words == words
    coreless.money.show_facts(_facts(money=money))
    assert coreless.money.warning.isVisible() is (words in ("Nearly used up", "Budget used up"))
    assert coreless.money.bar.isVisible() is (month is not None)
    assert "$" in money_words(money)


def test_document_about_something_else_says_nothing() -> None:
    assert facts_in({"tests": [], "problems": []}) is None
    assert facts_in({"services": [{"service": "r2"}], "money": None}) is None


def _show_everything(page: ConnectionsPage) -> None:
    """Every row and every remark there is, at once."""
    used = (ServiceFacts(one, keys="vault", is_usable=True, way=Way.OWN_KEYS) for one in Service)
    copies = CopiesFacts(is_on=True, waiting=12, stored=340, failed=1, stored_bytes=10**9, trouble="R2 has trouble.")
    money = MoneyFacts(9_000_000, 0, 10_000_000, 1_000_000)
    page._talk.told.emit(_facts(*used, vault="locked", money=money, copies=copies))
    page.storage.copies.note.tell("This is no amount.")
    page.vault.lost.tell("The keys are lost.")
    page.vault._ask_forgetting()
    for card in page.cards:
        card.disclosure.click()
        card._keeping_row.show()
        card._ask_removing()
        card.refusal.ask("no_keychain", "")
        card.note.tell("Something was refused, and this is why.")
    page.identification.waiting.tell("Waiting for the browser.")
    page.money.note.tell("This is no amount.")


@pytest.mark.parametrize("language", ["english", "long", "rtl"])
def test_no_word_is_clipped_in_the_smallest_window_with_everything_shown(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    with spoken(qapp, language), shown_page(qapp, qtbot, tmp_path / "library", core=False) as page:
        page.resize(NARROWEST, 548)
        _show_everything(page)
        settle(qapp)
        assert clipped_texts(page) == []


def test_everything_has_a_name_and_is_reached_by_tab(coreless: ConnectionsPage, qtbot: QtBot) -> None:
    _show_everything(coreless)
    window = coreless.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    controls = [
        one
        for one in coreless.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
    ]
    assert len(controls) > 40
    nameless = [one for one in controls if not _name(one)]
    assert nameless == []
    buttons = [_name(one) for one in controls if isinstance(one, QAbstractButton) and _name(one).startswith("Save ")]
    assert len(set(buttons)) == len(buttons) == 7
    reached = _reached(controls[0])
    assert [_name(one) for one in controls if one not in reached] == []
    order = [part for one in reached if (part := _part_of(coreless, one)) >= 0]
    assert order == sorted(order)


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _reached(first: QWidget) -> list[QWidget]:
    """What Tab leads to, in its order."""
    first.setFocus()
    reached: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in reached:
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return reached


def _part_of(page: ConnectionsPage, widget: QWidget) -> int:
    """Which card a control is in, from top to bottom; the vault comes before, what is in none before that."""
    parts = (page.vault, *page.cards, page.money)
    return next((number for number, part in enumerate(parts) if part.isAncestorOf(widget)), -1)
