"""Trains ``edge.onnx``, which says how much of each pixel along an outline is piece, from what the program sees there.

    python -m training.edges --pictures FOLDER [...] --minutes M [--resources resources]

Runs in the training environment, after ``training.export``: it learns from what the networks in use make of pictures,
so most of the pictures should be ones that they were not trained on; of those they know, their outlines are too good.
Each picture is looked at as it is, worn as pictures are on their way, and a photograph also as studios deliver it; some
pixels of each are kept. Shapes of one colour on another, which cost nothing to make, say what a mixed colour is.
"""

import argparse
import io
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from torch import Tensor, nn
from torch.nn import functional

from bench.truth import TruePicture, true_pictures
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.edge_signs import SIGNS, Circumstances, edge_signs
from dmdx_desktop.imaging.eye import EYE_FOLDER, Eye
from dmdx_desktop.imaging.matte import edge_of
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.sight import look_at
from dmdx_desktop.models.vocabulary import Kind

WIDTHS: Final = (96, 48, 24)
OPSET: Final = 17
BATCH, RATE = 4096, 2e-3
_KEPT: Final = 4000
"""Pixels that are kept of each look."""
_LEAST_AREA: Final = 400
_SHAPES: Final = 500
_ALIKE: Final = 0.15
"""Of the shapes so many have the colour of their ground, where nothing but the eye tells anything."""
_STUDIO: Final = 0.72
_REPORT_EVERY: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """Signs (n, SIGNS), how much of each pixel is piece, 0 to 1, and how much it counts."""

    signs: NDArray[np.float16]
    shares: Floats
    weights: Floats


class Judge(nn.Module):
    """From signs to how much of a pixel is piece, as odds; it knows what is usual for each sign."""

    def __init__(self, usual: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.register_buffer("usual", usual)
        self.register_buffer("spread", spread)
        sizes = [SIGNS, *WIDTHS]
        hidden = [layer for a, b in pairwise(sizes) for layer in (nn.Linear(a, b), nn.ReLU())]
        self.layers = nn.Sequential(*hidden, nn.Linear(sizes[-1], 1))

    def forward(self, signs: Tensor) -> Tensor:
        odds: Tensor = self.layers((signs - self.usual) / self.spread)
        return odds[:, 0]


class _JudgeToRun(nn.Module):
    def __init__(self, judge: nn.Module) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, signs: Tensor) -> Tensor:
        return torch.sigmoid(self.judge(signs))


def main() -> None:
    """Look, learn, write."""
    parser = argparse.ArgumentParser(prog="training.edges", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resources", type=Path, default=Path("resources"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    chance = np.random.default_rng(options.seed)
    file = options.resources / EYE_FOLDER / "edge.onnx"
    if not file.is_file():
        _write(Judge(torch.zeros(SIGNS), torch.ones(SIGNS)), file)  # no eye opens without one
    eye = Eye(options.resources)
    known = [*pixels_of(options.pictures, eye, chance), *shapes(chance)]
    print(f"{len(known)} looks", flush=True)
    _write(trained(_together(known), 60 * options.minutes, chance), file)


def _write(judge: nn.Module, file: Path) -> None:
    torch.onnx.export(
        _JudgeToRun(judge).eval(),
        (torch.zeros(2, SIGNS),),
        file,
        dynamo=False,
        opset_version=OPSET,
        input_names=["signs"],
        output_names=["shares"],
        dynamic_axes={"signs": {0: "pixels"}, "shares": {0: "pixels"}},
    )


def pixels_of(folders: Sequence[Path], eye: Eye, chance: np.random.Generator) -> Iterator[Pixels]:
    """Pixels along the outlines of all the pictures that are not drawn and have a background."""
    for folder in folders:
        for picture in true_pictures(folder):
            opened = open_picture(picture.file, Bounds())
            if picture.kind == Kind.SKETCH or opened.has_alpha:
                continue
            for image, coverage in looks_at(opened.image, picture, chance):
                yield from _seen(image, coverage, eye, chance)


def looks_at(
    image: Image.Image, picture: TruePicture, chance: np.random.Generator
) -> Iterator[tuple[Image.Image, Bytes]]:
    """A picture with its true coverage, and the same as it may come."""
    yield image, picture.coverage
    size = chance.choice([0.6, 0.75, 1.0, 1.3])
    other = _resized(image, picture.coverage, size)
    yield _worn(other[0], chance), other[1]
    if picture.kind == Kind.PHOTO:
        larger, coverage = _resized(image, picture.coverage, 1 / _STUDIO)
        larger = larger.filter(ImageFilter.UnsharpMask(1.2, 60, 1))
        yield (_packed(larger, 90) if chance.random() < 0.7 else larger), coverage


def _resized(image: Image.Image, coverage: Bytes, factor: float) -> tuple[Image.Image, Bytes]:
    size = round(image.width * factor), round(image.height * factor)
    finer = Image.Resampling.BOX if factor < 1 else Image.Resampling.BICUBIC
    return image.resize(size, Image.Resampling.LANCZOS), np.asarray(Image.fromarray(coverage).resize(size, finer))


def _worn(image: Image.Image, chance: np.random.Generator) -> Image.Image:
    draw = chance.random()
    if draw < 0.25:
        image = image.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.3, 0.9))))
    elif draw < 0.5:
        image = image.filter(ImageFilter.UnsharpMask(1.2, int(chance.integers(30, 90)), 1))
    return _packed(image, int(chance.integers(70, 95))) if chance.random() < 0.6 else image


