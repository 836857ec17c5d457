"""The wide form of a dataset: one row a report, one column a cell.

In: the published tables. Out: one Arrow table; a frame of one column of cells. Next: `exports`, `panels`.
"""

import pandas as pd
import pyarrow as pa

from govtables.forms import GENERATIONS, form, tables
from govtables.records import EXTRA

CELL = ["table", "row", "column"]
TYPES = {"value": pa.float64(), "status": pa.string()}


def form_cells() -> list[str]:
    """Name every cell of the form, of all generations, as ``table__row__column``.

    >>> form_cells()[:2], len(form_cells())
    (['disclosure__regulation__issued', 'disclosure__regulation__repealed'], 226)
    """
    known = [cell for generation in reversed(GENERATIONS) for cell in form(generation).cells()]
    codes = dict.fromkeys((table, row.code, column.code) for table, row, column in known)
    return ["__".join(cell) for table in tables() for cell in codes if cell[0] == table]


def make_wide(published: dict[str, pa.Table], statuses: bool = False) -> pa.Table:
    """Give each report one row: its facts, the value and if wanted the status of each cell of the form.

    The columns are the same whatever the dataset. Rows and columns that the form does not know are left out.
    """
    reports, names = published["reports"], form_cells()
    cells = published["cells"].select(["report_id", *CELL, *TYPES]).to_pandas()
    columns = dict(zip(reports.column_names, reports.columns, strict=True))
    for what, suffix in (("value", ""), ("status", "__status"))[: 1 + statuses]:
        wide = spread_cells(cells, what)
        wide.columns = wide.columns.map("__".join)
        wide = wide.reindex(index=reports["report_id"].to_pandas(), columns=names)
        columns |= {name + suffix: pa.array(wide[name], TYPES[what], from_pandas=True) for name in names}
    return pa.table(columns)


def spread_cells(cells: pd.DataFrame, what: str) -> pd.DataFrame:
    """Lay one column of the form's own cells out: a row a report, a column a cell."""
    local = cells["row"].str.startswith(EXTRA) | cells["column"].str.startswith(EXTRA)
    own = cells[~local]
    for report, *codes in own[own.duplicated(["report_id", *CELL])][["report_id", *CELL]].to_numpy():
        remedy = "keep one row a cell, as govtables build does"
        raise ValueError(f"cells: two rows for {'__'.join(codes)} of {report}; {remedy}")
    return own.pivot(index="report_id", columns=CELL, values=what)
