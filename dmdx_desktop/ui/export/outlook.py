"""What is known of the images that are about to be exported: names from the library, looks from the core. GUI thread.

Looks come by and by: the core opens each image in a picture process.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from pydantic import JsonValue
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from dmdx_desktop.library.image_names import ImageNames, image_names
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.commands import LookAtImages
from dmdx_desktop.models.ids import OutputId
from dmdx_desktop.models.preflight import ImageLook
from dmdx_desktop.ui.parts import Parts

MOST: Final = 200
"""So many images are named and looked at beforehand; the export itself takes all."""
AT_ONCE: Final = 12


class Outlook(QObject):
    """``named`` comes once with the names, ``looked`` with every further batch of looks."""

    named = Signal()
    looked = Signal()

    def __init__(self, parts: Parts, keys: Sequence[int], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.total = len(keys)
        self.names: tuple[ImageNames, ...] = ()
        self._looks: dict[str, dict[str, JsonValue]] = {}
        self._asked = 0
        parts.source.ask(self, partial(image_names, keys=tuple(keys[:MOST])), self._take_names)

    @property
    def is_complete(self) -> bool:
        """Whether every image that will be looked at was."""
        return bool(self.names) and self._asked >= len(self.names)

    @property
    def images(self) -> list[ImageLook]:
        """The images that were looked at."""
        return [_look_of(names, self._looks[names.id]) for names in self.names if names.id in self._looks]

    def _take_names(self, names: list[ImageNames]) -> None:
        self.names = tuple(names)
        self.named.emit()
        self._ask()

    def _ask(self) -> None:
        some = [names.id for names in self.names[self._asked : self._asked + AT_ONCE]]
        if some:
            self._parts.bridge.send(LookAtImages(outputs=tuple(map(OutputId, some))), partial(self._take_looks, some))

    def _take_looks(self, asked: Sequence[str], answer: Finished | Failed) -> None:
        if not isValid(self):
            return
        self._asked += len(asked)
        listed = answer.document.get("images") if isinstance(answer, Finished) else None
        found = {str(each["id"]): each for each in listed if isinstance(each, dict)} if isinstance(listed, list) else {}
        self._looks |= {each: found.get(each, {}) for each in asked}
        self.looked.emit()
        self._ask()


def _look_of(names: ImageNames, seen: dict[str, JsonValue]) -> ImageLook:
    fill, bits = seen.get("fill"), seen.get("jpeg_bits_per_pixel")
    return ImageLook(
        width=names.width,
        height=names.height,
        file_bytes=names.bytes,
        is_draft=names.engine == EngineId.DRAFT,
        edge=str(seen.get("edge") or ""),
        fill=float(fill) if isinstance(fill, int | float) else None,
        bits_per_pixel=float(bits) if isinstance(bits, int | float) else 0.0,
    )
