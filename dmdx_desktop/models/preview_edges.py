"""Under which numbers the preview store keeps what is not simply a smaller picture. Pure; any process and thread.

A preview is found by the hash of its picture and its longer side in pixels. Tiles of the whole picture and small drafts
in each scene are kept beside them, under numbers no side can have, so that they go with the picture.
"""

from typing import Final

from dmdx_desktop.models.choices import PAID_ONLY_SCENES, SceneId

TILE: Final = 512
"""Side of a tile in pixels of the picture."""
SCENE_SIDE: Final = 128
"""Side of a scene's preview in pixels."""
_FIRST_TILE: Final = 1_000_000
_FIRST_SCENE: Final = 2_000_000
DRAFT_SCENES: Final = tuple(scene for scene in SceneId if scene not in PAID_ONLY_SCENES)


def tile_edge(number: int) -> int:
    """Of a tile, counted row by row from the top left."""
    return _FIRST_TILE + number


def scene_edge(scene: SceneId) -> int:
    """Of the small draft of a piece in a scene, under the hash of its reference."""
    return _FIRST_SCENE + DRAFT_SCENES.index(scene)


def tile_grid(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of tiles of a picture."""
    return -(-width // TILE), -(-height // TILE)
