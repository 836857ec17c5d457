"""Rates, shares and ratios of the published tables, with intervals and with what blanks leave of them.

In: published frames (cells, bounds); indicators as declared in `forms/indicators.csv`. Out: long frames. Next: `figures`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

INSIDE = ("rate", "share")  # kinds whose numerator is a part of the denominator
SCALE = {"per_100": 100.0}
NOTHING = "nothing to divide by"
NOT_ASKED = "not asked in this form"
CONTRADICTION = "the part is not within the whole"
NUMBERS = ["numerator", "denominator", "value", "low", "high", "value_low", "value_high"]
TERM = re.compile(r"([+-]?)\s*([\w.*]+)\s*")

Line = Mapping[str, str]
Weights = dict[int, int]  # by number of a cell, the sign with which it counts
Ends = tuple[np.ndarray, np.ndarray]  # the least and the greatest that something can be


@cache
def _lines(name: str) -> tuple[Line, ...]:
    with (files("govtables") / "forms" / f"{name}.csv").open(encoding="utf-8") as lines:
        return tuple(pd.read_csv(lines, dtype=str, keep_default_na=False).to_dict("records"))


def definitions() -> pd.DataFrame:
    """Return what is declared of each indicator, one row each, by its code.

    `kind` is ``rate`` or ``share`` (a part of its whole, 0 to 1), ``per_100`` (events per 100), ``ratio`` or ``count``.

    >>> definitions().loc["refusal_rate", ["kind", "numerator", "denominator"]].tolist()
    ['rate', 'requests.denied.*.total', 'requests.concluded.total']
    """
    return pd.DataFrame(_lines("indicators")).set_index("indicator")


def parts(whole: str) -> dict[str, str]:
    """Return the indicators that sum to 1 over a whole (``outcomes``, ``denials``, ``applicants``), with words for a legend.

    >>> list(parts("outcomes").values())
    ['granted', 'granted in part', 'denied', 'cannot be provided', 'not processed', 'other']
    """
    known = definitions()["whole"]
    if not whole or whole not in set(known):
        raise ValueError(f"no whole {whole!r}; choose one of {', '.join(filter(None, known.unique()))}")
    return definitions()["part"][known == whole].to_dict()


def compute(
    cells: pd.DataFrame, bounds: pd.DataFrame | None = None, which: Sequence[str] | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Compute indicators of every report, one row a report and indicator.

    `cells` and `bounds` are published tables, with all cells of a report. Columns: ``report_id``, ``indicator``, ``numerator``,
    ``denominator``, ``value``; ``low``, ``high``, the interval at `level`: by Wilson (1927) for rates and shares, by Garwood
    (1936) for numbers per 100, none for ratios and counts; ``value_low``, ``value_high``: what unknown cells leave of the value
    (null: nothing bounds it; both are the value where it is known); ``reason``: why a value is missing.

    Nothing divided by nothing is missing, never 0. What blanks leave is safe, not always the tightest: the bounds of single
    cells are added up.
    """
    lines = _choose(which)
    grid = _lay_out(cells, bounds, lines)
    found = [_evaluate(grid, line, level) for line in lines]
    codes = np.tile(np.arange(len(lines)), len(grid.reports))
    indicator = pd.Categorical.from_codes(codes, [line["indicator"] for line in lines])
    columns = {name: np.column_stack([one[name] for one in found]).ravel() for name in [*NUMBERS, "reason"]}
    frame = pd.DataFrame({"report_id": grid.reports.repeat(len(lines)), "indicator": indicator} | columns)
    return frame.astype(dict.fromkeys(NUMBERS, float) | {"reason": "str"})


def pool(values: pd.DataFrame, by: Sequence[str] = (), level: float = 0.95) -> pd.DataFrame:
    """Pool indicators over groups of reports: sum of numerators over sum of denominators, with an interval.

    `values` is what `compute` returns, with the columns named in `by` joined to it. ``reports`` counts the reports with a value,
    ``missing`` those without. Leave out reports that add up others of the group (a county's, with its bureaus), or requests
    count twice. The interval takes reports to share one rate; they seldom do.
    """
    known = values["value"].notna()
    sums = values[["numerator", "denominator"]].where(known).assign(reports=known, missing=~known)
    groups = [values[name] for name in (*by, "indicator")]
    sums = sums.groupby(groups, observed=True, sort=False).sum(min_count=1).reset_index()
    kinds = definitions()["kind"].loc[sums["indicator"].astype(str)].to_numpy()
    for kind in set(kinds):
        here = kinds == kind
        numbers = _divide(kind, *sums.loc[here, ["numerator", "denominator"]].to_numpy(float).T, level)
        sums.loc[here, ["value", "low", "high"]] = np.column_stack(numbers)
    return sums[[*by, "indicator", *NUMBERS[:5], "reports", "missing"]]


