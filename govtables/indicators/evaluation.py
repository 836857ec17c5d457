"""Sums of cells, as formulas name them: ``requests.denied.*.total - requests.denied.state_secret.total``.

In: published frames, formulas. Out: sums for each report, with what is unknown. Next: `indicators`, `rules`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd

from govtables.declared import declared, mistake
from govtables.forms import GENERATIONS, Term, find_terms, form, name_codes
from govtables.language import join, tell
from govtables.records import FLAGS, LOCATED

WORD = re.compile(r"[+-]?\s*([\w.*]+)\s*")  # of a formula, whether or not it names a cell
SUSPECT = FLAGS.index(LOCATED)  # from here on the audit speaks against the number itself
RANK = {flag: rank for rank, flag in enumerate(FLAGS)}
IN_GROUP = re.compile(r"(\w+\.\w+)\.\w+\.(\w+)")

Line = Mapping[str, str]
Weights = dict[int, int]  # by number of a cell, how often it counts
Sums = tuple[np.ndarray, np.ndarray, np.ndarray]  # by report: the value, its least and its greatest


@dataclass(frozen=True, slots=True)
class CellArray:
    """Reports by cells of formulas: 0 where a form does not ask for one, NaN where it is unknown."""

    reports: pd.Index
    names: tuple[str, ...]
    asked: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    flag: np.ndarray  # by number in `FLAGS`, -1 where cells have none
    flagged_by: np.ndarray


def read_definitions(frame: pd.DataFrame, code: str, columns: Sequence[str]) -> list[Line]:
    """Take the lines of a frame of definitions, as texts; `code` is the column or index that names them."""
    frame = frame.reset_index() if frame.index.name == code else frame
    if missing := [name for name in (code, *columns) if name not in frame]:
        raise mistake("indicators.no_column", name=missing[0], columns=", ".join((code, *columns)))
    lines = frame[[code, *columns]].astype(object).fillna("").astype(str).to_dict("records")
    lines = [{name: text.strip() for name, text in line.items()} for line in lines]
    count = Counter(line[code] for line in lines)
    if not lines:
        raise mistake("indicators.no_line", code=code)
    for name, many in count.items():
        if many > 1 or not name:
            raise mistake("indicators.line_twice", name=name, many=many, code=code)
    return lines


@cache
def check_formula(where: str, formula: str) -> frozenset[str]:
    """Tell which forms ask for all terms of a formula; raise if it is none or counts anything twice."""
    words = list(WORD.finditer(formula))
    whole = "".join(word[0] for word in words) == formula
    if not words or not whole or not all(word[0][0] in "+-" for word in words[1:]):
        raise mistake("indicators.no_sum", where=where, formula=formula)
    terms = find_terms(formula)
    named = {term.text for term in terms if any(names_of(term, generation) for generation in GENERATIONS)}
    if strange := [word[1] for word in words if word[1] not in named]:
        raise mistake("indicators.no_cell", where=where, cell=strange[0], nearest=_nearest(strange[0]))
    asked = frozenset(one for one in GENERATIONS if all(names_of(term, one) for term in terms))
    if not asked:
        first, last = GENERATIONS
        raise mistake("indicators.mixed", where=where, formula=formula, first=first, last=last)
    for one in asked:
        cells = [(term.sign, name) for term in terms for name in names_of(term, one)]
        _forbid_twice(where, cells, _leaves(one))
    return asked


def may_be_negative(formula: str) -> bool:
    """Tell whether a formula names a cell that counts a change."""
    terms = find_terms(formula)
    return any(not _signed().isdisjoint(names_of(term, one)) for term in terms for one in GENERATIONS)


@cache
def names_of(term: Term, generation: str) -> tuple[str, ...]:
    """Name the cells of a form that a term stands for, as ``table.row.column``."""
    return tuple(filter(term.names, _leaves(generation)))


def _forbid_twice(where: str, cells: Sequence[tuple[int, str]], leaves: Mapping[str, frozenset[str]]) -> None:
    """Refuse to add a cell to itself, or a total to its parts."""
    for (sign, name), (other_sign, other) in combinations(cells, 2):
        if name == other or (sign == other_sign and leaves[name] & leaves[other]):
            code = "indicators.cell_twice" if name == other else "indicators.counted_twice"
            raise mistake(code, where=where, name=name, other=other)


@cache
def _leaves(generation: str) -> dict[str, frozenset[str]]:
    """By name of a cell, the names of those that no sum of the form is made of further."""
    known = form(generation)
    summed = [i for i in known.identities if all(weight > 0 for _, weight in i.children)]
    sums = {(i.table, i.axis, i.parent): [child for child, _ in i.children] for i in summed}
    found = {}
    for table, row, column in known.cells():
        rows = sums.get((table, "row", row.code), [row.code])
        columns = sums.get((table, "column", column.code), [column.code])
        below = frozenset(f"{table}.{r}.{c}" for r in rows for c in columns)
        found[f"{table}.{row.code}.{column.code}"] = below
    return found


@cache
def _signed() -> frozenset[str]:
    """Names of the cells that count a change, and so may be negative."""
    lines = [line for line in declared("forms", "columns") if line["values"] == "signed_count"]
    signed = {(line["table"], line["block"], line["column"]) for line in lines}
    cells = [cell for generation in GENERATIONS for cell in form(generation).cells()]
    changes = [cell for cell in cells if (cell[0], cell[1].block, cell[2].code) in signed]
    return frozenset(f"{table}.{row.code}.{column.code}" for table, row, column in changes)


def _nearest(text: str) -> str:
    names = dict.fromkeys(name for generation in GENERATIONS for name in _leaves(generation))
    groups = dict.fromkeys(f"{found[1]}.*.{found[2]}" for found in map(IN_GROUP.fullmatch, names) if found)
    return get_close_matches(text, [*names, *groups], n=1, cutoff=0)[0]


def lay_out(cells: pd.DataFrame, bounds: pd.DataFrame | None, formulas: Iterable[str]) -> CellArray:
    """Lay out the cells that formulas name, with the bounds of those whose number is not known."""
    terms = {term for formula in formulas for term in find_terms(formula)}
    wanted = {name for term in terms for generation in GENERATIONS for name in names_of(term, generation)}
    numbers, names = _number_names(cells)
    kept = [n for n, name in enumerate(names) if name in wanted]
    column = np.full(len(names) + 1, -1)
    column[kept] = range(len(kept))
    row, reports = pd.factorize(cells["report_id"])
    here = column[numbers] >= 0
    at = row[here], column[numbers][here]
    asked = np.zeros((len(reports), len(kept)), bool)
    asked[at] = True
    if asked.sum() < here.sum():
        raise mistake("indicators.report_twice")
    for table in sorted({term.table for term in terms if "*" in term.row}):
        _forbid_gaps(table, row, numbers, names, reports)
    value = np.zeros(asked.shape)
    value[at] = cells["value"].to_numpy(float, na_value=np.nan)[here]
    least = np.array([-np.inf if names[n] in _signed() else 0.0 for n in kept])
    low, high = (np.where(np.isnan(value), end, value) for end in (least, np.inf))
    none = np.full(asked.shape, -1), np.full(asked.shape, None, object)
    array = CellArray(pd.Index(reports), tuple(names[n] for n in kept), asked, value, low, high, *none)
    if bounds is not None and len(bounds):
        _take_bounds(array, bounds)
    if "flag" in cells:
        _take_flags(array, cells[here], at)
    return array


def _take_flags(array: CellArray, cells: pd.DataFrame, at: tuple[np.ndarray, np.ndarray]) -> None:
    """Note the flags of cells, and what the proposals leave of those that the audit speaks against."""
    array.flag[at] = flag = cells["flag"].astype("category").map(RANK).to_numpy(int)
    array.flagged_by[tuple(side[flag > 0] for side in at)] = cells["flagged_by"][flag > 0].astype(object)
    suspect = tuple(side[flag >= SUSPECT] for side in at)
    left = cells[["implied_low", "implied_high"]][flag >= SUSPECT].astype(float)
    array.low[suspect], array.high[suspect] = left["implied_low"], left["implied_high"].fillna(np.inf)


def _forbid_gaps(
    table: str, row: np.ndarray, numbers: np.ndarray, names: Sequence[str], reports: pd.Index
) -> None:
    """Raise if a report has some cells of a table, not all: a sum would be short without a word."""
    complete = np.zeros(len(reports), bool)
    some = np.zeros(len(reports), int)
    for generation in GENERATIONS:
        wanted = {name for name in _leaves(generation) if name.startswith(f"{table}.")}
        member = np.array([name in wanted for name in names], bool)
        count = np.bincount(row[member[numbers]], minlength=len(reports))
        complete |= count == len(wanted)
        some = np.maximum(some, count)
    if (gaps := (some > 0) & ~complete).any():
        raise mistake("indicators.lacks_cells", report=reports[gaps][0], table=table)


def _number_names(frame: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """Number the cells of the form: the number of each line, and the names that the numbers stand for."""
    axes = [frame[axis].astype("category").cat for axis in ("table", "row", "column")]
    sizes = [len(axis.categories) for axis in axes]
    joint = np.zeros(len(frame), np.int64)
    for axis, size in zip(axes, sizes, strict=True):
        joint = joint * size + axis.codes.to_numpy()
    numbers, distinct = pd.factorize(joint)
    codes = np.unravel_index(distinct, sizes) if len(distinct) else ([], [], [])
    labels = (axis.categories[some] for axis, some in zip(axes, codes, strict=True))
    return numbers, [".".join(cell) for cell in zip(*labels, strict=True)]


def _take_bounds(array: CellArray, bounds: pd.DataFrame) -> None:
    """Tighten the bounds of unknown cells to what the identities leave."""
    numbers, names = _number_names(bounds)
    row = array.reports.get_indexer(bounds["report_id"])
    column = pd.Index(array.names).get_indexer(names)[numbers]
    here = (row >= 0) & (column >= 0)
    here[here] = np.isnan(array.value[row[here], column[here]])
    at = row[here], column[here]
    low, high = (bounds[end].to_numpy(float, na_value=np.nan)[here] for end in ("low", "high"))
    array.low[at] = np.fmax(array.low[at], low)
    array.high[at] = np.fmin(array.high[at], high)


def weigh(array: CellArray, formula: str) -> tuple[Weights, np.ndarray]:
    """Number the cells of a formula, with their signs, and tell which reports are asked for all its terms."""
    weights: Weights = {}
    asked = np.ones(len(array.reports), bool)
    for term in find_terms(formula):
        at = [n for n, name in enumerate(array.names) if term.names(name)]
        asked &= array.asked[:, at].any(axis=1)
        weights |= dict.fromkeys(at, term.sign)
    return weights, asked


def add_up(array: CellArray, weights: Weights) -> Sums:
    """Sum weighted cells: the value, and the least and greatest that it can be, each an array by report."""
    plus, minus = ([n for n, weight in weights.items() for _ in range(sign * weight)] for sign in (1, -1))
    ends = ((array.value, array.value), (array.low, array.high), (array.high, array.low))
    return tuple(more[:, plus].sum(axis=1) - less[:, minus].sum(axis=1) for more, less in ends)


def name_unknown(array: CellArray, at: Sequence[int]) -> np.ndarray:
    """Say of each report which of some cells are unknown; ``""`` if none is."""
    names, unknown = np.array(array.names, object)[at], np.isnan(array.value[:, at])
    said, some = np.full(len(unknown), "", object), unknown.any(axis=1)
    patterns, which = np.unique(unknown[some], axis=0, return_inverse=True)
    told = [tell("indicators.unknown", names=join(map(name_codes, names[one]), ", ")) for one in patterns]
    said[some] = np.array(told, object)[which.reshape(-1)]
    return said


def stack(
    array: CellArray, code: str, codes: Sequence[str], found: Sequence[Mapping[str, np.ndarray]]
) -> pd.DataFrame:
    """Stack what was found of each line, columns by report, to a row a report and line, named in `code`."""
    lines = pd.Categorical.from_codes(np.tile(np.arange(len(codes)), len(array.reports)), codes)
    made = {name: np.column_stack([one[name] for one in found]).ravel() for name in found[0]}
    columns = {name: pd.Series(values, dtype=values.dtype) for name, values in made.items()}
    return pd.DataFrame({"report_id": array.reports.repeat(len(codes)), code: lines} | columns)
