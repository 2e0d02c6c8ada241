"""What the window does beside showing pages: adding, exporting, deleting, telling of failures, the menus. GUI thread.

Each is loaded and built when it is first asked for. The window is shown before any of them.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dmdx_desktop.ui.notices import Banner, Toast
from dmdx_desktop.ui.parts import Parts

if TYPE_CHECKING:
    from dmdx_desktop.ui.adding import Adding
    from dmdx_desktop.ui.deletion.deleting import Deleting
    from dmdx_desktop.ui.dropping import Dropping
    from dmdx_desktop.ui.export.exporting import Exporting
    from dmdx_desktop.ui.failures import Failures
    from dmdx_desktop.ui.main_window import MainWindow
    from dmdx_desktop.ui.menus import Menus
    from dmdx_desktop.ui.pasting import Pasting
    from dmdx_desktop.ui.problems import Problems
    from dmdx_desktop.ui.queue.run_notices import RunNotices
    from dmdx_desktop.ui.sample_pieces import SamplePieces
    from dmdx_desktop.ui.work_told import WorkTold


class Attendants(QObject):
    """They stay as long as the window."""

    def __init__(self, window: "MainWindow", parts: Parts, resources: Path, toast: Toast, banner: Banner) -> None:
        super().__init__(window)
        self._window, self._parts, self._resources = window, parts, resources
        self._toast, self._banner = toast, banner

    @cached_property
    def adding(self) -> "Adding":
        """Files on their way in."""
        from dmdx_desktop.ui.adding import Adding

        made = Adding(self._window, self._parts.bridge)
        made.summed_up.connect(lambda words: self._toast.tell(words))
        return made

    @cached_property
    def pasting(self) -> "Pasting":
        """What comes by the clipboard."""
        from dmdx_desktop.ui.pasting import Pasting

        return Pasting(self.adding, self._parts.bridge, self._window)

    @cached_property
    def dropping(self) -> "Dropping":
        """What is dragged over the window."""
        from dmdx_desktop.ui.dropping import Dropping

        window = self._window
        made = Dropping(window.centre, window.pages, self._parts.look, self.pasting, self._toast)
        window.resized.connect(made.overlay.fit)
        return made

    @cached_property
    def exporting(self) -> "Exporting":
        """Images on their way out."""
        from dmdx_desktop.ui.export.exporting import Exporting
        from dmdx_desktop.ui.export.last_export import LastExport

        return Exporting(self._window, self._parts, self._resources, self._toast, LastExport(self._parts.preferences))

    @cached_property
    def problems(self) -> "Problems":
        """The list of files that could not be added."""
        from dmdx_desktop.ui.problems import Problems

        return Problems(self._window, self._parts, self.adding)

    @cached_property
    def run_notices(self) -> "RunNotices":
        """What the system tells of a run."""
        from dmdx_desktop.ui.queue.run_notices import RunNotices

        return RunNotices(self._window, self._window.come_to_queue)

    @cached_property
    def deleting(self) -> "Deleting":
        """Pieces and images that go."""
        from dmdx_desktop.ui.deletion.deleting import Deleting

        made = Deleting(self._window, self._parts, self._toast)
        made.export_wanted.connect(lambda keys: self.exporting.choose(keys))
        self._window.leaving.connect(made.carry_out_pending)
        return made

    @cached_property
    def failures(self) -> "Failures":
        """What tells of whatever went wrong."""
        from dmdx_desktop.ui.failures import Failures

        made = Failures(
            self._parts.bridge,
            self._parts.source,
            self._toast,
            self._banner,
            self._window.open_log,
            self._window.show_queue,
            self._window,
        )
        made.problems_wanted.connect(lambda troubles: self.problems.show_troubles(troubles))
        return made

    @cached_property
    def samples(self) -> "SamplePieces":
        """The pieces that come with the program."""
        from dmdx_desktop.ui.sample_pieces import SamplePieces

        return SamplePieces(self._parts.bridge, self._resources, self._window)

    @cached_property
    def work_told(self) -> "WorkTold":
        """What is under way, in the words of the status strip."""
        from dmdx_desktop.ui.work_told import WorkTold

        return WorkTold(self._parts.bridge, self._window.status, self._window)

    @cached_property
    def menus(self) -> "Menus":
        """What is in the menus."""
        from dmdx_desktop.ui.menus import Menus

        window, parts = self._window, self._parts
        made = Menus(window, window.shell(), window.deeds, parts.history, parts.keys, parts.preferences)
        for changed in (self.pasting.changed, window.deeds_changed):
            changed.connect(made.look_soon)
        return made
