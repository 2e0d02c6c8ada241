"""What the groups of the gallery are called. Pure; the window's process."""

from datetime import date, datetime, timedelta

from dmdx_desktop.library.image_order import Grouping
from dmdx_desktop.ui.image_words import metal_label, scene_label
from dmdx_desktop.ui.wording import tr


def group_name(raw: str, grouping: Grouping, today: date) -> str:
    """The heading of a group whose name in the library is ``raw``."""
    if grouping is Grouping.SCENE:
        return scene_label(raw)
    if grouping is Grouping.METAL:
        return metal_label(raw)
    if grouping is Grouping.DAY:
        return _day(raw, today)
    return raw


def _day(raw: str, today: date) -> str:
    try:
        day = datetime.strptime(raw, "%Y-%m-%d").date()
    except ValueError:
        return raw
    if day == today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    return f"{day.day} {day:%B %Y}"
