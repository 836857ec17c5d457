"""The published site: complete and consistent as files; in a browser quiet, self-contained, readable and accessible.

Without a browser some tests are skipped.
"""

import posixpath
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from browsing import find_barriers, needs_browser
from building import describe_part, write_listed
from selectolax.lexbor import LexborHTMLParser

import govtables as gt
from govtables.dataset import SCHEMAS
from govtables.dataset.parts import read_listed
from publish.execute import run_copies
from publish.pages.addresses import address_reports

TOP = Path(__file__).parents[2]
OUTSIDE_URL = re.compile(r"url\(['\"]?(?!data:)(\w+:[^)]*|//[^)]*)")
OWN = "Reports of <b>Huajie</b>, Jiyuan & others `id` $(id)"  # text, in every place
HOSTILE = "<script>hostile</script><img src=x onerror=hostile> {{ 7 * 7 }} $x **b**"
LIMIT = 3_000_000  # bytes of a page with all that it loads, the icons of the theme among them
SCREEN = {"width": 1280, "height": 900}
WIDTHS = (1280, 1920, 768, 400, 320)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """Render the notebooks as committed, and as they run in Chinese."""
    room = tmp_path_factory.mktemp("published")
    shutil.copytree(TOP / "notebooks", room / "notebooks" / "en", ignore=shutil.ignore_patterns(".*"))
    run_copies(sorted((TOP / "notebooks").glob("*.ipynb")), TOP / "build" / "notebooks", None, languages=["zh"])  # those whose inputs changed
    shutil.copytree(TOP / "build" / "notebooks" / "zh", room / "notebooks" / "zh")
    publish(room / "notebooks", room / "site")
    return room / "site"


def publish(notebooks: Path, out: Path, *options: str, data: Path = TOP / "data/parquet") -> None:
    command = [sys.executable, "-m", "publish.site", str(notebooks), str(data), str(out), *options]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="session")
def pages(site) -> dict[str, LexborHTMLParser]:
    """All pages of the site, by their path."""
    return parse(site)


