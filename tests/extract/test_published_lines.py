"""Printed lines and chapters, as they are published."""

from extract.lossy_tables import ROWS, in_lines, make_table, match_lines
from govtables.extract.published_lines import printed_lines, section_row
from govtables.readers import Cell, Grid, Section


def test_printed_lines_lead_back_to_the_document():
    found = match_lines(in_lines(make_table(3)))
    lines = printed_lines(found.rows)
    assert lines[0] == ("L2", 1, [ROWS[0].label])
    assert all(len(texts) == 1 for _, _, texts in lines)


def test_a_chapter_is_its_lines_and_the_rows_of_its_grids():
    grid = Grid(((Cell("a\nb", ""), None, Cell("1", "")), (Cell("c", ""), Cell("2", ""))), "columns", "html")
    section = Section(2, Cell("二、", "L1"), (Cell("说明", "L2"), grid))
    assert section_row(section) == (2, "二、", "说明\na b | 1\nc | 2")
    assert section_row(Section(0, None, ())) == (0, "", "")
