"""Score the audit on reports with known truth that are damaged in known ways.

In: `synthetic.draw_*` and `govtables.proof.prove`. Out: tables of errors found and located, of removed numbers inferred, of
both at once, and of speed. Exit status 1 if a bar is missed. `--show N` prints cases to reproduce.

What could be told at best comes from an oracle here: the form's sums written down once more, and one linear program over all
cells. Errors hit tables B and C; no identity reaches table A. Speed is printed as met or missed, it never fails the run.
"""

from __future__ import annotations

import argparse
import functools
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from statistics import median, quantiles

import highspy
import numpy as np

from govtables.proof import Proof, prove
from govtables.records import CellRow
from scoring import print_aligned, share
from synthetic import APPLICANTS, GENERATIONS, RESULTS, SUITS, Code, draw_disclosure, draw_disputes, draw_requests, outcome_rows

POOL = 600  # true reports that damage is drawn from
NEAR = 1e-6
BAR_TOTAL, BAR_EACH, SPEED_REPORTS = 20.0, 0.5, 10_000
SHARES = (0.02, 0.05, 0.10, 0.20, 0.40)
TRIES = 200

Values = dict[Code, float]
Terms = list[tuple[Code, int]]
Damage = Callable[[random.Random, Values], Values | None]


# ---------------------------------------------------------------------------------------------------------------------------
# The form's sums, written down once more


def leaves(row: str) -> list[Code]:
    """The cells of one row of table B, or of one group of table C, without its total."""
    return [("disputes", row, c) for c, _ in RESULTS[:-1]] if row in GROUPS else [("requests", row, c) for c, _ in APPLICANTS]


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
    """All identities: every row adds up to its total, the outcomes to the concluded, and what comes in goes out."""
    found = [[(line(row)[-1], 1), *((code, -1) for code in leaves(row))] for row in (*request_rows(generation), *GROUPS)]
    for name in COLUMNS:
        cell = {row: code for row, code in zip(request_rows(generation), column(generation, name), strict=True)}
        found.append([(cell["concluded"], 1), *((cell[row], -1) for row in outcome_rows(generation))])
        signs = {"received": 1, "carried_in": 1, "concluded": -1, "carried_over": -1}
        found.append([(cell[row], sign) for row, sign in signs.items()])
    return found


def part_of(code: Code) -> str:
    """Name the part of the form that no identity leaves: table B, or one group of table C."""
    return code[0] if code[0] == "requests" else code[1]


def broken_parts(generation: str, values: Values) -> set[str]:
    """The parts in which an identity does not hold or a count is negative; all their cells are known."""
    uneven = [terms for terms in sums(generation) if abs(sum(weight * values[code] for code, weight in terms)) > NEAR]
    return {part_of(terms[0][0]) for terms in uneven} | {part_of(code) for code, value in values.items() if value < 0}


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


class Oracle:
    """One linear program over all cells of tables B and C: known ones are fixed, the others are zero or more."""

    def __init__(self, generation: str) -> None:
        rows = sums(generation)
        self.codes = list(dict.fromkeys(code for terms in rows for code, _ in terms))
        self.place = {code: at for at, code in enumerate(self.codes)}
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        self.model.setOptionValue("presolve", "off")  # each solve starts at the last solution
        for _ in self.codes:
            self.model.addVar(0.0, inf)
        for terms in rows:
            places, weights = [self.place[code] for code, _ in terms], [float(weight) for _, weight in terms]
            self.model.addRow(0.0, 0.0, len(terms), np.array(places, np.int32), np.array(weights))

    def know(self, known: Values) -> None:
        """Fix the known cells and free all others."""
        for code in self.codes:
            self.free(code) if code not in known else self.fix(code, known[code])

    def fix(self, code: Code, value: float) -> None:
        """Give a cell its number."""
        self.model.changeColBounds(self.place[code], value, value)

    def free(self, code: Code) -> None:
        """Let a cell take any number from zero up."""
        self.model.changeColBounds(self.place[code], 0.0, inf)

    def feasible(self) -> bool:
        """Tell whether all identities can hold."""
        self.model.run()
        return self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def bounds(self, code: Code) -> tuple[float, float]:
        """The least and the greatest number that a cell can take."""
        return self._end(code, 1.0), self._end(code, -1.0)

    def _end(self, code: Code, sign: float) -> float:
        self.model.changeColCost(self.place[code], sign)
        self.model.run()
        status, value = self.model.getModelStatus(), self.model.getInfo().objective_function_value
        self.model.changeColCost(self.place[code], 0.0)
        if status == highspy.HighsModelStatus.kUnbounded:
            return inf
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the oracle ended with {status} for {code}")
        return round(sign * value, 6) + 0.0

    def suspects(self, known: Values) -> list[Code]:
        """Known cells of which one alone, set free, lets all identities hold."""
        negative = {code for code, value in known.items() if value < 0}
        self.know({code: max(value, 0.0) for code, value in known.items()})
        found = []
        for code in negative or known:
            self.free(code)
            if negative <= {code} and self.feasible():
                found.append(code)
            self.fix(code, max(known[code], 0.0))
        return found


