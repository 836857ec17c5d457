"""What the audit makes of each cell of a report, in one word.

In: published cells and checks. Out: a verdict a cell. Next: figures.
"""

from functools import cache

import numpy as np
import pandas as pd

from govtables.forms import GENERATIONS, parts, tables
from govtables.records import CLEAN

# From the best to the worst; told in grey by the edge, too
VERDICT_LOOKS = {
    "unchecked": {"facecolor": "#FFFFFF", "edgecolor": "#AAAAAA"},
    "holds": {"facecolor": "#DDDDDD", "edgecolor": "white"},
    "undecided": {"facecolor": "#56B4E9", "edgecolor": "white"},
    "doubted": {"facecolor": "#AA4499", "edgecolor": "white"},
    "contradicted": {"facecolor": "#D55E00", "edgecolor": "black", "linewidth": 1.5},
    "located": {"facecolor": "#000000", "edgecolor": "black"},
}
RANKS = {name: rank for rank, name in enumerate(VERDICT_LOOKS)}
EQUATION = ["check", "table", "check_row", "check_column"]  # one identity on one row or column
CELL = ["table", "row", "column"]


def judge_cells(cells: pd.DataFrame, checks: pd.DataFrame) -> pd.Series:
    """For each cell, what the audit makes of it: its flag, and of a clean one the worst of its equations.

    ``unchecked`` no equation has it · ``holds``, ``undecided`` its equations · ``doubted``, ``located``,
    ``contradicted`` its flag, as the field is described.
    """
    ids = [some.get("report_id", pd.Series(0, some.index)) for some in (cells, checks)]
    report, reports = pd.factorize(ids[0])
    at = pd.Index(reports).get_indexer(ids[1])
    cell, keys = _number(cells, CELL)
    lines = checks.rename(columns={"row": "check_row", "column": "check_column"})
    equation, equations = _number(lines, EQUATION)
    ranks = np.zeros((len(reports), len(equations)), "i1")
    rank = lines["verdict"].astype(str).map(RANKS).fillna(0).to_numpy("i1")
    np.maximum.at(ranks, (at[at >= 0], equation[at >= 0]), rank[at >= 0])
    slots, worst = np.zeros(len(keys), int), [np.zeros(len(reports), "i1")]
    within = equations.merge(_list_operands(), on=EQUATION).merge(keys, on=CELL, suffixes=("", "_cell"))
    for n, some in within.groupby("n_cell")["n"]:
        slots[n] = len(worst)
        worst.append(ranks[:, some].max(axis=1))
    said = np.array([*VERDICT_LOOKS], object)[np.stack(worst)[slots[cell], report]]
    flags = cells["flag"].astype(str)
    return pd.Series(said, cells.index, "str", "verdict").where(flags == CLEAN, flags)


def _number(frame: pd.DataFrame, columns: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Number the rows by what stands in some columns; also return what that is, a line a number `n`."""
    numbers = frame.groupby(columns, sort=False, observed=True, dropna=False).ngroup().to_numpy()
    _, first = np.unique(numbers, return_index=True)
    return numbers, frame[columns].iloc[first].astype(object).fillna("").assign(n=range(len(first)))


@cache
def _list_operands() -> pd.DataFrame:
    """The cells of each identity of the form, a line each."""
    known = [part for generation in GENERATIONS for table in tables() for part in parts(generation, table)]
    told = [
        (one.name, one.table, one.row or "", one.column or "", *part.keys[at][1:])
        for part in known for one in part.equations for at, _ in one.terms
    ]
    return pd.DataFrame(told, columns=[*EQUATION, "row", "column"]).drop_duplicates()
