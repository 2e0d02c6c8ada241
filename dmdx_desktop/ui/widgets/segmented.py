"""One choice of a few, or several of them, side by side; arrow keys move within. GUI thread."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QSizePolicy, QToolButton, QWidget

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.segment_rows import SegmentRows
from dmdx_desktop.ui.wording import tr


class _Segment(QToolButton):
    """One of the choices."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__()
        self._look = look
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        font = self._look.theme.font(TextStyle.STRONG)
        return QSize(QFontMetrics(font).horizontalAdvance(self.text()) + 16, 26)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.pressed" if chosen else "bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        name = "text.primary" if chosen else "text.secondary"
        painter.setPen(theme.colour(name if self.isEnabled() else "text.disabled"))
        painter.setFont(theme.font(TextStyle.STRONG if chosen else TextStyle.BODY))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Segmented(QWidget):
    """The row of choices. ``chosen`` comes when the user has chosen another."""

    chosen = Signal(str)

    def __init__(self, look: Look, choices: Sequence[tuple[str, str]], name: str, *, one_row: bool = False) -> None:
        """``choices`` are ids and what they are called; ``name`` is what the whole is called aloud."""
        super().__init__()
        self._look = look
        self._ids = [each for each, _ in choices]
        self._group = QButtonGroup(self)
        rows = SegmentRows(self, 2, one_row=one_row)
        for position, (_, text) in enumerate(choices):
            segment = _Segment(look, text)
            self._group.addButton(segment, position)
            rows.addWidget(segment)
        self._group.idClicked.connect(self._on_click)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # What may not grow is given no more height than one row by some layouts.
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed if one_row else QSizePolicy.Policy.Minimum
        )
        policy.setHeightForWidth(not one_row)
        self.setSizePolicy(policy)
        look.theme.changed.connect(self.update)

    @property
    def value(self) -> str:
        """The id of the present choice; empty where there is none."""
        position = self._group.checkedId()
        return self._ids[position] if position >= 0 else ""

    def choose(self, value: str) -> None:
        """Show ``value`` as chosen; an id that is not there shows none."""
        if value in self._ids:
            self._group.button(self._ids.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def enable(self, value: str, enabled: bool, reason: str = "") -> None:
        """Whether a choice can be made, and why not."""
        button = self._group.button(self._ids.index(value))
        button.setEnabled(enabled)
        button.setToolTip(reason)
        button.setAccessibleDescription(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        step = steps.get(event.key(), 0) * (-1 if self.isRightToLeft() else 1)
        enabled = [index for index in range(len(self._ids)) if self._group.button(index).isEnabled()]
        if not step or not enabled:
            super().keyPressEvent(event)
            return
        at = self._group.checkedId()
        beyond = [index for index in enabled if (index - at) * step > 0]
        if beyond:
            target = min(beyond, key=lambda index: abs(index - at))
            self._group.button(target).setChecked(True)
            self.chosen.emit(self._ids[target])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _on_click(self, position: int) -> None:
        self.chosen.emit(self._ids[position])

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.theme.colour("border.control"))
        painter.setBrush(self._look.theme.colour("bg.input"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()


class SegmentedSeveral(Segmented):
    """One or more of the choices: Ctrl or Shift with a click, or Shift with an arrow key, adds one."""

    def __init__(self, look: Look, choices: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__(look, choices, name)
        self._group.setExclusive(False)
        self._at = 0
        words = tr("Ctrl+click or Shift+arrow adds one")
        self.setToolTip(words)
        self.setAccessibleDescription(words)

    @property
    def values(self) -> tuple[str, ...]:
        """The ids of what is chosen, in their order; one there always is."""
        return tuple(each for position, each in enumerate(self._ids) if self._group.button(position).isChecked())

    def choose_all(self, values: Sequence[str]) -> None:
        """Show these as chosen."""
        for position, each in enumerate(self._ids):
            self._group.button(position).setChecked(each in values)
        self._at = max((position for position, each in enumerate(self._ids) if each in values), default=0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        step = steps.get(event.key(), 0) * (-1 if self.isRightToLeft() else 1)
        target = self._at + step
        if not step or not 0 <= target < len(self._ids):
            super(Segmented, self).keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            # Going back over what was added takes it away again, as in lists.
            if self._ids[target] in self.values:
                self._group.button(self._at).setChecked(False)
            self._group.button(target).setChecked(True)
            self._at = target
            self.chosen.emit(self._ids[target])
        else:
            self._choose_only(target)

    def _on_click(self, position: int) -> None:
        adding = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if not QApplication.keyboardModifiers() & adding:
            self._choose_only(position)
            return
        if not self.values:
            self._group.button(position).setChecked(True)
        self._at = position
        self.chosen.emit(self._ids[position])

    def _choose_only(self, position: int) -> None:
        self.choose_all((self._ids[position],))
        self.chosen.emit(self._ids[position])
