"""Workbooks in XLSX, XLSM and their templates.

In: an opened container. Out: its `Sheet`s. Next: `sheets`.

A number comes as stored, with the unit that its format prints; of formulas the stored value counts. What
cannot be told so, such as a formula without a value or a format that divides, is no number here and noted,
where common libraries give a blank or another number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from govtables.language import phrase, tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.office.containers import (
    Container, iterate_xml, main_part, read_optional, read_relations, read_xml, whole,
)
from govtables.readers.office.formats import DAY, NOTHING, day_text, format_kind, number_text
from govtables.readers.runs import (
    PALE, UNKNOWN, WHITE, Trail, are_near, join_runs, read_colour, text_lines, without_pale,
)

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ROW, CELL, MERGED, COLUMN = f"{M}row", f"{M}c", f"{M}mergeCell", f"{M}col"
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\s*")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE = ("1", "true", "on")
NO_VALUE = "#?"  # stands for a formula that has no value; unreadable where a number should be
MOST_CELLS = 400_000  # with text, of a sheet


class Span(NamedTuple):
    """Rows and columns that a merged cell covers, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Printed cells of a sheet by row and column, counted from 1; what is merged and hidden, and notes."""

    name: str
    visible: bool
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    trail: Trail = field(default_factory=lambda: Trail({}))


class Book(NamedTuple):
    """What cells of a workbook refer to: texts, styles as templates of numbers; its days and formulas."""

    strings: Sequence[str]
    styles: Sequence[str]
    from_1904: bool
    recalculated: bool


def read_xlsx(container: Container) -> Iterator[Sheet]:
    """Read the sheets of a workbook in order; charts and macros are none."""
    main = main_part(container, "xl/workbook.xml")
    root, related = read_xml(container, main), read_relations(container, main)
    parts = dict(related.values())
    styles = _styles(read_optional(container, parts.get("styles")))
    strings = _shared_strings(container, parts.get("sharedStrings"))
    properties, calculation = root.find(f"{M}workbookPr"), root.find(f"{M}calcPr")
    book = Book(strings, styles, _is_on(properties, "date1904"), _is_on(calculation, "fullCalcOnLoad"))
    read = set()
    for node in root.iter(f"{M}sheet"):
        kind, name = related.get(node.get(ID, ""), ("", ""))
        if name in read:
            raise Unreadable(tell("readers.sheet_twice", part=name[:80]))
        if kind == "worksheet":
            read.add(name)
            sheet = Sheet(node.get("name", ""), node.get("state", "visible") == "visible")
            _fill(sheet, iterate_xml(container, name), book)
            yield sheet


def _is_on(node: Element | None, name: str) -> bool:
    return node is not None and node.get(name) in TRUE


def _shared_strings(container: Container, name: str | None) -> list[str]:
    """Texts that cells refer to by number."""
    texts = []
    for node in iterate_xml(container, name) if name and name.casefold() in container.members else ():
        if node.tag == f"{M}si":
            texts.append(_rich_text(node))
            node.clear()
    return texts


def _rich_text(node: Element) -> str:
    """The text of a string; the reading above its characters is no part of it."""
    runs = [(node.findtext(f"{M}t") or "", "")]
    runs += [(run.findtext(f"{M}t") or "", _way(run.find(f"{M}rPr"))) for run in node.findall(f"{M}r")]
    text = without_pale(join_runs(runs), is_known=False)
    return text_lines(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text)


def _way(properties: Element | None) -> str:
    if properties is None:
        return ""
    raised, struck = properties.find(f"{M}vertAlign"), properties.find(f"{M}strike")
    if struck is not None and struck.get("val", "1") in TRUE:
        return "struck"
    ink = properties.find(f"{M}color")
    colour = None if ink is None else read_colour(ink.get("rgb", "")[-6:])
    if colour and are_near(colour, WHITE):
        return PALE
    return "" if raised is None else raised.get("val", "").replace("baseline", "")


def _styles(root: Element) -> list[str]:
    codes = {whole(node.get("numFmtId")): node.get("formatCode", "") for node in root.iter(f"{M}numFmt")}
    numbers = [whole(node.get("numFmtId")) for nodes in root.findall(f"{M}cellXfs") for node in nodes]
    return [format_kind(number, codes.get(number)) for number in numbers]


def _fill(sheet: Sheet, elements: Iterator[Element], book: Book) -> None:
    """Read one sheet row by row, so that blank styled cells, perhaps a million, cost no memory."""
    row = 0
    for node in elements:
        tag = node.tag
        if tag == ROW:
            row = whole(node.get("r")) or row + 1
            if node.get("hidden") in TRUE or node.get("ht") == "0":
                sheet.hidden_rows.add(row)
            _fill_row(sheet, row, node, book)
            node.clear()
        elif tag == MERGED:
            sheet.merged.extend(_span(node.get("ref", "")))
        elif tag == COLUMN and (node.get("hidden") in TRUE or node.get("width") == "0"):
            sheet.hidden_columns.append(range(whole(node.get("min")), whole(node.get("max")) + 1))
            check_limit(len(sheet.hidden_columns), LIMITS.columns, "readers.many_hidden")


def _fill_row(sheet: Sheet, row: int, node: Element, book: Book) -> None:
    column = 0
    for cell in node:
        if cell.tag != CELL:
            continue
        place, column = _place(cell.get("r"), row, column)
        if not len(cell) or not (text := _text(sheet, f"R{place}:C{column}", cell, book)):
            continue
        if sheet.cells.setdefault((place, column), text) != text:
            sheet.cells[place, column] = UNKNOWN
            sheet.trail.note(phrase("readers.stored_twice"), f"R{place}:C{column}")
        check_limit(len(sheet.cells), MOST_CELLS, "readers.many_cells")


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell; one without a reference follows the cell before it."""
    if not reference:
        return row, column + 1
    found = PLACE.fullmatch(reference)
    if not found:
        raise Unreadable(tell("readers.no_place", place=reference[:20]))
    return int(found[2]), column_number(found[1])


