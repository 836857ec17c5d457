"""Tables of notebooks: places, numbers and names lead to where they are printed."""

import pandas as pd
import pytest
from selectolax.lexbor import LexborHTMLParser
from site_pages import text_of

from govtables.dataset import Dataset
from publish.pages import gather, sources

LONGGANG = "../reports/zhejiang-sheng-wenzhou-shi-longgang-shi-2021.html"
HUAJIE = "../reports/zhejiang-sheng-jinhua-shi-yongkang-shi-huajie-zhen-2023.html"


@pytest.fixture(scope="module")
def known(data) -> sources.Sources:
    return sources.find_sources(data, gather.make_pages(data, 200))


def link_frame(frame: pd.DataFrame, known: sources.Sources) -> dict[str, str]:
    """Where the cells of a frame lead, by their text."""
    linked = sources.link_sources(frame.to_html(), known)
    assert text_of(LexborHTMLParser(linked).body) == text_of(LexborHTMLParser(frame.to_html()).body)
    return {text_of(node): node.attributes["href"] for node in LexborHTMLParser(linked).css("a")}


def cells_of(data: Dataset, report: str, count: int = 4) -> pd.DataFrame:
    cells = data.cells.query("report_id == @report and table == 'requests' and row == 'received' and status == 'reported'")
    return cells[["row", "column", "raw", "place"]].head(count)


def test_places_tell_the_report_of_a_table(data, known):
    frame = cells_of(data, "longgang-2021.txt")
    assert link_frame(frame, known)[frame["place"].iloc[0]] == f"{LONGGANG}#{frame['place'].iloc[0]}"
    assert link_frame(frame, known)[frame["raw"].iloc[0]].startswith(f"{LONGGANG}#L")


def test_a_number_that_is_not_printed_there_is_no_link(data, known):
    frame = cells_of(data, "longgang-2021.txt", 1).assign(raw="987")
    assert "987" not in link_frame(frame, known)


def test_places_of_no_report_or_of_several_are_no_links(data, known):
    frame = cells_of(data, "longgang-2021.txt")
    assert link_frame(frame.assign(place="L9999:C1"), known) == {}
    mixed = pd.concat([frame.head(1), cells_of(data, "linping-2022.txt", 1)])
    assert link_frame(mixed, known) == {}
    assert len(link_frame(mixed.assign(report_id=["longgang-2021.txt", "linping-2022.txt"]), known)) == 6


def test_a_value_of_an_indicator_leads_to_its_numbers(known):
    index = pd.MultiIndex.from_product([["龙港市 2021", "花街镇 2023"], ["disclosure_rate", "refusal_rate"]])
    found = link_frame(pd.DataFrame({"value": ["0.1", "0.2", "0.3", "0.4"], "other": "5"}, index=index), known)
    assert found["0.2"] == f"{LONGGANG}#indicator-refusal_rate"
    assert found["0.3"] == f"{HUAJIE}#indicator-disclosure_rate"
    assert found["花街镇 2023"] == f"{HUAJIE}"
    assert "5" not in found
