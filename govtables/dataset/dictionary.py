"""What the published tables, columns and codes mean.

In: the declarations of the form and of the fields. Out: the codebook, and a sentence for every table and
column. Next: exports, pages.
"""

from functools import cache

import pandas as pd
import pyarrow as pa

from govtables.dataset.schema import SCHEMAS
from govtables.declared import declared
from govtables.forms import GENERATIONS
from govtables.records import Status

CODED = (
    ("check", "proof", "checks"), ("kind", "proof", "findings"), ("quantity", "prose", "quantities"),
    ("indicator", "indicators", "definitions"),
)  # axis, wing, table


@cache
def severities() -> dict[str, str]:
    """By kind of finding: ``error`` (the tables contradict themselves), ``warning`` or ``note``."""
    return {line["kind"]: line["severity"] for line in declared("proof", "findings")}


@cache
def levels() -> dict[str, str]:
    """English label of each level."""
    return {line["level"]: line["en"] for line in declared("issuers", "levels")}


def codebook() -> pd.DataFrame:
    """Every code, one row each: what it counts, and its printed label, unit and role in each generation.

    >>> book = codebook()
    >>> book[book.code == "fee"][["unit_2019", "unit_2021"]].values.tolist()
    [['项', '万元']]
    """
    book: dict[tuple[str, str, str], dict[str, str | None]] = {}
    for axis in ("row", "column"):
        for line in declared("forms", f"{axis}s"):
            entry = book.setdefault(
                (axis, line["table"], line[axis]), {"axis": axis, "table": line["table"], "code": line[axis]}
            )
            entry["parent"] = line.get("parent") or None
            for generation in line["generations"].split():
                entry |= {
                    f"{name}_{generation}": line[name] or None for name in ("en", "label", "unit", "role")
                }
            entry["en"] = entry.get("en_2021") or entry["en_2019"]
    tables = [
        {"axis": "table", "table": t["table"], "code": t["table"], "en": t["en"]}
        | {f"label_{g}": t["zh"] for g in GENERATIONS}
        for t in declared("forms", "tables")
    ]
    statuses = [{"axis": "status", "code": str(status), "en": status.meaning} for status in Status]
    others = [
        {"axis": axis, "code": line[axis], "en": line["en"], "parent": line.get("severity")}
        for axis, wing, file in CODED
        for line in {line[axis]: line for line in declared(wing, file)}.values()
    ]
    others += [{"axis": "level", "code": code, "en": en} for code, en in levels().items()]
    return pa.Table.from_pylist(
        [*tables, *book.values(), *statuses, *others], SCHEMAS["codebook"]
    ).to_pandas()


@cache
def fields(table: str) -> tuple[dict[str, str], ...]:
    """What the columns of a published table mean, in order."""
    if table not in SCHEMAS:
        raise ValueError(f"no table {table!r}; choose one of {', '.join(SCHEMAS)}")
    return tuple(line for line in declared("dataset", "fields") if line["table"] == table and line["field"])


@cache
def meaning(table: str) -> str:
    """What a published table holds."""
    return next(
        sentences(line)
        for line in declared("dataset", "fields")
        if line["table"] == table and not line["field"]
    )


@cache
def known_codes(codes: str) -> tuple[str, ...]:
    """List the codes that a field declares: those of an axis of the codebook, or its own."""
    axis = codebook().query("axis == @codes")["code"]
    return tuple(dict.fromkeys(axis)) or tuple(codes.split())


def sentences(line: dict[str, str]) -> str:
    """Say what a declared column or table means, with the note on it."""
    return f"{line['en']}. {line['note']}".rstrip()
