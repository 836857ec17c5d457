"""Word documents: DOCX, templates, macro-enabled and strict ones.

In: bytes. Out: prose lines and grids in reading order, and notes of what was left out. Next: `detect`.

Only tables without a table inside are data; those around them are layout. Places: `T2:R7:C4` is the fourth
printed cell in the seventh row of the second table, `L12` the twelfth printed line outside tables of data.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from govtables.language import phrase, tell
from govtables.readers.document import ONE, Cell, Grid, Row, Spanned, Unreadable, expand_spans, is_page_number
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.office.containers import (
    Container, main_part, open_container, read_optional, read_relations, read_xml, whole,
)
from govtables.readers.office.numbering import W, read_lists, value_of
from govtables.readers.office.paragraphs import (
    BOX, PARAGRAPH, PICTURES, TEXT, Story, cell_text, ground_of, inside, is_on, paragraph_text, read_looks,
)
from govtables.readers.runs import PALE, UNKNOWN, WHITE, lines_of, text_lines, without_pale

TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
ROW_PROPERTIES, CELL_PROPERTIES = f"{W}trPr", f"{W}tcPr"
ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
ENDS = ("header", "footer", "footnotes", "endnotes")
FOREIGN = (f"{W}altChunk", f"{W}object")


def read_docx(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read a Word document: its blocks in reading order, and notes of what was left out or cannot be told."""
    container = open_container(data)
    main = main_part(container, "word/document.xml")
    root = read_xml(container, main)
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable(tell("readers.no_word", part=main))
    related = read_relations(container, main).values()
    parts = {kind: name for kind, name in related if kind in ("numbering", "styles")}
    nodes = read_optional(container, parts.get("styles")).iter(f"{W}style")
    styles = {node.get(f"{W}styleId", ""): node for node in nodes}
    story = Story(read_lists(read_optional(container, parts.get("numbering")), styles), read_looks(styles))
    _settle(root, story)
    blocks = list(_flow(body, story))
    blocks += _ends(container, related, story, blocks)
    return tuple(blocks), tuple(_notes(story, body, blocks))


def _settle(root: Element, story: Story) -> None:
    """Keep one branch of alternatives, as a text box is written for two versions of Word, and no text that
    asks for text."""
    for alternative in list(root.iter(ALTERNATIVE)):
        branches = list(alternative)
        told = [branch for branch in branches if branch.find(f".//{TEXT}") is not None]
        alternative[:] = (told or branches)[:1]
    for control in root.iter(f"{W}sdt"):
        if is_on(control.find(f"{W}sdtPr"), "showingPlcHdr"):
            story.trail.note(phrase("readers.asks_for_text"), phrase("readers.the_document"))
            for text in control.iter(TEXT):
                text.text = ""


# -- paragraphs and tables in reading order --------------------------------------------------------


def _flow(parent: Element, story: Story) -> Iterator[Cell | Grid]:
    """Blocks of a body, of a text box or of a cell of layout."""
    before: list[str] = []  # texts of a paragraph that goes on
    for node in inside(parent, PARAGRAPH, TABLE):
        if node.tag == TABLE:
            yield from _table(node, story)
            continue
        text = paragraph_text(node, before, story, f"L{story.counts['lines'] + 1}") or ""
        yield from _lines(without_pale(text, is_known=False), story)
        yield from _text_boxes(story)
    yield from _lines("".join(before), story)


def _lines(text: str, story: Story) -> Iterator[Cell]:
    for line in lines_of(text, "  "):
        story.counts["lines"] += 1
        yield Cell(line, f"L{story.counts['lines']}")


def _text_boxes(story: Story) -> Iterator[Cell | Grid]:
    boxes = list(story.boxes)
    story.boxes.clear()
    for box in boxes:
        yield from _flow(box, story) if box.tag == BOX else [Grid((), "columns", "picture")]


def _table(table: Element, story: Story) -> Iterator[Cell | Grid]:
    story.counts["tables"] += 1
    name = f"T{story.counts['tables']}"
    rows = [row for row in inside(table, ROW) if value_of(row.find(ROW_PROPERTIES), "del") is None]
    inner = sum(1 for _ in table.iter(TABLE)) > 1  # perhaps in a text box only
    if not inner or not any(_holds_table(cell) for row in rows for cell in inside(row, CELL)):
        properties = table.find(f"{W}tblPr")
        shades = "shades" in story.look_of(value_of(properties, "tblStyle"))
        story.grounds.append(ground_of(properties, None if shades else WHITE))
        yield from _cut_pages([*expand_spans(_printed(rows, name, story), LIMITS.columns)])
        story.grounds.pop()
        yield from _text_boxes(story)
        return
    for row in rows:
        for cell in inside(row, CELL):
            yield from _flow(cell, story)


def _holds_table(cell: Element) -> bool:
    """Tell whether a cell holds a table of more than one cell; one of a single cell is a text."""
    tables = [node for node in inside(cell, PARAGRAPH, TABLE) if node.tag == TABLE]
    return any(sum(1 for _ in one.iter(CELL)) > sum(1 for _ in one.iter(TABLE)) for one in tables)


