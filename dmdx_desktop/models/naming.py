"""Names for files and for screens, made of text that came from outside. Pure; any process and thread.

Rules of names that every desktop system accepts: Microsoft's list of reserved device names and characters, 255 bytes a
name on Linux, one spelling of accented letters (NFC) for macOS.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

from dmdx_desktop.errors import UsageError

DEFAULT_TEMPLATE: Final = "{title}_{metal}_{scene}_{nn}.png"
TEMPLATE_WORDS: Final = ("title", "metal", "scene", "shot", "shape", "size", "engine", "sku", "type", "stone", "nn")
NAME_BYTES: Final = 180

_UNLIMITED: Final = 1 << 20
_SHORTEST_TITLE: Final = 16
_FALLBACK_NAME: Final = "piece"
_RESERVED_NAMES: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}
)
_RESERVED_CHARACTERS: Final = re.compile(r'[<>:"/\\|?*]+')
_GAPS: Final = re.compile(r"\s+")
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_PICTURE_ENDING: Final = re.compile(r"\.(?:png|jpe?g|webp|tiff?|pdf)\Z", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")

# Control characters and unassigned, private or half ones have no business in a name. Format characters are invisible:
# zero-width ones make two names look alike, and directional ones make a name read backwards.
_UNSHOWABLE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def safe_file_name(text: str, limit_bytes: int = NAME_BYTES) -> str:
    """``text`` as one file name that every desktop system accepts: never empty, a path, reserved or hidden.

    At most ``limit_bytes`` bytes of UTF-8, which are 16 or more; a short extension survives shortening. A safe name
    comes back unchanged.
    """
    shown = "".join(" " if _is_gap(character) else character for character in text if not _is_invisible(character))
    name = unicodedata.normalize("NFC", shown)
    name = _GAPS.sub(" ", _RESERVED_CHARACTERS.sub("-", name))
    name = _shortened(_trimmed(name) or _FALLBACK_NAME, limit_bytes)
    return f"_{_shortened(name, limit_bytes - 1)}" if _is_reserved(name) else name


def output_file_name(
    template: str,
    *,
    title: str,
    metal: str,
    scene: str,
    shot: str,
    shape: str,
    nn: int,
    size: int | None = None,
    engine: str = "",
    sku: str = "",
    type: str = "",
    stone: str = "",
) -> str:
    """The file name ``template`` gives for one output; ``nn`` counts from 1 and is written with two digits or more.

    Placeholders are the words of ``TEMPLATE_WORDS`` in braces. One without a value leaves no double separator behind,
    and a long title is shortened before anything else.
    Raises UsageError for any other placeholder or a lone brace.
    """
    words = {
        "title": title,
        "metal": metal,
        "scene": scene,
        "shot": shot,
        "shape": shape.replace(":", "x"),
        "size": "" if size is None else str(size),
        "engine": engine,
        "sku": sku,
        "type": type,
        "stone": stone,
        "nn": f"{nn:02d}",
    }
    check_template(template)
    template = _without_empty_places(template, words)
    name = safe_file_name(_filled(template, words), _UNLIMITED)
    excess = len(name.encode()) - NAME_BYTES
    if excess > 0:
        # The title gives way first: the words behind it are what tells the outputs of one piece apart.
        safe_title = safe_file_name(title, _UNLIMITED)
        words["title"] = _shortened(safe_title, max(_SHORTEST_TITLE, len(safe_title.encode()) - excess))
    return safe_file_name(_filled(template, words))


def check_template(template: str) -> None:
    """Raise UsageError unless ``output_file_name`` can use ``template``."""
    if not template.strip():
        raise _template_error("It is empty.")
    if any(found not in TEMPLATE_WORDS for found in _PLACEHOLDER.findall(template)):
        raise _template_error("It has a placeholder that does not exist.")
    if re.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        raise _template_error("It has a brace without its partner.")


def with_suffix(name: str, k: int) -> str:
    """``name`` as the ``k``-th file that wanted it: unchanged for the first, "name-2.png" for the second."""
    if k <= 1:
        return name
    extension = _extension(name)
    suffix = f"-{k}{extension}"
    stem = _shortened(name.removesuffix(extension), NAME_BYTES - len(suffix))
    return f"{stem}{suffix}"


def with_ending(name: str, ending: str) -> str:
    """``name`` as a file that ends with ``ending``, which takes the place of another picture's."""
    stem = _PICTURE_ENDING.sub("", name)
    return name if name.lower().endswith(ending) else stem + ending


def free_name(name: str, taken: Collection[str]) -> str:
    """``name``, or the first with a suffix whose ``collision_key`` is not among ``taken``."""
    chosen, k = name, 2
    while collision_key(chosen) in taken:
        chosen, k = with_suffix(name, k), k + 1
    return chosen


def collision_key(name: str) -> str:
    """Equal for two names that are one file on a system that ignores case or the spelling of accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def display_name(text: str) -> str:
    r"""``text`` safe to print on a terminal: what is invisible, or commands the terminal, is written as ``\x1b``."""
    return "".join(_escaped(character) if _is_unshowable(character) else character for character in text)


def _without_empty_places(template: str, words: Mapping[str, str]) -> str:
    empty = "|".join(word for word, value in words.items() if not value)
    if not empty:
        return template
    return re.sub(rf"[_-]?\{{(?:{empty})\}}", "", template).lstrip("_-")


def _filled(template: str, words: Mapping[str, str]) -> str:
    # One pass, so that braces in a title stay text.
    return _PLACEHOLDER.sub(lambda found: words[found[1]], template)


def _template_error(detail: str) -> UsageError:
    allowed = ", ".join(f"{{{word}}}" for word in TEMPLATE_WORDS)
    return UsageError("bad_template", "The naming template cannot be used.", detail, f"Use {allowed}.")


def _is_unshowable(character: str) -> bool:
    return unicodedata.category(character) in _UNSHOWABLE_CATEGORIES


def _is_gap(character: str) -> bool:
    return character.isspace()


def _is_invisible(character: str) -> bool:
    return _is_unshowable(character) and not _is_gap(character)


def _is_reserved(name: str) -> bool:
    # Windows ignores everything after the first dot, and blanks before it: "con.jpg" is the console.
    return name.partition(".")[0].strip().upper() in _RESERVED_NAMES


def _trimmed(name: str) -> str:
    # A leading dot hides the file, a leading hyphen reads as an option; Windows drops dots and blanks at the end.
    return name.lstrip(" .-~").rstrip(" .")


def _extension(name: str) -> str:
    found = _EXTENSION.search(name)
    return found[0] if found and found.start() > 0 else ""


def _shortened(name: str, limit_bytes: int) -> str:
    if len(name.encode()) <= limit_bytes:
        return name
    extension = _extension(name)
    kept = name.removesuffix(extension).encode()[: limit_bytes - len(extension)].decode(errors="ignore")
    return kept.rstrip(" .") + extension


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
