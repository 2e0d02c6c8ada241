"""An engine is asked no faster than its account allows, and no slower. A clock of the test's own, and a server."""

import asyncio

import pytest

from dmdx_desktop.services import pace as pace_module
from dmdx_desktop.services.pace import FIRST_LIMIT, FIRST_WAIT_S, GROWS_AGAIN_S, LARGEST_LIMIT, LONGEST_WAIT_S, Pace
from dmdx_desktop.services.wavespeed import RateLimitedError, WaveSpeed
from tests.servers.wavespeed import WaveSpeedServer

MODEL = "x-ai/grok-imagine-image/edit"
SOON_S = 0.02
MINUTE_S, A_MINUTE = 3.0, 6


class Clock:
    """Stands still until it is put forward."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock)


async def _gets_turn(pace: Pace, key: int) -> bool:
    try:
        await asyncio.wait_for(pace.turn(key), SOON_S)
    except TimeoutError:
        return False
    return True


async def _fill(pace: Pace, first: int = 0) -> int:
    """Take turns, each accepted, until none is left; how many there were."""
    for key in range(first, first + 2 * LARGEST_LIMIT):
        if not await _gets_turn(pace, key):
            return key - first
        await pace.taken()
    raise AssertionError("there is no end to the turns")


async def test_pace_begins_with_few_turns(pace: Pace) -> None:
    assert [await _gets_turn(pace, key) for key in range(FIRST_LIMIT + 1)] == [True] * FIRST_LIMIT + [False]
    assert pace.under_way == FIRST_LIMIT


async def test_pace_grows_with_what_is_taken_up_to_a_limit(pace: Pace) -> None:
    assert await _fill(pace) == LARGEST_LIMIT


async def test_pace_a_refusal_blocks_and_waits_longer_each_time(pace: Pace, clock: Clock) -> None:
    wait, key = FIRST_WAIT_S, 0
    for _ in range(5):
        assert await _gets_turn(pace, key)
        await pace.refused(key, None)
        assert pace.under_way == 0
        clock.now += wait - 0.001
        assert not await _gets_turn(pace, key)
        clock.now += 0.002
        wait = min(2 * wait, LONGEST_WAIT_S)
    assert await _gets_turn(pace, key)
    await pace.taken()
    await pace.ended(key)
    assert await _gets_turn(pace, key)
    await pace.refused(key, None)
    clock.now += FIRST_WAIT_S + 0.001
    assert await _gets_turn(pace, key)


async def test_pace_an_end_gives_a_turn_at_once_after_a_refusal_without_a_time(pace: Pace) -> None:
    assert await _gets_turn(pace, 1)
    assert await _gets_turn(pace, 2)
    await pace.taken()
    await pace.refused(2, None)
    assert not await _gets_turn(pace, 3)
    waiting = asyncio.create_task(pace.turn(3))
    await asyncio.sleep(0)
    await pace.ended(1)
    await asyncio.wait_for(waiting, 1)
    assert pace.under_way == 1


async def test_pace_a_time_that_was_told_is_kept_whatever_ends(pace: Pace, clock: Clock) -> None:
    assert await _gets_turn(pace, 1)
    assert await _gets_turn(pace, 2)
    await pace.refused(2, 7.0)
    await pace.ended(1)
    clock.now += 6.9
    assert not await _gets_turn(pace, 3)
    clock.now += 0.2
    assert await _gets_turn(pace, 3)


async def test_pace_at_the_limit_of_how_many_may_run_it_does_not_grow(pace: Pace, clock: Clock) -> None:
    """An account of three at a time: each end makes room for one, and one more at most is tried."""
    running = [0, 1, 2]
    for key in running:
        assert await _gets_turn(pace, key)
        await pace.taken()
    for key in range(3, 20):
        assert await _gets_turn(pace, 100 + key)
        await pace.refused(100 + key, None)
        assert not await _gets_turn(pace, 99)
        await pace.ended(running.pop(0))
        assert await _gets_turn(pace, key)
        await pace.taken()
        running.append(key)
        assert pace.under_way == 3
        clock.now += LONGEST_WAIT_S
    clock.now += GROWS_AGAIN_S
    await pace.taken()
    assert await _gets_turn(pace, 98)
    assert await _gets_turn(pace, 99)


async def test_pace_after_a_limit_of_the_minute_all_of_the_next_are_used_at_once(pace: Pace, clock: Clock) -> None:
    """Whoever is refused with nothing under way was not refused for what is under way: many may run together."""
    made = await _fill(pace)
    for key in range(made):
        await pace.ended(key)
    assert await _gets_turn(pace, 1_000)
    await pace.refused(1_000, None)
    clock.now += LONGEST_WAIT_S
    assert await _fill(pace, 2_000) >= 60


async def test_pace_what_runs_already_has_its_turn_and_an_end_without_one_is_nothing(pace: Pace) -> None:
    for key in range(FIRST_LIMIT):
        pace.adopt(key)
    assert not await _gets_turn(pace, 9)
    await pace.ended(77)
    assert not await _gets_turn(pace, 9)
    await pace.ended(0)
    assert await _gets_turn(pace, 9)


async def test_pace_whoever_gives_up_waiting_leaves_no_turn_taken(pace: Pace) -> None:
    """Even where it is told to end in the very moment in which a turn is free."""
    for key in range(FIRST_LIMIT):
        await pace.turn(key)
    waiting = [asyncio.create_task(pace.turn(key)) for key in range(10, 14)]
    await asyncio.sleep(SOON_S)
    await pace.ended(0)
    for task in waiting:
        task.cancel()
    _, left = await asyncio.wait(waiting, timeout=1)
    assert not left
    assert all(task.cancelled() for task in waiting)
    assert pace.under_way == FIRST_LIMIT - 1
    assert await _gets_turn(pace, 20)


@pytest.mark.alone
async def test_pace_uses_nearly_all_that_an_account_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute of three seconds, and every time of the pace as much shorter."""
    for name in ("FIRST_WAIT_S", "LONGEST_WAIT_S", "GROWS_AGAIN_S"):
        monkeypatch.setattr(pace_module, name, getattr(pace_module, name) * MINUTE_S / 60)
    shares = list[float]()
    for _ in range(3):  # a busy computer may spoil one or two
        shares.append(await _share_used())
        if shares[-1] >= 0.95:
            return
    raise AssertionError(f"shares of the allowed rate: {shares}")


