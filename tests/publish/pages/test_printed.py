"""Printed lines: in order, as printed, cells of one row together."""


from relay.sheets import make_xlsx
from site_pages import SAMPLE, by_id, check_links, follow, parse, text_of, write

import govtables as gt
from publish.pages.markup import anchor


def test_printed_lines_stand_in_order_and_as_printed(data, pages):
    for report_id in SAMPLE:
        ledger = data.ledger[data.ledger["report_id"] == report_id]
        printed = parse(pages.of(report_id)).css(".printed .cell")
        assert [text.text() for text in printed] == ledger["text"].tolist()
        assert [text.attributes["class"] for text in printed] == [f"cell k-{spent}" for spent in ledger["spent"]]


def test_numbers_of_a_workbook_whose_labels_are_merged_lead_to_the_cells_that_were_read(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    for seed in (1, 2):
        sample = make_xlsx(seed, "2021", False)
        (raw / sample.name).write_bytes(sample.data)
    data = gt.load(gt.build(raw, tmp_path / "out", processes=1, progress=False))
    pages = write(data, tmp_path / "pages")
    check_links(pages)
    printed = data.cells[data.cells["status"] == "reported"]
    assert len(printed) > 300
    for cell in printed.itertuples():
        page = pages.of(cell.report_id)
        shown = follow(page, by_id(page)[anchor("cell", cell.table, cell.row, cell.column)])
        assert (shown.text(), shown.attributes["id"]) == (cell.raw, cell.place.replace(":", "-"))


def test_what_is_left_over_stands_out_and_is_explained(pages):
    page = parse(pages.of("value-merged-over-rows.html"))
    assert [text.text() for text in page.css(".printed .k-left_over")] == ["2", "17"]
    [said] = [li for li in page.css(".printed-legend li") if li.css_first(".k-left_over")]
    assert "left over, 2 texts:" in text_of(said)
