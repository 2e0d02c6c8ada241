"""Cut-outs: how well they fit the truth of the samples, and what they do where there is little to see."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import SURE_ENOUGH, CutOut, cut_out
from dmdx_desktop.imaging.measure import read_background
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.models.vocabulary import Background
from tests.imaging.sample_truth import cut_of, overlap, picture_of, the_eye, truths


def _saved(image: Image.Image, folder: Path) -> CutOut:
    path = folder / "made.png"
    image.save(path)
    return cut_out(open_picture(path, Bounds()), the_eye())


@pytest.mark.by_turns("outlines of samples")
@pytest.mark.parametrize(("kind", "least"), [("cad", 0.97), ("photo", 0.93), ("sketch", 0.93)])
def test_cut_out_of_samples_of_a_kind_overlaps_the_truth(kind: str, least: float) -> None:
    scores = [overlap(cut_of(t.file).coverage > 127, t.piece_mask) for t in truths() if t.kind == kind]

    assert len(scores) >= 8
    assert np.mean(scores) >= least
    assert min(scores) >= 0.8


def test_cut_out_of_any_sample_keeps_the_size_of_the_upright_picture() -> None:
    for truth in truths():
        picture, cut = picture_of(truth.file), cut_of(truth.file)
        assert cut.coverage.shape == (picture.height, picture.width) == truth.piece_mask.shape
        assert cut.colours.shape == (picture.height, picture.width, 3)


def test_cut_out_of_a_ring_leaves_its_hole_open() -> None:
    cut = cut_of("solitaire-ring_front.png")
    rows, columns = np.nonzero(cut.coverage > 127)
    middle = (int(rows.max() * 0.7 + rows.min() * 0.3), int((columns.min() + columns.max()) / 2))

    assert cut.coverage[middle] == 0


def test_cut_out_of_a_cad_viewport_drops_grid_caption_and_axes() -> None:
    cut = cut_of("solitaire-ring_three-quarter.png")

    assert not (cut.coverage[:60, :150] > 0).any()
    assert not (cut.coverage[-150:, :150] > 0).any()


def test_cut_out_of_a_transparent_picture_is_its_own_alpha() -> None:
    picture = picture_of("wedding-band-rose_three-quarter_photo-alpha.png")
    cut = cut_out(picture, the_eye())

    assert np.array_equal(cut.coverage, np.asarray(picture.image.getchannel("A")))
    assert cut.transparent
    assert read_background(picture, cut).value is Background.TRANSPARENT
    assert cut.confidence > 0.9


def test_cut_out_of_a_disc_with_soft_edges_frees_its_colours_of_the_background(tmp_path: Path) -> None:
    large = Image.new("RGB", (2400, 2400), (250, 250, 250))
    ImageDraw.Draw(large).ellipse((800, 800, 1600, 1600), fill=(160, 20, 20))
    cut = _saved(large.resize((600, 600), Image.Resampling.BOX), tmp_path)

    seen = cut.coverage > 100
    assert cut.colours[seen][:, 1].max() < 70
    assert abs(int((cut.coverage > 127).sum()) - round(np.pi * 100 * 100)) < 700


def test_cut_out_twice_with_another_between_gives_the_same_coverage() -> None:
    first = cut_out(picture_of("halo-ring_top_photo.jpg"), the_eye())
    cut_out(picture_of("flower-brooch_top.jpg"), the_eye())
    again = cut_out(picture_of("halo-ring_top_photo.jpg"), the_eye())

    assert np.array_equal(first.coverage, again.coverage)
    assert np.array_equal(first.colours, again.colours)
    assert first.confidence == again.confidence


@pytest.mark.parametrize("colour", [(255, 255, 255), (128, 128, 128), (0, 0, 0), (200, 180, 160)])
def test_cut_out_of_an_empty_picture_is_empty_and_says_so(colour: tuple[int, int, int], tmp_path: Path) -> None:
    cut = _saved(Image.new("RGB", (320, 240), colour), tmp_path)

    assert cut.is_empty
    assert cut.confidence == 0.0


def test_cut_out_of_noise_is_unsure(tmp_path: Path) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    cut = _saved(Image.fromarray(noise), tmp_path)

    assert cut.confidence < SURE_ENOUGH


@pytest.mark.parametrize("size", [(16, 16), (17, 300), (300, 17), (40, 41)])
def test_cut_out_of_the_smallest_pictures_does_not_fail(size: tuple[int, int], tmp_path: Path) -> None:
    image = Image.new("RGB", size, (240, 240, 240))
    ImageDraw.Draw(image).rectangle((5, 5, 10, 10), fill=(60, 30, 0))

    assert _saved(image, tmp_path).coverage.shape == (size[1], size[0])
