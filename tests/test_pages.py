"""The pages of the site: from each number to its printed line, every link leads somewhere, printed text stays text."""

import dataclasses
import doctest
import re
import shutil
import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

import govtables as gt
from govtables.analysis.indicators import definitions
from govtables.dataset.dictionary import fields
from govtables.dataset.schema import SCHEMAS
from govtables.dataset.store import Dataset

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP))
from publish.pages import codebook, evidence, gather, markup, reports, sources, statutory  # noqa: E402

RAW, DOCUMENTS, STYLE = TOP / "data" / "raw", TOP / "tests" / "documents", TOP / "docs" / "_static" / "reports.css"
SAMPLE = sorted(path.name for path in RAW.glob("*-*.txt"))
HARD = ["form-of-2019.txt", "contradiction-stays-as-printed.txt", "unknown-row-in-table-three.txt", "value-merged-over-rows.html"]
HARD += ["damaged-numbers.txt", "index-page.html", "empty-file.txt", "slash-dash-and-no.txt", "row-printed-empty-in-lines.txt"]
HARD += ["two-rows-lost-a-value-each.txt", "bare-page-number-inside-table.txt", "disputes-blank-cells.txt"]
BLOCK = re.compile(r"^```\{raw\} html\n(?::class: no-search\n\n)?(.*?)\n```$", re.S | re.M)
HOSTILE = "<script>alert('x')</script> \n```\n::: | [x](y) {role}`z` **b** &amp; \"q\" # \u2028 ---"
THREE_MEGABYTES = 3_000_000

Pages = dict[str, str]


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Dataset:
    """The sample and documents with what is hard to show."""
    folder = tmp_path_factory.mktemp("pages")
    raw = folder / "raw"
    shutil.copytree(RAW, raw)
    for name in HARD:
        shutil.copy(DOCUMENTS / name, raw / name)
    return gt.load(gt.build(raw, folder / "out", processes=1, progress=False))


@pytest.fixture(scope="module")
def pages(data, tmp_path_factory) -> Pages:
    """All pages of that dataset, by name."""
    return write(data, tmp_path_factory.mktemp("site"))


def write(data: Dataset, out: Path, most: int = 200) -> Pages:
    """Write all pages; return those of reports in the order in which they are named, then the others."""
    written = reports.write_reports(data, gather.make_pages(data, most), out)
    names = [*written, codebook.write_codebook(data, out), codebook.write_dictionary(data, out)]
    assert {f"{name}.md" for name in names} == {path.relative_to(out).as_posix() for path in out.rglob("*.md")}
    return {name: (out / f"{name}.md").read_bytes().decode() for name in names}


def page_of(report_id: str) -> str:
    return f"reports/{markup.slug(report_id)}"


@cache
def parse(page: str) -> LexborHTMLParser:
    """Read the HTML of a page, as Sphinx puts it into the site."""
    return LexborHTMLParser("<body>" + "\n".join(BLOCK.findall(page)))


@cache
def by_id(page: str) -> dict:
    """Elements by id, as links find them."""
    nodes = parse(page).css("[id]")
    found = {node.attributes["id"]: node for node in nodes}
    assert len(found) == len(nodes)
    return found


def follow(page: str, node):
    """Return what the one link in an element leads to."""
    [link] = node.css("a")
    return by_id(page)[link.attributes["href"].removeprefix("#")]


def text_of(node) -> str:
    return " ".join(node.text().split())


# -- from the number to its printed line --------------------------------------------------------------------------


@pytest.mark.parametrize("report_id", [*SAMPLE, *HARD])
def test_every_number_stands_once_and_leads_to_its_print(data, pages, report_id):
    page = pages[page_of(report_id)]
    cells = data.cells[(data.cells["report_id"] == report_id) & data.cells["value"].notna()]
    for cell in cells.itertuples():
        found = by_id(page)[markup.anchor("cell", cell.table, cell.row, cell.column)]
        assert found.tag == "td"
        shown = text_of(found).split()
        assert float(shown[0]) == cell.value
        assert ("∴" in shown) == (cell.status == "inferred")
        target = follow(page, found)
        if cell.status == "inferred":
            assert cell.reason in target.text()
        else:
            assert target.text().strip() == cell.raw
            assert target.attributes["class"] == "cell"
    shown = [td for td in parse(page).css("td[id]") if re.match(r"[-\d]", text_of(td))]
    assert len(shown) == len(cells)