async def _share_used() -> float:
    """How much of the allowed rate is used by more workers than it needs, whose pictures take a quarter of a minute."""
    pace, stop, enough = Pace(), asyncio.Event(), asyncio.Event()
    with WaveSpeedServer(small=True) as server:
        server.faults.rate_per_minute, server.faults.minute_seconds = A_MINUTE, MINUTE_S
        client = WaveSpeed(server.origin, server.key)

        async def work(key: int) -> None:
            while not stop.is_set():
                key += 100
                await pace.turn(key)
                try:
                    await client.submit(MODEL, {"prompt": "a ring", "image": "data:,x"})
                except RateLimitedError as error:
                    await pace.refused(key, error.wait_s)
                    continue
                await pace.taken()
                if len(server.world.accepted_at) >= 2 * A_MINUTE:
                    enough.set()
                await asyncio.sleep(MINUTE_S / 4)
                await pace.ended(key)

        workers = [asyncio.create_task(work(number)) for number in range(2 * A_MINUTE)]
        try:
            async with asyncio.timeout(5 * MINUTE_S):
                await enough.wait()
        except TimeoutError:
            return 0.0
        finally:
            stop.set()
            for task in workers:
                task.cancel()
            _, left = await asyncio.wait(workers, timeout=5)
            await client.close()
            assert not left
        accepted = server.world.accepted_at
    # Each of the second minute could have come a minute after its counterpart of the first.
    late = [accepted[number + A_MINUTE] - accepted[number] - MINUTE_S for number in range(A_MINUTE)]
    return MINUTE_S / (MINUTE_S + sum(late) / A_MINUTE)
