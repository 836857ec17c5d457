"""Names of pages, and tables and words for everybody."""

import doctest
import re

from site_pages import check_links, page_of, parse, text_of

from publish.pages import markup


def test_links_lead_somewhere_and_ids_are_unique(pages):
    check_links(pages)


def test_names_of_pages():
    ids = ["a/b.txt", "a-b.txt", "a_b.txt", "汉阴.txt", "漢陰.txt", "A.txt", "a.txt", "a", "a.html", "index.txt", "indicators.txt"]
    ids += ["", ".txt", "../x.txt", "a b.txt", f"{'x' * 200}.txt", f"{'x' * 200}.html", f"{markup.slug('A.txt')}.txt", "a--b.txt", "-a.txt"]
    slugs = [markup.slug(one) for one in ids]
    assert len({slug.lower() for slug in slugs}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", slug) for slug in slugs)
    assert not {"index", "indicators"} & set(slugs)
    assert doctest.testmod(markup).failed == 0


def test_tables_have_captions_and_headers_with_text(pages):
    for name, page in pages.items():
        tables = parse(page).css("table")
        assert len(tables) == len(parse(page).css("div.table-scroll[tabindex='0'][role=region] > table")), name
        regions = [node.attributes["aria-label"] for node in parse(page).css("[role=region]")]
        assert len(set(regions)) == len(regions), name
        for table in tables:
            assert text_of(table.css_first("caption")), name
            assert all(text_of(th) and th.attributes["scope"] in ("col", "row", "rowgroup") for th in table.css("th")), name
        for link in parse(page).css("a"):
            assert text_of(link), name
            label = link.attributes.get("aria-label")
            assert (label or "").startswith(link.text()) if label else re.search(r"[a-z\u4e00-\u9fff]", link.text()), f"{name}: {link.html}"


def test_chinese_is_marked(pages):
    page = parse(pages[page_of("linping-2022.txt")])
    assert {node.attributes["lang"] for node in page.css(".cells")} == {"zh-Hant"}
    for node in page.css(".statutory th, caption"):
        for span in node.css("[lang]"):
            span.decompose()
        assert not re.search(r"[\u4e00-\u9fff]", node.text())
