"""What the audit makes of each cell of a report, in one word.

In: published cells and checks. Out: a verdict a cell. Next: figures.
"""

from functools import cache

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
EQUATION = ["check", "table", "check_row", "check_column"]  # one identity on one row or column


def judge_cells(cells: pd.DataFrame, checks: pd.DataFrame) -> pd.Series:
    """For each cell, what the audit makes of it: its flag, and of a clean one the worst of its equations.

    ``unchecked`` no equation has it · ``holds``, ``undecided`` its equations · ``doubted``, ``located``,
    ``contradicted`` its flag, as the field is described.
    """
    key = [name for name in ("report_id", "table", "row", "column") if name in cells]
    said = pd.concat([cells.assign(verdict="unchecked"), _spread_checks(checks)])
    said = said[[*key, "verdict"]].astype(str)
    said["rank"] = said["verdict"].map({name: rank for rank, name in enumerate(VERDICT_LOOKS)})
    worst = said.groupby(key)["rank"].max().map(dict(enumerate(VERDICT_LOOKS)))
    verdict = cells[key].astype(str).join(worst, on=key)["rank"].rename("verdict")
    flags = cells["flag"].astype(str)
    return verdict.where(flags == CLEAN, flags)


def _spread_checks(checks: pd.DataFrame) -> pd.DataFrame:
    """A line for each identity and cell in it; cells that are not of the report's form fall out later."""
    lines = checks.rename(columns={"row": "check_row", "column": "check_column"})
    lines = lines.assign(**lines[EQUATION].astype(object).fillna(""))
    return lines.merge(_list_operands(), on=EQUATION)


@cache
def _list_operands() -> pd.DataFrame:
    """The cells of each identity of the form, a line each."""
    known = [part for generation in GENERATIONS for table in tables() for part in parts(generation, table)]
    told = [
        (one.name, one.table, one.row or "", one.column or "", *part.keys[at][1:])
        for part in known for one in part.equations for at, _ in one.terms
    ]
    return pd.DataFrame(told, columns=[*EQUATION, "row", "column"]).drop_duplicates()
