"""Asks a vision model what pieces are, and adds what it says to their descriptions. Core process, asyncio loop.

The reading of this computer stands until the answer comes, and the user's word stands always. A reduced copy of pixels
alone is all that is sent. An answer that is none is asked for once more; what it cost is written down all the same.
"""

import base64
import uuid
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from dmdx_desktop.errors import AccountError, DmdxError, PictureError, Retry
from dmdx_desktop.library import jobs, ledger, problems, questions, reading_bills, references
from dmdx_desktop.library.database import Connection, Transaction
from dmdx_desktop.library.ledger import Movement, Payee
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.questions import QuestionRow, WaitsFor
from dmdx_desktop.models.connection import Purpose, Service
from dmdx_desktop.models.piece import Piece, combine
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.services.vision_form import NAME, SYSTEM, TEXT, VisionFormError, form_schema, read_form
from dmdx_desktop.workers.pools import PictureProcessError
from dmdx_desktop.workers.prepare import add_reference_problem

if TYPE_CHECKING:
    from dmdx_desktop.services.openrouter import Question, Reply

EDGE: Final = 1568
QUALITY: Final = 90
SECONDS: Final = 20.0
FIRST_TOKENS: Final = 2_500
MORE_TOKENS: Final = 6_000
MOST_CRASHES: Final = 2
CREDIT_CODES: Final = frozenset({"no_credit", "too_little_credit", "key_limit", "budget_reached"})


class Asking:
    """Carries out questions."""

    def __init__(self, places: Places, pictures: PictureCalls, backends: Backends) -> None:
        self._library = places.library
        self._blobs = places.blobs
        self._pictures = pictures
        self._backends = backends

    @property
    def is_on(self) -> bool:
        """Whether a vision model reads pieces."""
        return self._backends.connections.serves(Purpose.IDENTIFICATION) is Service.OPENROUTER

    def waiting(self, connection: Connection, busy: Collection[int], limit: int) -> Sequence[QuestionRow]:
        """The next questions."""
        return questions.waiting(connection, limit, tuple(busy))

    async def carry_out(self, question: QuestionRow) -> None:
        """Ask, and store what is said. Raises ``DmdxError``."""
        reference = await self._library.read(partial(references.find, key=question.reference_key))
        if reference is None or not self.is_on:
            await self._library.write(partial(questions.finish, key=question.key))
            return
        meter = await self._library.read(ledger.meter)
        if not meter.allows(0):
            raise _budget_reached()
        content = await self._reduced(reference.clean_sha256 or reference.sha256, question.priority)
        reading, model, cost = await self._ask(content)
        await self._library.write(partial(_store, question=question, reading=reading, model=model, cost=cost))

    async def ask_about(self, sha256: str) -> tuple[Piece, str]:
        """What a model sees in a finished picture, and which it was. Raises ``DmdxError``."""
        meter = await self._library.read(ledger.meter)
        if not meter.allows(0):
            raise _budget_reached()
        reading, model, _ = await self._ask(await self._reduced(sha256, 20))
        return reading, model

    async def _reduced(self, sha256: str, priority: int) -> bytes:
        """The copy of a picture that is sent."""
        asked = {"path": str(self._blobs.path_of(sha256)), "edge": EDGE, "quality": QUALITY}
        answer = await self._pictures.call("reduced", asked, seconds=SECONDS, priority=priority)
        (content,) = answer.payloads
        return content

    async def fail(self, question: QuestionRow, error: DmdxError) -> None:
        """What stands in the way of all lets all wait; else the reading of this computer stands."""
        await self._library.write(partial(_fail, question=question, error=error))

    async def _ask(self, picture: bytes) -> tuple[Piece, str, int]:
        """What a model says, which one it was, and what all its answers cost. Raises ``DmdxError``."""
        from dmdx_desktop.services.openrouter import Question

        address = f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
        tokens, repair, low_effort, cost = FIRST_TOKENS, None, False, 0
        for is_last in (False, True):
            asked = Question(
                system=SYSTEM,
                text=TEXT,
                pictures=(address,),
                schema_name=NAME,
                schema=form_schema(),
                max_tokens=tokens,
                repair=repair,
                low_effort=low_effort,
            )
            reply, spent = await self._reply(asked, is_last=is_last)
            cost += spent
            if reply is None:
                tokens, low_effort = MORE_TOKENS, True
                continue
            try:
                return read_form(reply.text), reply.model, cost
            except VisionFormError as error:
                repair = f"{error} Fill in the whole form again."
        raise _not_understood()

    async def _reply(self, asked: "Question", *, is_last: bool) -> "tuple[Reply | None, int]":
        """An answer and its cost; None in its place where it was none, and asking once more may help."""
        from dmdx_desktop.services.openrouter import Unusable, UnusableAnswerError

        broken_off: list[str] = []
        try:
            reply = await self._backends.openrouter().ask(asked, broken_off.append)
        except UnusableAnswerError as error:
            await self._note_cost(f"reading:{uuid.uuid4().hex}", error.cost_micro_usd)
            if error.why in (Unusable.REFUSED, Unusable.FILTERED):
                raise _refused() from None
            if is_last:
                raise _not_understood() from None
            return None, error.cost_micro_usd
        finally:
            if broken_off:
                await self._library.write(partial(reading_bills.enqueue, generations=broken_off))
        await self._note_cost(f"reading:{reply.id or uuid.uuid4().hex}", reply.cost_micro_usd)
        return reply, reply.cost_micro_usd

    async def _note_cost(self, subject: str, micro_usd: int) -> None:
        if micro_usd:
            await self._library.write(
                lambda tx: ledger.write(tx, subject, Payee.OPENROUTER, Movement.CHARGED, micro_usd)
            )


