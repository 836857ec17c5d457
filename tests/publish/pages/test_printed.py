"""Printed lines: in order, as printed, cells of one row together."""


from site_pages import SAMPLE, page_of, parse


def test_printed_lines_stand_in_order_and_as_printed(data, pages):
    for report_id in SAMPLE:
        lines = data.lines[data.lines["report_id"] == report_id]
        printed = [cell.text() for cell in parse(pages[page_of(report_id)]).css(".printed .cell")]
        assert printed == [text for cells in lines["cells"] for text in cells]
