"""Whether a number of the prose agrees with the tables.

In: the `Claim`s of one paragraph and the `Tables`. Out: `Statement`s with their verdicts. Next: `prose`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from govtables.declared import declared
from govtables.prose.claims import Claim
from govtables.prose.quantities import PART, SHARE, UNSURE, WITHIN
from govtables.prose.tokens import Number
from govtables.records import CellRow, Statement

DENOMINATORS = (
    "requests.received.total",
    "requests.concluded.total",
    "requests.received.total + requests.carried_in.total",
)
TERM = re.compile(r"([+-]?)\s*([a-z]+)\.([a-z_.*]+)\.([a-z_]+)")
ONE_BODY, COUNTED_BEFORE = "of one body among those counted", "of those counted before"
PERHAPS_ANOTHER = "the sentence may count something else"
OTHER_WHOLE = "of {}, not of the whole that is named"
AGREES_ELSEWHERE = "stated again in the paragraph, and there it agrees"
SUMMED = "the numbers of the paragraph add up to it"
SEVERAL = "the paragraph states several numbers of it"
NEWLY_RECEIVED = "of those newly received"
NEW, CARRIED_IN = "requests.received.total", "requests.carried_in.total"
LATER = ("requests.concluded", "requests.carried_over")


class Formula(NamedTuple):
    """Cells that a quantity may be compared with, and how to call that reading."""

    cells: str
    terms: tuple[tuple[int, str, str, str], ...]  # sign, table, row (a star stands for all rows of a group), column
    reason: str | None


Tables = Mapping[tuple[str, str, str], list[float | None]]  # values of a cell, or of the rows of a group
Reading = tuple[str, bool, float | None, str | None, str]  # cells, whether the form has them, value, reason, whole of a share


def make_tables(cells: Sequence[CellRow]) -> Tables:
    """Gather the values of cells, and of the rows of each group."""
    tables: dict[tuple[str, str, str], list[float | None]] = {}
    for cell in cells:
        group, dot, _ = cell.row.partition(".")
        tables.setdefault((cell.table, cell.row, cell.column), []).append(cell.value)
        if dot:
            tables.setdefault((cell.table, f"{group}.*", cell.column), []).append(cell.value)
    return tables


@cache
def formulas(quantity: str) -> tuple[Formula, ...]:
    """Formulas that a quantity may be compared with, the usual one first.

    >>> [formula.cells for formula in formulas("requests.carried_over")]
    ['requests.carried_over.total']
    """
    lines = [line for line in declared("prose", "quantities") if line["quantity"] == quantity]
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


def judge(chapter: int, place: str | None, claims: Sequence[Claim], tables: Tables) -> list[Statement]:
    """Compare the claims of a paragraph with the tables, each alone and then those of one quantity together."""
    statements = [Statement(chapter, place, *_compare(claim, tables)) for claim in claims]
    by_quantity: dict[str, list[int]] = {}
    for at, statement in enumerate(statements):
        by_quantity.setdefault(statement.quantity, []).append(at)
    for places in by_quantity.values():
        if any(statements[at].verdict == "differs" for at in places):
            _weigh_together(places, statements, claims)
    _weigh_new(statements, tables)
    return statements


def _weigh_together(places: Sequence[int], statements: list[Statement], claims: Sequence[Claim]) -> None:
    """Doubt that a number which differs is the one of the tables, where the paragraph states several of one quantity."""
    stated = [statements[at] for at in places]
    table_value = next(s.table_value for s in stated if s.verdict == "differs")
    if any(s.verdict == "agrees" for s in stated):
        verdict, reason = "undecided", AGREES_ELSEWHERE
    elif len(stated) > 1 and _fits(claims[places[0]].number, table_value - sum(s.value for s in stated[1:])):
        verdict, reason = "part", SUMMED
    elif len({s.value for s in stated}) > 1:
        verdict, reason = "undecided", SEVERAL
    else:
        return
    for at in places:
        if statements[at].verdict == "differs":
            statements[at] = statements[at]._replace(verdict=verdict, reason=reason)


def _weigh_new(statements: list[Statement], tables: Tables) -> None:
    """Take answers and requests carried over for those of requests newly received, where sums tell so."""
    carried_in = next(iter(tables.get(tuple(CARRIED_IN.split(".")), ())), None)
    if not carried_in:
        return
    received = {s.value for s in statements if s.cells == NEW and s.verdict == "agrees"}
    later = [at for at, s in enumerate(statements) if s.quantity in LATER]
    summed = {sum(statements[at].value for at in later)} == received
    for at in later:
        without = statements[at].quantity == LATER[0] and statements[at].value + carried_in == statements[at].table_value
        if statements[at].verdict == "differs" and (summed or without):
            statements[at] = statements[at]._replace(verdict=PART, reason=NEWLY_RECEIVED)


def _compare(claim: Claim, tables: Tables) -> tuple:
    number = claim.number
    readings = _readings(claim, tables)
    readings = [reading for reading in readings if reading[1]] or readings[:1]
    possible = [reading for reading in readings if claim.whole in reading[4]] or readings
    fits = _find_fit(number, possible)
    known = [reading for reading in possible if reading[2] is not None]
    cells, _, value, reason, _ = fits or (known or possible)[0]
    verdict = "agrees" if fits else "differs" if known and len(known) == len(possible) else "undecided"
    if claim.scope == PART:
        verdict, reason = PART, ONE_BODY
    elif verdict == "differs":
        other = _find_fit(number, readings)
        verdict, reason = _doubt(claim, other[4] if other else "")
    elif not fits:
        reason = "not all cells are known"
    reasons = "; ".join(filter(None, (reason, _manner(number))))
    value = value if value is None else round(value, 6)
    return claim.sentence, claim.quantity, number.printed, number.value, value, cells, verdict, reasons or None


def _readings(claim: Claim, tables: Tables) -> list[Reading]:
    if claim.quantity.endswith(SHARE):
        return [_read_share(part, whole, tables) for part, whole in _shares(claim.quantity.removesuffix(SHARE))]
    return [(formula.cells, *_evaluate(formula, tables), formula.reason, "") for formula in formulas(claim.quantity)]


def _find_fit(number: Number, readings: Sequence[Reading]) -> Reading | None:
    return next((reading for reading in readings if reading[2] is not None and _fits(number, reading[2])), None)


def _doubt(claim: Claim, other: str) -> tuple[str, str | None]:
    """Verdict on a number that does not fit, and the reason."""
    if claim.scope == WITHIN:
        return PART, COUNTED_BEFORE
    if claim.scope == UNSURE:
        return "undecided", PERHAPS_ANOTHER
    if other:
        return "undecided", OTHER_WHOLE.format(other)
    return "differs", next((line["caveat"] for line in declared("prose", "quantities") if line["quantity"] == claim.quantity), None) or None


def _evaluate(formula: Formula, tables: Tables) -> tuple[bool, float | None]:
    """Whether the form of this report has these cells, and their sum where all are known."""
    total: float | None = 0.0
    for sign, table, row, column in formula.terms:
        values = tables.get((table, row, column))
        if values is None:
            return False, None
        total = None if total is None or None in values else total + sign * sum(values)
    return True, total


def _read_share(part: Formula, whole: Formula, tables: Tables) -> Reading:
    (has_part, value), (has_whole, total) = _evaluate(part, tables), _evaluate(whole, tables)
    share = 100 * value / total if value is not None and total else None
    if share is None and value == 0 == total:
        share = 0.0
    cells = f"({part.cells}) / ({whole.cells})"
    return cells, has_part and has_whole, share, "; ".join(filter(None, (part.reason, whole.reason))), whole.cells


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