def parse(site: Path) -> dict[str, LexborHTMLParser]:
    return {path.relative_to(site).as_posix(): LexborHTMLParser(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def links(page: LexborHTMLParser) -> Iterator[str]:
    """All that a page refers to."""
    for name in ("href", "src"):
        yield from (unquote(node.attributes[name] or "") for node in page.css(f"[{name}]"))


def list_loaded(page: LexborHTMLParser) -> list[str]:
    """What a page needs in order to be shown."""
    nodes = [*page.css("[src]"), *page.css("link[href]")]
    return [node.attributes.get("src") or node.attributes.get("href") or "" for node in nodes]


def is_outside(link: str) -> bool:
    return bool(urlsplit(link).scheme or urlsplit(link).netloc)


def test_every_notebook_is_a_page_and_a_download(site):
    names = [path.stem for path in (TOP / "notebooks").glob("*.ipynb")]
    wanted = [f"{edition}{folder}/{name}.{kind}" for name in names for folder, kind in PLACES for edition in EDITIONS]
    assert [name for name in wanted if not (site / name).is_file()] == []


EDITIONS = {"": "en", "zh/": "zh-CN"}  # folders, and the languages of their pages
PLACES = (("notebooks", "html"), ("downloads", "ipynb"))


def test_every_report_has_a_page(site):
    reports = {*address_reports(gt.load(TOP / "data/parquet")).values()}
    for edition in EDITIONS:
        assert {path.stem for path in (site / edition / "reports").glob("*.html")} == reports | {"index", "findings", "indicators", "ranking", "decisions"}


def test_every_link_within_the_site_leads_somewhere(site, pages):
    assert find_broken(site, pages) == []


def find_broken(site: Path, pages: dict[str, LexborHTMLParser]) -> list[tuple[str, str]]:
    """Links, by page, whose file or anchor is missing."""
    broken = []
    for name, page in pages.items():
        for link in (link for link in links(page) if not is_outside(link) and link):
            path, anchor = urldefrag(link)
            target = (site / name).parent / path.partition("?")[0] if path else site / name
            place = target.resolve().relative_to(site.resolve()).as_posix()
            known = place not in pages or not anchor or pages[place].css_first(f'[id="{anchor}"], [name="{anchor}"]')
            if not target.exists() or not known:
                broken.append((name, link))
    return broken


@pytest.fixture(scope="session")
def publish_own(tmp_path_factory) -> Callable[[str], Path]:
    """Publish a dataset of two reports and two notebooks, each time anew."""
    room = tmp_path_factory.mktemp("own")
    for folder in ("notebooks", "raw"):
        (room / folder).mkdir()
    for name in ("04-missing-cells", "05-comparison"):
        shutil.copy(TOP / f"notebooks/{name}.ipynb", room / "notebooks")
    for name in ("huajie-2023", "jiyuan-hitech-2022"):
        shutil.copy(TOP / f"data/raw/{name}.txt", room / "raw")
    data = name_issuer(gt.build(room / "raw", room / "data", progress=False), "jiyuan-hitech-2022.txt", HOSTILE)

    def publish_as(name: str) -> Path:
        publish(room / "notebooks", room / name, "--own", OWN, data=data)
        return room / name

    return publish_as


def name_issuer(data: Path, report: str, name: str) -> Path:
    """Give the issuer of a report another name in a dataset."""
    parts = []
    for part in read_listed(data):
        path = data / part.table / part.file
        if part.table in ("reports", "issuers"):
            table = pq.read_table(path).to_pandas()
            table.loc[table["report_id"] == report, ["issuer" if part.table == "reports" else "name"]] = name
            pq.write_table(pa.Table.from_pandas(table, SCHEMAS[part.table], preserve_index=False).replace_schema_metadata(), path)
        parts.append(describe_part(path))
    write_listed(data, parts)
    return data


@pytest.fixture(scope="session")
def own_site(publish_own) -> Path:
    return publish_own("site")


def test_reports_of_ones_own_are_published_without_what_speaks_of_the_sample(own_site):
    own = parse(own_site)
    assert find_broken(own_site, own) == []
    assert {name for name in own if name.removeprefix("zh/").startswith(("how-to", "reference", "other-tools"))} == set()
    assert "notebooks/05-comparison.html" in own
    assert "huajie-2023" in own["reports/index.html"].html
    assert own["index.html"].css_first("title").text() == f"Report — {OWN}"
    footer = own["index.html"].css_first("footer.bd-footer-content").text()
    assert f"Made with govtables {version('govtables')}" in footer
    assert "Copyright" not in footer
    assert {page.css_first("p.title.logo__title").text() for page in own.values()} == {OWN}


def test_names_in_reports_are_text_on_every_page(own_site):
    pages = parse(own_site)
    name = "reports/" + address_reports(gt.load(own_site.parent / "data"))["jiyuan-hitech-2022.txt"] + ".html"
    assert [page.css_first("h1").text().startswith(HOSTILE) for page in (pages[name], pages[f"zh/{name}"])] == [True, True]
    assert [name for name, page in pages.items() if page.css("[onerror], img[src='x'], [href^='javascript:']")] == []
    assert [name for name, page in pages.items() if "hostile" in [node.text() for node in page.css("script")]] == []


def test_a_small_site_is_the_same_each_time(own_site, publish_own):
    again = publish_own("again")
    first, second = ({p.relative_to(top).as_posix(): p.read_bytes() for p in top.rglob("*") if p.is_file()} for top in (own_site, again))
    assert {"notebooks/05-comparison.html", "reports/index.html", "searchindex.js", "downloads/govtables-xlsx.zip"} <= first.keys()
    differing = [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)]
    assert differing == []


def test_tables_of_notebooks_have_one_row_of_headers_where_one_holds_them(pages):
    tables = [table for name, page in pages.items() if name.startswith("notebooks/") for table in page.css(".cell_output table.dataframe")]
    assert len(tables) > 50
    assert [table.html[:300] for table in tables if could_be_one(table.css("thead tr"))] == []
    assert [table.html[:300] for table in tables if table.css("tr[style]")] == []


def could_be_one(rows: list) -> bool:
    """Tell whether two rows of headers leave room for each other."""
    texts = [[cell.text().strip() for cell in row.css("th, td")] for row in rows]
    return len(texts) == 2 and len(texts[0]) == len(texts[1]) and not any(above and below for above, below in zip(*texts, strict=True))


def test_no_page_shows_raw_markdown(pages):
    texts = {name: [node.text() for node in page.css("article :is(td, th, p, li)") if "`" in node.text()] for name, page in pages.items()}
    assert {name: found for name, found in texts.items() if found} == {}


def test_no_id_stands_twice_on_a_page(pages):
    twice = {}
    for name, page in pages.items():
        counts = Counter(node.attributes["id"] for node in page.css("[id]"))
        if repeated := [key for key, count in counts.items() if count > 1]:
            twice[name] = repeated
    assert twice == {}


def test_pages_load_nothing_from_elsewhere(site, pages):
    loaded = {name: [found for found in list_loaded(page) if is_outside(found)] for name, page in pages.items()}
    sheets = {path.name: OUTSIDE_URL.findall(path.read_text(encoding="utf-8")) for path in site.rglob("*.css")}
    assert {name: found for name, found in (loaded | sheets).items() if any(not link.startswith("data:") for link in found)} == {}


def test_every_page_has_a_title_a_language_and_one_first_heading(pages):
    # the theme repeats the title in an element that is seen in print alone
    headings = {name: len(page.css("h1")) - len(page.css("#jb-print-docs-body h1")) for name, page in pages.items()}
    titled = {name: (bool(page.css_first("title")), page.css_first("html").attributes.get("lang")) for name, page in pages.items()}
    told = {name: (*titled[name], headings[name]) for name in pages}
    assert {name: found for name, found in told.items() if found != (True, language_of(name), 1)} == {}


def language_of(name: str) -> str:
    return EDITIONS["zh/" if name.startswith("zh/") else ""]


def test_every_page_leads_to_itself_in_the_other_language(pages):
    assert {name for name in pages if f"zh/{name}" in pages} == {name for name in pages if not name.startswith("zh/")}
    for name, page in pages.items():
        own, other = name.removeprefix("zh/"), page.css_first("a.edition").attributes
        assert resolve(name, other["href"]) == (own if name != own else f"zh/{own}")
        assert other["hreflang"] != language_of(name)
        named = {link.attributes["hreflang"]: resolve(name, link.attributes["href"]) for link in page.css("link[hreflang]")}
        assert named == {"en": own, "zh-CN": f"zh/{own}"}


def resolve(name: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), href))


