"""Rates, shares and ratios of the published tables, with intervals and with what blanks leave of them.

In: published frames (cells, bounds); indicators, declared or one's own. Out: long frames. Next: `figures`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from govtables.analysis.evaluation import (
    NOT_ASKED, CellArray, Line, Sums, Weights, add_up, check_formula, lay_out, may_be_negative,
    name_unknown, read_definitions, stack, weigh,
)
from govtables.analysis.intervals import Ends, garwood, normal_quantile, wilson
from govtables.declared import choose, declared

KINDS = ("rate", "share", "per_100", "ratio", "count")
INSIDE = ("rate", "share")  # kinds whose numerator is a part of the denominator
SCALE = {"per_100": 100.0}
NOTHING = "nothing to divide by"
CONTRADICTION = "the part is not within the whole"
NEGATIVE = "the sum is below 0"
NUMBERS = ["numerator", "denominator", "value", "low", "high", "value_low", "value_high"]
SIDES = ("numerator", "denominator")


def definitions() -> pd.DataFrame:
    """Return what is declared of each indicator, one row each, by its code.

    `kind` is ``rate`` or ``share`` (a part of its whole), ``per_100`` (events per 100), ``ratio``, ``count``.

    >>> definitions().loc["refusal_rate", ["kind", "numerator", "denominator"]].tolist()
    ['rate', 'requests.denied.*.total', 'requests.concluded.total']
    """
    return pd.DataFrame(declared("analysis", "indicators")).set_index("indicator")


def parts(whole: str) -> dict[str, str]:
    """Return the indicators that sum to 1 over a whole, with words for a legend.

    A whole is ``outcomes``, ``denials`` or ``applicants``.

    >>> list(parts("outcomes").values())
    ['granted', 'granted in part', 'denied', 'cannot be provided', 'not processed', 'other']
    """
    known = definitions()
    choose("whole", whole, list(filter(None, known["whole"].unique())))
    return known["part"][known["whole"] == whole].to_dict()


def compute(
    cells: pd.DataFrame, bounds: pd.DataFrame | None = None,
    which: Sequence[str] | pd.DataFrame | None = None, level: float = 0.95,
) -> pd.DataFrame:
    """Compute indicators of every report, one row a report and indicator.

    `cells` and `bounds` are published tables, with all cells of a report. `which` names indicators, or is a
    frame like that of `definitions` with lines of one's own; its columns ``kind``, ``numerator`` and
    ``denominator`` are used. Columns of the result: ``report_id``, ``indicator``, ``numerator``,
    ``denominator``, ``value``; ``low``, ``high``, the interval at `level`: by Wilson (1927) for rates and
    shares, by Garwood (1936) for numbers per 100, none for ratios and counts; ``value_low``, ``value_high``:
    what unknown cells leave of the value (null: nothing bounds it; both are the value where it is known);
    ``reason``: why a value is missing.

    Nothing divided by nothing is missing, never 0. What blanks leave is safe, not always the tightest: the
    bounds of single cells are added up.
    """
    lines = _choose(which)
    array = lay_out(cells, bounds, [line[side] for line in lines for side in SIDES])
    found = [_evaluate(array, line, level) for line in lines]
    frame = stack(array, "indicator", [line["indicator"] for line in lines], found)
    return frame.astype(dict.fromkeys(NUMBERS, float) | {"reason": "str"})


def pool(
    values: pd.DataFrame, by: Sequence[str] = (), level: float = 0.95, which: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Pool indicators over groups of reports: sum of numerators over sum of denominators, with an interval.

    `values` is what `compute` returns, with the columns named in `by` joined to it. ``reports`` counts the
    reports with a value, ``missing`` those without. Leave out reports that add up others of the group (a
    county's, with its bureaus), or requests count twice. The interval takes reports to share one rate; they
    seldom do. Values of one's own indicators need the frame `which` that `compute` had.
    """
    known = values["value"].notna()
    sums = values[["numerator", "denominator"]].where(known).assign(reports=known, missing=~known)
    groups = [values[name] for name in (*by, "indicator")]
    sums = sums.groupby(groups, observed=True, sort=False).sum(min_count=1).reset_index()
    kinds = _kinds(sums["indicator"].astype(str).tolist(), which)
    sums = sums.assign(value=np.nan, low=np.nan, high=np.nan)
    for kind in set(kinds):
        here = kinds == kind
        numbers = _divide(kind, *sums.loc[here, ["numerator", "denominator"]].to_numpy(float).T, level)
        sums.loc[here, ["value", "low", "high"]] = np.column_stack(numbers)
    return sums[[*by, "indicator", *NUMBERS[:5], "reports", "missing"]]


