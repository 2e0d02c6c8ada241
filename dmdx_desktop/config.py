"""Where things are on disk, and the settings of one basedir. Any process; touches files, so never on the GUI thread.

Kept free of heavy imports: the command line needs the paths before anything else.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from dmdx_desktop.durable_file import replace_durably
from dmdx_desktop.errors import LibraryError, UsageError

SETTINGS_VERSION: Final = 1
MAX_SETTINGS_BYTES: Final = 1_000_000
# Unix socket paths end at 104 bytes on macOS and 108 on Linux, hence a short folder and a short name.
ENDPOINT_DIGITS: Final = 20
MAX_RUNTIME_FOLDER_BYTES: Final = 64
MAX_PICTURE_PROCESSES: Final = 64


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place below one basedir (architecture: the library on disk)."""

    basedir: Path

    @property
    def library_db(self) -> Path:
        return self.basedir / "library.db"

    @property
    def blobs(self) -> Path:
        return self.basedir / "blobs"

    @property
    def parts(self) -> Path:
        """Unfinished files on the file system of the blobs; emptied at every start of a core."""
        return self.blobs / ".part"

    @property
    def cache(self) -> Path:
        return self.basedir / "cache"

    @property
    def previews_db(self) -> Path:
        return self.cache / "previews.db"

    @property
    def backups(self) -> Path:
        """Copies of the library made before a migration."""
        return self.basedir / "backups"

    @property
    def logs(self) -> Path:
        return self.basedir / "logs"

    @property
    def lock_file(self) -> Path:
        return self.basedir / "core.lock"

    @property
    def window_lock_file(self) -> Path:
        """Held by the one window of this basedir."""
        return self.basedir / "window.lock"

    @property
    def channels(self) -> Path:
        """The user's own export presets."""
        return self.basedir / "channels"

    @property
    def vault(self) -> Path:
        """Keys, encrypted."""
        return self.basedir / "vault"

    @property
    def settings_file(self) -> Path:
        return self.basedir / "settings.json"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the core of one basedir listens, and the file with the key that lets a client of this user in."""

    folder: Path
    address: str
    key_file: Path

    @property
    def family(self) -> str:
        return "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"

    @property
    def window_address(self) -> str:
        """Where the first window listens for later starts."""
        return f"{self.address}-window" if sys.platform == "win32" else str(Path(self.address).with_suffix(".window"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for one basedir. Zero means "choose for me"."""

    version: int = SETTINGS_VERSION
    picture_processes: int = 0
    cache_budget_bytes: int = 2_000_000_000
    settle_seconds: int = 0
    """How long a paid request whose answer was lost is looked for before it may be sent again."""
    attempts_per_render: int = 0
    """How often one picture may be paid for at most."""


# One entry per step: the key is the version it starts from. Each takes and returns plain JSON values.
UPGRADES: Final[Mapping[int, Callable[[dict[str, object]], dict[str, object]]]] = {}


def resources_folder() -> Path:
    """The folder of scenes, metals and samples: beside the package in a checkout, inside it when frozen."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if isinstance(frozen, str) else Path(__file__).resolve().parent.parent
    return root / "resources"


def default_basedir() -> Path:
    """This user's own basedir, where the operating system keeps the data of programs."""
    from platformdirs import user_data_path

    return user_data_path("DMDX Studio", appauthor=False, roaming=False)


def endpoint_of(basedir: Path) -> Endpoint:
    """The endpoint of the core that holds ``basedir``: the same for every process of this user."""
    name = os.path.normcase(os.path.realpath(basedir))
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:ENDPOINT_DIGITS]
    folder = _runtime_folder()
    address = rf"\\.\pipe\dmdx-{digest}" if sys.platform == "win32" else str(folder / f"{digest}.sock")
    return Endpoint(folder=folder, address=address, key_file=folder / f"{digest}.key")


def make_private_folder(folder: Path) -> None:
    """Create ``folder`` for this user alone, and refuse one that somebody else owns.

    Raises ``LibraryError``: a folder in a shared place could be planted by another user.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.lstat()
    except OSError as error:
        raise _no_runtime_folder("It cannot be made.") from error
    if sys.platform != "win32" and (facts.st_uid != os.getuid() or facts.st_mode & 0o077):
        raise _no_runtime_folder("Another user could read or replace what is in it.")


def load_settings(paths: Paths) -> Settings:
    """Read the settings, upgrading older versions in memory; defaults where there is no file.

    Raises ``UsageError`` with a remedy when the file is damaged or newer than this program.
    """
    try:
        raw = paths.settings_file.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise _settings_error("cannot be read") from error
    try:
        values = json.loads(raw) if len(raw) <= MAX_SETTINGS_BYTES else None
    except ValueError as error:
        raise _settings_error("is damaged") from error
    if not isinstance(values, dict):
        raise _settings_error("is damaged")
    return _settings_from(values)


def save_settings(paths: Paths, settings: Settings) -> None:
    """Write the settings so that a crash leaves either the old file or the new one."""
    replace_durably(paths.settings_file, json.dumps(asdict(settings), indent=1).encode())


def _settings_from(values: dict[str, object]) -> Settings:
    version = values.get("version")
    if not isinstance(version, int) or version > SETTINGS_VERSION:
        raise _settings_error("was written by a newer version of DMDX Studio")
    while version < SETTINGS_VERSION:
        if version not in UPGRADES:
            raise _settings_error("is damaged")
        values = UPGRADES[version](values)
        version += 1
    known = {field.name for field in fields(Settings)}
    given = {name: value for name, value in values.items() if name in known}
    numbers = {name: value for name, value in given.items() if type(value) is int and value >= 0}
    if len(numbers) < len(given):
        raise _settings_error("is damaged")
    if numbers.get("picture_processes", 0) > MAX_PICTURE_PROCESSES:
        raise _settings_error(f"asks for more than {MAX_PICTURE_PROCESSES} picture processes")
    return Settings(**{**numbers, "version": SETTINGS_VERSION})


def _settings_error(what: str) -> UsageError:
    return UsageError(
        "settings_unreadable",
        "The settings cannot be used.",
        f"The file settings.json in the basedir {what}.",
        "Correct it, or remove it to start with the defaults; pictures are not affected.",
    )


def _runtime_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "dmdx-run"
    # The environment of a cron job or a remote shell may lack what a desktop session has: both must find one folder.
    for candidate in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}"):
        if _is_own_folder(candidate):
            return Path(candidate) / "dmdx"
    return Path("/tmp") / f"dmdx-{os.getuid()}"


def _is_own_folder(candidate: str) -> bool:
    """Whether this user may make a folder there whose sockets have names short enough."""
    if not os.path.isabs(candidate) or len(os.fsencode(candidate)) > MAX_RUNTIME_FOLDER_BYTES:
        return False
    return os.path.isdir(candidate) and os.access(candidate, os.W_OK)


def _no_runtime_folder(why: str) -> LibraryError:
    return LibraryError(
        "runtime_folder_not_private",
        "The folder for running programs cannot be used.",
        why,
        "Remove that folder, or set XDG_RUNTIME_DIR to a folder of your own.",
    )
