"""Notebooks as pages to print: whole, quiet, self-contained; in a browser nothing is cut off, on paper or on a screen.

Without a browser some tests are skipped.
"""

import re
import sys
import tomllib
from base64 import b64decode
from itertools import product
from pathlib import Path

import nbformat
import pytest
from browsing import find_barriers, needs_browser
from nbformat import NotebookNode
from selectolax.lexbor import LexborHTMLParser

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP))

from publish.printable import write_printable  # noqa: E402
from publish.printable_tables import PAGE  # noqa: E402

NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))
STYLE = (TOP / "publish/templates/printable/printable.css").read_text(encoding="utf-8")
LARGEST = 2_000_000  # bytes
PICTURE = (  # one white pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)
OVERFLOWING = """() => {
    const width = document.documentElement.clientWidth;
    const wide = tag => tag.getBoundingClientRect().right > width + 0.5 || tag.clientWidth > 0 && tag.scrollWidth > tag.clientWidth + 1;
    return [...document.body.querySelectorAll("*")].filter(wide).map(tag => tag.outerHTML.slice(0, 120));
}"""

each_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> Path:
    """The folder of all pages."""
    out = tmp_path_factory.mktemp("print")
    for notebook in NOTEBOOKS:
        write_printable(notebook, out)
    return out


def open_page(folder: Path, notebook: Path) -> LexborHTMLParser:
    return LexborHTMLParser((folder / f"{notebook.stem}.html").read_text(encoding="utf-8"))


def write_notebook(folder: Path, *cells: NotebookNode, name: str = "01-sample") -> Path:
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), path)
    return path


