"""Names for files and screens, from text that nobody checked."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.naming import (
    DEFAULT_TEMPLATE,
    NAME_BYTES,
    TEMPLATE_WORDS,
    check_template,
    collision_key,
    display_name,
    output_file_name,
    safe_file_name,
    with_suffix,
)

# Any text Python can hold, the halves of characters that undecodable file names are made of included.
ANY_TEXT = st.text(alphabet=st.characters(), max_size=120) | st.text(
    alphabet=st.sampled_from(list('aé.-~_ \t\n/\\:*?"<>|\x00\x1b\u200b\u202e\u0301\ud800conprnCOM1¹2')), max_size=12
)


def name_for(template: str, **changed: str) -> str:
    words = {"title": "Ring", "metal": "silver", "scene": "white", "shot": "front", "shape": "1:1", **changed}
    return output_file_name(
        template,
        title=words["title"],
        metal=words["metal"],
        scene=words["scene"],
        shot=words["shot"],
        shape=words["shape"],
        nn=1,
        sku=words.get("sku", ""),
        stone=words.get("stone", ""),
    )


@given(text=ANY_TEXT, limit=st.integers(16, 255))
def test_safe_file_name_of_any_text_keeps_every_rule(text: str, limit: int) -> None:
    name = safe_file_name(text, limit)
    assert 0 < len(name.encode("utf-8")) <= limit
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for character in name)
    assert name[0] not in " .-~"
    assert name[-1] not in " ."
    assert name == unicodedata.normalize("NFC", name)
    assert name.partition(".")[0].strip().casefold() not in {"con", "prn", "aux", "nul", "com1", "com2", "com¹", "lpt1"}
    assert safe_file_name(name, limit) == name


@given(text=ANY_TEXT)
def test_safe_file_name_of_any_text_can_be_written(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = tmp_path_factory.mktemp("names")
    file = folder / safe_file_name(text)
    file.write_bytes(b"x")
    assert [found.parent for found in folder.iterdir()] == [folder]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("solitaire-ring_top.png", "solitaire-ring_top.png"),
        ("Ring 18 ct, Ø 17", "Ring 18 ct, Ø 17"),
        ("", "piece"),
        ("...", "piece"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\ring.png", "C-temp-ring.png"),
        ("con", "_con"),
        ("CON.jpg", "_CON.jpg"),
        ("AUX .txt", "_AUX .txt"),
        ("lpt¹.png", "_lpt¹.png"),
        ("ring\u202egnp.exe", "ringgnp.exe"),
        ("ri\u200bng\x00\x1b[31m", "ring[31m"),
        ("ring\nname\ttwo", "ring name two"),
        ("e\u0301tui", "étui"),
        ("ring.", "ring"),
        ("--help", "help"),
        (".hidden", "hidden"),
        ("ring:stream", "ring-stream"),
    ],
)
def test_safe_file_name_of_a_hostile_name_is_plain(text: str, expected: str) -> None:
    assert safe_file_name(text) == expected


def test_safe_file_name_too_long_keeps_its_extension_and_whole_characters() -> None:
    name = safe_file_name("é" * 300 + ".png")
    assert name == "é" * 88 + ".png"
    assert len(name.encode()) == NAME_BYTES


def test_output_file_name_of_the_default_template() -> None:
    assert name_for(DEFAULT_TEMPLATE) == "Ring_silver_white_01.png"


def test_output_file_name_uses_every_word() -> None:
    template = "_".join(f"{{{word}}}" for word in TEMPLATE_WORDS) + ".png"
    made = output_file_name(
        template,
        title="Ring",
        metal="silver",
        scene="white",
        shot="top",
        shape="16:9",
        nn=123,
        size=800,
        engine="draft",
        sku="R1",
        type="ring",
        stone="ruby",
    )
    assert made == "Ring_silver_white_top_16x9_800_draft_R1_ring_ruby_123.png"


def test_output_file_name_word_without_value_leaves_no_gap() -> None:
    assert name_for("{sku}_{metal}_{stone}_{shot}_{nn}.jpg") == "silver_front_01.jpg"


def test_output_file_name_braces_and_double_marks_of_a_title_stay() -> None:
    assert name_for(DEFAULT_TEMPLATE, title="A__{nn}") == "A__{nn}_silver_white_01.png"


def test_output_file_name_of_a_long_title_keeps_what_tells_outputs_apart() -> None:
    name = name_for(DEFAULT_TEMPLATE, title="é" * 300)
    assert name.startswith("éééé")
    assert name.endswith("é_silver_white_01.png")
    assert NAME_BYTES - 2 < len(name.encode()) <= NAME_BYTES


@given(title=ANY_TEXT)
def test_output_file_name_of_any_title_stays_one_safe_name(title: str) -> None:
    name = name_for(DEFAULT_TEMPLATE, title=title)
    assert name == safe_file_name(name)
    assert name.endswith(".png")


@pytest.mark.parametrize("template", ["{colour}.png", "{title.__class__}.png", "{}.png", "{title", "nn}", "{{title}}"])
def test_check_template_with_a_wrong_place_is_refused_with_the_words(template: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_template(template)
    assert caught.value.code == "bad_template"
    assert "{title}" in caught.value.remedy
    with pytest.raises(UsageError):
        name_for(template)


@given(text=ANY_TEXT, k=st.integers(1, 100_000))
def test_with_suffix_gives_a_name_per_number_within_the_limit(text: str, k: int) -> None:
    name = safe_file_name(text)
    made = with_suffix(name, k)
    assert made == safe_file_name(made)
    assert (made == name) == (k == 1)
    assert collision_key(made) != collision_key(with_suffix(name, k + 1))


def test_with_suffix_stands_before_the_extension() -> None:
    assert with_suffix("ring.png", 2) == "ring-2.png"
    assert with_suffix("ring", 3) == "ring-3"


def test_collision_key_ignores_case_and_spelling_of_accents() -> None:
    assert collision_key("ÉTUI.png") == collision_key("e\u0301tui.PNG")
    assert collision_key("ring-1") != collision_key("ring-2")


@given(text=ANY_TEXT)
def test_display_name_of_any_text_cannot_command_a_terminal(text: str) -> None:
    shown = display_name(text)
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in shown)
    shown.encode("utf-8")


def test_display_name_shows_what_is_hidden() -> None:
    assert display_name("a\x1b[2J\u202eb\U000e0041") == "a\\x1b[2J\\u202eb\\U000e0041"
    assert display_name("Örtli, 指輪.png") == "Örtli, 指輪.png"
