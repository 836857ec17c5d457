"""Tables of notebooks: one row of headers, numbers to the right, codes that may break."""

import pandas as pd
import pytest
from selectolax.lexbor import LexborHTMLParser

from publish.tables import arrange_html, break_codes

FRAME = pd.DataFrame({"text": ["a", "b"], "number": ["1,424.4", "-3"], "mixed": ["1", "x"]})


def parse(frame: pd.DataFrame) -> LexborHTMLParser:
    return LexborHTMLParser(arrange_html(frame.to_html(border=1)))


def test_two_rows_of_headers_become_one_where_they_leave_room():
    page = parse(FRAME.rename_axis("row"))
    assert [[cell.text() for cell in row.css("th, td")] for row in page.css("thead tr")] == [["row", "text", "number", "mixed"]]


def test_two_rows_of_headers_stay_where_both_have_names():
    page = parse(FRAME.rename_axis("row").rename_axis("column", axis=1))
    assert len(page.css("thead tr")) == 2


def test_columns_of_numbers_are_marked_and_others_are_not():
    page = parse(FRAME)
    assert [cell.text() for cell in page.css("td.number")] == ["1,424.4", "-3"]


def test_headers_say_what_they_head():
    page = parse(FRAME)
    assert {cell.attributes["scope"] for cell in page.css("thead th")} == {"col"}
    assert {cell.attributes["scope"] for cell in page.css("tbody th")} == {"row"}


@pytest.mark.parametrize(("text", "broken"), [("carried_over", "carried_<wbr>over"), ("a.b", "a.<wbr>b"), ("3.5", "3.5"), ("plain", "plain")])
def test_codes_break_between_their_words(text, broken):
    assert break_codes(text) == broken


def test_what_stands_in_a_cell_stays_text():
    page = parse(pd.DataFrame({"a": ["<script>x_y</script>"], "b": ["`code` & more"]}))
    assert page.css("script") == []
    assert [code.text() for code in page.css("td code")] == ["code"]
    assert "<script>x_y</script>" in page.body.text()


def test_what_styles_a_table_alone_is_left_out():
    html = f"<style scoped>td {{color: red}}</style>{FRAME.to_html()}"
    assert "style" not in arrange_html(html)


def test_a_code_at_the_head_of_a_column_is_labelled_in_the_language_of_the_page(monkeypatch):
    frame = pd.DataFrame({"refusal_rate": [1], "mixed": ["x"]}).rename_axis("report_id")
    heads = parse(frame).css("thead th")
    assert [(head.text(), head.attributes.get("title")) for head in heads] == [("report_id", "Report"), ("refusal_rate", "Refusal rate"), ("mixed", None)]
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    heads = parse(frame).css("thead th")
    assert [head.text(deep=False) for head in heads] == ["报告", "不予公开率", "mixed"]
    assert [code.text() for code in parse(frame).css("thead small.code[lang=en]")] == ["report_id", "refusal_rate"]
