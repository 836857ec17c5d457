"""Pages of reports: printed text stays text, and every report is listed."""

import dataclasses

import pandas as pd
import pytest
from markdown_it import MarkdownIt
from site_pages import ADDRESSES, Pages, parse, text_of, write

from publish.pages import markup, reports

HOSTILE = "<script>alert('x')</script> \n```\n::: | [x](y) {role}`z` **b** &amp; \"q\" # \u2028 ---"


@pytest.fixture(scope="module")
def hostile(data, tmp_path_factory) -> Pages:
    """Pages of the sample with hostile text wherever a document's own text stands."""
    changed = {"reports": ["title", "issuer", "layout"], "cells": ["raw", "reason"], "statements": ["sentence", "printed", "reason"]}
    changed |= {"findings": ["message", "place"], "issuers": ["name", "place", "parent"], "codebook": ["en", "label_2021", "unit_2021"]}
    frames = {name: getattr(data, name).assign(**dict.fromkeys(columns, HOSTILE)) for name, columns in changed.items()}
    frames["ledger"] = data.ledger.assign(text=HOSTILE)
    local = frames["cells"].astype({"row": str}).head(1).assign(row=f"extra.{HOSTILE}", column="extra.1")
    frames["cells"] = pd.concat([local, frames["cells"].astype({"row": str})], ignore_index=True)
    few = frames["reports"][data.reports["report_id"].isin(["hanyin-2022.txt", "value-merged-over-rows.html"])]
    frames["reports"] = pd.concat([few, few.head(1).assign(report_id="broken.txt", error=HOSTILE)], ignore_index=True)
    return write(dataclasses.replace(data, **frames), tmp_path_factory.mktemp("hostile"))


def test_hostile_text_opens_no_element_and_no_attribute(hostile, pages):
    known = {(node.tag, name) for page in pages.values() for node in parse(page).css("body *") for name in ("", *node.attributes)}
    for page in hostile.values():
        assert {(node.tag, name) for node in parse(page).css("body *") for name in ("", *node.attributes)} <= known


def test_hostile_text_is_shown_as_it_is(hostile):
    page = parse(hostile.of("hanyin-2022.txt"))
    assert {cell.text() for cell in page.css(".printed .cell")} == {HOSTILE}
    assert {cell.text() for cell in page.css(".statements td span")} == {HOSTILE}
    assert HOSTILE in parse(hostile.of("broken.txt")).body.text()


def test_hostile_text_is_no_markdown(hostile):
    """Outside of HTML, the pages hold the Markdown that they are meant to hold."""
    for name, page in hostile.items():
        assert len(page.splitlines()) == page.count("\n"), "docutils would end a line elsewhere, too"
        tokens = MarkdownIt("commonmark").parse(page.removeprefix(reports.ORPHAN))
        kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
        assert kinds <= {"heading", "paragraph", "inline", "fence"}, name
        assert {token.info for token in tokens if token.type == "fence"} <= {"{raw} html", "{toctree}"}, name
        inline = {(child.type, child.tag) for token in tokens for child in token.children or []}
        assert inline <= {("text", ""), ("softbreak", "br"), ("link_open", "a"), ("link_close", "a"), ("text_special", "")} | {
            (kind, tag) for kind, tag in inline if kind in ("em_open", "em_close", "code_inline")
        }
        heading = next(token for token, before in zip(tokens[1:], tokens, strict=False) if before.type == "heading_open")
        if name == f"reports/{hostile.slugs['hanyin-2022.txt']}":
            assert "".join(child.content for child in heading.children) == " ".join(f"{HOSTILE} 2022".split())[: markup.LONGEST_TITLE]


def test_documents_without_tables_have_pages(data, pages):
    broken = data.reports.dropna(subset="error")
    assert set(broken["report_id"]) == {"index-page.html", "empty-file.txt"}
    listed = text_of(parse(pages["reports/index"]).body)
    for report_id, error in zip(broken["report_id"], broken["error"], strict=True):
        assert error in text_of(parse(pages.of(report_id)).body)
        assert error in listed


def test_the_overview_lists_every_report(data, pages):
    rows = parse(pages["reports/index"]).css(".overview tbody tr")
    assert [row.css_first("a").attributes["href"] for row in rows] == [f"{pages.slugs[one]}.html" for one in data.reports["report_id"]]
    counts = {text_of(row.css_first("a")): [text_of(td) for td in row.css("td")] for row in rows}
    assert counts["汉阴县 2022"][3:6] == ["29", "14", "0"]
    tree = pages["reports/index"].partition("{toctree}\n:hidden:\n\n")[2].partition("\n```")[0].split()
    assert tree == [pages.slugs[one] for one in data.reports["report_id"]]


def test_of_many_reports_the_first_have_pages(data, tmp_path):
    many = pd.concat([data.reports.tail(1)] * 60, ignore_index=True).assign(report_id=[f"{n}.txt" for n in range(60)], error="nothing", issuer=None)
    pages = write(dataclasses.replace(data, reports=many), tmp_path, most=50)
    assert list(pages)[:52] == [*(f"reports/{n}" for n in range(50)), "reports/index", "reports/indicators"]
    assert "Only 50 have a page here: " in pages["reports/index"] and "The other 10 are" in pages["reports/index"]
    assert "`PAGES=`" in pages["reports/index"]
    assert "toctree" not in pages["reports/index"]  # of so many pages, each would list all
    assert all(pages[f"reports/{n}"].startswith(reports.ORPHAN) for n in range(50))


def test_same_report_same_bytes_whatever_else_is_published(data, pages, tmp_path):
    few = write(data, tmp_path, most=3)
    names = [f"reports/{pages.slugs[one]}" for one in data.reports["report_id"]]
    chosen = list(few)[:3]
    assert chosen == [name for name in names if name in few]
    assert list(pages)[: len(names) + 2] == [*names, "reports/index", "reports/indicators"]
    assert [few[name] for name in (*chosen, "codebook", "tables")] == [pages[name] for name in (*chosen, "codebook", "tables")]


def test_the_published_original_is_linked_and_nothing_else_of_a_registry(pages):
    linked = {name: {link.attributes["href"] for link in parse(pages.of(name)).css(".facts a")} & {*ADDRESSES.values()} for name in ADDRESSES}
    assert linked == {"hanyin-2022.txt": {ADDRESSES["hanyin-2022.txt"]}, "huajie-2023.txt": set()}
    assert ADDRESSES["huajie-2023.txt"] in text_of(parse(pages.of("huajie-2023.txt")).css_first(".facts"))