def funnel(values: pd.DataFrame, levels: Sequence[float] = (0.95, 0.998)) -> pd.DataFrame:
    """Return control limits around the pooled value of one rate or share, for denominators from 1 to the greatest.

    Columns: ``level``, ``denominator``, ``value`` (pooled), ``low``, ``high``. A report stands outside exactly when its Wilson
    interval at that level leaves out the pooled rate: score limits, for a funnel plot after Spiegelhalter (2005). Where many
    stand outside, reports differ by more than chance, and the funnel names no outliers.
    """
    pooled = pool(values)
    names = list(pooled["indicator"].astype(str)[pooled["reports"] > 0])
    if len(names) != 1 or definitions()["kind"][names[0]] not in INSIDE:
        raise ValueError(f"a funnel shows one rate or share, not {', '.join(names) or 'missing values'}; keep rows of one indicator")
    rate = pooled["value"].iloc[0]
    sizes = np.geomspace(1, max(values["denominator"].max(), 2), 200)
    spread = np.sqrt(rate * (1 - rate) / sizes)
    reach = np.concatenate([_normal(level) * spread for level in levels])
    limits = {"level": np.repeat(levels, len(sizes)), "denominator": np.tile(sizes, len(levels)), "value": rate}
    return pd.DataFrame(limits | {"low": (rate - reach).clip(0), "high": (rate + reach).clip(max=1)})


def wilson(count: np.ndarray, total: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the score interval of the proportion `count` / `total` (Wilson 1927).

    >>> [round(float(end), 4) for end in wilson(np.array(81), np.array(263))]
    [0.2553, 0.3662]
    """
    z = _normal(level)
    centre = (count + z**2 / 2) / (total + z**2)
    half = z / (total + z**2) * np.sqrt(count * (total - count) / total + z**2 / 4)
    return np.where(count == 0, 0.0, centre - half), np.where(count == total, 1.0, centre + half)


def garwood(count: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact interval of the mean of a Poisson count (Garwood 1936).

    >>> [round(float(end), 3) for end in garwood(np.array(10))]
    [4.795, 18.39]
    """
    from scipy.special import gammaincinv

    tail = (1 - _checked(level)) / 2
    return np.where(count == 0, 0.0, gammaincinv(np.maximum(count, 1), tail)), gammaincinv(count + 1, 1 - tail)


def _normal(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + _checked(level)) / 2))


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"no level {level!r} of an interval; choose one between 0 and 1, such as 0.95")
    return level


