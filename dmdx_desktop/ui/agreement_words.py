"""Whether an image agrees with its reference, in words: a help, never a verdict. GUI thread; pure."""

from typing import Final

from dmdx_desktop.library.image_agreements import ComparedField, ImageAgreement
from dmdx_desktop.ui.wording import tr

FIELDS: Final = {
    "outline": "outline",
    "type": "type",
    "metal": "metal",
    "stone_count": "number of stones",
    "stone_colour": "colour of stones",
    "stone_shape": "cut of stones",
    "prongs": "claws of a stone",
}
VERDICTS: Final = {"agrees": "Seems to agree", "differs": "Seems to differ", "unsure": "Not sure"}


def agreement_words(agreement: ImageAgreement | None) -> str:
    """One line on an image: what seems to differ, or that it seems to agree; empty where it was not compared."""
    if agreement is None:
        return ""
    if not agreement.differing:
        return tr(VERDICTS.get(agreement.verdict, "Not sure"))
    return tr("Seems to differ: {fields}", fields=", ".join(_field(one) for one in agreement.differing))


def _field(one: ComparedField) -> str:
    name = tr(FIELDS.get(one.field, one.field))
    if one.expected and one.seen:
        return tr("{name} ({expected} asked, {seen} seen)", name=name, expected=one.expected, seen=one.seen)
    return tr("{name} ({seen} in common)", name=name, seen=one.seen) if one.field == "outline" else name