def _packed(image: Image.Image, quality: int) -> Image.Image:
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=quality, subsampling=0)
    return Image.open(packed).convert("RGB")


def _seen(image: Image.Image, coverage: Bytes, eye: Eye, chance: np.random.Generator) -> Iterator[Pixels]:
    sight = look_at(image, eye)
    left, top, right, bottom = sight.box
    if sight.reading.drawn or right <= left:
        return
    kinds = sight.reading.kind
    circumstances = Circumstances(kinds[Kind.PHOTO], kinds[Kind.CAD], sight.enlarged)
    area = int((coverage > 127).sum())
    part, true = np.asarray(image)[top:bottom, left:right], coverage[top:bottom, left:right]
    yield _kept(part, sight.piece, true, circumstances, area, chance)


def _kept(
    rgb: Bytes, piece: Bytes, true: Bytes, circumstances: Circumstances, area: int, chance: np.random.Generator
) -> Pixels:
    """Some pixels of one look. A pixel counts by its share of the piece, as it does in an overlap."""
    edge = edge_of(rgb, piece)
    signs = np.concatenate([np.zeros((0, SIGNS), np.float32), *edge_signs(rgb, piece, edge, circumstances)])
    places = chance.permutation(len(signs))[:_KEPT]
    weight = len(signs) / max(len(places), 1) / max(area, _LEAST_AREA)
    shares = true[edge.rows[places], edge.columns[places]].astype(np.float32) / np.float32(255)
    return Pixels(signs[places].astype(np.float16), shares, np.full(len(places), weight, np.float32))


def shapes(chance: np.random.Generator) -> Iterator[Pixels]:
    """Flat shapes on flat grounds, as an unsure eye would see them."""
    for _ in range(_SHAPES):
        true = _shape(chance, int(chance.integers(120, 360)))
        share = true[..., None] / 255
        piece, ground = chance.uniform(0, 255, (2, 3))
        if chance.random() < _ALIKE:
            piece = ground
        rgb = np.rint(piece * share + ground * (1 - share)).astype(np.uint8)
        blur = ImageFilter.GaussianBlur(float(chance.uniform(0.5, 1.8)))
        seen = np.asarray(Image.fromarray(true).filter(blur))
        photo = float(chance.random() < 0.5)
        circumstances = Circumstances(photo, 1 - photo, float(chance.uniform(0.8, 2.0)))
        yield _kept(rgb, seen, true, circumstances, int((true > 127).sum()), chance)


def _shape(chance: np.random.Generator, side: int) -> Bytes:
    """Coverage of a ring or a disc, exact to a sixteenth of a pixel."""
    large = Image.new("L", (4 * side, 4 * side))
    draw = ImageDraw.Draw(large)
    x, y = chance.uniform(0.4, 0.6, 2) * 4 * side
    across, down = chance.uniform(0.1, 0.35, 2) * 4 * side
    draw.ellipse((x - across, y - down, x + across, y + down), fill=255)
    if chance.random() < 0.6:
        hole = chance.uniform(0.4, 0.92)
        draw.ellipse((x - hole * across, y - hole * down, x + hole * across, y + hole * down), fill=0)
    return np.asarray(large.resize((side, side), Image.Resampling.BOX))


def _together(looks: Sequence[Pixels]) -> Pixels:
    weights = np.concatenate([look.weights for look in looks])
    weights = np.minimum(weights, np.percentile(weights, 98))
    return Pixels(
        np.concatenate([look.signs for look in looks]),
        np.concatenate([look.shares for look in looks]),
        np.asarray(weights / weights.mean(), np.float32),
    )


def trained(known: Pixels, seconds: float, chance: np.random.Generator) -> nn.Module:
    """Descend until the time is up; what is kept is the mean of the last weights."""
    some = known.signs[chance.permutation(len(known.signs))[:200_000]].astype(np.float32)
    judge = Judge(torch.from_numpy(some.mean(axis=0)), torch.from_numpy(some.std(axis=0) + np.float32(1e-3)))
    steady = torch.optim.swa_utils.AveragedModel(
        judge, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998), use_buffers=True
    )
    descent = torch.optim.AdamW(judge.parameters(), RATE, weight_decay=1e-2)
    begun, step, losses = time.monotonic(), 0, []
    while (share := (time.monotonic() - begun) / seconds) < 1.0:
        for group in descent.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * share))
        places = chance.integers(0, len(known.signs), BATCH)
        signs = torch.from_numpy(known.signs[places].astype(np.float32))
        shares, weights = (torch.from_numpy(values[places]) for values in (known.shares, known.weights))
        loss = functional.binary_cross_entropy_with_logits(judge(signs), shares, weight=weights)
        descent.zero_grad()
        loss.backward()
        descent.step()
        steady.update_parameters(judge)
        losses.append(float(loss.detach()))
        step += 1
        if step % _REPORT_EVERY == 0:
            print(f"{step:6d} {share:5.1%} loss {np.mean(losses[-_REPORT_EVERY:]):.4f}", flush=True)
    module: nn.Module = steady.module
    return module


if __name__ == "__main__":
    main()
