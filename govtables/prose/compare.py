"""Whether a number of the prose agrees with the tables.

In: the `Claim`s of a paragraph, `values_of` cells. Out: `Statement`s with their verdicts. Next: `statements`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import isnan, nan
from typing import NamedTuple

from govtables.declared import declared
from govtables.forms import find_terms, name_codes, write_share
from govtables.language import Said, join, tell
from govtables.prose.claims import Claim
from govtables.prose.quantities import PART, SHARE, UNSURE, WITHIN
from govtables.prose.tokens import Number
from govtables.records import CellRow, Statement

NEW, CARRIED_IN = "requests.received.total", "requests.carried_in.total"
DENOMINATORS = (NEW, "requests.concluded.total", f"{NEW} + {CARRIED_IN}")
ANSWERED, LATER = "requests.concluded", ("requests.concluded", "requests.carried_over")

Values = Mapping[tuple[str, str, str], float]  # by table, row and column; NaN where one is unknown


class Formula(NamedTuple):
    """Cells that a quantity may be compared with, and how to call that reading."""

    cells: str
    part: str
    reason: str | None
    caveat: str | None = None  # of the quantity: why its cells need not be what is stated
    whole: str = ""  # of a share


Reading = tuple[Formula, float]  # and its value, NaN if that is unknown


def values_of(cells: Sequence[CellRow]) -> Values:
    """The values of cells, as formulas ask for them."""
    return {cell[:3]: nan if cell.value is None else cell.value for cell in cells}


@cache
def formulas(quantity: str) -> tuple[Formula, ...]:
    """Formulas that a quantity may be compared with, the usual one first.

    >>> [formula.cells for formula in formulas("requests.carried_over")]
    ['requests.carried_over.total']
    """
    if quantity.endswith(SHARE):
        return tuple(_share_formulas(quantity.removesuffix(SHARE)))
    lines = [line for line in declared("prose", "quantities") if line["quantity"] == quantity]
    return tuple(Formula(line["formula"], line["formula"], *_words(line)) for line in lines)


def _words(line: Mapping[str, str]) -> Iterator[Said | None]:
    """What is said of a formula, and of the quantity."""
    yield tell(f"prose.as_{line['reason']}") if line["reason"] else None
    yield tell(f"prose.but_{line['caveat']}") if line["caveat"] else None


def _share_formulas(quantity: str) -> Iterator[Formula]:
    wholes = DENOMINATORS
    if quantity.startswith("disputes."):
        wholes = tuple(formula.part for formula in formulas(quantity.rpartition(".")[0]))
    for part in formulas(quantity):
        for whole in wholes:
            reason = join([part.reason, tell("prose.denominator", whole=name_codes(whole))])
            yield Formula(write_share(part.cells, whole), part.part, reason, whole=whole)


def judge(chapter: int, place: str | None, claims: Sequence[Claim], values: Values) -> list[Statement]:
    """Compare the claims of a paragraph with the tables, each alone and then those of a quantity together."""
    statements = [Statement(chapter, place, *_compare(claim, values)) for claim in claims]
    by_quantity: dict[str, list[int]] = {}
    for at, statement in enumerate(statements):
        by_quantity.setdefault(statement.quantity, []).append(at)
    for places in by_quantity.values():
        if any(statements[at].verdict == "differs" for at in places):
            _weigh_together(places, statements, claims)
    _weigh_new(statements, values)
    return statements


def _weigh_together(places: Sequence[int], statements: list[Statement], claims: Sequence[Claim]) -> None:
    """Doubt that a number which differs is that of the tables, where several of one quantity are stated."""
    stated = [statements[at] for at in places]
    table_value = next(s.table_value for s in stated if s.verdict == "differs")
    if any(s.verdict == "agrees" for s in stated):
        verdict, reason = "undecided", tell("prose.stated_again")
    elif stated[1:] and _fits(claims[places[0]].number, table_value - sum(s.value for s in stated[1:])):
        verdict, reason = PART, tell("prose.adds_up")
    elif len({s.value for s in stated}) > 1:
        verdict, reason = "undecided", tell("prose.several")
    else:
        return
    for at in places:
        if statements[at].verdict == "differs":
            statements[at] = statements[at]._replace(verdict=verdict, reason=reason)


def _weigh_new(statements: list[Statement], values: Values) -> None:
    """Take answers and requests carried over for those of requests newly received, where sums tell so."""
    carried_in = _sum_terms(CARRIED_IN, values) or nan
    if isnan(carried_in):
        return
    received = {s.value for s in statements if s.cells == NEW and s.verdict == "agrees"}
    later = [(at, s) for at, s in enumerate(statements) if s.quantity in LATER]
    summed = {sum(s.value for _, s in later)} == received
    for at, s in later:
        without = s.quantity == ANSWERED and s.value + carried_in == s.table_value
        if s.verdict == "differs" and (summed or without):
            statements[at] = s._replace(verdict=PART, reason=tell("prose.of_new"))


def _compare(claim: Claim, values: Values) -> tuple:
    """The fields of a `Statement` behind its place."""
    number = claim.number
    found = {formula: _evaluate(formula, values) for formula in formulas(claim.quantity)}
    readings = [(formula, value) for formula, value in found.items() if value is not None]
    readings = readings or [(next(iter(found)), nan)]  # the form of the report has no such cell
    possible = [reading for reading in readings if claim.whole in reading[0].whole] or readings
    fit, known = _find_fit(number, possible), [reading for reading in possible if not isnan(reading[1])]
    formula, value = fit or (known or possible)[0]
    if claim.scope == PART:
        verdict, reason = PART, tell("prose.of_one_body")
    elif fit:
        verdict, reason = "agrees", formula.reason
    elif len(known) < len(possible):
        verdict, reason = "undecided", tell("prose.unknown")
    else:
        verdict, reason = _doubt(claim, _find_fit(number, readings))
    reason = join([reason, _manner(number)])
    stated = claim.sentence, claim.quantity, number.printed, number.value
    return *stated, None if isnan(value) else round(value, 6), formula.cells, verdict, reason


def _find_fit(number: Number, readings: Sequence[Reading]) -> Reading | None:
    return next(((f, value) for f, value in readings if not isnan(value) and _fits(number, value)), None)


def _doubt(claim: Claim, other: Reading | None) -> tuple[str, str | None]:
    """Verdict on a number that does not fit, and the reason; `other` fits, but not the whole named."""
    if claim.scope == WITHIN:
        return PART, tell("prose.of_before")
    if claim.scope == UNSURE:
        return "undecided", tell("prose.other_count")
    if other and other[0].whole:
        return "undecided", tell("prose.other_whole", whole=name_codes(other[0].whole))
    return "differs", formulas(claim.quantity)[0].caveat


def _evaluate(formula: Formula, values: Values) -> float | None:
    part = _sum_terms(formula.part, values)
    if part is None or not formula.whole:
        return part
    whole = _sum_terms(formula.whole, values)
    if not whole:
        return None if whole is None else 0.0 if part == 0 else nan
    return 100 * part / whole


def _sum_terms(text: str, values: Values) -> float | None:
    terms = [(term.sign, _held(values, term.table, term.row, term.column)) for term in find_terms(text)]
    known = all(held for _, held in terms)
    return sum((sign * sum(held, 0.0) for sign, held in terms), 0.0) if known else None


def _held(values: Values, table: str, row: str, column: str) -> list[float]:
    """The value of a cell, or those of the rows of a group."""
    if not row.endswith(".*"):
        return [values[table, row, column]] if (table, row, column) in values else []
    held = [(at, value) for at, value in values.items() if at[::2] == (table, column)]
    return [value for at, value in held if at[1].startswith(row[:-1])]


def _fits(number: Number, value: float) -> bool:
    """Tell whether a stated number may stand for a value, as exactly as it is stated."""
    slack, step = 1e-9 * max(1.0, abs(value)), number.step
    rounded = (step / 2 if number.unit in ("%", "元") or step != 1 else 0) + slack
    ends = {"余": (slack, step), "多": (slack, step), "近": (step, slack), "约": (step, step)}
    below, above = ends.get(number.manner, (rounded, rounded))
    return number.value - below <= value <= number.value + above


def _manner(number: Number) -> str | None:
    if number.manner:
        return tell("prose.approximate", word=number.manner)
    if number.unit == "%":
        places = len(number.printed.strip("%％").partition(".")[2])
        return tell("prose.rounded" if places != 1 else "prose.rounded_one", places=places)
    whole = number.step > 1 and not number.unit.endswith("元")
    return tell("prose.rounded_to", step=number.step) if whole else None
