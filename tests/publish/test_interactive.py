"""Tables that can be sorted: the library as a script, and the words that it needs."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from publish.interactive import LIBRARY, add_library, make_script, sortable, take
from publish.pages.markup import tag


def test_the_library_is_one_script_that_fetches_nothing(tmp_path):
    add_library(tmp_path)
    script = (tmp_path / LIBRARY).read_text(encoding="utf-8")
    assert "window.tables={" in script and "export{" not in script
    assert len(script) < 800_000


def test_another_bundle_is_refused():
    with pytest.raises(ValueError, match="pin another version"):
        make_script("var a=1;")


def test_a_table_says_its_words_and_which_columns_have_lists():
    html = sortable("All", ["slip_office", "slip_year"], [tag("tr", tag("td", "a"), tag("td", 1))], "slips", ["slip_year"])
    [table] = LexborHTMLParser(html).css("table.sortable")
    assert json.loads(table.attributes["data-words"])["search"] == "Search"
    assert [node.attributes["data-choose"] for node in table.css("[data-choose]")] == ["Year"]


def test_a_table_takes_the_first_rows_that_a_page_holds():
    rows = [tag("tr", tag("td", "县")), tag("tr", tag("td", "b"))]
    size = len(rows[0].encode())
    assert [len(take(iter(rows), most)) for most in (0, size - 1, size, 10**6)] == [0, 0, 1, 2]
