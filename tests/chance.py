"""pytest plugin: one seed behind every random choice of a run, printed so that a failure can be repeated."""

import random
import secrets
from typing import Protocol

import pytest


class WorkerNode(Protocol):
    """A process of pytest-xdist, as seen from the one that starts it."""

    workerinput: dict[str, int]
    config: pytest.Config


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, default=None, help="seed of random and Hypothesis; chosen anew when not given")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    given: dict[str, int] = getattr(config, "workerinput", {})
    if "seed" in given:
        config.option.seed = given["seed"]
    elif config.option.seed is None:
        config.option.seed = secrets.randbits(32)
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(config.option.seed)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerNode) -> None:
    """Give a process of pytest-xdist the seed of this one."""
    node.workerinput["seed"] = node.config.option.seed


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.option.seed} (repeat with --seed {config.option.seed})"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.write_line(f"Repeat the same random choices with --seed {config.option.seed}")


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """A seed of this test's own, the same whenever the run's seed is the same."""
    return random.Random(f"{request.config.option.seed}:{request.node.nodeid}").getrandbits(32)


@pytest.fixture(autouse=True)
def _seeded_random(seed: int) -> None:
    random.seed(seed)
