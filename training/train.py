"""Trains the two networks on rendered pictures, on a CPU: first ``Glance``, then ``Outline`` on what ``Glance`` sees.

    python -m training.train glance --pictures FOLDER --to FOLDER --minutes M
    python -m training.train outline --pictures FOLDER --to FOLDER --minutes M

Weights are written to the folder as glance.pt and outline.pt every few minutes; a run that finds them goes on from
there. The learning rate follows one half of a cosine over the time given.
"""

import argparse
import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from torch import Tensor, nn
from torch.nn import functional

from dmdx_desktop.imaging.departure import backdrop_of
from training.examples import (
    UNSTATED,
    Bytes,
    Example,
    Floats,
    enlarged,
    invented,
    read_examples,
    small_of,
    varied,
)
from training.network import Glance, Outline, Seen
from training.windows import Batch, around, close, gathered, look, whole

GLANCE_SIDE = 320
GLANCE_LONGEST = 400
OUTLINE_SIDE = 320
OUTLINE_LONGEST = 1280
BACKDROP_LONGEST = 160
BATCH = 12
RATE = 2e-3
OUTLINE_STEPS = (0.45, 1.5)
"""Picture pixels to a pixel of the window: small pieces are shown enlarged up to twice, and large ones reduced."""
SAVE_SECONDS = 240.0


Maker = Callable[[np.random.Generator], Batch]
"""Makes one batch from the chance it is given."""
Packed = tuple[Bytes, Bytes, dict[str, NDArray[np.int64]], NDArray[np.float16] | None, NDArray[np.int8] | None]


class Supply:
    """Batches without end, made by processes of their own while this one computes.

    They are forked, so that all share the examples; it must be made before torch has started threads.
    """

    def __init__(self, make: Maker, seed: int, processes: int) -> None:
        self._seeds = np.random.default_rng(seed)
        self._pool = ProcessPoolExecutor(processes, get_context("fork"), _be_a_maker, (make,))
        self._coming = [self._ask() for _ in range(2 * processes + 1)]

    def next(self) -> Batch:
        """The next batch; waits for it where it is not ready."""
        first = self._coming.pop(0)
        self._coming.append(self._ask())
        pictures, truths, labels, hints, cues = first.result()
        return Batch(
            torch.from_numpy(pictures).float() / 255,
            torch.from_numpy(truths).float() / 255,
            {field: torch.from_numpy(label) for field, label in labels.items()},
            None if hints is None else torch.from_numpy(hints).float(),
            None if cues is None else torch.from_numpy(cues).float() / 127,
        )

    def _ask(self) -> "Future[Packed]":
        return self._pool.submit(_make_packed, int(self._seeds.integers(2**62)))


_maker: list[Maker] = []


def _be_a_maker(make: Maker) -> None:
    """What a process of the supply begins with."""
    torch.set_num_threads(1)
    _maker.append(make)


def _make_packed(seed: int) -> Packed:
    """One batch as bytes, which are quick to send."""
    batch = _maker[0](np.random.default_rng(seed))
    hints = None if batch.hints is None else batch.hints.half().numpy()
    labels = {field: label.numpy() for field, label in batch.labels.items()}
    cues = None if batch.cues is None else (batch.cues * 127).round().to(torch.int8).numpy()
    return _packed(batch.pictures), _packed(batch.truths), labels, hints, cues


def _packed(planes: Tensor) -> Bytes:
    return np.asarray((planes * 255).round().byte().numpy(), np.uint8)


def chosen_from(examples: Sequence[Example], count: int, chance: np.random.Generator) -> list[Example]:
    """That many examples in new lights, now and then an invented one."""
    shares = shares_of(examples)
    drawn = [
        invented(chance, 400) if chance.random() < 0.05 else examples[int(chance.choice(len(examples), p=shares))]
        for _ in range(count)
    ]
    return [varied(example, chance) for example in drawn]


