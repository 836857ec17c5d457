"""Write notebooks as pages to print: `python tools/printable.py NOTEBOOK... --out FOLDER`.

In: notebooks as executed; nothing is run. Out: FOLDER/NAME.html each, whole in one file, without script, A4 on paper; the same
notebook beside the same others gives the same bytes. Next: a browser's print dialogue, or `publish`.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from publish.quick import nbformat
import yaml
from bs4 import BeautifulSoup, Tag
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from publish.printable_tables import HEADINGS, arrange_tables, find_section, replace
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

TOP = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "templates"
HIDES_INPUT = {"hide-input", "hide-cell", "remove-input"}  # paper unfolds nothing
SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]  # the first that an output has
CONFIG = Config(
    NbConvertBase={"display_data_priority": SHOWN},
    Highlight2HTML={"extra_formatter_options": {"linespans": "line"}},
    HTMLExporter={"exclude_input_prompt": True, "exclude_output_prompt": True, "exclude_anchor_links": True, "embed_images": True},
)
FETCHING = {"src", "srcset", "poster", "data", "background", "action", "formaction"}  # attributes
FOREIGN = {"script", "iframe", "object", "embed", "link", "base", "meta", "form"}
OUTSIDE = re.compile(r"url\((?!\s*['\"]?(?:data:|#))|@import|expression\(", re.IGNORECASE)

CHINESE = re.compile(r"[㐀-鿿](?:[\d·　-〿㐀-鿿！-｠]*[　-〿㐀-鿿！-｠])?")
MENTION = re.compile(r"\b[Nn]otebooks?\s+\d\d(?:(?:,|,?\s+and|\s+to)\s+\d\d)*\b")
MENTIONED = re.compile(r"(?:[Nn]otebook\s+)?(\d\d)")


@dataclass(frozen=True, slots=True)
class Project:
    """What the title block says of the project."""

    name: str
    title: str
    version: str
    licence: str
    authors: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Page:
    """The parts that the template puts together."""

    project: Project
    title: str
    heading: str
    cite: str
    outline: tuple[Heading, ...]
    body: str
    code_style: str


def write_printable(notebook: Path, out: Path) -> Path:
    """Write one notebook as a page into the folder `out`; the notebooks beside it are linked where the prose names them."""
    exporter = HTMLExporter(config=CONFIG, template_name="printable", extra_template_basedirs=[str(TEMPLATES)])
    exporter.register_filter("arrange", partial(arrange, notebook=notebook))
    exporter.register_filter("css_string", to_css_string)
    resources = {"metadata": {"name": notebook.stem, "path": str(notebook.parent)}}
    text, _ = exporter.from_notebook_node(prepare(read(notebook), notebook), resources)
    out.mkdir(parents=True, exist_ok=True)
    page = out / f"{notebook.stem}.html"
    page.write_text(text.strip() + "\n", encoding="utf-8", newline="\n")
    return page


def read(path: Path) -> NotebookNode:
    """Read a notebook that was executed, be it only in part."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, nbformat.reader.NotJSONError, nbformat.ValidationError) as problem:
        raise ValueError(f"{path}: no notebook ({type(problem).__name__}); name a file that Jupyter opens") from problem
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if code and not any(cell.execution_count for cell in code):
        raise ValueError(f"{path}: not executed, so it has no outputs to print; run tools/execute.py on it first")
    return notebook


def prepare(notebook: NotebookNode, path: Path) -> NotebookNode:
    """Leave out what the metadata of the cells hide, and forms of outputs that only a script can show."""
    notebook.cells = [cell for cell in notebook.cells if "remove-cell" not in cell.metadata.get("tags", ())]
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        tags = set(cell.metadata.get("tags", ()))
        hidden = HIDES_INPUT & tags or cell.metadata.get("jupyter", {}).get("source_hidden")
        cell.metadata["transient"] = {"remove_source": bool(hidden)}
        cell.outputs = [] if "remove-output" in tags else cell.outputs
        for output in cell.outputs:
            choose_form(output.get("data"), f"{path}, cell {cell.get('id', '')}")
    return notebook


def choose_form(data: dict[str, str] | None, place: str) -> None:
    """Take from an output the HTML that needs a script, and see that something is left to show."""
    if data and "<script" in data.get("text/html", "").lower():
        del data["text/html"]
    if data is not None and not data.keys() & set(SHOWN):
        raise ValueError(f"{place}: an output that only a script can show; let it have an image or a text as well")


def arrange(body: str, notebook: Path) -> Page:
    """Turn the cells, as rendered, into the parts of a page."""
    soup = BeautifulSoup(body, "html.parser")
    for style in soup.select("style[scoped]"):  # of pandas; the style sheet says the same
        style.decompose()
    arrange_code(soup)
    if not soup.h1:
        soup.insert(0, new_tag("h1", notebook.stem))
    title = soup.h1.get_text()
    describe_images(soup)
    arrange_tables(soup)
    link_notebooks(soup, notebook)
    mark_chinese(soup)
    heading = soup.h1.extract()
    outline = tuple(name_headings(soup))
    check(soup, notebook)
    project = read_project()
    cite = f"{project.authors}: {title}. Notebook {notebook.stem} of {project.title}, version {project.version}."
    return Page(project, title, str(heading), cite, outline, str(soup).strip(), style_code())