def _cut_pages(rows: Sequence[Row]) -> Iterator[Cell | Grid]:
    """A grid of the rows; a row with a cell that holds a page of text is prose between two grids."""
    part: list[Row] = []
    for row in [*rows, None]:
        if row and not any(cell and _is_page(cell.text) for cell in row):
            part.append(row)
            continue
        if any(cell and cell.text for cells in part for cell in cells):
            yield Grid(tuple(part), "columns", "docx")
        yield from (
            Cell(line, cell.place) for cell in row or () if cell for line in cell.text.split("\n") if line
        )
        part = []


def _is_page(text: str) -> bool:
    return len(text) > LIMITS.cell_characters or text.count("\n") >= LIMITS.cell_lines


# -- a table of data -------------------------------------------------------------------------------


def _printed(rows: Sequence[Element], table: str, story: Story) -> Iterator[list[Spanned]]:
    """Cells of each row with their spans; what continues a cell from above or from the left is `None`."""
    above: set[int] = set()  # columns with a cell that may go on below
    for r, row in enumerate(rows, 1):
        story.counts["rows"] += 1
        check_limit(story.counts["rows"], LIMITS.rows, "readers.many_rows_docx")
        properties, place = row.find(ROW_PROPERTIES), f"{table}:R{r}"
        if is_on(properties, "hidden"):
            story.trail.note(phrase("readers.hidden_row"), place)
            continue
        cells: list[Spanned] = [(None, ONE)] * min(whole(value_of(properties, "gridBefore")), LIMITS.columns)
        above = _fill(cells, row, above, place, story)
        yield cells


def _fill(cells: list[Spanned], row: Element, above: set[int], place: str, story: Story) -> set[int]:
    """Fill a row; return the columns whose cells may go on below."""
    below: set[int] = set()
    printed, at = 0, len(cells)
    for cell in inside(row, CELL):
        properties = cell.find(CELL_PROPERTIES)
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            continue
        down, across = _merge(properties), value_of(properties, "hMerge")
        covered = (down == "continue" and at in above) or (across not in (None, "restart") and at > 0)
        where = place if covered else f"{place}:C{printed + 1}"
        text = _cell_text(cell, story, where)
        if covered and text:
            story.trail.note(phrase("readers.covered"), place)
        printed += not covered
        check_limit(printed, LIMITS.columns, "readers.many_columns_docx", place=place)
        wide = max(min(whole(value_of(properties, "gridSpan"), 1), LIMITS.columns - at), 1)
        cells.append((None if covered else Cell(text, where), (wide, 1)))
        below |= {at} if down else set()
        at += wide
    return below


def _merge(properties: Element | None) -> str | None:
    """Tell whether a cell begins or continues a merge downwards; one that is merged by a tracked change
    counts as merged."""
    down = value_of(properties, "vMerge")
    tracked = properties.find(f"{W}cellMerge") if properties is not None else None
    if tracked is not None:
        down = {"rest": "restart", "cont": "continue"}.get(tracked.get(f"{W}vMerge", ""))
    return down if down in (None, "restart") else "continue"


def _cell_text(cell: Element, story: Story, place: str) -> str:
    """Lines of a cell; a picture or a text box in place of text is printed, but no text."""
    story.grounds.append(ground_of(cell.find(CELL_PROPERTIES), story.grounds[-1]))
    text = cell_text(inside(cell, PARAGRAPH), story, place)
    ground = story.grounds.pop()
    text = text_lines(without_pale(text, ground is not None) if PALE in text else text)
    if text or not any(True for tag in PICTURES for _ in cell.iter(tag)):
        return text
    story.trail.note(phrase("readers.picture_or_box"), place)
    return UNKNOWN


# -- what stands around the body -------------------------------------------------------------------


def _ends(
    container: Container, related: Sequence, story: Story, blocks: Sequence[Cell | Grid]
) -> Iterator[Cell]:
    """Lines of headers, footers and notes that the body does not print as well."""
    seen = {block.text for block in blocks if isinstance(block, Cell)}
    for wanted in ENDS:
        for name in sorted({name for kind, name in related if kind == wanted}):
            root = read_optional(container, name)
            _settle(root, story)
            for line in [text for block in _flow(root, story) for text in _texts_of(block)]:
                if line not in seen and not is_page_number(line, at_edge=True):
                    seen.add(line)
                    yield from _lines(line, story)


def _texts_of(block: Cell | Grid) -> list[str]:
    cells = [block] if isinstance(block, Cell) else [cell for row in block.rows for cell in row if cell]
    return [line for cell in cells for line in cell.text.split("\n") if line]


def _notes(story: Story, body: Element, blocks: Sequence[Cell | Grid]) -> Iterator[str]:
    yield from story.trail.lines()
    if foreign := sum(1 for name in FOREIGN for _ in body.iter(name)):
        yield tell("readers.foreign", count=foreign)
    pictures = sum(
        node.find(f".//{BOX}") is None for tag in PICTURES.difference(FOREIGN) for node in body.iter(tag)
    )
    if pictures and not any(isinstance(block, Grid) and block.rows for block in blocks):
        yield tell("readers.pictures_no_table", count=pictures)
