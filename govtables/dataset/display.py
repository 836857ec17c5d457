"""Tables of the form as a notebook shows them.

In: a frame of cells. Out: a table laid out as the form prints it, HTML with statuses by colour. Next: `read`.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from govtables.dataset.schema import said_in
from govtables.declared import choose, declared
from govtables.forms import name_cell, tables
from govtables.language import join, phrase, speak
from govtables.records import CONTRADICTED, DOUBTED, FLAGS, LOCATED

STYLE = {line["status"]: line["shade"] for line in declared("forms", "statuses") if line["shade"]}
SIGN = {line["status"]: line["sign"] for line in declared("forms", "statuses")}
FLAG_STYLE = {DOUBTED: "border:2px dashed #B2182B", CONTRADICTED: "border:2px solid #B2182B"}
FLAG_STYLE |= {LOCATED: "border:2px solid #B2182B;background:#FDDBC7"}


def lay_out(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """Lay one table of the form out as it prints it: its rows, its columns, the values."""
    choose("table", name, tables())
    return _spread(cells[cells["table"] == name], "value").convert_dtypes()


def _spread(cells: pd.DataFrame, what: str) -> pd.DataFrame:
    order = {name: list(dict.fromkeys(cells[name].astype(str))) for name in ("row", "column")}
    wide = cells.astype({"row": str, "column": str}).pivot(index="row", columns="column", values=what)
    return wide.loc[order["row"], order["column"]]


def tell_flag(cell: Mapping[str, Any]) -> str:
    """Write the mark of a flagged number, and what the proposals leave of it.

    >>> tell_flag({"flag": "located", "implied_low": 44.0, "implied_high": 44.0})
    '!→44'
    """
    if (flag := cell.get("flag")) not in FLAGS[1:]:
        return ""
    if flag == DOUBTED:
        return "?"
    ends = [cell["implied_low"], cell["implied_high"]]
    low, high = ("∞" if pd.isna(end) else f"{end:.10g}" for end in ends)
    return f"!→{low}" if low == high else f"!→{low}–{high}"


def tables_to_html(cells: pd.DataFrame, findings: pd.DataFrame) -> str:
    """Tables with statuses by colour, a legend of those used, and the findings."""
    shown = {name: some for name in tables() if len(some := cells[cells["table"] == name])}
    parts = [f"<h4>{speak(name_cell(name))}</h4>{_table_to_html(some)}" for name, some in shown.items()]
    used = [status for status in STYLE if (cells["status"] == status).any()]
    words = {status: speak(phrase(f"dataset.word_{status}")) for status in used}
    parts += [f"<span style='{STYLE[status]};padding:0 .5em'>{words[status]}</span> " for status in used]
    said = [said_in(one, "message") for _, one in findings.iterrows()]
    pairs = zip((phrase(f"dataset.word_{one}") for one in findings["severity"]), said, strict=True)
    found = [f"<li>{escape(speak(join(pair, ': ')))}</li>" for pair in pairs]
    return "".join([*parts, f"<ul>{''.join(found)}</ul>"])


def _table_to_html(cells: pd.DataFrame) -> str:
    values = _spread(cells, "value")
    known = {(cell["row"], cell["column"]): cell for cell in cells.to_dict("records")}
    table = cells["table"].iloc[0]
    heads = (speak(name_cell(table, column=column, whole=False)) for column in values.columns)
    head = "".join(f"<th>{escape(column)}</th>" for column in heads)
    body = ""
    for row in values.index:
        shown = [_cell_to_html(known.get((row, column))) for column in values.columns]
        label = escape(speak(name_cell(table, row, whole=False)))
        body += f"<tr><th style='text-align:left'>{label}</th>{''.join(shown)}</tr>"
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def _cell_to_html(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return "<td></td>"
    value, status, raw = cell["value"], cell["status"], cell["raw"]
    text = (SIGN.get(status, "") if pd.isna(value) else f"{value:.10g}") + tell_flag(cell)
    title = f"{status}: {raw}" if isinstance(raw, str) else status
    title += f"; {cell['flag']}: {cell['flagged_by']}" if tell_flag(cell) else ""
    style = ";".join(filter(None, [STYLE.get(status, ""), FLAG_STYLE.get(cell.get("flag"), "")]))
    return f"<td style='{style}' title='{escape(title)}'>{text}</td>"
