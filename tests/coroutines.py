"""pytest plugin: a test that is a coroutine function runs under ``asyncio.run`` and may leave no task behind."""

import asyncio
import inspect
from collections.abc import Coroutine

import pytest

GRACE_S = 1.0
"""How long tasks may take to end after the test's last line."""


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(_audited(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names})))
    return True


async def _audited(test: Coroutine[object, object, None]) -> None:
    await test
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        _, pending = await asyncio.wait(left, timeout=GRACE_S)
        assert not pending, f"tasks left running: {sorted(task.get_name() for task in pending)}"