def funnel(
    values: pd.DataFrame, levels: Sequence[float] = (0.95, 0.998), which: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return control limits around the pooled value of one rate or share, for all sizes of denominators.

    Columns: ``level``, ``denominator``, ``value`` (pooled), ``low``, ``high``. A report stands outside
    exactly when its Wilson interval at that level leaves out the pooled rate: score limits, for a funnel plot
    after Spiegelhalter (2005). Where many stand outside, reports differ by more than chance, and the funnel
    names no outliers. `which` is as for `pool`.
    """
    pooled = pool(values, which=which)
    pooled = pooled[pooled["reports"] > 0]
    names = list(pooled["indicator"].astype(str))
    if len(names) != 1 or _kinds(names, which)[0] not in INSIDE:
        given = ", ".join(names) or "missing values"
        raise ValueError(f"a funnel shows one rate or share, not {given}; keep rows of one indicator")
    rate = pooled["value"].iloc[0]
    sizes = np.geomspace(1, max(values["denominator"][values["value"].notna()].max(), 2), 200)
    spread = np.sqrt(rate * (1 - rate) / sizes)
    reach = np.concatenate([normal_quantile(level) * spread for level in levels])
    at = {"level": np.repeat(levels, len(sizes)), "denominator": np.tile(sizes, len(levels))}
    limits = {"value": rate, "low": (rate - reach).clip(0), "high": (rate + reach).clip(max=1)}
    return pd.DataFrame(at | limits)


def _choose(which: Sequence[str] | pd.DataFrame | None) -> list[Line]:
    if isinstance(which, pd.DataFrame):
        return _read_own(which)
    known = _declared()
    wanted = list(known) if which is None else [which] if isinstance(which, str) else list(which)
    if (unknown := [code for code in wanted if code not in known]) or not wanted:
        given = ", ".join(map(repr, unknown)) or "chosen"
        raise ValueError(f"no indicator {given}; choose of {', '.join(known)}")
    return [known[code] for code in wanted]


def _declared() -> dict[str, Line]:
    return {line["indicator"]: line for line in declared("analysis", "indicators")}


def _read_own(which: pd.DataFrame) -> list[Line]:
    lines = read_definitions(which, "indicator", ("kind", *SIDES))
    for line in lines:
        code, *own = line.values()
        _check_definition(f"indicator {code!r}", *own)
        if not line.items() <= _declared().get(code, line).items():
            raise ValueError(f"indicator {code!r}: the package defines it otherwise; choose another code")
    return lines


def _check_definition(where: str, kind: str, numerator: str, denominator: str) -> None:
    choose("kind", kind, KINDS, where)
    if bool(denominator) == (kind == "count"):
        said = "has no" if denominator else "needs a"
        raise ValueError(f"{where}: a {kind} {said} denominator; change one or the other")
    sides = [numerator] if kind == "count" else [numerator, denominator]
    if not frozenset.intersection(*(check_formula(where, side) for side in sides)):
        raise ValueError(f"{where}: no form asks for both numerator and denominator; use cells of one form")
    if signed := [side for side in sides if may_be_negative(side)]:
        raise ValueError(f"{where}: {signed[0]} may be negative; take columns that count")


def _kinds(codes: Sequence[str], which: pd.DataFrame | None) -> np.ndarray:
    """Kinds of indicators, declared or of one's own."""
    lines = [*_declared().values(), *(_read_own(which) if which is not None else ())]
    known = {line["indicator"]: line["kind"] for line in lines}
    if unknown := [code for code in codes if code not in known]:
        raise ValueError(f"no indicator {unknown[0]!r}; pass as which the frame that defines it")
    return np.array([known[code] for code in codes], object)


def _evaluate(array: CellArray, line: Line, level: float) -> dict[str, np.ndarray]:
    """Compute one indicator of all reports: the columns of `compute` but labels."""
    kind = line["kind"]
    above, asked = weigh(array, line["numerator"])
    below, asked_below = weigh(array, line["denominator"])
    number = np.where(asked, add_up(array, above)[0], np.nan)
    whole = np.where(asked_below & (kind != "count"), add_up(array, below)[0], np.nan)
    wrong = (number < 0) | (whole < 0) | ((number > whole) & (kind in INSIDE))
    cells = sorted({*above, *below})
    cases = [~(asked & asked_below), wrong, whole == 0, np.isnan(array.value[:, cells]).any(axis=1)]
    contradiction = NEGATIVE if kind == "count" else CONTRADICTION
    texts = [NOT_ASKED, contradiction, NOTHING, name_unknown(array, cells)]
    reason = np.select(cases, [np.asarray(text, object) for text in texts], None)
    value, low, high = _divide(kind, np.where(wrong, np.nan, number), whole, level)
    unknown = cases[3] & ~np.any(cases[:3], axis=0)
    least, most = (np.where(unknown, end, value) for end in _range(array, kind, above, below))
    numbers = number, whole, value, low, high, least, most
    return dict(zip(NUMBERS, numbers, strict=True)) | {"reason": reason}


def _divide(kind: str, count: np.ndarray, total: np.ndarray, level: float) -> Sums:
    """Divide, and give the interval that the kind has; all are missing where nothing is to divide by."""
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


def _range(array: CellArray, kind: str, above: Weights, below: Weights) -> Ends:
    """Least and greatest value that unknown cells leave; a part is set against the rest of its whole."""
    (_, *count), (_, *total) = add_up(array, above), add_up(array, below)
    if kind != "count":  # a difference that is negative contradicts itself
        count, total = ([end.clip(0) for end in ends] for ends in (count, total))
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "count":
            ends = count
        elif kind not in INSIDE:
            scale = SCALE.get(kind, 1.0)
            ends = [scale * part / whole for part, whole in zip(count, total[::-1], strict=True)]
        else:
            rest = [(total[0] - count[1]).clip(0), (total[1] - count[0]).clip(0)]
            if above.items() <= below.items():
                _, least, most = add_up(array, dict(below.items() - above.items()))
                rest = [np.maximum(rest[0], least), np.minimum(rest[1], most)]
            # so written, it is a number where either has no bound
            ends = [1 / (1 + other / part) for part, other in zip(count, rest[::-1], strict=True)]
            ends = [np.nan_to_num(end, nan=widest) for widest, end in enumerate(ends)]
    return ends[0].clip(0), np.where(np.isinf(ends[1]), np.nan, ends[1])
