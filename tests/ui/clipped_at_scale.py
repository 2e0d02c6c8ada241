"""A program for tests: shows screens in a window and prints which words are clipped. Its scale is the environment's.

Arguments: the basedir, with images in it for ``pages``, the language as ``pseudo_languages`` knows it, ``shell`` or
``pages``, width and height.
"""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from dmdx_desktop.app import build_window
from dmdx_desktop.config import Paths
from tests.ui.page_screens import page_screens, until_images
from tests.ui.pseudo_languages import spoken
from tests.ui.screens import clipped_texts, settle, shell_screens


def main() -> None:
    """Print one JSON object: by screen, what is clipped; and the scale it was seen at."""
    application = QApplication(sys.argv[:1])
    found: dict[str, list[str]] = {}
    with spoken(application, sys.argv[2]):
        built = build_window(application, Paths(Path(sys.argv[1])))
        built.window.resize(int(sys.argv[4]), int(sys.argv[5]))
        built.window.show()
        if sys.argv[3] == "pages":
            until_images(built)
        for name, screen in (page_screens if sys.argv[3] == "pages" else shell_screens)(built):
            settle(application)
            found[name] = clipped_texts(screen)
        found["scale"] = [f"{built.window.devicePixelRatioF():g}"]
        built.window.close()
        built.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
