"""Which printed row is which row of the form.

In: the rows of one table. Out: `MatchedRows`: rows by code, extra rows, why other codes have none.
Next: `row_doubts`, `headers`.

A label is matched exactly; the rest is placed by order between matched neighbours, never by likeness alone.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from govtables.extract.rows import Row, make_row
from govtables.forms import Code, Form
from govtables.language import ENUMERATOR, Said, fold, phrase, plain, tell
from govtables.readers import Cell
from govtables.records import PRINTED_TWICE, Finding, Spent, Token

ALIKE = 0.5  # share of a damaged label that must stand, in order, in the label it is taken for
CELL, LABEL = str(Spent.CELL), str(Spent.LABEL)
LEAST_LABEL = 3  # a shorter damaged label says too little


@dataclass(slots=True)
class MatchedRows:
    """Printed rows by the code of the form's row."""

    known: Form
    table: str
    rows: dict[str, Row] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)  # how a row was matched, when not by its label
    problems: dict[str, str] = field(default_factory=dict)  # why the cells of a row cannot be told
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # folded labels above the row's block
    extras: list[Row] = field(default_factory=list)
    blanks: list[Row] = field(default_factory=list)  # that print nothing, under labels not of the form
    findings: list[Finding] = field(default_factory=list)
    certain: frozenset[str] = frozenset()  # rows whose numbers are certain, whatever their label
    repeated: set[str] = field(default_factory=set)  # printed twice with different numbers
    twice: set[int] = field(default_factory=set)  # places in the form of labels that are printed twice
    doubted: dict[str, Row] = field(default_factory=dict)  # the one row that stands where that row is missing
    spent: dict[int, tuple[Token, Cell]] = field(default_factory=dict)  # by id of the text, which is kept

    def note(self, kind: str, code: str, row: Row, message: str, cells: tuple[str, ...] = ()) -> None:
        """Keep a finding about a printed row."""
        place = (row.labels + row.values)[0].place
        self.findings.append(Finding(kind, self.table, code, place, message, cells))

    def spend(self, cell: Cell, row: str, column: str | None) -> None:
        """Spend a printed text on a cell, or on the name of a row; twice is a bug."""
        one = Token(cell.place, cell.text, CELL if column else LABEL, self.table, row, column)
        taken, _ = self.spent.setdefault(id(cell), (one, cell))
        if taken is not one and taken != one:
            raise RuntimeError(f"{cell.text!r} at {cell.place} is spent on {taken[4:]} and on {one[4:]}")

    def lose(self, code: str, row: Row, why: str) -> None:
        """Say why the cells of a row of the form cannot be told."""
        self.problems[code] = why
        self.note("unreadable", code, row, why)


def match_rows(
    known: Form, table: str, rows: Sequence[Row], certain: frozenset[str] = frozenset()
) -> MatchedRows:
    """Match labels exactly, then by order between matched neighbours."""
    matched = MatchedRows(known, table, certain=certain)
    order = list(known.positions[table])
    waiting, blanks = list[Row](), list[Row]()
    last, header, seen = -1, (), ()
    columns = known.column_codes[table]
    for row in _expand_blocks(matched, rows):
        at = _position(matched, row, last)
        above = row.keys if at is None else row.keys[:-1]
        seen += tuple([key for key in above if key in columns and key not in seen])
        if at is None:
            waiting += [row] if _may_be_row(matched, row, last) else []
            blanks += [row] if last >= 0 and _is_blank_row(matched, row) else []
        elif order[at] in matched.rows:
            matched.twice |= {at} if row.names[:1] == matched.rows[order[at]].names[:1] else set()
            _compare_repeat(matched, order[at], row)
            last = at
        else:
            _match_by_order(matched, order[last + 1 : at], waiting)
            matched.blanks += blanks[len(order[last + 1 : at]) :]  # as many may be rows of the form
            for code in order[last + 1 : at] if blanks else ():
                if code not in matched.rows.keys() | matched.problems.keys():
                    matched.lose(code, blanks[0], tell("extract.empty_row"))
            blanks = []
            matched.rows[order[at]], last, waiting = row, max(at, last), []
            header, seen = seen or header, ()
            matched.headers[order[at]] = header
    _match_by_order(matched, order[last + 1 :], [row for row in waiting if _may_be_row(matched, row, -1)])
    return matched


