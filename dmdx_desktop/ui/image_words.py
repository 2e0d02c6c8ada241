"""What an image is called, in a tile and aloud. Pure; the window's process."""

from datetime import datetime
from typing import Final

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.models.choices import EngineId, RecipeMetal, SceneId
from dmdx_desktop.ui.term_words import term_name, term_within_line
from dmdx_desktop.ui.wording import counted, tr

FLAGS: Final = (("pick", "Pick"), ("none", "None"), ("reject", "Reject"))
"""What an image can be marked with, and its words."""
MIXED: Final = "mixed"
"""What several images do not have in common."""


def scene_label(value: str) -> str:
    """A scene as the window calls it."""
    return term_name(SceneId(value)) if value in set(SceneId) else value


def metal_label(value: str) -> str:
    """A metal as the window calls it."""
    return term_name(RecipeMetal(value)) if value in set(RecipeMetal) else value


def metal_within_line(value: str) -> str:
    """A metal as the window calls it in the middle of a line."""
    return term_within_line(RecipeMetal(value)) if value in set(RecipeMetal) else value


def caption(card: ImageCard) -> str:
    """The line below a tile."""
    metal = "" if card.metal == RecipeMetal.AS_REFERENCE else f" · {metal_within_line(card.metal)}"
    return f"{scene_label(card.scene)}{metal}"


def is_draft(card: ImageCard) -> bool:
    """Whether the image was made by the engine of this computer."""
    return card.engine == EngineId.DRAFT


def announced_image(card: ImageCard) -> str:
    """An image as it is read aloud."""
    stars = counted("1 star", "{count} stars", card.rating) if card.rating else ""
    flag = {"pick": tr("picked"), "reject": tr("rejected")}.get(card.flag, "")
    draft = tr("draft") if is_draft(card) else ""
    parts = (card.title, scene_label(card.scene), metal_within_line(card.metal), stars, flag, draft)
    return ", ".join(part for part in parts if part)


def made_at(milliseconds: int) -> str:
    """A moment as the window writes it."""
    moment = datetime.fromtimestamp(milliseconds / 1000)
    return f"{moment.day} {moment:%b %Y, %H:%M}"
