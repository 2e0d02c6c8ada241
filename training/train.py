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
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.examples import UNSTATED, Example, invented, read_examples, varied
from training.network import Glance, Outline, Seen
from training.windows import Batch, close, gathered, look, whole

GLANCE_SIDE = 320
OUTLINE_SIDE = 256
BATCH = 12
RATE = 2e-3
OUTLINE_STEPS = (0.45, 1.15)
SAVE_SECONDS = 240.0


Maker = Callable[[np.random.Generator], Batch]
"""Makes one batch from the chance it is given."""


class Supply:
    """Batches without end, made by other threads while the network computes."""

    def __init__(self, make: Maker, seed: int) -> None:
        self._make = make
        self._seeds = np.random.default_rng(seed)
        self._pool = ThreadPoolExecutor(2)
        self._coming = [self._ask() for _ in range(4)]

    def next(self) -> Batch:
        """The next batch; waits for it where it is not ready."""
        first = self._coming.pop(0)
        self._coming.append(self._ask())
        return first.result()

    def _ask(self) -> "Future[Batch]":
        return self._pool.submit(self._make, np.random.default_rng(int(self._seeds.integers(2**62))))


def chosen_from(examples: Sequence[Example], chance: np.random.Generator) -> list[Example]:
    """A batch of examples in new lights, with a few invented ones."""
    drawn = [
        invented(chance, 400) if chance.random() < 0.05 else examples[int(chance.integers(len(examples)))]
        for _ in range(BATCH)
    ]
    return [varied(example, chance) for example in drawn]


def glance_batch(examples: Sequence[Example], chance: np.random.Generator) -> Batch:
    """Whole pieces with more or less of what is around them."""
    chosen = chosen_from(examples, chance)
    return gathered([look(one, whole(one, GLANCE_SIDE, chance)) for one in chosen], chosen)


def outline_batch(examples: Sequence[Example], glance: Glance, chance: np.random.Generator) -> Batch:
    """Parts of edges, close, with what ``glance`` found there as two more channels."""
    chosen = chosen_from(examples, chance)
    shown = []
    for one in chosen:
        window = close(one, OUTLINE_SIDE, chance, OUTLINE_STEPS)
        shown.append(look(one, window, found_by(glance, one)))
    return gathered(shown, chosen)


def found_by(glance: Glance, example: Example) -> Tensor:
    """Piece and stone (2, height, width), 0 to 1, as the program finds them: on the picture made small."""
    height, width = example.picture.shape[:2]
    factor = GLANCE_SIDE / max(height, width)
    size = (max(32, round(height * factor / 32) * 32), max(32, round(width * factor / 32) * 32))
    picture = torch.from_numpy(np.ascontiguousarray(example.picture[..., :3])).permute(2, 0, 1)[None].float() / 255
    small = functional.interpolate(picture, size, mode="bilinear", antialias=True)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        planes = torch.sigmoid(glance(small).planes.float())
    return functional.interpolate(planes, (height, width), mode="bilinear")[0]


def plane_loss(logits: Tensor, truths: Tensor) -> Tensor:
    """How far the planes are from the truth: by pixel, and by overlap so that thin pieces count as much."""
    piece, stone = logits[:, 0], logits[:, 1]
    share = truths[:, 0]
    highest = functional.max_pool2d(share[:, None], 5, 1, 2)[:, 0]
    lowest = -functional.max_pool2d(-share[:, None], 5, 1, 2)[:, 0]
    by_pixel = functional.binary_cross_entropy_with_logits(piece, share, weight=1.0 + 4.0 * (highest - lowest > 0.5))
    seen = torch.sigmoid(piece)
    both, either = (torch.minimum(seen, share).sum((1, 2)), torch.maximum(seen, share).sum((1, 2)))
    by_overlap = 1.0 - ((both + 20.0) / (either + 20.0)).mean()
    of_stone = functional.binary_cross_entropy_with_logits(stone, truths[:, 1] / share.clamp(min=0.05), reduction="none")
    inside = (share > 0.3).float()
    by_stone = (of_stone.clamp(max=8.0) * inside).sum() / (inside.sum() + 1.0)
    return by_pixel + by_overlap + 0.3 * by_stone


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


def loss_of(network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
    """The loss to descend, and the overlap of piece and truth (0 to 1) for the log."""
    pictures = batch.pictures.contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        result = network(pictures)
    planes = (result.planes if isinstance(result, Seen) else result).float()
    loss = plane_loss(planes, batch.truths)
    if isinstance(result, Seen):
        loss = loss + 0.25 * reading_loss({field: said.float() for field, said in result.reading.items()}, batch.labels)
    seen, true = planes[:, 0].detach() > 0, batch.truths[:, 0] > 0.5
    overlap = ((seen & true).sum((1, 2)) + 1.0) / ((seen | true).sum((1, 2)) + 1.0)
    return loss, overlap.mean()


def train(network: nn.Module, supply: Supply, path: Path, seconds: float) -> None:
    """Descend until the time is up; what is kept is the mean of the last weights, which is steadier than the last."""
    if path.exists():
        network.load_state_dict(torch.load(path, weights_only=True))
    network.to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    steady = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998), use_buffers=True
    )
    descent = torch.optim.AdamW(network.parameters(), RATE, weight_decay=1e-3)
    begun = saved = time.monotonic()
    step = 0
    losses, overlaps = [], []
    while (share := (time.monotonic() - begun) / seconds) < 1.0:
        rate = RATE * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * share))
        for group in descent.param_groups:
            group["lr"] = rate
        loss, overlap = loss_of(network, supply.next())
        descent.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        descent.step()
        steady.update_parameters(network)
        step += 1
        losses.append(float(loss.detach()))
        overlaps.append(float(overlap))
        if step % 50 == 0:
            print(f"{step:6d} {share:5.1%} loss {np.mean(losses[-50:]):.4f} overlap {np.mean(overlaps[-50:]):.4f}", flush=True)
        if time.monotonic() - saved > SAVE_SECONDS:
            torch.save(steady.module.state_dict(), path)
            saved = time.monotonic()
    torch.save(steady.module.state_dict(), path)


def main() -> None:
    """One network, for the minutes asked for."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__.split("\n")[0])
    parser.add_argument("network", choices=["glance", "outline"])
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    examples = [example for folder in options.pictures for example in read_examples(folder)]
    print(f"{len(examples)} pictures", flush=True)
    make: Maker
    network: nn.Module
    if options.network == "glance":
        network, make = Glance(), partial(glance_batch, examples)
    else:
        glance = Glance()
        glance.load_state_dict(torch.load(options.to / "glance.pt", weights_only=True))
        network, make = Outline(), partial(outline_batch, examples, glance.eval())
    train(network, Supply(make, options.seed), options.to / f"{options.network}.pt", 60 * options.minutes)


if __name__ == "__main__":
    main()
