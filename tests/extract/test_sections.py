"""Chapters of a report: what opens one, and which of repeated headings counts."""

import pytest

from govtables.extract.sections import read_heading, section_row, split_sections
from govtables.readers import Cell, Document, Grid, Section


def document(*blocks: str | Grid) -> Document:
    cells = [Cell(one, f"L{n}") if isinstance(one, str) else one for n, one in enumerate(blocks, 1)]
    return Document("example", "", "text/plain", tuple(cells))


@pytest.mark.parametrize(
    ("text", "chapter"),
    [
        ("一、总体情况", 1),
        ("# 二、主动公开政府信息情况", 2),
        ("三、收到和處理政府信息公開申請情況", 3),
        ("（一）主动公开政府信息情况", None),
        ("一、", None),
        ("", None),
        ("2022年,我局收到和处理政府信息公开申请情况良好。", None),
    ],
)
def test_heading(text, chapter):
    assert read_heading(text) == chapter


def test_of_a_repeated_heading_the_last_counts():
    found = split_sections(document("一、总体情况", "二、主动公开政府信息情况", "一、总体情况", "无。", "二、主动公开政府信息情况"))
    assert [section.chapter for section in found] == [0, 1, 2]
    assert [block.text for block in found[1].blocks] == ["无。"]
    assert len(found[0].blocks) == 2


def test_a_grid_is_cut_at_a_heading_that_stands_alone_in_its_row():
    rows = (("a", "1"), ("三、收到和处理政府信息公开申请情况", ""), ("b", "2"))
    cells = [tuple(Cell(text, f"R{r}C{c}") for c, text in enumerate(row)) for r, row in enumerate(rows)]
    front, chapter = split_sections(document(Grid(tuple(cells), "columns", "html")))
    assert [[cell.text for cell in row] for row in front.blocks[0].rows] == [["a", "1"]]
    assert chapter.chapter == 3
    assert "b" in [cell.text for grid in chapter.blocks for row in grid.rows for cell in row if cell]


def test_an_empty_document_is_one_empty_section():
    [front] = split_sections(document())
    assert (front.chapter, front.heading, front.blocks) == (0, None, ())


def test_a_chapter_is_its_lines_and_the_rows_of_its_grids():
    grid = Grid(((Cell("a\nb", ""), None, Cell("1", "")), (Cell("c", ""), Cell("2", ""))), "columns", "html")
    section = Section(2, Cell("二、", "L1"), (Cell("说明", "L2"), grid))
    assert section_row(section) == (2, "二、", "说明\na b | 1\nc | 2")
    assert section_row(Section(0, None, ())) == (0, "", "")