def column_number(letters: str) -> int:
    """The number of a column, counted from 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _span(reference: str) -> list[Span]:
    first, _, last = reference.partition(":")
    ends = PLACE.fullmatch(first), PLACE.fullmatch(last or first)
    if not all(ends):
        return []
    (left, top), (right, bottom) = ((column_number(end[1]), int(end[2])) for end in ends)
    return [Span(top, left, bottom, right)]


def _text(sheet: Sheet, place: str, node: Element, book: Book) -> str:
    """The printed text of a cell by its kind: number, text, formula's text, truth, error, day."""
    kind, stored, formula = node.get("t", "n"), node.findtext(f"{M}v"), node.find(f"{M}f")
    if formula is not None and (book.recalculated or stored is None or (stored == "" and kind != "str")):
        sheet.trail.note(phrase("readers.formula_unstored"), place)
        return NO_VALUE
    if kind == "inlineStr":
        inline = node.find(f"{M}is")
        return _rich_text(inline) if inline is not None else ""
    if not stored:
        return ""
    if kind == "s":
        known = stored.isdigit() and whole(stored) < len(book.strings)
        return book.strings[whole(stored)] if known else UNKNOWN
    if kind == "b":
        return "TRUE" if stored in TRUE else "FALSE"
    if kind == "e":
        sheet.trail.note(phrase("readers.error_value", error=stored[:20]), place)
        return NO_VALUE
    if kind != "n" or not NUMBER.fullmatch(stored):
        return text_lines(stored) or UNKNOWN
    return _number(sheet, place, float(stored), whole(node.get("s")), book)


def _number(sheet: Sheet, place: str, value: float, style: int, book: Book) -> str:
    template = book.styles[style] if style < len(book.styles) else "{}"
    if template == NOTHING:
        sheet.trail.note(phrase("readers.prints_nothing"), place)
        return ""
    if template == DAY:
        return day_text(value, book.from_1904)
    if template.startswith("{} ("):
        sheet.trail.note(phrase("readers.prints_other", format=template[4:-1]), place)
    return template.replace("{}", number_text(value), 1)