def test_unknown_cells_say_why_and_what_is_left(data, pages):
    unknown = data.cells[data.cells["value"].isna()]
    assert set(unknown["status"]) == {"blank", "absent", "unreadable", "not_applicable"}
    for cell in unknown.itertuples():
        found = by_id(pages[page_of(cell.report_id)])[markup.anchor("cell", cell.table, cell.row, cell.column)]
        assert text_of(found).startswith(statutory.SIGNS[cell.status])
        assert not found.css("a") if cell.status == "absent" else found.css("a") or pd.isna(cell.place)
    assert text_of(by_id(pages[page_of("hanyin-2022.txt")])["cell-requests-carried_in-total"]) == "· ≥ 0"


def test_a_decided_number_says_so_and_leads_to_what_is_printed(data, tmp_path):
    cells = data.cells[data.cells["report_id"] == "hanyin-2022.txt"].astype({"status": str})
    decided = (cells["row"] == "carried_in") & (cells["column"] == "total")
    cells.loc[decided, ["status", "value", "reason"]] = ["decided", 3.0, "by a person"]
    one = data.reports[data.reports["report_id"] == "hanyin-2022.txt"].assign(n_decided=1)
    page = write(dataclasses.replace(data, cells=cells, reports=one), tmp_path)[page_of("hanyin-2022.txt")]
    found = by_id(page)["cell-requests-carried_in-total"]
    assert text_of(found) == "3 †"
    assert follow(page, found).attributes["id"] == "L100-C1"
    assert "by a person" in text_of(parse(page).css_first(".reasons"))


def test_printed_lines_stand_in_order_and_as_printed(data, pages):
    for report_id in SAMPLE:
        lines = data.lines[data.lines["report_id"] == report_id]
        printed = [cell.text() for cell in parse(pages[page_of(report_id)]).css(".printed .cell")]
        assert printed == [text for cells in lines["cells"] for text in cells]


def test_links_lead_somewhere_and_ids_are_unique(pages):
    for name, page in pages.items():
        assert by_id(page) or name.startswith("reports/"), name
        for link in parse(page).css("a"):
            href = link.attributes["href"]
            path, _, anchor = href.partition("#")
            there = (Path("/") / name).parent.joinpath(path).with_suffix("") if path else Path("/") / name
            target = pages["/".join(part for part in resolve(there) if part != "/")]
            assert not anchor or anchor in by_id(target), f"{name}: {href}"


