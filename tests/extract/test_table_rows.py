"""Which table printed rows belong to, and which generation their labels tell."""

from extract.lossy_tables import HEADING, ROWS, in_lines, make_table
from govtables.extract.sections import split_sections
from govtables.extract.table_rows import rows_by_table, tell_generation_of
from govtables.forms import collect_wording
from govtables.readers import Cell, Document, Grid, Section

WORDING = collect_wording(())


def sections(text: str):
    cells = tuple(Cell(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1))
    return split_sections(Document("example", "", "text/plain", cells))


def test_rows_of_a_chapter_belong_to_its_table():
    found, labels = rows_by_table(WORDING, sections(in_lines(make_table(3))))
    assert len(found["requests"]) >= len(ROWS)
    assert found["disclosure"] == found["disputes"] == []
    assert labels > 0


def test_a_table_outside_its_chapter_is_found_by_its_labels():
    text = "\n".join(in_lines(make_table(3)).split("\n")[1:])
    assert rows_by_table(WORDING, sections(text))[0]["requests"] != []


def test_labels_without_numbers_are_counted_but_are_no_table():
    found, labels = rows_by_table(WORDING, sections("\n".join([HEADING, *(row.label for row in ROWS)])))
    assert (found["requests"], labels > 8) == ([], True)


def test_the_generation_is_told_by_the_labels_that_only_one_has():
    rows = rows_by_table(WORDING, sections(in_lines(make_table(3))))[0]["requests"]
    assert tell_generation_of(WORDING, "requests", rows) == "2021"
    assert tell_generation_of(WORDING, "requests", []) is None


def test_a_row_run_together_with_the_heading_before_it_stands_where_its_numbers_have_columns():
    rows = [("行政许可", "7"), ("收到和处理政府信息公开申请情况重复申请", *"0000000"), ("规章", "1", "2", "3", "4")]
    grid = Grid(tuple(tuple(Cell(text, f"L{n}") for text in row) for n, row in enumerate(rows)), "rows", "pipe-rows")
    found, _ = rows_by_table(WORDING, [Section(2, None, (grid,))])
    labels = {table: [row.labels[0].text for row in own] for table, own in found.items()}
    assert labels == {"disclosure": ["行政许可", "规章"], "requests": [rows[1][0]], "disputes": []}