def shares_of(examples: Sequence[Example]) -> NDArray[np.float64]:
    """How likely each example is drawn."""
    weights = np.array([example.weight for example in examples])
    return np.asarray(weights / weights.sum(), np.float64)


def glance_batch(examples: Sequence[Example], chance: np.random.Generator) -> Batch:
    """Whole pieces with more or less of what is around them."""
    chosen = chosen_from(examples, BATCH, chance)
    batch = gathered([look(one, whole(one, GLANCE_SIDE, chance)) for one in chosen], chosen)
    return replace(batch, cues=cues_of(batch.pictures))


def cues_of(pictures: Tensor) -> Tensor:
    """What the program tells ``Glance`` beside the pictures (n, 3, height, width)."""
    return torch.from_numpy(np.stack([backdrop_of(picture).departure_of(picture) for picture in pictures.numpy()]))


@dataclass(frozen=True, slots=True, eq=False)
class Glanced:
    """An example as ``Outline`` is trained on it: with what ``Glance`` found, and reduced, to fit the backdrop on."""

    example: Example
    found: Bytes
    small: Example


def glanced(example: Example, glance: Glance) -> Glanced:
    """An example and what the program knows of it before it looks close."""
    return Glanced(example, found_by(glance, example), small_of(example, BACKDROP_LONGEST))


def outline_batch(known: Sequence[Glanced], chance: np.random.Generator) -> Batch:
    """Parts of edges, close, with about what ``glance`` found there and the backdrop of the whole picture."""
    chosen, shown = [], []
    shares = shares_of([one.example for one in known])
    while len(chosen) < BATCH:
        one = known[int(chance.choice(len(known), p=shares))]
        window = close(one.example, OUTLINE_SIDE, chance, OUTLINE_STEPS)
        part, found, window, extent = around(one.example, one.found, window)
        seed = int(chance.integers(2**62))
        part = varied(part, np.random.default_rng(seed), extent)
        whole_picture = varied(one.small, np.random.default_rng(seed)).picture
        backdrop = backdrop_of(np.moveaxis(whole_picture[..., :3], -1, 0).astype(np.float32) / np.float32(255))
        hints = np.concatenate([_less_sure(found, chance), backdrop.ground_at(extent.rows, extent.columns)])
        chosen.append(part)
        shown.append(look(part, window, hints))
    return gathered(shown, chosen)


def _less_sure(found: Bytes, chance: np.random.Generator) -> Floats:
    """What was found, planes 0 to 1, with the mistakes that ``Glance`` makes on pictures it was not trained on.

    It is wrong about whole stretches, and it takes chains for ribbons: what is fine is blurred, filled or lost.
    """
    share = np.clip(_coarser(found, chance).astype(np.float32) / 255, 0.004, 0.996)
    odds = np.log(share / (1 - share))
    cells = int(chance.integers(3, 12))
    for plane in range(odds.shape[-1]):
        doubt = chance.normal(0, chance.uniform(0, 3.0), (cells, cells)).astype(np.float32)
        smooth = Image.fromarray(doubt).resize((odds.shape[1], odds.shape[0]), Image.Resampling.BICUBIC)
        odds[..., plane] += np.asarray(smooth)
    return np.ascontiguousarray(np.moveaxis(1 / (1 + np.exp(-odds)), -1, 0), np.float32)


def _coarser(found: Bytes, chance: np.random.Generator) -> Bytes:
    kind = chance.random()
    if kind < 0.3:
        return found
    spread = ImageFilter.MinFilter(3) if kind > 0.9 else ImageFilter.MaxFilter(int(chance.choice([3, 3, 5])))
    step, blur = int(chance.choice([3, 4, 5, 6])), ImageFilter.GaussianBlur(float(chance.uniform(0.3, 1.2)))
    planes = []
    for plane in range(found.shape[-1]):
        small = Image.fromarray(np.ascontiguousarray(found[..., plane])).reduce(step)
        small = (small.filter(spread) if kind > 0.5 else small).filter(blur)
        planes.append(np.asarray(small.resize((found.shape[1], found.shape[0]), Image.Resampling.BILINEAR)))
    return np.stack(planes, -1)


