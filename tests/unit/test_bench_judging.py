"""How the benches judge readings and cut-outs: loading of truth, reliability, overlap and flagging."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.analyst import Verdict, calibration_error, reliability
from bench.cutout import Score, flagging, gates, overlap
from bench.truth import SAMPLES, TruePicture, true_pictures
from dmdx_desktop.models.vocabulary import Background


def _truth(background: Background) -> TruePicture:
    return TruePicture(Path("a.png"), "photo", background, frozenset({"silver"}), True, frozenset(), 1, "front")


def _score(background: Background, share: float, confidence: float) -> Score:
    return Score(_truth(background), share, 0.0, confidence, 0.0)


def test_true_pictures_of_the_samples_have_masks_of_their_size() -> None:
    pictures = true_pictures(SAMPLES)

    assert len(pictures) >= 40
    assert {picture.kind for picture in pictures} == {"photo", "cad", "sketch"}
    assert all(0.0 < (picture.coverage > 127).mean() < 0.9 for picture in pictures[::7])
    assert next(picture for picture in pictures if "earrings" in picture.file.name).items == 2


def test_true_pictures_of_neighbouring_files_read_them_and_leave_out_unfinished_ones(tmp_path: Path) -> None:
    facts = {"kind": "cad", "background": "grid", "metal": "platinum", "metal2": "rose_gold", "shows_metal": False}
    facts |= {"colours": ["blue"], "items": 2, "view": "top"}
    planes = np.zeros((4, 6, 3), dtype=np.uint8)
    planes[1, 2], planes[2, 2] = (200, 0, 0), (100, 155, 0)
    Image.fromarray(planes).save(tmp_path / "one.truth.png")
    Image.new("RGB", (6, 4)).save(tmp_path / "one.png")
    Image.new("RGB", (6, 4)).save(tmp_path / "unfinished.png")
    for name in ("one", "unfinished"):
        (tmp_path / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")

    (picture,) = true_pictures(tmp_path)

    assert picture.group == "cad on grid"
    assert picture.tones == {"white", "rose_gold"}
    assert (picture.coverage[1, 2], picture.coverage[2, 2], picture.coverage[0, 0]) == (200, 255, 0)


def test_true_pictures_at_most_some_are_chosen_evenly() -> None:
    every, some = true_pictures(SAMPLES), true_pictures(SAMPLES, 4)

    assert [one.file for one in some] == [every[len(every) * step // 4].file for step in range(4)]


def test_true_pictures_of_an_empty_folder_ends_with_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no picture"):
        true_pictures(tmp_path)


def test_reliability_puts_every_statement_in_one_bin() -> None:
    said = [Verdict(True, confidence, right) for confidence, right in ((0.45, False), (0.95, True), (1.0, True))]
    bins = reliability(said)

    assert [one.count for one in bins] == [1, 2]
    assert [one.accuracy for one in bins] == [0.0, 1.0]
    assert calibration_error(said) == pytest.approx((0.45 + 2 * 0.025) / 3)


def test_calibration_error_of_honest_statements_is_nothing() -> None:
    assert calibration_error([Verdict(True, 0.75, turn != 0) for turn in range(4)]) == pytest.approx(0.0)


def test_overlap_of_masks_counts_what_is_mostly_covered() -> None:
    one, other = np.zeros((2, 4), dtype=np.uint8), np.zeros((2, 4), dtype=np.uint8)
    assert overlap(one, other) == 1.0
    one[0], other[:, 0] = 255, 200
    assert overlap(one, other) == pytest.approx(1 / 5)


def test_flagging_tells_precision_and_recall() -> None:
    scores = [_score(Background.BUSY, *pair) for pair in ((0.5, 0.1), (0.6, 0.9), (0.99, 0.2), (0.99, 0.9))]
    found = flagging(scores, 0.5)

    assert (found.flagged, found.precision, found.recall) == (2, 0.5, 0.5)


def test_gates_of_a_busy_table_accept_a_good_or_a_flagged_cut_out() -> None:
    good, flagged, bad = (_score(Background.BUSY, *pair) for pair in ((0.9, 0.9), (0.2, 0.1), (0.2, 0.9)))

    assert [measured for _, _, measured in gates([good, flagged])] == [1.0]
    assert [measured for _, _, measured in gates([good, bad])] == [0.5]


def test_gates_ask_for_the_mean_and_the_lowest_of_plain_backgrounds() -> None:
    asked = gates([_score(Background.WHITE, 1.0, 1.0), _score(Background.GREY, 0.8, 1.0)])

    assert [(least, round(measured, 3)) for _, least, measured in asked] == [(0.97, 0.9), (0.85, 0.8)]
