"""The two networks of the studio's eye, in torch.

``Glance`` looks at the whole picture at about 320 pixels: where the piece is, which of it is stone, and what kind of
picture it is. ``Outline`` looks again at the piece alone, at the picture's own pixels up to about 1200, with what
``Glance`` found beside them, and draws the edge. It takes the picture in blocks of 4 x 4 pixels and gives it back in
such blocks, so that it computes at a quarter of the size and still sees and draws single pixels. Both are plain
convolutions: fast on one core, the same on every computer.

Both are told by ``dmdx_desktop.imaging.departure`` what a smooth backdrop explains, and learn the rest: shadows,
reflections, white metal on white, tables. Pictures are sRGB 0 to 1, shape (batch, 3, height, width), sides divisible
by 32 (``Glance``) or 16 (``Outline``).
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

KINDS: Final = ("cad", "sketch", "photo")
BACKGROUNDS: Final = ("white", "off_white", "grey", "black", "coloured", "gradient", "grid", "paper", "busy")
TONES: Final = ("yellow", "rose", "white", "hidden")
COLOURS: Final = ("colourless", "cream", "yellow", "red", "pink", "purple", "blue", "green", "black")
VIEWS: Final = ("front", "three_quarter", "side", "top")
READING: Final = {
    "kind": KINDS,
    "background": BACKGROUNDS,
    "tone": TONES,
    "colours": COLOURS,
    "view": VIEWS,
}
"""What ``Glance`` says of a picture besides where the piece is, in the order of its outputs."""

CUES: Final = 4
"""How the picture departs from its backdrop, see ``dmdx_desktop.imaging.departure``: more planes for ``Glance``."""
HINTS: Final = 2 + 4
"""What ``Outline`` is told: where ``Glance`` found piece and stones, and the backdrop's colours and unevenness."""
_GLANCE_WIDTHS: Final = (24, 48, 80, 112, 128)
_OUTLINE_WIDTHS: Final = (32, 48, 64)
_REACHES: Final = (2, 4, 8)
"""How many sixteenths of a picture the last steps look to each side: about 450 pixels together, most of a piece.

A polished face that mirrors its table looks like the table from near; the shape of the whole piece tells.
"""
BLOCK: Final = 4
"""What ``Glance`` found is given to ``Outline`` at this fraction of the picture's size."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What ``Glance`` returns: logits of piece and stone (batch, 2, height, width), and of the reading by field."""

    planes: Tensor
    reading: dict[str, Tensor]


class _Convolution(nn.Sequential):
    def __init__(self, inputs: int, outputs: int, stride: int = 1, reach: int = 1) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, stride, reach, reach, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class _Residual(nn.Module):
    """Two convolutions beside a direct way; they look ``reach`` cells to each side."""

    def __init__(self, width: int, reach: int = 1) -> None:
        super().__init__()
        self.first = _Convolution(width, width, reach=reach)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, reach, reach, bias=False), nn.BatchNorm2d(width))

    def forward(self, value: Tensor) -> Tensor:
        return functional.relu(value + self.second(self.first(value)))


class _Merge(nn.Module):
    """A coarse plane enlarged and joined with a finer one."""

    def __init__(self, coarse: int, fine: int, outputs: int) -> None:
        super().__init__()
        self.narrow = nn.Conv2d(coarse, outputs, 1)
        self.join = _Convolution(outputs + fine, outputs)

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        large = functional.interpolate(self.narrow(coarse), scale_factor=2.0, mode="nearest")
        joined: Tensor = self.join(torch.cat([large, fine], 1))
        return joined


