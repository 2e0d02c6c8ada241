"""The filter of the pieces lets through what the cards of the list say, piece by piece."""

import random
from collections.abc import Callable

import pytest

from dmdx_desktop.library import jobs, renders, tasks
from dmdx_desktop.library.catalogue import PieceCard, piece_cards, piece_order
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.library.piece_filter import PieceCondition, PieceFilter
from dmdx_desktop.library.tasks import Subject, TaskKind
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.render_state import RenderFacts, RenderState
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.models.vocabulary import Finish, JewelleryType, Metal, Setting, StoneColour
from tests.library.world import add_output, add_reference, add_renders, add_run

PIECES = 60
SOURCES = (Source.VISION, Source.USER, Source.FILENAME)
TRUE_OF_CARD: dict[PieceCondition, Callable[[PieceCard], bool]] = {
    PieceCondition.IDENTIFYING: lambda card: card.identifying,
    PieceCondition.TO_CHECK: lambda card: card.checks > 0,
    PieceCondition.UNDER_WAY: lambda card: card.waiting > 0,
    PieceCondition.WITH_IMAGES: lambda card: card.images > 0,
    PieceCondition.FAILED: lambda card: card.failed,
    PieceCondition.READY: lambda card: (
        not (card.identifying or card.checks or card.waiting or card.images or card.failed)
    ),
}


def _some_piece() -> Piece:
    def sure() -> float:
        return random.choice([0.1, 0.5, 0.74, 0.75, 0.8, 1.0])

    colours = [
        Sourced[StoneColour](value=random.choice(list(StoneColour)), confidence=sure(), source=random.choice(SOURCES))
        for _ in range(random.choice([0, 0, 1, 2]))
    ]
    return Piece(
        type=Sourced[JewelleryType](
            value=random.choice([JewelleryType.RING, JewelleryType.BROOCH, JewelleryType.UNKNOWN]),
            confidence=sure(),
            source=random.choice(SOURCES),
        ),
        metal=Sourced[Metal](
            value=random.choice([Metal.SILVER, Metal.UNKNOWN]), confidence=sure(), source=random.choice(SOURCES)
        ),
        finish=Sourced[Finish](value=random.choice(list(Finish)), confidence=sure(), source=random.choice(SOURCES)),
        setting=Sourced[Setting](value=random.choice(list(Setting)), confidence=sure(), source=random.choice(SOURCES)),
        stones=tuple(Stone(colour=colour) for colour in colours),
    )


def _some_library(tx: Transaction) -> None:
    run = add_run(tx)
    for number in range(PIECES):
        piece = _some_piece() if random.random() < 0.6 else Piece()
        job = jobs.insert(tx, title=f"Piece {number}", group_key=str(number), piece=piece.model_dump_json())
        if random.random() < 0.3:
            continue
        reference = add_reference(tx, job)
        if random.random() < 0.2:
            tx.connection.execute("UPDATE reference SET state = 'unreadable' WHERE key = ?", (reference.key,))
        if random.random() < 0.3:
            tasks.enqueue(tx, random.choice(list(TaskKind)), Subject.REFERENCE, reference.key)
        if random.random() < 0.5:
            made = add_renders(tx, run, reference, count=2)
            _end(tx, made)


def _end(tx: Transaction, made: tuple[renders.RenderRow, ...]) -> None:
    for row in made:
        match random.choice(["waits", "fails", "is done"]):
            case "is done":
                add_output(tx, row)
            case "fails":
                renders.store_facts(tx, row.key, RenderFacts(state=RenderState.FAILED), problem_code="no_piece")


def _cards(connection: Connection) -> list[PieceCard]:
    return piece_cards(connection, list(piece_order(connection).keys))


@pytest.mark.parametrize("condition", list(PieceCondition))
def test_filter_lets_through_the_pieces_whose_cards_say_so(library: Library, condition: PieceCondition) -> None:
    library.write_blocking(_some_library)
    cards = library.read_blocking(_cards)
    chosen = library.read_blocking(lambda c: piece_order(c, chosen=PieceFilter(condition=condition)))

    expected = sorted(card.key for card in cards if TRUE_OF_CARD[condition](card))
    assert len(cards) == PIECES
    assert sorted(chosen.keys) == expected
    assert 0 < len(expected) < PIECES, "the library of the test has pieces of both kinds"


def test_filter_by_type_and_metal_lets_through_what_is_both(library: Library) -> None:
    library.write_blocking(_some_library)
    both = PieceFilter(type="ring", metal="silver")
    chosen = library.read_blocking(lambda c: piece_order(c, chosen=both)).keys
    pieces = library.read_blocking(
        lambda c: {key: Piece.model_validate_json(text) for key, text in c.execute("SELECT key, piece FROM job")}
    )

    expected = {
        key
        for key, piece in pieces.items()
        if (piece.type.value, piece.metal.value) == (JewelleryType.RING, Metal.SILVER)
    }
    assert set(chosen) == expected
