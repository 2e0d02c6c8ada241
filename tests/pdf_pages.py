"""What a reader of PDF files finds on the pages of a contact sheet. For tests; reads what this program writes alone."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class ReadPage:
    """The lines of text on a page, in their order, and its pictures as files."""

    lines: tuple[str, ...]
    pictures: tuple[bytes, ...]


def read_pages(content: bytes) -> list[ReadPage]:
    """Every page. Objects are found by the table of places alone, as readers of such files find them."""
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    assert content[start:].startswith(b"xref\n")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", content[start:])]
    objects = {}
    for number, place in enumerate(places, 1):
        assert content[place:].startswith(b"%d 0 obj\n" % number)
        objects[number] = _object(content, place + len(b"%d 0 obj\n" % number))
    (kids,) = re.findall(rb"/Kids \[([^]]*)\]", objects[2][0])
    return [_page(objects, number) for number in _references(kids)]


def _object(content: bytes, place: int) -> tuple[bytes, bytes]:
    """What is said of an object, and its stream."""
    length = re.match(rb"<< [^\n]*/Length (\d+) >>\nstream\n", content[place : place + 1000])
    if length is None:
        return content[place : content.index(b"\nendobj", place)], b""
    begins = place + length.end()
    stream = content[begins : begins + int(length[1])]
    assert content[begins + len(stream) :].startswith(b"\nendstream\nendobj\n")
    return length[0], stream


def _page(objects: dict[int, tuple[bytes, bytes]], number: int) -> ReadPage:
    said = objects[number][0]
    (contents,) = re.findall(rb"/Contents (\d+) 0 R", said)
    drawn = objects[int(contents)][1].decode("ascii")
    letters = {label.decode(): _letters(objects, int(font)) for label, font in re.findall(rb"/(F\d+) (\d+) 0 R", said)}
    pictures = [objects[int(picture)][1] for picture in re.findall(rb"/P\d+ (\d+) 0 R", said)]
    assert re.findall(r"/P\d+ Do", drawn) == [f"/P{number} Do" for number in range(1, len(pictures) + 1)]
    return ReadPage(tuple(_line(line, letters) for line in drawn.split("\n") if "BT" in line), tuple(pictures))


def _line(drawn: str, letters: dict[str, dict[str, str]]) -> str:
    instead = re.match(r"/Span << /ActualText <feff([0-9a-f]*)> >>", drawn)
    if instead is not None:
        return bytes.fromhex(instead[1]).decode("utf-16-be")
    runs = re.findall(r"/(F\d+) [\d.]+ Tf <([0-9a-f]*)> Tj", drawn)
    return "".join(letters[font][glyph] for font, glyphs in runs for glyph in re.findall("....", glyphs))


def _letters(objects: dict[int, tuple[bytes, bytes]], font: int) -> dict[str, str]:
    said = objects[font][0]
    (descendant,) = re.findall(rb"/DescendantFonts \[(\d+) 0 R\]", said)
    (told,) = re.findall(rb"/ToUnicode (\d+)", said)
    (descriptor,) = re.findall(rb"/FontDescriptor (\d+)", objects[int(descendant)][0])
    (program,) = re.findall(rb"/FontFile2 (\d+)", objects[int(descriptor)][0])
    assert objects[int(program)][1], "the font is in the file"
    pairs = re.findall(r"<(\w{4})> <(\w+)>\n", objects[int(told)][1].decode("ascii").partition("beginbfchar")[2])
    return {glyph: bytes.fromhex(letter).decode("utf-16-be") for glyph, letter in pairs}


def _references(text: bytes) -> list[int]:
    return [int(number) for number in re.findall(rb"(\d+) 0 R", text)]
