"""One report, and cells changed by hand, read and audited.

In: a path, or a frame of cells. Out: objects that print and render well. Next: notebooks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from govtables.dataset import Source, find_source, lay_out, tables_to_html, to_tables
from govtables.declared import mistake
from govtables.forms import Alias, read_aliases
from govtables.language import Said
from govtables.pipeline.steps import Result, audit_report, read_bytes
from govtables.records import PRINTED_TWICE, CellRow, Finding


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
    decisions: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame
    ledger: pd.DataFrame
    others: tuple["Report", ...] = ()  # further reports in the document

    def table(self, name: str) -> pd.DataFrame:
        """Lay one table out as the form prints it: rows by columns, values only."""
        return lay_out(self.cells, name)

    def source(self, table: str, row: str | None = None, column: str | None = None) -> "Source":
        """Show where a cell stands in print; without a column its row, without a row the whole table."""
        return find_source(self.cells, self.ledger, self.facts["report_id"], table, row, column)

    def _repr_html_(self) -> str:
        return report_to_html(self)


def read(path: str | Path, aliases: str | Path | None = None) -> Report:
    """Read one report from a file; a caller's mistake raises `ValueError`, a document's defect is a fact.

    `aliases` names a file of local labels, as `aliases.csv` beside the reports holds for `build`.
    """
    path = Path(path)
    if not path.is_file():
        raise mistake("pipeline.no_file", path=path)
    if aliases and not Path(aliases).is_file():
        raise mistake("pipeline.no_aliases", path=aliases, columns=",".join(Alias._fields))
    local = read_aliases(Path(aliases)) if aliases else ()
    return to_report(read_bytes(path.read_bytes(), path.name, aliases=local))


def to_report(result: Result) -> Report:
    """Turn a result into data frames."""
    frames = {name: table.to_pandas() for name, table in to_tables([result]).items()}
    others = tuple(map(to_report, result.others))
    return Report(frames.pop("reports").iloc[0], **frames, others=others)


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
        return lay_out(self.cells, name)

    def _repr_html_(self) -> str:
        return tables_to_html(self.cells, self.findings)


def prove(cells: pd.DataFrame) -> Proved:
    """Audit the cells of one report as they stand in a frame, changed ones too: what if this were printed?

    A cell with a number counts as printed, unless its status is ``inferred``: then it is proven anew, or not.
    One without a number counts as blank unless its status says more. Needs the columns ``table``, ``row``,
    ``column`` and ``value``, and the cells in the order of the form.

    >>> cells = read("data/raw/hanyin-2022.txt").cells
    >>> cells.loc[cells.row == "carried_in", "value"] = 0
    >>> proved = prove(cells)
    >>> proved.cells[proved.cells.row == "carried_over"].value.tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    if missing := [name for name in ("table", "row", "column", "value") if name not in cells]:
        raise mistake("pipeline.no_column", name=missing[0])
    if cells.duplicated(["table", "row", "column"]).any():
        raise mistake("pipeline.cell_twice")
    texts = cells.astype({"table": str, "row": str, "column": str})
    known = [_as_printed(cell) for cell in texts.to_dict("records")]
    result = Result("changed", cells=known, findings=list(_find_repeated(texts)))
    audit_report(result)
    made = {name: table.to_pandas() for name, table in to_tables([result]).items()}
    return Proved(*(made[name].drop(columns="report_id") for name in Proved.__slots__))


def _find_repeated(cells: pd.DataFrame) -> Iterator[Finding]:
    """Say again of which rows nothing is inferred, as they are printed twice with different numbers."""
    if "flagged_by" in cells:
        flagged = cells[[PRINTED_TWICE in str(kinds).split(", ") for kinds in cells["flagged_by"]]]
        for (table, row), some in flagged.groupby(["table", "row"], sort=False):
            first = some.iloc[0]
            codes = tuple(f"{table}.{row}.{column}" for column in some["column"])
            yield Finding(PRINTED_TWICE, table, row, first.get("place"), first.get("reason"), codes)


def _as_printed(cell: dict) -> CellRow:
    value, status = cell["value"], cell.get("status", "blank")
    if pd.notna(value) and status != "inferred":
        value, status = float(value), status if status == "decided" else "reported"
    else:
        value, status = None, status if status in ("not_applicable", "unreadable", "absent") else "blank"
    cell = cell | {"reason": None} if cell.get("status") == "inferred" else cell
    texts = {name: text for name, text in cell.items() if isinstance(text, str)}
    raw, reason, place = (texts.get(name) for name in ("raw", "reason", "place"))
    reason = reason and Said(reason, texts.get("reason_zh", reason))
    return CellRow(cell["table"], cell["row"], cell["column"], value, status, raw, reason, place)


def report_to_html(report: Report) -> str:
    """A report's facts, its tables with statuses by colour, and its findings."""
    names = ["title", "issuer", "year", "published_on", "generation", "layout", "script", "error"]
    facts = report.facts[names].dropna().astype(str).items()
    head = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts)
    return f"<table>{head}</table>{tables_to_html(report.cells, report.findings)}"
