"""Pieces come, go, come back and the core is killed, in any order: at the end rows and files agree."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import jobs, purges
from dmdx_desktop.library.blob_use import used_hashes
from dmdx_desktop.library.doctor import examine
from dmdx_desktop.library.leftovers import clear_leftovers
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.purging import carry_out
from tests.library.world import StoredPiece, close_places, open_places, store_piece


class Killed(BaseException):
    """Stands for the end of the process."""


class Killer:
    """An observer that ends the world at the n-th moment from when it is armed."""

    def __init__(self) -> None:
        self.left = 0

    def step(self, name: str) -> None:
        if self.left > 0 and name.startswith("before"):
            self.left -= 1
            if self.left == 0:
                raise Killed


class LibraryInAnyOrder(RuleBasedStateMachine):
    """The model is the set of pieces that should be there."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="dmdx-test-")
        self._root = Path(self._folder.name)
        self._killer = Killer()
        self._number = 0
        self.kept: dict[str, StoredPiece] = {}
        self.leaving: dict[str, StoredPiece] = {}
        self.places: Places

    @initialize()
    def begin(self) -> None:
        self._open()

    @rule()
    def add_a_piece(self) -> None:
        self._number += 1
        piece = store_piece(self.places, self._root, self._number)
        self.kept[piece.job.id] = piece

    @rule(moments=st.integers(1, 6))
    def be_killed_while_adding_a_piece(self, moments: int) -> None:
        self._number += 1
        self._killer.left = moments
        try:
            piece = store_piece(self.places, self._root, self._number)
            self.kept[piece.job.id] = piece
        except Killed:
            self._come_back_after_a_kill()
        self._killer.left = 0

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def plan_a_deletion(self, data: st.DataObject) -> None:
        job_id = data.draw(st.sampled_from(sorted(self.kept)))
        self.places.library.write_blocking(lambda tx: purges.plan(tx, [job_id]))
        self.leaving[job_id] = self.kept.pop(job_id)

    @precondition(lambda self: self.leaving)
    @rule(data=st.data())
    def undo_a_deletion(self, data: st.DataObject) -> None:
        job_id = data.draw(st.sampled_from(sorted(self.leaving)))
        purge = self.places.library.read_blocking(lambda c: purges.of_job(c, job_id))
        assert purge is not None
        try:
            self.places.library.write_blocking(lambda tx: purges.undo(tx, purge.id))
        except UsageError:
            return
        self.kept[job_id] = self.leaving.pop(job_id)

    @precondition(lambda self: self.leaving)
    @rule(moments=st.integers(0, 12))
    def delete_what_is_planned(self, moments: int) -> None:
        self._killer.left = moments
        try:
            unfinished = self.places.library.read_blocking(purges.unfinished)
            asyncio.run(carry_out(self.places, [purge.id for purge in unfinished]))
            self.leaving.clear()
        except Killed:
            self._come_back_after_a_kill()
        self._killer.left = 0

    @rule()
    def close_and_open(self) -> None:
        close_places(self.places)
        self._open()

    def teardown(self) -> None:
        self._killer.left = 0
        try:
            asyncio.run(self._finish())
            close_places(self.places)
            assert examine(self.places.paths) == []
        finally:
            close_places(self.places)
            self._folder.cleanup()

    async def _finish(self) -> None:
        places = self.places
        unfinished = await places.library.read(purges.unfinished)
        await carry_out(places, [purge.id for purge in unfinished])
        await clear_leftovers(places.library, places.blobs, places.previews)
        rows = await places.library.read(lambda c: jobs.page(c, limit=1000))
        assert {row.id for row in rows} == set(self.kept)
        hashes = {sha256 for piece in self.kept.values() for sha256 in piece.contents if len(sha256) == 64}
        assert set(places.blobs.hashes()) == hashes == await places.library.read(used_hashes)

    def _open(self) -> None:
        self.places = open_places(Paths(self._root / "library"), self._killer)
        asyncio.run(clear_leftovers(self.places.library, self.places.blobs, self.places.previews))

    def _come_back_after_a_kill(self) -> None:
        """What is on disk is as a kill would leave it: nobody cleared anything up."""
        self._killer.left = 0
        self.places.library._has_leftovers = True
        close_places(self.places)
        self._open()


LibraryInAnyOrder.TestCase.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLibraryInAnyOrder = LibraryInAnyOrder.TestCase
