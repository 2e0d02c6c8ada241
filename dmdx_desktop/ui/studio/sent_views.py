"""Which of a piece's pictures an engine is sent for an image, in the order its prompt tells. Pure; any thread."""

from collections.abc import Sequence

from dmdx_desktop.models.choices import ShotId
from dmdx_desktop.models.vocabulary import View


def views_sent(shot: ShotId, views: Sequence[View], most: int | None) -> tuple[View, ...]:
    """The views of those that are sent; of a draft, where ``most`` is None, of every one that there is.

    The one of the shot comes first, or the first one, which a paid engine can turn to any side.
    """
    if most is None or not views:
        return tuple(views)
    first = next((at for at, view in enumerate(views) if view.value == shot.value), 0)
    others = (view for at, view in enumerate(views) if at != first)
    return (views[first], *others)[: max(most, 1)]
