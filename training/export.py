"""Writes the trained networks as the program runs them: ONNX files, sides left open, chances instead of odds of planes.

    python -m training.export --weights FOLDER [--resources resources]

Runs in the training environment. Labels go into ``calibration.json`` in the order of the outputs; how far the networks
may be believed is fitted later, by ``training.calibrate``.
"""

import argparse
import json
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from training.network import BLOCK, CUES, READING, Glance, Outline

OPSET: Final = 17


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

    def forward(self, picture: Tensor, found: Tensor) -> Tensor:
        return torch.sigmoid(self.outline(picture, found))


def main() -> None:
    """Both networks, and the labels."""
    parser = argparse.ArgumentParser(prog="training.export", description=__doc__.split("\n")[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--resources", type=Path, default=Path("resources"))
    options = parser.parse_args()
    folder = options.resources / "eye"
    folder.mkdir(exist_ok=True)
    glance, outline = Glance(), Outline()
    glance.load_state_dict(torch.load(options.weights / "glance.pt", weights_only=True))
    outline.load_state_dict(torch.load(options.weights / "outline.pt", weights_only=True))
    open_sides = {2: "height", 3: "width"}
    torch.onnx.export(
        _GlanceToRun(glance).eval(),
        (torch.zeros(1, 3, 320, 256), torch.zeros(1, CUES, 320, 256)),
        folder / "glance.onnx",
        dynamo=False,
        opset_version=OPSET,
        input_names=["picture", "cues"],
        output_names=["planes", *READING],
        dynamic_axes={"picture": open_sides, "cues": open_sides, "planes": open_sides},
    )
    quarter_sides = {2: "quarter_height", 3: "quarter_width"}
    torch.onnx.export(
        _OutlineToRun(outline).eval(),
        (torch.zeros(1, 3, 320, 256), torch.zeros(1, 2, 320 // BLOCK, 256 // BLOCK)),
        folder / "outline.onnx",
        dynamo=False,
        opset_version=OPSET,
        input_names=["picture", "found"],
        output_names=["planes"],
        dynamic_axes={"picture": open_sides, "found": quarter_sides, "planes": open_sides},
    )
    path = folder / "calibration.json"
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
