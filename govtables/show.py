"""How results show themselves, and where a number stands.

In: a path, or a published dataset. Out: objects that print and render well. Next: notebooks, `cli`.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from govtables.dataset import Dataset, codebook, load, to_tables
from govtables.forms import tables
from govtables.rows import is_label
from govtables.run import Result, read_bytes

STYLE = {
    "blank": "background:#eee",
    "not_applicable": "background:#e8e0f0",
    "unreadable": "background:#f6c7b6",
    "absent": "background:repeating-linear-gradient(45deg,#eee 0 4px,#fff 4px 8px)",
    "inferred": "background:#cfe5f5",
    "decided": "background:#fff0b3",
}
SIGN = {"blank": "·", "unreadable": "?", "absent": "", "not_applicable": "/"}


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read and audited: its facts, and the rows of each published table as data frames."""

    facts: pd.Series
    cells: pd.DataFrame
    sections: pd.DataFrame
    checks: pd.DataFrame
    bounds: pd.DataFrame
    proposals: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame
    lines: pd.DataFrame

    def table(self, name: str) -> pd.DataFrame:
        """Lay one table out as the form prints it: rows by columns, values only."""
        if name not in tables():
            raise ValueError(f"no table {name!r}; choose one of {', '.join(tables())}")
        return _spread(self.cells[self.cells["table"] == name], "value").convert_dtypes()

    def source(self, table: str, row: str, column: str) -> "Source":
        """Show where a cell stands in print."""
        return _find_source(self.cells, self.lines, self.facts["report_id"], table, row, column)

    def _repr_html_(self) -> str:
        return report_to_html(self)


@dataclass(frozen=True, slots=True)
class Source:
    """A cell and the printed line it was read from."""

    cell: pd.Series
    cells: tuple[str, ...]
    marked: int
    label: str

    def __str__(self) -> str:
        """The line as printed, the cell in brackets."""
        shown = " | ".join(f"【{text}】" if n == self.marked else text for n, text in enumerate(self.cells)) or "–"
        where = f"{self.cell['report_id']}, {self.cell['place'] if pd.notna(self.cell['place']) else 'not printed'}"
        said = " ".join(f"{name}={self.cell[name]}" for name in ("status", "value", "reason") if pd.notna(self.cell[name]))
        return f"{where}: {self.label}\n    {shown}\n    {said}"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self)).replace('【', '<mark>').replace('】', '</mark>')}</pre>"


def read(path: str | Path) -> Report:
    """Read one report from a file; a caller's mistake raises `ValueError`, a document's defect is shown in its facts."""
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"{path}: no such file; name a report as text or HTML")
    return to_report(read_bytes(path.read_bytes(), path.name))


def to_report(result: Result) -> Report:
    """Turn a result into data frames."""
    frames = {name: table.to_pandas() for name, table in to_tables([result]).items()}
    return Report(frames.pop("reports").iloc[0], **frames)


def source(data: Dataset | str | Path, report_id: str, table: str, row: str, column: str) -> Source:
    """Show the printed line that holds a cell of a published dataset, the cell marked."""
    data = data if isinstance(data, Dataset) else load(data)
    known = data.reports["report_id"]
    if report_id not in set(known):
        raise ValueError(f"no report {report_id!r} in {data.folder}; the first ones are {', '.join(known[:5])}")
    return _find_source(data.cells, data.lines, report_id, table, row, column)


def _find_source(cells: pd.DataFrame, lines: pd.DataFrame, report_id: str, table: str, row: str, column: str) -> Source:
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
    """The cells of a printed line and which of them is meant; a line of one cell is shown with those before it."""
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


def _spread(cells: pd.DataFrame, what: str) -> pd.DataFrame:
    order = {name: list(dict.fromkeys(cells[name].astype(str))) for name in ("row", "column")}
    wide = cells.astype({"row": str, "column": str}).pivot(index="row", columns="column", values=what)
    return wide.loc[order["row"], order["column"]]


def report_to_html(report: Report) -> str:
    """A report's facts, its tables with statuses by colour, and its findings."""
    facts = report.facts[["title", "issuer", "year", "published_on", "generation", "layout", "script", "error"]].dropna()
    head = "".join(f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in facts.items())
    parts = [f"<table>{head}</table>"]
    for name in tables():
        if (cells := report.cells[report.cells["table"] == name]).size:
            parts.append(f"<h4>{name}</h4>{_table_to_html(cells)}")
    used = [status for status in STYLE if (report.cells["status"] == status).any()]
    parts += [f"<span style='{STYLE[status]};padding:0 .5em'>{status}</span> " for status in used]
    found = [f"<li>{escape(f['severity'])}: {escape(f['message'])}</li>" for _, f in report.findings.iterrows()]
    return "".join([*parts, f"<ul>{''.join(found)}</ul>"])


def _table_to_html(cells: pd.DataFrame) -> str:
    values, statuses, raws = (_spread(cells, what) for what in ("value", "status", "raw"))
    head = "".join(f"<th>{escape(column)}</th>" for column in values.columns)
    body = ""
    for row in values.index:
        shown = [_cell_to_html(values.at[row, c], statuses.at[row, c], raws.at[row, c]) for c in values.columns]
        body += f"<tr><th style='text-align:left'>{escape(row)}</th>{''.join(shown)}</tr>"
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def _cell_to_html(value: float, status: str | float, raw: str | None) -> str:
    if not isinstance(status, str):
        return "<td></td>"
    text = SIGN.get(status, "") if pd.isna(value) else f"{value:.10g}"
    title = f"{status}: {raw}" if isinstance(raw, str) else status
    return f"<td style='{STYLE.get(status, '')}' title='{escape(title)}'>{text}</td>"
