"""The wide form of a dataset: one row a report, one column a cell.

In: the published tables. Out: one Arrow table. Next: `exports`.
"""

import pandas as pd
import pyarrow as pa

from govtables.declared import mistake
from govtables.forms import GENERATIONS, form, tables
from govtables.records import CLEAN, FLAGS


def form_cells() -> list[str]:
    """Name every cell of the form, of all generations, as ``table__row__column``.

    >>> form_cells()[:2], len(form_cells())
    (['disclosure__regulation__issued', 'disclosure__regulation__repealed'], 226)
    """
    known = dict.fromkeys(
        (t, row.code, column.code) for g in reversed(GENERATIONS) for t, row, column in form(g).cells()
    )
    return ["__".join(cell) for table in tables() for cell in known if cell[0] == table]


def make_wide(reports: pa.Table, published: pa.Table, statuses: bool = False) -> pa.Table:
    """Give each report one row: its facts, then the value, and if wanted the status, of each cell of the
    form. All cells of the reports must be there.

    ``flag`` is the worst of the report's cells, ``flagged`` names those that the audit speaks against; with
    `statuses` each cell has its own. The columns are the same whatever the dataset. Rows and columns that the
    form does not know are left out.
    """
    cells = published.to_pandas()
    table, row, column = (cells[axis].astype(str) for axis in ("table", "row", "column"))
    cells["name"] = table + "__" + row + "__" + column
    columns = _list_flagged(cells, reports["report_id"].to_pylist())
    known = cells[cells["name"].isin(form_cells())]
    if len(twice := known[known.duplicated(["report_id", "name"])]):
        raise mistake("dataset.two_rows", cell=twice["name"].iloc[0], report=twice["report_id"].iloc[0])
    for what, end in (("value", ""), ("status", "__status"), ("flag", "__flag"))[: 3 if statuses else 1]:
        spread = known.astype({"report_id": object}).pivot(index="report_id", columns="name", values=what)
        spread = spread.reindex(index=reports["report_id"].to_pylist(), columns=form_cells())
        kind = pa.float64() if what == "value" else pa.string()
        columns |= {f"{name}{end}": pa.array(spread[name], kind, from_pandas=True) for name in spread}
    return pa.table(dict(zip(reports.column_names, reports.columns, strict=True)) | columns)


def _list_flagged(cells: pd.DataFrame, reports: list[str]) -> dict[str, pa.Array]:
    """For each report, the worst flag of its cells, and the names of those that are not clean."""
    rank = cells["flag"].astype(object).map(FLAGS.index).groupby(cells["report_id"].astype(object)).max()
    told = cells[cells["flag"] != CLEAN].groupby("report_id")["name"].agg(" ".join)
    flags = rank.map(dict(enumerate(FLAGS))).reindex(reports)
    names = told.reindex(reports).fillna("")
    return {"flag": pa.array(flags, pa.string(), from_pandas=True), "flagged": pa.array(names, pa.string())}
