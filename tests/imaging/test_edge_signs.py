"""What pixels along an outline show: one row of numbers each, the same however many are described at a time."""

import numpy as np
import pytest

from dmdx_desktop.imaging import edge_signs as module
from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.edge_signs import SIGNS, Circumstances, Edge, edge_signs
from dmdx_desktop.imaging.matte import edge_of

WHOLE = Circumstances(photo=0.9, cad=0.1, enlarged=1.5)


def _half_gold(noise: int = 6) -> tuple[Bytes, Bytes]:
    """A picture whose left half is gold on grey, and the piece as an eye sees it."""
    rng = np.random.default_rng(7)
    rgb = np.full((60, 80, 3), 190, np.int16)
    rgb[:, :40] = (190, 150, 70)
    rgb[:, 40] = (190, 170, 130)
    piece = np.zeros((60, 80), np.uint8)
    piece[:, :40], piece[:, 40] = 255, 120
    return np.clip(rgb + rng.integers(-noise, noise + 1, rgb.shape), 0, 255).astype(np.uint8), piece


def _signs(rgb: Bytes, piece: Bytes, edge: Edge) -> Floats:
    return np.concatenate(list(edge_signs(rgb, piece, edge, WHOLE)))


def test_edge_signs_of_every_open_pixel_are_one_finite_row() -> None:
    rgb, piece = _half_gold()
    edge = edge_of(rgb, piece)
    signs = _signs(rgb, piece, edge)

    assert signs.shape == (len(edge.rows), SIGNS)
    assert np.isfinite(signs).all()
    assert set(edge.columns) == {38, 39, 40, 41}


def test_edge_signs_by_blocks_are_those_of_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rgb, piece = _half_gold()
    edge = edge_of(rgb, piece)
    together = _signs(rgb, piece, edge)
    monkeypatch.setattr(module, "_AT_ONCE", 7)

    assert np.array_equal(_signs(rgb, piece, edge), together)


def test_edge_signs_of_a_mixed_pixel_tell_its_share_of_gold() -> None:
    rgb, piece = _half_gold(noise=0)
    edge = edge_of(rgb, piece)
    signs = _signs(rgb, piece, edge)
    mixed = signs[:, 49 + 12]  # in the middle of the second block, the pixel itself

    assert mixed[edge.columns == 39] == pytest.approx(1.0, abs=0.05)
    assert mixed[edge.columns == 40] == pytest.approx(0.5, abs=0.08)
    assert mixed[edge.columns == 41] == pytest.approx(0.0, abs=0.05)


def test_edge_of_a_picture_without_a_piece_has_no_pixels() -> None:
    edge = edge_of(np.full((20, 30, 3), 200, np.uint8), np.zeros((20, 30), np.uint8))

    assert len(edge.rows) == 0
    assert list(edge_signs(np.zeros((20, 30, 3), np.uint8), np.zeros((20, 30), np.uint8), edge, WHOLE)) == []
