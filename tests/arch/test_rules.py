"""Rules of the house that a syntax tree can check: size, words, broad excepts, pretended coroutines, nested loops."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.arch.source import Module, modules

LONGEST_FILE = 600

BOUNDARIES = {
    "dmdx_desktop/cli/run.py",  # whatever breaks, nobody at a terminal is shown a traceback
    "dmdx_desktop/imaging/decoders.py",  # Pillow's decoders raise whatever a damaged file makes them raise
    "dmdx_desktop/library/changes.py",  # one subscriber's failure is not the writer's
    "dmdx_desktop/library/writer.py",  # a work's failure belongs to whoever waits for it
    "dmdx_desktop/log.py",  # a slip in a log call must not become the caller's failure
    "dmdx_desktop/self_test.py",  # a part that breaks in an unforeseen way must not hide the others
    "dmdx_desktop/workers/supervisor.py",  # no task may die unseen, no row may take others down
}
"""Files that may catch everything and go on, each with its reason. Cleaning up and raising again is free to all."""

ASYNC_FLOOR = 15
"""Fewer coroutine functions than this means that the test looks in the wrong place."""


def _python() -> list[Module]:
    # Not while tests are collected, which each process does: parsing all of it takes seconds.
    return [*modules(), *modules("bench"), *modules("devtools"), *modules("tests")]


def _functions(module: Module, kind: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(module.tree) if isinstance(node, kind))


def test_files_are_rooms_not_warehouses() -> None:
    assert len(_python()) >= 80
    long = [
        f"{module.where}: {lines} lines" for module in _python() if (lines := module.text.count("\n")) > LONGEST_FILE
    ]
    assert not long, "\n".join(long)


def test_files_promise_nothing_for_later_and_print_nothing() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    wrong = [
        f"{m.where}: {found[0]}" for m in _python() if "arch" not in m.path.parts and (found := later.search(m.text))
    ]
    wrong += [
        f"{module.where}:{node.lineno}: print"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not wrong, "\n".join(wrong)


def test_modules_say_where_they_run() -> None:
    """Each module's docstring names the process or the thread it runs in."""
    silent = [
        module.where
        for module in modules()
        if not re.search(r"\b(process|thread)", ast.get_docstring(module.tree) or "", re.IGNORECASE)
    ]
    assert not silent, "\n".join(silent)


def test_excepts_catch_everything_only_at_named_boundaries() -> None:
    broad = [
        (module.where, node.lineno)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node) and not _raises_again(node)
    ]
    wrong = [f"{where}:{line}" for where, line in broad if where not in BOUNDARIES]
    assert not wrong, "\n".join(wrong)
    stale = BOUNDARIES - {where for where, _ in broad}
    assert not stale, f"boundaries that catch nothing broadly any more: {stale}"


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in caught)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_coroutines_wait_for_something() -> None:
    """A function declared ``async`` that never awaits blocks its event loop while it looks as if it would not."""
    found = [
        (module.where, node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert len(found) >= ASYNC_FLOOR
    wrong = [f"{where}:{node.lineno}: {node.name}" for where, node in found if not _waits(node) and not _is_stub(node)]
    assert not wrong, "\n".join(wrong)


def _waits(function: ast.AsyncFunctionDef) -> bool:
    """Whether its own body awaits or yields; functions defined inside it do not count."""
    waiting = (ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Yield)
    pending: list[ast.AST] = [*function.body]
    while pending:
        node = pending.pop()
        if isinstance(node, waiting) or (isinstance(node, ast.comprehension) and node.is_async):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            pending.extend(ast.iter_child_nodes(node))
    return False


def _is_stub(function: ast.AsyncFunctionDef) -> bool:
    """Whether the body is nothing but a docstring or dots, as in a Protocol."""
    return all(isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) for line in function.body)


def test_window_never_starts_a_loop_inside_its_loop() -> None:
    """``exec()`` of dialogs and menus stops every other coroutine; only a drag has no other way.

    The loop itself is ``application.exec()``.
    """
    nested = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        if module.layer in {"ui", "app"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_"}
        and "drag" not in ast.unparse(node.func.value).lower()
        and ast.unparse(node.func.value) != "application"
    ]
    assert not nested, "\n".join(nested)


@pytest.mark.parametrize(
    ("body", "waits"),
    [
        ("async def f():\n    await g()", True),
        ("async def f():\n    async with g(): pass", True),
        ("async def f():\n    yield 1", True),
        ("async def f():\n    return [x async for x in g()]", True),
        ("async def f():\n    return 1", False),
        ("async def f():\n    async def g(): await h()\n    return g", False),
    ],
)
def test_waits_sees_what_a_coroutine_does(body: str, waits: bool) -> None:
    (function,) = ast.parse(body).body
    assert isinstance(function, ast.AsyncFunctionDef)
    assert _waits(function) is waits
