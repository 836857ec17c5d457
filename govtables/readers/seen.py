"""What the reader of a page sees.

In: a parsed page. Out: the page without what is hidden, with what its fields show; struck and raised texts
parted from those beside them, what cannot be told marked; notes. Next: `html`.

A style sheet from outside is not asked. So a table that is hidden stays, unless it is a copy of one that is
seen; and a text in the colour of a ground that nobody set stays where such a sheet may set it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govtables.language import is_label, phrase
from govtables.readers.cascade import Cascade, read_cascade
from govtables.readers.limits import LIMITS
from govtables.readers.runs import UNKNOWN, Trail
from govtables.readers.styles import TELLS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

BREAK = "\f"  # between two texts of a page, unless only inline tags part them
MARKED = "\x02{}\x02"  # in place of a table by its number; 0 is a picture that stands in no cell
TOLD = (
    "style, [style], [hidden], [color], [bgcolor], body[text], bdo, s, del, strike, a[href*='#'], input, "
    "select, img, canvas, object"
)
OLD = frozenset(("text", "color", "bgcolor", "hidden", "dir"))
PICTURES, STRUCK, CELLS = ("img", "canvas", "object"), ("s", "del", "strike"), ("td", "th")
OUTSIDE = "link[rel*='stylesheet' i], link[href*='.css' i]"  # a style sheet that is not in the page
SHOWN = frozenset((*PICTURES, *STRUCK, "a", "input", "select"))
BOXES = ("tr", "tbody", "thead", "tfoot", *CELLS)  # without its box, one moves its neighbours
ENTERED = ("", "text", "number", "tel", "search", "url", "email", "date")  # fields that show their value
SMALLEST = 16  # pixels of a picture that is no ornament
DIGIT, SIDE = re.compile(r"\d"), re.compile(r"\s*(\d+)\s*(?:px)?\s*")
LONGEST_MARK = 5  # characters of a link to a note
COPIED = 0.8  # of the labels of a hidden table, where it is a copy


@dataclass(frozen=True, slots=True)
class Page:
    """A page, how its elements look, and notes."""

    tree: "LexborHTMLParser"
    cascade: Cascade
    trail: Trail = field(default_factory=lambda: Trail({}))
    cells: dict[int, bool] = field(default_factory=dict)  # whether they hold no table
    judged: set[int] = field(default_factory=set)  # cells whose pictures, or added texts, are judged

    def cell(self, node: "LexborNode | None") -> "LexborNode | None":
        """The cell that an element is or stands in, where that is no layout."""
        while node is not None and node.tag not in CELLS:
            node = node.parent
        if node is not None and node.mem_id not in self.cells:
            self.cells[node.mem_id] = node.css_first("table") is None
        return node if node is not None and self.cells[node.mem_id] else None

    def note(self, what: str, cell: "LexborNode") -> None:
        """Keep a note; only the first of a kind needs its place."""
        self.trail.note(what, "" if what in self.trail.places else self._place(cell))

    def _place(self, cell: "LexborNode") -> str:
        row = table = cell.parent
        while table is not None and table.tag != "table":
            table = table.parent
        if row is None or table is None:
            return "the page"
        places = (self.tree.css("table"), table), (table.css("tr"), row), ([*row.iter()], cell)
        return ":".join(f"{k}{1 + all_.index(one)}" for k, (all_, one) in zip("TRC", places, strict=True))


def show(tree: "LexborHTMLParser") -> tuple[str, ...]:
    """Change a page into what its reader sees; return notes."""
    marked = tree.css(TOLD)
    sheets = [_sheet(node) for node in marked if node.tag == "style" and node.parent.tag != "noscript"]
    cascade = read_cascade(tree, [_own(node) for node in marked], sheets)
    page = Page(tree, cascade or Cascade([]))
    useless = _hide(page) if cascade else []
    for node in (one for one in marked if one.tag in SHOWN):
        if cell := page.cell(node):
            _show_cell(page, node, cell)
        elif node.tag in PICTURES and not _is_small(node):
            node.replace_with(f"{BREAK}{MARKED.format(0)}{BREAK}")
    for node in useless:  # last: what stands in them must not be touched again
        node.decompose()
    return tuple(page.trail.lines())


def _sheet(node: "LexborNode") -> str:
    media = node.attributes.get("media")
    return f"@media {media} {{{node.text()}}}" if media else node.text()


def _own(node: "LexborNode") -> tuple["LexborNode", str, str]:
    """What the old attributes of an element say, and its style."""
    said = node.attributes
    if OLD.isdisjoint(said):
        return node, "", said.get("style") or ""
    ink, ground = said.get("text" if node.tag == "body" else "color"), said.get("bgcolor")
    hints = f"color:{ink};" * bool(ink) + f"background:{ground};" * bool(ground)
    hints += "display:none;" * ("hidden" in said)
    hints += "unicode-bidi:override;" * (node.tag == "bdo" and said.get("dir") == "rtl")
    return node, hints, said.get("style") or ""


# -- styles ----------------------------------------------------------------------------------------


def _hide(page: Page) -> list["LexborNode"]:
    """Take away what is hidden; return the elements that are to go as a whole."""
    look, useless, tables = page.cascade.look, [], []
    changed = [one for one in page.cascade.elements.values() if not look(one).is_plain]
    first = {one.mem_id for one in changed if look(one.parent).is_plain}
    pale: dict[int, tuple[LexborNode, list[LexborNode]]] = {}
    for node in [one for one in page.tree.css("*") if one.mem_id in first] if first else ():
        if look(node).is_hidden and node.css_first("table") is not None:
            tables.append(node)
        elif look(node).gone and node.tag in BOXES:
            useless.append(node)
            if (cell := page.cell(node.css_first("td, th"))) and node.text(strip=True):
                page.note(phrase("readers.hidden_text"), cell)
        else:
            _hide_texts(page, node, pale)
    for node in page.cascade.elements.values():
        way, cell = look(node).way, page.cell(node)
        if way and cell and way != look(node.parent).way:
            _part(page, node, cell, way)
        if cell and "content" in page.cascade.styles[node.mem_id] and cell.mem_id not in page.judged:
            _judge_generated(page, node, cell)
    from_outside = bool(pale) and page.tree.css_first(OUTSIDE) is not None
    for cell, texts in pale.values():
        _judge_pale(page, cell, texts, from_outside)
    page.judged.clear()
    return useless + _copies(page, tables)


def _hide_texts(page: Page, root: "LexborNode", pale: dict) -> None:
    """Take away hidden texts, and mark doubtful ones; outside tables a long one may be shown by a script."""
    is_short = len(root.text()) <= LIMITS.cell_characters
    for text in [one for one in root.traverse(include_text=True) if one.is_text_node]:
        look, cell, said = page.cascade.look(text.parent), page.cell(text), text.text_content or ""
        if not said.strip() or not (cell or is_short):
            continue
        if look.is_hidden:
            text.replace_with("")
            if cell:
                page.note(phrase("readers.hidden_text"), cell)
        elif look.is_pale and cell:
            pale.setdefault(cell.mem_id, (cell, []))[1].append(text)
        elif look.doubt and cell and DIGIT.search(said):
            text.replace_with(said + UNKNOWN)
            page.note(phrase("readers.may_hide", doubt=look.doubt), cell)


def _judge_pale(page: Page, cell: "LexborNode", texts: Sequence["LexborNode"], from_outside: bool) -> None:
    """Take away a text in the colour of its ground; all of a cell only where both colours are set."""
    said = "".join("".join((text.text_content or "").split()) for text in texts)
    is_all = said == "".join(cell.text().split())
    looks = [page.cascade.look(text.parent) for text in texts]
    sure = all(look.inked and look.grounded for look in looks)
    if is_all and not sure and (from_outside or is_label(said)):
        return
    for text in texts:
        text.replace_with("")
    if is_all and not sure:
        cell.insert_child(UNKNOWN)
    page.note(phrase("readers.ground_colour"), cell)


def _part(page: Page, node: "LexborNode", cell: "LexborNode", way: str) -> None:
    """Part a text from those beside it."""
    if node.tag not in BOXES:
        node.insert_before(BREAK)
        node.insert_after(BREAK)
    if way == "struck" and DIGIT.search(node.text()):
        page.note(phrase("readers.struck"), cell)


def _judge_generated(page: Page, node: "LexborNode", cell: "LexborNode") -> None:
    """Doubt the number of a cell to which a style adds a text."""
    said = page.cascade.styles[node.mem_id]["content"]
    names = re.findall(r"attr\(\s*([\w-]+)", said)
    is_made = not names or any(node.attributes.get(one) for one in names)
    if is_made and TELLS["content"].value.match(said) and not page.cascade.look(node).is_hidden:
        page.judged.add(cell.mem_id)
        if is_label(cell.text().strip()):
            return
        cell.insert_child(UNKNOWN)
        page.note(phrase("readers.style_text"), cell)


def _copies(page: Page, hidden: Sequence["LexborNode"]) -> list["LexborNode"]:
    """Hidden tables whose labels stand in tables that are seen; the others may be shown by a script."""
    inside = {table.mem_id for node in hidden for table in node.css("table")}
    seen = {label for one in page.tree.css("table") if one.mem_id not in inside for label in _labels(one)}
    copies = []
    for node in hidden:
        labels = _labels(node)
        if len(labels & seen) >= COPIED * len(labels):
            copies.append(node)
        else:
            page.trail.note(phrase("readers.hidden_table"), phrase("readers.the_page"))
    return copies


def _labels(node: "LexborNode") -> set[str]:
    texts = ("".join(cell.text().split()) for cell in node.css("td, th"))
    return {text for text in texts if len(text) <= LIMITS.cell_characters and is_label(text)}


# -- fields, pictures and links of a cell ----------------------------------------------------------


def _show_cell(page: Page, node: "LexborNode", cell: "LexborNode") -> None:
    """Write what a field shows, mark a picture in place of a text, part the link to a note."""
    said, tag = node.attributes, node.tag
    if page.cascade.look(node).is_hidden:
        return
    if tag == "input" and (said.get("type") or "").strip().lower() in ENTERED:
        node.replace_with(f"{BREAK}{said.get('value') or ''}{BREAK}")
    elif tag == "select" and (chosen := node.css_first("option[selected]") or node.css_first("option")):
        node.replace_with(f"{BREAK}{chosen.text()}{BREAK}")
    elif (tag == "a" and len(node.text()) <= LONGEST_MARK and DIGIT.search(node.text())) or tag in STRUCK:
        _part(page, node, cell, "struck" if tag in STRUCK else "")
    elif tag in PICTURES and cell.mem_id not in page.judged and not _is_small(node):
        page.judged.add(cell.mem_id)
        if len(text := cell.text(strip=True)) > LIMITS.cell_characters:
            node.replace_with(f"{BREAK}{MARKED.format(0)}{BREAK}")
        elif not text and cell.parent and cell.parent.text(strip=True):
            node.replace_with(UNKNOWN)
            page.note(phrase("readers.picture_in_cell"), cell)


def _is_small(picture: "LexborNode") -> bool:
    """Tell an ornament."""
    sides = (SIDE.fullmatch(picture.attributes.get(name) or "") for name in ("width", "height"))
    return any(side and int(side[1][:5]) <= SMALLEST for side in sides)