def resolve(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return parts


def test_a_unit_is_that_of_the_form(pages):
    heads = {page: text_of(parse(pages[page_of(page)]).body) for page in ("form-of-2019.txt", "huajie-2023.txt")}
    assert "Total amount procured (no unit in the form) 采购总金额 Centralised" in heads["form-of-2019.txt"]
    assert "Amount charged in the year 本年收费金额(单位:万元) (万元)" in heads["huajie-2023.txt"]


def test_sums_are_made_of_their_cells(pages):
    for report_id in SAMPLE:
        page = pages[page_of(report_id)]
        sums = [td for td in parse(page).css(".indicators tbody tr[id] td") if "=" in td.text()]
        assert len(sums) > 10
        for td in sums:
            written, total = text_of(td).split(" = ")
            terms = re.findall(r"(^|[+-]) ?([\d.]+)", written)
            assert sum(float(sign.strip("+") + digits) for sign, digits in terms) == pytest.approx(float(total))
            for link in td.css("a"):
                cell = by_id(page)[link.attributes["href"].removeprefix("#")]
                assert text_of(cell).split()[0] == text_of(link)


def test_every_kind_of_indicator_and_code_has_its_place(data):
    assert set(definitions()["kind"]) == set(evidence.KINDS)
    assert list(dict.fromkeys(data.codebook["axis"])) == list(codebook.AXES)


def test_statements_and_findings_lead_to_cells(data, pages):
    page = parse(pages[page_of("longgang-2021.txt")])
    said = data.statements[data.statements["report_id"] == "longgang-2021.txt"]
    rows = page.css(".statements tr[id]")
    assert [text_of(row.css("td")[0]) for row in rows] == list(said["printed"])
    assert [text_of(row.css("td")[2]) for row in rows] == list(said["verdict"])
    share = next(row for row in rows if text_of(row.css("td")[0]) == "80.7%")
    assert text_of(share.css("td")[1]) == "(103 + 31) / (166) = 80.72 %"
    found = data.findings[data.findings["report_id"] == "contradiction-stays-as-printed.txt"]
    page = parse(pages[page_of("contradiction-stays-as-printed.txt")])
    for row, finding in zip(page.css(".findings tr[id]"), found.itertuples(), strict=True):
        cells = {f"#cell-{'-'.join(code.split('.'))}" for code in finding.cells}
        assert cells | {f"#{markup.place_anchor(finding.place)}"} == {link.attributes["href"] for link in row.css("td")[2].css("a")}
        assert [text_of(row.css_first("th")), text_of(row.css("td")[1])] == [finding.severity, finding.message]
    assert page.css(".proposals tbody td")


# -- printed text stays text --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(data, tmp_path_factory) -> Pages:
    """Pages of the sample with hostile text wherever a document's own text stands."""
    changed = {"reports": ["title", "issuer", "layout"], "cells": ["raw", "reason"], "statements": ["sentence", "printed", "reason"]}
    changed |= {"findings": ["message", "place"], "issuers": ["name", "place", "parent"], "codebook": ["en", "label_2021", "unit_2021"]}
    frames = {name: getattr(data, name).assign(**dict.fromkeys(columns, HOSTILE)) for name, columns in changed.items()}
    frames["lines"] = data.lines.assign(cells=[[HOSTILE] * len(cells) for cells in data.lines["cells"]])
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
    page = parse(hostile[page_of("hanyin-2022.txt")])
    assert {cell.text() for cell in page.css(".printed .cell")} == {HOSTILE}
    assert {cell.text() for cell in page.css(".statements td span")} == {HOSTILE}
    assert HOSTILE in parse(hostile[page_of("broken.txt")]).body.text()


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
        if name == page_of("hanyin-2022.txt"):
            assert "".join(child.content for child in heading.children) == " ".join(f"{HOSTILE} 2022".split())[: markup.LONGEST_TITLE]


# -- names, order, errors, sizes ----------------------------------------------------------------------------------


def test_names_of_pages():
    ids = ["a/b.txt", "a-b.txt", "a_b.txt", "汉阴.txt", "漢陰.txt", "A.txt", "a.txt", "a", "a.html", "index.txt", "indicators.txt"]
    ids += ["", ".txt", "../x.txt", "a b.txt", f"{'x' * 200}.txt", f"{'x' * 200}.html", f"{markup.slug('A.txt')}.txt", "a--b.txt", "-a.txt"]
    slugs = [markup.slug(one) for one in ids]
    assert len({slug.lower() for slug in slugs}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", slug) for slug in slugs)
    assert not {"index", "indicators"} & set(slugs)
    assert doctest.testmod(markup).failed == 0


def test_documents_without_tables_have_pages(data, pages):
    broken = data.reports.dropna(subset="error")
    assert set(broken["report_id"]) == {"index-page.html", "empty-file.txt"}
    listed = text_of(parse(pages["reports/index"]).body)
    for report_id, error in zip(broken["report_id"], broken["error"], strict=True):
        assert error in text_of(parse(pages[page_of(report_id)]).body)
        assert error in listed


def test_the_overview_lists_every_report(data, pages):
    rows = parse(pages["reports/index"]).css(".overview tbody tr")
    assert [row.css_first("a").attributes["href"] for row in rows] == [f"{markup.slug(one)}.html" for one in data.reports["report_id"]]
    counts = {text_of(row.css_first("a")): [text_of(td) for td in row.css("td")] for row in rows}
    assert counts["汉阴县 2022"][3:6] == ["29", "14", "0"]
    tree = pages["reports/index"].partition("{toctree}\n:hidden:\n\n")[2].partition("\n```")[0].split()
    assert tree == [markup.slug(one) for one in data.reports["report_id"]]


def test_a_body_is_called_as_in_the_notebooks(pages):
    for report_id, called, printed in (
        ("jiyuan-hitech-2022.txt", "济源高新技术产业开发区 2022", "高新技术产业开发区管理办公室"),
        ("linping-2022.txt", "临平区 2022", "臨平區人民政府"),
    ):
        page = pages[page_of(report_id)]
        assert page.splitlines()[0] == f"# {called}"
        assert printed in text_of(parse(page).css_first(".facts"))
        assert called in text_of(parse(pages["reports/indicators"]).body)


def test_of_many_reports_the_first_have_pages(data, tmp_path):
    many = pd.concat([data.reports.tail(1)] * 60, ignore_index=True).assign(report_id=[f"{n}.txt" for n in range(60)], error="nothing")
    pages = write(dataclasses.replace(data, reports=many), tmp_path, most=50)
    assert list(pages)[:52] == [*(f"reports/{n}" for n in range(50)), "reports/index", "reports/indicators"]
    assert "Only the first 50 have a page here, the other 10" in pages["reports/index"]
    assert "`--most N`" in pages["reports/index"]
    assert "toctree" not in pages["reports/index"]  # of so many pages, each would list all
    assert all(pages[f"reports/{n}"].startswith(reports.ORPHAN) for n in range(50))


def test_same_report_same_bytes_whatever_else_is_published(data, pages, tmp_path):
    few = write(data, tmp_path, most=3)
    names = [page_of(one) for one in data.reports["report_id"]]
    assert list(few)[:3] == names[:3]
    assert list(pages)[: len(names) + 2] == [*names, "reports/index", "reports/indicators"]
    assert [few[name] for name in (*names[:3], "codebook", "tables")] == [pages[name] for name in (*names[:3], "codebook", "tables")]


def test_a_page_of_a_very_long_document_stays_small(data, tmp_path):
    ours = data.lines[data.lines["report_id"] == "huajie-2023.txt"]
    filler = pd.DataFrame({"line": [f"L{n}" for n in range(1000, 11_000)], "first_cell": 1, "cells": [["某项", "0", "0"]] * 10_000})
    lines = pd.concat([ours.head(30), filler.assign(report_id="huajie-2023.txt"), ours.tail(15)], ignore_index=True)
    local = data.cells.head(2000).assign(report_id="huajie-2023.txt", row=[f"extra.{n}" for n in range(2000)], column="extra.1")
    cells = pd.concat([data.cells.astype({"row": str, "column": str}), local], ignore_index=True)
    found = data.findings.head(1).assign(report_id="huajie-2023.txt")
    one = data.reports[data.reports["report_id"] == "huajie-2023.txt"]
    more = dataclasses.replace(data, reports=one, lines=lines, cells=cells, findings=pd.concat([found] * 3000, ignore_index=True))
    pages = write(more, tmp_path)
    page = pages[page_of("huajie-2023.txt")]
    assert len(page.encode()) < THREE_MEGABYTES
    text = text_of(parse(page).body)
    assert re.search(r"\d+ of \d+ printed cells are left out", text)
    assert "cells left out …" in text
    assert len(parse(page).css(".local tbody tr")) == gather.MOST_LOCAL
    assert f"{2000 - gather.MOST_LOCAL} more cells of own rows and columns" in text
    assert len(parse(page).css(".findings tr[id]")) == gather.MOST_FINDINGS
    assert f"{3000 - gather.MOST_FINDINGS} more findings on this report" in text
    test_links_lead_somewhere_and_ids_are_unique(pages)
    assert follow(page, by_id(page)["cell-disputes-litigation_direct-total"]).text() == "2"


# -- tables for everybody, and what words mean --------------------------------------------------------------------


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


def test_colours_are_those_of_the_theme():
    style = STYLE.read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", style)
    assert all(f".s-{status}" in style for status in gt.Status if status != "reported")


def test_the_codebook_has_every_code(data, pages):
    page = parse(pages["codebook"])
    rows = {node.attributes["id"]: text_of(node) for node in page.css("tr[id]")}
    assert len(rows) == len(data.codebook)
    assert "(一)予以公开" in rows["code-requests-row-granted"]
    assert "项 (2019); 万元 (2021)" in rows["code-disclosure-row-fee"]
    for line in data.codebook[data.codebook["axis"].isin(["row", "column"])].itertuples():
        said = rows[f"code-{line.table}-{line.axis}-{line.code}"]
        assert all(label in said for label in (line.label_2019, line.label_2021) if isinstance(label, str))


def test_the_dictionary_has_every_column(data, pages):
    page = parse(pages["tables"])
    ids = [node.attributes["id"] for node in page.css("tr[id]")]
    assert ids == [f"column-{name}-{line['field']}" for name in SCHEMAS for line in fields(name)]
    assert f"{len(data.cells):,} rows here." in text_of(page.body)


# Tables of notebooks


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
    assert link_frame(frame, known)[frame["place"].iloc[0]] == f"../reports/longgang-2021.html#{frame['place'].iloc[0]}-C1"
    assert link_frame(frame, known)[frame["raw"].iloc[0]].startswith("../reports/longgang-2021.html#L")


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
    assert found["0.2"] == "../reports/longgang-2021.html#indicator-refusal_rate"
    assert found["0.3"] == "../reports/huajie-2023.html#indicator-disclosure_rate"
    assert found["花街镇 2023"] == "../reports/huajie-2023.html"
    assert "5" not in found
