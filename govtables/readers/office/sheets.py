"""Workbooks, laid out as pages of tables.

In: bytes of an XLSX file. Out: prose lines and grids by sheet, notes of what was left out. Next: `detect`.

Rows of one text above and below a table are prose. Places: `S1:R7:C4` is row 7, column D of the first sheet.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from govtables.language import HAN, phrase, read_number, tell
from govtables.readers.document import Cell, Grid, Row, lay_out
from govtables.readers.limits import LIMITS, check_limit
from govtables.readers.office.containers import open_container
from govtables.readers.office.xlsx import MOST_CELLS, Sheet, Span, read_xlsx

MOST_CHARACTERS = 8_000_000
LONGEST_LABEL = 80  # a longer text alone in its row is prose
NOTE = re.compile("[(（*※]?(?:备注|附注|注|说明|填报|制表|审核|联系)")
NAMELESS = re.compile(rf"(?:Sheet|工作表)\s*\d*|[^{HAN}]*", re.I)  # names of sheets that say nothing

Block = tuple[int, int]  # first and last row


def read_sheets(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read a workbook: its blocks sheet by sheet, and notes of what was left out or cannot be told."""
    sheets = list(read_xlsx(open_container(data)))
    shown = [n for n, sheet in enumerate(sheets, 1) if sheet.visible and sheet.cells]
    read = shown or [n for n, sheet in enumerate(sheets, 1) if sheet.cells]
    characters = sum(len(text) for sheet in sheets for text in sheet.cells.values())
    check_limit(characters, MOST_CHARACTERS, "readers.many_characters")
    blocks: list[Cell | Grid] = []
    for number in read:
        blocks += _read_sheet(sheets[number - 1], f"S{number}")
    rows = sum(len(block.rows) for block in blocks if isinstance(block, Grid))
    check_limit(rows, LIMITS.rows, "readers.many_rows")
    return tuple(blocks), tuple(_notes(sheets, read))


def _notes(sheets: Sequence[Sheet], read: Sequence[int]) -> Iterator[str]:
    if not read:
        yield tell("readers.nothing_printed")
    for number, sheet in enumerate(sheets, 1):
        if not sheet.visible and sheet.cells:
            message = "readers.hidden_sheet_read" if number in read else "readers.hidden_sheet"
            yield tell(message, number=number, name=sheet.name[:40])
        if number in read:
            yield from (tell("readers.of_sheet", line=line, number=number) for line in sheet.trail.lines())


def _read_sheet(sheet: Sheet, name: str) -> Iterator[Cell | Grid]:
    """Cut a sheet at its empty rows; its name is prose where it says something."""
    if not NAMELESS.fullmatch(sheet.name):
        yield Cell(sheet.name, name)
    spans = _spans(sheet)
    blocks = _blocks(sheet, spans)
    firsts = [first for first, _ in blocks]
    inside, used = defaultdict(list), defaultdict(list)
    for span in spans:
        inside[bisect_right(firsts, span.top) - 1].append(span)
    for row, column in sheet.cells:
        used[bisect_right(firsts, row) - 1].append(column)
    for at, block in enumerate(blocks):
        columns, where = range(min(used[at]), max(used[at]) + 1), f"{name}:R{block[0]}"
        cells = len(columns) * (block[1] - block[0] + 1)
        check_limit(len(columns), LIMITS.columns, "readers.wide_table", place=where)
        check_limit(cells, MOST_CELLS, "readers.large_table", place=where)
        yield from _cut(_lay_out(sheet, name, block, columns, inside[at]))


def _spans(sheet: Sheet) -> list[Span]:
    """Merged cells of more than one place, clipped where nothing follows."""
    last, right = (max(place[axis] for place in sheet.cells) for axis in (0, 1))
    clipped = (Span(s.top, s.left, min(s.bottom, last), min(s.right, right)) for s in sheet.merged)
    spans = [span for span in clipped if span.bottom > span.top or span.right > span.left]
    check_limit(len(spans), LIMITS.rows, "readers.many_merged")
    return spans


