"""Finished pictures that say what they are: PNG in sRGB, XMP provenance, the label Draft. Picture processes.

What a draft is: pixels of the reference, cut out, some of them in another metal, on a ground that code has made. The
IPTC list of digital source types (cv.iptc.org/newscodes/digitalsourcetype, as of 2024-09-17) calls that ``composite``:
"mix or composite of several elements, any of which may or may not be generative AI". Its narrower terms are not true:

- ``compositeCapture`` wants elements "that are all captures of real life"; the ground never is, nor is a CAD render.
- ``compositeSynthetic`` says that at least one element "is Generative AI", and ``compositeWithTrainedAlgorithmicMedia``
  "augmentation, correction or enhancement using a Generative AI model". Where a small trained network helps to find the
  outline, it decides which pixels of the reference are shown, and makes none.
- ``algorithmicMedia`` is "created purely by an algorithm", which the piece is not.

So photographs, CAD renders and sketches have the same term. What the reference itself was is not known for certain (a
render may look like a photograph) and is not stated.

XMP lies in a PNG as an iTXt chunk with the keyword ``XML:com.adobe.xmp`` (XMP specification part 3); the other formats
of an export are written by ``picture_writing``. Nothing private
is written: no path, name of a user or machine, and no text of the reference's own metadata.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from PIL import Image

from dmdx_desktop import __version__
from dmdx_desktop.imaging.png_writing import save_png, text_chunk
from dmdx_desktop.imaging.whole_files import whole_file

COMPOSITE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/composite"
DRAFT_LABEL: Final = "Draft"
CREATOR_TOOL: Final = f"DMDX Studio {__version__}"

XMP_KEY: Final = "XML:com.adobe.xmp"
FIELDS: Final = frozenset({"source_type", "creator_tool", "created", "label", "title", "description"})
"""What a picture can say of itself."""

_TEXT_LIMIT: Final = 500
_NAMESPACES: Final = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a finished picture says of itself. ``created_at`` is UTC epoch milliseconds."""

    title: str
    description: str
    created_at: int
    label: str = DRAFT_LABEL
    source_type: str = COMPOSITE
    creator_tool: str = CREATOR_TOOL
    creator: str = ""
    """Whose work it is, as its user states it; not written where it is empty."""
    rights: str = ""
    """Its copyright notice, likewise."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as written; ``pixels_sha256`` is of the decoded pixels alone, so it does not change with the date."""

    width: int
    height: int
    bytes: int
    pixels_sha256: str


def write_png(image: Image.Image, target: Path, provenance: Provenance) -> Written:
    """Write ``image`` (RGB or RGBA) to ``target`` with its provenance. Raises LibraryError where it cannot."""
    with whole_file(target) as stream:
        save_png(image, stream, [text_chunk(XMP_KEY, packet_of(provenance))])
    return Written(image.width, image.height, target.stat().st_size, pixels_sha256(image))


def pixels_sha256(image: Image.Image) -> str:
    """SHA-256, in hexadecimal, of size, mode and decoded pixels."""
    digest = hashlib.sha256(f"{image.mode} {image.width} {image.height}\n".encode())
    digest.update(image.tobytes())
    return digest.hexdigest()


def read_provenance(path: Path) -> Provenance | None:
    """What a picture of this program says of itself; None where it says nothing. For files of our own making.

    What a picture leaves unsaid is empty, or zero.
    """
    with Image.open(path, formats=["PNG", "JPEG", "WEBP", "TIFF"]) as image:
        image.load()
        packet = image.info.get(XMP_KEY) or image.info.get("xmp")
    if not packet:
        return None
    text = packet.decode() if isinstance(packet, bytes) else str(packet)
    root = ElementTree.fromstring(text)

    def said(name: str) -> str:
        found = root.find(f".//{name}", _NAMESPACES)
        inner = None if found is None else found.find(".//rdf:li", _NAMESPACES)
        return (inner if inner is not None else found).text or "" if found is not None else ""

    created = said("xmp:CreateDate")
    return Provenance(
        title=said("dc:title"),
        description=said("dc:description"),
        created_at=round(datetime.fromisoformat(created).timestamp() * 1000) if created else 0,
        label=said("xmp:Label"),
        source_type=said("Iptc4xmpExt:DigitalSourceType"),
        creator_tool=said("xmp:CreatorTool"),
        creator=said("dc:creator"),
        rights=said("dc:rights"),
    )


def packet_of(provenance: Provenance, fields: Collection[str] = FIELDS) -> str:
    """The XMP packet that says ``fields`` of ``provenance`` and nothing else."""
    for prefix, address in _NAMESPACES.items():
        ElementTree.register_namespace(prefix, address)
    meta = ElementTree.Element(_name("x:xmpmeta"))
    rdf = ElementTree.SubElement(meta, _name("rdf:RDF"))
    description = ElementTree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    created = datetime.fromtimestamp(provenance.created_at / 1000, tz=UTC).isoformat(timespec="milliseconds")
    for field, name, text in (
        ("source_type", "Iptc4xmpExt:DigitalSourceType", provenance.source_type),
        ("creator_tool", "xmp:CreatorTool", provenance.creator_tool),
        ("created", "xmp:CreateDate", created),
        ("label", "xmp:Label", provenance.label),
    ):
        if field in fields:
            ElementTree.SubElement(description, _name(name)).text = _storable(text)
    for is_said, name, text in (
        ("title" in fields, "dc:title", provenance.title),
        ("description" in fields, "dc:description", provenance.description),
        (bool(provenance.rights), "dc:rights", provenance.rights),
    ):
        if is_said:
            choices = ElementTree.SubElement(ElementTree.SubElement(description, _name(name)), _name("rdf:Alt"))
            ElementTree.SubElement(choices, _name("rdf:li"), {_LANGUAGE: "x-default"}).text = _storable(text)
    if provenance.creator:
        names = ElementTree.SubElement(ElementTree.SubElement(description, _name("dc:creator")), _name("rdf:Seq"))
        ElementTree.SubElement(names, _name("rdf:li")).text = _storable(provenance.creator)
    body = ElementTree.tostring(meta, encoding="unicode")
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{body}<?xpacket end="r"?>'


def _name(prefixed: str) -> str:
    prefix, name = prefixed.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{name}"


def _storable(text: str) -> str:
    """Text as XML can hold it: no control characters and no lone surrogates, and not without end."""
    return "".join(sign for sign in text if sign.isprintable() and not 0xD800 <= ord(sign) <= 0xDFFF)[:_TEXT_LIMIT]
