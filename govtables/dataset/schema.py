"""The published tables as Arrow schemas, made from the declared fields.

In: `fields.csv`, rows. Out: `SCHEMAS`, Arrow tables. Next: `store`, `dictionary`, `exports`.
"""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from govtables.declared import declared
from govtables.language import Said, to_chinese

Tables = dict[str, pa.Table]
CODE = pa.dictionary(pa.int32(), pa.string())
COUNT = pa.int32()
CHINESE = "_zh"  # behind the name of a column: what it says, in Chinese
TYPES = {
    "text": pa.string(), "code": CODE, "phrase": CODE, "list": pa.list_(pa.string()), "date": pa.date32(),
    "whole": COUNT, "number": pa.float64(), "boolean": pa.bool_(),
}


def _schemas() -> dict[str, pa.Schema]:
    """By table, its columns in order; a phrase is a text that stands in many rows, kept once."""
    fields: dict[str, list[tuple[str, pa.DataType]]] = {}
    for line in declared("dataset", "fields"):
        known = fields.setdefault(line["table"], [])
        known += [(line["field"], TYPES[line["type"]])] if line["field"] else []
    return {table: pa.schema(known) for table, known in fields.items()}


SCHEMAS: Mapping[str, pa.Schema] = _schemas()


def to_table(name: str, rows: Iterable[tuple[str, tuple]], **beside: Iterable) -> pa.Table:
    """Turn records, each with its report, into a published table: their fields, and columns `beside`."""
    schema = SCHEMAS[name]
    if not (rows := list(rows)):
        return schema.empty_table()
    reports, records = zip(*rows, strict=True)
    columns = {"report_id": reports} | beside
    columns |= dict(zip(records[0]._fields, zip(*records, strict=True), strict=True))
    for field in schema.names:
        if (said := field.removesuffix(CHINESE)) != field:
            columns[field] = in_chinese(columns[said])
    return pa.Table.from_arrays([_array(columns[field.name], field.type) for field in schema], schema=schema)


def in_chinese(texts: Sequence[str | None]) -> list[str | None]:
    """Say texts in Chinese, each once; what is not said in two languages stays as it is."""
    known = {text: to_chinese(text) for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def said_in(line: Mapping[str, str], name: str) -> Said:
    """The sentence in a column of a published table, with the Chinese of the column beside it."""
    return Said(line[name], line.get(name + CHINESE) or line[name])


def _array(values: Iterable, kind: pa.DataType) -> pa.Array:
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    return pa.array(values, kind.value_type).dictionary_encode().cast(kind)