def _blocks(sheet: Sheet, spans: Sequence[Span]) -> list[Block]:
    """Runs of rows that print something; a merged cell that prints something holds its rows together."""
    parts = {(row, row) for row, _ in sheet.cells}
    parts |= {(span.top, span.bottom) for span in spans if (span.top, span.left) in sheet.cells}
    blocks: list[Block] = []
    for first, last in sorted(parts):
        if blocks and first <= blocks[-1][1] + 1:
            blocks[-1] = (blocks[-1][0], max(last, blocks[-1][1]))
        else:
            blocks.append((first, last))
    check_limit(sum(last - first + 1 for first, last in blocks), LIMITS.rows, "readers.long_sheet")
    return blocks


def _lay_out(sheet: Sheet, name: str, block: Block, columns: range, spans: Sequence[Span]) -> Sequence[Row]:
    """Rows of a block: `None` where a merged cell covers a place; hidden rows and columns left out."""
    hidden = {c for c in columns if any(c in run for run in sheet.hidden_columns)}
    covered: set[tuple[int, int]] = set()
    moved: dict[tuple[int, int], str] = {}
    for span in spans:
        _cover(sheet, span, columns, hidden, covered, moved)
    rows = range(block[0], block[1] + 1)
    for row in rows:
        gone = columns if row in sheet.hidden_rows else hidden
        if lost := [column for column in gone if (row, column) in sheet.cells]:
            what = "readers.hidden_row" if row in sheet.hidden_rows else "readers.hidden_column"
            sheet.trail.note(phrase(what), f"R{row}:C{lost[0]}")
    shown = [row for row in rows if row not in sheet.hidden_rows], [c for c in columns if c not in hidden]
    texts = {at: moved.get(at) or sheet.cells.get(at, "") for at in product(*shown) if at not in covered}
    return lay_out({(r, c): Cell(text, f"{name}:R{r}:C{c}") for (r, c), text in texts.items()}, *shown)


def _cover(
    sheet: Sheet, span: Span, columns: range, hidden: set[int], covered: set[tuple[int, int]],
    moved: dict[tuple[int, int], str],
) -> None:
    """Mark the places that a merged cell covers; its text stands at the first of them that is not hidden."""
    home = None
    for row in range(span.top, span.bottom + 1):
        for column in range(max(span.left, columns[0]), min(span.right, columns[-1]) + 1):
            if (row, column) in covered:
                return  # merged cells that overlap: no program writes them
            if home is None and row not in sheet.hidden_rows and column not in hidden:
                home = (row, column)
                moved[home] = sheet.cells.get((span.top, span.left), "")
                continue
            covered.add((row, column))
            if (row, column) in sheet.cells and (row, column) != (span.top, span.left):
                sheet.trail.note(phrase("readers.covered"), f"R{row}:C{column}")


def _cut(rows: Sequence[Row]) -> Iterator[Cell | Grid]:
    """Prose above the table, the table, prose below; a long text alone in a row cuts the table in two."""
    first, last = 0, len(rows)
    while first < last and _is_prose(rows[first], True):
        first += 1
    while last > first and _is_prose(rows[last - 1], False):
        last -= 1
    yield from _lines(rows[:first])
    part: list[Row] = []
    for row in rows[first:last]:
        if any(cell and len(cell.text) > LONGEST_LABEL for cell in row) and _is_prose(row, False):
            yield from _grid(part)
            yield from _lines([row])
            part = []
        else:
            part.append(row)
    yield from _grid(part)
    yield from _lines(rows[last:])


def _is_prose(row: Row, above: bool) -> bool:
    """Tell whether a row holds one text alone; below the head of a table that may be a label."""
    printed = [cell for cell in row if cell and cell.text]
    if len(printed) != 1 or read_number(printed[0].text) is not None:
        return not printed
    text, alone = printed[0].text, sum(cell is not None for cell in row) == 1
    return above or alone or len(text) > LONGEST_LABEL or NOTE.match(text) is not None


def _lines(rows: Sequence[Row]) -> Iterator[Cell]:
    for row in rows:
        yield from (Cell(line, cell.place) for cell in row if cell for line in cell.text.split("\n") if line)


def _grid(rows: Sequence[Row]) -> Iterator[Grid]:
    """A grid of the rows, without the columns where nothing is printed, as spans leave them."""
    used = sorted({at for row in rows for at, cell in enumerate(row) if cell and cell.text})
    if used:
        yield Grid(tuple(tuple(row[at] for at in used) for row in rows), "columns", "xlsx")
