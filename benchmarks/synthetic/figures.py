"""Figures that satisfy every identity of the form.

In: a source of chance, a generation. Out: numbers by code. Next: `tables` prints them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from synthetic.boxes import Code
from synthetic.official import APPLICANTS, DISCLOSURE, RESULTS, SUITS, outcome_rows

APPLICANT_WEIGHTS = (0.82, 0.10, 0.01, 0.02, 0.03, 0.02)
SIZES = ((0, 0), (1, 6), (5, 150), (150, 25_000))
SIZE_WEIGHTS = (35, 30, 25, 10)


def heavy(rng: random.Random, zero: float, digits: float) -> int:
    """Draw zero with probability `zero`, else a heavy-tailed count of up to `digits` digits."""
    return 0 if rng.random() < zero else int(10 ** rng.uniform(0, digits))


def draw_amount(rng: random.Random, places: int) -> Decimal:
    """Draw an amount of money, often zero, with up to `places` decimals."""
    if rng.random() < 0.4:
        return Decimal(0)
    drawn = rng.randint(0, places)
    return Decimal(heavy(rng, 0.2, 5.5) * 10**drawn + rng.randrange(10**drawn)).scaleb(-drawn)


DRAWS: dict[str, Callable[[random.Random], Decimal]] = {
    "change": lambda rng: Decimal(rng.choice((0, 0, 0, 1, -1, 5, -3, -4, 12, -27))),
    "previous_items": lambda rng: Decimal(heavy(rng, 0.3, 2.7)),
    "decisions": lambda rng: Decimal(heavy(rng, 0.35, 6.5)),
    "projects": lambda rng: Decimal(heavy(rng, 0.4, 2.5)),
    "amount": lambda rng: draw_amount(rng, 6),
}


def draw_disclosure(rng: random.Random, generation: str) -> Iterator[tuple[Code, Decimal]]:
    """Draw table A; hardly anybody makes rules."""
    for _, columns, rows in DISCLOSURE[generation]:
        for row, _ in rows:
            documents = heavy(rng, 0.9 if row == "regulation" else 0.4, 2.2)
            for _, column in columns:
                draw = DRAWS.get(column, lambda rng, top=documents: Decimal(rng.randint(0, top)))
                yield ("disclosure", row, column), draw(rng)


def draw_column(rng: random.Random, rows: list[str], weights: list[float], concluded: int) -> Counter[str]:
    """Spread one applicant's concluded requests over the outcomes and balance the flow."""
    counts = Counter(rng.choices(rows, weights, k=concluded))
    carried_in = int(concluded * rng.uniform(0, 0.15))
    carried_over = int(concluded * rng.uniform(0, 0.15)) + (rng.random() < 0.03)
    received = concluded + carried_over - carried_in
    return counts + Counter(
        received=received, carried_in=carried_in, concluded=concluded, carried_over=carried_over
    )


def draw_requests(rng: random.Random, generation: str) -> Iterator[tuple[Code, Decimal]]:
    """Draw table B, from a township without a request to a city with thousands."""
    rows = outcome_rows(generation)
    weights = [rng.expovariate(1) ** 3 for _ in rows]
    low, high = rng.choices(SIZES, SIZE_WEIGHTS)[0]
    size = int(low + (high - low) * rng.random() ** 2)
    shares = Counter(rng.choices([column for column, _ in APPLICANTS], APPLICANT_WEIGHTS, k=size))
    columns = {column: draw_column(rng, rows, weights, shares[column]) for column, _ in APPLICANTS}
    for row in ("received", "carried_in", *rows, "concluded", "carried_over"):
        for column, counts in columns.items():
            yield ("requests", row, column), Decimal(counts[row])
        yield ("requests", row, "total"), Decimal(sum(counts[row] for counts in columns.values()))


def draw_disputes(rng: random.Random) -> Iterator[tuple[Code, Decimal]]:
    """Draw the three groups of table C."""
    zero = rng.choice((1, 0.9, 0.5))
    for row in ("review", *(row for row, _ in SUITS)):
        counts = [heavy(rng, zero, 2) for _ in RESULTS[:-1]]
        for (column, _), count in zip(RESULTS, (*counts, sum(counts)), strict=True):
            yield ("disputes", row, column), Decimal(count)


def print_figure(code: Code, value: Decimal, rng: random.Random) -> str:
    """Write a number as reports do; a change carries its sign in several ways."""
    if code[2] != "change" or not value:
        return f"{value:f}"
    more, less = rng.choice((("", "-"), ("+", "-"), ("增", "减"), ("", "减")))
    return f"{more if value > 0 else less}{abs(value):f}"