@cache
def _terms(formula: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Split a formula into signs and patterns of cells; ``other.*`` fits the rows of a group, or the row ``other``."""
    terms = ((sign, re.escape(term).replace(r"\.\*", r"(?:\.\w+)?")) for sign, term in TERM.findall(formula))
    return tuple((-1 if sign == "-" else 1, re.compile(pattern)) for sign, pattern in terms)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Reports by the cells that formulas name: 0 where the form does not ask for a cell, NaN where its number is not known."""

    reports: pd.Index
    names: tuple[str, ...]
    asked: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


def _choose(which: Sequence[str] | None) -> list[Line]:
    known = {line["indicator"]: line for line in _lines("indicators")}
    wanted = list(known) if which is None else [which] if isinstance(which, str) else list(which)
    unknown = [code for code in wanted if code not in known]
    if unknown or not wanted:
        raise ValueError(f"no indicator {', '.join(map(repr, unknown)) or 'chosen'}; choose of {', '.join(known)}")
    return [known[code] for code in wanted]


def _lay_out(cells: pd.DataFrame, bounds: pd.DataFrame | None, lines: Sequence[Line]) -> _Grid:
    terms = [term for line in lines for side in ("numerator", "denominator") for _, term in _terms(line[side])]
    numbers, names = _number_names(cells)
    kept = [n for n, name in enumerate(names) if any(term.fullmatch(name) for term in terms)]
    column = np.full(len(names) + 1, -1)
    column[kept] = range(len(kept))
    row, reports = pd.factorize(cells["report_id"])
    here = column[numbers] >= 0
    at = row[here], column[numbers][here]
    asked = np.zeros((len(reports), len(kept)), bool)
    asked[at] = True
    if asked.sum() < here.sum():
        raise ValueError("a report has a cell twice; pass each report once, as the published table of cells has it")
    value = np.zeros(asked.shape)
    value[at] = cells["value"].to_numpy(float, na_value=np.nan)[here]
    unknown = np.isnan(value)
    low, high = np.where(unknown, 0.0, value), np.where(unknown, np.inf, value)
    grid = _Grid(pd.Index(reports), tuple(names[n] for n in kept), asked, value, low, high)
    if bounds is not None and len(bounds):
        _take_bounds(grid, bounds)
    return grid


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


def _take_bounds(grid: _Grid, bounds: pd.DataFrame) -> None:
    """Tighten the bounds of unknown cells, at least 0 so far, to what the identities leave."""
    numbers, names = _number_names(bounds)
    row, column = grid.reports.get_indexer(bounds["report_id"]), pd.Index(grid.names).get_indexer(names)[numbers]
    here = (row >= 0) & (column >= 0)
    here[here] = np.isnan(grid.value[row[here], column[here]])
    at = row[here], column[here]
    grid.low[at] = bounds["low"].fillna(0).to_numpy(float)[here]
    grid.high[at] = bounds["high"].fillna(np.inf).to_numpy(float)[here]


def _weigh(grid: _Grid, formula: str) -> tuple[Weights, np.ndarray]:
    """Number the cells of a formula, with their signs, and tell which reports are asked for all its terms."""
    weights: Weights = {}
    asked = np.ones(len(grid.reports), bool)
    for sign, term in _terms(formula):
        at = [n for n, name in enumerate(grid.names) if term.fullmatch(name)]
        asked &= grid.asked[:, at].any(axis=1)
        weights |= dict.fromkeys(at, sign)
    return weights, asked


def _add(grid: _Grid, weights: Weights) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sum weighted cells: the value, and the least and greatest it can be."""
    plus, minus = ([n for n, weight in weights.items() if weight == sign] for sign in (1, -1))
    ends = ((grid.value, grid.value), (grid.low, grid.high), (grid.high, grid.low))
    return tuple(more[:, plus].sum(axis=1) - less[:, minus].sum(axis=1) for more, less in ends)


def _evaluate(grid: _Grid, line: Line, level: float) -> dict[str, np.ndarray]:
    """Compute one indicator of all reports: the columns of `compute` but labels."""
    kind = line["kind"]
    above, asked = _weigh(grid, line["numerator"])
    below, asked_below = _weigh(grid, line["denominator"])
    number = np.where(asked, _add(grid, above)[0], np.nan)
    whole = np.where(asked_below & (kind != "count"), _add(grid, below)[0], np.nan)
    wrong = (number < 0) | (whole < 0) | ((number > whole) & (kind in INSIDE))
    cases = [~(asked & asked_below), wrong, whole == 0, np.isnan(grid.value[:, [*above, *below]]).any(axis=1)]
    texts = [NOT_ASKED, CONTRADICTION, NOTHING, _name_unknown(grid, sorted({*above, *below}))]
    reason = np.select(cases, [np.asarray(text, object) for text in texts], None)
    value, low, high = _divide(kind, np.where(wrong, np.nan, number), whole, level)
    unknown = cases[3] & ~np.any(cases[:3], axis=0)
    least, most = (np.where(unknown, end, value) for end in _range(grid, kind, above, below))
    return dict(zip([*NUMBERS, "reason"], (number, whole, value, low, high, least, most, reason), strict=True))


def _divide(kind: str, count: np.ndarray, total: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Divide, and give the interval that the kind has; all are missing where there is nothing to divide by."""
    missing = low = high = np.full(len(count), np.nan)
    if kind == "count":
        return count, missing, missing
    total = np.where(total > 0, total, np.nan)
    value = SCALE.get(kind, 1.0) * count / total
    if kind in INSIDE:
        low, high = wilson(count, total, level)
    elif kind in SCALE:
        low, high = (SCALE[kind] * end / total for end in garwood(count, level))
    return value, np.where(np.isnan(value), np.nan, low), np.where(np.isnan(value), np.nan, high)


def _range(grid: _Grid, kind: str, above: Weights, below: Weights) -> Ends:
    """Least and greatest value that unknown cells leave; a part of a whole is set against the rest of the whole."""
    (_, *count), (_, *total) = _add(grid, above), _add(grid, below)
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "count":
            ends = count
        elif kind not in INSIDE:
            ends = [SCALE.get(kind, 1.0) * part / whole for part, whole in zip(count, total[::-1], strict=True)]
        else:
            rest = [(total[0] - count[1]).clip(0), (total[1] - count[0]).clip(0)]
            if above.items() <= below.items():
                _, least, most = _add(grid, dict(below.items() - above.items()))
                rest = [np.maximum(rest[0], least), np.minimum(rest[1], most)]
            # so written, it is a number where either has no bound
            ends = [1 / (1 + other / part) for part, other in zip(count, rest[::-1], strict=True)]
            ends = [np.nan_to_num(end, nan=widest) for widest, end in enumerate(ends)]
    return ends[0].clip(0), np.where(np.isinf(ends[1]), np.nan, ends[1])


def _name_unknown(grid: _Grid, at: Sequence[int]) -> np.ndarray:
    """Say of each report which cells of a formula are unknown."""
    names = np.array(grid.names, object)[at]
    patterns, which = np.unique(np.isnan(grid.value[:, at]), axis=0, return_inverse=True)
    return np.array([f"unknown: {', '.join(names[pattern])}" for pattern in patterns], object)[which.reshape(-1)]
