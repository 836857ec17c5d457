"""Tables that people read: beside a report its issuer and year, beside codes of the form their labels.

In: published Arrow tables. Out: the same with further columns. Next: `xlsx`.
"""

from collections.abc import Iterator

import pyarrow as pa

from govtables.records import EXTRA

AXES = ("table", "row", "column")
FORMS = ("2021", "2019")
NOBODY = dict.fromkeys(("issuer", "year", "generation"))

Key = tuple[str | None, str, str, str]  # form, axis, table, code
Labels = dict[Key, tuple[str | None, str | None]]


def name_codes(published: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Add issuer and year to tables with a row a part of a report, label and meaning to codes of the form.

    The label is that of the report's form; a row or column of its own has its printed one.
    """
    reports = {one["report_id"]: one for one in published["reports"].to_pylist()}
    labels = dict(_read_labels(published["codebook"].to_pylist()))
    known = {"report_id", "table"}
    return {
        name: _name(table, reports, labels) if known <= {*table.column_names} else table
        for name, table in published.items()
    }


def _read_labels(book: list[dict]) -> Iterator[tuple[Key, tuple[str | None, str | None]]]:
    """Label and meaning of each code; where a form lacks one, those of the other."""
    for one in book:
        for form, other in zip(FORMS, reversed(FORMS), strict=True):
            if one["axis"] in AXES:
                meaning = one[f"en_{form}"] or one[f"en_{other}"] or one["en"]
                told = one[f"label_{form}"] or one[f"label_{other}"], meaning
                yield (form, one["axis"], one["table"], one["code"]), told


def _name(table: pa.Table, reports: dict[str, dict], labels: Labels) -> pa.Table:
    whose = [reports.get(name, NOBODY) for name in table["report_id"].to_pylist()]
    forms = [one["generation"] if one["generation"] in FORMS else FORMS[0] for one in whose]
    known = {axis: table[axis].to_pylist() for axis in AXES if axis in table.column_names}
    for axis, codes in reversed(known.items()):
        keys = zip(forms, [axis] * len(codes), known["table"], codes, strict=True)
        told = [labels.get(key) or (key[-1] and key[-1].removeprefix(EXTRA), None) for key in keys]
        at = table.column_names.index(axis) + 1
        for end, which in (("en", 1), ("label", 0)):
            texts = pa.array([one[which] for one in told], pa.string())
            table = table.add_column(at, f"{axis}_{end}", texts)
    for name, kind in (("year", pa.int32()), ("issuer", pa.string())):
        table = table.add_column(1, name, pa.array([one[name] for one in whose], kind))
    return table
