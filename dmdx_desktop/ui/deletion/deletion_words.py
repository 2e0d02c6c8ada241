"""What a deletion takes and what it leaves, in words. Pure; GUI thread."""

from dmdx_desktop.library.deletion_view import DeletionView
from dmdx_desktop.ui.storage_sizes import size_words
from dmdx_desktop.ui.wording import tr


def counted(number: int, one: str, several: str) -> str:
    """``1 image`` or ``16 images``; both are texts of the window."""
    return tr(one) if number == 1 else tr(several, count=number)


def title_words(view: DeletionView) -> str:
    """The question at the top of the dialog."""
    if view.pieces == 1 and view.titles:
        return tr("Delete “{title}”?", title=view.titles[0])
    if view.pieces:
        return tr("Delete {count} pieces?", count=view.pieces)
    return counted(view.images, "Delete 1 image?", "Delete {count} images?")


def consequence_words(view: DeletionView) -> str:
    """What deleting means, under the question."""
    if view.pieces == 1:
        return tr("This removes the piece and everything made from it, from every place we keep it:")
    if view.pieces:
        return tr("This removes the pieces and everything made from them, from every place we keep it:")
    return tr("This removes the images from every place we keep them. The reference stays.")


def button_words(view: DeletionView) -> str:
    """The verb with its object."""
    if view.pieces:
        return counted(view.pieces, "Delete piece", "Delete {count} pieces")
    return counted(view.images, "Delete image", "Delete {count} images")


def library_words(view: DeletionView) -> str:
    """What goes from the library on this computer."""
    parts = [counted(view.references, "1 reference", "{count} references")] if view.references else []
    parts.append(counted(view.images, "1 image", "{count} images"))
    if view.waiting:
        parts.append(counted(view.waiting, "1 image not made yet", "{count} images not made yet"))
    return f"{', '.join(parts)} · {size_words(view.bytes)}"


def preview_words(view: DeletionView) -> str:
    """What goes from the previews beside it."""
    number = view.references + view.images
    return counted(number, "Thumbnails of 1 picture", "Thumbnails of {count} pictures")


def staying_words(view: DeletionView) -> str:
    """What is left afterwards."""
    receipt = tr("the receipt of the deletion, which names dates and numbers only")
    if not view.exports:
        return tr("Stays: {receipt}.", receipt=receipt)
    files = counted(view.exports, "1 exported file", "{count} exported files")
    return tr("Stays: {files} in your own folders, and {receipt}.", files=files, receipt=receipt)


def deleted_words(view: DeletionView) -> str:
    """That it is done, for the message with Undo."""
    if view.pieces == 1 and view.titles:
        return tr("“{title}” deleted.", title=view.titles[0])
    if view.pieces:
        return tr("{count} pieces deleted.", count=view.pieces)
    return counted(view.images, "1 image deleted.", "{count} images deleted.")
