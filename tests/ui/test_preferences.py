"""Preferences: what is remembered comes back, what is hostile counts as never set, and nobody waits for the disk."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.own_keys import keys_of, usable, user_of, with_key, without
from dmdx_desktop.ui.preferences import (
    MOST_BYTES,
    AppearanceChoice,
    Place,
    Preferences,
    PreferencesFile,
    WhenClosing,
    believed,
    read_preferences,
)
from dmdx_desktop.ui.window_place import place_on

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.dictionaries(st.sampled_from(sorted(one.name for one in fields(Preferences))), JSON, max_size=14)


def test_file_remembers_what_was_changed(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "basedir" / "window.json"
    preferences = PreferencesFile(file)
    told: list[int] = []
    preferences.changed.connect(lambda: told.append(preferences.now.tile))
    preferences.change(tile=200, appearance=AppearanceChoice.LIGHT, own_keys={KeyAction.PICK: ("A",)})
    preferences.change(tile=300, places={"one": Place(x=1, y=2, width=1000, height=700)})
    preferences.change(tile=300)
    preferences.close()

    assert told == [200, 300]
    assert read_preferences(file) == preferences.now
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == 1
    assert not file.with_suffix(".part").exists()


def test_field_that_does_not_exist_cannot_be_changed(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        PreferencesFile(tmp_path / "window.json").change(tiles=3)


@given(FIELDS)
def test_hostile_fields_count_as_never_set(values: dict[str, object]) -> None:
    assert isinstance(believed(values), Preferences)


def test_one_bad_field_takes_no_other_with_it() -> None:
    found = believed({"tile": "wide", "letters": False, "when_closing": "explode", "own_keys": {"fly": ["F"]}})

    assert found == Preferences(letters=False)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * (MOST_BYTES + 1), b'{"tile": 1e999}', b"null"]
)
def test_damaged_file_says_nothing(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(raw)

    assert read_preferences(file) == Preferences()


def test_file_that_cannot_be_written_costs_nothing_but_memory(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    preferences = PreferencesFile(tmp_path / "file" / "window.json")
    preferences.change(when_closing=WhenClosing.STOP)
    preferences.close()

    assert preferences.now.when_closing is WhenClosing.STOP


PLACES = st.none() | st.builds(
    Place,
    x=st.integers(-50_000, 50_000),
    y=st.integers(-50_000, 50_000),
    width=st.integers(1, 50_000),
    height=st.integers(1, 50_000),
)
ROOMS = st.builds(
    QRect, st.integers(-5000, 5000), st.integers(-5000, 5000), st.integers(800, 6000), st.integers(600, 4000)
)


@given(ROOMS, PLACES)
def test_window_always_comes_up_wholly_on_its_screen(room: QRect, place: Place | None) -> None:
    assert room.contains(place_on(room, place, (1440, 900)))


def test_window_comes_up_where_it_was() -> None:
    place = Place(x=100, y=50, width=1000, height=700)

    assert place_on(QRect(1920, 0, 2560, 1440), place, (1440, 900)) == QRect(2020, 50, 1000, 700)


def test_key_given_to_an_action_is_taken_from_the_one_that_had_it(qapp: QApplication) -> None:
    own = with_key({}, KeyAction.PICK, "X")

    assert user_of(own, "X") is KeyAction.PICK
    assert keys_of(own, KeyAction.REJECT) == ()
    assert without(own, KeyAction.REJECT) == {KeyAction.PICK: ()}


def test_key_given_back_leaves_nothing_to_remember(qapp: QApplication) -> None:
    assert with_key(with_key({}, KeyAction.PICK, "Q"), KeyAction.PICK, "P") == {}


def test_keys_that_are_none_or_mean_two_things_are_not_used(qapp: QApplication) -> None:
    own = {KeyAction.PICK: ("Q", "not a key at all"), KeyAction.REJECT: ("q",)}

    assert usable(own) == {KeyAction.PICK: ("Q",), KeyAction.REJECT: ()}
