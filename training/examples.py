"""Pictures with truth, read once and shown to the network in ever new ways: crops, tables, lights, noise.

Runs in the training process. A picture is uint8 (height, width, 4) with its own transparency, truth uint8
(height, width, 2) with coverage by metal and by stones.
"""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from training.network import BACKGROUNDS, COLOURS, KINDS, READING, TONES, VIEWS

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_MIRRORING: Final = 0.3
"""How many photographs get faces that mirror their table."""
UNSTATED: Final = -1
"""The label of a field that a picture says nothing about: it is not trained on."""
_TONE_OF: Final = {
    "yellow_gold": "yellow",
    "rose_gold": "rose",
    "white_gold": "white",
    "platinum": "white",
    "silver": "white",
}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One picture with its truth. Labels are places in the tuples of ``network``; colours are 0, 1 or UNSTATED each."""

    picture: Bytes
    truth: Bytes
    kind: int
    background: int
    tone: int
    view: int
    colours: tuple[int, ...]
    transparent: bool = False
    """Whether the picture brought its own transparency."""
    weight: float = 1.0
    """How often it is shown beside others: what is rare among the pictures, and hard, is shown more often."""

    @property
    def labels(self) -> dict[str, Any]:
        """What the network is to say of the picture, by field."""
        return {field: getattr(self, field) for field in READING}


@dataclass(frozen=True, slots=True, eq=False)
class Extent:
    """Which part of a whole picture some pixels are: where their rows and columns lie, -1 to 1 in all of it."""

    rows: Floats
    columns: Floats

    @classmethod
    def of_all(cls, shape: tuple[int, ...]) -> "Extent":
        """All of a picture of that height and width."""
        return cls(*(np.linspace(-1, 1, length, dtype=np.float32) for length in shape[:2]))


def read_examples(facts: Iterable[Path], longest: int) -> list[Example]:
    """The examples whose JSON files those are, none longer than that many pixels."""
    return [_read(path, longest) for path in facts]


def _read(path: Path, longest: int) -> Example:
    facts = json.loads(path.read_text(encoding="utf-8"))
    image, planes = Image.open(path.with_suffix(".png")).convert("RGBA"), Image.open(path.with_suffix(".truth.png"))
    if max(image.size) > longest:
        size = (round(image.width * longest / max(image.size)), round(image.height * longest / max(image.size)))
        image, planes = image.resize(size, Image.Resampling.BOX), planes.resize(size, Image.Resampling.BOX)
    picture, truth = np.asarray(image), np.asarray(planes)[..., :2]
    tone = TONES.index(_TONE_OF[facts["metal"]]) if facts["shows_metal"] else TONES.index("hidden")
    covered = truth.astype(np.float32).sum((0, 1))
    if facts["metal2"] is not None or covered[0] < 0.08 * covered.sum():
        tone = UNSTATED
    background = facts["background"]
    return Example(
        picture=picture,
        truth=np.ascontiguousarray(truth),
        kind=KINDS.index(facts["kind"]),
        background=BACKGROUNDS.index(background) if background in BACKGROUNDS else UNSTATED,
        tone=tone,
        view=VIEWS.index(facts["view"]),
        transparent=bool((picture[..., 3] < 255).any()),
        colours=_colours(facts),
        weight=_weight(facts),
    )


def _weight(facts: dict[str, Any]) -> float:
    """Photographs are harder than drawings, pearls and clay are rare, and plain bands mirror more than they show."""
    weight = 1.6 if facts["kind"] == "photo" else 1.0
    weight *= 1.8 if facts["family"] in ("pearl_strand", "drops", "assembled") else 1.0
    weight *= 1.5 if facts["family"] in ("band", "bangle", "signet", "hoops") and facts["kind"] == "photo" else 1.0
    return weight * (2.0 if facts["look"] == "cadr" else 1.0)


def _colours(facts: dict[str, Any]) -> tuple[int, ...]:
    if not facts["shows_metal"] or facts["colours"] is None:
        return (UNSTATED,) * len(COLOURS)
    return tuple(int(colour in facts["colours"]) for colour in COLOURS)


def enlarged(example: Example, chance: np.random.Generator) -> Example:
    """A photograph as studios deliver it, made larger and sharpened; other pictures as they are."""
    if example.kind != KINDS.index("photo") or chance.random() < 0.4:
        return example
    factor = chance.uniform(1.2, 1.5)
    size = (round(example.picture.shape[1] * factor), round(example.picture.shape[0] * factor))
    picture = Image.fromarray(example.picture).resize(size, Image.Resampling.LANCZOS)
    if chance.random() < 0.8:
        picture = picture.filter(ImageFilter.UnsharpMask(1.2, int(chance.integers(40, 80)), 1))
    truth = [Image.fromarray(example.truth[..., part]).resize(size, Image.Resampling.BICUBIC) for part in (0, 1)]
    return replace(example, picture=np.asarray(picture), truth=np.stack([np.asarray(part) for part in truth], -1))


def small_of(example: Example, longest: int) -> Example:
    """The same example, that many pixels long or less."""
    factor = longest / max(example.truth.shape)
    if factor >= 1.0:
        return example
    size = (max(8, round(example.truth.shape[1] * factor)), max(8, round(example.truth.shape[0] * factor)))
    picture = Image.fromarray(example.picture).resize(size, Image.Resampling.BOX)
    truth = [Image.fromarray(example.truth[..., part]).resize(size, Image.Resampling.BOX) for part in (0, 1)]
    return replace(example, picture=np.asarray(picture), truth=np.stack([np.asarray(part) for part in truth], -1))


def varied(example: Example, chance: np.random.Generator, extent: Extent | None = None) -> Example:
    """The same piece in another light: on another table, of another metal, blurred, compressed. Shapes stay.

    ``extent`` says which part of a whole picture the example is. The same chance makes the same of a part and of the
    whole, but for noise and the grain of busy tables.
    """
    extent = extent or Extent.of_all(example.truth.shape)
    background, tone, colours = example.background, example.tone, example.colours
    truth = np.minimum(_as_light(example.truth), 1.0)
    share = np.minimum(truth.sum(-1, keepdims=True), 1.0)
    light = _as_light(example.picture[..., :3])
    if example.transparent:
        alpha = _as_light(example.picture[..., 3:])
        light = light * alpha + _table(chance, extent) * (1 - alpha)
        background = UNSTATED
    elif chance.random() < 0.35:
        light, background = _other_table(light, share, background, chance, extent)
    drawn = example.kind == KINDS.index("sketch")
    if chance.random() < _MIRRORING and example.kind == KINDS.index("photo"):
        light = _mirroring_its_table(light, truth, int(chance.integers(2**62)))
    if chance.random() < 0.15 and not drawn:
        light, tone = _tinted(light, truth[..., :1], chance.uniform(0.6, 1.15, 3)), UNSTATED
    if chance.random() < 0.15 and not drawn:
        light = _tinted(light, truth[..., 1:], chance.uniform(0.25, 1.25, 3))
        colours = (UNSTATED,) * len(COLOURS)
    light = _exposed(light, chance)
    if chance.random() < 0.02 and not drawn:
        light = np.repeat(light.mean(-1, keepdims=True), 3, axis=-1)
        background, tone, colours = UNSTATED, UNSTATED, (UNSTATED,) * len(COLOURS)
    light = _worn(light, chance)
    picture = np.full((*light.shape[:2], 4), 255, np.uint8)
    picture[..., :3] = np.rint(np.clip(light, 0, 1) * 255)
    return replace(example, picture=picture, transparent=False, background=background, tone=tone, colours=colours)


def _mirroring_its_table(light: Floats, truth: Floats, seed: int) -> Floats:
    """Polished metal of which some faces, in the large, have the colour of the table: that is what they mirror.

    Only the shape of the whole piece tells such a face from an opening, and a bay of it from what lies beside.
    """
    chance = np.random.default_rng(seed)
    metal, behind = truth[..., 0], light[truth.max(-1) < 0.02]
    if len(behind) < 100:
        return light
    table = behind[chance.integers(len(behind), size=64)].mean(0) * np.float32(chance.uniform(0.85, 1.1))
    cells = chance.random((int(chance.integers(2, 7)), int(chance.integers(2, 7))), dtype=np.float32)
    size = (metal.shape[1], metal.shape[0])
    noise = np.asarray(Image.fromarray(cells).resize(size, Image.Resampling.BICUBIC))
    steep = np.float32(chance.uniform(4, 25))
    face = np.clip((noise - np.float32(chance.uniform(0.55, 0.8))) * steep, 0, 1)
    share = (face * np.float32(chance.uniform(0.6, 1.0)) * (metal > 0.5) * metal)[..., None]
    return np.asarray(np.clip(light * (1 - share) + table * share, 0, 1), np.float32)


def _tinted(light: Floats, share: Floats, factor: NDArray[np.float64]) -> Floats:
    """What has that share in a pixel multiplied by a colour: gold may become silver, and a sapphire an emerald."""
    return np.asarray(np.clip(light * (1 + share * (factor.astype(np.float32) - 1)), 0, 1), np.float32)


def _as_light(values: Bytes) -> Floats:
    return np.asarray(values, np.float32) / np.float32(255)


def _other_table(
    light: Floats, share: Floats, background: int, chance: np.random.Generator, extent: Extent
) -> tuple[Floats, int]:
    """Everything behind the piece multiplied by another colour or pattern; shadows stay shadows."""
    label = UNSTATED
    if chance.random() < 0.45:
        factor = np.asarray(chance.uniform(0.45, 1.5) * chance.uniform(0.85, 1.15, 3), np.float32)
        if BACKGROUNDS[background] in ("grid", "paper", "busy"):
            label = background
    elif chance.random() < 0.5:
        factor = _fall(chance, extent)
    else:
        factor = _pattern(chance, light.shape[:2])
        label = BACKGROUNDS.index("busy")
    behind = np.clip(light * factor, 0, 1)
    return np.asarray(light * share + behind * (1 - share), np.float32), label


def _table(chance: np.random.Generator, extent: Extent) -> Floats:
    """What a transparent piece is shown on: one colour, or a fall of light."""
    colour = np.asarray(chance.uniform(0, 1) * chance.uniform(0.8, 1.2, 3), np.float32)
    return np.clip(colour * _fall(chance, extent), 0, 1).astype(np.float32)


def _fall(chance: np.random.Generator, extent: Extent) -> Floats:
    """Light falling off to one side, about 1 in the middle."""
    y, x = extent.rows[:, None], extent.columns[None]
    angle, depth = chance.uniform(0, 2 * np.pi), chance.uniform(0, 0.45)
    return (1 + depth * (x * np.cos(angle) + y * np.sin(angle)))[..., None].astype(np.float32)


def _pattern(chance: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """A busy table: stretched noise of several sizes, or stripes and patches, in two colours."""
    plane = np.zeros(shape, np.float32)
    stretch = chance.choice([1.0, 1.0, 4.0, 10.0])
    for cells in (3, 8, 20, 60):
        size = (max(2, int(cells * stretch)), max(2, cells))
        grid = chance.random(size, dtype=np.float32)
        plane += np.asarray(Image.fromarray(grid).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)) / cells**0.5
    plane = (plane - plane.mean()) / (plane.std() + 1e-6)
    if chance.random() < 0.3:
        plane = np.tanh(plane * 4)
    colours = chance.uniform(-0.35, 0.35, 3) * chance.uniform(0.4, 1)
    tint = chance.uniform(0.5, 1.3) * chance.uniform(0.85, 1.15, 3)
    return np.clip(tint * (1 + plane[..., None] * colours), 0.02, 2.5).astype(np.float32)


def _exposed(light: Floats, chance: np.random.Generator) -> Floats:
    """Exposure, contrast and white balance as cameras get them slightly wrong."""
    if chance.random() < 0.3:
        return light
    gain = chance.uniform(0.85, 1.15) * chance.uniform(0.97, 1.03, 3)
    gamma = chance.uniform(0.82, 1.2)
    return np.clip(np.clip(light * gain, 0, 1) ** gamma, 0, 1).astype(np.float32)


def _worn(light: Floats, chance: np.random.Generator) -> Floats:
    """Sharpened, blurred, noisy, compressed: what happens to pictures on their way."""
    draw = chance.random()
    if draw < 0.4:
        image = Image.fromarray(np.rint(np.clip(light, 0, 1) * 255).astype(np.uint8))
        if draw < 0.12:
            image = image.filter(ImageFilter.UnsharpMask(1.2, int(chance.integers(30, 110)), 1))
        elif draw < 0.2:
            image = image.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.4, 1.2))))
        if draw > 0.1:
            packed = io.BytesIO()
            image.save(packed, "JPEG", quality=int(chance.integers(55, 95)))
            image = Image.open(packed)
        light = np.asarray(image, np.float32) / np.float32(255)
    if chance.random() < 0.2:
        light = light + chance.normal(0, chance.uniform(0.003, 0.02), light.shape).astype(np.float32)
    return light


def invented(chance: np.random.Generator, side: int) -> Example:
    """A picture with no jewellery, or a plain shape on a plain table: what is no background is the piece."""
    ground = _table(chance, Extent.of_all((side, side)))
    if chance.random() < 0.25:
        ground = np.clip(ground * _pattern(chance, (side, side)), 0, 1).astype(np.float32)
    truth = np.zeros((side, side, 2), np.uint8)
    if chance.random() < 0.6:
        shape, ground = _shape_on(ground, chance)
        truth[..., 0] = shape
    light = _worn(ground, chance)
    picture = np.full((side, side, 4), 255, np.uint8)
    picture[..., :3] = np.rint(np.clip(light, 0, 1) * 255)
    return Example(picture, truth, UNSTATED, UNSTATED, UNSTATED, UNSTATED, (UNSTATED,) * len(COLOURS))


def _shape_on(ground: Floats, chance: np.random.Generator) -> tuple[Bytes, Floats]:
    from PIL import ImageDraw

    side = ground.shape[0]
    large = Image.new("L", (2 * side, 2 * side), 0)
    draw = ImageDraw.Draw(large)
    x, y = chance.uniform(0.3, 0.7, 2) * 2 * side
    half = chance.uniform(0.08, 0.3, 2) * 2 * side
    box = (x - half[0], y - half[1], x + half[0], y + half[1])
    hole = chance.uniform(0.5, 0.9)
    inner = (x - hole * half[0], y - hole * half[1], x + hole * half[0], y + hole * half[1])
    if chance.random() < 0.5:
        draw.ellipse(box, fill=255)
        if chance.random() < 0.6:
            draw.ellipse(inner, fill=0)
    else:
        draw.rectangle(box, fill=255)
    shape = np.asarray(large.rotate(chance.uniform(0, 90)).resize((side, side), Image.Resampling.BOX))
    colour = np.asarray(chance.uniform(0, 1, 3), np.float32)
    if np.abs(colour - ground[side // 2, side // 2]).max() < 0.12:
        return np.zeros_like(shape), ground
    share = (shape.astype(np.float32) / 255)[..., None]
    shade = np.clip(colour * _fall(chance, Extent.of_all((side, side))), 0, 1)
    return shape, np.asarray(ground * (1 - share) + shade * share, np.float32)
