"""What is hard to write, and how rows come back from a format."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa

from govtables.dataset import SCHEMAS, Dataset, to_table
from govtables.exports.formats import published_tables
from govtables.records import CellRow, Change, Finding, Flag, Token

HARD_TEXTS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "http://example.org", "", None, " ", "两 件", "臨平區", "𠮷野", "\ufeff",
    'a "quoted" text', "a,b", "line\nbreak", "line\r\nbreak", "return\rhere", "tab\there", "\x01\x1f", "_x0041_", "_x000D_", "\uffff\ufffe",
    "<r>markup</r>", "a & b < c", "NA", "nan", "NULL", "1e5", "0012", "2-1", "TRUE", "字" * 40_000, "𠮷" * 20_000, "\\", "a | b", "'=1", "'", "\t=1",
]  # fmt: skip
HARD_NUMBERS = [0.0, -0.0, 0.1 + 0.2, 1e22, 1e-7, 123456789012345.67, 2023.852, -5.0, 2.0**53, 1 / 3, None]
HARD_LISTS = [[], [""], ["", ""], ["\\"], ["a | b"], ["a|b", "c\\|d"], ["一、", "6"], ["\\", ""], None]
HARD_INDICATOR = {
    "report_id": "hard.txt", "indicator": "refusal_rate", "formula": "a / b", "value": 1e-7, "value_low": 0.0, "flag": "located",
    "flagged_by": "requests.granted.total (row_sum)", "reason": None,
}
SEPARATORS = re.compile(r"((?:[^\\|]|\\.)*?)(?: \| |$)", re.S)


def hard_rows() -> dict[str, pa.Table]:
    """Rows of what is hard to write, by table."""
    numbers = [HARD_NUMBERS[n % len(HARD_NUMBERS)] for n in range(len(HARD_TEXTS))]
    cells = [
        CellRow("requests", f"extra.第{n}", "total", x, "blank", t, t, f"L{n}")
        for n, (t, x) in enumerate(zip(HARD_TEXTS, numbers, strict=True))
    ]
    notes = [Finding("facts", None, None, None, "message", some) for some in HARD_LISTS]
    ledger = [Token("L1", text or "", "cell", "requests", f"extra.{text}", None) for text in HARD_TEXTS]
    slip = Change("requests", 1, "slip", True, "received", "total", 12.0, 1.0, None, "a digit dropped")
    slips = [slip._replace(unique=known) for known in (True, False, None)]
    report = {"report_id": "hard.txt", "sha256": "0", "published_on": date(1999, 12, 31), "error": "none", "n_findings": 3}
    return {
        "cells": table_of("cells", cells),
        "indicators": pa.Table.from_pylist([HARD_INDICATOR], SCHEMAS["indicators"]),
        "findings": to_table("findings", (("hard.txt", note) for note in notes), severity=["note"] * len(notes)),
        "ledger": table_of("ledger", ledger),
        "proposals": table_of("proposals", slips),
        "reports": pa.Table.from_pylist([report], SCHEMAS["reports"]),
    }


def hard_flags(size: int) -> dict[str, tuple]:
    """Flags by turns, in columns."""
    turns = [Flag(), Flag("located", "row_sum", 3.0, 3.0), Flag("contradicted", "row_sum, balance", 0.0, None), Flag("doubted", "unit")]
    return dict(zip(Flag._fields, zip(*(turns[n % len(turns)] for n in range(size)), strict=True), strict=True))


def table_of(name: str, records: list[tuple], report: str = "hard.txt") -> pa.Table:
    """A published table of the records of one report."""
    beside = hard_flags(len(records)) if name == "cells" else {}
    return to_table(name, [(report, record) for record in records], **beside)


def rows_of(data: Dataset, name: str) -> list[dict]:
    return published_tables(data)[name].to_pylist()


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def split_texts(text: str | None) -> list[str] | None:
    """Undo the joining of a list, by the rule that the documentation states."""
    if text is None or text in ("", "\\"):
        return None if text is None else [""] if text else []
    parts, at = [], 0
    while at <= len(text):
        found = SEPARATORS.match(text, at)
        parts.append(re.sub(r"\\(.)", r"\1", found[1]))
        at = found.end() + (found.end() == len(text) and not found[0].endswith(" | "))
    return parts


def joined(value: object) -> object:
    return joined_list(value) if isinstance(value, list) else value


def joined_list(texts: list[str]) -> str:
    return "\\" if texts == [""] else " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def without_missing(rows: Iterable[dict]) -> list[dict]:
    """Rows for formats in which a missing text is the empty one."""
    return [{name: "" if value is None else joined(value) for name, value in row.items()} for row in rows]


def without_guard(value: object) -> object:
    """Undo what keeps texts of a CSV from being run, by the rule that the documentation states."""
    return value.removeprefix("'") if isinstance(value, str) else value