def prose(text: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(text)


def code(source: str = "1 + 1", data: dict[str, str] | None = None, **metadata: object) -> NotebookNode:
    outputs = [nbformat.v4.new_output("display_data", data=data or {"text/plain": "an output"})]
    return nbformat.v4.new_code_cell(source, execution_count=1, outputs=outputs, metadata=metadata)


def print_cells(folder: Path, *cells: NotebookNode) -> LexborHTMLParser:
    return open_page(folder, write_printable(write_notebook(folder, *cells), folder))


def table_of(rows: list[list[str]]) -> str:
    head, *body = ["".join(f"<{tag}>{text}</{tag}>" for text in row) for tag, row in zip(["th", *["td"] * len(rows)], rows)]
    return f"<table border='1'><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in body)}</tbody></table>"


def letters_of(text: str) -> str:
    """A text without what Markdown, spaces or line breaks change."""
    return "".join(re.findall(r"\w", text))


def plain(source: str) -> str:
    """The letters of a Markdown cell as they are read: without comments, targets of links and numbers of lists."""
    return letters_of(re.sub(r"(?m)^\s*\d+\. |<!--.*?-->|(?<=\])\([^)]*\)", "", source))


def text_of(page: LexborHTMLParser) -> str:
    return letters_of(page.css_first("h1").text() + page.css_first("main").text())


# What is in a page


@each_notebook
def test_nothing_runs_and_nothing_is_fetched(printed, notebook):
    page = open_page(printed, notebook)
    assert [node.tag for node in page.css("script, iframe, object, embed, link, base, form, [onload], [onclick], [onerror]")] == []
    assert [node.attributes["src"][:60] for node in page.css("[src]") if not node.attributes["src"].startswith("data:")] == []
    assert {node.tag for node in page.css("[href]")} <= {"a"}
    styles = "".join(node.text() for node in page.css("style")) + "".join(node.attributes["style"] for node in page.css("[style]"))
    assert re.findall(r"url\((?!data:)|@import", styles) == []
    assert (printed / f"{notebook.stem}.html").stat().st_size < LARGEST


@each_notebook
def test_links_lead_somewhere(printed, notebook):
    page = open_page(printed, notebook)
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [node.attributes["href"] for node in page.css("a")]
    targets = {f"#{name}" for name in ids} | {f"{path.stem}.html" for path in NOTEBOOKS}
    assert [link for link in links if link not in targets and not link.startswith(("http://", "https://"))] == []
    assert f"{notebook.stem}.html" not in links


@each_notebook
def test_every_cell_and_output_is_there(printed, notebook):
    page = open_page(printed, notebook)
    text, images = text_of(page), {node.attributes["src"] for node in page.css("img")}
    for cell in nbformat.read(notebook, as_version=4).cells:
        assert (plain(cell.source) if cell.cell_type == "markdown" else letters_of(cell.source)) in text, cell.id
        for output in cell.get("outputs", []):
            assert find_missing(output, text, images) == [], cell.id


def find_missing(output: NotebookNode, text: str, images: set[str]) -> list[str]:
    data = output.get("data", {})
    if "image/png" in data:
        return [] if f"data:image/png;base64,{data['image/png']}" in images else ["image"]
    if "text/html" in data:
        shown = LexborHTMLParser(data["text/html"])
        rows = ["".join(letters_of(cell.text()) for cell in row.css("th, td")) for row in shown.css("tbody tr")]
        return [row for row in [*rows, *(letters_of(cell.text()) for cell in shown.css("th"))] if row not in text]
    said = letters_of(output.get("text", "") or data.get("text/plain", ""))
    return [] if said in text else [said]


@each_notebook
def test_the_outline_lists_the_headings(printed, notebook):
    page = open_page(printed, notebook)
    outline = [(node.text(), node.attributes["href"]) for node in page.css("nav a")]
    headings = [(node.text(), f"#{node.attributes['id']}") for node in page.css("main :is(h1, h2, h3, h4, h5, h6)")]
    sources = "\n".join(cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "markdown")
    assert outline == headings
    written = [letters_of(line) for line in sources.splitlines() if line.startswith("#")]
    assert [letters_of(node.text()) for node in page.css("h1, main :is(h2, h3, h4, h5, h6)")] == written


@each_notebook
def test_the_title_block_identifies_the_page(printed, notebook):
    page = open_page(printed, notebook)
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    title, *said = page.css_first("h1").text(), *(node.text() for node in page.css("header dd"))
    assert page.css_first("html").attributes["lang"] == "en"
    assert page.css_first("title").text() == f"{title} – {project['name']}"
    assert {project["version"], project["license"]} <= set(said)
    assert all(words in said[-1] for words in (title, notebook.stem, project["version"]))


@each_notebook
def test_chinese_is_marked_as_such(printed, notebook):
    page = open_page(printed, notebook)
    for node in page.css("[lang=zh], style, title"):
        node.decompose()
    assert re.findall(r"[㐀-鿿]+", page.css_first("html").text()) == []


def test_same_notebook_same_bytes(printed, tmp_path):
    again = write_printable(NOTEBOOKS[0], tmp_path / "new" / "folder")
    assert again.read_bytes() == (printed / again.name).read_bytes()


# What the metadata of a cell says


@pytest.mark.parametrize(
    "metadata, shows_input, shows_output",
    [
        pytest.param({}, True, True, id="nothing"),
        pytest.param({"tags": ["hide-input"]}, False, True, id="hide-input"),
        pytest.param({"tags": ["remove-input"]}, False, True, id="remove-input"),
        pytest.param({"tags": ["hide-cell"]}, False, True, id="hide-cell"),
        pytest.param({"jupyter": {"source_hidden": True}}, False, True, id="source_hidden"),
        pytest.param({"tags": ["remove-output"]}, True, False, id="remove-output"),
        pytest.param({"tags": ["remove-cell"]}, False, False, id="remove-cell"),
        pytest.param({"tags": ["parameters"]}, True, True, id="another tag"),
    ],
)
def test_hidden_cells(tmp_path, metadata, shows_input, shows_output):
    text = text_of(print_cells(tmp_path, prose("# Title"), code("first = 1", **metadata)))
    assert ("first1" in text, "anoutput" in text) == (shows_input, shows_output)


@pytest.mark.parametrize(
    "metadata, alt",
    [
        pytest.param({"mystnb": {"image": {"alt": 'a "bar" chart'}}}, 'a "bar" chart', id="of the cell"),
        pytest.param({}, "Figure in the section “Results”", id="of the heading"),
    ],
)
def test_images_have_a_text(tmp_path, metadata, alt):
    page = print_cells(tmp_path, prose("# Title\n\n## Results"), code(data={"image/png": PICTURE}, **metadata), prose("## After"))
    assert [node.attributes["alt"] for node in page.css("img")] == [alt]


def test_svg_is_an_image_with_a_text(tmp_path):
    page = print_cells(tmp_path, prose("# Title"), code(data={"image/svg+xml": "<svg/>"}, mystnb={"image": {"alt": "a line"}}))
    assert [(node.attributes["alt"], node.attributes["src"][:19]) for node in page.css("img")] == [("a line", "data:image/svg+xml;")]


def test_pictures_of_the_prose_are_in_the_page(tmp_path):
    (tmp_path / "dot.png").write_bytes(b64decode(PICTURE))
    page = print_cells(tmp_path, prose("# Title\n\n![a dot](dot.png)"))
    assert [(node.attributes["alt"], node.attributes["src"]) for node in page.css("img")] == [("a dot", f"data:image/png;base64,{PICTURE}")]


def test_another_form_stands_for_one_that_needs_a_script(tmp_path):
    data = {"text/html": "<p>moving</p><script>1</script>", "application/javascript": "1", "image/png": PICTURE}
    page = print_cells(tmp_path, prose("# Title"), code(data=data))
    assert len(page.css("img")) == 1 and "moving" not in text_of(page)


@pytest.mark.parametrize(
    "cell, words",
    [
        pytest.param(code(data={"application/javascript": "1"}), "only a script can show", id="script alone"),
        pytest.param(code(data={"text/html": "<script>1</script>"}), "only a script can show", id="html that is a script"),
        pytest.param(code(data={"text/html": "<iframe src='x.html'></iframe>"}), "Results.*iframe", id="frame"),
        pytest.param(code(data={"text/html": "<p onclick='x()'>x</p>"}), "onclick", id="handler"),
        pytest.param(code(data={"text/html": "<style>p {background: url(x.png)}</style>"}), "style", id="style sheet that fetches"),
        pytest.param(code(data={"text/html": "<p style='background: url(//x.org/y)'>x</p>"}), "url", id="style that fetches"),
        pytest.param(prose("![x](https://example.org/x.png)"), "src=https://example.org", id="remote image"),
        pytest.param(prose("![x](missing.png)"), "src=missing.png", id="missing image"),
        pytest.param(prose("[x](#nowhere)"), "#nowhere", id="link to nowhere"),
    ],
)
def test_refuses_what_a_page_cannot_hold(tmp_path, cell, words):
    with pytest.raises(ValueError, match=rf"01-sample\.ipynb.*{words}"):
        print_cells(tmp_path, prose("# Title\n\n## Results"), code(), cell)
    assert not list(tmp_path.glob("*.html"))


def test_refuses_a_notebook_that_was_not_executed(tmp_path):
    path = write_notebook(tmp_path, prose("# Title"), nbformat.v4.new_code_cell("1"))
    with pytest.raises(ValueError, match="not executed"):
        write_printable(path, tmp_path)


@pytest.mark.parametrize("text", [pytest.param("no JSON", id="text"), pytest.param('{"a": 1}', id="JSON"), pytest.param(None, id="nothing")])
def test_refuses_what_is_no_notebook(tmp_path, text):
    path = tmp_path / "x.ipynb"
    if text:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.ipynb: no notebook"):
        write_printable(path, tmp_path)


# Links and tables


@pytest.mark.parametrize(
    "text, markup",
    [
        pytest.param("see notebook 02 now", 'see <a href="02-form.html">notebook 02</a> now', id="one"),
        pytest.param("Notebooks 02 and 03", 'Notebooks <a href="02-form.html">02</a> and 03', id="one of two is there"),
        pytest.param("notebook 01", "notebook 01", id="itself"),
        pytest.param("notebook 9", "notebook 9", id="no such number"),
        pytest.param("`notebook 02`", "<code>notebook 02</code>", id="code"),
        pytest.param("[form](02-form.ipynb#rows)", '<a href="02-form.html#rows">form</a>', id="link to a notebook"),
        pytest.param("[data](../data/raw/README.md)", "data", id="link to a file that is not there on paper"),
        pytest.param("[web](https://example.org)", '<a href="https://example.org">web</a>', id="link to the web"),
        pytest.param("[up](#title-two)", '<a href="#title-two">up</a>', id="link inside"),
    ],
)
def test_links(tmp_path, text, markup):
    write_notebook(tmp_path, name="02-form")
    page = print_cells(tmp_path, prose("# Title"), prose("## Title two"), prose(text))
    assert page.css("main p")[-1].inner_html == markup


def test_anchors_are_those_of_the_site_and_unique(tmp_path):
    page = print_cells(tmp_path, prose("# Title"), prose("## Can they? `a_b`, 国"), prose("## Same"), prose("## Same"))
    assert [node.attributes["id"] for node in page.css("main h2")] == ["can-they-a_b-国", "same", "same-1"]


@pytest.mark.parametrize(
    "columns, cell, classes",
    [
        pytest.param(3, "short", ["fit-0", "whole"], id="few and short"),
        pytest.param(6, "some words that break, and break again", ["fit-0"], id="prose breaks"),
        pytest.param(6, "a_code.of_many_words", ["fit-0"], id="codes break"),
        pytest.param(8, "unbreakable", ["fit-1"], id="smaller"),
        pytest.param(8, "a_code.of_many_words_in_a_row", ["fit-2"], id="smaller yet"),
        pytest.param(12, "some words that break, and break again", ["fit-2"], id="narrow columns"),
        pytest.param(12, "国民经济 unbreakable", ["fit-3"], id="smallest"),
        pytest.param(40, "unbreakable", ["fit-3", "tight"], id="far too wide"),
    ],
)
def test_type_of_tables(tmp_path, columns, cell, classes):
    page = print_cells(tmp_path, prose("# Title"), code(data={"text/html": table_of([["head"] * columns, [cell] * columns])}))
    assert page.css_first("table").attributes["class"].split() == classes
    assert page.css_first(".table").attributes["aria-label"] == "Table 1, in the section “Title”"


def test_numbers_are_aligned_and_headers_say_what_they_head(tmp_path):
    rows = [["", "n", "mixed", "none"], ["a", "1,000.5", "1", ""], ["b", "-2", "x", "NaN"], ["c", "<NA>".replace("<", "&lt;"), "", ""]]
    page = print_cells(tmp_path, prose("# Title"), code(data={"text/html": table_of(rows)}))
    assert [node.text() for node in page.css(".number")] == ["n", "1,000.5", "-2", "<NA>"]
    assert [(node.tag, node.attributes.get("scope")) for node in page.css("thead tr *")] == [("td", None), *[("th", "col")] * 3]


def test_two_rows_of_header_become_one_where_they_fit(tmp_path):
    heads = ["<tr><th></th><th>n</th></tr><tr><th>name</th><th></th></tr>", "<tr><th>x</th><th>n</th></tr><tr><th>name</th><th></th></tr>"]
    tables = [f"<table><thead>{head}</thead><tbody><tr><th>a</th><td>1</td></tr></tbody></table>" for head in heads]
    page = print_cells(tmp_path, prose("# Title"), code(data={"text/html": "".join(tables)}))
    shown = [[row.text(strip=True, separator=" ") for row in table.css("thead tr")] for table in page.css("table")]
    assert shown == [["name n"], ["x n", "name"]]


# Colours


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return sum(part * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4) for part, c in zip((0.2126, 0.7152, 0.0722), channels))


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def variables(part: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_read(printed, theme):
    light, dark = STYLE.split("prefers-color-scheme: dark", 1)
    colours = variables(light if theme == "light" else dark)
    assert [pair for pair in product(["text", "quiet", "link"], ["paper", "soft"]) if contrast(*map(colours.get, pair)) < 4.5] == []
    sheets = open_page(printed, NOTEBOOKS[0]).css_first("style").text().split("@media")
    code_colours = re.findall(r"\{ color: (#[0-9A-Fa-f]{6})", sheets[theme == "dark"])
    assert len(code_colours) > 30
    assert [colour for colour in code_colours if contrast(colour, colours["soft"]) < 4.5] == []


# In a browser


WIDE = [
    pytest.param([["n"] * 30, ["1,234,567.89"] * 30], id="30 columns of numbers"),
    pytest.param([["head_of_column"] * 14, ["denied.security_and_stability"] * 14], id="14 columns of codes"),
    pytest.param([["列"] * 12, ["政府信息公开工作年度报告" * 6] * 12], id="12 columns of Chinese"),
    pytest.param([["a", "b"], ["x" * 400, "y"]], id="one endless word"),
    pytest.param([["a", "b", "c"], *([str(n), "some prose " * 20, "end"] for n in range(90))], id="longer than a page"),
]


def count_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def print_pdf(browser, path: Path) -> tuple[list[str], list[str], bytes]:
    """What overflows on paper, what the browser complains of, and the PDF."""
    page = browser.new_page(viewport={"width": PAGE * 96 // 72, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(("data:", path.as_uri())) else None)
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    overflowing = page.evaluate(OVERFLOWING)
    pdf = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page.close()
    return overflowing, complaints, pdf


@needs_browser
@each_notebook
def test_prints_whole(printed, browser, notebook):
    overflowing, complaints, pdf = print_pdf(browser, printed / f"{notebook.stem}.html")
    assert (overflowing, complaints) == ([], [])
    cells = len(nbformat.read(notebook, as_version=4).cells)
    assert cells / 10 < count_pages(pdf) < cells / 2
    assert b"/MediaBox [0 0 594.9" in pdf  # A4


@needs_browser
@pytest.mark.parametrize("rows", WIDE)
def test_no_table_is_cut_off(tmp_path, browser, rows):
    path = write_notebook(tmp_path, prose("# Title"), code("x = " + "a" * 300, data={"text/html": table_of(rows)}))
    overflowing, _, pdf = print_pdf(browser, write_printable(path, tmp_path))
    assert overflowing == []
    assert (count_pages(pdf) > 1) == (len(rows) > 20)


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, int]]:
    """Texts of each style that were looked at on pages before, by theme."""
    return {"light": {}, "dark": {}}


@needs_browser
@each_notebook
def test_can_be_read_by_all(printed, browser, known, notebook):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((printed / f"{notebook.stem}.html").as_uri())
    assert {theme: find_barriers(page, theme, styles) for theme, styles in known.items()} == {"light": [], "dark": []}
    page.close()


@needs_browser
@each_notebook
def test_fits_a_narrow_screen(printed, browser, notebook):
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.goto((printed / f"{notebook.stem}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()