def found_by(glance: Glance, example: Example) -> Bytes:
    """Piece and stone, uint8 (height, width, 2), as the program finds them: on the picture made small."""
    height, width = example.picture.shape[:2]
    factor = GLANCE_SIDE / max(height, width)
    size = (max(32, round(height * factor / 32) * 32), max(32, round(width * factor / 32) * 32))
    picture = torch.from_numpy(np.ascontiguousarray(example.picture[..., :3])).permute(2, 0, 1)[None].float() / 255
    small = functional.interpolate(picture, size, mode="bilinear", antialias=True)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        planes = torch.sigmoid(glance(small, cues_of(small)).planes.float())
    whole_size = functional.interpolate(planes, (height, width), mode="bilinear")[0].permute(1, 2, 0)
    return np.asarray((whole_size * 255).round().byte().numpy(), np.uint8)


def plane_loss(logits: Tensor, truths: Tensor) -> Tensor:
    """How far the planes are from the truth: by pixel, and by overlap so that thin pieces count as much."""
    piece, stone = logits[:, 0], logits[:, 1]
    share = truths[:, 0]
    around = functional.avg_pool2d(share[:, None], 5, 1, 2)[:, 0]
    edge = 1.0 + 4.0 * ((around > 0.04) & (around < 0.96))
    by_pixel = functional.binary_cross_entropy_with_logits(piece, share, weight=edge)
    seen = torch.sigmoid(piece)
    both, either = (torch.minimum(seen, share).sum((1, 2)), torch.maximum(seen, share).sum((1, 2)))
    by_overlap = 1.0 - ((both + 20.0) / (either + 20.0)).mean()
    of_stone = functional.binary_cross_entropy_with_logits(
        stone, truths[:, 1] / share.clamp(min=0.05), reduction="none"
    )
    inside = (share > 0.3).float()
    by_stone = (of_stone.clamp(max=8.0) * inside).sum() / (inside.sum() + 1.0)
    return by_pixel + by_overlap + 1.2 * by_stone


def reading_loss(reading: dict[str, Tensor], labels: dict[str, Tensor]) -> Tensor:
    """How far the reading is from the labels that are stated."""
    total = torch.zeros(())
    for field, said in reading.items():
        label = labels[field]
        if field == "colours":
            stated = (label != UNSTATED).float()
            each = functional.binary_cross_entropy_with_logits(said, label.clamp(min=0).float(), reduction="none")
            total = total + (each * stated).sum() / (stated.sum() + 1.0)
        elif bool((label != UNSTATED).any()):
            total = total + functional.cross_entropy(said, label, ignore_index=UNSTATED, label_smoothing=0.03)
    return total


def disagreement(reading: dict[str, Tensor], before: dict[str, Tensor]) -> Tensor:
    """How far the reading is from what was said before the training began."""
    total = torch.zeros(())
    for field, said in reading.items():
        if field == "colours":
            total = total + functional.binary_cross_entropy_with_logits(said, torch.sigmoid(before[field]))
        else:
            total = total + functional.cross_entropy(said, torch.softmax(before[field], 1))
    return total


def loss_of(network: nn.Module, batch: Batch, before: nn.Module | None = None) -> tuple[Tensor, Tensor]:
    """The loss to descend, and the overlap of piece and truth (0 to 1) for the log.

    With ``before``, the network as it was, readings are to stay as that one has them, whatever the pictures' labels.
    """
    pictures = batch.pictures.contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        result = network(pictures, batch.cues if batch.hints is None else batch.hints)
    planes = (result.planes if isinstance(result, Seen) else result).float()
    loss = plane_loss(planes, batch.truths)
    if isinstance(result, Seen):
        loss = loss + 0.4 * _loss_of_reading(result, pictures, batch, before)
    seen, true = planes[:, 0].detach() > 0, batch.truths[:, 0] > 0.5
    overlap = ((seen & true).sum((1, 2)) + 1.0) / ((seen | true).sum((1, 2)) + 1.0)
    return loss, overlap.mean()


