"""Paths whose bytes are no text in any writing: they can be opened, but not stored or shown. Pure; any process."""

from dmdx_desktop.errors import PictureError


def is_text(path: str) -> bool:
    """Whether ``path`` can be written down; Python keeps undecodable bytes of a name as halves of characters."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def printable_path(path: str) -> str:
    """A path that can be stored and shown, whatever bytes its name is made of."""
    return path.encode("utf-8", "backslashreplace").decode()


def name_not_text() -> PictureError:
    """The words for a path that is no text."""
    return PictureError(
        "name_not_text",
        "The name of this file cannot be read as text.",
        "It was probably made on another system.",
        "Rename the file, and add it again.",
    )
