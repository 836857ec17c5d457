"""Where the values of rows may stand: under a grid's columns, else in the order of headers, else by count.

In: `MatchedRows`, maps of their columns. Out: the possible placements of each row. Next: `labelled_tables`.
"""

from collections.abc import Callable, Iterable, Sequence

from govtables.extract.headers import IN_ORDER, ColumnMap, ColumnMaps, printed_order
from govtables.extract.candidates import (
    NARROW, Placement, place_together, place_with_extra, possible_placements, usual_count,
)
from govtables.extract.row_matching import MatchedRows
from govtables.extract.rows import Row
from govtables.extract.sums import Placements, doubted_rows, equations_along, row_test, settle
from govtables.forms import Code, Form
from govtables.language import fold, phrase, tell


def place_values(matched: MatchedRows, maps: ColumnMaps, rows: Sequence[Row]) -> Placements:
    """Possible placements of each row's values, without those that the identities of the table deny."""
    known, table = matched.known, matched.table
    columns = {row.code: known.columns[table, row.block] for row in known.rows[table]}
    headers = {code: matched.headers.get(code, ()) for code in matched.rows}
    under = {code: _in_columns(row, columns[code], maps.get(code)) for code, row in matched.rows.items()}
    orders = {c: printed_order(headers[c], known, columns[c]) for c, found in under.items() if not found}
    counted = {code: matched.rows[code] for code, order in orders.items() if order == IN_ORDER}
    moved = {c: _in_order(matched.rows[c], order) for c, order in orders.items() if order != IN_ORDER}
    along = equations_along(known.generation, table)
    if not along:
        return under | moved | _by_count(counted, columns)
    fits = row_test(along)
    order = [column.code for column in known.columns[table, known.rows[table][0].block]]
    under = _without_denied(under, maps, order, fits)
    # Another order than the form's needs the sums as a second witness.
    moved = {code: list(filter(fits, found)) for code, found in moved.items()}
    counted = _without_leads(counted, len(columns[known.rows[table][-1].code]))
    declared = extra_head(known, table, rows) is not None
    usual = usual_count([row.values for row in matched.rows.values()], len(order) + declared)
    if usual > len(order):
        placed = place_with_extra(counted, len(order), usual, fits)
    else:
        placed = _by_count(counted, columns)
    candidates = (under | moved | placed).items()
    left = {code: list(filter(fits, found)) if len(found) > 1 else found for code, found in candidates}
    doubted = doubted_rows(left, along)
    for code in filter(doubted.__contains__, left):
        matched.lose(code, matched.rows[code], tell("extract.total_blank"))
    settled = settle({code: [] if code in doubted else found for code, found in left.items()}, known, table)
    if any(len(found) > 1 for found in settled.values()):
        values = {code: [cell for cell in matched.rows[code].values if cell.text] for code in settled}
        together = place_together(settled, values, known, table, along[0])
        settled |= together
        why = phrase("extract.together")
        matched.reasons |= dict.fromkeys(together.keys() - matched.reasons.keys(), why)
    return settled


def extra_head(known: Form, table: str, rows: Iterable[Row]) -> str | None:
    """The printed head of a column that is declared, but not of the form."""
    labels = (cell.text for row in rows if row.keys for cell in row.labels)
    return next((text for text in labels if fold(text) in known.others["extra_column"][table]), None)


def _by_count(rows: dict[str, Row], columns: dict[str, tuple[Code, ...]]) -> Placements:
    """Placements in printed order; where columns are kept and did not tell, blanks are no cells to count."""
    widths = {code: len(columns[code]) for code in rows}
    placed = dict.fromkeys(rows, [])
    for code, row in rows.items():
        met = not row.columns or row.numbers() in (0, widths[code])
        if met or len(row.values) == widths[code] <= NARROW:  # borders do not meet, but every cell is there
            placed[code] = possible_placements(row.values, widths[code], row.keeps_blanks())
    return placed


def _without_denied(
    under: Placements, maps: ColumnMaps, order: list[str], fits: Callable[[Placement], bool]
) -> Placements:
    """Placements under columns; none where headers in another order than the form's contradict the sums."""
    moved = {id(one) for one in maps.values() if [one.codes[at] for at in sorted(one.codes)] != order}
    tried = {code: id(maps[code]) for code, found in under.items() if found}
    denied = {one for code, one in tried.items() if one in moved and not fits(under[code][0])}
    return {code: [] if tried.get(code) in denied else found for code, found in under.items()}


def _without_leads(rows: dict[str, Row], width: int) -> dict[str, Row]:
    """Rows without the blanks before their values, left by spans of labels, where one has too many cells."""
    if not any(len(row.values) > width == row.numbers() and not row.values[0].text for row in rows.values()):
        return rows
    firsts = {c: next((at for at, v in enumerate(row.values) if v.text), 0) for c, row in rows.items()}
    return {code: row._replace(values=row.values[firsts[code] :]) for code, row in rows.items()}


def _in_order(row: Row, order: tuple[int, ...]) -> list[Placement]:
    values = row.values
    while values and not values[-1].text and len(values) > len(order):
        values = values[:-1]
    return [tuple(values[at] for at in order)] if order and len(values) == len(order) else []


def _in_columns(row: Row, columns: Sequence[Code], places: ColumnMap | None) -> list[Placement]:
    """The placement that the grid's columns give, when each value stands under a known column."""
    if not places or not row.columns:
        return []
    codes, printed = places.codes, list(zip(row.columns, row.values, strict=True))
    by_code = {codes[at]: cell for at, cell in printed if at in codes}
    astray = [cell for at, cell in printed if cell.text and at not in codes and at not in places.extras]
    fits = not astray and len(by_code) == len(columns)
    return [tuple([by_code[column.code] for column in columns])] if fits else []
