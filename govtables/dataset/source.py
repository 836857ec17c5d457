"""Where a number stands in print.

In: a published dataset, a report and the codes of a cell. Out: a `Source`: the printed line, the cell marked.
Next: notebooks, `cli`.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from govtables.dataset.dictionary import codebook
from govtables.dataset.store import Dataset, load
from govtables.language import is_label


@dataclass(frozen=True, slots=True)
class Source:
    """A cell and the printed line it was read from."""

    cell: pd.Series
    cells: tuple[str, ...]
    marked: int
    label: str

    def __str__(self) -> str:
        """The line as printed, the cell in brackets."""
        shown = (
            " | ".join(f"【{text}】" if n == self.marked else text for n, text in enumerate(self.cells))
            or "–"
        )
        place = self.cell["place"] if pd.notna(self.cell["place"]) else "not printed"
        where = f"{self.cell['report_id']}, {place}"
        said = " ".join(
            f"{name}={self.cell[name]}" for name in ("status", "value", "reason") if pd.notna(self.cell[name])
        )
        return f"{where}: {self.label}\n    {shown}\n    {said}"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self)).replace('【', '<mark>').replace('】', '</mark>')}</pre>"


def source(data: Dataset | str | Path, report_id: str, table: str, row: str, column: str) -> Source:
    """Show the printed line that holds a cell of a published dataset, the cell marked."""
    data = data if isinstance(data, Dataset) else load(data)
    known = data.reports["report_id"]
    if report_id not in set(known):
        raise ValueError(
            f"no report {report_id!r} in {data.folder}; the first ones are {', '.join(known[:5])}"
        )
    return find_source(data.cells, data.lines, report_id, table, row, column)


def find_source(
    cells: pd.DataFrame, lines: pd.DataFrame, report_id: str, table: str, row: str, column: str
) -> Source:
    """Find a cell of a report by its codes, and the line of print that it was read from."""
    cells = cells[cells["report_id"] == report_id]
    if cells.empty:
        raise ValueError(f"{report_id} has no tables; the column error of reports says why")
    for name, code in (("table", table), ("row", row), ("column", column)):
        choices = cells[name].astype(str).unique()
        cells = cells[cells[name] == code]
        if cells.empty:
            raise ValueError(f"no {name} {code!r} in {report_id}; choose one of {', '.join(choices)}")
    cell = cells.iloc[0]
    printed, marked = _printed_line(lines[lines["report_id"] == report_id], cell["place"])
    book = codebook().set_index(["axis", "table", "code"])["en"]
    names = [book.get(("row", table, row), row), book.get(("column", table, column), column)]
    return Source(cell, printed, marked, " · ".join(names))


def _printed_line(lines: pd.DataFrame, place: str | None) -> tuple[tuple[str, ...], int]:
    """The cells of a printed line and which of them is meant; a line of one cell is shown with those before
    it.
    """
    if not isinstance(place, str):
        return (), -1
    line, _, number = place.rpartition(":C") if ":C" in place else (place, "", "1")
    at = lines.index[lines["line"] == line]
    if at.empty:
        return (), -1
    found = lines.loc[at[0]]
    if len(found["cells"]) > 1 or "label" == line:
        return tuple(found["cells"]), int(number) - int(found["first_cell"])
    before = lines.loc[: at[0]].tail(12)["cells"].map(lambda cells: cells[0])
    start = max((n for n, text in enumerate(before) if is_label(text)), default=0)
    shown = tuple(before.iloc[start:])
    return shown, len(shown) - 1
