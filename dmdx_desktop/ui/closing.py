"""Closing while images are being made: what is to become of them. GUI thread; the dialog runs no loop of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.preferences import WhenClosing
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import tr


class ClosingDialog(QDialog):
    """``answered`` tells what was chosen, and whether it is so from now on; nothing comes with Cancel."""

    answered = Signal(WhenClosing, bool)

    def __init__(self, window: QWidget, look: Look, images: int) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Keep rendering in the background?"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        column.addWidget(text_label("Keep rendering in the background?", TextStyle.TITLE, wrap=True))
        words = tr("1 image is not done yet.") if images == 1 else tr("{count} images are not done yet.", count=images)
        after = tr("Stopped or kept, nothing is lost: what is not done goes on with the next start.")
        fate = text_label(tone=Tone.SECONDARY, wrap=True)
        say(fate, f"{words} {after}")
        column.addWidget(fate)
        column.addSpacing(4)
        self.remember = TickBox(look, "Do this from now on")
        column.addWidget(self.remember)
        column.addSpacing(8)
        self.cancel = Button(look, "Cancel", variant=Variant.QUIET)
        self.stop = Button(look, "Stop and close")
        self.keep = Button(look, "Keep rendering", variant=Variant.PRIMARY)
        self.cancel.clicked.connect(self.reject)
        self.stop.clicked.connect(lambda: self._answer(WhenClosing.STOP))
        self.keep.clicked.connect(lambda: self._answer(WhenClosing.KEEP_RENDERING))
        self.keep.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.cancel, self.stop, self.keep):
            # Words of other languages may be longer: the dialog grows, no button is cut.
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.keep.setFocus()

    def _answer(self, choice: WhenClosing) -> None:
        self.accept()
        self.answered.emit(choice, self.remember.isChecked())
