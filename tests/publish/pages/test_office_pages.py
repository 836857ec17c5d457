"""Pages of issuers: years side by side, each number with its flag and its way to the cell; and their list."""

import pytest
from site_pages import Pages, check_links, parse, text_of, write

from county import BODIES, SLIPS
from publish.pages import offices
from publish.pages.addresses import address_issuers


@pytest.fixture(scope="module")
def made(years, tmp_path_factory) -> Pages:
    return write(years, tmp_path_factory.mktemp("offices"))


def page_of(years, made: Pages, name: str):
    return parse(made[f"issuers/{address_issuers(years)[called(name)]}"])


def called(body: str) -> str:
    """A government is called by its place."""
    return body.removesuffix("人民政府")


def row_of(page, head: str) -> list:
    return next(row.css("td") for row in page.css("table.years tr") if text_of(row.css_first("th")) == head)


def test_links_lead_somewhere(made):
    check_links(made)


def test_a_located_number_is_never_shown_as_clean(years, made):
    page, slip = page_of(years, made, BODIES[1]), SLIPS["located"]
    cells = row_of(page, "Granted in full")
    wrong = cells[slip.year - 2021]
    assert "f-located" in wrong.attributes["class"] and text_of(wrong.css_first(".flag")).startswith("! located: ")
    assert int(text_of(wrong.css_first("a"))) - slip.change == int(text_of(wrong.css_first(".flag")).rpartition(" ")[2])
    assert [cell.attributes.get("class") for cell in cells if cell != wrong] == [None, None]
    changes = page.css_first("table.changes")
    flagged = [cell for cell in changes.css("td") if cell.css_first(".flag")]
    assert {cell.attributes["class"] for cell in flagged} == {"f-located", "f-doubted"}
    located = [cell for cell in flagged if cell.attributes["class"] == "f-located"]
    assert all(text_of(cell.css_first(".flag")).startswith("! located: ") for cell in located)


def test_every_number_of_a_report_with_a_page_is_a_link(years, made):
    for name in BODIES:
        page = page_of(years, made, name)
        assert [text_of(cell) for row in page.css_first("table.years").css("tbody tr:not(.group)")[2:] for cell in row.css("td")
                if any(map(str.isdigit, text_of(cell))) and not cell.css("a")] == []


def test_versions_of_a_year_stand_side_by_side_and_none_counts(years, made):
    page = page_of(years, made, BODIES[6])
    heads = [text_of(head.css_first("a")) for head in page.css_first("table.years").css("thead th")[1:]]
    assert heads == ["2021", "2022", "2022", "2023"]
    assert [text_of(cell) for cell in row_of(page, "Counts for its year")] == ["✓", *["no: versions differ"] * 2, "✓"]


def test_one_year_alone_is_a_page_too(data, pages):
    page = pages[f"issuers/{address_issuers(data)['汉阴县']}"]
    assert len(parse(page).css_first("table.years").css("thead th")) == 2
    assert "No rate is known in two years" in page and "no report of 2021 by 汉阴县" in page


def test_unknown_is_said_with_what_is_left(data, pages):
    page = parse(pages[f"issuers/{address_issuers(data)['汉阴县']}"])
    assert text_of(row_of(page, "Carried over to the year after")[0]) == "unknown: 0 or more"


def test_the_list_leads_to_every_issuer_and_says_what_is_to_be_mended(years, made):
    page = parse(made["issuers/index"])
    rows = page.css("table.offices tbody tr")
    assert {row.css_first("a").attributes["href"] for row in rows} == {f"{slug}.html" for slug in address_issuers(years).values()}
    counts = {text_of(row.css_first("a")): [text_of(cell) for cell in row.css("td")[1:]] for row in rows}
    assert counts[BODIES[6]][:2] == ["2021, 2022, 2023", "4"] and int(counts[BODIES[1]][2]) >= 1
    assert "1 report with a page name no issuer" in made["issuers/index"]  # the archive


def test_pages_of_reports_lead_to_their_issuer(years, made):
    slug = address_issuers(years)[called(BODIES[0])]
    assert f"(../issuers/{slug}.md)" in made[f"reports/{slug}-2022"]


def test_words_are_those_of_the_edition(years, tmp_path, monkeypatch):
    monkeypatch.setenv("GOVTABLES_LANG", "zh")
    pages = write(years, tmp_path, 3)
    page = parse(next(page for name, page in pages.items() if name.startswith("issuers/zhejiang")))
    assert "办理结果" in page.body.text() and "Denied" not in page.body.text()


def test_an_issuer_of_too_many_reports_shows_the_latest_and_counts_all(years, tmp_path, monkeypatch):
    monkeypatch.setattr(offices, "MOST_REPORTS", 2)
    made = write(years, tmp_path)
    page = page_of(years, made, BODIES[1])
    assert [text_of(head.css_first("a")) for head in page.css_first("table.years").css("thead th")[1:]] == ["2022", "2023"]
    slug = address_issuers(years)[called(BODIES[1])]
    assert "1 earlier report of this issuer" in made[f"issuers/{slug}"]
    row = parse(made["issuers/index"]).css_first(f"th a[href='{slug}.html']").parent.parent
    assert text_of(row.css(".number")[0]) == "3"
