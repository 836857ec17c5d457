"""What the prose of a report states about quantities of its tables, compared with them.

In: `Section`s and published `CellRow`s. Out: `Statement`s. Next: `run`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from govtables.cells import CellRow
from govtables.claims import Claim, find_claims, read_topic
from govtables.forms import declared
from govtables.grid import Cell, Grid
from govtables.labels import HAN, read_number
from govtables.quantities import SHARE
from govtables.sections import Section
from govtables.sentences import Number, telling

ITEM = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九]是|第[一二三四五六七八九十])")
HEADING = re.compile(f"\\s*[(（]?[一二三四五六七八九十\\d]{{1,2}}[)）、.．][^。;；,，]{{2,30}}$|[^。;；,，、\\d]{{4,16}}$")
ENDED = ("。", ";", "；", ":", "：", "!", "！", "?", "？")
WORD = re.compile(f"[{HAN}]")
SHORTEST_WRAPPED, LONGEST_WRAPPED, LONGEST_CELL = 25, 1000, 120
DENOMINATORS = (
    "requests.received.total",
    "requests.concluded.total",
    "requests.received.total + requests.carried_in.total",
)
TERM = re.compile(r"([+-]?)\s*([a-z]+)\.([a-z_.*]+)\.([a-z_]+)")


class Statement(NamedTuple):
    """A number of the prose beside what the tables say of the same quantity."""

    chapter: int
    place: str | None
    sentence: str
    quantity: str
    printed: str
    value: float
    table_value: float | None
    cells: str
    verdict: str  # "agrees", "differs", "undecided", "part" (of one body among those that the tables count)
    reason: str | None


class Formula(NamedTuple):
    """Cells that a quantity may be compared with, and how to call that reading."""

    cells: str
    terms: tuple[tuple[int, str, str, str], ...]  # sign, table, row (a star stands for all rows of a group), column
    reason: str | None


Tables = Mapping[tuple[str, str, str], list[float | None]]  # values of a cell, or of the rows of a group


def find_statements(sections: Sequence[Section], cells: Sequence[CellRow], year: int | None) -> list[Statement]:
    """Find what the prose states about quantities of the tables, in reading order, each with its verdict.

    Where cells are unknown the verdict is ``"undecided"``; the `year` of the report tells its figures from other years'.
    """
    printed = {cell.place for cell in cells if cell.place}
    lines = _lines(sections, printed | {place.partition(":")[0] for place in printed})
    claims = [(chapter, place, claim) for chapter, place, line, topic in lines for claim in find_claims(line, year, topic)]
    tables = _make_tables(cells) if claims else {}
    return [Statement(chapter, place, *_compare(claim, tables)) for chapter, place, claim in claims]


def _make_tables(cells: Sequence[CellRow]) -> Tables:
    tables: dict[tuple[str, str, str], list[float | None]] = {}
    for cell in cells:
        group, dot, _ = cell.row.partition(".")
        tables.setdefault((cell.table, cell.row, cell.column), []).append(cell.value)
        if dot:
            tables.setdefault((cell.table, f"{group}.*", cell.column), []).append(cell.value)
    return tables


_read_topic = lru_cache(maxsize=1 << 10)(read_topic)


# -- lines of prose -----------------------------------------------------------------------------------------------


def _lines(sections: Sequence[Section], printed: set[str]) -> Iterator[tuple[int, str, str, str]]:
    """Paragraphs that may state something: chapter, place, text, and the topic that the heading above gives."""
    stated = telling("number")
    for section in sections:
        topic = _read_topic(section.heading.text) if section.heading else ""
        for line in _paragraphs(section, printed):
            if HEADING.match(line.text):
                topic = _read_topic(line.text) if telling("line").search(line.text) else ""
            words = telling("line", "topic") if topic else telling("line")
            if words.search(line.text) and stated.search(line.text):
                yield section.chapter, line.place, line.text, topic


def _paragraphs(section: Section, printed: set[str]) -> Iterator[Cell]:
    """Lines of prose, joined where the page broke a sentence; lines of tables are none."""
    wrapped: Cell | None = None
    for line in _prose(section, printed):
        if wrapped and WORD.search(line.text) and not ITEM.match(line.text):
            line = Cell(wrapped.text + line.text, wrapped.place)
        elif wrapped:
            yield wrapped
        open_end = SHORTEST_WRAPPED <= len(line.text) <= LONGEST_WRAPPED and not line.text.endswith(ENDED)
        wrapped = line if open_end else None
        if wrapped is None:
            yield line
    if wrapped:
        yield wrapped


def _prose(section: Section, printed: set[str]) -> Iterator[Cell]:
    for block in section.blocks:
        if isinstance(block, Grid):
            words = [cell for row in block.rows for cell in row if cell] if block.layout == "flow" else []
            yield from (cell for cell in words if "。" in cell.text and cell.place not in printed)
        elif len(block.text) > LONGEST_CELL or (block.place not in printed and read_number(block.text) is None):
            yield block


# -- comparison ---------------------------------------------------------------------------------------------------


@cache
def formulas(quantity: str) -> tuple[Formula, ...]:
    """Formulas that a quantity may be compared with, the usual one first.

    >>> [formula.cells for formula in formulas("requests.carried_over")]
    ['requests.carried_over.total']
    """
    lines = [line for line in declared("quantities") if line["quantity"] == quantity]
    return tuple(Formula(line["formula"], _terms(line["formula"]), line["reason"] or None) for line in lines)


@cache
def _shares(quantity: str) -> tuple[tuple[Formula, Formula], ...]:
    parts = formulas(quantity)
    totals = DENOMINATORS
    if quantity.startswith("disputes."):
        totals = tuple(formula.cells for formula in formulas(quantity.rpartition(".")[0]))
    wholes = [Formula(cells, _terms(cells), f"denominator: {cells}") for cells in totals]
    return tuple((part, whole) for part in parts for whole in wholes)


def _terms(cells: str) -> tuple[tuple[int, str, str, str], ...]:
    return tuple((-1 if sign == "-" else 1, *codes) for sign, *codes in TERM.findall(cells))


def _compare(claim: Claim, tables: Tables) -> tuple:
    number = claim.number
    if claim.quantity.endswith(SHARE):
        readings = [_read_share(part, whole, tables) for part, whole in _shares(claim.quantity.removesuffix(SHARE))]
    else:
        readings = [(formula.cells, *_evaluate(formula, tables), formula.reason) for formula in formulas(claim.quantity)]
    possible = [reading for reading in readings if reading[1]] or readings[:1]
    fits = next((reading for reading in possible if reading[2] is not None and _fits(number, reading[2])), None)
    known = [reading for reading in possible if reading[2] is not None]
    cells, _, value, reason = fits or (known or possible)[0]
    verdict = "agrees" if fits else "differs" if known and len(known) == len(possible) else "undecided"
    if claim.part:
        verdict, reason = "part", "of one body among those counted"
    elif not fits:
        reason = None if verdict == "differs" else "not all cells are known"
    reasons = "; ".join(filter(None, (reason, _manner(number))))
    value = value if value is None else round(value, 6)
    return claim.sentence, claim.quantity, number.printed, number.value, value, cells, verdict, reasons or None


def _evaluate(formula: Formula, tables: Tables) -> tuple[bool, float | None]:
    """Whether the form of this report has these cells, and their sum where all are known."""
    total: float | None = 0.0
    for sign, table, row, column in formula.terms:
        values = tables.get((table, row, column))
        if values is None:
            return False, None
        total = None if total is None or None in values else total + sign * sum(values)
    return True, total


def _read_share(part: Formula, whole: Formula, tables: Tables) -> tuple[str, bool, float | None, str | None]:
    (has_part, value), (has_whole, total) = _evaluate(part, tables), _evaluate(whole, tables)
    share = 100 * value / total if value is not None and total else None
    if share is None and value == 0 == total:
        share = 0.0
    cells = f"({part.cells}) / ({whole.cells})"
    return cells, has_part and has_whole, share, "; ".join(filter(None, (part.reason, whole.reason)))


def _fits(number: Number, value: float) -> bool:
    """Tell whether a stated number may stand for a value, as exactly as it is stated."""
    slack = 1e-9 * max(1.0, abs(value))
    match number.manner:
        case "余" | "多":
            return number.value - slack <= value <= number.value + number.step
        case "近":
            return number.value - number.step <= value <= number.value + slack
        case "约":
            return abs(number.value - value) <= number.step
    rounded = number.unit in ("%", "元") or number.step != 1
    return abs(number.value - value) <= (number.step / 2 if rounded else 0) + slack


def _manner(number: Number) -> str | None:
    if number.manner:
        return f"approximate: {number.manner}"
    if number.unit == "%":
        places = len(number.printed.strip("%％").partition(".")[2])
        return f"rounded to {places} places" if places != 1 else "rounded to one place"
    return f"rounded to {number.step:g}" if number.step > 1 and not number.unit.endswith("元") else None
