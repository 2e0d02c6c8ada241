"""Shared set-up of every test: no screen, repeatable chance, and the hygiene rules of ``tests/hygiene.py``."""

import os

from hypothesis import settings

# Before anything imports Qt: tests never open a window on the screen of the person who runs them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

# No deadline: examples share the machine with other test processes, and time is not what these tests are about.
settings.register_profile("dmdx", deadline=None, print_blob=True)
settings.load_profile("dmdx")

pytest_plugins = ["tests.hygiene", "tests.chance", "tests.coroutines", "tests.alone", "tests.stuck", "tests.turns"]
