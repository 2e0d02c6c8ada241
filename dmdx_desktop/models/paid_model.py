"""Models of a paid service: what they take, and how a picture of ours is asked of them. Pure; any process and thread.

A model is driven by its own schema: only inputs that it names are sent, for a service may drop what it does not know
without a word, make the picture with its defaults and charge for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.models.recipe import ASPECTS, Variant, output_size

PROMPT, IMAGE, IMAGES = "prompt", "image", "images"
FILLED: Final = frozenset(
    {PROMPT, IMAGE, IMAGES, "aspect_ratio", "resolution", "size", "seed", "output_format", "num_images", "max_images",
     "enable_sync_mode", "enable_base64_output"}
)  # fmt: skip
"""The inputs that are filled in here; a model that requires any other is not offered."""
RESOLUTIONS: Final = {"0.5k": 512, "1k": 1024, "1.5k": 1536, "2k": 2048, "4k": 4096, "8k": 8192}
FORMATS: Final = ("png", "webp", "jpeg")
USUAL_SMALLEST, USUAL_LARGEST = 256, 4096
LARGEST_SEED: Final = 2**31 - 1
MOST_IMAGES: Final = 14


@dataclass(frozen=True, slots=True)
class Input:
    """What a schema says of one input."""

    type: str
    choices: tuple[object, ...] = ()
    default: object = None
    minimum: float | None = None
    maximum: float | None = None
    most_items: int | None = None
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class PaidModel:
    """A model of a service. ``base_price_micro_usd`` is where its prices begin; the exact one is asked for."""

    id: str
    kind: str
    inputs: Mapping[str, Input]
    required: frozenset[str]
    base_price_micro_usd: int | None = None

    @property
    def makes_pictures_from_pictures(self) -> bool:
        """Whether it can make one picture from references and a prompt, with the inputs that are filled in here."""
        if self.kind != "image-to-image" or PROMPT not in self.inputs:
            return False
        if not {IMAGE, IMAGES} & self.inputs.keys() or not self.required <= FILLED:
            return False
        return all(_allows_one(self.inputs[name]) for name in ("num_images", "max_images") if name in self.inputs)

    @property
    def most_references(self) -> int:
        """How many references it looks at."""
        if IMAGES not in self.inputs:
            return 1
        return min(self.inputs[IMAGES].most_items or MOST_IMAGES, MOST_IMAGES)


@dataclass(frozen=True, slots=True)
class Curated:
    """A model that is recommended, under a plain name."""

    id: str
    name: str
    words: str


CURATED: Final = (
    Curated("google/nano-banana-pro/edit", "Nano Banana Pro", "Truest to stones and settings, up to 4K"),
    Curated("google/nano-banana-2/edit", "Nano Banana 2", "Nearly as true, half the price"),
    Curated("bytedance/seedream-v4.5/edit", "Seedream 4.5", "Soft light and skin, up to 4K"),
    Curated("openai/gpt-image-2/edit", "GPT Image 2", "Careful with scenes and text"),
    Curated("wavespeed-ai/qwen-image/edit-2511", "Qwen Image", "Quick and cheap, for trying things"),
)


def name_of(model_id: str) -> str:
    """The plain name of a model, or its id."""
    return next((one.name for one in CURATED if one.id == model_id), model_id)


def inputs_for(
    model: PaidModel, *, prompt: str, references: Sequence[str], variant: Variant, seed: int
) -> dict[str, object]:
    """The inputs of one request, in the model's own terms. Raises ``DmdxError``: prompt_too_long.

    ``references`` are addresses in the order the prompt speaks of them; those it does not look at are left out.
    """
    known = model.inputs
    longest = known[PROMPT].longest
    if longest is not None and len(prompt) > longest:
        raise DmdxError(
            "prompt_too_long",
            "The prompt is too long for this engine.",
            f"It takes {longest:,} characters, and this one has {len(prompt):,}.",
            "Shorten the prompt, or choose another engine.",
        )
    sent: dict[str, object] = {PROMPT: prompt}
    if IMAGES in known:
        sent[IMAGES] = list(references[: model.most_references])
    elif IMAGE in known:
        sent[IMAGE] = references[0]
    chosen: dict[str, Callable[[Input], object]] = {
        "aspect_ratio": lambda one: _ratio(one, variant),
        "resolution": lambda one: _resolution(one, variant.size),
        "size": lambda one: _size(one, variant),
        "seed": lambda one: _seed(one, seed),
        "output_format": _format,
        "num_images": lambda one: 1,
        "max_images": lambda one: 1,
        "enable_sync_mode": lambda one: False,
        "enable_base64_output": lambda one: False,
    }
    for name, choose in chosen.items():
        if name in known and (value := choose(known[name])) is not None:
            sent[name] = value
    return sent


def _allows_one(one: Input) -> bool:
    low, high = one.minimum if one.minimum is not None else 1, one.maximum if one.maximum is not None else 1
    return low <= 1 <= high and (not one.choices or 1 in one.choices)


def _ratio(one: Input, variant: Variant) -> str | None:
    """The ratio asked for, or the nearest that the model has."""
    if not one.choices:
        return variant.shape.value
    width, height = ASPECTS[variant.shape]
    known = [choice for choice in one.choices if isinstance(choice, str) and _parts(choice, ":") is not None]
    return min(known, key=lambda choice: abs(_share(choice, ":") - width / height), default=None)


def _resolution(one: Input, size: int) -> str | None:
    """The smallest of its resolutions that is large enough, else its largest."""
    known = [choice for choice in one.choices if isinstance(choice, str) and choice.lower() in RESOLUTIONS]
    enough = [choice for choice in known if RESOLUTIONS[choice.lower()] >= size]
    if enough:
        return min(enough, key=lambda choice: RESOLUTIONS[choice.lower()])
    return max(known, key=lambda choice: RESOLUTIONS[choice.lower()], default=None)


def _size(one: Input, variant: Variant) -> str | None:
    """ "W*H" within its bounds, which hold for each side; of a list the one of the nearest shape."""
    width, height = output_size(variant.shape, variant.size)
    if one.choices:
        known = [choice for choice in one.choices if isinstance(choice, str) and _parts(choice, "*") is not None]
        return min(known, key=lambda choice: abs(_share(choice, "*") - width / height), default=None)
    smallest, largest = one.minimum or USUAL_SMALLEST, one.maximum or USUAL_LARGEST
    scale = min(largest / max(width, height), max(1.0, smallest / min(width, height)))
    # Where no picture of this shape is within the bounds, the bounds hold: what is outside is not taken at all.
    across, down = (round(min(max(side * scale, smallest), largest)) for side in (width, height))
    return f"{across}*{down}"


def _seed(one: Input, seed: int) -> int:
    low = max(0, int(one.minimum or 0))
    high = min(LARGEST_SEED, int(one.maximum)) if one.maximum is not None and one.maximum > 0 else LARGEST_SEED
    return low + seed % max(1, high - low)


def _format(one: Input) -> str | None:
    """What keeps most; a JPEG only where there is nothing else."""
    return next((choice for choice in FORMATS if choice in one.choices), None)


def _parts(text: str, sign: str) -> tuple[float, float] | None:
    parts = text.split(sign)
    if len(parts) != 2 or not all(part.strip().isdigit() and int(part) for part in parts):
        return None
    return float(parts[0]), float(parts[1])


def _share(text: str, sign: str) -> float:
    parts = _parts(text, sign)
    return parts[0] / parts[1] if parts else 0.0
