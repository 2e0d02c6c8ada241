"""A library with a few unshared pieces, one of which is about to be deleted, made by the program itself."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dmdx_desktop.config import Paths
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.migrations import MIGRATIONS, Migration, Version
from tests.crash.scenario import write_small
from tests.crash.traces import Traces, traces_of
from tests.end2end.programs import SAMPLES, run_verb

DOOMED: Final = "Quillon-Löwenherz-tiara_front"
KEPT: Final = ("plain-band", "emerald-ring")
PICTURES: Final = {
    f"{DOOMED}.jpg": "ruby-pendant_front_photo.jpg",
    f"{KEPT[0]}.jpg": "wedding-band_three-quarter_photo-exif.jpg",
    f"{KEPT[1]}.png": "emerald-ring_front.png",
}
SCENE_OF_DOOMED: Final = "marble"
OUTPUTS_OF_DOOMED: Final = 2


@dataclass(frozen=True)
class Shop:
    """One library and its surroundings. The piece called ``DOOMED`` has two outputs that nothing else looks like."""

    folder: Path

    @property
    def paths(self) -> Paths:
        return Paths(self.folder / "library")

    @property
    def inputs(self) -> Path:
        return self.folder / "inputs"

    @property
    def exported(self) -> Path:
        return self.folder / "exported"

    def run(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run one verb of the program; its JSON document."""
        done = run_verb(*arguments, "--basedir", str(self.paths.basedir), "--json")
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    def job(self, title: str) -> str:
        """The id of the piece with this title."""
        (found,) = [job["id"] for job in self.run("jobs")["jobs"] if job["title"] == title]
        return str(found)

    def copied_to(self, folder: Path) -> "Shop":
        """The same shop elsewhere."""
        shutil.copytree(self.folder, folder)
        return Shop(folder)


def stocked(folder: Path) -> Shop:
    """A shop in which every piece was rendered and exported, with a backup of the library from a migration."""
    shop = Shop(folder)
    shop.inputs.mkdir(parents=True)
    for name, sample in PICTURES.items():
        write_small(SAMPLES / sample, shop.inputs / name)
    shop.run("import", str(shop.inputs), "--finish")
    kept = [shop.job(title) for title in KEPT]
    shop.run("generate", *kept, "--size", "256", "--scene", "white", "--even-if-unsure")
    metals = ("--metal", "rose_gold", "--metal", "silver")
    shop.run("generate", shop.job(DOOMED), "--size", "256", "--scene", SCENE_OF_DOOMED, *metals, "--even-if-unsure")
    shop.run("export", "--all", "--to", str(shop.exported))
    back_up(shop.paths)
    return shop


def back_up(paths: Paths) -> None:
    """Upgrade the library to a version that changes nothing, which leaves a backup of it as every upgrade does."""
    last = MIGRATIONS[-1].version
    harmless = Migration(Version(last.major, last.minor + 1), lambda connection: None)
    Library.open(paths, migrations=(*MIGRATIONS, harmless)).close()
    assert len(list(paths.backups.iterdir())) == 1


def traces_of_doomed(shop: Shop) -> Traces:
    """What must not be found once the doomed piece is deleted; nearly all of it is found as long as it is not."""
    traces = traces_of(shop.paths, shop.job(DOOMED))
    found = {line.partition(" in ")[0] for line in traces.found_in(shop.paths.basedir)}
    sought = {*traces.exact.values(), *traces.texts.values()}
    # Nothing keeps hashes or ids in raw form yet, and a window may lie across two pages of a database.
    missing = sought - found - {"a raw hash", "a raw id"}
    assert all(what.startswith("preview") for what in missing), missing
    assert len(missing) < len(sought) // 50, missing
    return traces
