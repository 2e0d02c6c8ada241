"""Full-text search: what is found, what is not, and that any text is a valid question."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmdx_desktop.config import Paths
from dmdx_desktop.library import jobs, search
from dmdx_desktop.library.database import Library, Transaction
from tests.library.world import add_job, add_reference, add_renders, add_run, invented_hash


def found(library: Library, text: str) -> list[int]:
    return library.read_blocking(lambda connection: search.find(connection, text))


def test_a_piece_is_found_by_title_name_description_and_prompt(library: Library) -> None:
    def write(tx: Transaction) -> int:
        job = add_job(tx, title="Étoile solitaire")
        reference = add_reference(tx, job, name="SKU-4711_top.png")
        jobs.set_piece(
            tx, job.key, json.dumps({"metal": {"value": "rose_gold"}, "stones": [{"species": {"value": "sapphire"}}]})
        )
        add_renders(tx, add_run(tx), reference, prompt="a ring upon velvet")
        add_job(tx, 2, title="Another")
        return job.key

    key = library.write_blocking(write)
    for text in ("etoile", "ÉTOILE soli", "4711", "sku top", "rose gold", "sapph", "velvet", "velvet etoile gold"):
        assert found(library, text) == [key], text
    for text in ("velvet another", "platinum", "", "  ", "***", "OR", "unknown"):
        assert found(library, text) == [], text


def test_the_newest_come_first(library: Library) -> None:
    keys = library.write_blocking(lambda tx: [add_job(tx, n).key for n in range(3)])
    assert found(library, "ring") == keys[::-1]
    assert library.read_blocking(lambda c: search.find(c, "ring", limit=1)) == keys[:1:-1]


def test_what_was_renamed_is_found_by_its_new_name_only(library: Library) -> None:
    key = library.write_blocking(lambda tx: add_job(tx, title="Before").key)
    library.write_blocking(lambda tx: jobs.set_title(tx, key, "After"))
    assert found(library, "before") == []
    assert found(library, "after") == [key]


def test_the_index_survives_a_rebuild(library: Library) -> None:
    key = library.write_blocking(lambda tx: add_reference(tx, add_job(tx), sha256=invented_hash(3)).job_key)
    library.write_blocking(search.rebuild)
    assert found(library, "ring png") == [key]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.text(max_size=40))
def test_any_text_is_a_valid_question(paths: Paths, text: str) -> None:
    library = Library.open(paths)
    found(library, text)
    library.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=12))
def test_a_job_is_found_by_its_title_whatever_it_is(paths: Paths, title: str) -> None:
    library = Library.open(paths)
    key = library.write_blocking(
        lambda tx: jobs.insert(tx, title=title, group_key=f"{title} {jobs.count(tx.connection)}").key
    )
    assert key in found(library, title)
    library.close()
