"""What several pieces have in common, read in one question, and what they had before something is said of them."""

from collections import Counter

from dmdx_desktop.library import jobs
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.library.selected_pieces import former_descriptions, selected_pieces
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.sourced import Source, Sourced, said_by_user
from dmdx_desktop.models.vocabulary import JewelleryType, Metal, Species

DOUBTFUL = Sourced[Metal](value=Metal.SILVER, confidence=0.5, source=Source.MEASURED)
RING = Piece(type=said_by_user(JewelleryType.RING), stones=(Stone(species=said_by_user(Species.RUBY)),))
PIN = Piece(type=said_by_user(JewelleryType.BROOCH), metal=DOUBTFUL)


def _keep(library: Library, *pieces: Piece) -> list[jobs.JobRow]:
    def work(tx: Transaction) -> list[jobs.JobRow]:
        return [
            jobs.insert(tx, title=f"Piece {number}", group_key=str(number), piece=piece.model_dump_json())
            for number, piece in enumerate(pieces)
        ]

    return library.write_blocking(work)


def test_selected_pieces_count_values_stones_and_doubts(library: Library) -> None:
    rows = _keep(library, RING, RING, PIN)
    keys = [row.key for row in rows]
    found = library.read_blocking(lambda c: selected_pieces(c, [*keys, 99], ("type", "metal", "sku")))

    assert found.keys == tuple(keys)
    assert found.ids == tuple(row.id for row in rows)
    assert found.values["type"] == Counter({"ring": 2, "brooch": 1})
    assert found.values["metal"] == Counter({"unknown": 2, "silver": 1})
    assert found.values["sku"] == Counter({"unknown": 3})
    assert (found.species, found.without_stones, found.to_check) == (Counter({"ruby": 2}), 1, 1)


def test_piece_that_nothing_is_known_of_counts_as_unknown(library: Library) -> None:
    row = library.write_blocking(lambda tx: jobs.insert(tx, title="New", group_key="new"))
    found = library.read_blocking(lambda c: selected_pieces(c, [row.key], ("type",)))

    assert (found.values, found.without_stones, found.to_check) == ({"type": Counter({"unknown": 1})}, 1, 0)


def test_former_descriptions_have_sources_and_the_whole_list_of_stones(library: Library) -> None:
    first, second = _keep(library, PIN, RING)
    found = library.read_blocking(lambda c: former_descriptions(c, [second.key, first.key], ("metal", "stones")))

    assert [(one.id, one.title) for one in found] == [(second.id, "Piece 1"), (first.id, "Piece 0")]
    assert found[1].facts["metal"] == {"value": "silver", "confidence": 0.5, "source": "measured"}
    assert set(found[0].facts) == {"metal", "stones", "stones_edited"}
