"""How results show themselves, and where a number stands.

In: a path, or a published dataset. Out: objects that print and render well. Next: notebooks, `cli`.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from govtables.aliases import read_aliases
from govtables.dataset import Dataset, load, to_tables
from govtables.dictionary import codebook
from govtables.forms import Alias, tables
from govtables.labels import is_label
from govtables.records import CellRow
from govtables.run import Result, audit, read_bytes

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
    issuers: pd.DataFrame
    sections: pd.DataFrame
    checks: pd.DataFrame
    bounds: pd.DataFrame
    proposals: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame
    lines: pd.DataFrame

    def table(self, name: str) -> pd.DataFrame:
        """Lay one table out as the form prints it: rows by columns, values only."""
        return _lay_out(self.cells, name)

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


def read(path: str | Path, aliases: str | Path | None = None) -> Report:
    """Read one report from a file; a caller's mistake raises `ValueError`, a document's defect is shown in its facts.

    `aliases` names a file of local labels, as `aliases.csv` beside the reports holds for `build`.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"{path}: no such file; name a report as text, HTML, DOCX, XLSX or PDF")
    if aliases and not Path(aliases).is_file():
        raise ValueError(f"{aliases}: no such file; name a CSV file with the columns {','.join(Alias._fields)}")
    local = read_aliases(Path(aliases)) if aliases else ()
    return to_report(read_bytes(path.read_bytes(), path.name, aliases=local))


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


@dataclass(frozen=True, slots=True)
class Proved:
    """What the audit makes of some cells, as data frames like the published tables."""

    cells: pd.DataFrame
    checks: pd.DataFrame
    bounds: pd.DataFrame
    proposals: pd.DataFrame
    findings: pd.DataFrame

    def table(self, name: str) -> pd.DataFrame:
        """Lay one table out as the form prints it: rows by columns, values only."""
        return _lay_out(self.cells, name)

    def _repr_html_(self) -> str:
        return _tables_to_html(self.cells, self.findings)


def prove(cells: pd.DataFrame) -> Proved:
    """Audit the cells of one report as they stand in a frame, changed ones included: what if this were printed?

    A cell with a number counts as printed, unless its status is ``inferred``: then it is proven anew, or not. One without a number
    counts as blank unless its status says more. Needs the columns ``table``, ``row``, ``column`` and ``value``, and the cells in the
    order of the form.

    >>> cells = read("data/raw/hanyin-2022.txt").cells
    >>> cells.loc[cells.row == "carried_in", "value"] = 0
    >>> proved = prove(cells)
    >>> proved.cells[proved.cells.row == "carried_over"].value.tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    if missing := [name for name in ("table", "row", "column", "value") if name not in cells]:
        raise ValueError(f"the column {missing[0]!r} is missing; pass the cells of one report, as gt.read gives them")
    if cells.duplicated(["table", "row", "column"]).any():
        raise ValueError("a cell stands twice; pass the cells of one report, for example cells[cells.report_id == NAME]")
    known = [_as_printed(cell) for cell in cells.astype({"table": str, "row": str, "column": str}).to_dict("records")]
    result = Result("changed", cells=known)
    audit(result)
    made = {name: table.to_pandas() for name, table in to_tables([result]).items()}
    return Proved(*(made[name].drop(columns="report_id") for name in Proved.__slots__))


def _as_printed(cell: dict) -> CellRow:
    value, status = cell["value"], cell.get("status", "blank")
    if pd.notna(value) and status != "inferred":
        value, status = float(value), status if status == "decided" else "reported"
    else:
        value, status = None, status if status in ("not_applicable", "unreadable", "absent") else "blank"
    cell = cell | {"reason": None} if cell.get("status") == "inferred" else cell
    texts = [text if isinstance(text := cell.get(name), str) else None for name in ("raw", "reason", "place")]
    return CellRow(cell["table"], cell["row"], cell["column"], value, status, *texts)


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


def _lay_out(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    if name not in tables():
        raise ValueError(f"no table {name!r}; choose one of {', '.join(tables())}")
    return _spread(cells[cells["table"] == name], "value").convert_dtypes()


def _spread(cells: pd.DataFrame, what: str) -> pd.DataFrame:
    order = {name: list(dict.fromkeys(cells[name].astype(str))) for name in ("row", "column")}
    wide = cells.astype({"row": str, "column": str}).pivot(index="row", columns="column", values=what)
    return wide.loc[order["row"], order["column"]]


def report_to_html(report: Report) -> str:
    """A report's facts, its tables with statuses by colour, and its findings."""
    facts = report.facts[["title", "issuer", "year", "published_on", "generation", "layout", "script", "error"]].dropna()
    head = "".join(f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in facts.items())
    return f"<table>{head}</table>{_tables_to_html(report.cells, report.findings)}"


def _tables_to_html(cells: pd.DataFrame, findings: pd.DataFrame) -> str:
    """Tables with statuses by colour, a legend of those used, and the findings."""
    parts = [f"<h4>{name}</h4>{_table_to_html(some)}" for name in tables() if len(some := cells[cells["table"] == name])]
    used = [status for status in STYLE if (cells["status"] == status).any()]
    parts += [f"<span style='{STYLE[status]};padding:0 .5em'>{status}</span> " for status in used]
    found = [f"<li>{escape(f['severity'])}: {escape(f['message'])}</li>" for _, f in findings.iterrows()]
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
