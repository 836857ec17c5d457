"""The wide form of a dataset: one row a report, one column a cell.

In: the published tables. Out: one Arrow table. Next: `exports`.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from govtables.forms import GENERATIONS, form, tables


def form_cells() -> list[str]:
    """Name every cell of the form, of all generations, as ``table__row__column``.

    >>> form_cells()[:2], len(form_cells())
    (['disclosure__regulation__issued', 'disclosure__regulation__repealed'], 226)
    """
    known = dict.fromkeys(
        (t, row.code, column.code) for g in reversed(GENERATIONS) for t, row, column in form(g).cells()
    )
    return ["__".join(cell) for table in tables() for cell in known if cell[0] == table]


def make_wide(published: dict[str, pa.Table], statuses: bool = False) -> pa.Table:
    """Give each report one row: its facts, then the value, and if wanted the status, of each cell of the
    form.

    The columns are the same whatever the dataset. Rows and columns that the form does not know are left out.
    """
    cells, names = published["cells"], form_cells()
    places = _places(cells, published["reports"]["report_id"], names)
    columns = _spread(cells["value"], places, published["reports"].num_rows, names, "")
    if statuses:
        status = cells["status"].cast(pa.string())
        columns |= _spread(status, places, published["reports"].num_rows, names, "__status")
    facts = dict(zip(published["reports"].column_names, published["reports"].columns, strict=True))
    return pa.table(facts | columns)


def _places(cells: pa.Table, reports: pa.ChunkedArray, names: list[str]) -> np.ndarray:
    """For each cell its place in the table, counted column by column; -1 where it has none."""
    parts = (cells[name].cast(pa.string()) for name in ("table", "row", "column"))
    codes = pc.binary_join_element_wise(*parts, "__")
    rows = pc.fill_null(pc.index_in(cells["report_id"], value_set=reports), -1).to_numpy()
    columns = pc.fill_null(pc.index_in(codes, value_set=pa.array(names)), -1).to_numpy()
    places = np.where((rows < 0) | (columns < 0), -1, columns.astype("int64") * len(reports) + rows)
    known, counts = np.unique(places[places >= 0], return_counts=True)
    if twice := known[counts > 1].tolist():
        cell = f"{names[twice[0] // len(reports)]} of {reports[twice[0] % len(reports)]}"
        raise ValueError(f"cells: two rows for {cell}; keep one row a cell, as govtables build does")
    return places


def _spread(
    column: pa.ChunkedArray, places: np.ndarray, height: int, names: list[str], suffix: str
) -> dict[str, pa.ChunkedArray]:
    """Put the values of cells into columns."""
    at = np.full(height * len(names), -1)
    at[places[places >= 0]] = np.flatnonzero(places >= 0)
    wanted = zip(names, at.reshape(len(names), height), strict=True)
    return {f"{name}{suffix}": column.take(pa.array(own, mask=own < 0)) for name, own in wanted}