def _store(tx: Transaction, question: QuestionRow, reading: Piece, model: str, cost: int) -> None:
    reference = references.find(tx.connection, question.reference_key)
    if reference is not None:
        before = Piece() if reference.reading is None else Piece.model_validate_json(reference.reading)
        references.set_reading(tx, reference.key, combine(before, reading).model_dump_json())
        references.note_reader(tx, reference.key, model=model, cost_micro_usd=cost)
        current = Piece.model_validate_json(jobs.get(tx.connection, reference.job_key).piece)
        jobs.set_piece(tx, reference.job_key, combine(current, reading).model_dump_json())
    questions.finish(tx, question.key)


def _fail(tx: Transaction, question: QuestionRow, error: DmdxError) -> None:
    if isinstance(error, PictureProcessError) and questions.count_crash(tx, question.key) < MOST_CRASHES:
        return
    waits_for = _waits_for(error)
    if waits_for is not None:
        questions.put_off(tx, waits_for)
        if question.command_key is not None:
            problems.say_waiting(tx, f"waiting_{waits_for}", Problem.of(error), question.command_key)
        return
    reference = references.find(tx.connection, question.reference_key)
    if reference is not None:
        add_reference_problem(tx, reference, error, question.command_key)
    questions.finish(tx, question.key)


def _waits_for(error: DmdxError) -> WaitsFor | None:
    if error.code in CREDIT_CODES:
        return WaitsFor.CREDITS
    if isinstance(error, AccountError):
        return WaitsFor.ACCOUNT
    if isinstance(error, PictureError):
        return None
    return WaitsFor.NETWORK if error.retry is Retry.LATER else None


def _not_understood() -> DmdxError:
    return DmdxError(
        "reading_not_understood",
        "The vision model gave no usable answer.",
        "It was asked twice; the reading of this computer stands.",
        "Describe the piece yourself, or choose another model in Settings, Connections.",
    )


def _refused() -> PictureError:
    return PictureError(
        "reading_refused",
        "The vision model will not read this picture.",
        "The reading of this computer stands.",
        "Describe the piece yourself, or choose another model in Settings, Connections.",
    )


def _budget_reached() -> AccountError:
    return AccountError(
        "budget_reached",
        "This month's budget is used up.",
        "Readings by a vision model wait; those of this computer stand until then.",
        "Raise the budget in Settings, Connections, or lift it for this month.",
    )