SENTENCE = re.compile(r"(?:[A-Za-z][a-z’'-]*[,;:]? +){3,}[A-Za-z][a-z’'-]*")
NO_SENTENCES = "script, style, pre, code, section#literature, [lang=en]:not(html)"
NAME = "(?:de )?[A-Z][A-Za-z]+"
CITED = re.compile(rf"{NAME}(?:, {NAME})* and {NAME} ?[（(]?[0-9]{{4}}")
NOT_YET = (TOP / "docs/locale/not-yet-translated.txt").read_text(encoding="utf-8").split()


def find_english(page: LexborHTMLParser) -> list[str]:
    """Four English words in a row outside code, literature, names of the authors of a work with its year, and what is marked as English."""
    body = LexborHTMLParser(page.css_first("body").html)
    for node in body.css(NO_SENTENCES):
        node.decompose()
    lines = (CITED.sub("", text) for text in body.root.text(separator="\n").split("\n"))
    return [found[0] for text in lines for found in SENTENCE.finditer(text)]


def test_no_english_sentence_stands_on_a_chinese_page(pages):
    found = {name.removeprefix("zh/").removesuffix(".html"): find_english(page) for name, page in pages.items() if name.startswith("zh/")}
    assert {name: some[:5] for name, some in found.items() if some and name not in NOT_YET} == {}


@contextmanager
def open_tab(browser) -> Iterator:
    """An empty page that keeps what went wrong, and where it wanted to go."""
    context = browser.new_context(viewport=SCREEN, reduced_motion="reduce")
    page = context.new_page()
    page.trouble, page.requested = [], []
    page.on("console", lambda message: page.trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: page.requested.append(request.url))
    yield page
    context.close()


