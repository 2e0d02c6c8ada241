"""Does the comparison of a finished picture with its reference find what is wrong with it, and nothing else?

Pairs are made from the samples: faithful ones (drafts in other scenes, at other sizes, a little turned) and ones with
a seeded change: another metal than asked for, stones of another colour, a part cut off, the piece stretched. Recall is
the share of changed pairs that are said to differ, precision the share of changed ones among those said to. Only the
local measures take part; a vision model's readings come on top and are not measured here.
"""

import argparse
import hashlib
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from PIL import Image

from bench.harness import machine
from bench.truth import SAMPLES, studio, true_pictures
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.imaging.studio_operations import StudioOperations
from dmdx_desktop.models.agreement import Agreement, Compared, Measured, compared, overall
from dmdx_desktop.models.choices import RecipeMetal, SceneId
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Variant

SIZE: Final = 1024
SCENES: Final = (SceneId.SOFT_GREY, SceneId.MARBLE, SceneId.SLATE, SceneId.WHITE, SceneId.WARM)
GOLD_AND_WHITE: Final = {
    RecipeMetal.YELLOW_GOLD: RecipeMetal.PLATINUM,
    RecipeMetal.ROSE_GOLD: RecipeMetal.SILVER,
    RecipeMetal.PLATINUM: RecipeMetal.YELLOW_GOLD,
    RecipeMetal.WHITE_GOLD: RecipeMetal.ROSE_GOLD,
}
LEAST_RECALL, LEAST_PRECISION = 0.75, 0.9


@dataclass(frozen=True)
class Pair:
    """One comparison: what was changed (empty for a faithful pair) and what it came to."""

    name: str
    change: str
    fields: tuple[Compared, ...]

    @property
    def verdict(self) -> Agreement:
        return overall(self.fields)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, default=SAMPLES, help="folder of pictures with truth (the samples)")
    parser.add_argument("--most", type=int, default=24, help="at most so many pictures, evenly chosen (24)")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    truths = [one for one in true_pictures(options.pictures, options.most)]
    print(f"Fidelity of pictures made from {len(truths)} references, seed {options.seed}\n{machine()}\n")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as folder:
        maker = Maker(studio(), Path(folder), Random(options.seed))
        pairs = [pair for truth in truths for pair in maker.pairs(truth.file)]
    return 0 if _judge(pairs) else 1


