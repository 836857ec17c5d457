"""Formulas in the numbers of their cells: the sum is that of the numbers, and each leads to its cell."""

import re

import pytest
from site_pages import SAMPLE, by_id, parse, text_of



def test_sums_are_made_of_their_cells(pages):
    for report_id in SAMPLE:
        page = pages.of(report_id)
        sums = [td for td in parse(page).css(".indicators tbody tr[id] td") if "=" in td.text()]
        assert len(sums) > 10
        for td in sums:
            written, total = text_of(td).split(" = ")
            terms = re.findall(r"(^|[+-]) ?([\d.]+)", written)
            assert sum(float(sign.strip("+") + digits) for sign, digits in terms) == pytest.approx(float(total))
            for link in td.css("a"):
                cell = by_id(page)[link.attributes["href"].removeprefix("#")]
                assert text_of(cell).split()[0] == text_of(link)
