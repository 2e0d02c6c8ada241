"""Takes secrets and private matter out of text that may be kept or shown. Pure; any process and thread.

Works on shapes, so it is a second line of defence: the first is that nobody logs keys, file names or prompts.
"""

import re
from functools import cache
from typing import Final

GONE: Final = "[redacted]"

_SECRET_NAME = (
    r"[\w-]{0,40}(?:api[-_]?key|authorization|cookie|credential|passphrase|passw(?:or)?d|private[-_]?key|secret|session|"
    r"signature|token)[\w-]{0,40}"
)
# A quoted value may have lost its end where the text was cut.
_VALUE = r"""(?:(?:bearer|basic)\s+)?(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s"',;&<>{}\[\]]+)"""

_RULES: Final[tuple[tuple[str, str], ...]] = (
    (r"-----BEGIN [\w ]+-----.*?(?:-----END [\w ]+-----|\Z)", GONE),
    (r"\bdata:[\w.+-]*/[\w.+-]+[;,][^\s\"'<>()]*", "data:" + GONE),
    # Of an address its scheme and host are enough: the path of a result is as good as its key. Userinfo goes too.
    (r"\b([a-z][a-z0-9+.-]{1,20}://)(?:[^\s/@\"'<>]*@)?([\w.:\[\]-]*)[^\s\"'<>]*", rf"\1\2/{GONE}"),
    (r"(\?[\w.%-]+=)[^\s\"']*", "?" + GONE),
    # asyncio describes a lost task with its exception's own words.
    (r"(\bexception=\w+)\([^\n]*\)", rf"\1({GONE})"),
    (rf"(\b{_SECRET_NAME})([\"']?\s*[:=]\s*|[\"']\s*,\s*)(?:b(?=[\"']))?{_VALUE}", rf"\1\2{GONE}"),
    (r"\b(bearer|basic)\s+[\w.~+/=-]{6,}", rf"\1 {GONE}"),
    (r"\beyj[\w-]{8,}(?:\.[\w-]*){0,2}", GONE),
    # Keys that announce themselves: Supabase, OpenRouter and others, webhook secrets, code hosts.
    (r"\b(?:sb|sk|pk|rk|or|ws|whsec|gh[a-z]|github_pat|glpat|xox[a-z])[-_][\w-]{8,}", GONE),
    (r"\b(?:AKIA|ASIA|AIza)[\w-]{12,}", GONE),
    (r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", GONE),
    # Long tokens without a name: signatures, digests, keys. Ids made here (36 characters) stay readable.
    (r"\b[0-9a-f]{40,}\b", GONE),
    (r"(?<![\w+/-])(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])[\w+/-]{40,}={0,2}", GONE),
)

_INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def redact(text: str) -> str:
    """``text`` without keys, tokens, addresses' paths and queries, e-mail addresses and embedded pictures.

    Control, bidirectional and zero-width characters go first: they could hide a secret's shape or forge a line.
    Takes time in proportion to the length of ``text``, whatever it holds.
    """
    text = _INVISIBLE.sub("", text)
    for pattern, replacement in _compiled_rules():
        text = pattern.sub(replacement, text)
    return text


@cache
def _compiled_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Only when there is something to redact: a window starts without."""
    return tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), replacement) for pattern, replacement in _RULES)