def read_project() -> Project:
    """Read what identifies the project from where it is declared."""
    declared = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = yaml.safe_load((TOP / "CITATION.cff").read_text(encoding="utf-8"))
    people = [person.get("name") or f"{person['given-names']} {person['family-names']}" for person in cited["authors"]]
    return Project(declared["name"], cited["title"], declared["version"], declared["license"], ", ".join(people))


def style_code() -> str:
    """Return the style sheets of code, for light and for dark: those of the site."""
    light, dark = (HtmlFormatter(style=f"a11y-high-contrast-{name}").get_style_defs(".highlight") for name in ("light", "dark"))
    light, dark = ("\n".join(line for line in sheet.splitlines() if line.startswith(".highlight .")) for sheet in (light, dark))
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}"


def to_css_string(text: str) -> str:
    """Quote a text for a style sheet inside a page."""
    return '"' + re.sub(r'[\\"<\n]', lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def new_tag(name: str, text: str) -> Tag:
    """Make an element that holds a text."""
    return BeautifulSoup(f"<{name}>{escape(text)}</{name}>", "html.parser").contents[0]


def name_headings(soup: BeautifulSoup) -> Iterator[Heading]:
    """Give each heading an anchor, made as the site makes it, and list them."""
    taken: set[str] = set()
    for heading in soup.find_all(HEADINGS):
        text = heading.get_text()
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        anchor = next(name for n in range(len(taken) + 1) if (name := f"{slug}-{n}" if n else slug) not in taken)
        taken.add(anchor)
        heading["id"] = anchor
        yield Heading(int(heading.name[1]), text, anchor)


def arrange_code(soup: BeautifulSoup) -> None:
    """Let long lines of code go on before a call in a chain, and drop markup that shows nothing."""
    for dot in soup.select(".highlight .o"):
        if dot.get_text() == "." and dot.previous_sibling and dot.previous_sibling.get_text().endswith((")", "]")):
            dot.insert_before(soup.new_tag("wbr"))
    for line in soup.select(".highlight pre > span"):  # numbered anew in each cell, so no anchors
        del line["id"]
    for plain in soup.select(".highlight :is(.n, .p, .w)"):  # names, punctuation and spaces, which have the colour of text
        plain.unwrap()


def describe_images(soup: BeautifulSoup) -> None:
    """Give each image a text: its cell's, or the heading that it stands under."""
    for image in soup.select("img:not([alt]), .output_area img"):
        said = image.find_parent(attrs={"data-alt": True})
        image["alt"] = (said and said["data-alt"]) or image.get("alt") or f"Figure in the section “{find_section(image)}”"
    for cell in soup.select("[data-alt]"):
        del cell["data-alt"]


def link_notebooks(soup: BeautifulSoup, notebook: Path) -> None:
    """Link the pages of the notebooks beside this one, and nothing else that would have to lie beside the page."""
    pages = {path.stem[:2]: f"{path.stem}.html" for path in sorted(notebook.parent.glob("[0-9][0-9]*.ipynb")) if path.stem != notebook.stem}
    for link in soup.select("a[href]"):
        file, _, anchor = link["href"].partition("#")
        page = file.removeprefix("./").replace(".ipynb", ".html")
        if page in pages.values():
            link["href"] = f"{page}#{anchor}" if anchor else page
        elif not re.match(r"#|https?:|mailto:", link["href"]):
            link.unwrap()

    def to_link(found: re.Match[str]) -> str:
        page = pages.get(found[1])
        return f'<a href="{escape(page)}">{found[0]}</a>' if page else found[0]

    for string in soup.find_all(string=MENTION):
        if not string.find_parent(["a", "pre", "code", *HEADINGS]) and string.find_parent(class_="text_cell"):
            replace(string, MENTION, lambda mention: MENTIONED.sub(to_link, mention[0]))


def mark_chinese(soup: BeautifulSoup) -> None:
    """Mark Chinese as such, for those who hear the page and for the choice of characters' forms."""
    for string in soup.find_all(string=CHINESE):
        if string.parent.name != "style" and not string.find_parent(lang=True):
            replace(string, CHINESE, lambda found: f'<span lang="zh">{found[0]}</span>')


def check(soup: BeautifulSoup, notebook: Path) -> None:
    """Refuse a page that would run something, fetch something, or lead nowhere."""
    anchors = {f"#{tag['id']}" for tag in soup.select("[id]")}
    for tag in soup.find_all(True):
        problems = [tag.name] if tag.name in FOREIGN else []
        problems += [name for name in tag.attrs if name.startswith("on")]
        problems += [f"{name}={tag[name][:60]}" for name in FETCHING & tag.attrs.keys() if not tag[name].startswith("data:")]
        problems += [tag["href"]] if tag.get("href", "").startswith("#") and tag["href"] not in anchors else []
        problems += [tag["style"]] if OUTSIDE.search(tag.get("style", "")) else []
        problems += ["style"] if tag.name == "style" and OUTSIDE.search(tag.get_text()) else []
        if problems:
            where = f"{notebook}, in the section “{find_section(tag)}”"
            raise ValueError(f"{where}: <{tag.name}> has {', '.join(problems)}, which a page to print cannot have; show it as text or image")


def main() -> int:
    """Write what the command line names; return 1 if something cannot be written."""
    parser = argparse.ArgumentParser(description="Write notebooks as pages to print.")
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="the folder of the pages")
    chosen = parser.parse_args()
    try:
        for notebook in chosen.notebooks:
            print(write_printable(notebook, chosen.out))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
