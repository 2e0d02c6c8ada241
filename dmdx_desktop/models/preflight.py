"""What would go wrong with images in a channel, what is mended on the way out, and what only the designer can mend.

Pure; any process and thread. Words are for the screen: one line for each matter, with the number of images first.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.models.channel import Wants
from dmdx_desktop.models.treatment import LOWEST_QUALITY, FileFormat, Ground, Treatment

SAME_FILL: Final = 0.03
"""Closer than this to the wanted share of the frame, nobody sees a difference."""
QUALITY_OF_TRIAL: Final = 90
MUCH_PER_QUALITY: Final = 1.055
"""How much larger a JPEG file of jewellery gets with each step of quality near the top."""
WEBP_SHARE: Final = 0.65


class Verdict(StrEnum):
    """Whether a matter is mended by the export, is for the designer to mend, or is only to be known."""

    MENDED = "mended"
    OPEN = "open"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ImageLook:
    """What is known of one image. ``edge`` is empty where its pixels could not be looked at."""

    width: int
    height: int
    file_bytes: int
    is_draft: bool
    edge: str = ""
    fill: float | None = None
    bits_per_pixel: float = 0.0

    @property
    def has_plain_ground(self) -> bool:
        """Whether the piece can be told from what is behind it."""
        return self.edge in ("clear", "pure_white", "near_white", "even")


@dataclass(frozen=True, slots=True)
class Finding:
    """One matter, and how many images it concerns."""

    verdict: Verdict
    images: int
    words: str


def preflight(images: Sequence[ImageLook], treatment: Treatment | None, wants: Wants) -> tuple[Finding, ...]:
    """Every matter there is, the open ones first."""
    found = [*_about_drafts(images, wants)]
    if treatment is None:
        found += _about_originals(images, wants)
    else:
        found += [
            *_about_size(images, treatment, wants),
            *_about_ground(images, treatment, wants),
            *_about_shape(images, treatment, wants),
            *_about_fill(images, treatment),
            *_about_bytes(images, treatment),
            *_about_text(images, treatment, wants),
        ]
    order = list(Verdict)
    return tuple(sorted(found, key=lambda finding: (finding.verdict is not Verdict.OPEN, order.index(finding.verdict))))


def file_size(image: ImageLook, treatment: Treatment | None) -> int:
    """About how many bytes the file of an image will have."""
    if treatment is None:
        return image.file_bytes
    width, height = size_in_pixels(image, treatment)
    if not treatment.format.is_lossy:
        return round(image.file_bytes * width * height / (image.width * image.height))
    share = WEBP_SHARE if treatment.format is FileFormat.WEBP else 1.0
    steps = treatment.quality - QUALITY_OF_TRIAL
    size = image.bits_per_pixel / 8 * width * height * share * MUCH_PER_QUALITY**steps
    return round(size if treatment.max_bytes is None else min(size, treatment.max_bytes))


def size_in_pixels(image: ImageLook, treatment: Treatment) -> tuple[int, int]:
    """About the width and height of the file of an image."""
    width, height = float(image.width), float(image.height)
    if treatment.shape is not None:
        aspect = treatment.shape[0] / treatment.shape[1]
        width = max(width, height * aspect)
        height = width / aspect
    if treatment.fill is not None and image.fill is not None:
        width, height = width * image.fill / treatment.fill, height * image.fill / treatment.fill
    return treatment.frame(width, height)


def _about_drafts(images: Sequence[ImageLook], wants: Wants) -> Iterable[Finding]:
    drafts = _count(images, lambda image: image.is_draft)
    if drafts and not wants.drafts:
        yield Finding(
            Verdict.OPEN,
            drafts,
            f"{_images(drafts)} {_said(drafts, 'is', 'are')} computer-made: this channel wants photographs",
        )
    elif drafts:
        yield Finding(
            Verdict.NOTE,
            drafts,
            _said(
                drafts,
                "1 image is a draft and says so in its file",
                f"{_images(drafts)} are drafts; their files say so",
            ),
        )


def _about_originals(images: Sequence[ImageLook], wants: Wants) -> Iterable[Finding]:
    if wants.least_side is not None:
        least = wants.least_side
        yield from _open(
            _count(images, lambda image: max(image.width, image.height) < least),
            f"smaller than the {least} px wanted here",
        )


def _about_size(images: Sequence[ImageLook], treatment: Treatment, wants: Wants) -> Iterable[Finding]:
    sides = [max(size_in_pixels(image, treatment)) for image in images]
    least = wants.least_side or 0
    too_small = sum(side < least for side in sides)
    if too_small:
        yield Finding(
            Verdict.OPEN,
            too_small,
            f"{_images(too_small)} {_said(too_small, 'comes', 'come')} out smaller than the {least} px wanted here:"
            " make larger ones",
        )
    size = treatment.size or 0
    smaller = sum(least <= side < size for side in sides)
    if smaller:
        yield Finding(
            Verdict.NOTE,
            smaller,
            f"{_images(smaller)} {_said(smaller, 'has', 'have')} fewer than {size} px"
            f" and {_said(smaller, 'stays', 'stay')} so",
        )


def _about_ground(images: Sequence[ImageLook], treatment: Treatment, wants: Wants) -> Iterable[Finding]:
    white = treatment.ground is Ground.WHITE
    clear = _count(images, lambda image: image.edge == "clear")
    if clear and (white or not treatment.format.keeps_transparency):
        yield Finding(Verdict.MENDED, clear, f"{_images(clear)} without a ground {_said(clear, 'goes', 'go')} on white")
    near = _count(images, lambda image: image.edge == "near_white")
    if near and white:
        yield Finding(Verdict.MENDED, near, f"The ground of {_images(near)} is nearly white: it becomes pure white")
    if wants.white or white:
        kept = 0 if white else near
        coloured = _count(images, lambda image: image.edge in ("even", "busy")) + kept
        if coloured:
            yield Finding(
                Verdict.OPEN,
                coloured,
                f"The ground of {_images(coloured)} is not white:"
                f" make {_said(coloured, 'it', 'them')} in the scene White",
            )


def _about_shape(images: Sequence[ImageLook], treatment: Treatment, wants: Wants) -> Iterable[Finding]:
    if treatment.shape is None:
        if wants.square:
            uneven = _count(images, lambda image: image.width != image.height)
            yield from _open(uneven, "not square, as wanted here: choose the shape 1:1")
        return
    wide, high = treatment.shape
    others = [image for image in images if image.width * high != image.height * wide]
    plain = sum(image.has_plain_ground for image in others)
    if plain:
        yield Finding(
            Verdict.MENDED, plain, f"{_images(plain)} {_said(plain, 'gets', 'get')} room around to be {wide}:{high}"
        )
    seen = len(others) - plain
    if seen:
        yield Finding(
            Verdict.NOTE,
            seen,
            f"{_images(seen)} {_said(seen, 'gets', 'get')} a margin of one colour to be {wide}:{high}, which shows",
        )


def _about_fill(images: Sequence[ImageLook], treatment: Treatment) -> Iterable[Finding]:
    if treatment.fill is None:
        return
    wanted = treatment.fill
    unknown = _count(images, lambda image: image.fill is None)
    others = _count(images, lambda image: image.fill is not None and abs(image.fill - wanted) > SAME_FILL)
    if others:
        yield Finding(Verdict.MENDED, others, f"{_images(others)}: the piece is set to fill {wanted * 100:.0f} %")
    if unknown:
        yield Finding(
            Verdict.NOTE, unknown, f"{_images(unknown)}: the piece stays as large as it is, its ground is not plain"
        )


def _about_bytes(images: Sequence[ImageLook], treatment: Treatment) -> Iterable[Finding]:
    most = treatment.max_bytes
    if most is None:
        return
    unbound = treatment.model_copy(update={"max_bytes": None})
    large = _count(images, lambda image: file_size(image, unbound) > most)
    worst = unbound.model_copy(update={"quality": LOWEST_QUALITY})
    hopeless = _count(images, lambda image: file_size(image, worst) > most)
    if large - hopeless:
        count = large - hopeless
        yield Finding(Verdict.MENDED, count, f"{_images(count)} over {_megabytes(most)}: the quality is lowered to fit")
    yield from _open(hopeless, f"larger than {_megabytes(most)} at any quality: choose a smaller size")


def _about_text(images: Sequence[ImageLook], treatment: Treatment, wants: Wants) -> Iterable[Finding]:
    if treatment.watermark is not None and not wants.text and images:
        words = "This channel refuses images with text on them: leave the watermark off"
        yield Finding(Verdict.OPEN, len(images), words)


def _count(images: Sequence[ImageLook], test: Callable[[ImageLook], bool]) -> int:
    return sum(map(test, images))


def _open(count: int, words: str) -> Iterable[Finding]:
    if count:
        yield Finding(Verdict.OPEN, count, f"{_images(count)} {_said(count, 'is', 'are')} {words}")


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count:,} images"


def _said(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"
