"""Slips that offices make: whole lines, sums made anew by a spreadsheet, entries in the wrong place.

In: the numbers of a report. Out: those that the slip changes. Next: `habits`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from planted.damage import Damage, changes_of
from planted.sums import COLUMNS, GROUPS, Values, column, leaves, line, request_rows, sums
from synthetic import Code

FLOWS = ("received", "carried_in", "concluded", "carried_over")
Line = list[Code]


def form_of(values: Values) -> str:
    """Tell the generation by a row that one of them alone has."""
    return "2021" if ("requests", "other.other", "total") in values else "2019"


def outcomes(values: Values) -> list[str]:
    """The rows of table B that say how requests ended."""
    return [row for row in request_rows(form_of(values)) if row not in FLOWS]


def put(values: Values, codes: Sequence[Code], new: Iterable[float]) -> Values | None:
    """The cells that get another number."""
    return changes_of(codes, [values[code] for code in codes], [*new])


def zero(values: Values, codes: Line) -> Values | None:
    """Leave a line at zero."""
    return put(values, codes, [0.0] * len(codes))


def zero_total_column(rng: random.Random, values: Values) -> Values | None:
    """The column 总计 of table B was never filled in."""
    return zero(values, column(form_of(values), "total"))


def zero_row(name: str) -> Damage:
    """A row of table B that was never filled in."""
    return lambda rng, values: zero(values, line(name))


def leave_out_group(rng: random.Random, values: Values) -> Values | None:
    """总计 of all outcomes leaves out the items of one group, in every column."""
    names = sorted({row.split(".")[0] for row in outcomes(values) if "." in row})
    group = rng.choice(names)
    rows = [row for row in outcomes(values) if row.startswith(f"{group}.")]
    part = [sum(values["requests", row, name] for row in rows) for name in COLUMNS]
    codes = line("concluded")
    return put(values, codes, [values[code] - less for code, less in zip(codes, part, strict=True)])


def repeat_received(rng: random.Random, values: Values) -> Values | None:
    """总计 of all outcomes repeats the requests received."""
    return put(values, line("concluded"), [values[code] for code in line("received")])


def total_alone(rng: random.Random, values: Values) -> Values | None:
    """A row of table B has its total and no applicants."""
    rows = [row for row in request_rows(form_of(values)) if any(values[code] for code in leaves(row))]
    return zero(values, leaves(rng.choice(rows))) if rows else None


def disputes_in_total(rng: random.Random, values: Values) -> Values | None:
    """A group of disputes has its total and no results."""
    rows = [row for row in GROUPS if any(values[code] for code in leaves(row))]
    return zero(values, leaves(rng.choice(rows))) if rows else None


def receive_twice(rng: random.Random, values: Values) -> Values | None:
    """The requests received include those carried in."""
    codes = line("received")
    return put(values, codes, [values[code] + values["requests", "carried_in", code[2]] for code in codes])


def make_sums(values: Values, changed: Values) -> Values | None:
    """Fill in the row totals and 总计 anew, as a spreadsheet does; what comes in stays as it is."""
    new, rows = values | changed, request_rows(form_of(values))
    for name in COLUMNS[:-1]:
        new["requests", "concluded", name] = sum(new["requests", row, name] for row in outcomes(values))
    for row in rows:
        new[line(row)[-1]] = sum(new[code] for code in leaves(row))
    return {code: value for code, value in new.items() if value != values[code]} or None


def outcome_mistyped(rng: random.Random, values: Values) -> Values | None:
    """One outcome of one applicant is another number, and the sums are made anew."""
    codes = [code for row in outcomes(values) for code in leaves(row) if values[code]]
    if not codes:
        return None
    code = rng.choice(codes)
    return make_sums(values, {code: float(int(10 ** rng.uniform(0, len(f"{values[code]:.0f}") + 0.5)))})


def outcome_more(rng: random.Random, values: Values) -> Values | None:
    """One request is entered under an outcome more, and the sums are made anew."""
    code = rng.choice(leaves(rng.choice(outcomes(values))))
    return make_sums(values, {code: values[code] + 1})


def partial_twice(rng: random.Random, values: Values) -> Values | None:
    """What was granted in part is counted as granted, too, for one applicant; the sums are made anew."""
    names = [name for name in COLUMNS[:-1] if values["requests", "partially_granted", name]]
    if not names:
        return None
    name = rng.choice(names)
    more = values["requests", "partially_granted", name]
    return make_sums(values, {("requests", "granted", name): values["requests", "granted", name] + more})


def exchange(values: Values, ones: Line, others: Line) -> Values | None:
    """Two lines in each other's place."""
    return put(values, [*ones, *others], [values[code] for code in (*others, *ones)])


