"""Where images lie, in the inspector's words: here, and in the bucket once a copy there was verified."""

from collections.abc import Sequence

from dmdx_desktop.library import bucket_copies
from dmdx_desktop.library.bucket_copies import CopyState
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.ui.gallery.image_facts import facts_of_views, selection_view
from tests.library.world import add_job, add_output, add_reference, add_renders, add_run

BUCKET = "https://account.example/jewels"


def _images(tx: Transaction, number: int) -> list[int]:
    planned = add_renders(tx, add_run(tx), add_reference(tx, add_job(tx)), number)
    keys = [add_output(tx, render).key for render in planned]
    for render in planned:
        bucket_copies.enqueue(tx, render.key)
    return keys


def _copy(library: Library, number: int, state: CopyState) -> None:
    copies = library.read_blocking(lambda connection: bucket_copies.wanted(connection, number))
    names = [f"copy {copy.render_key}" for copy in copies]
    for copy in library.write_blocking(lambda tx: bucket_copies.begin(tx, copies, BUCKET, names)):
        library.write_blocking(lambda tx, copy=copy: bucket_copies.settle(tx, copy, BUCKET, state))  # type: ignore[misc]


def _stored(library: Library, keys: Sequence[int], selected: int) -> str:
    view = library.read_blocking(lambda connection: selection_view(connection, keys))
    return facts_of_views(view, selected)["Stored"].partition(" · ")[0]


def test_image_is_said_to_lie_in_the_bucket_once_its_copy_was_verified(library: Library) -> None:
    keys = library.write_blocking(lambda tx: _images(tx, 3))
    assert _stored(library, keys, 3) == "On this computer"
    _copy(library, 1, CopyState.STORED)
    assert _stored(library, keys[:1], 1) == "On this computer and in your bucket"
    assert _stored(library, keys, 3) == "On this computer, 1 in your bucket"
    assert _stored(library, keys, 400) == "On this computer", "the others were not read"
    _copy(library, 1, CopyState.FAILED)
    assert _stored(library, keys, 3) == "On this computer, 1 in your bucket"
    _copy(library, 1, CopyState.STORED)
    assert _stored(library, keys, 3) == "On this computer, 2 in your bucket"
