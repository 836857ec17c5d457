"""The form's sums, written down once more, and what they alone can tell.

In: numbers by code. Out: identities, parts of the form that break one, cells that alone can be wrong. Next:
`oracle`, `damage`.
"""

from __future__ import annotations

import functools

from synthetic import APPLICANTS, RESULTS, SUITS, Code, outcome_rows

NEAR = 1e-6
Values = dict[Code, float]
Terms = list[tuple[Code, int]]


def leaves(row: str) -> list[Code]:
    """The cells of one row of table B, or of one group of table C, without its total."""
    return (
        [("disputes", row, c) for c, _ in RESULTS[:-1]]
        if row in GROUPS
        else [("requests", row, c) for c, _ in APPLICANTS]
    )


def line(row: str) -> list[Code]:
    """The cells of one row, its total last."""
    cells = leaves(row)
    return [*cells, (*cells[0][:2], "total")]


def column(generation: str, name: str) -> list[Code]:
    """The cells of one column of table B, in printed order."""
    return [("requests", row, name) for row in request_rows(generation)]


def request_rows(generation: str) -> list[str]:
    """The rows of table B, in printed order."""
    return ["received", "carried_in", *outcome_rows(generation), "concluded", "carried_over"]


GROUPS = ("review", *(row for row, _ in SUITS))
COLUMNS = [*(name for name, _ in APPLICANTS), "total"]


@functools.cache
def sums(generation: str) -> list[Terms]:
    """All identities: rows add up to their totals, outcomes to the concluded, and what comes in goes out."""
    found = [
        [(line(row)[-1], 1), *((code, -1) for code in leaves(row))]
        for row in (*request_rows(generation), *GROUPS)
    ]
    for name in COLUMNS:
        cell = {
            row: code for row, code in zip(request_rows(generation), column(generation, name), strict=True)
        }
        found.append([(cell["concluded"], 1), *((cell[row], -1) for row in outcome_rows(generation))])
        signs = {"received": 1, "carried_in": 1, "concluded": -1, "carried_over": -1}
        found.append([(cell[row], sign) for row, sign in signs.items()])
    return found


def part_of(code: Code) -> str:
    """Name the part of the form that no identity leaves: table B, or one group of table C."""
    return code[0] if code[0] == "requests" else code[1]


def broken_parts(generation: str, values: Values) -> set[str]:
    """The parts in which an identity does not hold or a count is negative; all their cells are known."""
    uneven = [
        terms
        for terms in sums(generation)
        if abs(sum(weight * values[code] for code, weight in terms)) > NEAR
    ]
    return {part_of(terms[0][0]) for terms in uneven} | {
        part_of(code) for code, value in values.items() if value < 0
    }


def lone_suspects(generation: str, values: Values) -> list[Code]:
    """Cells of which one alone, changed, satisfies everything; all cells are known."""
    gaps = [(terms, sum(weight * values[code] for code, weight in terms)) for terms in sums(generation)]
    wrong = {at for at, (_, gap) in enumerate(gaps) if abs(gap) > NEAR}
    negative = {code for code, value in values.items() if value < 0}
    found = []
    for code in {code for at in wrong for code, _ in gaps[at][0]} | negative:
        implied = {values[code] - gap / dict(terms)[code] for terms, gap in gaps if code in dict(terms)}
        covered = wrong <= {at for at, (terms, _) in enumerate(gaps) if code in dict(terms)}
        if covered and negative <= {code} and len(implied) == 1 and min(implied) >= 0:
            found.append(code)
    return found
