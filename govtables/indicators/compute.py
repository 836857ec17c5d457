"""Rates, shares and ratios of the published tables, with intervals and with what blanks and errors leave.

In: published frames (cells, bounds); indicators as declared in `definitions.csv`, or one's own.
Out: long frames, and the published table of them. Next: `pipeline`, `analysis`.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from govtables.dataset import SCHEMAS, Dataset, in_chinese
from govtables.declared import choose, declared, mistake, say
from govtables.forms import write_share
from govtables.indicators.evaluation import (
    SUSPECT, CellArray, Line, Sums, Weights, add_up, check_formula, lay_out, may_be_negative,
    name_unknown, read_definitions, stack, weigh,
)
from govtables.indicators.intervals import Ends, garwood, wilson
from govtables.language import tell
from govtables.records import FLAGS

KINDS = ("rate", "share", "per_100", "ratio", "count")
INSIDE = ("rate", "share")  # kinds whose numerator is a part of the denominator
SCALE = {"per_100": 100.0}
LEVEL = 0.95  # of the intervals that are published
NOT_ASKED = tell("indicators.not_asked")
NOTHING = tell("indicators.nothing")
USED = ["report_id", "table", "row", "column", "value", "flag", "flagged_by", "implied_low", "implied_high"]
TEXTS = ("flag", "flagged_by", "missing", "reason", "reason_zh")
NUMBERS = ["numerator", "denominator", "value", "low", "high", "value_low", "value_high"]
NUMBERS += ["denominator_low", "denominator_high"]
SIDES = ("numerator", "denominator")
PRINTED, LEFT_OUT, IMPLIED = FLAGGED = ("printed", "left out", "implied")  # what to do with suspect numbers


def definitions() -> pd.DataFrame:
    """Return what is declared of each indicator, one row each, by its code.

    `kind` is ``rate`` or ``share`` (a part of its whole, 0 to 1), ``per_100`` (events per 100), ``ratio`` or
    ``count``.

    >>> definitions().loc["refusal_rate", ["kind", "numerator", "denominator"]].tolist()
    ['rate', 'requests.denied.*.total', 'requests.concluded.total']
    """
    return pd.DataFrame(declared("indicators", "definitions")).set_index("indicator")


def parts(whole: str) -> dict[str, str]:
    """Return the indicators that sum to 1 over a whole, with words for a legend.

    A whole is ``outcomes``, ``denials`` or ``applicants``.

    >>> list(parts("outcomes").values())
    ['granted', 'granted in part', 'denied', 'cannot be provided', 'not processed', 'other']
    """
    known = definitions()["whole"]
    choose("whole", whole, list(filter(None, known.unique())))
    return definitions()["part"][known == whole].to_dict()


def compute(
    cells: pd.DataFrame | Dataset, bounds: pd.DataFrame | None = None,
    which: Sequence[str] | pd.DataFrame | None = None, level: float = LEVEL, flagged: str = PRINTED,
) -> pd.DataFrame:
    """Compute indicators of every report, one row a report and indicator.

    `cells` and `bounds` are published tables, with all cells of a report; of a dataset, instead of both, a
    part is read at a time. `which` names indicators, or is a
    frame like that of `definitions` with lines of one's own; its columns ``kind``, ``numerator`` and
    ``denominator`` are used. Columns of the result: ``report_id``, ``indicator``, ``numerator``,
    ``denominator``, ``value``; ``low``, ``high``, the interval at `level`: by Wilson (1927) for rates and
    shares, by Garwood (1936) for numbers per 100, none for ratios and counts; ``value_low``, ``value_high``:
    what unknown cells, and those that the audit contradicts, leave of the value (null: nothing bounds it;
    both are the value where it is known), ``denominator_low`` and ``denominator_high`` of the denominator;
    ``flag``, the worst flag of the cells (null: they have none), and
    ``flagged_by``, which cells it is of; ``missing``: why a value is missing, as a code, ``reason``, as a
    sentence, and ``reason_zh``, in Chinese.

    A number that the audit locates as wrong, or contradicts, counts as `flagged` says: ``printed``; ``left
    out``, as if it were unknown; or ``implied``, as the proposals leave it, if they leave one number.

    Nothing divided by nothing is missing, never 0. What blanks leave is safe, not always the tightest: the
    bounds of single cells are added up.
    """
    choose("flagged", flagged, FLAGGED)
    lines, pieces = _choose(which), [(cells, bounds)]
    if isinstance(cells, Dataset):
        pieces = (map(pa.Table.to_pandas, piece) for piece in cells.pieces(cells=USED, bounds=None))
    found = [_compute(*piece, lines, level, flagged) for piece in pieces]
    types = dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, "str")
    return pd.concat([frame.astype(types) for frame in found], ignore_index=True)


def _compute(
    cells: pd.DataFrame, bounds: pd.DataFrame | None, lines: Sequence[Line], level: float, flagged: str
) -> pd.DataFrame:
    array = lay_out(cells, bounds, [line[side] for line in lines for side in SIDES])
    if flagged != PRINTED:
        only = np.where((array.low == array.high) & (flagged == IMPLIED), array.low, np.nan)
        array.value[:] = np.where(array.flag >= SUSPECT, only, array.value)
    found = [_evaluate(array, line, level) for line in lines]
    return stack(array, "indicator", [line["indicator"] for line in lines], found)


def indicators_table(cells: pa.Table, bounds: pa.Table) -> pa.Table:
    """Compute the published table of all declared indicators."""
    schema, lines = SCHEMAS["indicators"], _choose(None)
    frame = _compute(cells.select(USED).to_pandas(), bounds.to_pandas(), lines, LEVEL, PRINTED)
    sides = ([line[side] for side in SIDES if line[side]] for line in lines)
    formulas = [write_share(*some) if some[1:] else some[0] for some in sides]
    frame["formula"] = np.array(formulas, object)[frame["indicator"].cat.codes]
    return pa.Table.from_pandas(frame[schema.names], schema, preserve_index=False).replace_schema_metadata()


def _choose(which: Sequence[str] | pd.DataFrame | None) -> list[Line]:
    if isinstance(which, pd.DataFrame):
        return _read_own(which)
    known = {line["indicator"]: line for line in declared("indicators", "definitions")}
    wanted = list(known) if which is None else [which] if isinstance(which, str) else list(which)
    unknown = [code for code in wanted if code not in known]
    if unknown or not wanted:
        code = "indicators.unknown_code" if unknown else "indicators.none_chosen"
        raise mistake(code, given=", ".join(map(repr, unknown)), known=", ".join(known))
    return [known[code] for code in wanted]


def _read_own(which: pd.DataFrame) -> list[Line]:
    lines = read_definitions(which, "indicator", ("kind", *SIDES))
    known = {line["indicator"]: line for line in declared("indicators", "definitions")}
    for line in lines:
        code, *own = line.values()
        _check_definition(where := say("indicators.where", code=code), *own)
        if not line.items() <= known.get(code, line).items():
            raise mistake("indicators.defined", where=where)
    return lines


def _check_definition(where: str, kind: str, numerator: str, denominator: str) -> None:
    choose("kind", kind, KINDS, where)
    if bool(denominator) == (kind == "count"):
        raise mistake(f"indicators.{'no' if denominator else 'needs'}_denominator", where=where, kind=kind)
    sides = [numerator] if kind == "count" else [numerator, denominator]
    if not frozenset.intersection(*(check_formula(where, side) for side in sides)):
        raise mistake("indicators.no_form", where=where)
    if signed := [side for side in sides if may_be_negative(side)]:
        raise mistake("indicators.signed", where=where, side=signed[0])


def kinds_of(codes: Sequence[str], which: pd.DataFrame | None) -> np.ndarray:
    """Kinds of indicators, declared or of one's own."""
    lines = [*declared("indicators", "definitions"), *(_read_own(which) if which is not None else ())]
    known = {line["indicator"]: line["kind"] for line in lines}
    if unknown := [code for code in codes if code not in known]:
        raise mistake("indicators.undefined", given=unknown[0])
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
    every = asked & asked_below
    cases = [~every, wrong, whole == 0, np.isnan(array.value[:, cells]).any(axis=1)]
    codes = ["not_asked", "negative" if kind == "count" else "beyond", "nothing", "unknown"]
    texts = [*(tell(f"indicators.{code}") for code in codes[:3]), name_unknown(array, cells)]
    objects = ([np.asarray(one, object) for one in some] for some in (codes, texts))
    missing, reason = (np.select(cases, some, None) for some in objects)
    value, low, high = divide(kind, np.where(wrong, np.nan, number), whole, level)
    suspect = array.flag[:, cells].max(axis=1, initial=-1) >= SUSPECT
    left = (cases[3] & ~np.any(cases[:3], axis=0)) | (suspect & every)
    least, most = (np.where(left, end, value) for end in _range(array, kind, above, below))
    none = np.isnan(least) | (kind == "count")
    ends = (np.where(none | np.isinf(end), np.nan, end) for end in add_up(array, below)[1:])
    numbers = number, whole, value, low, high, least, most, *ends
    flag, flagged_by = _name_flagged(array, cells)
    told = {"flag": np.where(every, flag, None), "flagged_by": np.where(every, flagged_by, None)}
    told |= {"missing": missing, "reason": reason, "reason_zh": np.array(in_chinese(reason), object)}
    return dict(zip(NUMBERS, numbers, strict=True)) | told


def _name_flagged(array: CellArray, at: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Say of each report the worst flag of some cells, and which of them are flagged, with the findings."""
    flags, said = array.flag[:, at], np.full(len(array.reports), None, object)
    for row in np.flatnonzero((flags > 0).any(axis=1)):
        cells = [n for n, flag in zip(at, flags[row], strict=True) if flag > 0]
        said[row] = "; ".join(f"{array.names[n]} ({array.flagged_by[row, n]})" for n in cells)
    return np.array([*FLAGS, None], object)[flags.max(axis=1, initial=-1)], said


def divide(kind: str, count: np.ndarray, total: np.ndarray, level: float) -> Sums:
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
