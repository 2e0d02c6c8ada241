"""The XML that the object store speaks: answers written, bodies of requests read. Runs in the server's thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree

from tests.servers.r2_errors import ErrorCode, R2Error
from tests.servers.r2_world import Part, StoredObject, Upload

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
"""A name, not a place: R2 writes it too, and a reader of XML that looks for plain names finds none with it."""

MOST_KEYS = 1000
Field = tuple[str, "str | int | Fields"]
Fields = Iterable[Field]


def document(root: str, fields: Fields) -> bytes:
    """An XML document of ``fields``: names with texts, or with fields of their own."""
    top = ElementTree.Element(root, {} if root == "Error" else {"xmlns": NAMESPACE})
    _fill(top, fields)
    text: bytes = ElementTree.tostring(top, encoding="UTF-8", xml_declaration=True)
    return text


def error(refusal: R2Error) -> bytes:
    return document("Error", [("Code", refusal.code.value), ("Message", refusal.message)])


def moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.000Z")


@dataclass(frozen=True)
class Encoding:
    """How names are written: plain, or as in a URL, for keys that XML cannot hold."""

    url: bool

    def __call__(self, text: str) -> str:
        return quote(text, safe="/") if self.url else text

    @property
    def fields(self) -> list[Field]:
        return [("EncodingType", "url")] if self.url else []


def content(stored: StoredObject, encoded: Encoding) -> Field:
    """An object in a listing."""
    return (
        "Contents",
        [
            ("Key", encoded(stored.key)),
            ("LastModified", moment(stored.written)),
            ("ETag", f'"{stored.etag}"'),
            ("Size", stored.size),
            ("StorageClass", "STANDARD"),
        ],
    )


def part(kept: Part) -> Field:
    """A part in a listing of parts."""
    return (
        "Part",
        [
            ("PartNumber", kept.number),
            ("LastModified", moment(kept.written)),
            ("ETag", f'"{kept.etag}"'),
            ("Size", kept.piece.size),
        ],
    )


def upload(begun: Upload, encoded: Encoding) -> Field:
    """An upload in a listing of unfinished uploads."""
    return (
        "Upload",
        [
            ("Key", encoded(begun.key)),
            ("UploadId", begun.upload_id),
            ("StorageClass", "STANDARD"),
            ("Initiated", moment(begun.started)),
        ],
    )


def keys_to_delete(body: bytes) -> tuple[list[str], bool]:
    """The keys of a batch deletion, and whether only failures are to be told."""
    root = _read(body, "Delete")
    keys = [_text(entry, "Key") for entry in _children(root, "Object")]
    if not 1 <= len(keys) <= MOST_KEYS:
        raise R2Error(ErrorCode.MALFORMED_XML)
    quiet = next((entry.text for entry in _children(root, "Quiet")), "")
    return keys, quiet == "true"


def parts_to_join(body: bytes) -> list[tuple[int, str]]:
    """Numbers and ETags, without quotation marks, of the parts of a completed upload."""
    listed = []
    for entry in _children(_read(body, "CompleteMultipartUpload"), "Part"):
        number = _text(entry, "PartNumber")
        if not number.isascii() or not number.isdigit():
            raise R2Error(ErrorCode.MALFORMED_XML)
        listed.append((int(number), _text(entry, "ETag").strip('"')))
    if not listed:
        raise R2Error(ErrorCode.MALFORMED_XML)
    return listed


def _fill(element: ElementTree.Element, fields: Fields) -> None:
    for name, value in fields:
        child = ElementTree.SubElement(element, name)
        if isinstance(value, str | int):
            child.text = str(value)
        else:
            _fill(child, value)


def _read(body: bytes, root: str) -> ElementTree.Element:
    try:
        found = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        raise R2Error(ErrorCode.MALFORMED_XML) from None
    if _name(found) != root:
        raise R2Error(ErrorCode.MALFORMED_XML)
    return found


def _children(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    # Clients write the elements with the namespace or without it.
    return [child for child in element if _name(child) == name]


def _text(element: ElementTree.Element, name: str) -> str:
    text = next((child.text for child in _children(element, name)), None)
    if not text:
        raise R2Error(ErrorCode.MALFORMED_XML)
    return text


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
