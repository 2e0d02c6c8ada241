"""pytest plugin: of long tests that prove much the same, an ordinary run has a few, others each time.

``@pytest.mark.by_turns("killed cores", of=2)`` puts a test into a group; the run's seed chooses which ones of the group
are run. ``--thorough`` runs them all, and so does naming a test on the command line.
"""

import random
from collections import defaultdict

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="run every test, also those that have their turns")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.thorough or any("::" in word for word in config.args) or config.option.keyword:
        return
    groups: dict[str, list[pytest.Item]] = defaultdict(list)
    counts: dict[str, int] = {}
    for item in items:
        for mark in item.iter_markers("by_turns"):
            groups[mark.args[0]].append(item)
            counts[mark.args[0]] = mark.kwargs.get("of", 1)
    passed_over: set[pytest.Item] = set()
    for name, group in groups.items():
        # Processes of pytest-xdist each choose: the same names and the same seed make the same choice.
        now = random.Random(f"{config.option.seed}:{name}").sample(range(len(group)), min(counts[name], len(group)))
        passed_over.update(item for number, item in enumerate(group) if number not in now)
    if passed_over:
        config.hook.pytest_deselected(items=list(passed_over))
        items[:] = [item for item in items if item not in passed_over]
