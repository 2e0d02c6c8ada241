"""Files that are no pictures for this program, by what they are and how they are named. Pure; any process."""

from enum import StrEnum
from typing import Final


class Foreign(StrEnum):
    """What a file that is not opened turns out to be, as far as its first bytes tell."""

    VECTOR = "vector"
    MODEL = "model"
    DOCUMENT = "document"
    LAYERED = "layered"
    CAMERA_RAW = "camera_raw"
    OTHER_PICTURE = "other_picture"
    VIDEO = "video"


FOREIGN_SUFFIXES: Final = {
    ".svg": Foreign.VECTOR,
    ".svgz": Foreign.VECTOR,
    ".eps": Foreign.VECTOR,
    ".dxf": Foreign.VECTOR,
    ".dwg": Foreign.VECTOR,
    ".pdf": Foreign.DOCUMENT,
    ".ai": Foreign.DOCUMENT,
    ".stl": Foreign.MODEL,
    ".obj": Foreign.MODEL,
    ".3dm": Foreign.MODEL,
    ".3ds": Foreign.MODEL,
    ".stp": Foreign.MODEL,
    ".step": Foreign.MODEL,
    ".igs": Foreign.MODEL,
    ".iges": Foreign.MODEL,
    ".glb": Foreign.MODEL,
    ".gltf": Foreign.MODEL,
    ".fbx": Foreign.MODEL,
    ".ply": Foreign.MODEL,
    ".jcd": Foreign.MODEL,
    ".ztl": Foreign.MODEL,
    ".mtl": Foreign.MODEL,
    ".blend": Foreign.MODEL,
    ".psd": Foreign.LAYERED,
    ".psb": Foreign.LAYERED,
    ".xcf": Foreign.LAYERED,
    ".cr3": Foreign.CAMERA_RAW,
    ".raf": Foreign.CAMERA_RAW,
    ".mov": Foreign.VIDEO,
    ".mp4": Foreign.VIDEO,
}
"""What a file seems to be by the end of its name, where its bytes say nothing."""
