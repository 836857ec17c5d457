"""Names of pages, and tables and words for everybody."""

import re

from site_pages import check_links, parse, text_of


def test_links_lead_somewhere_and_ids_are_unique(pages):
    check_links(pages)


def test_tables_have_captions_and_headers_with_text(pages):
    for name, page in pages.items():
        tables = parse(page).css("table")
        assert len(tables) == len(parse(page).css("div.table-scroll[tabindex='0'][role=region] > table")), name
        regions = [node.attributes["aria-label"] for node in parse(page).css("[role=region]")]
        assert len(set(regions)) == len(regions), name
        assert not any("<" in region for region in regions), name
        for table in tables:
            assert text_of(table.css_first("caption")), name
            assert all(text_of(th) and th.attributes["scope"] in ("col", "row", "rowgroup") for th in table.css("th")), name
        for link in parse(page).css("a"):
            assert text_of(link), name
            label = link.attributes.get("aria-label")
            assert (label or "").startswith(link.text()) if label else re.search(r"[a-z\u4e00-\u9fff]", link.text()), f"{name}: {link.html}"


def test_chinese_is_marked(pages):
    page = parse(pages.of("linping-2022.txt"))
    assert {node.attributes["lang"] for node in page.css(".cells")} == {"zh-Hant"}
    for node in page.css(".statutory th, caption"):
        for span in node.css("[lang]"):
            span.decompose()
        assert not re.search(r"[\u4e00-\u9fff]", node.text())