class Glance(nn.Module):
    """Where the piece is, which of it is stone, and what the picture is."""

    def __init__(self) -> None:
        super().__init__()
        a, b, c, d, e = _GLANCE_WIDTHS
        self.at_half = _Convolution(3 + CUES, a, 2)
        self.at_quarter = nn.Sequential(_Convolution(a, b, 2), _Residual(b))
        self.at_eighth = nn.Sequential(_Convolution(b, c, 2), _Residual(c))
        self.at_sixteenth = nn.Sequential(_Convolution(c, d, 2), _Residual(d), _Residual(d))
        self.at_last = nn.Sequential(_Convolution(d, e, 2), _Residual(e), _Residual(e))
        self.up_sixteenth = _Merge(e, d, 96)
        self.up_eighth = _Merge(96, c, 64)
        self.up_quarter = _Merge(64, b, 40)
        self.planes = nn.Sequential(_Convolution(40, 40), nn.Conv2d(40, 32, 1), nn.PixelShuffle(4))
        self.hidden = nn.Sequential(nn.Linear(2 * e + 2 * d + c + 2 * b, 128), nn.ReLU(inplace=True), nn.Dropout(0.1))
        self.heads = nn.ModuleDict({field: nn.Linear(128, len(labels)) for field, labels in READING.items()})

    def forward(self, picture: Tensor, cues: Tensor) -> Seen:
        half = self.at_half(torch.cat([picture - 0.5, cues], 1))
        quarter = self.at_quarter(half)
        eighth = self.at_eighth(quarter)
        sixteenth = self.at_sixteenth(eighth)
        last = self.at_last(sixteenth)
        up = self.up_eighth(self.up_sixteenth(last, sixteenth), eighth)
        planes = self.planes(self.up_quarter(up, quarter))
        said = self.hidden(_summary(planes.detach(), quarter, eighth, sixteenth, last))
        return Seen(planes, {field: head(said) for field, head in self.heads.items()})


def _summary(planes: Tensor, quarter: Tensor, eighth: Tensor, sixteenth: Tensor, last: Tensor) -> Tensor:
    """Means of features: over the whole picture, over the piece, and over its stones."""
    piece = torch.sigmoid(planes[:, :1])
    stone = torch.sigmoid(planes[:, 1:]) * piece
    piece4, stone4 = functional.avg_pool2d(piece, 4), functional.avg_pool2d(stone, 4)
    piece16 = functional.avg_pool2d(piece4, 4)
    return torch.cat(
        [
            last.mean((2, 3)),
            last.amax((2, 3)),
            sixteenth.mean((2, 3)),
            _mean_over(sixteenth, piece16),
            _mean_over(eighth, 1.0 - functional.avg_pool2d(piece4, 2)),
            _mean_over(quarter, piece4 - stone4),
            _mean_over(quarter, stone4),
        ],
        1,
    )


def _mean_over(features: Tensor, share: Tensor) -> Tensor:
    return (features * share).sum((2, 3)) / (share.sum((2, 3)) + 1e-3)


class Outline(nn.Module):
    """The edge of the piece and of its stones, from the picture and ``HINTS`` planes at a quarter of its size."""

    def __init__(self) -> None:
        super().__init__()
        a, b, c = _OUTLINE_WIDTHS
        self.at_quarter = nn.Sequential(_Convolution(3 * BLOCK * BLOCK + HINTS, a), _Convolution(a, a))
        self.at_eighth = nn.Sequential(_Convolution(a, b, 2), _Residual(b))
        self.at_sixteenth = nn.Sequential(_Convolution(b, c, 2), _Residual(c), _Residual(c))
        self.surroundings = nn.Sequential(*(_Residual(c, reach) for reach in _REACHES))
        for step in self.surroundings:
            # Nothing is added at first: older weights, which lack these steps, go on as they are.
            nn.init.zeros_(step.second[1].weight)
        self.up_eighth = _Merge(c, b, 40)
        self.up_quarter = _Merge(40, a, a)
        self.planes = nn.Sequential(
            _Convolution(a, a), nn.Conv2d(a, 2 * BLOCK * BLOCK, 3, 1, 1), nn.PixelShuffle(BLOCK)
        )

    def forward(self, picture: Tensor, hints: Tensor) -> Tensor:
        blocks = functional.pixel_unshuffle(picture - 0.5, BLOCK)
        quarter = self.at_quarter(torch.cat([blocks, hints - 0.5], 1))
        eighth = self.at_eighth(quarter)
        wide = self.surroundings(self.at_sixteenth(eighth))
        planes: Tensor = self.planes(self.up_quarter(self.up_eighth(wide, eighth), quarter))
        return planes
