"""What the designer thinks of an image, as steps that can be undone: stars, flags, ticks. GUI thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtGui import QUndoCommand

from dmdx_desktop.library.image_view import ImageView
from dmdx_desktop.models.checklist import CheckItem
from dmdx_desktop.models.gestures import MarkImages
from dmdx_desktop.models.ids import OutputId
from dmdx_desktop.ui.wording import tr


@dataclass(frozen=True, slots=True)
class Mark:
    """What becomes of an image; None and items that are not named stay as they are."""

    rating: int | None = None
    flag: str | None = None
    checks: Mapping[CheckItem, bool] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What undoing it is called in the menu."""
        if self.checks:
            return tr("change of the checklist")
        return tr("rating") if self.flag is None else tr("flag")


@dataclass(frozen=True, slots=True)
class MarkedImage:
    """The image that is marked."""

    key: int
    id: str


class Judgement(QUndoCommand):
    """One mark on one image: ``carry_out`` shows it at once and has it made durable, there and back."""

    def __init__(
        self, image: MarkedImage, before: Mark, after: Mark, carry_out: Callable[[MarkedImage, Mark], None]
    ) -> None:
        super().__init__(after.words)
        self._image, self._before, self._after = image, before, after
        self._carry_out = carry_out

    def redo(self) -> None:
        self._carry_out(self._image, self._after)

    def undo(self) -> None:
        self._carry_out(self._image, self._before)


def command_of(image: MarkedImage, mark: Mark) -> MarkImages:
    """What the core is asked to keep."""
    return MarkImages.model_validate(
        {"outputs": (OutputId(image.id),), "rating": mark.rating, "flag": mark.flag, "checks": dict(mark.checks)}
    )


def ticked(view: ImageView, mark: Mark) -> ImageView:
    """The image as it is once it is marked so."""
    off = {item for item, on in mark.checks.items() if not on}
    return replace(view, checks=(view.checks | mark.checks.keys()) - off)
