"""Loads what takes long to load on a thread, so that the window goes on painting meanwhile. GUI thread, and its own."""

import contextlib
import importlib
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal


class LoadingAhead(QObject):
    """Imports ``modules`` once started. ``loaded`` follows on the GUI thread, however far that came.

    Whoever needs what cannot be imported says so then.
    """

    loaded = Signal()
    _ended = Signal()

    def __init__(self, modules: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._ended.connect(self.loaded)  # told on the GUI thread, whoever listens
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
        try:
            with contextlib.suppress(ImportError):
                for module in self._modules:
                    if self._is_given_up:
                        return
                    importlib.import_module(module)
        finally:
            # The window must never stay without its other half, whatever a module does.
            if not self._is_given_up:
                self._ended.emit()
