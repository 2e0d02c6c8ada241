"""Export presets in other languages: built-in ones are looked up whole, the user's own keep their names."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from devtools.translations import PACKAGE, PRESETS, texts_of, texts_of_presets
from dmdx_desktop.models.channel import channel_of, load_channels
from dmdx_desktop.models.own_channels import own_channel
from dmdx_desktop.ui.export.channel_words import channel_name, channel_note, channel_source, channel_summary
from tests.ui.pseudo_languages import spoken

CHANNELS = load_channels(Path(PRESETS).parent)


def test_every_text_of_a_preset_has_a_source_string() -> None:
    shown = {text for one in CHANNELS for text in (one.name, one.summary, one.note, one.source) if text}
    assert shown == set(texts_of_presets())
    assert shown <= set(texts_of(PACKAGE))


def test_preset_says_nothing_in_english_in_another_language(qapp: QApplication) -> None:
    with spoken(qapp, "long"):
        for one in CHANNELS:
            said = (channel_name(one), channel_summary(one), channel_source(one), channel_note(one) or "«»")
            assert all(words.startswith("«") for words in said), one.id
    shop = channel_of(CHANNELS, "web_shop")
    assert (channel_name(shop), channel_summary(shop)) == (shop.name, shop.summary)


def test_own_preset_keeps_its_name_and_says_the_rest_in_the_language(qapp: QApplication) -> None:
    shop, original = channel_of(CHANNELS, "web_shop"), channel_of(CHANNELS, "original")
    own = own_channel(shop, "Web shop", shop.template, shop.treatment)
    untouched = own_channel(original, "Mine", original.template, None)
    assert channel_summary(own) == own.summary
    assert channel_source(own) == own.source == "Your own preset, made from Web shop"
    with spoken(qapp, "long"):
        assert channel_name(own) == "Web shop", "a name that a person gave is theirs, also where it is one of ours"
        assert channel_summary(own).startswith("«")
        assert channel_summary(untouched).startswith("«")
        assert "«Web shop" in channel_source(own)
        assert channel_source(own_channel(own, "Second", own.template, own.treatment)).startswith("«Your own preset")
