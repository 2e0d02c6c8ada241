"""The queue, skipped files and the words around them: real widgets, and a real core where rows are needed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.queue_view import QueueRow, QueueView
from dmdx_desktop.link.messages import Answer, Failed, Finished, Progress
from dmdx_desktop.models.commands import Generate, ImportPaths
from dmdx_desktop.models.gestures import CarryOutDeletion, PlanDeletion
from dmdx_desktop.models.ids import CommandId, JobId
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.queue.need_deeds import NeedDeed
from dmdx_desktop.ui.queue.needing_card import NeedingCard, by_reason
from dmdx_desktop.ui.queue.queue_delegate import columns
from dmdx_desktop.ui.queue.queue_page import QueuePage
from dmdx_desktop.ui.queue.queue_rows import PAID_STEPS, QueueModel, steps_of, steps_words, variant_words
from dmdx_desktop.ui.queue.row_times import Timing, elapsed_words, left_words
from dmdx_desktop.ui.queue.totals import detail_words, title_words
from dmdx_desktop.ui.top_bar import Workspace
from dmdx_desktop.ui.work_progress import WorkProgress
from tests.ui.made_libraries import MadeLibraries, sample_pieces
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("the queue in the window", of=7)

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
COMMAND = CommandId("0" * 26)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


def _failed(number: int, code: str) -> QueueRow:
    return QueueRow(
        key=number, job_id=f"job{number}", title=f"Ring {number}", scene="white", metal="as_reference", n=1,
        state="failed", sha256="0" * 64, problem=f"It is {code}.", remedy="", id=f"render{number}", code=code,
    )  # fmt: skip


def _view(*failed: QueueRow, done: int = 0, running: int = 0, waiting: int = 0) -> QueueView:
    return QueueView(done, running, waiting, len(failed), (), failed, (), 2.0)


def test_title_and_detail_tell_what_is_done_and_how_long_the_rest_takes() -> None:
    view = _view(_failed(1, "damaged"), _failed(2, "damaged"), done=34, running=6, waiting=16)
    assert title_words(view) == "34 of 58 images done"
    assert detail_words(view, paused=False) == "6 rendering · 16 waiting · 2 need you · about a minute left"
    assert detail_words(view, paused=True).startswith("Paused · ")


def test_row_calls_its_scene_as_the_rest_of_the_window_does() -> None:
    image = replace(_failed(1, "damaged"), scene="black_velvet", metal="rose_gold", n=3)
    assert variant_words(image) == "Velvet, rose gold · 3"
    assert variant_words(replace(image, metal="as_reference")) == "Velvet · 3"
    model = QueueModel()
    model.show([replace(image, state="running")])
    assert ", Velvet, rose gold · 3, " in str(model.data(model.index(0, 0)))


def test_failures_of_one_reason_are_together() -> None:
    rows = [_failed(1, "damaged"), _failed(2, "disk_full"), _failed(3, "damaged")]
    assert [[row.key for row in group] for group in by_reason(rows)] == [[1, 3], [2]]


def test_failures_are_retried_by_one_by_reason_and_by_key(window: Window, qtbot: QtBot) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    card = window.window.queue.needing
    rows = [_failed(1, "disk_full"), _failed(2, "unexpected"), _failed(3, "disk_full")]
    card.show_failed(rows, 3)
    told = _deeds(card)
    card.images[0].buttons[NeedDeed.RETRY].click()
    card.reasons[0].click()
    QTest.keyClick(card.images[2], Qt.Key.Key_R)
    assert told == [("retry", ["render1"]), ("retry", ["render1", "render3"]), ("retry", ["render2"])]
    assert len(card.reasons) == 1
    assert all(image.accessibleName() and image.accessibleDescription() for image in card.images)


def test_failure_has_the_two_deeds_that_mend_it_and_a_menu_of_all(window: Window) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    card = window.window.queue.needing
    small = replace(_failed(2, "too_small_for_size"), id="", problem_key=5, scene="")
    card.show_failed([_failed(1, "engine_timeout"), small], 2)
    engine, picture = card.images
    assert [button.accessibleName().split(":")[0] for button in engine.buttons.values()] == ["Details", "Retry"]
    assert [button.accessibleName().split(":")[0] for button in picture.buttons.values()] == ["Skip", "Replace file…"]
    assert [button.accessibleName() for button in picture.buttons.values()] == ["Skip: Ring 2", "Replace file…: Ring 2"]
    words = ["Retry", "Make it anyway", "Replace file…", "Skip", "Details", "Show piece"]
    assert [action.text() for action in picture.made_menu().actions()] == words
    assert [action.text() for action in engine.made_menu().actions()] == [words[0], *words[2:]]


def test_pictures_that_are_no_good_are_skipped_together(window: Window) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    card = window.window.queue.needing
    card.show_failed([_failed(1, "damaged"), _failed(2, "damaged")], 2)
    told = _deeds(card)
    assert [button.accessibleName() for button in card.reasons] == ["Skip these 2"]
    card.reasons[0].click()
    assert told == [("skip", ["render1", "render2"])]


def test_failure_leads_to_its_piece_by_menu_and_key(window: Window, qtbot: QtBot) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    queue = window.window.queue
    queue.needing.show_failed([replace(_failed(1, "damaged"), job_key=7), replace(_failed(2, "damaged"), job_key=9)], 2)
    told: list[int] = []
    queue.piece_opened.connect(told.append)
    queue.needing.images[0].made_menu().actions()[-1].trigger()
    assert window.window.studio.isVisible()
    QTest.keyClick(queue.needing.images[1], Qt.Key.Key_Return)
    assert told == [7, 9]


def test_details_say_everything_and_can_be_copied(window: Window) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    queue = window.window.queue
    queue.needing.show_failed([_failed(1, "engine_timeout")], 1)
    queue.needing.images[0].buttons[NeedDeed.DETAILS].click()
    details = queue.mending.details
    assert details is not None
    assert details.lines["Code"] == "engine_timeout"
    assert details.lines["What happened"] == "It is engine_timeout."
    details.copy.click()
    assert "Code: engine_timeout" in QGuiApplication.clipboard().text()
    details.done_button.click()
    assert queue.mending.details is None


def test_piece_whose_picture_is_no_good_needs_the_user_until_it_is_skipped(window: Window, qtbot: QtBot) -> None:
    queue = _with_small_picture(window, qtbot)
    assert queue.needing.title == "1 needs you"
    (row,) = queue.needing.images
    assert row.row.code == "too_small_for_size"
    assert row.accessibleDescription().endswith("Use a larger picture.")
    row.buttons[NeedDeed.SKIP].click()
    qtbot.waitUntil(lambda: not queue.needing.isVisible(), timeout=LONG_MS)


def test_picture_is_replaced_and_its_images_are_made_from_the_other(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    queue = _with_small_picture(window, qtbot)
    (row,) = queue.needing.images
    queue.mending.replace(row.row, str(SAMPLES / "halo-ring_top.png"))
    qtbot.waitUntil(lambda: len(window.window.gallery.model.keys) == 1, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not queue.needing.isVisible(), timeout=LONG_MS)
    studio = window.window.studio
    qtbot.waitUntil(lambda: len(studio.pieces.model.keys) == 1, timeout=LONG_MS)
    view = studio.canvas
    qtbot.waitUntil(lambda: view.view is not None and len(view.view.references) == 2, timeout=LONG_MS)
    assert view.view is not None
    assert [one.name for one in view.view.references] == ["halo-ring_top.png", "small.png"]
    assert view.view.id == row.row.job_id


def test_picture_that_is_there_already_replaces_nothing(window: Window, qtbot: QtBot) -> None:
    queue = _with_small_picture(window, qtbot)
    (row,) = queue.needing.images
    with qtbot.waitSignal(window.window.attendants.adding.summed_up, timeout=LONG_MS):
        window.window.attendants.adding.add([str(SAMPLES / "halo-ring_top.png")])
    with qtbot.waitSignal(queue.told, timeout=LONG_MS) as told:
        queue.mending.replace(row.row, str(SAMPLES / "halo-ring_top.png"))
    assert told.args == ["This picture is in the library already. Choose another file."]


def test_images_of_a_doubted_picture_are_made_by_whoever_insists(window: Window, qtbot: QtBot) -> None:
    queue = _with_small_picture(window, qtbot)
    (row,) = queue.needing.images
    next(one for one in row.made_menu().actions() if one.text() == "Make it anyway").trigger()
    qtbot.waitUntil(lambda: len(window.window.gallery.model.keys) == 1, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not queue.needing.isVisible(), timeout=LONG_MS)


def _deeds(card: NeedingCard) -> list[tuple[str, list[str]]]:
    """What is wanted from now on, and of which images; nothing of it is done."""
    told: list[tuple[str, list[str]]] = []
    card.wanted.disconnect()
    card.wanted.connect(lambda deed, rows: told.append((str(deed), [row.id for row in rows])))
    return told


def _with_small_picture(window: Window, qtbot: QtBot) -> QueuePage:
    """A queue with one piece whose picture is too small for what was asked for."""
    file = window.parts.paths.basedir.parent / "small.png"
    with Image.open(SAMPLES / "solitaire-ring_top.png") as picture:
        picture.resize((300, 300)).save(file)
    answers: list[Answer] = []
    window.parts.bridge.send(ImportPaths(paths=(str(file),), finish=True), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG_MS)
    assert isinstance(answers[0], Finished)
    jobs = answers[0].document["jobs"]
    assert isinstance(jobs, list)
    window.parts.bridge.send(Generate(jobs=tuple(map(str, jobs)), recipe=Recipe(size=2048)))
    window.window.show_workspace(Workspace.QUEUE)
    queue = window.window.queue
    qtbot.waitUntil(lambda: len(queue.needing.images) == 1, timeout=LONG_MS)
    return queue


def test_steps_follow_the_engine_and_the_state() -> None:
    draft = replace(_failed(1, ""), state="running")
    paid = replace(draft, engine="precise")
    assert steps_of(draft) == (3, 1)
    assert steps_of(replace(draft, state="planned")) == (3, -1)
    assert [steps_of(replace(paid, state=state))[1] for state in PAID_STEPS] == [0, 1, 2, 3, 4, 5]
    assert steps_words([draft]) == "Each bar: prepare · render · save"
    assert steps_words([draft, paid]) == "Each bar: reserve · upload · submit · render · download · settle"


def test_times_of_rows_come_from_the_median_of_their_engine() -> None:
    timing = Timing(now=100_000, running=2, seconds_of={"draft": 30.0})
    running = replace(_failed(1, ""), state="running", since=88_000)
    waiting = replace(running, state="planned")
    assert elapsed_words(running, timing) == "0:12"
    assert left_words(running, 0, timing) == "0:48"
    assert left_words(waiting, 2, timing) == "1:30"
    assert elapsed_words(waiting, timing) == ""
    assert left_words(replace(running, since=1_000), 0, timing) == "any moment"
    assert left_words(replace(running, engine="precise"), 0, timing) == "about a minute"
    assert left_words(waiting, 2, replace(timing, paused=True)) == "Paused"


def test_waiting_images_are_cancelled_by_cross_key_and_menu(window: Window, qtbot: QtBot) -> None:
    window.window.resize(1440, 900)
    window.window.show_workspace(Workspace.QUEUE)
    queue = window.window.queue
    window.window.studio.welcome.samples_wanted.emit()
    qtbot.waitUntil(queue.pause.isVisible, timeout=LONG_MS)
    queue.pause.click()
    qtbot.waitUntil(lambda: queue._view.waiting >= 4 and not queue._view.running, timeout=LONG_MS)
    queue.show()
    view = queue.under_way_list

    def is_gone(row: QueueRow) -> bool:
        return row.id not in [one.id for one in queue._view.rows]

    first, second = queue._view.rows[:2]
    view.setCurrentIndex(queue.under_way.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: is_gone(first), timeout=LONG_MS)
    assert not is_gone(second)
    second, third = queue._view.rows[1:3]
    cross = columns(view.visualRect(queue.under_way.index(1, 0))).cross.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cross)
    qtbot.waitUntil(lambda: is_gone(second), timeout=LONG_MS)
    assert not is_gone(third)
    chosen = queue._view.rows[view.currentIndex().row()]
    menu = view.made_menu()
    assert menu is not None
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: is_gone(chosen), timeout=LONG_MS)
    assert not queue.needing.isVisible()
    with qtbot.waitSignal(queue.piece_opened):
        view.activated.emit(queue.under_way.index(0, 0))


def test_deletion_is_listed_until_it_is_proven_and_can_be_taken_back_there(window: Window, qtbot: QtBot) -> None:
    sample = Path(__file__).parents[1] / "samples" / "solitaire-ring_side.png"
    with qtbot.waitSignal(window.window.attendants.adding.summed_up, timeout=LONG_MS):
        window.window.attendants.adding.add((str(sample),))
    window.window.show_workspace(Workspace.QUEUE)
    queue = window.window.queue
    jobs: list[str] = []
    window.parts.source.ask(window.window, lambda c: [i for (i,) in c.execute("SELECT id FROM job")], jobs.extend)
    qtbot.waitUntil(lambda: bool(jobs), timeout=LONG_MS)
    window.parts.bridge.send(PlanDeletion(jobs=(JobId(jobs[0]),)))
    qtbot.waitUntil(lambda: len(queue.finishing.undos) == 1, timeout=LONG_MS)
    assert queue.finishing.title == "Deleted, finishing"
    assert "Erased in" in queue.finishing.lines[0]
    queue.finishing.undos[0].click()
    qtbot.waitUntil(lambda: not queue.finishing.isVisible(), timeout=LONG_MS)
    planned: list[Finished | Failed] = []
    window.parts.bridge.send(PlanDeletion(jobs=(JobId(jobs[0]),)), planned.append)
    qtbot.waitUntil(lambda: bool(planned), timeout=LONG_MS)
    answer = planned[0]
    assert isinstance(answer, Finished)
    listed = answer.document["purges"]
    assert isinstance(listed, list)
    window.parts.bridge.send(CarryOutDeletion(purges=(str(listed[0]),)))
    qtbot.waitUntil(lambda: queue.finishing.title == "Deleted, proven", timeout=LONG_MS)
    assert "1 piece" in queue.finishing.lines[0]
    assert queue.finishing.lines[0].endswith("No copy is left in this library.")


def test_empty_queue_says_so_without_a_bar(window: Window, qtbot: QtBot) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    queue = window.window.queue
    assert queue._title.text() == "Nothing is running"
    for widget in (queue._bar, queue.pause, queue.cancel, queue.needing, queue.done_list):
        assert not widget.isVisible()


def test_queue_pauses_resumes_and_lists_what_is_done(window: Window, qtbot: QtBot) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    queue = window.window.queue
    window.window.studio.welcome.samples_wanted.emit()
    qtbot.waitUntil(queue.pause.isVisible, timeout=LONG_MS)
    queue.pause.click()
    assert queue.resume.isVisible()
    assert not queue.pause.isVisible()
    assert queue._detail.text().startswith("Paused") or not queue.under_way.rows
    queue.resume.click()
    assert not queue.resume.isVisible()
    qtbot.waitUntil(lambda: len(queue.done.rows) > 0, timeout=LONG_MS)
    queue.cancel.click()
    with qtbot.waitSignal(queue.image_opened):
        queue.done_list.activated.emit(queue.done.index(0, 0))
    assert window.window.review.isVisible()


def test_list_of_what_is_done_uses_the_page_before_it_scrolls(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries
) -> None:
    made_libraries.copy(sample_pieces, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        built.window.show_workspace(Workspace.QUEUE)
        queue = built.window.queue
        qtbot.waitUntil(lambda: len(queue.done.rows) == 12, timeout=LONG_MS)
        qtbot.waitUntil(lambda: queue.done_list.verticalScrollBar().maximum() == 0, timeout=LONG_MS)
        built.window.resize(960, 600)
        qtbot.waitUntil(lambda: queue.done_list.verticalScrollBar().maximum() > 0, timeout=LONG_MS)


def test_skipped_files_are_listed_and_can_be_retried(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / "ring.png", tmp_path / "bangle.png"]
    for file in files:
        file.write_bytes(b"not a picture at all")
    with qtbot.waitSignal(window.parts.bridge.answered, timeout=LONG_MS):
        window.window.attendants.adding.add([str(file) for file in files])
    qtbot.waitUntil(lambda: window.window.toast.isVisible(), timeout=LONG_MS)
    assert window.window.toast.text.startswith("2 files were skipped.")
    button = window.window.toast._actions._buttons[0]
    assert button.text() == "Show the 2"
    button.click()
    dialog = window.window.attendants.problems.dialog
    assert dialog is not None
    assert len(dialog.retries) == len(dialog.replaces) == 2
    with qtbot.waitSignal(window.window.attendants.adding.begun):
        dialog.retries[0].click()
    assert not dialog.retries[0].isEnabled()
    dialog.accept()
    assert window.window.attendants.problems.dialog is None


def test_progress_tells_the_time_left_once_it_is_known() -> None:
    now = [0.0]
    progress = WorkProgress(lambda: now[0])
    first = Progress(command=COMMAND, phase="reading", done=0, total=212)
    assert progress.words(first) == "Reading 0 of 212"
    now[0] = 60.0
    assert progress.words(first.model_copy(update={"done": 53})) == "Reading 53 of 212 · about 3 minutes left"


def test_run_that_ends_out_of_sight_is_told_once(window: Window) -> None:
    window.window.hide()
    notices = window.window.attendants.run_notices
    notices.watch(_view(done=0, running=1, waiting=1))
    notices.watch(_view(done=1, running=1))
    assert notices.last == ""
    notices.watch(_view(_failed(1, "damaged"), done=1))
    assert notices.last == "1 image is done · 1 needs you"