def row_one_off(rng: random.Random, values: Values) -> Values | None:
    """The numbers of an outcome stand one line further down, and those of that line in its place."""
    rows = outcomes(values)
    at = rng.randrange(len(rows) - 1)
    return exchange(values, line(rows[at]), line(rows[at + 1]))


def flows_exchanged(rng: random.Random, values: Values) -> Values | None:
    """Requests received and carried in are exchanged."""
    return exchange(values, line("received"), line("carried_in"))


def columns_exchanged(rng: random.Random, values: Values) -> Values | None:
    """Natural persons and commercial enterprises are exchanged."""
    return exchange(values, *(column(form_of(values), name) for name in COLUMNS[:2]))


def another_outcome(rng: random.Random, values: Values) -> Values | None:
    """One request is counted under another outcome of the same applicant."""
    codes = [code for row in outcomes(values) for code in leaves(row) if values[code]]
    if not codes:
        return None
    code = rng.choice(codes)
    other = rng.choice([row for row in outcomes(values) if row != code[1]])
    moved = {code: values[code] - 1, ("requests", other, code[2]): values["requests", other, code[2]] + 1}
    return make_sums(values, moved)


def breaking(change: Damage) -> Damage:
    """The slip, where a sum breaks; what happens to be consistent is drawn again."""

    def drawn(rng: random.Random, values: Values) -> Values | None:
        new = change(rng, values)
        held = sums(form_of(values))
        return new if new and any(sum(w * (values | new)[c] for c, w in terms) for terms in held) else None

    return drawn


WHOLE_LINES: dict[str, Damage] = {
    "column of totals left at zero": zero_total_column,
    "row of concluded left at zero": zero_row("concluded"),
    "concluded leaves out a group": leave_out_group,
    "concluded repeats received": repeat_received,
    "a row in its total only": total_alone,
}
FLOW_LINES: dict[str, Damage] = {  # with one applicant, other flows or an outcome explain as much
    "row carried over left at zero": zero_row("carried_over"),
    "received includes carried in": receive_twice,
}
RECOMPUTED: dict[str, Damage] = {
    "outcome mistyped, sums anew": outcome_mistyped,
    "one outcome more, sums anew": outcome_more,
    "partial counted twice, sums anew": partial_twice,
}
OTHER: dict[str, Damage] = {"disputes in their total only": disputes_in_total}
CONSISTENT: dict[str, Damage] = {
    "an outcome one line off": row_one_off,
    "received, carried in exchanged": flows_exchanged,
    "two applicants exchanged": columns_exchanged,
    "a request under another outcome": another_outcome,
}
Kinds = dict[str, Damage]
CLASSES: dict[str, Kinds] = {
    "line": {name: breaking(change) for name, change in WHOLE_LINES.items()},
    "flow line": {name: breaking(change) for name, change in FLOW_LINES.items()},
    "sums anew": {name: breaking(change) for name, change in RECOMPUTED.items()},
    "other": {name: breaking(change) for name, change in OTHER.items()},
    "consistent": CONSISTENT,
}
