"""Money in the window: the price before, the meter, the queue and the image after; real core, real widgets."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.connections import open_for_reading
from dmdx_desktop.library.money_view import MoneyView
from dmdx_desktop.library.queue_view import DoneRow, QueueRow, WaitingGroup, queue_view
from dmdx_desktop.models.choices import SceneId
from dmdx_desktop.models.connecting import SetBudget
from dmdx_desktop.models.ids import now_ms
from dmdx_desktop.models.money_words import about_usd, usd
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.credit_meter import meter_words
from dmdx_desktop.ui.look import Tone
from dmdx_desktop.ui.page_deeds import Deed
from dmdx_desktop.ui.queue.need_deeds import NeedDeed
from dmdx_desktop.ui.queue.needing_card import NeedingCard
from dmdx_desktop.ui.queue.queue_rows import PAID_STEPS, QueueModel, cost_words, state_words, steps_of
from dmdx_desktop.ui.queue.totals import detail_words, title_words
from dmdx_desktop.ui.queue.waiting_card import WaitingCard, WaitingDeed
from dmdx_desktop.ui.studio.generate_footer import Cost, comparing_words, left_words, over_words
from dmdx_desktop.ui.top_bar import Workspace
from tests.servers.wavespeed import WaveSpeedServer
from tests.ui.made_libraries import MadeLibraries
from tests.ui.paid_windows import PRO, paid_window, take_on, until_priced
from tests.ui.shown_windows import LONG_MS

CENT = 10_000
TWO_SCENES = Recipe(scenes=(SceneId.WHITE, SceneId.ON_HAND), count=3, engine=PRO)


@pytest.fixture
def server() -> Iterator[WaveSpeedServer]:
    with WaveSpeedServer(small=True) as running:
        yield running


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries, server: WaveSpeedServer
) -> Iterator[Window]:
    with paid_window(qapp, qtbot, tmp_path / "library", made_libraries, server) as built:
        yield built


def _row(**changes: object) -> QueueRow:
    values: dict[str, object] = {
        "key": 1, "job_id": "job", "title": "Ring", "scene": "white", "metal": "as_reference", "n": 1,
        "state": "running", "sha256": "0" * 64, "problem": "", "remedy": "", "id": "render", "code": "", "engine": PRO,
    }  # fmt: skip
    return QueueRow(**(values | changes))  # type: ignore[arg-type]


def test_amounts_are_exact_and_the_meter_is_rounded() -> None:
    assert [usd(micro) for micro in (0, 140_000, 35_000, 1_680_000, 4_200)] == [
        "$0.00", "$0.14", "$0.035", "$1.68", "$0.0042",
    ]  # fmt: skip
    assert about_usd(12_403_500) == "$12.40"
    assert about_usd(4_200) == "$0.0042"


def test_meter_says_what_is_spent_and_warns_before_it_stops() -> None:
    free = meter_words(MoneyView(), is_connected=False)
    assert free.aloud == "Drafts · free. Made on this computer"
    spent = MoneyView(spent=1_240 * CENT, reserved=168 * CENT)
    assert meter_words(spent, is_connected=True).aloud == "$12.40 this month · $1.68 reserved. No budget set"
    some = meter_words(MoneyView(spent=1_240 * CENT, budget=2_000 * CENT), is_connected=True)
    assert (some.second, some.sign) == ("62 % of $20.00", "")
    many = meter_words(MoneyView(spent=1_600 * CENT, budget=2_000 * CENT), is_connected=True)
    assert (many.second, many.tone, many.sign) == ("80 % of $20.00", "warning.text", "triangle-alert")
    over = meter_words(MoneyView(spent=1_900 * CENT, reserved=100 * CENT, budget=2_000 * CENT), is_connected=True)
    assert (over.second, over.tone, over.sign) == ("Budget of $20.00 reached", "danger.text", "ban")
    lifted = meter_words(MoneyView(spent=1_900 * CENT, budget=1_000 * CENT, is_lifted=True), is_connected=True)
    assert lifted.second == "Budget lifted this month"


def test_price_line_says_what_is_left_and_how_many_images_fit() -> None:
    budget = MoneyView(spent=500 * CENT, budget=2_000 * CENT)
    assert left_words(168 * CENT, budget) == ("leaves $13.32 of $20.00", Tone.TERTIARY)
    assert left_words(1_200 * CENT, budget) == ("85 % of budget, leaves $3.00", Tone.WARNING)
    assert left_words(168 * CENT, MoneyView(spent=500 * CENT)) == ("$5.00 this month", Tone.TERTIARY)
    left = MoneyView(spent=1_910 * CENT, budget=2_000 * CENT)
    assert over_words(168 * CENT, 14 * CENT, left) == (
        "This needs $1.68; $0.90 of the month's budget is left. 6 images fit."
    )


def test_price_names_what_comparing_the_images_will_come_to() -> None:
    assert comparing_words(6, 1_400) == "Comparison with the reference: about $0.0084 more"
    assert comparing_words(6, None) == "Comparison with the reference is billed by OpenRouter"


def test_footer_says_what_comparing_comes_to_only_where_a_model_compares(window: Window) -> None:
    footer, recipe, money = window.window.studio.footer, Recipe(engine=PRO), MoneyView(reading=700)
    footer.show_sum(1, recipe, Cost(each=14 * CENT, is_compared=True), money)
    assert footer.words.endswith("| Comparison with the reference: about $0.0007 more")
    footer.show_sum(1, recipe, Cost(each=14 * CENT), money)
    assert "Comparison" not in footer.words
    footer.show_sum(1, recipe, Cost(each=14 * CENT, is_compared=True), MoneyView())
    assert footer.words.endswith("| Comparison with the reference is billed by OpenRouter")
    footer.show_sum(1, Recipe())
    assert "Comparison" not in footer.words


def test_rows_of_paid_images_have_six_steps_and_their_money() -> None:
    places = {state: steps_of(_row(state=state))[1] for state in ("planned", "reserved", "submitting", "running")}
    assert places == {"planned": -1, "reserved": 0, "submitting": 2, "running": 3}
    assert steps_of(_row(state="uncertain")) == (len(PAID_STEPS), 2)
    assert state_words(_row(state="uncertain")) == "Asked, looking it up"
    model = QueueModel()
    model.show([_row(state="uncertain")])
    assert "Asked, no answer yet: looking it up, nothing is sent twice" in str(model.data(model.index(0, 0)))
    assert cost_words(_row(quoted=14 * CENT)) == "$0.14 reserved"
    assert cost_words(_row(state="waiting_credits", quoted=14 * CENT)) == ""
    done = DoneRow(1, "Ring", "white", "as_reference", 1, "0" * 64, 0, PRO, 14 * CENT, None)
    assert (steps_of(done), cost_words(done)) == ((6, 5), "$0.14"), "it is not settled yet"


def test_picture_is_paid_for_at_the_price_on_the_button(window: Window, qtbot: QtBot, server: WaveSpeedServer) -> None:
    page, meter = window.window.studio, window.window.top.meter
    take_on(window, TWO_SCENES)
    assert page.footer.button.text().strip() == "Make 6 · …"
    page.generate()
    assert not page.footer.button.isEnabled(), "there is no price yet"
    until_priced(window, qtbot)
    assert (
        page.footer.words == "2 scenes × 1 metal × 3 images = 6 | $0.84 | 6 images × $0.14 = $0.84 | $0.00 this month"
    )
    take_on(window, Recipe(engine=PRO))
    assert page.footer.button.text().strip() == "Make 1 · $0.14", "the price of another number is known already"
    text = page.check_step.text.toPlainText()
    page.footer.button.click()
    page.footer.button.click()  # a second press of the same one
    qtbot.waitUntil(lambda: len(window.window.gallery.model.keys) == 1, timeout=LONG_MS)
    qtbot.waitUntil(lambda: meter.words.first == "$0.14 this month", timeout=LONG_MS)
    assert server.world.submits_received == 1
    (made,) = server.world.predictions
    assert made.inputs["prompt"] == text, "the text that was shown is the one that was sent"
    window.window.show_workspace(Workspace.GALLERY)
    window.window.gallery.inspector.build()
    qtbot.waitUntil(lambda: _is_charged(window), timeout=LONG_MS)
    window.window.show_workspace(Workspace.QUEUE)
    qtbot.waitUntil(lambda: [cost_words(row) for row in window.window.queue.done.rows] == ["$0.14"], timeout=LONG_MS)
    meter.click()
    assert window.window.pages.currentWidget() is window.window.settings
    _assert_uncertain_is_left_to_the_user(window.parts.paths.library_db)
    with closing(open_for_reading(window.parts.paths.library_db)) as connection:
        agreed = connection.execute("SELECT agreed_micro_usd FROM render WHERE engine = ?", (PRO,)).fetchall()
    assert agreed == [(14 * CENT,)], "the price on the button went with the order"


def _is_charged(built: Window) -> bool:
    built.window.gallery.show_image(built.window.gallery.model.keys[0])
    return built.window.gallery.inspector.facts.get("Cost") == "Charged $0.14"


def _assert_uncertain_is_left_to_the_user(database: Path) -> None:
    """What the queue says of the same image, had its answer been lost and the history of its service come to an end."""
    changed = database.with_name("changed.db")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(changed)) as copy:
        source.backup(copy)
        copy.execute("UPDATE render SET state = 'uncertain'")
        copy.execute("UPDATE attempt SET state = 'intent', history_expired = 1")
        copy.commit()
    with closing(open_for_reading(changed)) as connection:
        view = queue_view(connection, now_ms())
    assert (view.running, view.left, view.needs, view.rows) == (0, 0, 1, ())
    assert [row.quoted for row in view.uncertain] == [14 * CENT]


def test_budget_stops_the_button_and_what_waits_says_why(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.parts.bridge.send(SetBudget(month_micro_usd=50 * CENT))
    take_on(window, TWO_SCENES)
    over = "This needs $0.84; $0.50 of the month's budget is left. 3 images fit."
    qtbot.waitUntil(lambda: page.footer.button.accessibleDescription() == over, timeout=LONG_MS)
    assert not page.footer.button.isEnabled()
    assert page.footer.help.text() == "Change budget"
    assert Deed.MAKE_IMAGES not in window.window.deeds()
    window.parts.bridge.send(SetBudget(month_micro_usd=100 * CENT))
    until_priced(window, qtbot)
    assert "84 % of budget, leaves $0.16" in page.footer.words
    assert Deed.MAKE_IMAGES in window.window.deeds()
    _assert_what_waits_says_why(window)


def test_price_that_cannot_be_asked_says_why_and_is_asked_again(
    window: Window, qtbot: QtBot, server: WaveSpeedServer
) -> None:
    page = window.window.studio
    server.faults.down = True
    take_on(window, Recipe(engine=PRO))
    why = "The price cannot be asked: WaveSpeed cannot be reached."
    qtbot.waitUntil(lambda: why in page.footer.words, timeout=LONG_MS)
    assert not page.footer.button.isEnabled()
    server.faults.down = False
    page.footer.help.click()
    until_priced(window, qtbot)
    server.world.set_balance(0)
    page.footer.button.click()
    queue = window.window.queue
    window.window.show_workspace(Workspace.QUEUE)
    qtbot.waitUntil(lambda: bool(queue.parked.lines), timeout=LONG_MS)
    assert queue.parked.lines[0].startswith("1 image waits for credit. There is too little credit left at WaveSpeed.")
    view = queue._view
    assert title_words(view) == "0 of 1 images done"
    assert detail_words(view, paused=False) == "0 rendering · 1 waiting"
    server.world.set_balance(1_000 * CENT)
    queue.parked.buttons[0].click()
    qtbot.waitUntil(lambda: len(window.window.gallery.model.keys) == 1, timeout=LONG_MS)
    qtbot.waitUntil(lambda: queue.parked.isHidden(), timeout=LONG_MS)


def _assert_what_waits_says_why(window: Window) -> None:
    card = WaitingCard(window.parts.look)
    told: list[str] = []
    card.wanted.connect(told.append)
    card.show_groups(
        (
            WaitingGroup("waiting_account", "wrong_key", 3, "WaveSpeed does not take the key.", "Give another key."),
            WaitingGroup("waiting_credits", "no_credit", 1, "There is too little credit left.", "Add credit."),
            WaitingGroup("waiting_network", "offline", 2, "WaveSpeed cannot be reached.", ""),
        )
    )
    assert card.lines == [
        "3 images wait for a key. WaveSpeed does not take the key. Give another key.",
        "1 image waits for credit. There is too little credit left. Add credit.",
        "2 images wait for the network. WaveSpeed cannot be reached."
        " It goes on by itself once the service can be reached.",
    ]
    assert [button.text().strip() for button in card.buttons] == ["Open Connections", "Continue"]
    for button in card.buttons:
        button.click()
    assert told == [WaitingDeed.CONNECTIONS, WaitingDeed.CONTINUE]
    needing = NeedingCard(window.parts)
    asked: list[str] = []
    needing.wanted.connect(lambda deed, rows: asked.append(deed))
    words = "Nobody can tell whether this picture was made."
    needing.show_failed([_row(state="uncertain", code="uncertain", problem=words, remedy="Look at your bill.")], 1)
    (image,) = needing.images
    assert image.accessibleDescription() == f"{words} Look at your bill."
    assert set(image.buttons) == {NeedDeed.LET_GO, NeedDeed.SHOW_PIECE}, "nobody can say what it would cost"
    needing.show_failed([_row(state="uncertain", code="uncertain", problem=words, quoted=14 * CENT)], 1)
    (image,) = needing.images
    assert [button.text().strip() for button in image.buttons.values()] == ["Let it go", "Send again · $0.14"]
    QTest.keyClick(image, Qt.Key.Key_R)
    assert asked == [], "nothing is sent again by a key"
    assert needing.retry_all.isHidden()
    failed = _row(state="failed", code="engine_failed", quoted=14 * CENT)
    needing.show_failed([failed, replace(failed, id="other"), _row(state="failed", code="offline", id="unpriced")], 3)
    assert [button.text().strip() for button in needing.reasons] == ["Retry these 2 · $0.28"]
    assert needing.images[0].buttons[NeedDeed.RETRY].text().strip() == "Retry · $0.14"
    assert NeedDeed.RETRY not in needing.images[2].buttons, "nobody can say what it would cost"
    assert needing.retry_all.isHidden()


def test_welcome_promises_only_what_is_kept(window: Window) -> None:
    welcome = window.window.studio.welcome
    assert welcome.promise == "Nothing leaves this computer until you make images that are not drafts."
    welcome.show_services(("OpenRouter",), reads_elsewhere=True)
    assert welcome.promise.startswith("What you add is sent to OpenRouter to be read")
    welcome.show_services((), reads_elsewhere=False)
    assert welcome.promise.startswith("Nothing leaves this computer until you sign in")
