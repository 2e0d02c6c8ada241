"""What waits for a client: bounded however little it reads, answers kept, progress not more often than it may be."""

import threading
import time
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.link.messages import AnyMessage, Begun, Changed, Finished, Progress
from dmdx_desktop.link.outbox import MAX_ANSWERS, MAX_NAMED_KEYS, PAUSE_S, Outbox
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.models.outcome import ExitCode

names = st.sampled_from(["a", "b", "c"]).map(CommandId)
progress = st.builds(Progress, command=names, phase=st.just("p"), done=st.integers(0, 99), total=st.just(99))
changed = st.builds(
    Changed, table=st.sampled_from(["job", "task"]), keys=st.lists(st.integers(1, 50), min_size=1).map(tuple)
)
begun = st.builds(Begun, command=names)
finished = st.builds(Finished, command=names, exit_code=st.just(ExitCode.WELL), document=st.just({}))


def _progress(command: str, done: int) -> Progress:
    return Progress(command=CommandId(command), phase="reading", done=done, total=None)


def _finished(command: str) -> Finished:
    return Finished(command=CommandId(command), exit_code=ExitCode.WELL, document={})


def _all_of(outbox: Outbox) -> list[AnyMessage]:
    outbox.close()
    messages: list[AnyMessage] = []
    while (some := outbox.take()) is not None:
        messages += some
    return messages


@given(st.lists(st.one_of(progress, changed, begun, finished), max_size=60))
def test_outbox_that_nobody_reads_keeps_every_answer_and_the_latest_of_the_rest(messages: list[AnyMessage]) -> None:
    outbox = Outbox()
    for message in messages:
        assert outbox.put(message)
    taken = _all_of(outbox)
    answers = [message for message in messages if isinstance(message, Begun | Finished)]
    assert [message for message in taken if isinstance(message, Begun | Finished)] == answers
    for table in ("job", "task"):
        keys = {key for m in messages if isinstance(m, Changed) and m.table == table for key in m.keys}
        heard = [message for message in taken if isinstance(message, Changed) and message.table == table]
        assert [set(change.keys) for change in heard] == ([keys] if keys else [])
    latest: dict[CommandId, Progress] = {}
    for message in messages:
        if isinstance(message, Progress):
            latest[message.command] = message
        elif isinstance(message, Finished):
            latest.pop(message.command, None)
    assert {m.command: m for m in taken if isinstance(m, Progress)} == latest


def test_outbox_flooded_with_news_stays_small() -> None:
    outbox = Outbox()
    for number in range(100_000):
        outbox.put(_progress("import", number))
        outbox.put(Changed(table="reference", keys=(number,)))
    messages = _all_of(outbox)
    assert messages == [Changed(table="reference", keys=()), _progress("import", 99_999)]


def test_outbox_names_keys_up_to_a_number_and_then_the_table_alone() -> None:
    outbox = Outbox()
    outbox.put(Changed(table="job", keys=tuple(range(MAX_NAMED_KEYS))))
    outbox.put(Changed(table="run", keys=tuple(range(MAX_NAMED_KEYS + 1))))
    assert _all_of(outbox) == [
        Changed(table="job", keys=tuple(range(MAX_NAMED_KEYS))),
        Changed(table="run", keys=()),
    ]


def test_outbox_says_when_more_answers_wait_than_any_client_leaves_unread() -> None:
    outbox = Outbox()
    assert all(outbox.put(_finished(str(number))) for number in range(MAX_ANSWERS))
    assert not outbox.put(_finished("one too many"))


def test_answer_goes_out_at_once_and_progress_at_most_twenty_times_a_second() -> None:
    outbox = Outbox()
    taken: list[tuple[float, AnyMessage]] = []

    def read() -> None:
        while (messages := outbox.take()) is not None:
            taken.extend((time.monotonic(), message) for message in messages)

    reader = threading.Thread(target=read)
    reader.start()
    began = time.monotonic()
    number = 0
    while time.monotonic() < began + 0.6:
        number += 1
        outbox.put(_progress("import", number))
        if number % 500 == 0:
            outbox.put(_finished(f"list {number}"))
    seconds = time.monotonic() - began
    outbox.close()
    reader.join()
    kinds = Counter(type(message) for _, message in taken)
    assert kinds[Finished] == number // 500
    assert 2 <= kinds[Progress] <= seconds / PAUSE_S + 2
    assert [message.done for _, message in taken if isinstance(message, Progress)][-1] == number


def test_closed_outbox_takes_nothing_more() -> None:
    outbox = Outbox()
    outbox.put(_finished("kept"))
    outbox.close()
    outbox.put(_finished("too late"))
    assert outbox.take() == [_finished("kept")]
    assert outbox.take() is None
