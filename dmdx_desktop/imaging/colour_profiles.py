"""From the colours of a file to sRGB, by its embedded profile. Runs in picture processes.

Conversion is relative colorimetric with black point compensation: white stays white, colours that sRGB holds stay
exact, and shadows of print profiles keep their detail. Print pictures without a profile have no one right
appearance; they get the plain mix of inks that most viewers show.
"""

import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from PIL import Image, ImageChops, ImageCms

from dmdx_desktop.imaging.icc import srgb_profile

_REMEMBERED: Final = 32
_NAME_LENGTH: Final = 80
_SAME_WITHIN: Final = 1
_SPACES: Final = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
_PRECISION: Final = {
    "L": ImageCms.Flags.NOOPTIMIZE,
    "RGB": ImageCms.Flags.NONE,
    "RGBA": ImageCms.Flags.NONE,
    "CMYK": ImageCms.Flags.HIGHRESPRECALC,
}
"""Measured: enough for a level on RGB; grey needs all (it is applied once, to 256 values); inks need the finer grid."""
_DEVICE_CLASSES: Final = frozenset({"mntr", "scnr", "prtr", "spac"})


@dataclass(frozen=True, slots=True, eq=False)
class InSrgb:
    """``image`` is RGB or RGBA in sRGB; ``converted`` says whether its numbers changed on the way.

    ``profile_name`` is what the embedded profile calls itself, None without a usable profile.
    """

    image: Image.Image
    profile_name: str | None
    converted: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Conversion:
    """What to do with pictures of one profile and mode; nothing where their numbers are sRGB already."""

    name: str
    apply: Callable[[Image.Image], Image.Image] | None


class ColourConverter:
    """Converts pictures to sRGB and remembers the conversions of the profiles seen last. For one thread."""

    def __init__(self) -> None:
        self._srgb = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
        self._known: OrderedDict[tuple[bytes, str], _Conversion | None] = OrderedDict()

    def to_srgb(self, image: Image.Image, icc: bytes | None) -> InSrgb:
        """``image`` (L, LA, RGB, RGBA or CMYK, 8 bits a channel) in sRGB, as RGB or RGBA.

        ``icc`` is the embedded profile. One that is broken, or made for another kind of picture, is ignored as if
        it were not there.
        """
        if image.mode == "LA":
            grey = self.to_srgb(image.getchannel("L"), icc)
            grey.image.putalpha(image.getchannel("A"))
            return grey
        conversion = None if icc is None else self._conversion(icc, image.mode)
        if conversion is None:
            return InSrgb(_plain(image), None, converted=image.mode == "CMYK")
        if conversion.apply is None:
            return InSrgb(_plain(image), conversion.name, converted=False)
        return InSrgb(conversion.apply(image), conversion.name, converted=True)

    def _conversion(self, icc: bytes, mode: str) -> _Conversion | None:
        """The remembered or newly built conversion; None where the profile cannot be used for ``mode``."""
        key = (hashlib.sha256(icc).digest(), mode)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        conversion = self._built(icc, mode)
        self._known[key] = conversion
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return conversion

    def _built(self, icc: bytes, mode: str) -> _Conversion | None:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            facts = profile.profile
            if facts.xcolor_space.strip() != _SPACES[mode] or facts.device_class not in _DEVICE_CLASSES:
                return None
            transform = ImageCms.buildTransform(
                profile,
                self._srgb,
                mode,
                "RGBA" if mode == "RGBA" else "RGB",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION | _PRECISION[mode],
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return None
        return _Conversion(_name(profile), _conversion_by(transform, mode))


def _conversion_by(transform: ImageCms.ImageCmsTransform, mode: str) -> Callable[[Image.Image], Image.Image] | None:
    """How to apply ``transform``; None where it would change nothing worth the time and the rounding."""
    if mode == "CMYK":
        return lambda image: _transformed(image, transform)
    before = _plain(_chart(mode))
    after = _transformed(_chart(mode), transform)
    if _alike(before, after):
        return None
    if mode == "L":
        curve = list(after.getchannel("G").tobytes())
        return lambda image: image.point(curve).convert("RGB")
    return lambda image: _transformed(image, transform)


def _transformed(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    changed = ImageCms.applyTransform(image, transform)
    assert changed is not None  # only None when told to work in place
    changed.info.clear()
    return changed


def _alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether no channel of any pixel differs by more than a level."""
    differences = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getextrema()
    return all(high <= _SAME_WITHIN for _, high in cast("tuple[tuple[int, int], ...]", differences))


def _plain(image: Image.Image) -> Image.Image:
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _chart(mode: str) -> Image.Image:
    """All greys, or a lattice of 9 x 9 x 9 colours."""
    if mode == "L":
        return Image.frombytes("L", (256, 1), bytes(range(256)))
    steps = [*range(0, 256, 32), 255]
    lattice = bytes(part for red in steps for green in steps for blue in steps for part in (red, green, blue))
    return Image.frombytes("RGB", (len(steps) ** 2, len(steps)), lattice).convert(mode)


def _name(profile: ImageCms.ImageCmsProfile) -> str:
    """A profile's name fit to be shown: printable characters only, and not long."""
    try:
        description = profile.profile.profile_description or ""
    except ValueError:  # bytes that are no characters
        description = ""
    shown = "".join(character for character in description if character.isprintable()).strip()
    return shown[:_NAME_LENGTH] or "unnamed"
