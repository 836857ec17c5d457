"""The wide form of a dataset: one row a report, one column a cell.

In: the published tables. Out: one Arrow table. Next: `exports`.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


def make_wide(published: dict[str, pa.Table], statuses: bool = False) -> pa.Table:
    """Give each report one row: its facts, then the value, and if wanted the status, of each cell of the
    form.

    ``flag`` is the worst of the report's cells, ``flagged`` names those that the audit speaks against; with
    `statuses` each cell has its own. The columns are the same whatever the dataset. Rows and columns that the
    form does not know are left out.
    """
    cells, names = published["cells"], form_cells()
    places = _places(cells, published["reports"]["report_id"], names)
    columns = _spread(cells["value"], places, published["reports"].num_rows, names, "")
    if statuses:
        for name in ("status", "flag"):
            kinds = cells[name].cast(pa.string())
            columns |= _spread(kinds, places, published["reports"].num_rows, names, f"__{name}")
    facts = dict(zip(published["reports"].column_names, published["reports"].columns, strict=True))
    return pa.table(facts | _list_flagged(cells, facts["report_id"].to_pylist()) | columns)


def _list_flagged(cells: pa.Table, reports: list[str]) -> dict[str, list[str | None]]:
    """For each report, the worst flag of its cells, and the names of those that are not clean."""
    found: dict[str, list[tuple[int, str]]] = {}
    told = cells.filter(pc.not_equal(cells["flag"].cast(pa.string()), CLEAN))
    for row in told.select(["report_id", "table", "row", "column", "flag"]).to_pylist():
        name = "__".join((row["table"], row["row"], row["column"]))
        found.setdefault(row["report_id"], []).append((FLAGS.index(row["flag"]), name))
    read = set(cells["report_id"].unique().to_pylist())
    flags = [FLAGS[max(found.get(one, [(0, "")]))[0]] if one in read else None for one in reports]
    return {"flag": flags, "flagged": [" ".join(name for _, name in found.get(one, ())) for one in reports]}


def _places(cells: pa.Table, reports: pa.ChunkedArray, names: list[str]) -> np.ndarray:
    """For each cell its place in the table, counted column by column; -1 where it has none."""
    codes = pc.binary_join_element_wise(
        *(cells[name].cast(pa.string()) for name in ("table", "row", "column")), "__"
    )
    rows = pc.fill_null(pc.index_in(cells["report_id"], value_set=reports), -1).to_numpy()
    columns = pc.fill_null(pc.index_in(codes, value_set=pa.array(names)), -1).to_numpy()
    places = np.where((rows < 0) | (columns < 0), -1, columns.astype("int64") * len(reports) + rows)
    known, counts = np.unique(places[places >= 0], return_counts=True)
    if twice := known[counts > 1].tolist():
        report, name = reports[twice[0] % len(reports)], names[twice[0] // len(reports)]
        raise ValueError(
            f"cells: two rows for {name} of {report}; keep one row a cell, as govtables build does"
        )
    return places


def _spread(
    column: pa.ChunkedArray, places: np.ndarray, height: int, names: list[str], suffix: str
) -> dict[str, pa.ChunkedArray]:
    """Put the values of cells into columns."""
    at = np.full(height * len(names), -1)
    at[places[places >= 0]] = np.flatnonzero(places >= 0)
    return {
        f"{name}{suffix}": _take(column, at[n * height : (n + 1) * height]) for n, name in enumerate(names)
    }


def _take(column: pa.ChunkedArray, at: np.ndarray) -> pa.ChunkedArray:
    return column.take(pa.array(at, mask=at < 0))
