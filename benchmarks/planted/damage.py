"""Damage to numbers: slips of a digit, lines shifted, cells swapped.

In: the numbers of a report. Out: those that a slip changes. Next: `trials`.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Sequence

from planted.sums import COLUMNS, GROUPS, Values, column, leaves, line, request_rows
from synthetic import Code

Damage = Callable[[random.Random, Values], Values | None]


def edit_number(
    rng: random.Random, values: Values, edit: Callable[[random.Random, str], str | None]
) -> Values | None:
    """Change the digits of one number; None if no number can be changed so."""
    for code in rng.sample(list(values), len(values)):
        edited = edit(rng, f"{values[code]:.0f}") if values[code] >= 0 else None
        if edited and float(edited) != values[code]:
            return {code: float(edited)}
    return None


def replace_digit(rng: random.Random, text: str) -> str:
    """Replace one digit; the first stays a digit that a number begins with."""
    at = rng.randrange(len(text))
    digits = [digit for digit in "0123456789"[at == 0 and len(text) > 1 :] if digit != text[at]]
    return text[:at] + rng.choice(digits) + text[at + 1 :]


def drop_digit(rng: random.Random, text: str) -> str | None:
    """Leave out a digit of a number of two or more."""
    at = rng.randrange(len(text))
    return text[:at] + text[at + 1 :] or None


def add_digit(rng: random.Random, text: str) -> str:
    """Put in a digit; a number does not come to begin with zero."""
    at = rng.randint(0, 0 if text == "0" else len(text))
    return text[:at] + rng.choice("123456789" if at == 0 else "0123456789") + text[at:]


def swap_digits(rng: random.Random, text: str) -> str | None:
    """Swap two neighbours that differ."""
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1]]
    at = rng.choice(places) if places else None
    return None if at is None else text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def other_number(rng: random.Random, text: str) -> str:
    """Take any number of about that size."""
    return str(int(10 ** rng.uniform(0, len(text) + 1)))


def add_sign(rng: random.Random, text: str) -> str | None:
    """Put a minus before a number."""
    return None if text == "0" else f"-{text}"


def shift(rng: random.Random, values: Values, run: Sequence[Code]) -> Values | None:
    """Move the numbers of a run by one cell: the end is lost, a zero comes in."""
    old = [values[code] for code in run]
    new = rng.choice(([0.0, *old[:-1]], [*old[1:], 0.0]))
    return changes_of(run, old, new)


def swap(rng: random.Random, values: Values, run: Sequence[Code]) -> Values | None:
    """Swap the numbers of two cells of a run."""
    pair = rng.sample(list(run), 2)
    old = [values[code] for code in pair]
    return changes_of(pair, old, old[::-1])


def changes_of(codes: Sequence[Code], old: list[float], new: list[float]) -> Values | None:
    """The cells that get another number; None if none does."""
    return {code: b for code, a, b in zip(codes, old, new, strict=True) if a != b} or None


def damage_line(
    rng: random.Random,
    values: Values,
    change: Callable[..., Values | None],
    runs: Callable[[str], list[list[Code]]],
) -> Values | None:
    """Change the first line, in a random order, that can be changed."""
    generation = "2021" if ("requests", "other.other", "total") in values else "2019"
    lines = runs(generation)
    return next(filter(None, (change(rng, values, run) for run in rng.sample(lines, len(lines)))), None)


def rows_without_total(generation: str) -> list[list[Code]]:
    """The leaf cells of each row."""
    return [leaves(row) for row in (*request_rows(generation), *GROUPS)]


def whole_rows(generation: str) -> list[list[Code]]:
    """The cells of each row."""
    return [line(row) for row in (*request_rows(generation), *GROUPS)]


def whole_columns(generation: str) -> list[list[Code]]:
    """The cells of each column of table B."""
    return [column(generation, name) for name in COLUMNS]


def number_damage(edit: Callable[[random.Random, str], str | None]) -> Damage:
    """Damage to one number."""
    return functools.partial(edit_number, edit=edit)


ONE_CELL: dict[str, Damage] = {
    "digit replaced": number_damage(replace_digit),
    "digit dropped": number_damage(drop_digit),
    "digit added": number_damage(add_digit),
    "digits swapped": number_damage(swap_digits),
    "other number": number_damage(other_number),
    "sign added": number_damage(add_sign),
}
KINDS: dict[str, Damage] = ONE_CELL | {
    "row shifted": functools.partial(damage_line, change=shift, runs=rows_without_total),
    "column shifted": functools.partial(damage_line, change=shift, runs=whole_columns),
    "swapped in row": functools.partial(damage_line, change=swap, runs=whole_rows),
    "swapped in column": functools.partial(damage_line, change=swap, runs=whole_columns),
}