def _may_be_row(matched: MatchedRows, row: Row, last: int) -> bool:
    """Tell whether an unmatched row may be one of the form's: in lines, prose around the table is none."""
    known, table = matched.known, matched.table
    width = len(known.columns[table, known.rows[table][-1].block])
    if not row.labels:
        return row.numbers() >= width > 1 and (last >= 0 or row.grid is not None)
    inside = any(key in known.row_codes[table] or key in known.column_codes[table] for key in row.keys)
    return row.numbers() > 0 and (row.grid is not None or inside or last >= 0 or row.numbers() == width > 1)


def _is_blank_row(matched: MatchedRows, row: Row) -> bool:
    """Tell whether a row of a grid prints a label that the form does not know, and no number."""
    known, table = matched.known, matched.table
    if row.numbers() or not row.labels or not row.keys:
        return False
    heads = known.row_codes[table].keys() | known.column_codes[table].keys() | known.others["header"][table]
    item = ENUMERATOR.match(row.labels[-1].text.strip()) is not None
    width = len(known.columns[table, known.rows[table][-1].block])
    printed = row.grid is not None and len(row.values) >= width
    return not heads.intersection(row.keys + row.names) and (printed or item)


def _position(matched: MatchedRows, row: Row, last: int) -> int | None:
    """Place of a row in the form by its label; a label that also heads a column counts only in order."""
    codes, columns = matched.known.row_codes[matched.table], matched.known.column_codes[matched.table]
    positions = matched.known.positions[matched.table]
    in_rows = row.grid is not None and row.grid.keeps != "cells"
    for key in row.names:
        if (at := positions.get(codes.get(key))) is not None:
            early = last < 0 or (at <= last and codes[key] not in matched.rows)
            headed = key in columns and (early or len(columns.keys() & set(row.keys)) > 1)
            headed = headed and not (last >= 0 and ENUMERATOR.match(plain(row.labels[-1].text)))
            return None if headed or (in_rows and not row.values) else at
    for key in row.keys[:-1]:
        if codes.get(key) in positions and key not in columns and (row.numbers() or in_rows):
            matched.lose(codes[key], row, why_parted(row.labels[-1]))
    return None


def why_parted(other: Cell) -> Said:
    """Say that something stands where the numbers of a row belong."""
    return tell("extract.parted", text=other.text)


def _expand_blocks(matched: MatchedRows, rows: Sequence[Row]) -> Iterator[Row]:
    """Rows as printed; a group's label with the numbers of all its rows becomes those rows, by count."""
    known, table = matched.known, matched.table
    codes = known.row_codes[table]
    waiting = deque(rows)
    while waiting:
        row = waiting.popleft()
        code = next((codes[key] for key in row.names if key in codes), None)
        children = known.children.get(code, ())
        if len(children) > 1:
            bare = _take_bare(matched, waiting)
            yield from (head for head in bare if head.labels)
            block = [row, *(one for one in bare if not one.labels)]
            yield from _block_rows(matched, block, children) or block
            continue
        if code and len(row.keys) > 1 and (row.grid is None or row.grid.keeps == "cells"):
            yield from _empty_rows(matched, row)
        yield row


def _take_bare(matched: MatchedRows, waiting: deque[Row]) -> list[Row]:
    """Take the rows that come next and have numbers alone, with headers between them, as on a new page."""
    known, table = matched.known, matched.table
    others = known.others["header"][table] | known.others["extra_column"][table]
    heads = known.column_codes[table].keys() | others
    count = 0
    for at, row in enumerate(waiting, 1):
        if row.numbers() and not row.labels:
            count = at
        elif row.numbers() or not heads.issuperset(row.keys):
            break
    return [waiting.popleft() for _ in range(count)]


