"""Comparisons of finished pictures: stored once, told in words, filtered by, and gone with their picture."""

from dmdx_desktop.library import agreements, exports, outputs, withdrawals
from dmdx_desktop.library.database import Connection, Library, Transaction
from dmdx_desktop.library.image_agreements import agreements_of_images
from dmdx_desktop.library.image_order import ImageFilter, image_order
from dmdx_desktop.models.agreement import Agreement, AgreementField, Compared
from dmdx_desktop.ui.agreement_words import agreement_words
from tests.library.world import add_command, add_job, add_output, add_reference, add_renders, add_run

METAL = Compared(field=AgreementField.METAL, agreement=Agreement.DIFFERS, expected="Rose gold", seen="ΔE 21")
TYPE = Compared(field=AgreementField.TYPE, agreement=Agreement.AGREES, expected="Ring", seen="Ring")


def _pictures(tx: Transaction, number: int) -> list[int]:
    job = add_job(tx)
    planned = add_renders(tx, add_run(tx), add_reference(tx, job), number)
    return [add_output(tx, render).key for render in planned]


def _compare(library: Library, key: int, verdict: Agreement, *fields: Compared) -> None:
    library.write_blocking(lambda tx: agreements.enqueue(tx, key))
    (row,) = library.read_blocking(lambda connection: agreements.waiting(connection, 5, ()))
    library.write_blocking(lambda tx: agreements.store(tx, row, verdict, fields, None))


def test_comparison_is_told_in_words_and_filtered_by(library: Library) -> None:
    wrong, right, never = library.write_blocking(lambda tx: _pictures(tx, 3))
    _compare(library, wrong, Agreement.DIFFERS, METAL, TYPE)
    _compare(library, right, Agreement.AGREES, TYPE)
    known = library.read_blocking(lambda connection: agreements_of_images(connection, [wrong, right, never]))
    words = [agreement_words(known.get(key)) for key in (wrong, right, never)]
    assert words == ["Seems to differ: metal (Rose gold asked, ΔE 21 seen)", "Seems to agree", ""]
    for verdict, expected in (("differs", [wrong]), ("agrees", [right]), ("unsure", [])):
        chosen = ImageFilter(agreement=verdict)
        assert list(library.read_blocking(lambda c, chosen=chosen: image_order(c, chosen).keys)) == expected  # type: ignore[misc]


def test_comparison_made_again_replaces_the_earlier_one(library: Library) -> None:
    (key,) = library.write_blocking(lambda tx: _pictures(tx, 1))
    _compare(library, key, Agreement.DIFFERS, METAL)
    _compare(library, key, Agreement.AGREES, TYPE)
    stored = library.read_blocking(lambda connection: agreements.of_output(connection, key))
    assert stored is not None
    assert (stored.verdict, stored.fields) == (Agreement.AGREES, (TYPE,))
    assert library.read_blocking(agreements.count) == 0


def test_comparison_of_a_picture_that_is_deleted_meanwhile_leaves_nothing(library: Library) -> None:
    (key,) = library.write_blocking(lambda tx: _pictures(tx, 1))
    library.write_blocking(lambda tx: agreements.enqueue(tx, key))
    (row,) = library.read_blocking(lambda connection: agreements.waiting(connection, 5, ()))
    library.write_blocking(lambda tx: tx.execute("DELETE FROM output WHERE key = ?", (key,)).rowcount)
    library.write_blocking(lambda tx: agreements.store(tx, row, Agreement.DIFFERS, (METAL,), None))
    assert library.read_blocking(lambda connection: agreements.of_output(connection, key)) is None
    assert library.read_blocking(agreements.count) == 0


def _export(tx: Transaction, output_key: int) -> None:
    command = add_command(tx, "export")
    exports.plan(tx, command.key, [exports.NewExport(output_key, "/shop", "ring.jpg")])
    (row,) = exports.waiting(tx.connection, command.key)
    exports.finish(tx, row.key)


def _kept_of(connection: Connection, key: int) -> tuple[object, ...]:
    """What else is known of an image: what its comparison came to, and its exported files."""
    rows = connection.execute("SELECT * FROM export WHERE output_key = ?", (key,)).fetchall()
    return outputs.get(connection, key), agreements.of_output(connection, key), rows


def test_image_taken_back_from_its_deletion_keeps_its_comparison_and_its_exports(library: Library) -> None:
    compared, waiting = library.write_blocking(lambda tx: _pictures(tx, 2))
    _compare(library, compared, Agreement.DIFFERS, METAL, TYPE)
    library.write_blocking(lambda tx: agreements.enqueue(tx, waiting))
    library.write_blocking(lambda tx: _export(tx, compared))
    before = library.read_blocking(lambda connection: _kept_of(connection, compared))
    rows = library.read_blocking(lambda connection: outputs.of_keys(connection, [compared, waiting]))
    purge = library.write_blocking(lambda tx: withdrawals.plan(tx, [row.id for row in rows]))
    assert purge is not None
    assert library.read_blocking(agreements.count) == 0
    library.write_blocking(lambda tx: withdrawals.restore(tx, purge))
    assert library.read_blocking(lambda connection: _kept_of(connection, compared)) == before
    (row,) = library.read_blocking(lambda connection: agreements.waiting(connection, 5, ()))
    assert row.output_key == waiting
