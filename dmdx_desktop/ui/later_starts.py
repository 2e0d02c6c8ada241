"""The first window's ear for later starts of the program: they hand their files over and end. GUI thread.

Whoever makes one holds the lock of the one window of its basedir, so a socket that is found was left by a window that
is gone. Callers are few, say one bounded line, and are hung up on when they are slow.
"""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from dmdx_desktop.link.second_start import HEARD, MOST_BYTES, files_called_with

MOST_CALLERS: Final = 8
SAYS_WITHIN_MS: Final = 5_000


class LaterStarts(QObject):
    """``called`` tells the files a later start hands over, often none; the window then comes to the front."""

    called = Signal(tuple)

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_CALLERS)
        self._server.newConnection.connect(self._take)
        self._callers = 0
        QLocalServer.removeServer(address)
        self.is_listening = self._server.listen(address)

    def close(self) -> None:
        """Hear nobody any more."""
        self._server.close()

    def _take(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            if self._callers >= MOST_CALLERS:
                caller.abort()
                caller.deleteLater()
                continue
            self._callers += 1
            _Caller(caller, self).said.connect(self.called)
            caller.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._callers -= 1


class _Caller(QObject):
    """One later start at the other end of ``socket``."""

    said = Signal(tuple)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._line = socket, bytearray()
        self._silent = QTimer(self, singleShot=True, interval=SAYS_WITHIN_MS)
        self._silent.timeout.connect(self._give_up)
        self._silent.start()
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self._end)
        self._read()

    def _read(self) -> None:
        self._line += self._socket.read(MOST_BYTES + 1 - len(self._line)).data()
        if len(self._line) > MOST_BYTES:
            self._socket.abort()
        elif b"\n" in self._line:
            files = files_called_with(bytes(self._line[: self._line.index(b"\n")]))
            self._line.clear()
            if files is None:
                self._socket.abort()
                return
            self._socket.write(HEARD)
            self._socket.flush()
            self._socket.disconnectFromServer()
            self.said.emit(files)

    def _give_up(self) -> None:
        self._socket.abort()

    def _end(self) -> None:
        self._silent.stop()
        self._socket.deleteLater()
        self.deleteLater()