class Maker:
    """Makes pairs of a reference and compares them as the program does."""

    def __init__(self, operations: StudioOperations, folder: Path, random: Random) -> None:
        self._operations = operations
        self._folder = folder
        self._random = random

    def pairs(self, reference: Path) -> list[Pair]:
        """Two faithful pairs, and one of each change that the reference allows."""
        asked = self._random.choice(list(GOLD_AND_WHITE))
        changes: tuple[tuple[str, Callable[[Path], Path | None], RecipeMetal], ...] = (
            ("", lambda path: path, asked),
            ("", self._turned, asked),
            ("another metal", lambda path: path, GOLD_AND_WHITE[asked]),
            ("stones of another colour", self._with_other_stones, asked),
            ("a part cut off", self._cut_off, asked),
            ("stretched", self._stretched, asked),
        )
        found = []
        for change, alter, made_in in changes:
            altered = alter(reference)
            if altered is not None and (fields := self._compared(reference, altered, asked, made_in)) is not None:
                found.append(Pair(reference.name, change, fields))
        return found

    def _compared(
        self, reference: Path, altered: Path, asked: RecipeMetal, made_in: RecipeMetal
    ) -> tuple[Compared, ...] | None:
        output = self._folder / "output.png"
        variant = Variant(scene=self._random.choice(SCENES), metal=made_in, size=SIZE)
        try:
            known = Piece.model_validate(self._measured(reference))
            self._operations.draft(
                {
                    "path": str(altered),
                    "sha256": _digest(altered),
                    "to": str(output),
                    "variant": variant.model_dump(mode="json"),
                    "piece": Piece().model_dump(mode="json"),
                    "seed": self._random.getrandbits(32),
                    "created_at": 0,
                    "title": "",
                }
            )
        except DmdxError:
            return None
        answer = self._operations.compare(
            {
                "path": str(reference),
                "sha256": _digest(reference),
                "output": str(output),
                "output_sha256": _digest(output),
                "metal": asked.value,
                "same_view": True,
            }
        ).values
        seen = Piece.model_validate(answer["piece"])
        return compared(known, seen, asked, Measured.model_validate(answer))

    def _measured(self, path: Path) -> object:
        return self._operations.measure({"path": str(path), "sha256": _digest(path)}).values["piece"]

    def _turned(self, path: Path) -> Path:
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        ground = picture.getpixel((2, 2))
        angle = self._random.uniform(-6, 6)
        return self._kept(picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=ground))

    def _with_other_stones(self, path: Path) -> Path | None:
        """Stones turned round the wheel of colours; None where the piece has none to speak of."""
        _, cut = self._operations._cut_out_of(path, _digest(path))
        stones = (cut.stone > 200) & (cut.coverage > 200)
        if stones.mean() < 0.004:
            return None
        picture = np.asarray(Image.open(path).convert("HSV")).copy()
        if picture.shape[:2] != stones.shape:
            return None
        picture[..., 0][stones] = (picture[..., 0][stones].astype(int) + 128) % 256
        picture[..., 1][stones] = np.maximum(picture[..., 1][stones], 150)
        return self._kept(Image.fromarray(picture, "HSV").convert("RGB"))

    def _cut_off(self, path: Path) -> Path:
        _, cut = self._operations._cut_out_of(path, _digest(path))
        with Image.open(path) as opened:
            picture = opened.convert("RGB").resize((cut.coverage.shape[1], cut.coverage.shape[0]))
        columns = np.flatnonzero((cut.coverage > 127).any(axis=0))
        left, right = int(columns[0]), int(columns[-1])
        width = round((right - left) * 0.28)
        ground = picture.getpixel((2, 2))
        assert isinstance(ground, tuple)
        picture.paste(ground, (left - 4, 0, left + width, picture.height))
        return self._kept(picture)

    def _stretched(self, path: Path) -> Path:
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        return self._kept(picture.resize((round(picture.width * 1.45), picture.height), Image.Resampling.BICUBIC))

    def _kept(self, picture: Image.Image) -> Path:
        path = self._folder / f"{self._random.getrandbits(48):012x}.png"
        picture.save(path, "PNG", compress_level=1)
        return path


def _judge(pairs: Sequence[Pair]) -> bool:
    differs = [pair for pair in pairs if pair.verdict is Agreement.DIFFERS]
    changed = [pair for pair in pairs if pair.change]
    right = [pair for pair in differs if pair.change]
    recall, precision = len(right) / max(len(changed), 1), len(right) / max(len(differs), 1)
    print(f"{'change':<28}{'pairs':>7}{'differs':>9}{'agrees':>8}{'unsure':>8}")
    for change in dict.fromkeys(pair.change for pair in pairs):
        said = Counter(pair.verdict for pair in pairs if pair.change == change)
        print(
            f"{change or 'none':<28}{sum(said.values()):>7}{said[Agreement.DIFFERS]:>9}"
            f"{said[Agreement.AGREES]:>8}{said[Agreement.UNSURE]:>8}"
        )
    for pair in differs:
        if not pair.change:
            wrong = [
                f"{one.field} {one.expected} / {one.seen}" for one in pair.fields if one.agreement is Agreement.DIFFERS
            ]
            print(f"  wrongly said to differ: {pair.name}: {', '.join(wrong)}")
    for name, share, least in (("recall", recall, LEAST_RECALL), ("precision", precision, LEAST_PRECISION)):
        print(f"{'PASS' if share >= least else 'FAIL'}: {name} {share:.2f} (at least {least})")
    return recall >= LEAST_RECALL and precision >= LEAST_PRECISION


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
