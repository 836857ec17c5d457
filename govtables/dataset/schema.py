"""The published tables as Arrow schemas, made from the declared fields.

In: `fields.csv`, rows. Out: `SCHEMAS`, Arrow tables. Next: `store`, `dictionary`, `exports`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, groupby
from operator import itemgetter

import numpy as np
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
    reports = ((report, [one for _, one in some]) for report, some in groupby(rows, itemgetter(0)))
    return stack(name, reports, **{column: [tuple(values)] for column, values in beside.items()})


def stack(name: str, reports: Iterable[tuple[str, Sequence[tuple]]], **beside: Iterable[tuple]) -> pa.Table:
    """Turn the records of each report into a published table; of columns `beside` the values are in runs."""
    schema = SCHEMAS[name]
    if not (reports := [one for one in reports if one[1]]):
        return schema.empty_table()
    names, records = zip(*reports, strict=True)
    which = np.repeat(np.arange(len(names)), [*map(len, records)])
    made = {"report_id": pa.array(names, pa.string()).take(pa.array(which))}
    runs = zip(*(zip(*some, strict=True) for some in records), strict=True)
    columns = dict(zip(records[0][0]._fields, runs, strict=True)) | beside
    for field, kind in zip(schema.names, schema.types, strict=True):
        if field in columns and field + CHINESE not in columns and field + CHINESE in schema.names:
            numbers, texts = _number(columns[field])
            again, chinese = _number([tuple(map(to_chinese, texts))])
            made[field] = _spell(numbers, texts, kind)
            made[field + CHINESE] = _spell(np.append(again, -1)[numbers], chinese, kind)
        elif field in columns and pa.types.is_dictionary(kind):
            made[field] = _spell(*_number(columns[field]), kind)
        elif field in columns:
            made[field] = pa.array([*chain.from_iterable(columns[field])], kind)
    return pa.Table.from_arrays([made[field] for field in schema.names], schema=schema)


def _number(runs: Iterable[tuple]) -> tuple[np.ndarray, list[str]]:
    """Number texts in the order in which they are met, none is -1; most runs of them were met before."""
    numbers: dict[str | None, int] = defaultdict(count().__next__, {None: -1})
    known: dict[tuple, np.ndarray] = {}
    found = []
    for run in runs:
        if (one := known.get(run)) is None:
            one = known[run] = np.fromiter(map(numbers.__getitem__, run), np.int32, len(run))
        found.append(one)
    return np.concatenate(found), [*numbers][1:]


def _spell(numbers: np.ndarray, texts: Sequence[str], kind: pa.DataType) -> pa.Array:
    coded = pa.DictionaryArray.from_arrays(pa.array(numbers, mask=numbers < 0), pa.array(texts, pa.string()))
    return coded if pa.types.is_dictionary(kind) else coded.dictionary_decode()


def in_chinese(texts: Sequence[str | None]) -> list[str | None]:
    """Say texts in Chinese, each once; what is not said in two languages stays as it is."""
    known = {text: to_chinese(text) for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def said_in(line: Mapping[str, str], name: str) -> Said:
    """The sentence in a column of a published table, with the Chinese of the column beside it."""
    return Said(line[name], line.get(name + CHINESE) or line[name])
