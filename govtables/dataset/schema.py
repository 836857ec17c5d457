"""The published tables as Arrow schemas.

In: rows. Out: Arrow tables. Next: `dataset`, `dictionary`, exports.
"""

from collections.abc import Iterable

import pyarrow as pa

from govtables.forms import GENERATIONS
from govtables.records import Status

Tables = dict[str, pa.Table]
CODE = pa.dictionary(pa.int32(), pa.string())
TEXT, COUNT = pa.string(), pa.int32()
SCHEMAS = {
    "cells": pa.schema(
        {"report_id": TEXT, "table": CODE, "row": CODE, "column": CODE, "value": pa.float64(), "status": CODE}
        | {"raw": TEXT, "reason": TEXT, "place": TEXT}
    ),
    "reports": pa.schema(
        {"report_id": TEXT, "path": TEXT, "sha256": TEXT, "media_type": TEXT, "layout": TEXT, "script": TEXT}
        | {"title": TEXT, "issuer": TEXT, "year": COUNT, "published_on": pa.date32(), "generation": TEXT}
        | {f"n_{status}": COUNT for status in Status}
        | {"n_findings": COUNT, "error": TEXT}
    ),
    "issuers": pa.schema(
        {"report_id": TEXT, "name": TEXT, "level": CODE, "code": TEXT, "place": TEXT, "parent_code": TEXT, "parent": TEXT}
        | {"scope": CODE, "reason": TEXT}
    ),
    "sections": pa.schema({"report_id": TEXT, "chapter": COUNT, "heading": TEXT, "text": TEXT}),
    "checks": pa.schema(
        {"report_id": TEXT, "check": CODE, "table": CODE, "row": CODE, "column": CODE}
        | {name: pa.float64() for name in ("left", "right", "difference", "low", "high")}
        | {"verdict": CODE, "operands": CODE, "message": TEXT}
    ),
    "bounds": pa.schema(
        {"report_id": TEXT, "table": CODE, "row": CODE, "column": CODE, "low": pa.float64(), "high": pa.float64()}
    ),
    "proposals": pa.schema(
        {"report_id": TEXT, "table": CODE, "proposal": COUNT, "kind": CODE, "unique": pa.bool_(), "row": CODE, "column": CODE}
        | {"printed": pa.float64(), "low": pa.float64(), "high": pa.float64(), "typing": CODE}
    ),
    "statements": pa.schema(
        {"report_id": TEXT, "chapter": COUNT, "place": TEXT, "sentence": TEXT, "quantity": CODE, "printed": TEXT}
        | {"value": pa.float64(), "table_value": pa.float64(), "cells": CODE, "verdict": CODE, "reason": TEXT}
    ),
    "findings": pa.schema(
        {"report_id": TEXT, "severity": CODE, "kind": CODE, "table": CODE, "row": CODE, "place": TEXT, "message": TEXT}
        | {"cells": pa.list_(TEXT)}
    ),
    "lines": pa.schema({"report_id": TEXT, "line": TEXT, "first_cell": COUNT, "cells": pa.list_(TEXT)}),
    "codebook": pa.schema(
        {"axis": TEXT, "table": TEXT, "code": TEXT, "parent": TEXT, "en": TEXT}
        | {f"{name}_{generation}": TEXT for generation in GENERATIONS for name in ("en", "label", "unit", "role")}
    ),
}


def to_table(name: str, rows: list[tuple]) -> pa.Table:
    """Turn plain rows into one published table."""
    schema = SCHEMAS[name]
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Iterable, kind: pa.DataType) -> pa.Array:
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    return pa.array(values, kind.value_type).dictionary_encode().cast(kind)
