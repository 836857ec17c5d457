"""Every printed number leads to its print, and every printed text to what it became."""

import pytest

import govtables as gt
from building import PARQUET
from govtables.dataset import find_source


@pytest.fixture(scope="module")
def data() -> gt.Dataset:
    return gt.load(PARQUET)


def test_a_printed_cell_is_marked_in_its_row(data):
    printed = data.cells[data.cells["raw"].notna()]
    for cell in printed.groupby(["report_id", "table"], observed=True).sample(6, random_state=1).itertuples():
        source = gt.source(data, cell.report_id, cell.table, cell.row, cell.column)
        assert str(source).count("【") == 1 and f"【{cell.raw}】" in str(source)
        assert source.cell["place"] == cell.place and str(source).startswith(f"{cell.report_id}, {cell.place}: ")


def test_a_table_is_shown_as_printed_and_each_text_by_what_it_is_spent_as(data):
    shown = str(gt.source(data, "linping-2022.txt", "disclosure")).splitlines()
    ledger = data.ledger[(data.ledger["report_id"] == "linping-2022.txt") & (data.ledger["table"] == "disclosure")]
    assert sum(line.count("【") for line in shown[1:-1]) == (ledger["spent"] == "cell").sum() > 9
    assert shown[0] == "linping-2022.txt: Proactive disclosure"
    assert shown[-1].split(", ")[:2] == ["    【cell】", "label"]


def test_a_row_is_shown_with_its_label_and_its_cells(data):
    shown = str(gt.source(data, "huajie-2023.txt", "requests", "received"))
    assert shown.count("【") == 8 and "新收" in shown  # seven cells, and the mark that is explained


def test_pages_of_notebooks_show_marks_and_colours_and_escape_what_is_printed(data):
    source = gt.source(data, "linping-2022.txt", "disclosure", "regulation")
    hostile = gt.Source(source.printed.assign(text="<b>"), "<i>")
    html = hostile._repr_html_()
    assert "<b>" not in html and "<i>" not in html and html.count("【&lt;b&gt;】</span>") == 3
    assert "title='cell' style='background:" in html and "color:#000" in html


def test_a_column_without_its_row_is_a_mistake(data):
    with pytest.raises(ValueError, match="column 'total' of which row"):
        gt.source(data, "huajie-2023.txt", "requests", column="total")


def test_what_is_read_of_one_report_shows_what_all_tables_show(data):
    for cell in data.cells.drop_duplicates(["report_id", "table", "row"]).itertuples():
        given = cell.report_id, cell.table, cell.row, cell.column
        for most in (2, 3, 4):
            one, all_ = gt.source(PARQUET, *given[:most]), find_source(data.cells, data.ledger, *given[:most], *[None] * (4 - most))
            assert (str(one), one._repr_html_()) == (str(all_), all_._repr_html_())


def test_a_report_that_is_not_there_is_a_mistake(data):
    with pytest.raises(ValueError, match="no report 'none' in .*; the first are hanyin-2022.txt, huajie-2023.txt"):
        gt.source(data, "none", "requests")


def test_printed_labels_and_a_part_of_an_id_name_what_codes_and_the_id_do(tmp_path):
    whole = gt.source(PARQUET, "huajie-2023.txt", "requests", "granted", "total")
    assert str(gt.source(PARQUET, "huajie", "收到和处理政府信息公开申请情况", "予以公开", "总计")) == str(whole)
    assert str(gt.source(PARQUET, "huajie", "requests", "(一)予以公开", "total")) == str(whole)
    with pytest.raises(ValueError, match="'2022' is part of 3 ids; name one of hanyin-2022.txt, "):
        gt.source(PARQUET, "2022", "requests")
    with pytest.raises(ValueError, match="no row '予以不公开' in huajie-2023.txt; choose one of "):
        gt.source(PARQUET, "huajie", "requests", "予以不公开")