@pytest.fixture
def page(browser) -> Iterator:
    """A tab of one's own."""
    with open_tab(browser) as page:
        yield page


def visit(page, site: Path, name: str) -> None:
    page.goto(f"{site.as_uri()}/{name}", wait_until="load")


@pytest.fixture(scope="session")
def seen(browser, site, pages) -> dict[str, dict[str, object]]:
    """What a reader's browser finds on every page, visited once."""
    known: dict[str, dict[str, int]] = {"light": {}, "dark": {}}  # a style is looked at three times, not again on every page
    with open_tab(browser) as page:
        found = {name: look_at(page, site, name, known) for name in pages if not name.startswith("zh/") or name in CHINESE}
    light, dark = known.values()
    assert len(light.keys() & dark.keys()) < len(dark) / 10  # else the dark theme was not on when it was looked at
    return found


# A page of each kind: what they are made of is what the English ones are made of
CHINESE = [f"zh/{name}.html" for name in ("index", "search", "downloads", "codebook", "reports/index", "reports/indicators", "reports/ranking", "places/index", "issuers/index",
                                          "reports/zhejiang-sheng-jinhua-shi-yongkang-shi-huajie-zhen-2023", "issuers/zhejiang-sheng-hangzhou-shi-linping-qu", "places/zhejiang",
                                          "notebooks/01-one-report", "notebooks/03-quality-audit", "notebooks/05-comparison", "how-to/own-reports")]


def look_at(page, site: Path, name: str, known: dict[str, dict[str, int]]) -> dict[str, object]:
    page.trouble.clear(), page.requested.clear()
    page.set_viewport_size(SCREEN)
    page.emulate_media(color_scheme="light")
    visit(page, site, name)
    page.wait_for_function("[...document.fonts].some(font => font.family.includes('Awesome') && font.status == 'loaded')")
    found = {
        "bytes": sum(len(weigh(url)) for url in set(page.requested) if url.startswith("file:")),
        "hidden": page.evaluate("[...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src.slice(0, 80))"),
        "icons": page.evaluate("[...document.querySelectorAll('[class*=fa-]')].filter(i => i.getBoundingClientRect().height > 8).length"),
        "outside": [url for url in page.requested if not url.startswith((site.as_uri(), "data:"))],
        "trouble": [*page.trouble],
    }
    found |= {theme: find_barriers(page, theme, styles) for theme, styles in known.items()}
    return found | {"too wide at": [width for width in WIDTHS if overflows(page, width)]}


def weigh(url: str) -> bytes:
    return Path(unquote(urlsplit(url).path)).read_bytes()


