"""Tables of the form as a notebook shows them.

In: a frame of cells. Out: a table laid out as the form prints it, HTML with statuses by colour. Next: `read`.
"""

from html import escape

import pandas as pd

from govtables.declared import declared
from govtables.forms import tables

STYLE = {line["status"]: line["shade"] for line in declared("forms", "statuses") if line["shade"]}
SIGN = {line["status"]: line["sign"] for line in declared("forms", "statuses")}


def lay_out(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """Lay one table of the form out as it prints it: its rows, its columns, the values."""
    if name not in tables():
        raise ValueError(f"no table {name!r}; choose one of {', '.join(tables())}")
    return _spread(cells[cells["table"] == name], "value").convert_dtypes()


def _spread(cells: pd.DataFrame, what: str) -> pd.DataFrame:
    order = {name: list(dict.fromkeys(cells[name].astype(str))) for name in ("row", "column")}
    wide = cells.astype({"row": str, "column": str}).pivot(index="row", columns="column", values=what)
    return wide.loc[order["row"], order["column"]]


def tables_to_html(cells: pd.DataFrame, findings: pd.DataFrame) -> str:
    """Tables with statuses by colour, a legend of those used, and the findings."""
    shown = {name: some for name in tables() if len(some := cells[cells["table"] == name])}
    parts = [f"<h4>{name}</h4>{_table_to_html(some)}" for name, some in shown.items()]
    used = [status for status in STYLE if (cells["status"] == status).any()]
    parts += [f"<span style='{STYLE[status]};padding:0 .5em'>{status}</span> " for status in used]
    found = [f"<li>{escape(f['severity'])}: {escape(f['message'])}</li>" for _, f in findings.iterrows()]
    return "".join([*parts, f"<ul>{''.join(found)}</ul>"])


def _table_to_html(cells: pd.DataFrame) -> str:
    frames = [_spread(cells, what) for what in ("value", "status", "raw")]
    head = "".join(f"<th>{escape(column)}</th>" for column in frames[0].columns)
    body = ""
    for row in frames[0].index:
        shown = [_cell_to_html(*(one.at[row, c] for one in frames)) for c in frames[0].columns]
        body += f"<tr><th style='text-align:left'>{escape(row)}</th>{''.join(shown)}</tr>"
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def _cell_to_html(value: float, status: str | float, raw: str | None) -> str:
    if not isinstance(status, str):
        return "<td></td>"
    text = SIGN.get(status, "") if pd.isna(value) else f"{value:.10g}"
    title = f"{status}: {raw}" if isinstance(raw, str) else status
    return f"<td style='{STYLE.get(status, '')}' title='{escape(title)}'>{text}</td>"
