"""Documents as text for people in a terminal. Pure; the command line's thread."""

import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from pydantic import JsonValue

from dmdx_desktop.cli.after import counted
from dmdx_desktop.cli.show_connections import connections_text
from dmdx_desktop.models.naming import display_name
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.models.stone_words import Place, place_words
from dmdx_desktop.models.vocabulary import SPOILING_WARNINGS, PictureWarning

Row = Mapping[str, JsonValue]
MAX_CELL: Final = 60
DRAFT_LABEL: Final = "Draft"


def text_of(verb: str, document: Document) -> str:
    """What ``verb`` prints for ``document``, ending in a line break where it says anything."""
    # Of a command that came to nothing there are only the problems, and those are told elsewhere.
    lines = [] if document.keys() <= {"problems", "elapsed_s"} else list(_TEXTS[verb](document))
    return "".join(f"{line}\n" for line in lines)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows as aligned columns under their header."""
    cells = [tuple(header), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(_columns(row[column]) for row in cells) for column in range(len(header))]
    return ["  ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def _render(document: Document) -> Iterable[str]:
    yield from _files(document)
    made, used = counted(_length(document, "outputs"), "picture"), counted(_length(document, "references"), "reference")
    yield f"{made} made from {used}{_beside(document)}{_took(document)}{_drafts(document)}."


def _import(document: Document) -> Iterable[str]:
    duplicates = document.get("duplicates")
    known = f", {duplicates} of them known before" if duplicates else ""
    yield (
        f"{counted(_length(document, 'references'), 'picture')} in {counted(_length(document, 'jobs'), 'job')}"
        f"{known}{_beside(document)}{_took(document)}."
    )


def _identify(document: Document) -> Iterable[str]:
    rows = []
    for piece in _rows(document, "pieces"):
        stones = "; ".join(_stones(piece)) or "none seen"
        facts = [_fact(piece.get(name)) for name in ("kind", "type", "metal", "background")]
        rows.append((os.path.basename(str(piece["file"])), *facts, stones))
    yield from table(("file", "kind", "type", "metal", "background", "stones"), rows) if rows else ()
    for piece in _rows(document, "pieces"):
        for warning in (text for text in _texts(piece, "warnings") if text in SPOILING_WARNINGS):
            yield f"{display_name(os.path.basename(str(piece['file'])))}: {PictureWarning(warning).label}"


def _cutout(document: Document) -> Iterable[str]:
    if document.get("file"):
        size = f"{document['width']} x {document['height']}"
        yield f"{display_name(str(document['file']))}, {size}, confidence {_percent(document['confidence'])}"


def _generate(document: Document) -> Iterable[str]:
    yield from _output_table(document)
    made = counted(_length(document, "outputs"), "picture")
    yield f"{made} made{_took(document)}{_drafts(document)}."
    if _length(document, "outputs"):
        yield "`dmdx-desktop export` writes them to a folder."


def _jobs(document: Document) -> Iterable[str]:
    rows = [
        (
            job["id"],
            job["title"],
            job["references"],
            job["outputs"],
            job["type"],
            job["metal"],
            _time(job["created_at"]),
            _check(job),
        )
        for job in _rows(document, "jobs")
    ]
    yield from (
        table(("job", "title", "references", "outputs", "type", "metal", "added", "check"), rows)
        if rows
        else ["No jobs."]
    )
    yield from _next(document)


def _outputs(document: Document) -> Iterable[str]:
    yield from _output_table(document) or ["No outputs."]
    yield from _next(document)


def _show(document: Document) -> Iterable[str]:
    yield f"{display_name(str(document['title']))}  ({document['id']})"
    piece = document.get("piece")
    if isinstance(piece, dict):
        for name, fact in piece.items():
            if isinstance(fact, dict) and fact.get("value") not in (None, "", "unknown"):
                yield f"  {name.replace('_', ' ')}: {_fact(fact, with_source=True)}"
        for stone in _stones(piece):
            yield f"  stone: {stone}"
    for reference in _rows(document, "references"):
        size = f"{reference['width']} x {reference['height']}"
        yield f"  reference: {display_name(str(reference['file']))}, {size}, {reference['state']}"
        yield from (f"    {PictureWarning(warning).label}" for warning in _texts(reference, "warnings"))
    yield from _output_table(document)


def _export(document: Document) -> Iterable[str]:
    yield from _files(document)
    yield f"{counted(_length(document, 'outputs'), 'picture')} written{_took(document)}{_drafts(document)}."


def _delete(document: Document) -> Iterable[str]:
    for receipt in _rows(document, "receipts"):
        counts = receipt.get("counts")
        parts = [_counted_of(name, count) for name, count in counts.items()] if isinstance(counts, dict) else []
        yield f"Receipt {receipt['id']}: {', '.join(parts)}, finished {_time(receipt['finished_at'])}."
    is_proven = not any(problem.get("code") == "deletion_unfinished" for problem in _rows(document, "problems"))
    how = "with every copy" if is_proven else "on this computer"
    yield f"{counted(_length(document, 'deleted'), 'job')} deleted {how}{_took(document)}."


def _counted_of(names: str, number: JsonValue) -> str:
    """A count of a receipt, whose names are plurals: "1 file", "6 previews"."""
    words = names.replace("_", " ")
    return f"{number} {words.removesuffix('s') if number == 1 else words}"


def _resume(document: Document) -> Iterable[str]:
    yield from _files(document)
    if document.get("commands"):
        yield f"{counted(_length(document, 'outputs'), 'picture')} finished{_took(document)}{_drafts(document)}."
    else:
        yield "Nothing was left unfinished."


def _doctor(document: Document) -> Iterable[str]:
    findings = _rows(document, "findings")
    for finding in findings:
        state = "mended" if finding.get("repaired") else str(finding["remedy"])
        yield f"{display_name(str(finding['where']))}: {finding['message']} {state}"
    if not findings:
        yield f"No damage found{_took(document)}."


def _self_test(document: Document) -> Iterable[str]:
    for check in _rows(document, "checks"):
        yield f"{'passed' if check['passed'] else 'FAILED'}  {check['name']}  {check['detail']}".rstrip()


_TEXTS: Final[Mapping[str, Callable[[Document], Iterable[str]]]] = {
    "render": _render,
    "import": _import,
    "identify": _identify,
    "cutout": _cutout,
    "generate": _generate,
    "jobs": _jobs,
    "outputs": _outputs,
    "show": _show,
    "export": _export,
    "delete": _delete,
    "resume": _resume,
    "doctor": _doctor,
    "self-test": _self_test,
    "connections": connections_text,
}


def _output_table(document: Document) -> list[str]:
    rows = [
        (
            output["id"],
            output["job"],
            output["scene"],
            output["metal"],
            f"{output['width']} x {output['height']}",
            output["engine"],
            output.get("label") or "",
        )
        for output in _rows(document, "outputs")
    ]
    return table(("output", "job", "scene", "metal", "size", "engine", "label"), rows) if rows else []


def _files(document: Document) -> Iterable[str]:
    """The files that were written, one a line."""
    return (display_name(str(output["file"])) for output in _rows(document, "outputs") if output.get("file"))


def _drafts(document: Document) -> str:
    """How many of the pictures are drafts, which nobody should take for finished work."""
    labels = [output.get("label") for output in _rows(document, "outputs")]
    drafts = labels.count(DRAFT_LABEL)
    if not drafts:
        return ""
    if drafts < len(labels):
        return f", {drafts} of them {'a draft' if drafts == 1 else 'drafts'}"
    return ", a draft" if drafts == 1 else ", all drafts"


def _beside(document: Document) -> str:
    """What else was found where the pictures were."""
    ignored, problems = document.get("ignored"), _length(document, "problems")
    parts = [f", {counted(problems, 'problem')}"] if problems else []
    if isinstance(ignored, int) and ignored:
        parts.append(f", {counted(ignored, 'other file')} left alone")
    return "".join(parts)


def _rows(document: Mapping[str, JsonValue], name: str) -> list[dict[str, JsonValue]]:
    rows = document.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _texts(document: Row, name: str) -> list[str]:
    values = document.get(name)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _check(job: Row) -> str:
    """What a person should look at before making drafts of a piece."""
    return "cut-out" if PictureWarning.UNSURE_OUTLINE in _texts(job, "warnings") else ""


def _length(document: Document, name: str) -> int:
    rows = document.get(name)
    return len(rows) if isinstance(rows, list) else 0


def _fact(fact: JsonValue, *, with_source: bool = False) -> str:
    """A value with how sure it is, and with ``with_source`` where it is from."""
    if not isinstance(fact, dict):
        return ""
    value, confidence = fact.get("value"), fact.get("confidence")
    words = str(value).replace("_", " ")
    if value in (None, "", "unknown"):
        return words
    source = f", {fact.get('source')}" if with_source else ""
    return f"{words} ({_percent(confidence)}{source})"


def _stones(piece: Row) -> list[str]:
    """The groups of stones in a few words each: "blue, centre (85%)", "colourless x 24, around (60%)"."""
    stones = _rows(piece, "stones")
    places = place_words([_places(stone) for stone in stones])
    return [_stone(stone, place) for stone, place in zip(stones, places, strict=True)]


def _stone(stone: Row, place: str) -> str:
    """A group of stones in a few words, as sure as the least certain of them."""
    facts = [fact for name in ("colour", "shape", "species", "count") if isinstance(fact := stone.get(name), dict)]
    said = [fact for fact in facts if fact.get("value") not in (None, "", "unknown", 1)]
    words = " ".join(_word(fact["value"]) for fact in said) or "one kind"
    sure = [confidence for fact in said if isinstance(confidence := fact.get("confidence"), int | float)]
    return f"{words}{f', {place}' if place else ''}{f' ({_percent(min(sure))})' if sure else ''}"


def _word(value: JsonValue) -> str:
    return f"x {value}" if isinstance(value, int) else str(value).replace("_", " ")


def _places(stone: Row) -> list[Place]:
    """Where the stones of a group are, as far as the document says it."""
    rows = stone.get("places")
    boxes = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    numbers = [[float(side) for side in box if isinstance(side, int | float)] for box in boxes]
    return [(box[0], box[1], box[2], box[3]) for box in numbers if len(box) == 4]


def _percent(confidence: JsonValue) -> str:
    return f"{confidence:.0%}" if isinstance(confidence, int | float) else ""


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes: letters of East Asia and most pictures take two."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _cell(value: object) -> str:
    text = display_name(str(value))
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 3] + "..."


def _next(document: Document) -> Iterable[str]:
    if document.get("next"):
        yield f"More: --after {document['next']}"


def _time(value: JsonValue) -> str:
    if not isinstance(value, int | float):
        return ""
    return datetime.fromtimestamp(value / 1000, tz=UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _took(document: Document) -> str:
    elapsed = document.get("elapsed_s")
    return f" in {elapsed:.1f} s" if isinstance(elapsed, int | float) else ""