oracle = functools.cache(Oracle)


# ---------------------------------------------------------------------------------------------------------------------------
# Damage


def edit_number(rng: random.Random, values: Values, edit: Callable[[random.Random, str], str | None]) -> Values | None:
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
    rng: random.Random, values: Values, change: Callable[..., Values | None], runs: Callable[[str], list[list[Code]]]
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


# ---------------------------------------------------------------------------------------------------------------------------
# One damaged report


@functools.cache
def true_report(seed: str, generation: str) -> Values:
    """Draw a report whose identities hold."""
    rng = random.Random(seed)
    drawn = (*draw_disclosure(rng, generation), *draw_requests(rng, generation), *draw_disputes(rng))
    return {code: float(value) for code, value in drawn}


@dataclass(frozen=True, slots=True)
class Trial:
    """One report: what is true, what is wrongly printed and what is not printed, by status; `name` makes it again."""

    name: str
    generation: str
    truth: Values
    wrong: Values = field(default_factory=dict)
    removed: dict[Code, str] = field(default_factory=dict)

    def known(self) -> Values:
        """The numbers of tables B and C that are printed."""
        return {c: v for c, v in (self.truth | self.wrong).items() if c[0] != "disclosure" and c not in self.removed}

    def cells(self) -> list[CellRow]:
        """The report as the reader would hand it over."""
        return [self._cell(code, value) for code, value in (self.truth | self.wrong).items()]

    def _cell(self, code: Code, value: float) -> CellRow:
        if code in self.removed:
            return CellRow(*code, None, self.removed[code], None, None, None)
        return CellRow(*code, value, "reported", f"{value:g}", None, None)

    def describe(self) -> str:
        """Say how to recognise the case."""
        wrong = "; ".join(f"{'.'.join(code)} {self.truth[code]:g} → {value:g}" for code, value in self.wrong.items())
        return f"{self.name} ({self.generation}) {wrong}{f', {len(self.removed)} removed' if self.removed else ''}"


def draw_truth(rng: random.Random, seed: int) -> tuple[str, Values]:
    """Take a report from the pool."""
    at = rng.randrange(POOL)
    return GENERATIONS[at % 2], true_report(f"pool {seed} {at}", GENERATIONS[at % 2])


def make_wrong(name: str, seed: int, kinds: Sequence[Damage], number: int) -> Trial:
    """Draw reports until one can be damaged so many times."""
    rng = random.Random(name)
    for _ in range(TRIES):
        generation, truth = draw_truth(rng, seed)
        wrong = damage(rng, {code: value for code, value in truth.items() if code[0] != "disclosure"}, kinds, number)
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
    removed = {code: status for code, value in truth.items() if code not in damaged and is_left_out(rng, style, code, value)}
    return Trial(name, generation, truth, damaged, removed)


def is_left_out(rng: random.Random, style: float | str, code: Code, value: float) -> bool:
    """Tell whether a number is not printed."""
    if isinstance(style, float):
        return rng.random() < style
    return value == 0 and (style == "zeros" or not (code[2] == "total" or code[1] == "concluded"))


# ---------------------------------------------------------------------------------------------------------------------------
# What the audit says


def found_trouble(proof: Proof) -> bool:
    """Tell whether the audit says that something is wrong."""
    fails = any(check.verdict == "fails" and check.check != "blank_is_zero" for check in proof.checks)
    return fails or any(finding.kind == "contradiction" for finding in proof.findings)


