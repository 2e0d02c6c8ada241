"""The user's own export presets: kept beside the built-in ones, never in their place."""

import os
from pathlib import Path

import pytest

from dmdx_desktop.config import resources_folder
from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.channel import Channel, channel_of, load_channels
from dmdx_desktop.models.own_channels import MOST_OWN, forget, is_own, keep, own_channel, own_channels


@pytest.fixture(name="shop")
def web_shop() -> Channel:
    return channel_of(load_channels(resources_folder()), "web_shop")


def _own(base: Channel, name: str) -> Channel:
    return own_channel(base, name, base.template, base.treatment)


def test_own_preset_that_is_kept_is_read_again_whole(shop: Channel, tmp_path: Path) -> None:
    assert shop.treatment is not None
    treatment = shop.treatment.model_copy(update={"size": 1800})
    made = own_channel(shop, "  Spring \u00a027\n", "{sku}_{nn}", treatment)
    keep(tmp_path / "channels", made)
    (read,) = own_channels(tmp_path / "channels")
    assert read == made
    assert (read.name, read.template, read.summary) == ("Spring 27", "{sku}_{nn}", "1800 px JPEG, 1:1")
    assert read.wants == shop.wants


def test_own_preset_of_the_same_name_replaces_the_first(shop: Channel, tmp_path: Path) -> None:
    keep(tmp_path, _own(shop, "Spring"))
    keep(tmp_path, own_channel(shop, "SPRING", "{nn}", shop.treatment))
    assert [(one.name, one.template) for one in own_channels(tmp_path)] == [("SPRING", "{nn}")]


@pytest.mark.parametrize("name", ["Web shop", "web_shop", "../original", "原石", "a" * 40])
def test_own_preset_never_has_the_id_of_a_built_in_one(shop: Channel, name: str, tmp_path: Path) -> None:
    made = _own(shop, name)
    keep(tmp_path, made)
    assert made.id not in {channel.id for channel in load_channels(resources_folder())}
    assert os.listdir(tmp_path) == [f"{made.id}.json"]
    with pytest.raises(ValueError, match="built-in"):
        keep(tmp_path, shop)


@pytest.mark.parametrize("name", ["", "  ", "\n", "a" * 41])
def test_own_preset_without_a_name_is_refused(shop: Channel, name: str) -> None:
    with pytest.raises(UsageError):
        _own(shop, name)


def test_own_preset_whose_file_is_wrong_is_left_out(shop: Channel, tmp_path: Path) -> None:
    keep(tmp_path, _own(shop, "Spring"))
    (tmp_path / "own_bad.json").write_text("{")
    (tmp_path / "own_large.json").write_bytes(b" " * 70_000)
    (tmp_path / "own_other.json").write_text(_own(shop, "Autumn").model_dump_json())
    assert [one.name for one in own_channels(tmp_path)] == ["Spring"]


def test_own_presets_are_bounded_and_forgotten_one_by_one(shop: Channel, tmp_path: Path) -> None:
    made = [_own(shop, f"Preset {number}") for number in range(MOST_OWN + 1)]
    for channel in made[:-1]:
        keep(tmp_path, channel)
    with pytest.raises(UsageError):
        keep(tmp_path, made[-1])
    forget(tmp_path, made[0])
    forget(tmp_path, made[0])
    keep(tmp_path, made[-1])
    assert len(own_channels(tmp_path)) == MOST_OWN
    assert all(map(is_own, own_channels(tmp_path)))
