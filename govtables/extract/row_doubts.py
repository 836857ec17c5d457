"""Rows whose numbers may stand elsewhere than beside their label, so that they are neither absent nor blank.

In: `MatchedRows`, and all printed rows of the table. Out: rows of the form in doubt. Next: `labelled_tables`.
"""

from collections.abc import Sequence
from itertools import pairwise

from govtables.extract.row_matching import MatchedRows, why_parted
from govtables.extract.rows import Row
from govtables.language import ENUMERATOR, fold, plain, tell


def doubt_rows(matched: MatchedRows, rows: Sequence[Row]) -> None:
    """Doubt rows of the form whose own numbers, or absence, the rows around them put in question."""
    _doubt_beside_numbers(matched, rows)
    _doubt_hidden(matched, rows)
    _doubt_beside_repeats(matched)


def _doubt_beside_numbers(matched: MatchedRows, rows: Sequence[Row]) -> None:
    """Doubt a blank row beside numbers without a label, which may be its own.

    Where no sum would notice, doubt any row that has such numbers below: one may be broken over lines.
    """
    if not any(row.values and not row.keys and row.numbers() for row in rows):
        return
    known, table = matched.known, matched.table
    own = {id(row): code for code, row in matched.rows.items()}
    widths = {row.code: len(known.columns[table, row.block]) for row in known.rows[table]}
    summed = any(one.table == table for one in known.identities)
    for above, below in pairwise(rows):
        for row, beside in ((above, below), (below, above)):
            code, alone = own.get(id(row)), beside.numbers() and not beside.keys
            goes_on = row is above and row.grid is beside.grid is not None and not summed
            if code and alone and (not row.numbers() or goes_on and not beside.numbers() == widths[code] > 1):
                digits = " ".join(cell.text for cell in beside.values if cell.text)
                matched.lose(code, row, tell("extract.alone", digits=digits))


def _doubt_hidden(matched: MatchedRows, rows: Sequence[Row]) -> None:
    """Doubt rows that seem not printed, where a number that reads like a label stands behind their own."""
    known, table = matched.known, matched.table
    if known.positions[table].keys() <= matched.rows.keys() | matched.problems.keys():
        return
    codes, columns = known.row_codes[table], known.column_codes[table]
    heads = codes.keys() | columns.keys() | known.others["header"][table]
    for row in rows:
        for cell, behind in pairwise(row.labels):
            if not _seems_absent(matched, codes.get(key := fold(cell.text), "")):
                continue
            numbered = any(map(str.isnumeric, behind.text)) and fold(behind.text) not in heads
            if numbered and (key not in columns or ENUMERATOR.match(plain(cell.text))):
                matched.lose(codes[key], row, why_parted(behind))


def _doubt_beside_repeats(matched: MatchedRows) -> None:
    """Doubt rows that seem not printed beside one whose label is printed twice, once perhaps for theirs."""
    order = list(matched.known.positions[matched.table])
    for twice in sorted(matched.twice):
        for near in order[max(0, twice - 1) : twice + 2]:
            if _seems_absent(matched, near):
                row = matched.rows[order[twice]]
                matched.lose(near, row, tell("extract.label_twice", label=row.labels[-1].text))


def _seems_absent(matched: MatchedRows, code: str) -> bool:
    known = code in matched.known.positions[matched.table]
    return known and code not in matched.rows and code not in matched.problems
