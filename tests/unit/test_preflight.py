"""Preflight: each matter is found, in words with its number, and said to be mended only where the export mends it."""

import pytest

from dmdx_desktop.models.channel import Wants
from dmdx_desktop.models.preflight import Finding, ImageLook, Verdict, file_size, preflight, size_in_pixels
from dmdx_desktop.models.treatment import FileFormat, Ground, Treatment

WHITE = ImageLook(1600, 1600, 800_000, False, "pure_white", 0.8, 1.0)
JPEG = Treatment(format=FileFormat.JPEG, quality=90, size=1600, shape=(1, 1))


def _image(**changes: object) -> ImageLook:
    values = {name: getattr(WHITE, name) for name in ImageLook.__dataclass_fields__}
    return ImageLook(**{**values, **changes})


def _only(findings: tuple[Finding, ...]) -> Finding:
    (finding,) = findings
    return finding


def test_preflight_of_an_image_that_fits_finds_nothing() -> None:
    assert preflight([WHITE], JPEG, Wants(least_side=1000, square=True, white=True)) == ()


@pytest.mark.parametrize(
    ("image", "treatment", "wants", "verdict", "words"),
    [
        (_image(width=900, height=900), JPEG, Wants(least_side=1000), Verdict.OPEN, "smaller than the 1000 px"),
        (_image(width=1200, height=1200), JPEG, Wants(least_side=1000), Verdict.NOTE, "fewer than 1600 px"),
        (_image(edge="busy", fill=None), JPEG, Wants(white=True), Verdict.OPEN, "not white"),
        (_image(edge="near_white"), JPEG, Wants(white=True), Verdict.OPEN, "not white"),
        (
            _image(edge="near_white"),
            JPEG.model_copy(update={"ground": Ground.WHITE}),
            Wants(white=True),
            Verdict.MENDED,
            "becomes pure white",
        ),
        (_image(edge="clear"), JPEG, Wants(), Verdict.MENDED, "on white"),
        (_image(height=1280), JPEG, Wants(square=True), Verdict.MENDED, "to be 1:1"),
        (_image(height=1280, edge="busy", fill=None), JPEG, Wants(square=True), Verdict.NOTE, "which shows"),
        (_image(height=1280), JPEG.model_copy(update={"shape": None}), Wants(square=True), Verdict.OPEN, "not square"),
        (WHITE, JPEG.model_copy(update={"fill": 0.6}), Wants(), Verdict.MENDED, "fill 60 %"),
        (
            _image(edge="busy", fill=None),
            JPEG.model_copy(update={"fill": 0.6}),
            Wants(),
            Verdict.NOTE,
            "as large as it is",
        ),
        (WHITE, JPEG.model_copy(update={"max_bytes": 200_000}), Wants(), Verdict.MENDED, "quality is lowered"),
        (WHITE, JPEG.model_copy(update={"max_bytes": 20_000}), Wants(), Verdict.OPEN, "at any quality"),
        (_image(is_draft=True), JPEG, Wants(), Verdict.NOTE, "1 image is a draft"),
        (_image(is_draft=True), JPEG, Wants(drafts=False), Verdict.OPEN, "wants photographs"),
        (_image(width=900, height=900), None, Wants(least_side=1000), Verdict.OPEN, "smaller than the 1000 px"),
    ],
)
def test_preflight_of_one_matter_says_it_once(
    image: ImageLook, treatment: Treatment | None, wants: Wants, verdict: Verdict, words: str
) -> None:
    finding = _only(preflight([image], treatment, wants))

    assert (finding.verdict, finding.images) == (verdict, 1)
    assert words in finding.words


def test_preflight_counts_images_and_puts_what_is_open_first() -> None:
    images = [_image(edge="clear", is_draft=True), _image(edge="clear"), _image(edge="busy", fill=None)]
    found = preflight(images, JPEG.model_copy(update={"ground": Ground.WHITE}), Wants(white=True))

    assert [finding.verdict for finding in found] == [Verdict.OPEN, Verdict.MENDED, Verdict.NOTE]
    assert found[1].words == "2 images without a ground go on white"


def test_preflight_of_an_image_without_ground_keeps_it_where_the_format_can() -> None:
    assert preflight([_image(edge="clear")], Treatment(format=FileFormat.PNG), Wants()) == ()


def test_file_size_follows_pixels_quality_and_the_most_there_may_be() -> None:
    small = JPEG.model_copy(update={"size": 800})
    bounded = JPEG.model_copy(update={"max_bytes": 100_000})

    assert size_in_pixels(WHITE, JPEG) == (1600, 1600)
    assert file_size(WHITE, small) == pytest.approx(file_size(WHITE, JPEG) / 4, rel=0.01)
    assert file_size(WHITE, JPEG.model_copy(update={"quality": 80})) < file_size(WHITE, JPEG)
    assert file_size(WHITE, bounded) == 100_000
    assert file_size(WHITE, None) == 800_000