def proposals_of(proof: Proof) -> dict[str, list[list]]:
    """The proposals by part of the form; numbering starts again in every part."""
    found: dict[str, list[list]] = {}
    for key, changes in groupby(proof.proposals, lambda c: (part_of((c.table, c.row, c.column)), c.kind, c.proposal)):
        found.setdefault(key[0], []).append(list(changes))
    return found


def is_right(changes: Iterable, trial: Trial, part: str) -> bool:
    """Tell whether a proposal names the wrong cells of a part, and their true numbers where it names numbers."""
    codes = {(change.table, change.row, change.column): change for change in changes}
    within = all(c.low <= trial.truth[code] <= (inf if c.high is None else c.high) for code, c in codes.items())
    return codes.keys() == {code for code in trial.wrong if part_of(code) == part} and within


def judge_part(proposals: list[list], trial: Trial, part: str) -> str:
    """Judge what the audit proposes for one contradicted part."""
    unique = [p for p in proposals if p[0].unique]
    right = [p for p in proposals if is_right(p, trial, part)]
    if unique and unique[0] not in right and len(unique[0]) >= sum(part_of(code) == part for code in trial.wrong):
        return "false"  # the wrong cells are such a set too, so it is not the only one
    if unique:
        return "right" if unique[0] in right else "beside" if right else "wrong"
    typed = {tuple((c.row, c.column, c.low, c.high) for c in p): p for p in proposals if p[0].typing}
    if len(typed) != 1:
        return "open" if proposals else "none"
    return "typed right" if next(iter(typed.values())) in right else "typed wrong"


