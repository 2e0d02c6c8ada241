"""Writes the trained networks as the program runs them: ONNX files of whole numbers, sides left open.

    python -m training.export --weights FOLDER --pictures FOLDER [...] [--resources resources]

Runs in the training environment. Planes come out as chances instead of odds. Convolutions are done in 8 bits, which
makes them more than twice as fast; what range each of their values has is measured on training pictures. Weights keep
to 7 bits, because processors without VNNI would overflow with eight. Labels go into ``calibration.json`` in the order
of the outputs; how far the networks may be believed is fitted later, by ``training.calibrate``.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.examples import Example, read_examples
from training.network import BLOCK, CUES, HINTS, READING, Glance, Outline
from training.train import GLANCE_LONGEST, OUTLINE_LONGEST, glance_batch, glanced, outline_batch
from training.windows import Batch

OPSET: Final = 17
BATCHES: Final = 6
"""Of pictures that the ranges of 8-bit values are measured on."""
IN_EIGHT_BITS: Final = ("Conv", "Add", "Concat", "Resize")
_PICTURES: Final = 160

Feed = dict[str, NDArray[np.float32]]


class _GlanceToRun(nn.Module):
    def __init__(self, glance: Glance) -> None:
        super().__init__()
        self.glance = glance

    def forward(self, picture: Tensor, cues: Tensor) -> tuple[Tensor, ...]:
        seen = self.glance(picture, cues)
        return (torch.sigmoid(seen.planes), *(seen.reading[field] for field in READING))


class _OutlineToRun(nn.Module):
    def __init__(self, outline: Outline) -> None:
        super().__init__()
        self.outline = outline

    def forward(self, picture: Tensor, hints: Tensor) -> Tensor:
        return torch.sigmoid(self.outline(picture, hints))


class _Feeds(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, feeds: Iterator[Feed]) -> None:
        self._feeds = feeds

    def get_next(self) -> Feed | None:
        return next(self._feeds, None)


def main() -> None:
    """Both networks, and the labels."""
    parser = argparse.ArgumentParser(prog="training.export", description=__doc__.split("\n")[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--pictures", type=Path, nargs="+", required=True)
    parser.add_argument("--resources", type=Path, default=Path("resources"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    folder = options.resources / "eye"
    folder.mkdir(exist_ok=True)
    glance, outline = Glance(), Outline()
    glance.load_state_dict(torch.load(options.weights / "glance.pt", weights_only=True))
    outline.load_state_dict(torch.load(options.weights / "outline.pt", weights_only=True))
    open_sides = {2: "height", 3: "width"}
    _write(
        _GlanceToRun(glance).eval(),
        {"picture": torch.zeros(1, 3, 320, 256), "cues": torch.zeros(1, CUES, 320, 256)},
        {"picture": open_sides, "cues": open_sides, "planes": open_sides},
        ("planes", *READING),
        folder / "glance.onnx",
        glance_feeds(some_of(options.pictures, GLANCE_LONGEST)),
    )
    quarter_sides = {2: "quarter_height", 3: "quarter_width"}
    _write(
        _OutlineToRun(outline).eval(),
        {"picture": torch.zeros(1, 3, 320, 256), "hints": torch.zeros(1, HINTS, 320 // BLOCK, 256 // BLOCK)},
        {"picture": open_sides, "hints": quarter_sides, "planes": open_sides},
        ("planes",),
        folder / "outline.onnx",
        outline_feeds(some_of(options.pictures, OUTLINE_LONGEST), glance),
    )
    _write_labels(folder / "calibration.json")


def some_of(folders: Sequence[Path], longest: int) -> list[Example]:
    """Examples from all over the folders, about as many as the ranges need."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.json"))]
    return read_examples(paths[:: max(1, len(paths) // _PICTURES)], longest)


def glance_feeds(examples: Sequence[Example]) -> Iterator[Feed]:
    """What ``Glance`` is given, one picture at a time."""
    for seed in range(BATCHES):
        batch = glance_batch(examples, np.random.default_rng(seed))
        yield from _one_by_one(batch, "cues", batch.cues)


def outline_feeds(examples: Sequence[Example], glance: Glance) -> Iterator[Feed]:
    """What ``Outline`` is given, one window at a time."""
    known = [glanced(example, glance.eval()) for example in examples]
    for seed in range(BATCHES):
        batch = outline_batch(known, np.random.default_rng(seed))
        yield from _one_by_one(batch, "hints", batch.hints)


def _one_by_one(batch: Batch, name: str, beside: Tensor | None) -> Iterator[Feed]:
    for index in range(len(batch.pictures)):
        more = {} if beside is None else {name: beside[index : index + 1].numpy()}
        yield {"picture": batch.pictures[index : index + 1].numpy(), **more}


def _write(
    network: nn.Module,
    inputs: Mapping[str, Tensor],
    open_sides: Mapping[str, Mapping[int, str]],
    outputs: Sequence[str],
    target: Path,
    feeds: Iterator[Feed],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        exact, ready = Path(name) / "exact.onnx", Path(name) / "ready.onnx"
        torch.onnx.export(
            network,
            tuple(inputs.values()),
            exact,
            dynamo=False,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=open_sides,
        )
        quant_pre_process(exact, ready, skip_symbolic_shape=True)
        quantize_static(
            ready,
            target,
            _Feeds(feeds),
            quant_format=QuantFormat.QOperator,
            op_types_to_quantize=list(IN_EIGHT_BITS),
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )


def _write_labels(path: Path) -> None:
    known = (
        json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"fields": {}, "outline": [[0, 0], [1, 1]]}
    )
    known["fields"] = {
        field: {"labels": labels, "temperature": known["fields"].get(field, {}).get("temperature", 1.0)}
        for field, labels in READING.items()
    }
    path.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
