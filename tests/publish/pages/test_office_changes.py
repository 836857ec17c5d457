"""How years go on from one another: signs, flags, and what does not agree."""

import pytest
from site_pages import text_of
from selectolax.lexbor import LexborHTMLParser

from county import BODIES, SLIPS
from publish.pages.gather import make_pages
from publish.pages.office_changes import points, write_agreement, write_changes
from publish.pages.offices import make_offices


@pytest.fixture(scope="module")
def offices(years) -> dict:
    return {office.name: office for office in make_offices(years, make_pages(years, 200))}


def read(lines) -> LexborHTMLParser:
    return LexborHTMLParser("\n".join(lines))


@pytest.mark.parametrize(("difference", "told"), [(0.123, "+12.3"), (-0.5, "−50.0"), (0.0, "0.0"), (-0.0001, "0.0")])
def test_points_have_a_sign(difference, told):
    assert points(difference) == told


def test_a_step_says_whether_it_stands_out(offices):
    office = offices["安吉县"]
    page = read(write_changes(office))
    told = [text_of(cell) for cell in page.css("table.changes td")]
    assert len(told) == 6 * 2
    for step in office.steps:
        text = points(step["difference"])
        assert any(cell.startswith(text) and ("stands out" in cell) == bool(step["stands_out"]) for cell in told)


def test_what_is_not_carried_over_is_named_with_both_numbers(offices):
    slip, office = SLIPS["years"], offices[BODIES[3]]
    page = read(write_agreement(office))
    rows = [[text_of(cell) for cell in row.css("th, td")] for row in page.css("table.failing tbody tr")]
    assert len(rows) == 2 and {row[0] for row in rows} == {str(slip.year)}
    assert all(int(row[3]) - slip.change == int(row[4]) for row in rows)
    assert "✗ fails 2" in text_of(page.css_first("table.agreement"))


def test_years_that_agree_say_so(offices):
    page = read(write_agreement(offices["安吉县"]))
    assert "✓ holds" in text_of(page.body) and not page.css("table.failing")
