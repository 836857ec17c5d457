"""What cells are called where people read Chinese: the labels that the form prints.

In: codes, or a text with codes in it. Out: the same as a `Said`. Next: every sentence that names a cell.
"""

import json
import re
from functools import cache

from govtables.declared import declared
from govtables.forms.formula import CHILDREN, EACH, REPORT, TERM
from govtables.language import ENUMERATOR, Said, tell
from govtables.records import EXTRA

ASIDE = re.compile(r"[(（].*[)）]$")
GROUPS = ("denied", "unavailable", "not_processed", "other", "litigation")  # whose rows need its name


def name_cell(table: str, row: str | None = None, column: str | None = None, whole: bool = True) -> Said:
    """Name a cell, a row or a column by its codes; if not `whole`, the code of the table is left out.

    >>> name_cell("requests", "denied.state_secret", "total")
    'requests.denied.state_secret.total'
    >>> name_cell("requests", "denied.state_secret", "total").zh
    '不予公开（属于国家秘密）·总计'
    """
    text = ".".join(code for code in (table if whole else None, row, column) if code)
    return Said(text, _label_cell, table, row, column)


def name_codes(text: str) -> Said:
    """Name all cells in a text, such as a formula.

    >>> name_codes("requests.denied.*.total / requests.concluded.total").zh
    '不予公开·总计 / 总计·总计'
    >>> name_codes('*.*.* = *.*.* of "2021.txt" and "2022.txt"').zh
    '每个单元格 = “2021.txt”“2022.txt”的每个单元格'
    """
    return Said(text, _label_all, text)


def _label_all(text: str) -> str:
    return TERM.sub(_label_term, text)


def _label_term(found: re.Match[str]) -> str:
    _, *codes, source = found.groups()
    known = [EACH.split("."), *([line["table"], *codes[1:]] for line in declared("forms", "tables"))]
    if codes not in known:
        return found[0]
    label = tell("forms.each_cell").zh if codes == known[0] else _label_cell(*codes)
    of = "".join(f"“{json.loads(name)}”" for name in re.findall(REPORT, source or ""))
    where = tell("forms.children").zh if source == CHILDREN else of and tell("forms.of", reports=of).zh
    return found[0][: found.start(2) - found.start()] + where + label


@cache
def _label_cell(table: str, row: str | None, column: str | None) -> str:
    """Labels of a row and a column of a table; its title where neither is named."""
    if not (row or column):
        return next((line["zh"] for line in declared("forms", "tables") if line["table"] == table), table)
    labels = (_label(axis, table, code) for axis, code in (("row", row), ("column", column)) if code)
    return "·".join(labels)


@cache
def _label(axis: str, table: str, code: str) -> str:
    """The label of a row or column without its number, behind that of its group; of a local one, its own."""
    own = code.removesuffix(".*")
    known = (line for line in declared("forms", f"{axis}s") if (line["table"], line[axis]) == (table, own))
    line = next(known, None)
    if line is None:
        return own.removeprefix(EXTRA)
    label = ASIDE.sub("", ENUMERATOR.sub("", line["label"]))
    group = line.get("parent") or ""
    return f"{_label(axis, table, group)}（{label}）" if group in GROUPS else label
