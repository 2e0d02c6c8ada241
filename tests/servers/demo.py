"""The program with servers on this computer in the place of the paid ones: `python dev.py run --demo`.

A process of its own beside the program: each server on a thread, its pictures made by the draft renderer and marked.
Everything lies in a basedir of its own in the user's temporary folder unless another is named.
"""

import base64
import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dmdx_desktop.config import resources_folder
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.studio_operations import StudioOperations
from dmdx_desktop.models.choices import PAID_ONLY_SCENES, RecipeMetal, SceneId, Shape
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.prompt_phrases import METAL_CUES, SCENES
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import Metal
from dmdx_desktop.services.vision_form import PIECE_FACTS, STONE_FACTS
from tests.servers.openrouter import MODELS, OpenRouterServer
from tests.servers.painted import asked_size
from tests.servers.r2 import R2Server
from tests.servers.wavespeed import WaveSpeedServer
from tests.servers.wavespeed_faults import WaveSpeedFaults

MARK = "DEMONSTRATION"
BALANCE_MICRO_USD = 25_000_000
SECONDS_A_PICTURE = 2.0
MIDDLE_GREY = 128
DARKER, LIGHTER = 0.72, 70
FAINT = 110


class Studio:
    """The embedded eye and hand behind the servers; one picture at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._operations = StudioOperations(resources_folder(), Bounds(), ColourConverter())
        self._one = threading.Lock()

    def paint(self, inputs: Mapping[str, object], pictures: list[bytes]) -> bytes:
        """A draft of the first reference as the prompt asks for it, with a mark that says what it is."""
        width, height = asked_size(inputs)
        prompt = str(inputs.get("prompt", ""))
        variant = Variant(
            scene=_scene_in(prompt), metal=_metal_in(prompt), shape=_shape_of(width, height), size=max(width, height)
        )
        digest = hashlib.sha256(pictures[0]).hexdigest()
        with self._one:
            source, target = self._folder / f"{digest}.jpg", self._folder / f"{digest}.png"
            source.write_bytes(pictures[0])
            asked = {
                "path": str(source),
                "sha256": digest,
                "to": str(target),
                "variant": variant.model_dump(mode="json"),
                "piece": Piece().model_dump(mode="json"),
                "seed": 1,
                "created_at": int(time.time() * 1000),
                "title": MARK,
            }
            self._operations.draft(asked)
            return _marked(target)

    def look(self, body: object) -> Mapping[str, object]:
        """The reading of this computer, as a vision model would fill in the form."""
        address = _picture_in(body)
        content = base64.b64decode(address.partition(",")[2])
        digest = hashlib.sha256(content).hexdigest()
        with self._one:
            source = self._folder / f"{digest}.jpg"
            source.write_bytes(content)
            try:
                answer = self._operations.measure({"path": str(source), "sha256": digest})
                piece = Piece.model_validate(answer.values["piece"])
            except DmdxError:
                piece = Piece()
        return {
            **{name: _said(getattr(piece, name)) for name in PIECE_FACTS},
            "pieces": _said(piece.pieces),
            "stones": [
                {
                    **{name: _said(getattr(stone, name)) for name in STONE_FACTS},
                    "count": _said(stone.count),
                    "prongs": _said(stone.prongs),
                }
                for stone in piece.stones
            ],
        }


def main(arguments: Sequence[str]) -> int:
    """Start the servers, then the program with its keys in its environment; ends with the program."""
    with tempfile.TemporaryDirectory(prefix="dmdx-demo-") as name:
        studio = Studio(Path(name))
        faults = WaveSpeedFaults(seed=1)
        faults.seconds_until_done = SECONDS_A_PICTURE
        with (
            WaveSpeedServer(balance_micro_usd=BALANCE_MICRO_USD, faults=faults, render=studio.paint) as wavespeed,
            OpenRouterServer() as openrouter,
            R2Server() as storage,
        ):
            openrouter.look = studio.look
            environment = {
                **os.environ,
                "DMDX_DEMONSTRATION": "1",
                "DMDX_WAVESPEED_URL": wavespeed.origin,
                "DMDX_WAVESPEED_KEY": wavespeed.key,
                "DMDX_OPENROUTER_URL": openrouter.url,
                "DMDX_OPENROUTER_KEY": openrouter.key,
                "DMDX_OPENROUTER_MODEL": str(MODELS[0]["id"]),
                "DMDX_R2_ENDPOINT": storage.endpoint,
                "DMDX_R2_BUCKET": storage.bucket,
                "DMDX_R2_ACCESS_KEY_ID": storage.access_key_id,
                "DMDX_R2_SECRET_ACCESS_KEY": storage.secret_access_key,
            }
            basedir = () if "--basedir" in arguments else ("--basedir", str(Path(name) / "library"))
            command = [sys.executable, "-P", "-m", "dmdx_desktop", *basedir, *arguments]
            try:
                return subprocess.run(command, env=environment, check=False).returncode
            except KeyboardInterrupt:
                return 130


def _scene_in(prompt: str) -> SceneId:
    plain = [scene for scene in SceneId if scene not in PAID_ONLY_SCENES]
    return next((scene for scene in plain if SCENES[scene] in prompt), SceneId.SOFT_GREY)


def _metal_in(prompt: str) -> RecipeMetal:
    metals = [metal for metal in RecipeMetal if metal is not RecipeMetal.AS_REFERENCE]
    return next((metal for metal in metals if METAL_CUES[Metal(metal.value)] in prompt), RecipeMetal.AS_REFERENCE)


def _shape_of(width: int, height: int) -> Shape:
    def share(shape: Shape) -> float:
        one, other = shape.value.split(":")
        return int(one) / int(other)

    return min(Shape, key=lambda shape: abs(share(shape) - width / height))


def _marked(path: Path) -> bytes:
    """Says what the picture is, in a shade of its background: what compares pictures took a plate for the piece."""
    with Image.open(path) as opened:
        picture = opened.convert("RGBA")
    font = ImageFont.truetype(
        sorted((resources_folder() / "fonts").glob("Inter*.ttf"))[0], max(16, picture.width // 36)
    )
    red, green, blue, opacity = _pixel(picture, 4, 4)
    is_bright = (red + green + blue) / 3 > MIDDLE_GREY
    ink = tuple(round(level * DARKER) if is_bright else level + LIGHTER for level in (red, green, blue))
    margin = picture.width // 50
    drawing = ImageDraw.Draw(picture, "RGBA")
    drawing.text((margin, picture.height - margin), MARK, font=font, fill=(*ink, opacity or FAINT), anchor="ls")
    picture.save(path, "PNG", compress_level=1)
    return path.read_bytes()


def _pixel(picture: Image.Image, x: int, y: int) -> tuple[int, int, int, int]:
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    red, green, blue, alpha = (round(level) for level in found)
    return red, green, blue, alpha


def _said(fact: object) -> dict[str, object]:
    return {"value": getattr(fact, "value", None), "confidence": float(getattr(fact, "confidence", 0.0))}


def _picture_in(body: object) -> str:
    messages = body["messages"] if isinstance(body, dict) else []
    parts = [part for message in messages for part in message["content"] if isinstance(part, dict)]
    return next(str(part["image_url"]["url"]) for part in parts if part.get("type") == "image_url")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
