"""Which groups of a list were folded when the window was last closed. GUI thread, but for ``found_again``.

What is kept are marks made of the names of groups, not the names: no name of a piece that is deleted stays in a file.
A mark becomes a group again once a group has such a name; whoever reads the groups looks for it on a reader thread.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b

from PySide6.QtCore import QObject

from dmdx_desktop.ui.remembered import MOST_FOLDED
from dmdx_desktop.ui.widgets.folding_grid import FoldedName, FoldingGrid


class FoldingMemory(QObject):
    """Tells ``keep`` what is folded whenever that changes; the groups folded longest ago are forgotten first."""

    def __init__(self, grid: FoldingGrid, marks: Sequence[str], keep: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__(grid)
        self._grid, self._keep = grid, keep
        self._awaited = dict.fromkeys(marks)
        grid.folding_changed.connect(self._remember)

    def awaited(self, scope: str) -> frozenset[str]:
        """The marks whose groups have not come yet, of those that are grouped by ``scope``."""
        return marks_of(scope, self._awaited)

    def take(self, scope: str, found: Mapping[str, FoldedName], *, are_all: bool) -> bool:
        """Fold the groups that were ``found_again``; whether there are any. To be called before they are shown.

        Where ``are_all`` the groups there are, the others are gone and are awaited no more.
        """
        come = {mark: name for mark, name in found.items() if mark in self._awaited}
        for mark in self.awaited(scope) if are_all else come:
            self._awaited.pop(mark, None)
        self._grid.fold_too(come.values())
        return bool(come)

    def _remember(self) -> None:
        folded = {mark_of(name): None for name in self._grid.folded_names}
        for mark in folded:
            self._awaited.pop(mark, None)
        self._keep(tuple({**self._awaited, **folded})[-MOST_FOLDED:])


def marks_of(scope: str, marks: Iterable[str]) -> frozenset[str]:
    """The marks of groups that are grouped by ``scope``."""
    return frozenset(mark for mark in marks if mark.startswith(f"{scope}:"))


def mark_of(name: FoldedName) -> str:
    """What is kept of a group."""
    scope, words, number = name
    digest = blake2b(f"{number} {words}".encode(errors="surrogatepass"), digest_size=8)
    return f"{scope}:{digest.hexdigest()}"


def found_again(awaited: frozenset[str], scope: str, names: Iterable[str]) -> dict[str, FoldedName]:
    """The groups among ``names`` whose marks are awaited. Every name is looked at where any is: on a reader thread."""
    found: dict[str, FoldedName] = {}
    before: Counter[str] = Counter()
    for words in names if awaited else ():
        name = (scope, words, before[words])
        before[words] += 1
        if (mark := mark_of(name)) in awaited:
            found[mark] = name
    return found