JUDGEMENTS = ("false", "wrong", "beside", "typed wrong", "none", "open", "typed right", "right")  # the worst part counts
UNIQUE = ("false", "wrong", "beside", "right")


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of one damaged report."""

    trial: Trial
    breaks: bool
    detected: bool
    judgement: str
    suspects: tuple[Code, ...] | None  # the oracle's, of one wrong cell
    seconds: float

    @property
    def determined(self) -> bool:
        """Tell whether the wrong cell, being one, is the only one that can be."""
        return self.suspects is not None and len(self.suspects) == 1


def audit(cells: list[CellRow]) -> tuple[Proof, float]:
    """Run the audit; its seconds are those of the processor, so that other work on the machine does not count."""
    start = time.process_time()
    proof = prove(cells)
    return proof, time.process_time() - start


def score_wrong(trial: Trial) -> Result:
    """Audit a report with wrong numbers, all printed."""
    proof, seconds = audit(trial.cells())
    known = trial.known()
    parts = broken_parts(trial.generation, known)
    proposals = proposals_of(proof)
    judged = [judge_part(proposals.get(part, []), trial, part) for part in parts]
    suspects = tuple(lone_suspects(trial.generation, known)) if len(trial.wrong) == 1 else None
    judgement = min(judged, key=JUDGEMENTS.index) if judged else "none"
    return Result(trial, bool(parts), found_trouble(proof), judgement, suspects, seconds)


# ---------------------------------------------------------------------------------------------------------------------------
# (a) Wrong numbers

WRONG_HEADER = ["error", "n", "reports", "break %", "detected %", "determined %", "unique %"]
WRONG_HEADER += ["right %", "beside %", "wrong %", "typed right %", "typed wrong %", "median s", "99 % s"]


def run_errors(reports: int, seed: int, show: int) -> list[str]:
    """Print the table of errors; return the bars missed."""
    print("(a) Errors in tables B and C, all else printed. Break: an identity fails or a count is negative; the shares behind it are")
    print("of these. Determined: one wrong cell, and the oracle finds no other that could be it. Right, wrong: the one smallest set")
    print("proposed; beside: it is wrong, but a slip beside it is right. Typed: several sets, but one typing error only.")
    rows, results = [], []
    for number in (1, 2, 3):
        for kind, change in (*KINDS.items(), *([("mixed", None)] if number > 1 else [])):
            kinds = [change] if change else list(ONE_CELL.values())
            names = [f"{kind} {number} {seed} {at}" for at in range(reports if number == 1 else -(-reports // 3))]
            scored = [score_wrong(make_wrong(name, seed, kinds, number)) for name in names]
            rows.append([kind, str(number), *summarize_wrong(scored)])
            results += scored
    print_aligned(WRONG_HEADER, rows, "<>")
    show_cases([r for r in results if is_missed(r)], show)
    for word in ("wrong", "beside", "typed wrong"):
        show_cases([r for r in results if r.judgement == word and not is_missed(r)], show)
    return [*find_misses("errors", results), *check_blank_is_no_error(reports, seed)]


def summarize_wrong(results: Sequence[Result]) -> list[str]:
    """Write a line of the table of errors."""
    broken = [r for r in results if r.breaks]
    judged = Counter(r.judgement for r in broken)
    lone = [r for r in broken if r.suspects is not None]
    counts = [sum(judged[word] for word in UNIQUE)]
    counts += [judged["right"], judged["beside"], judged["wrong"] + judged["false"], judged["typed right"], judged["typed wrong"]]
    return [
        str(len(results)),
        share(len(broken), len(results)),
        share(sum(r.detected for r in broken), len(broken)),
        share(sum(r.determined for r in lone), len(broken)) if len(lone) == len(broken) else "-",
        *(share(count, len(broken)) for count in counts),
        *spread([r.seconds for r in results]),
    ]


def spread(seconds: Sequence[float]) -> list[str]:
    """Write median and 99th percentile."""
    return [f"{median(seconds):.3f}", f"{quantiles(seconds, n=100, method='inclusive')[-1]:.3f}"]


def is_missed(result: Result) -> bool:
    """Tell whether a report breaks a bar: a break not seen, or one wrong cell that is not told exactly where it can be."""
    if not result.breaks or result.suspects is None:
        return result.breaks and (not result.detected or result.judgement == "false")
    return not result.detected or (result.judgement in UNIQUE) != result.determined or result.judgement in UNIQUE[:-1]


def find_misses(what: str, results: Sequence[Result]) -> list[str]:
    """Say which bars the located errors miss."""
    broken = [r for r in results if r.breaks]
    lone = [r for r in broken if r.suspects is not None]
    bars = {
        "errors that break an identity are not detected": [r for r in broken if not r.detected],
        "wrong cells that the oracle determines are not located": [r for r in lone if r.determined and r.judgement != "right"],
        "wrong cells are located although others could be wrong": [
            r for r in lone if not r.determined and r.judgement in UNIQUE
        ],
        "sets are said to be the only smallest ones and are not": [r for r in broken if r.judgement == "false"],
        "true cells are left out by the oracle": [r for r in lone if next(iter(r.trial.wrong)) not in r.suspects],
    }
    return [f"{what}: {len(found)} {bar}, as {found[0].trial.describe()}" for bar, found in bars.items() if found]


def check_blank_is_no_error(reports: int, seed: int) -> list[str]:
    """A number that is left out is no error: nothing may be said to be wrong."""
    trials = [remove(f"blank {seed} {at}", seed, 0.01) for at in range(reports)]
    told = [trial for trial in trials if found_trouble(prove(trial.cells()))]
    print(f"A blank is no error: {len(told)} of {len(trials)} reports with blanks alone are said to be wrong.\n")
    return [f"blanks: {len(told)} reports are said to be wrong, as {told[0].describe()}"] if told else []


def show_cases(results: Sequence[Result], number: int) -> None:
    """Print cases to reproduce."""
    for result in results[:number]:
        print(f"{result.judgement:12} {'detected' if result.detected else 'missed':8} {result.trial.describe()}")


# ---------------------------------------------------------------------------------------------------------------------------
# (b) Numbers taken out

REMOVED_HEADER = ["removed", "reports", "cells", "determined %", "inferred right %", "inferred wrong", "left though determined"]
REMOVED_HEADER += ["other bounds", "median s", "99 % s"]


@dataclass(frozen=True, slots=True)
class Filled:
    """How the cells without a number of one report were told; the oracle says what could be."""

    trial: Trial
    counts: Counter[str]
    seconds: float


def run_removed(reports: int, seed: int, show: int) -> list[str]:
    """Print the table of removed numbers; return the bars missed."""
    print(f"(b) Numbers taken out of true reports, {reports} of each style, all of them put to the oracle (2 programs a cell).")
    print("Determined: the identities leave one number. Cells are those of tables B and C.")
    rows, results = [], []
    for style, name in [*((s, f"{s:.0%}") for s in SHARES), ("zeros", "all zeros"), ("leaves", "zeros, totals printed")]:
        scored = [score_removed(remove(f"{name} {seed} {at}", seed, style)) for at in range(reports)]
        rows.append([name, str(reports), *summarize_filled([r.counts for r in scored]), *spread([r.seconds for r in scored])])
        results += scored
    print_aligned(REMOVED_HEADER, rows, "<>")
    for what in ("wrong", "left", "bounds"):
        for result in [r for r in results if r.counts[what]][:show]:
            print(f"{what:8} {result.counts[what]} cells: {result.trial.describe()}")
    total = sum((r.counts for r in results), Counter())
    words = {"wrong": "cells are inferred wrong", "left": "determined cells are not inferred", "bounds": "bounds are not exact"}
    return [f"removed: {total[what]} {said}" for what, said in words.items() if total[what]]


def summarize_filled(counts: Iterable[Counter[str]]) -> list[str]:
    """Write a line of the table of removed numbers."""
    total = sum(counts, Counter())
    shares = [share(total["determined"], total["cells"]), share(total["right"], total["cells"])]
    return [str(total["cells"]), *shares, str(total["wrong"]), str(total["left"]), str(total["bounds"])]


def score_removed(trial: Trial) -> Filled:
    """Audit a true report with numbers taken out, and compare each of them with the oracle."""
    proof, seconds = audit(trial.cells())
    solver = oracle(trial.generation)
    solver.know(trial.known())
    told = {cell[:3]: cell for cell in proof.cells if cell.status == "inferred"}
    published = {bound[:3]: bound[3:] for bound in proof.bounds}
    counts = Counter(wrong=len(told.keys() - trial.removed.keys()))
    for code in trial.removed:
        inferred = told[code].value if code in told else None
        counts["wrong"] += inferred not in (None, trial.truth[code])
        if code in solver.place:
            low, high = solver.bounds(code)
            counts += Counter(cells=1, determined=low == high, right=inferred == trial.truth[code])
            counts += Counter(left=low == high and inferred is None)
            counts += Counter(bounds=low < high and published.get(code) != (low, None if high == inf else high))
    return Filled(trial, counts, seconds)


# ---------------------------------------------------------------------------------------------------------------------------
# (c) Both

BOTH_HEADER = ["error", "reports", "decidable %", "detected %", "determined %", "unique %", "right %", "beside %", "wrong %"]
BOTH_HEADER += ["inferred wrong: decidable", "not decidable", "false alarms", "median s", "99 % s"]


@dataclass(frozen=True, slots=True)
class Both:
    """What came out of a report with one error and numbers removed; `result.breaks` is the oracle's word."""

    result: Result
    inferred_wrong: int


