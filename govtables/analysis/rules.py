"""Checks of one's own: comparisons between sums of cells that the form does not print, each a line of data.

In: published frames (cells, bounds), a frame of rules. Out: a verdict a report and rule. Next: notebooks.
"""

import numpy as np
import pandas as pd

from govtables.indicators import (
    NOT_ASKED, CellArray, Line, Weights, add_up, check_formula, lay_out, name_unknown, read_definitions,
    stack, weigh,
)
from govtables.declared import choose, mistake, say
from govtables.language import write_number
from govtables.records import FAILS, HOLDS, NEAR, UNDECIDED

RELATIONS = ("<=", "=", ">=")
SIDES = ("left", "right")
COLUMNS = ("left", "relation", "right", "en")
NUMBERS = ("left", "right", "left_low", "left_high", "right_low", "right_high")
UNASKED = "not asked"


def check(cells: pd.DataFrame, bounds: pd.DataFrame | None, rules: pd.DataFrame) -> pd.DataFrame:
    """Hold every report against rules, one row a report and rule.

    A rule has the columns ``rule`` (its code), ``left``, ``relation`` (``<=``, ``=``, ``>=``), ``right`` and
    ``en`` (what it says). Its sides are formulas as in `indicators.definitions`, the right one may be a
    number. Columns of the result: ``report_id``, ``rule``; ``left``, ``right``, missing where a cell is
    unknown; ``left_low`` to ``right_high``, the least and the greatest that a side can be (null: nothing
    bounds it); ``verdict``, ``message``.

    A rule ``holds`` or ``fails`` if it does whatever the unknown cells are, else it is ``undecided``; it is
    ``not asked`` of a report whose form lacks a term. What blanks leave is safe, not always the tightest.

    >>> rule = ["few", "requests.granted.total", "<=", "requests.concluded.total", "Few are granted"]
    >>> rules = pd.DataFrame([rule], columns=["rule", *COLUMNS])
    >>> codes = {"report_id": "a", "table": "requests", "row": ["granted", "concluded"], "column": "total"}
    >>> check(pd.DataFrame(codes).assign(value=[5, 3]), None, rules)["message"].item()
    'Few are granted: 5 <= 3 fails'
    """
    lines = read_definitions(rules, "rule", COLUMNS)
    for line in lines:
        _check_line(f"rule {line['rule']!r}", line)
    sides = [line[side] for line in lines for side in SIDES]
    array = lay_out(cells, bounds, [side for side in sides if _read_number(side) is None])
    frame = stack(array, "rule", [line["rule"] for line in lines], [_judge(array, line) for line in lines])
    return frame.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(("rule", "verdict", "message"), "str"))


def _check_line(where: str, line: Line) -> None:
    choose("relation", line["relation"], RELATIONS, where)
    formulas = [line["left"]] if _read_number(line["right"]) is not None else [line["left"], line["right"]]
    if not frozenset.intersection(*(check_formula(where, formula) for formula in formulas)):
        raise mistake("analysis.no_form", where=where)
    if not line["en"]:
        raise mistake("analysis.rule_empty", where=where)


def _read_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _judge(array: CellArray, line: Line) -> dict[str, np.ndarray]:
    """Hold all reports against one rule: the columns of `check` but labels."""
    (left, above, asked), (right, below, asked_right) = (_read_side(array, line[side]) for side in SIDES)
    asked &= asked_right
    pairs = ((add_up(array, left), above), (add_up(array, right), below))
    sums = [tuple(np.where(asked, end + number, np.nan) for end in ends) for ends, number in pairs]
    # what stands on both sides falls out of the difference, so it need not be known
    _, low, high = add_up(array, {at: left.get(at, 0) - right.get(at, 0) for at in left | right})
    holds, fails = _decide(line["relation"], low + above - below, high + above - below)
    words = [np.asarray(word, object) for word in (UNASKED, HOLDS, FAILS)]
    verdict = np.select([~asked, holds, fails], words, UNDECIDED)
    texts = ([_write(*one) for one in zip(*side, strict=True)] for side in sums)
    told = zip(*texts, verdict, name_unknown(array, sorted(left | right)), strict=True)
    rule = f"{line['en']}: {{}} {line['relation']} {{}} {{}}{{}}"
    said = [rule.format(a, b, word, cells and f"; {cells}") for a, b, word, cells in told]
    bounds = [np.where(np.isinf(end), np.nan, end) for side in sums for end in side[1:]]
    numbers = zip(NUMBERS, (sums[0][0], sums[1][0], *bounds), strict=True)
    return dict(numbers) | {"verdict": verdict, "message": np.where(asked, np.array(said, object), NOT_ASKED)}


def _read_side(array: CellArray, text: str) -> tuple[Weights, float, np.ndarray]:
    """Weigh the cells of one side, which may be a number instead."""
    number = _read_number(text)
    if number is not None:
        return {}, number, np.ones(len(array.reports), bool)
    weights, asked = weigh(array, text)
    return weights, 0.0, asked


def _decide(relation: str, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tell from the least and the greatest of left less right where a rule holds and where it fails."""
    at_most, at_least = relation != ">=", relation != "<="
    holds = ((not at_most) | (high <= NEAR)) & ((not at_least) | (low >= -NEAR))
    return holds, (at_most & (low > NEAR)) | (at_least & (high < -NEAR))


def _write(value: float, low: float, high: float) -> str:
    """Write one side of a rule for a report: its number, or what is left for it."""
    if not np.isnan(value):
        return write_number(value)
    ends = {(True, True): "any", (True, False): "most", (False, True): "least"}
    left = ends.get((bool(np.isinf(low)), bool(np.isinf(high))), "between")
    return say(f"analysis.left_{left}", low=write_number(low), high=write_number(high))