def _loss_of_reading(result: Seen, pictures: Tensor, batch: Batch, before: nn.Module | None) -> Tensor:
    reading = {field: said.float() for field, said in result.reading.items()}
    if before is None:
        return reading_loss(reading, batch.labels)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        said = before(pictures, batch.cues).reading
    return disagreement(reading, {field: odds.float() for field, odds in said.items()})


def train(
    network: nn.Module, supply: Supply, path: Path, seconds: float, first_rate: float, *, same_readings: bool = False
) -> None:
    """Descend until the time is up; what is kept is the mean of the last weights, which is steadier than the last."""
    if path.exists():
        network.load_state_dict(torch.load(path, weights_only=True))
    before = deepcopy(network).eval() if same_readings else None
    network.to(memory_format=torch.channels_last).train()
    steady = torch.optim.swa_utils.AveragedModel(network, avg_fn=_steadied, use_buffers=True)
    descent = torch.optim.AdamW(network.parameters(), first_rate, weight_decay=1e-3)
    begun = saved = time.monotonic()
    step = 0
    losses, overlaps = [], []
    while (share := (time.monotonic() - begun) / seconds) < 1.0:
        rate = first_rate * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * share))
        for group in descent.param_groups:
            group["lr"] = rate
        loss, overlap = loss_of(network, supply.next(), before)
        descent.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        descent.step()
        steady.update_parameters(network)
        step += 1
        losses.append(float(loss.detach()))
        overlaps.append(float(overlap))
        if step % 50 == 0:
            print(
                f"{step:6d} {share:5.1%} loss {np.mean(losses[-50:]):.4f} overlap {np.mean(overlaps[-50:]):.4f}",
                flush=True,
            )
        if time.monotonic() - saved > SAVE_SECONDS:
            torch.save(steady.module.state_dict(), path)
            saved = time.monotonic()
    torch.save(steady.module.state_dict(), path)


def _steadied(mean: Tensor, latest: Tensor, taken: Tensor | int) -> Tensor:
    """The running mean of weights: short at first, about 500 steps long in the end."""
    share = max(0.002, 9.0 / (10.0 + float(taken)))
    return mean + share * (latest - mean)


def main() -> None:
    """One network, for the minutes asked for."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__.split("\n")[0])
    parser.add_argument("network", choices=["glance", "outline"])
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--rate", type=float, default=RATE, help="of learning, at first; less to go on from good weights"
    )
    parser.add_argument(
        "--same-readings", action="store_true", help="of Glance: train where the piece is, and let readings stay"
    )
    parser.add_argument("--threads", type=int, default=1, help="of the computation")
    parser.add_argument("--makers", type=int, default=1, help="processes that make the batches")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    longest = GLANCE_LONGEST if options.network == "glance" else OUTLINE_LONGEST
    examples = read_examples((path for folder in options.pictures for path in sorted(folder.glob("*.json"))), longest)
    print(f"{len(examples)} pictures", flush=True)
    make: Maker
    network: nn.Module
    if options.network == "glance":
        network, make = Glance(), partial(glance_batch, examples)
    else:
        glance = Glance()
        glance.load_state_dict(torch.load(options.to / "glance.pt", weights_only=True))
        glance.eval()
        chance = np.random.default_rng(options.seed)
        known = [glanced(enlarged(example, chance), glance) for example in examples]
        network, make = Outline(), partial(outline_batch, known)
    supply = Supply(make, options.seed, options.makers)
    path = options.to / f"{options.network}.pt"
    train(network, supply, path, 60 * options.minutes, options.rate, same_readings=options.same_readings)


if __name__ == "__main__":
    main()
