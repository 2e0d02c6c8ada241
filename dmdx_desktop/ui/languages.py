"""The language of the window: the system's where its words are there, English otherwise. GUI thread, before the window.

Catalogues lie in resources/translations, made by ``dev.py translations``.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

FOLDER: Final = "translations"


def speak(application: QApplication, resources: Path, locale: QLocale) -> bool:
    """Show what is built from now on in the language of ``locale``; False where it stays English.

    Words and direction go together: nothing is mirrored while its words are English. Qt's own dialogs follow.
    """
    ours = QTranslator(application)
    if not ours.load(locale, "dmdx", "_", str(resources / FOLDER)):
        ours.deleteLater()
        return False
    application.installTranslator(ours)
    of_qt = QTranslator(application)
    if of_qt.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(of_qt)
    application.setLayoutDirection(locale.textDirection())
    return True
