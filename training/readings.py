"""Trains what ``Glance`` says of a picture on its own, after everything before it has been trained and stays as it is.

    python -m training.readings --pictures FOLDER [...] --held FOLDER --to FOLDER

What decides about kind, background, tone, stones and view is small, but learns slowly beside the planes. Here each
picture is looked at in several lights, once, and the last two layers are trained on the summaries alone: seconds
instead of hours. Prints the share of right answers on the held pictures before and after.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.examples import UNSTATED, Example, read_examples, varied
from training.network import READING, Glance
from training.train import GLANCE_LONGEST, GLANCE_SIDE, cues_of, reading_loss
from training.windows import Window, gathered, look, whole

BATCH = 12
STEP = 256
DROPOUT = 0.4
RATE = 1e-3
DECAY = 0.05

Summaries = tuple[Tensor, dict[str, Tensor], Tensor]
"""Summaries (n, features), labels by field (n, ...), and how often each is to be shown beside others (n)."""


def summaries_of(glance: Glance, examples: Sequence[Example], lights: int, chance: np.random.Generator) -> Summaries:
    """Each example in so many lights; 0 shows it once, as it is."""
    seen: list[Tensor] = []
    labels: dict[str, list[Tensor]] = {field: [] for field in READING}
    weights: list[float] = []
    for _ in range(max(lights, 1)):
        for first in range(0, len(examples), BATCH):
            some = examples[first : first + BATCH]
            chosen = [varied(one, chance) for one in some] if lights else list(some)
            windows = [whole(one, GLANCE_SIDE, chance) if lights else _all_of(one) for one in chosen]
            batch = gathered([look(one, window) for one, window in zip(chosen, windows, strict=True)], chosen)
            with torch.no_grad():
                seen.append(glance.look(batch.pictures, cues_of(batch.pictures))[1])
            for field, label in batch.labels.items():
                labels[field].append(label)
            weights += [one.weight for one in some]
    return torch.cat(seen), {field: torch.cat(parts) for field, parts in labels.items()}, torch.tensor(weights)


def _all_of(example: Example) -> Window:
    height, width = example.truth.shape[:2]
    return Window(GLANCE_SIDE, max(height, width) / GLANCE_SIDE, (height / 2, width / 2), 0.0, mirrored=False)


def train_readings(glance: Glance, shown: Summaries, epochs: int) -> None:
    """Descend on the summaries; only the last two layers change."""
    summaries, labels, weights = shown
    glance.hidden[2].p = DROPOUT
    glance.hidden.train()
    layers = [*glance.hidden.parameters(), *glance.heads.parameters()]
    descent = torch.optim.AdamW(layers, RATE, weight_decay=DECAY)
    steps = epochs * len(summaries) // STEP
    pace = torch.optim.lr_scheduler.CosineAnnealingLR(descent, steps)
    for _ in range(steps):
        chosen = torch.multinomial(weights, STEP, replacement=True)
        loss = reading_loss(glance.read(summaries[chosen]), {field: label[chosen] for field, label in labels.items()})
        descent.zero_grad()
        loss.backward()
        descent.step()
        pace.step()
    glance.eval()


def right_answers(glance: Glance, shown: Summaries) -> dict[str, float]:
    """The share of pictures whose field is read rightly; of the stones, whose colours all are."""
    summaries, labels, _ = shown
    with torch.no_grad():
        said = glance.read(summaries)
    shares = {}
    for field, odds in said.items():
        label = labels[field]
        if field == "colours":
            stated = (label != UNSTATED).all(1)
            right = ((odds > 0) == (label > 0)).all(1)
        else:
            stated, right = label != UNSTATED, odds.argmax(1) == label
        shares[field] = round(float(right[stated].float().mean()), 3)
    return shares


def main() -> None:
    """Look, train, write."""
    parser = argparse.ArgumentParser(prog="training.readings", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--held", type=Path, nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True, help="folder of glance.pt, which is written anew")
    parser.add_argument("--lights", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    glance = Glance()
    glance.load_state_dict(torch.load(options.to / "glance.pt", weights_only=True))
    glance.eval()
    chance = np.random.default_rng(options.seed)
    held = summaries_of(glance, _examples(options.held), 0, chance)
    print("before", right_answers(glance, held), flush=True)
    train_readings(glance, summaries_of(glance, _examples(options.pictures), options.lights, chance), options.epochs)
    print("after", right_answers(glance, held), flush=True)
    torch.save(glance.state_dict(), options.to / "glance.pt")


def _examples(folders: Sequence[Path]) -> list[Example]:
    return read_examples((path for folder in folders for path in sorted(folder.glob("*.json"))), GLANCE_LONGEST)


if __name__ == "__main__":
    main()
