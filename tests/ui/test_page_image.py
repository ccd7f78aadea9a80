"""Pages drawn with a quote marked: where the marks are, and what happens when a page cannot be drawn."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pincite.ingest.errors import RejectedFile
from pincite.ingest.index.index import Index
from pincite.ui.source.page_image import LARGEST, PageImage, draw, page_image, tint
from pincite.ui.style import MARK, MARK_LINE, STYLE

REPORT = "reports/MF-OBS-2025-1-state-of-pooled-computing.pdf"
LINE_COLOUR = tuple(int(MARK_LINE[place : place + 2], 16) for place in (1, 3, 5))
LEFT, BASELINE = 100, 400  # of the line, in points


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return written(tmp_path / "page.pdf")


def written(file: Path, size: tuple[float, float] = A4, rotation: int = 0) -> Path:
    canvas = Canvas(str(file), pagesize=size)
    canvas.setPageRotation(rotation)
    canvas.drawString(LEFT, BASELINE, "The quota for cod is 40 tonnes in 2025.")
    canvas.save()
    return file


def image_of(picture: PageImage) -> Image.Image:
    image = Image.open(io.BytesIO(picture.png)).convert("RGB")
    assert image.size == (picture.width, picture.height)
    return image


def area(image: Image.Image, colour: tuple[int, ...]) -> tuple[int, int, int, int] | None:
    """The smallest rectangle that holds every pixel of a colour."""
    mask = Image.new("1", image.size)
    mask.putdata([pixel == colour for pixel in image.get_flattened_data()])
    return mask.getbbox()


def test_quote_is_tinted_framed_and_underlined_where_it_stands(page: Path) -> None:
    picture = draw(page, 1, "cod is 40 tonnes", 0.0)
    image = image_of(picture)
    frame, ground = area(image, LINE_COLOUR), area(image, tint())
    assert frame
    assert ground
    whole = area(image_of(draw(page, 1, "The quota for cod is 40 tonnes in 2025.", 0.0)), LINE_COLOUR)
    assert whole
    assert whole[0] < frame[0] < ground[0] < ground[2] < frame[2] < whole[2]
    assert abs(whole[0] - LEFT * 1.5) < 3
    assert frame[1] < (A4[1] - BASELINE) * 1.5 < frame[3]
    assert picture.mark_start == pytest.approx((frame[0] / image.width, frame[1] / image.height), abs=0.002)


def test_quote_that_is_not_there_leaves_the_page_as_it_is(page: Path) -> None:
    picture = draw(page, 1, "The quota for herring is 90 tonnes in 2031.", 0.0)
    assert picture.mark_start is None
    assert area(image_of(picture), LINE_COLOUR) is None


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_mark_turns_with_the_page(tmp_path: Path, rotation: int) -> None:
    square = (600, 600)
    upright = area(image_of(draw(written(tmp_path / "a.pdf", square), 1, "cod is 40", 0.0)), LINE_COLOUR)
    turned = image_of(draw(written(tmp_path / "b.pdf", square, rotation), 1, "cod is 40", 0.0))
    back = area(turned.rotate(rotation), LINE_COLOUR)
    assert upright
    assert back
    assert all(abs(one - other) < 6 for one, other in zip(upright, back, strict=True))


def test_picture_of_a_huge_page_is_bounded(tmp_path: Path) -> None:
    picture = draw(written(tmp_path / "huge.pdf", (14_000, 9_000)), 1, "cod", 0.0)
    assert picture.width * picture.height <= LARGEST * 1.01


def test_process_of_its_own_draws_the_same(page: Path) -> None:
    assert page_image(page, 1, "cod is 40 tonnes", 0.0) == draw(page, 1, "cod is 40 tonnes", 0.0)


@pytest.mark.parametrize(("content", "number"), [(b"no PDF", 1), (None, 7)])
def test_page_that_cannot_be_drawn_is_told(page: Path, content: bytes | None, number: int) -> None:
    if content:
        page.write_bytes(content)
    with pytest.raises(RejectedFile, match="cannot be drawn"):
        page_image(page, number, "cod", 0.0)


def test_every_block_of_a_report_is_found_on_its_page(sample: Index, corpus: Path) -> None:
    document = sample.document(REPORT)
    blocks = [block for block in document.blocks if block.end - block.start > 40][::6]
    assert len(blocks) > 5
    for block in blocks:
        number = document.page_at(block.start) or 0
        start, end = document.page_span(number) or (0, 0)
        words = document.text[block.start : min(block.end, end)]
        assert draw(corpus / REPORT, number, words, (block.start - start) / (end - start)).mark_start, words


def test_page_and_text_are_marked_alike() -> None:
    assert f"{MARK} 28%" in STYLE
    assert f"2px solid {MARK_LINE}" in STYLE
    assert tint() == (251, 235, 184)
