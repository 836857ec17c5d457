"""One damaged report.

In: a name and a seed, which make it again. Out: a `Trial`: what is true, wrongly printed and not printed.
Next: `judging`.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from govtables.records import CellRow
from planted.damage import Damage
from planted.sums import Values
from synthetic import GENERATIONS, Code, draw_disclosure, draw_disputes, draw_requests

POOL = 600  # true reports that damage is drawn from
TRIES = 200


@functools.cache
def true_report(seed: str, generation: str) -> Values:
    """Draw a report whose identities hold."""
    rng = random.Random(seed)
    drawn = (*draw_disclosure(rng, generation), *draw_requests(rng, generation), *draw_disputes(rng))
    return {code: float(value) for code, value in drawn}


@dataclass(frozen=True, slots=True)
class Trial:
    """One report: what is true, wrongly printed, and not printed, by status; `name` makes it again."""

    name: str
    generation: str
    truth: Values
    wrong: Values = field(default_factory=dict)
    removed: dict[Code, str] = field(default_factory=dict)

    def known(self) -> Values:
        """The numbers of tables B and C that are printed."""
        return {
            c: v
            for c, v in (self.truth | self.wrong).items()
            if c[0] != "disclosure" and c not in self.removed
        }

    def cells(self) -> list[CellRow]:
        """The report as the reader would hand it over."""
        return [self._cell(code, value) for code, value in (self.truth | self.wrong).items()]

    def _cell(self, code: Code, value: float) -> CellRow:
        if code in self.removed:
            return CellRow(*code, None, self.removed[code], None, None, None)
        return CellRow(*code, value, "reported", f"{value:g}", None, None)

    def describe(self) -> str:
        """Say how to recognise the case."""
        wrong = "; ".join(
            f"{'.'.join(code)} {self.truth[code]:g} → {value:g}" for code, value in self.wrong.items()
        )
        removed = f", {len(self.removed)} removed" if self.removed else ""
        return f"{self.name} ({self.generation}) {wrong}{removed}"


def draw_truth(rng: random.Random, seed: int) -> tuple[str, Values]:
    """Take a report from the pool."""
    at = rng.randrange(POOL)
    return GENERATIONS[at % 2], true_report(f"pool {seed} {at}", GENERATIONS[at % 2])


def make_wrong(name: str, seed: int, kinds: Sequence[Damage], number: int) -> Trial:
    """Draw reports until one can be damaged so many times."""
    rng = random.Random(name)
    for _ in range(TRIES):
        generation, truth = draw_truth(rng, seed)
        wrong = damage(
            rng, {code: value for code, value in truth.items() if code[0] != "disclosure"}, kinds, number
        )
        if wrong:
            return Trial(name, generation, truth, wrong)
    raise RuntimeError(f"no report in {TRIES} can be damaged: {name}")


def damage(rng: random.Random, values: Values, kinds: Sequence[Damage], number: int) -> Values | None:
    """Do damage so many times; None if it cannot be done, or undoes itself."""
    wrong: Values = {}
    for _ in range(number):
        change = rng.choice(kinds)(rng, values | wrong)
        if not change or not wrong.keys().isdisjoint(change):
            return None
        wrong |= change
    return {code: value for code, value in wrong.items() if value != values[code]} or None


def remove(name: str, seed: int, style: float | str, wrong: Trial | None = None) -> Trial:
    """Take numbers out of a report: a share of them, or zeros that a style leaves blank."""
    rng = random.Random(f"{name} removed")
    generation, truth = (wrong.generation, wrong.truth) if wrong else draw_truth(rng, seed)
    status = rng.choice(("blank", "unreadable")) if isinstance(style, float) else "blank"
    damaged = wrong.wrong if wrong else {}
    removed = {
        code: status
        for code, value in truth.items()
        if code not in damaged and is_left_out(rng, style, code, value)
    }
    return Trial(name, generation, truth, damaged, removed)


def is_left_out(rng: random.Random, style: float | str, code: Code, value: float) -> bool:
    """Tell whether a number is not printed."""
    if isinstance(style, float):
        return rng.random() < style
    return value == 0 and (style == "zeros" or not (code[2] == "total" or code[1] == "concluded"))
