"""What the prose of a report states about quantities of its tables, compared with them.

In: `Section`s and published `CellRow`s. Out: `Statement`s, findings of those that differ. Next: `pipeline`.
"""

import re
from collections.abc import Iterator, Sequence

from govtables.forms import find_terms, name_codes
from govtables.language import HAN, NUMERALS, read_number, simplify, tell
from govtables.prose.claims import find_claims, read_topic
from govtables.prose.compare import judge, values_of
from govtables.prose.qualifiers import NO_YEAR
from govtables.prose.tokens import UNIT, telling
from govtables.readers import Cell, Grid, Section
from govtables.records import CellRow, Finding, Statement

ITEM = re.compile(rf"\s*(?:[(（]?[{NUMERALS}\d]{{1,3}}[)）、.．]|[{NUMERALS[:9]}]是|第[{NUMERALS}])")
HEADING = re.compile(rf"\s*[(（]?[{NUMERALS}\d]{{1,2}}[)）、.．][^。;；,，]{{2,30}}$|[^。;；,，、\d]{{4,16}}$")
ENDED = ("。", ";", "；", ":", "：", "!", "！", "?", "？")
WORD = re.compile(f"[{HAN}]")
COUNTED = re.compile(f"\\s*(?:{UNIT}|[万亿]|余|多)")
YEAR = re.compile(r"(20\d\d)年")
SHORTEST_WRAPPED, LONGEST_WRAPPED, LONGEST_CELL, LONGEST_NUMBER = 25, 1000, 120, 20
LONGEST_QUOTE = 60  # characters of a sentence in a message


def find_statements(
    sections: Sequence[Section], cells: Sequence[CellRow], year: int | None, issuer: str | None = None
) -> list[Statement]:
    """Find what the prose states about quantities of the tables, in reading order, each with its verdict.

    Where cells are unknown the verdict is ``"undecided"``; the `year` of the report tells its figures from
    those of other years, the name of its `issuer` from those of other bodies.
    """
    own = simplify("".join((issuer or "").split()))
    printed = {cell.place for cell in cells if cell.place}
    lines = list(_lines(sections, printed | {place.partition(":")[0] for place in printed}))
    if year is None:
        named = {found for _, _, line, _ in lines for found in YEAR.findall(line)}
        year = NO_YEAR if len(named) > 1 else None
    claims = [(chapter, place, find_claims(line, year, topic, own)) for chapter, place, line, topic in lines]
    values = values_of(cells) if any(found for _, _, found in claims) else {}
    return [said for chapter, place, found in claims for said in judge(chapter, place, found, values)]


def statement_finding(said: Statement) -> Finding:
    """Say of a statement that differs what the tables have instead."""
    terms = find_terms(said.cells)
    facts = {"printed": said.printed, "value": said.table_value, "sentence": said.sentence[:LONGEST_QUOTE]}
    message = tell("prose.differs", cells=name_codes(said.cells), **facts)
    codes = tuple(term.text for term in terms)
    return Finding("statement", terms[0].table, terms[0].row, said.place, message, codes)


def _lines(sections: Sequence[Section], printed: set[str]) -> Iterator[tuple[int, str, str, str]]:
    """Paragraphs that may state something: chapter, place, text, and the topic that their heading gives."""
    stated = telling("number")
    for section in sections:
        topic = read_topic(section.heading.text) if section.heading else ""
        for line in _paragraphs(section, printed):
            if HEADING.match(line.text):
                topic = read_topic(line.text) if telling("line").search(line.text) else ""
            words = telling("line", "topic") if topic else telling("line")
            if words.search(line.text) and stated.search(line.text):
                yield section.chapter, line.place, line.text, topic


def _paragraphs(section: Section, printed: set[str]) -> Iterator[Cell]:
    """Lines of prose, joined where the page broke a sentence; lines of tables are none."""
    wrapped: Cell | None = None
    for line in _join_numbers(_prose(section, printed)):
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
        elif len(block.text) > LONGEST_CELL or block.place not in printed:
            yield block


def _join_numbers(lines: Iterator[Cell]) -> Iterator[Cell]:
    """Join a number on a line of its own with the lines around it if the next opens with its unit."""
    last = number = None
    for line in lines:
        if number and last and COUNTED.match(line.text):
            last, number = Cell(last.text + number.text + line.text, last.place), None
            continue
        bare = len(line.text) <= LONGEST_NUMBER and read_number(line.text) is not None
        if bare and last and number is None and not last.text.endswith(ENDED):
            number = line
            continue
        if last:
            yield last
        last, number = None if bare else line, None
    if last:
        yield last