def run_both(reports: int, seed: int, show: int) -> list[str]:
    """Print the table of errors among removed numbers; return the bars missed."""
    print("(c) One error and 10 % of the other numbers taken out. Decidable: the oracle finds no solution; the shares behind it are")
    print("of these. Where there is one, the damage cannot be seen, and what is inferred from it is wrong: that is no fault.")
    rows, results = [], []
    for kind, change in KINDS.items():
        scored = [score_both(make_both(f"{kind} both {seed} {at}", seed, change)) for at in range(reports)]
        rows.append([kind, str(reports), *summarize_both(scored)])
        results += scored
    print_aligned(BOTH_HEADER, rows, "<>")
    show_cases([r.result for r in results if is_missed(r.result) or (r.result.breaks and r.inferred_wrong)], show)
    wrong = [r.result.trial for r in results if r.result.breaks and r.inferred_wrong]
    alarms = [r.result.trial for r in results if not r.result.breaks and r.result.detected]
    misses = find_misses("both", [r.result for r in results])
    misses += [f"both: {len(wrong)} reports are inferred wrong though decidable, as {wrong[0].describe()}"] if wrong else []
    return misses + ([f"both: {len(alarms)} false alarms, as {alarms[0].describe()}"] if alarms else [])


def make_both(name: str, seed: int, kind: Damage) -> Trial:
    """Damage a report once and take out a tenth of its other numbers."""
    return remove(name, seed, 0.10, make_wrong(name, seed, [kind], 1))


