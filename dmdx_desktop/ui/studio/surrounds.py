"""The grounds a picture can be judged on, and the one that is chosen. GUI thread."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.preferences import PreferencesFile
from dmdx_desktop.ui.wording import tr


class SurroundButton(QToolButton):
    """One of the grounds a picture can be judged on."""

    def __init__(self, look: Look, name: str, colour: QColor) -> None:
        super().__init__()
        self._look, self._colour = look, colour
        self.setCheckable(True)
        self.setFixedSize(24, 24)
        self.setAccessibleName(tr("Surround: {name}", name=tr(name)))
        self.setToolTip(tr(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        painter.setPen(self._look.theme.colour("border.control"))
        painter.setBrush(self._colour)
        painter.drawEllipse(middle, 7.5, 7.5)
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._look.theme.colour("focus.ring"))
            painter.drawEllipse(middle, 10, 10)
            painter.drawEllipse(middle, 9.5, 9.5)
        painter.end()


class Surrounds(QWidget):
    """``chosen`` tells the colour of another ground."""

    chosen = Signal(QColor)

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._look = look
        self._user_chose = False
        self._group = QButtonGroup(self)
        for number, one in enumerate(look.theme.surrounds):
            button = SurroundButton(look, one.name, QColor(one.hex))
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(self._on_click)
        look.follow(self._follow_theme)

    @property
    def colour(self) -> QColor:
        """The ground that is chosen."""
        return QColor(self._look.theme.surrounds[max(self._group.checkedId(), 0)].hex)

    def next(self) -> None:
        """Choose the next ground."""
        number = (self._group.checkedId() + 1) % len(self._look.theme.surrounds)
        self._group.button(number).setChecked(True)
        self._on_click(number)

    def _on_click(self, number: int) -> None:
        self._user_chose = True
        self.chosen.emit(QColor(self._look.theme.surrounds[number].hex))

    def _follow_theme(self) -> None:
        if not self._user_chose:
            usual = self._look.theme.colour("surround.default").name().lower()
            colours = [one.hex.lower() for one in self._look.theme.surrounds]
            number = colours.index(usual) if usual in colours else 1
            self._group.button(number).setChecked(True)
            self.chosen.emit(QColor(colours[number]))


class RememberedSurrounds(Surrounds):
    """The grounds, the last one chosen kept with the preferences."""

    def __init__(self, look: Look, preferences: PreferencesFile) -> None:
        super().__init__(look)
        self._preferences = preferences
        self.chosen.connect(self._remember)
        preferences.changed.connect(self._follow_preferences)
        self._follow_preferences()

    def _follow_preferences(self) -> None:
        ids = [one.id for one in self._look.theme.surrounds]
        wanted = self._preferences.now.surround
        if wanted in ids and (not self._user_chose or ids.index(wanted) != self._group.checkedId()):
            self._user_chose = True
            self._group.button(ids.index(wanted)).setChecked(True)
            self.chosen.emit(QColor(self._look.theme.surrounds[ids.index(wanted)].hex))

    def _remember(self) -> None:
        if self._user_chose:
            self._preferences.change(surround=self._look.theme.surrounds[self._group.checkedId()].id)
