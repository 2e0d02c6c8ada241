"""Keys of the user's own: what a new key would take from what, and what is left to remember. GUI thread; pure values.

A key means one thing at a time. Keys of the menus cannot be taken: they hold wherever the window is in front.
"""

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from dmdx_desktop.ui.keys import USES, KeyAction

OwnKeys = Mapping[KeyAction, tuple[str, ...]]


def keys_of(own: OwnKeys, action: KeyAction) -> tuple[str, ...]:
    """The keys of an action, the user's or those it has at first."""
    return own.get(action, USES[action].keys)


def user_of(own: OwnKeys, key: str) -> KeyAction | None:
    """What ``key`` does, if anything."""
    return next((action for action in USES if _same(key, keys_of(own, action))), None)


def with_key(own: OwnKeys, action: KeyAction, key: str) -> dict[KeyAction, tuple[str, ...]]:
    """``key`` does ``action`` from now on, and nothing else any more."""
    changed = dict(own)
    for other in USES:
        if other is not action and _same(key, keys_of(changed, other)):
            changed[other] = tuple(one for one in keys_of(changed, other) if not _same(key, (one,)))
    changed[action] = (key,)
    return {one: keys for one, keys in changed.items() if keys != USES[one].keys}


def without(own: OwnKeys, action: KeyAction) -> dict[KeyAction, tuple[str, ...]]:
    """``action`` has the keys it had at first; where another has them by now, that one loses them."""
    changed = {one: keys for one, keys in own.items() if one is not action}
    for other in USES:
        kept = tuple(key for key in keys_of(changed, other) if not _same(key, USES[action].keys))
        if other is not action and kept != keys_of(changed, other):
            changed[other] = kept
    return {one: keys for one, keys in changed.items() if keys != USES[one].keys}


def usable(own: OwnKeys) -> dict[KeyAction, tuple[str, ...]]:
    """The keys among ``own``, as they were remembered, that are keys at all and mean one thing."""
    found: dict[KeyAction, tuple[str, ...]] = {}
    taken: set[str] = set()
    for action, keys in own.items():
        good = tuple(key for key in keys if (plain := QKeySequence(key).toString()) and plain not in taken)
        taken |= {QKeySequence(key).toString() for key in good}
        found[action] = good
    return found


def shown_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(QKeySequence(key).toString(native) or key for key in keys)


def _same(key: str, keys: tuple[str, ...]) -> bool:
    wanted = QKeySequence(key).toString()
    return any(QKeySequence(one).toString() == wanted for one in keys)