def _block_rows(matched: MatchedRows, block: Sequence[Row], children: Sequence[Code]) -> list[Row]:
    """Rows of a group without own labels, where as many rows, or cells, as the group has are printed."""
    cells = [cell for row in block for cell in row.values if cell.text]
    width = len(matched.known.columns[matched.table, children[0].block])
    if len(block) == len(children) and all(row.columns for row in block):
        parts = [(row.values, row.grid, row.columns, row.label_column, row.index) for row in block]
    elif len(cells) == width * len(children):
        parts = [(cells[at : at + width], block[0].grid) for at in range(0, len(cells), width)]
    else:
        return []
    matched.reasons |= dict.fromkeys((child.code for child in children), phrase("extract.by_count"))
    place = block[0].labels[-1].place
    pairs = zip(children, parts, strict=True)
    return [make_row(block[0].chapter, [Cell(child.label, place)], *part) for child, part in pairs]


def _empty_rows(matched: MatchedRows, row: Row) -> Iterator[Row]:
    """Labels of rows that print nothing, run together with the next label where row ends cannot be seen."""
    known, table = matched.known, matched.table
    codes, columns, heads = known.row_codes[table], known.column_codes[table], known.others["header"][table]
    said = [cell for cell in row.labels if fold(cell.text)]
    own = next(n for n, key in enumerate(row.names) if key in codes)  # labels behind the first of its name
    said = said[: len(said) - own]
    for cell, following in zip(said, said[1:], strict=False):
        key, behind = fold(cell.text), fold(following.text)
        named = codes.get(key) in known.positions[table]
        if named and (key not in columns or ENUMERATOR.match(plain(cell.text))):
            if behind in codes or behind in columns or behind in heads or (own and following is said[-1]):
                yield make_row(row.chapter, [cell], (), row.grid)
            else:
                matched.lose(codes[key], row, why_parted(following))


def _compare_repeat(matched: MatchedRows, code: str, row: Row) -> None:
    first, again = matched.rows[code].texts(), row.texts()
    if first and again and first != again:
        matched.repeated.add(code)
        why = tell("extract.twice", first=" ".join(first), again=" ".join(again))
        matched.problems[code] = why
        form = matched.known.cells()
        cells = tuple(f"{t}.{code}.{c.code}" for t, r, c in form if (t, r.code) == (matched.table, code))
        matched.note(PRINTED_TWICE, code, row, why, cells)
    elif again and not first:
        matched.rows[code] = row


def _match_by_order(matched: MatchedRows, missing: list[str], rows: list[Row]) -> None:
    """Take unmatched rows for those missing between matched ones, if count and labels, or sums, allow."""
    own = matched.known.rows[matched.table] if rows else ()
    labels = [fold(row.label) for row in own if row.code in missing]
    local = any(matched.known.others["extra"][matched.table].intersection(row.keys) for row in rows)
    fits = len(rows) == len(missing) and not local
    certain = matched.certain.issuperset(missing)
    if rows and fits and (certain or all(map(_alike, rows, labels))):
        for code, row in zip(missing, rows, strict=True):
            matched.rows[code] = row
            label = row.labels[-1].text if row.labels else ""
            message = "extract.label_damaged_zeros" if certain else "extract.label_damaged"
            matched.reasons[code] = tell(message, label=label)
            matched.note("label_damaged", code, row, matched.reasons[code])
    elif rows:
        matched.extras += rows
        matched.doubted |= dict(zip(missing, rows, strict=True)) if fits and len(rows) == 1 else {}
        why = tell("extract.unknown_row" if len(rows) == 1 else "extract.unknown_rows")
        for code in missing:
            if code not in matched.problems:
                matched.lose(code, rows[0], why)


def _alike(row: Row, label: str) -> bool:
    return any(_count_common(key, label) > ALIKE * len(key) for key in row.names if len(key) >= LEAST_LABEL)


def _count_common(one: str, other: str) -> int:
    """Count the characters of one text that stand, in order, in another."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)
