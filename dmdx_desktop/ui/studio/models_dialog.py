"""Every model that can make pictures of a piece, to search in and to choose one of. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.studio.engine_rows import EngineDelegate, engine_values
from dmdx_desktop.ui.studio.engines import Engine
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.search_field import SearchField
from dmdx_desktop.ui.wording import counted, tr

SIZE: Final = (480, 520)
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 3
SEARCHED_ROLE: Final = Qt.ItemDataRole.UserRole + 4


class ModelsDialog(QDialog):
    """``chosen`` tells the id of the engine to use."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, look: Look, engines: Sequence[Engine], present: str) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("All models"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(text_label("All models", TextStyle.TITLE))
        about = "Models of WaveSpeed that make a picture from your references. Prices are where they begin."
        column.addWidget(text_label(about, tone=Tone.SECONDARY, wrap=True))
        self.search = SearchField(look, tr("Search models…"), tr("Search models"))
        self.search.installEventFilter(self)
        column.addWidget(self.search)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(_model_of(engines, self))
        self._shown.setFilterRole(SEARCHED_ROLE)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = QListView()
        self.list.setAccessibleName(tr("Models"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setItemDelegate(EngineDelegate(look, self.list))
        self.list.setMouseTracking(True)
        self.list.setModel(self._shown)
        column.addWidget(self.list, 1)
        self._count = text_label(style=TextStyle.CAPTION, tone=Tone.SECONDARY)
        cancel = Button(look, "Cancel")
        cancel.clicked.connect(self.reject)
        self.use = Button(look, "Use this engine", variant=Variant.PRIMARY)
        self.use.setDefault(True)
        self.use.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.use)
        column.addLayout(row)
        self.search.textChanged.connect(self._search)
        self.list.activated.connect(self._choose)
        self._search("")
        self._show_chosen(present)
        self.search.setFocus()

    @property
    def shown(self) -> list[str]:
        """The ids of what is listed."""
        return [str(self._shown.index(row, 0).data(ID_ROLE)) for row in range(self._shown.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go through the list while something is typed."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = min(max(self.list.currentIndex().row() + step, 0), self._shown.rowCount() - 1)
                self.list.setCurrentIndex(self._shown.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        self._shown.setFilterFixedString(text.strip())
        found = self._shown.rowCount()
        say(self._count, counted("1 model", "{count} models", found))
        self.use.setEnabled(found > 0)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._shown.index(0, 0))

    def _show_chosen(self, present: str) -> None:
        if present in self.shown:
            index = self._shown.index(self.shown.index(present), 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _choose(self, index: QModelIndex | bool = False) -> None:
        at = index if isinstance(index, QModelIndex) else self.list.currentIndex()
        if at.isValid():
            self.chosen.emit(str(at.data(ID_ROLE)))
            self.accept()


def _model_of(engines: Sequence[Engine], parent: QObject) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for engine in engines:
        item = QStandardItem()
        for role, words in engine_values(engine).items():
            item.setData(words, int(role))
        item.setData(engine.id, int(ID_ROLE))
        item.setData(f"{engine.name} {engine.id} {engine.words}", int(SEARCHED_ROLE))
        model.appendRow(item)
    return model
