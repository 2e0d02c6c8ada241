"""The pool of picture processes: every way a process can fail ends as one error of one call. Real processes."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from dmdx_desktop.config import resources_folder
from dmdx_desktop.errors import PictureError, StandstillError
from dmdx_desktop.workers.pools import PicturePool, PictureProcessError, picture_command

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FAULTY = (sys.executable, "-m", "tests.workers.faulty_pictures")
SECONDS = 30.0
SHORT = 0.5

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes of this kind")


class Pool:
    """A pool that is closed at the end of its block."""

    def __init__(self, size: int = 1, command: tuple[str, ...] = FAULTY, *, calls_per_process: int = 1_000) -> None:
        self._pool = PicturePool(size, command, calls_per_process=calls_per_process)

    async def __aenter__(self) -> PicturePool:
        return self._pool

    async def __aexit__(self, *error: object) -> None:
        await self._pool.close()


async def _echo(pool: PicturePool, say: str = "hello", **how: object) -> dict[str, object]:
    answer = await pool.call("echo", {"say": say}, seconds=SECONDS, **how)  # type: ignore[arg-type]
    return dict(answer.values)


async def _opened(pipe: Path) -> int:
    """The process that opened ``pipe`` for writing, once it has."""
    return int(await asyncio.to_thread(pipe.read_text))


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="there are no sessions of this kind")
async def test_picture_process_is_out_of_reach_of_terminal_keys_and_weighed_with_its_core() -> None:
    async with Pool() as pool:
        process = (await _echo(pool))["process"]
        assert isinstance(process, int)
        assert os.getpgid(process) == process
        assert os.getsid(process) == os.getsid(0)


@pytest.mark.parametrize(
    "misdeed", ["die", "break_down", "babble", "promise_too_much", "nest_without_end", "stop_half_way"]
)
async def test_call_that_takes_its_process_down_fails_alone(misdeed: str) -> None:
    async with Pool() as pool:
        before = await _echo(pool)
        with pytest.raises(PictureProcessError) as raised:
            await pool.call(misdeed, {}, seconds=SECONDS)
        assert raised.value.code == "picture_process_died"
        after = await _echo(pool)
        assert after["said"] == "hello"
        assert after["process"] != before["process"]


async def test_call_that_hangs_ends_at_its_bound_and_takes_its_process_with_it() -> None:
    async with Pool() as pool:
        first = await _echo(pool)
        with pytest.raises(PictureProcessError) as raised:
            await pool.call("hang", {}, seconds=SHORT)
        assert raised.value.code == "timed_out"
        assert _is_gone(int(str(first["process"])))
        assert (await _echo(pool))["said"] == "hello"


async def test_bound_of_a_call_does_not_count_the_start_of_its_process() -> None:
    """On a busy computer a process may take longer to start than a picture may take to open."""
    async with Pool() as pool:
        answer = await pool.call("echo", {"say": "at once"}, seconds=0.05)
        assert answer.values["said"] == "at once"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds the memory of a process so")
async def test_call_that_grows_is_refused_memory_and_its_process_lives_on() -> None:
    async with Pool(command=(*FAULTY, str(200_000_000))) as pool:
        first = await _echo(pool)
        with pytest.raises(PictureError) as raised:
            await pool.call("grow", {}, seconds=SECONDS)
        assert raised.value.code == "out_of_memory"
        assert (await _echo(pool))["process"] == first["process"]


async def test_answer_to_another_call_is_refused() -> None:
    async with Pool() as pool:
        await _echo(pool)
        with pytest.raises(PictureProcessError):
            await pool.call("answer_twice", {"number": 7}, seconds=SECONDS)
        assert (await _echo(pool, "mine"))["said"] == "mine"


async def test_second_answer_to_one_call_is_not_taken_for_the_answer_to_the_next() -> None:
    async with Pool() as pool:
        # Forged with the right number, it comes first; what the call really came to is left over.
        assert (await pool.call("answer_twice", {"number": 1}, seconds=SECONDS)).values["said"] == "forged"
        assert (await _echo(pool, "mine"))["said"] == "mine"


async def test_error_of_an_operation_arrives_with_its_words_and_keeps_the_process() -> None:
    async with Pool() as pool:
        first = await _echo(pool)
        with pytest.raises(PictureError) as raised:
            await pool.call("refuse", {}, seconds=SECONDS)
        assert not isinstance(raised.value, PictureProcessError)
        assert (raised.value.code, raised.value.remedy) == ("not_a_picture", "Choose another.")
        assert (await _echo(pool))["process"] == first["process"]


async def test_process_killed_between_two_calls_is_replaced() -> None:
    async with Pool() as pool:
        first = await _echo(pool)
        os.kill(int(str(first["process"])), signal.SIGKILL)
        second = await _echo(pool)
        assert second["process"] != first["process"]


async def test_process_is_replaced_after_its_number_of_calls() -> None:
    async with Pool(calls_per_process=3) as pool:
        answers = [await _echo(pool) for _ in range(7)]
        assert [answer["calls"] for answer in answers] == [1, 2, 3, 1, 2, 3, 1]
        assert len({answer["process"] for answer in answers}) == 3


async def test_program_that_is_not_there_is_no_fault_of_a_picture(tmp_path: Path) -> None:
    async with Pool(command=(str(tmp_path / "nothing"),)) as pool:
        with pytest.raises(StandstillError) as raised:
            await _echo(pool)
        assert raised.value.code == "picture_process_not_started"


async def test_process_that_never_gets_ready_is_no_fault_of_a_picture() -> None:
    async with Pool(command=(sys.executable, "-c", "raise SystemExit(3)")) as pool:
        with pytest.raises(StandstillError):
            await _echo(pool)


@needs_pipes
async def test_cancelled_call_ends_its_process_and_frees_its_place(tmp_path: Path) -> None:
    pipe = tmp_path / "begun"
    os.mkfifo(pipe)
    async with Pool() as pool:
        call = asyncio.create_task(pool.call("hang", {"announce_to": str(pipe)}, seconds=SECONDS))
        process = await _opened(pipe)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert _is_gone(process)
        assert (await _echo(pool))["said"] == "hello"


async def test_call_cancelled_while_it_waits_its_turn_leaves_the_turn_to_others() -> None:
    async with Pool() as pool:
        first = asyncio.create_task(_echo(pool, "first"))
        second = asyncio.create_task(_echo(pool, "second"))
        third = asyncio.create_task(_echo(pool, "third"))
        await asyncio.sleep(0)
        second.cancel()
        answers = await asyncio.gather(first, second, third, return_exceptions=True)
        assert isinstance(answers[1], asyncio.CancelledError)
        assert [answer["said"] for answer in answers if isinstance(answer, dict)] == ["first", "third"]


@needs_pipes
async def test_close_with_work_under_way_leaves_no_process_and_blames_no_picture(tmp_path: Path) -> None:
    pipes = [tmp_path / "one", tmp_path / "two"]
    for pipe in pipes:
        os.mkfifo(pipe)
    pool = PicturePool(2, FAULTY)
    calls = [asyncio.create_task(pool.call("hang", {"announce_to": str(pipe)}, seconds=SECONDS)) for pipe in pipes]
    waiting = asyncio.create_task(_echo(pool))
    processes = [await _opened(pipe) for pipe in pipes]
    await pool.close()
    assert all(_is_gone(process) for process in processes)
    ended = await asyncio.gather(*calls, waiting, return_exceptions=True)
    assert all(isinstance(error, asyncio.CancelledError) for error in ended)
    with pytest.raises(asyncio.CancelledError):
        await _echo(pool)


async def test_close_while_a_process_is_being_started_leaves_none() -> None:
    """The rule against children left behind is kept by the fixture every test has."""
    for turns in range(8):
        pool = PicturePool(1, FAULTY)
        call = asyncio.create_task(_echo(pool))
        for _ in range(turns):
            await asyncio.sleep(0)
        await pool.close()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)


async def test_urgent_calls_go_first_and_others_by_arrival() -> None:
    done: list[str] = []

    async def call(pool: PicturePool, name: str, priority: int) -> None:
        await _echo(pool, name, priority=priority)
        done.append(name)

    async with Pool() as pool:
        running = asyncio.create_task(call(pool, "running", 5))
        await asyncio.sleep(0)
        others = [("later", 10), ("usual", 5), ("usual too", 5), ("urgent", 0)]
        await asyncio.gather(running, *(call(pool, name, priority) for name, priority in others))
    assert done == ["running", "urgent", "usual", "usual too", "later"]


async def test_stream_of_urgent_calls_does_not_keep_another_out_for_ever() -> None:
    done: list[int] = []

    async def call(pool: PicturePool, number: int, priority: int) -> None:
        await _echo(pool, priority=priority)
        done.append(number)

    async with Pool() as pool:
        works = [asyncio.create_task(call(pool, 0, 0))]
        await asyncio.sleep(0)
        works.append(asyncio.create_task(call(pool, -1, 1)))
        works += [asyncio.create_task(call(pool, number, 0)) for number in range(1, 61)]
        await asyncio.gather(*works)
    assert 1 < done.index(-1) <= 20


async def test_free_process_that_had_the_same_picture_last_is_chosen() -> None:
    async with Pool(2) as pool:
        ring, brooch = await asyncio.gather(_echo(pool, affinity="ring"), _echo(pool, affinity="brooch"))
        assert ring["process"] != brooch["process"]
        for _ in range(3):
            assert (await _echo(pool, affinity="brooch"))["process"] == brooch["process"]
            assert (await _echo(pool, affinity="ring"))["process"] == ring["process"]


async def test_call_that_a_process_has_something_in_store_for_goes_before_earlier_ones() -> None:
    done: list[str] = []

    async def call(pool: PicturePool, affinity: str) -> None:
        await _echo(pool, affinity=affinity)
        done.append(affinity)

    async with Pool() as pool:
        await _echo(pool, affinity="ring")
        running = asyncio.create_task(call(pool, "bangle"))
        await asyncio.sleep(0)
        await asyncio.gather(running, *(call(pool, name) for name in ("pendant", "ring", "brooch", "bangle")))
    assert done == ["bangle", "ring", "bangle", "pendant", "brooch"]


async def test_real_pictures_are_opened_side_by_side() -> None:
    pictures = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".png", ".jpg", ".webp", ".tif"})
    async with Pool(2, picture_command(resources_folder())) as pool:
        answers = await asyncio.gather(
            *(pool.call("headers", {"paths": [str(path)]}, seconds=SECONDS) for path in pictures)
        )
    headers = [answer.values["headers"] for answer in answers]
    assert len(headers) == len(pictures) >= 40
    assert all(isinstance(found, list) and "header" in found[0] for found in headers)
