"""Where a number stands in print, and what each printed text of a table became.

In: a published dataset, a report and codes. Out: a `Source`: printed texts, marked by what they are spent as.
Next: notebooks, `cli`, pages.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import pandas as pd

from govtables.dataset.dictionary import codebook
from govtables.dataset.published import Dataset, load, no_report
from govtables.declared import declared, mistake, pick_language
from govtables.forms import GENERATIONS, form
from govtables.language import fold, speak, tell
from govtables.records import Spent

OF_A_ROW = (Spent.CELL, Spent.LABEL, Spent.LEFT_OVER)
MARKS = {line["spent"]: line for line in declared("dataset", "spent")}


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of the ledger: of a table, of a row, or of the row of a `cell`; `label` says which, `origin` where
    the document was published.
    """

    printed: pd.DataFrame
    label: str
    cell: pd.Series | None = None
    origin: str = ""

    def __str__(self) -> str:
        """The texts as printed, each marked by what it is spent as; in the row of a cell, that cell alone."""
        return self._write(lambda text, spent: "{before}{}{after}".format(text, **MARKS[spent]), str)

    def _repr_html_(self) -> str:
        return f"<pre style='line-height:1.7'>{self._write(_colour, escape)}</pre>"

    def _write(self, mark: Callable[[str, str], str], plain: Callable[[str], str]) -> str:
        lines = []
        for place, line in printed_lines(self.printed.to_dict("records")):
            texts = " | ".join(mark(" ".join(one["text"].split("\n")), self._mark_of(one)) for one in line)
            lines.append(f"{place:8} {texts}" if self.cell is None else texts)
        if self.cell is None:
            said = ", ".join(mark(one, one) for one in MARKS if (self.printed["spent"] == one).any())
        else:
            reason = "reason" if pick_language(None) == "en" else "reason_zh"
            known = self.cell[["status", "value", reason]].dropna()
            said = plain(" ".join(f"{name}={value}" for name, value in known.items()))
        origin = [plain(self.origin)] * bool(self.origin)
        return "\n    ".join([plain(self.label), *(lines or ["–"]), *filter(None, [said]), *origin])

    def _mark_of(self, token: dict) -> str:
        other = self.cell is not None and token["column"] != self.cell["column"]
        return str(Spent.LABEL) if other and token["spent"] == Spent.CELL else token["spent"]


def _colour(text: str, spent: str) -> str:
    before, after, shade = (MARKS[spent][name] for name in ("before", "after", "shade"))
    shown = f"{before}{escape(text)}{after}"
    return f"<span title='{spent}' style='background:{shade};color:#000'>{shown}</span>" if shade else shown


def printed_lines(tokens: Iterable[dict]) -> Iterator[tuple[str, list[dict]]]:
    """Printed lines, each with its place; where each text has a line of its own, those of a row are one."""
    for _, some in groupby(tokens, lambda one: _line_of(one) or (one["table"], one["row"] or one["spent"])):
        line = list(some)
        yield _line_of(line[0]) or line[0]["place"], line


@cache
def _meanings(lang: str) -> dict[tuple[str, str, str], str]:
    return codebook().set_index(["axis", "table", "code"])[lang].to_dict()


def _line_of(token: dict) -> str:
    return token["place"].rpartition(":C")[0]


def source(
    data: Dataset | str | Path, report_id: str, table: str, row: str | None = None, column: str | None = None
) -> Source:
    """Show where a cell of a published dataset stands in print.

    Without a column its row is shown, without a row the whole table, each text marked by what it is spent as.
    Part of its id names a report that no other has; a row, column or table may be named by its printed label.
    """
    data = data if isinstance(data, Dataset) else load(data)
    report_id = _find_report(data, report_id)
    only = {"report_id": [report_id]}
    told = data.select("reports", ["url", "fetched_at"], **only)
    origin = " ".join(f"{name}={value}" for name, value in told.iloc[0].dropna().items())
    cells, ledger = (data.select(name, **only) for name in ("cells", "ledger"))
    return replace(find_source(cells, ledger, report_id, table, row, column), origin=origin)


def _find_report(data: Dataset, given: str) -> str:
    """The id of a report that is given whole, or by a part that no other id has."""
    if len(data.select("reports", ["report_id"], report_id=[given])):
        return given
    known = data.select("reports", ["report_id"])["report_id"]
    found = known[known.str.contains(given, regex=False)] if given else known[:0]
    if len(found) == 1:
        return found.iloc[0]
    if len(found):
        raise mistake("dataset.part_of_ids", given=given, many=len(found), first=", ".join(found[:5]))
    raise no_report(given, data.folder, known)


def _find_code(axis: str, table: str, given: str) -> str:
    """The code of what is named by the label that a form prints; else what is given."""
    if axis == "table":
        return next((one["table"] for one in declared("forms", "tables") if one["zh"] == given), given)
    known = [getattr(form(one), f"{axis}_codes").get(table, {}) for one in GENERATIONS]
    return next((labels[fold(given)] for labels in known if fold(given) in labels), given)


def find_source(
    cells: pd.DataFrame, ledger: pd.DataFrame, report_id: str, table: str, row: str | None, column: str | None
) -> Source:
    """Find the printed texts of a cell of a report by its codes, of a row, or of a table."""
    cells = cells[cells["report_id"] == report_id]
    if cells.empty:
        raise mistake("dataset.without_tables", report=report_id)
    if row is None and column is not None:
        raise mistake("dataset.which_row", column=column)
    table = _find_code("table", "", table)
    row, column = (one and _find_code(axis, table, one) for axis, one in (("row", row), ("column", column)))
    given = {"table": table, "row": row, "column": column}
    codes = {name: code for name, code in given.items() if code is not None}
    for name, code in codes.items():
        choices = cells[name].astype(str).unique()
        cells = cells[cells[name] == code]
        if cells.empty:
            facts = {"report": report_id, "choices": ", ".join(choices)}
            raise mistake("dataset.no_code", name=name, code=code, **facts)
    printed = ledger[(ledger["report_id"] == report_id) & (ledger["table"] == table)]
    if row is not None:
        printed = printed[(printed["row"] == row) & printed["spent"].isin(OF_A_ROW)]
    names = [_meanings(pick_language(None)).get((name, table, code), code) for name, code in codes.items()]
    if column is None:
        return Source(printed, f"{report_id}: {' · '.join(names)}")
    place = cells["place"].fillna(speak(tell("dataset.not_printed"))).iloc[0]
    return Source(printed, f"{report_id}, {place}: {' · '.join(names[1:])}", cells.iloc[0])
