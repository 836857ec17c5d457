"""Formulas over cells of the form, such as ``requests.denied.*.total - requests.denied.state_secret.total``.

In: published frames (cells, bounds), formulas. Out: their sums for each report, with what is unknown. Next: `indicators`, `rules`.

A term is the table, row and column of a cell; ``denied.*`` stands for the rows of a group, ``other.*`` also for a row ``other``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from govtables.declared import declared
from govtables.forms import GENERATIONS, form

NOT_ASKED = "not asked in this form"
TERM = re.compile(r"([+-]?)\s*([\w.*]+)\s*")
IN_GROUP = re.compile(r"(\w+\.\w+)\.\w+\.(\w+)")

Line = Mapping[str, str]
Weights = dict[int, int]  # by number of a cell, how often it counts
Sums = tuple[np.ndarray, np.ndarray, np.ndarray]  # by report: the value, the least and the greatest that it can be


class Term(NamedTuple):
    """A term of a formula: its sign, its text, and what the names of its cells look like."""

    sign: int
    text: str
    names: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """Reports by the cells that formulas name: 0 where the form does not ask for a cell, NaN where its number is not known."""

    reports: pd.Index
    names: tuple[str, ...]
    asked: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


# -- what a person defines ----------------------------------------------------------------------------------------


def read_definitions(frame: pd.DataFrame, code: str, columns: Sequence[str]) -> list[Line]:
    """Take the lines of a frame of definitions, as texts; `code` names the column, or the index, that tells them apart."""
    frame = frame.reset_index() if frame.index.name == code else frame
    if missing := [name for name in (code, *columns) if name not in frame]:
        raise ValueError(f"the column {missing[0]!r} is missing; give the columns {', '.join((code, *columns))}")
    lines = frame[[code, *columns]].astype(object).fillna("").astype(str).to_dict("records")
    lines = [{name: text.strip() for name, text in line.items()} for line in lines]
    count = Counter(line[code] for line in lines)
    wrong = [f"{name!r} stands {n} times" for name, n in count.items() if n > 1 or not name]
    if wrong or not lines:
        raise ValueError(f"{wrong[0] if lines else 'no line'}; give each line one {code} of its own")
    return lines


@cache
def check_formula(where: str, formula: str) -> frozenset[str]:
    """Tell which generations of the form ask for all terms of a formula; raise if it cannot be read or counts anything twice."""
    found = list(TERM.finditer(formula))
    if not found or "".join(term[0] for term in found) != formula or not all(term[1] for term in found[1:]):
        remedy = "write cells as table.row.column, such as requests.granted.total, with + or - between"
        raise ValueError(f"{where}: {formula!r} is no sum of cells; {remedy}")
    terms = parse_formula(formula)
    known = {generation: [_names_of(term, generation) for term in terms] for generation in GENERATIONS}
    for term, *names in zip(terms, *known.values(), strict=True):
        if not any(names):
            raise ValueError(f"{where}: no cell {term.text!r} in the form; perhaps {_nearest(term.text)}; gt.codebook() lists the codes")
    asked = frozenset(generation for generation, names in known.items() if all(names))
    if not asked:
        raise ValueError(f"{where}: {formula!r} mixes cells of {' and '.join(GENERATIONS)}, which no report has; use those of one form")
    for generation in asked:
        cells = [(term.sign, name) for term, names in zip(terms, known[generation], strict=True) for name in names]
        _forbid_twice(where, cells, _leaves(generation))
    return asked


def may_be_negative(formula: str) -> bool:
    """Tell whether a formula names a cell that counts a change."""
    return any(name in _signed() for term in parse_formula(formula) for g in GENERATIONS for name in _names_of(term, g))


@cache
def parse_formula(formula: str) -> tuple[Term, ...]:
    """Split a formula into its terms."""
    terms = ((-1 if sign == "-" else 1, text, re.escape(text).replace(r"\.\*", r"(?:\.\w+)?")) for sign, text in TERM.findall(formula))
    return tuple(Term(sign, text, re.compile(pattern)) for sign, text, pattern in terms)


def _names_of(term: Term, generation: str) -> list[str]:
    return [name for name in _leaves(generation) if term.names.fullmatch(name)]


def _forbid_twice(where: str, cells: Sequence[tuple[int, str]], leaves: Mapping[str, frozenset[str]]) -> None:
    """Refuse to add a cell to itself, or a total to its parts."""
    for (sign, name), (other_sign, other) in combinations(cells, 2):
        if name == other or (sign == other_sign and leaves[name] & leaves[other]):
            said = f"{name} stands in it twice" if name == other else f"{name} and {other} count the same"
            raise ValueError(f"{where}: {said}; name a total or its parts, each once")


@cache
def _leaves(generation: str) -> dict[str, frozenset[str]]:
    """By name of a cell, the names of those that no sum of the form is made of further."""
    known = form(generation)
    summed = [i for i in known.identities if all(weight > 0 for _, weight in i.children)]
    sums = {(i.table, i.axis, i.parent): [child for child, _ in i.children] for i in summed}
    found = {}
    for table, row, column in known.cells():
        rows, columns = (sums.get((table, axis, line.code), [line.code]) for axis, line in (("row", row), ("column", column)))
        found[f"{table}.{row.code}.{column.code}"] = frozenset(f"{table}.{r}.{c}" for r in rows for c in columns)
    return found


@cache
def _signed() -> frozenset[str]:
    """Names of the cells that count a change, and so may be negative."""
    signed = {(line["table"], line["block"], line["column"]) for line in declared("forms", "columns") if line["values"] == "signed_count"}
    cells = [cell for generation in GENERATIONS for cell in form(generation).cells()]
    return frozenset(f"{table}.{row.code}.{column.code}" for table, row, column in cells if (table, row.block, column.code) in signed)


def _nearest(text: str) -> str:
    names = dict.fromkeys(name for generation in GENERATIONS for name in _leaves(generation))
    groups = dict.fromkeys(f"{found[1]}.*.{found[2]}" for name in names if (found := IN_GROUP.fullmatch(name)))
    return get_close_matches(text, [*names, *groups], n=1, cutoff=0)[0]


# -- what reports say ---------------------------------------------------------------------------------------------


def lay_out(cells: pd.DataFrame, bounds: pd.DataFrame | None, formulas: Iterable[str]) -> Grid:
    """Lay out the cells that formulas name, with the bounds of those whose number is not known."""
    formulas = list(formulas)
    patterns = [term.names for formula in formulas for term in parse_formula(formula)]
    numbers, names = _number_names(cells)
    kept = [n for n, name in enumerate(names) if any(pattern.fullmatch(name) for pattern in patterns)]
    column = np.full(len(names) + 1, -1)
    column[kept] = range(len(kept))
    row, reports = pd.factorize(cells["report_id"])
    here = column[numbers] >= 0
    at = row[here], column[numbers][here]
    asked = np.zeros((len(reports), len(kept)), bool)
    asked[at] = True
    if asked.sum() < here.sum():
        raise ValueError("a report has a cell twice; pass each report once, as the published table of cells has it")
    for table in sorted({term.text.partition(".")[0] for formula in formulas for term in parse_formula(formula) if "*" in term.text}):
        _forbid_gaps(table, row, numbers, names, reports)
    value = np.zeros(asked.shape)
    value[at] = cells["value"].to_numpy(float, na_value=np.nan)[here]
    unknown = np.isnan(value)
    least = np.array([-np.inf if names[n] in _signed() else 0.0 for n in kept])
    low, high = np.where(unknown, least, value), np.where(unknown, np.inf, value)
    grid = Grid(pd.Index(reports), tuple(names[n] for n in kept), asked, value, low, high)
    if bounds is not None and len(bounds):
        _take_bounds(grid, bounds)
    return grid


def _forbid_gaps(table: str, row: np.ndarray, numbers: np.ndarray, names: Sequence[str], reports: pd.Index) -> None:
    """Raise if a report has some cells of a table and not all that its form asks for: a sum would be short without a word."""
    complete = np.zeros(len(reports), bool)
    some = np.zeros(len(reports), int)
    for generation in GENERATIONS:
        wanted = {name for name in _leaves(generation) if name.startswith(f"{table}.")}
        member = np.array([name in wanted for name in names], bool)
        count = np.bincount(row[member[numbers]], minlength=len(reports))
        complete |= count == len(wanted)
        some = np.maximum(some, count)
    if (gaps := (some > 0) & ~complete).any():
        raise ValueError(f"{reports[gaps][0]}: lacks cells of {table}; pass all cells of a report, those without a number too")


def _number_names(frame: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """Number the cells of the form: the number of each line, and the names that the numbers stand for."""
    axes = [frame[axis].astype("category").cat for axis in ("table", "row", "column")]
    sizes = [len(axis.categories) for axis in axes]
    joint = np.zeros(len(frame), np.int64)
    for axis, size in zip(axes, sizes, strict=True):
        joint = joint * size + axis.codes.to_numpy()
    numbers, distinct = pd.factorize(joint)
    codes = np.unravel_index(distinct, sizes) if len(distinct) else ([], [], [])
    return numbers, [".".join(axis.categories[c] for axis, c in zip(axes, cell, strict=True)) for cell in zip(*codes, strict=True)]


def _take_bounds(grid: Grid, bounds: pd.DataFrame) -> None:
    """Tighten the bounds of unknown cells to what the identities leave."""
    numbers, names = _number_names(bounds)
    row, column = grid.reports.get_indexer(bounds["report_id"]), pd.Index(grid.names).get_indexer(names)[numbers]
    here = (row >= 0) & (column >= 0)
    here[here] = np.isnan(grid.value[row[here], column[here]])
    at = row[here], column[here]
    low, high = (bounds[end].to_numpy(float, na_value=np.nan)[here] for end in ("low", "high"))
    grid.low[at] = np.fmax(grid.low[at], low)
    grid.high[at] = np.fmin(grid.high[at], high)


def weigh(grid: Grid, formula: str) -> tuple[Weights, np.ndarray]:
    """Number the cells of a formula, with their signs, and tell which reports are asked for all its terms."""
    weights: Weights = {}
    asked = np.ones(len(grid.reports), bool)
    for term in parse_formula(formula):
        at = [n for n, name in enumerate(grid.names) if term.names.fullmatch(name)]
        asked &= grid.asked[:, at].any(axis=1)
        weights |= dict.fromkeys(at, term.sign)
    return weights, asked


def add_up(grid: Grid, weights: Weights) -> Sums:
    """Sum weighted cells: the value, and the least and greatest that it can be."""
    plus, minus = ([n for n, weight in weights.items() for _ in range(sign * weight)] for sign in (1, -1))
    ends = ((grid.value, grid.value), (grid.low, grid.high), (grid.high, grid.low))
    return tuple(more[:, plus].sum(axis=1) - less[:, minus].sum(axis=1) for more, less in ends)


def name_unknown(grid: Grid, at: Sequence[int]) -> np.ndarray:
    """Say of each report which of some cells are unknown; ``""`` if none is."""
    names = np.array(grid.names, object)[at]
    patterns, which = np.unique(np.isnan(grid.value[:, at]), axis=0, return_inverse=True)
    said = [f"unknown: {', '.join(names[pattern])}" if pattern.any() else "" for pattern in patterns]
    return np.array(said, object)[which.reshape(-1)]
