"""The export presets that come with the program: each file is what the schema says, and the documents know it."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from dmdx_desktop.cli.manual import PRESETS
from dmdx_desktop.config import resources_folder
from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.channel import CHANNELS_FOLDER, ORIGINAL, Channel, Wants, channel_of, load_channels
from dmdx_desktop.models.commands import Export
from dmdx_desktop.models.treatment import ALWAYS_WRITTEN, FileFormat, MetadataField, SheetPage, Treatment

FILES = sorted((resources_folder() / CHANNELS_FOLDER).glob("*.json"))
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "channels.md"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_preset_file_is_a_channel_with_a_source_and_a_date_gone_by(path: Path) -> None:
    channel = Channel.model_validate_json(path.read_bytes())

    assert channel.id == path.stem
    assert date(2026, 1, 1) <= channel.checked_on <= date.today()
    assert channel.source.strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_preset_says_how_an_image_was_made(path: Path) -> None:
    channel = Channel.model_validate_json(path.read_bytes())

    assert channel.treatment is None or set(channel.treatment.metadata) >= ALWAYS_WRITTEN


def test_presets_come_in_their_order_and_originals_are_files_as_they_are() -> None:
    channels = load_channels(resources_folder())

    assert len(channels) == len(FILES) >= 10
    assert [channel.order for channel in channels] == sorted(channel.order for channel in channels)
    original = channel_of(channels, ORIGINAL)
    assert (original.treatment, original.sheet) == (None, None)


def test_manual_and_document_name_every_preset() -> None:
    ids = {channel.id for channel in load_channels(resources_folder())}

    assert set(re.findall(r"^  ([a-z_]+)(?= |$)", PRESETS.partition("  Nothing")[0], re.MULTILINE)) == ids
    assert set(re.findall(r"^\| `([a-z_]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)) >= ids


def test_document_explains_every_field_of_a_file() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    fields = {*Channel.model_fields, *Treatment.model_fields, *Wants.model_fields}

    assert not {field for field in fields if f"`{field}`" not in text}


@pytest.mark.parametrize(
    "change",
    [
        {"template": "{tittle}"},
        {"sheet": "a4", "treatment": {"format": "png"}},
        {"treatment": {"format": "png", "metadata": ["title"]}},
        {"treatment": {"format": "bmp"}},
        {"treatment": {"format": "jpeg", "quality": 10}},
        {"treatment": {"format": "jpeg", "shape": [1, 9]}},
        {"checked_on": "lately"},
        {"colour": "blue"},
    ],
)
def test_preset_that_says_something_impossible_is_refused(change: dict[str, object]) -> None:
    good = json.loads(FILES[0].read_bytes())
    with pytest.raises(ValidationError):
        Channel.model_validate_json(json.dumps({**good, **change}))


def test_load_channels_with_a_wrong_file_names_it_and_what_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / CHANNELS_FOLDER
    folder.mkdir()
    (folder / "my_shop.json").write_text('{"id": "my_shop"}', encoding="utf-8")

    with pytest.raises(UsageError, match="my_shop") as raised:
        load_channels(tmp_path)
    assert "docs/channels.md" in raised.value.remedy


def test_channel_of_an_unknown_id_offers_the_nearest() -> None:
    with pytest.raises(UsageError) as raised:
        channel_of(load_channels(resources_folder()), "amazon_man")
    assert "amazon_main" in f"{raised.value.detail} {raised.value.remedy}"


def test_export_command_of_an_earlier_version_is_still_read() -> None:
    command = Export.model_validate_json('{"kind": "export", "id": "c1", "targets": ["o1"], "to": "/out"}')

    assert (command.treatment, command.sheet) == (None, None)


def test_export_command_remembers_its_treatment_and_is_files_or_a_sheet() -> None:
    treatment = Treatment(format=FileFormat.JPEG, size=2000, shape=(1, 1), fill=0.85)
    command = Export(targets=("o1",), to="/out", treatment=treatment)

    assert Export.model_validate_json(command.model_dump_json()) == command
    with pytest.raises(ValidationError):
        Export(to="/out", treatment=treatment, sheet=SheetPage.A4)


def test_treatment_without_the_date_keeps_what_must_be_said() -> None:
    fields = tuple(field for field in MetadataField if field in ALWAYS_WRITTEN)

    assert Treatment(format=FileFormat.PNG, metadata=fields).metadata == fields
    with pytest.raises(ValidationError):
        Treatment(format=FileFormat.PNG, metadata=(MetadataField.TITLE,))
