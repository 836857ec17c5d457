"""What the audit makes of each cell of a report, in one word.

In: published cells, checks, proposals and findings. Out: a verdict a cell. Next: figures.
"""

from functools import cache

import pandas as pd

from govtables.forms import GENERATIONS, parts, tables

# From the best to the worst: the darker the worse, a thick edge where a change is proposed; also told in grey
VERDICT_LOOKS = {
    "unchecked": {"facecolor": "#FFFFFF", "edgecolor": "#AAAAAA"},
    "holds": {"facecolor": "#DDDDDD", "edgecolor": "white"},
    "undecided": {"facecolor": "#56B4E9", "edgecolor": "white"},
    "fails": {"facecolor": "#D55E00", "edgecolor": "white"},
    "candidate": {"facecolor": "#D55E00", "edgecolor": "black", "linewidth": 1.5},
    "located": {"facecolor": "#000000", "edgecolor": "black"},
}
EQUATION = ["check", "table", "check_row", "check_column"]  # one identity on one row or column


def judge_cells(
    cells: pd.DataFrame, checks: pd.DataFrame, proposals: pd.DataFrame, findings: pd.DataFrame
) -> pd.Series:
    """For each cell, what the audit makes of it: the worst that applies.

    ``unchecked`` no equation has it · ``holds``, ``undecided``, ``fails`` its equations or its own number ·
    ``candidate`` a smallest set of cells whose change satisfies all equations · ``located`` the only one.
    """
    key = [name for name in ("report_id", "table", "row", "column") if name in cells]
    smallest = proposals[proposals["kind"] == "smallest_set"]
    named = smallest.assign(verdict=["located" if unique else "candidate" for unique in smallest["unique"]])
    said = cells.assign(verdict="unchecked"), _spread_checks(checks), _spread_findings(findings), named
    said = pd.concat(said)[[*key, "verdict"]].astype(str)
    said["rank"] = said["verdict"].map(list(VERDICT_LOOKS).index)
    worst = said.groupby(key)["rank"].max().map(dict(enumerate(VERDICT_LOOKS)))
    return cells[key].astype(str).join(worst, on=key)["rank"].rename("verdict")


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


def _spread_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """A line for each cell whose number is none that a count can be."""
    lines = findings[findings["kind"].isin(["non_negative", "whole_number"])].explode("cells")
    row, column = ([code.split(".", 1)[1].rpartition(".")[at] for code in lines["cells"]] for at in (0, 2))
    return lines.assign(row=row, column=column, verdict="fails")
