"""Loads what takes long to load on a thread, so that the window goes on painting meanwhile. GUI thread, and its own."""

import importlib
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal


class LoadingAhead(QObject):
    """Imports ``modules`` once started. ``loaded`` follows on the GUI thread, also where one cannot be imported:
    whoever needs it then says so.
    """

    loaded = Signal()

    def __init__(self, modules: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._modules = modules
        self._is_given_up = False
        self._thread = threading.Thread(target=self._load, name="loading-ahead", daemon=True)

    def start(self) -> None:
        """Begin, once, unless it was given up. Returns at once."""
        if self._thread.ident is None and not self._is_given_up:
            self._thread.start()

    def give_up(self) -> None:
        """Load nothing more, and wait for the module that is being loaded. Any thread."""
        self._is_given_up = True
        if self._thread.ident is not None:
            self._thread.join()

    def _load(self) -> None:
        for module in self._modules:
            if self._is_given_up:
                return
            try:
                importlib.import_module(module)
            except ImportError:
                break
        self.loaded.emit()
