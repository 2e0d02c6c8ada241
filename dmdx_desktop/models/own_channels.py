"""The user's own export presets: files beside the built-in ones, of the same schema. Any process, never the GUI thread.

They lie in ``channels`` of the basedir, under ids that no built-in preset has. A file that is wrong is left out: the
others can still be used.
"""

import hashlib
import os
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from dmdx_desktop.errors import DmdxError, UsageError
from dmdx_desktop.models.channel import Channel
from dmdx_desktop.models.treatment import Treatment

OWN_PREFIX: Final = "own_"
LONGEST_NAME: Final = 40
MOST_OWN: Final = 50
MOST_BYTES: Final = 65_536
ORDER: Final = 900
OWN: Final = "Your own preset"
MADE_FROM: Final = f"{OWN}, made from "


def is_own(channel: Channel) -> bool:
    """Whether a preset is the user's own."""
    return channel.id.startswith(OWN_PREFIX)


def own_channel(base: Channel, name: str, template: str, treatment: Treatment | None) -> Channel:
    """A preset of the user's own, made from another one. Raises ``UsageError`` for a name that is none."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    if not plain or len(plain) > LONGEST_NAME:
        raise UsageError(
            "preset_name_wrong",
            "The preset needs a name.",
            f"A name is one line of up to {LONGEST_NAME} characters.",
            "Type another name.",
        )
    return base.model_copy(
        update={
            "id": _id_of(plain),
            "order": ORDER,
            "name": plain,
            "summary": _summary(base, treatment),
            "checked_on": date.today(),
            "source": OWN if is_own(base) else f"{MADE_FROM}{base.name}",
            "template": template,
            "treatment": treatment,
        }
    )


def own_channels(folder: Path) -> tuple[Channel, ...]:
    """The user's own presets, by name."""
    found = (_read(path) for path in sorted(folder.glob(f"{OWN_PREFIX}*.json"))[:MOST_OWN])
    return tuple(sorted((channel for channel in found if channel is not None), key=lambda one: one.name.casefold()))


def keep(folder: Path, channel: Channel) -> None:
    """Keep an own preset, in place of the one of its name. Raises ``DmdxError`` where it cannot be written."""
    if not is_own(channel):
        raise ValueError("a built-in preset is never written")
    # What cannot be read again is not written.
    checked = Channel.model_validate_json(channel.model_dump_json())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = [path for path in folder.glob(f"{OWN_PREFIX}*.json") if path.stem != checked.id]
        if len(others) >= MOST_OWN:
            raise UsageError(
                "too_many_presets", "The preset was not saved.", f"There are {MOST_OWN} already.", "Forget one first."
            )
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", encoding="utf-8", delete=False) as part:
            part.write(checked.model_dump_json(indent=2, exclude_none=True))
            part.flush()
            os.fsync(part.fileno())
        os.replace(part.name, folder / f"{checked.id}.json")
    except OSError as error:
        raise DmdxError(
            "preset_not_saved",
            "The preset was not saved.",
            "Its file could not be written to the library's folder.",
            "Free some space, or allow writing there, and save it again.",
        ) from error


def forget(folder: Path, channel: Channel) -> None:
    """Forget an own preset; one that is gone already stays so."""
    if is_own(channel):
        (folder / f"{channel.id}.json").unlink(missing_ok=True)


def _id_of(name: str) -> str:
    """The same name has the same id, in whatever letters it is written."""
    word = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:24]
    tail = hashlib.sha256(name.casefold().encode()).hexdigest()[:8]
    return f"{OWN_PREFIX}{word}_{tail}" if word else f"{OWN_PREFIX}{tail}"


def _summary(base: Channel, treatment: Treatment | None) -> str:
    if treatment is None:
        return base.summary
    size = "Full size" if treatment.size is None else f"{treatment.size} px"
    shape = "" if treatment.shape is None else f", {treatment.shape[0]}:{treatment.shape[1]}"
    return f"{size} {treatment.format.label}{shape}"


def _read(path: Path) -> Channel | None:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        channel = Channel.model_validate_json(raw) if len(raw) <= MOST_BYTES else None
    except (OSError, ValidationError, RecursionError):
        return None
    return channel if channel is not None and channel.id == path.stem else None
