"""Everywhere a library keeps something, as one value: what work on the whole library is handed. Core process."""

from dataclasses import dataclass

from dmdx_desktop.config import Paths
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.previews import PreviewStore


@dataclass(frozen=True, slots=True)
class Places:
    """The open stores below one basedir."""

    paths: Paths
    library: Library
    blobs: BlobStore
    previews: PreviewStore