def overflows(page, width: int) -> bool:
    """Tell whether one has to scroll sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@needs_browser
@pytest.mark.parametrize("what", ["trouble", "outside", "hidden", "too wide at"])
def test_pages_are_quiet_self_contained_and_fit_every_width(seen, what):
    assert {name: found[what] for name, found in seen.items() if found[what]} == {}


@needs_browser
def test_icons_are_seen(seen):
    assert {name: found["icons"] for name, found in seen.items() if found["icons"] < 4} == {}


@needs_browser
def test_pages_are_light(seen):
    assert {name: found["bytes"] for name, found in seen.items() if found["bytes"] > LIMIT} == {}


@needs_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible(seen, theme):
    looked_at = [found for found in seen.values() if theme in found]
    assert len(looked_at) > len(seen) / 2
    assert {name: found[theme] for name, found in seen.items() if found.get(theme)} == {}


@needs_browser
@pytest.mark.parametrize("words, wanted", [("汉阴", "reports/"), ("临平", "reports/"), ("臨平", "reports/"), ("龙港市", "reports/"), ("refusal", "notebooks/05"), ("carried over", "codebook")])
def test_search_finds_both_languages_without_a_server(page, site, words, wanted):
    visit(page, site, f"search.html?q={words}")
    page.wait_for_selector("#search-results li a")
    page.wait_for_function("document.querySelector('.search-summary')?.textContent.includes('found')")
    targets = page.eval_on_selector_all("#search-results li a", "all => all.map(a => a.getAttribute('href'))")
    assert any(wanted in target for target in targets), targets
    assert page.trouble == []


@needs_browser
@pytest.mark.parametrize("words, wanted", [("不予公开", "codebook"), ("汉阴", "reports/"), ("临平", "reports/"), ("结转", "codebook")])
def test_search_of_the_chinese_edition_finds_chinese(page, site, words, wanted):
    visit(page, site, f"zh/search.html?q={words}")
    page.wait_for_selector("#search-results li a")
    page.wait_for_function("document.querySelector('.search-summary')?.textContent.match(/[0-9]/)")
    targets = page.eval_on_selector_all("#search-results li a", "all => all.map(a => a.getAttribute('href'))")
    assert any(wanted in target for target in targets), targets
    assert page.trouble == []


@needs_browser
def test_another_language_keeps_page_place_search_and_theme(page, site):
    visit(page, site, "codebook.html#axis-status")
    page.click("button.theme-switch-button >> visible=true")
    page.locator("button.theme-change-button[data-mode=dark]").filter(visible=True).first.click()
    page.click("a.edition")
    assert page.url.removeprefix(site.as_uri()) == "/zh/codebook.html#axis-status"
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == ["zh-CN", "dark"]
    visit(page, site, "zh/search.html?q=汉阴")
    page.click("a.edition")
    assert unquote(page.url).removeprefix(site.as_uri()) == "/search.html?q=汉阴"


@needs_browser
def test_a_number_leads_to_its_printed_cell(page, site):
    data = gt.load(TOP / "data/parquet")
    cell = data.cells.query("report_id == 'huajie-2023.txt' and table == 'requests' and row == 'received' and column == 'total'").iloc[0]
    overview = "reports/index.html"
    visit(page, site, overview)
    page.click("article a[href*=huajie]")
    link = page.locator(f"table a[href='#{cell['place'].replace(':', '-')}']").first
    assert link.inner_text() == "6"
    link.click()
    shown = page.locator(":target")
    assert shown.inner_text() == cell["raw"]
    assert shown.is_visible()


@needs_browser
def test_dark_and_light_can_be_chosen_and_stay(page, site):
    visit(page, site, "index.html")
    for mode in ("light", "dark"):
        page.click("button.theme-switch-button >> visible=true")
        page.locator(f"button.theme-change-button[data-mode={mode}]").filter(visible=True).first.click()
        visit(page, site, "codebook.html")
        assert page.evaluate("[document.documentElement.dataset.mode, document.documentElement.dataset.theme]") == [mode, mode]


@needs_browser
def test_a_page_prints_without_the_furniture_of_the_screen(page, site):
    visit(page, site, "notebooks/05-comparison.html")
    page.emulate_media(media="print")
    furniture = (".bd-sidebar-primary", ".bd-header-article", ".prev-next-footer", ".page-links")
    assert [name for name in furniture if page.locator(name).first.is_visible()] == []
    assert page.pdf(format="A4").count(b"/Type /Page\n") > 3


@needs_browser
@pytest.mark.parametrize("name", ["notebooks/02-the-form", "notebooks/05-comparison", "reports/zhejiang-sheng-hangzhou-shi-linping-qu-2022"])
def test_a_page_of_paper_is_as_wide_as_what_stands_on_it(page, site, name):
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 without its margins
    visit(page, site, f"{name}.html")
    page.emulate_media(media="print")
    wide = "all => all.filter(t => t.getBoundingClientRect().right > innerWidth + 1).map(t => t.textContent.slice(0, 40))"
    assert page.eval_on_selector_all(".cell_output table, .cell_output img, pre", wide) == []


@needs_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_one_pale_text_among_many_is_found(page, theme):
    rows = "<tr><td>dark</td></tr>" * 50
    page.set_content(f"<html lang=en><title>t</title><table>{rows}<tr><td style='color: #999'>pale</td></tr></table>")
    assert [(rule, element) for rule, element, _ in find_barriers(page, theme)] == [("color-contrast", '<td style="color: #999" data-sample="">pale</td>')]