def score_both(trial: Trial) -> Both:
    """Audit a report with an error and numbers taken out, and ask the oracle what could be told."""
    proof, seconds = audit(trial.cells())
    known, solver = trial.known(), oracle(trial.generation)
    solver.know({code: max(value, 0.0) for code, value in known.items()})
    broken = min(known.values()) < 0 or not solver.feasible()
    part = part_of(next(iter(trial.wrong)))
    judgement = judge_part(proposals_of(proof).get(part, []), trial, part) if broken else "none"
    suspects = tuple(solver.suspects(known)) if broken and len(trial.wrong) == 1 else None
    told = [cell for cell in proof.cells if cell.status == "inferred" and cell.value != trial.truth[cell[:3]]]
    return Both(Result(trial, broken, found_trouble(proof), judgement, suspects, seconds), len(told))


def summarize_both(results: Sequence[Both]) -> list[str]:
    """Write a line of the table of errors among removed numbers."""
    line = summarize_wrong([r.result for r in results])
    wrong = [sum(r.inferred_wrong for r in results if r.result.breaks == broken) for broken in (True, False)]
    alarms = sum(r.result.detected for r in results if not r.result.breaks)
    return [*line[1:8], *map(str, wrong), str(alarms), *line[-2:]]


# ---------------------------------------------------------------------------------------------------------------------------
# (d) Speed


def run_speed(reports: int, seed: int, show: int) -> list[str]:
    """Print the time for consistent and for contradicted reports; a noisy machine misses no bar."""
    prepared = [draw_consistent(seed, at).cells() for at in range(SPEED_REPORTS)]
    took = sum(audit(cells)[1] for cells in prepared)
    names = [(f"speed {number} {seed} {at}", number) for number in (1, 2, 3) for at in range(reports)]
    results = [score_wrong(make_wrong(name, seed, list(KINDS.values()), number)) for name, number in names]
    middle, late = spread([r.seconds for r in results])
    bars = [(took, BAR_TOTAL), (float(late), BAR_EACH)]
    met = ["met" if value < bar else "missed" for value, bar in bars]
    print("(d) Speed on one core")
    print(f"{SPEED_REPORTS:,} consistent reports (in full, zeros blank, 5 % taken out): {took:.1f} s; bar {BAR_TOTAL:g} s {met[0]}")
    print(f"{len(results)} contradicted reports: median {middle} s, 99 % {late} s; bar {BAR_EACH:g} s {met[1]}\n")
    show_slow = sorted(results, key=lambda r: -r.seconds)[:show]
    print("".join(f"{r.seconds:.3f} s {r.trial.describe()}\n" for r in show_slow), end="")
    return []


def draw_consistent(seed: int, at: int) -> Trial:
    """Draw a consistent report, no two alike: in full, with zeros blank, or with numbers taken out."""
    style = (0.0, "zeros", 0.05)[at % 3]
    generation = GENERATIONS[at // 3 % 2]
    truth = true_report.__wrapped__(f"speed {seed} {at}", generation)
    return remove(f"speed {seed} {at}", seed, style, Trial("", generation, truth))


# ---------------------------------------------------------------------------------------------------------------------------

STEPS = {"errors": run_errors, "removed": run_removed, "both": run_both, "speed": run_speed}


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Score the audit on reports with known truth and known damage.")
    parser.add_argument("--reports", type=int, default=60, help="reports in each line of a table; a third where errors are two or three")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other reports")
    parser.add_argument("--only", choices=list(STEPS), nargs="+", default=list(STEPS), help="some of the tables only")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N cases of each kind of trouble")
    return parser.parse_args()


def main() -> int:
    """Run the benchmark and return its exit status."""
    arguments = parse_arguments()
    for generation in GENERATIONS:
        prove(Trial("", generation, true_report("warm", generation)).cells())
    misses: list[str] = []
    for step in arguments.only:
        start = time.perf_counter()
        misses += STEPS[step](arguments.reports, arguments.seed, arguments.show)
        print(f"{step}: {time.perf_counter() - start:.0f} s\n", file=sys.stderr)
    print("\n".join(misses) or "All bars are met.")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
