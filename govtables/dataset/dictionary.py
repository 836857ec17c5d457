"""What the published tables, columns and codes mean.

In: what is declared of form and fields. Out: the codebook, the meaning of tables and columns. Next: exports.
"""

from collections.abc import Mapping
from functools import cache

import pandas as pd
import pyarrow as pa

from govtables.dataset.schema import SCHEMAS
from govtables.declared import choose, declared, pick_language
from govtables.forms import GENERATIONS, name_cell

CODED = (  # axis, wing, table
    ("status", "forms", "statuses"),
    ("check", "proof", "checks"), ("kind", "proof", "findings"), ("quantity", "prose", "quantities"),
    ("spent", "dataset", "spent"), ("indicator", "indicators", "definitions"), ("level", "issuers", "levels"),
)
NAMES = ("en", "label", "unit", "role")  # of a code, in each generation


@cache
def severities() -> dict[str, str]:
    """By kind of finding: ``error`` (the tables contradict themselves), ``warning`` or ``note``."""
    return {line["kind"]: line["severity"] for line in declared("proof", "findings")}


def codebook() -> pd.DataFrame:
    """Every code, one row each: what it counts, and its printed label, unit and role in each generation.

    >>> book = codebook()
    >>> book[book.code == "fee"][["unit_2019", "unit_2021"]].values.tolist()
    [['项', '万元']]
    """
    book: dict[tuple[str, str, str], dict[str, str | None]] = {}
    for axis in ("row", "column"):
        for line in declared("forms", f"{axis}s"):
            code = {"axis": axis, "table": line["table"], "code": line[axis]}
            entry = book.setdefault(tuple(code.values()), code)
            entry["parent"] = line.get("parent") or None
            for generation in line["generations"].split():
                entry |= {f"{name}_{generation}": line[name] or None for name in NAMES}
            entry["en"] = entry.get("en_2021") or entry["en_2019"]
            entry["zh"] = name_cell(line["table"], **{axis: line[axis]}).zh
    tables = [
        {"axis": "table", "table": t["table"], "code": t["table"], "en": t["en"], "zh": t["zh"]}
        | {f"label_{g}": t["zh"] for g in GENERATIONS}
        for t in declared("forms", "tables")
    ]
    others = [
        {"axis": axis, "code": line[axis], "en": line["en"], "zh": line["zh"], "parent": line.get("severity")}
        for axis, wing, file in CODED
        for line in {line[axis]: line for line in declared(wing, file)}.values()
    ]
    lines = [*tables, *book.values(), *others]
    return pa.Table.from_pylist(lines, SCHEMAS["codebook"]).to_pandas()


@cache
def fields(table: str) -> tuple[dict[str, str], ...]:
    """What the columns of a published table mean, in order."""
    choose("table", table, SCHEMAS)
    return tuple(line for line in declared("dataset", "fields") if line["table"] == table and line["field"])


def meaning(table: str, lang: str | None = None) -> str:
    """What a published table holds."""
    lines = declared("dataset", "fields")
    return next(sentences(line, lang) for line in lines if line["table"] == table and not line["field"])


@cache
def known_codes(codes: str) -> tuple[str, ...]:
    """List the codes that a field declares: those of an axis of the codebook, or its own."""
    axis = codebook().query("axis == @codes")["code"]
    return tuple(dict.fromkeys(axis)) or tuple(codes.split())


def sentences(line: Mapping[str, str], lang: str | None = None) -> str:
    """Say what a declared column or table means, and the note on it, in the session's language or another."""
    if pick_language(lang) == "zh":
        return f"{line['zh']}。{line['note_zh']}"
    return f"{line['en']}. {line['note']}".rstrip()
