"""The published tables: rows to Parquet, in parts.

In: `Result`s, tables. Out: a folder with one folder of Parquet a table. Next: `published`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govtables.dataset.dictionary import codebook, severities
from govtables.dataset.flags import flag_cells
from govtables.dataset.parts import Part, describe_part, write_listed
from govtables.dataset.schema import SCHEMAS, Tables, stack, to_table
from govtables.declared import mistake
from govtables.records import Finding, Flag

PART = "part-{}.parquet"
ROWS = 50_000  # of a row group
RECORDS = (
    "cells", "issuers", "sections", "checks", "bounds", "proposals", "decisions", "statements", "ledger",
)
FLAGGED_BY = ("cells", "proposals", "findings")


def to_tables(results: Iterable, reports: Sequence[Mapping] = ()) -> Tables:
    """Turn results into Arrow tables with the published schemas; `reports` has their rows, if known."""
    results = list(results)
    flags = [flag_cells(*map(result.records, FLAGGED_BY)) for result in results if result.cells]
    runs = zip(*(zip(*some, strict=True) for some in flags), strict=True)
    beside = {"cells": dict(zip(Flag._fields, runs, strict=False))}
    made = {
        name: stack(name, [(one.name, one.records(name)) for one in results], **beside.get(name, {}))
        for name in RECORDS
    }
    rows = [*reports] or [result.report() for result in results]
    made["reports"] = pa.Table.from_pylist(rows, SCHEMAS["reports"])
    made["findings"] = findings_table((result.name, one) for result in results for one in result.findings)
    return {name: made[name] for name in SCHEMAS if name in made}


def findings_table(findings: Iterable[tuple[str, Finding]]) -> pa.Table:
    """Turn findings, each with its report, into the published table."""
    known, findings = severities(), list(findings)
    return to_table("findings", findings, severity=[known[finding.kind] for _, finding in findings])


def write_table(folder: Path, file: str, table: pa.Table) -> Part:
    """Write a file of a table into its folder: the same rows give the same bytes, wherever they come from."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = [field.name for field in table.schema if not pa.types.is_dictionary(field.type)]
    options = dict.fromkeys(("write_batch_size", "max_rows_per_page"), ROWS) | {"write_statistics": plain}
    with pq.ParquetWriter(folder / file, table.schema, compression="zstd", **options) as writer:
        if len(table):
            columns = [_in_order_of_rows(column.chunk(0)) for column in table.combine_chunks().columns]
            table = pa.Table.from_arrays(columns, schema=table.schema)
            writer.write_table(table, row_group_size=ROWS)
    return describe_part(folder / file)


def _in_order_of_rows(column: pa.Array) -> pa.Array:
    """Let texts that are kept once stand in the order in which they are met, and no others."""
    if not pa.types.is_dictionary(column.type):
        return column
    met = column.indices.drop_null().unique()
    if met.equals(pa.array(range(len(column.dictionary)), met.type)):
        return column
    return pa.DictionaryArray.from_arrays(pc.index_in(column.indices, met), column.dictionary.take(met))


def keep_tables(path: Path, tables: Tables) -> None:
    """Put tables into one file, for a process that reads them soon."""
    with pa.OSFile(str(path), "wb") as file:
        for name, table in tables.items():
            table = table.replace_schema_metadata({"table": name})
            with pa.ipc.new_stream(file, table.schema) as stream:
                stream.write_table(table)


def open_tables(path: Path) -> Iterator[tuple[str, pa.Table]]:
    """The tables of such a file, each under its name."""
    with pa.memory_map(str(path)) as file:
        while file.tell() < file.size():
            table = pa.ipc.open_stream(file).read_all()
            yield table.schema.metadata[b"table"].decode(), table.replace_schema_metadata()


def complete(folder: Path, parts: list[Part]) -> None:
    """Write what is the same whatever the reports, and empty tables that have no part, and list all files."""
    known = {part.table for part in parts}
    rest = {name: schema.empty_table() for name, schema in SCHEMAS.items() if name not in known}
    rest["codebook"] = pa.Table.from_pandas(codebook(), SCHEMAS["codebook"], preserve_index=False)
    written = [write_table(folder / name, PART.format(0), table) for name, table in rest.items()]
    write_listed(folder, [*parts, *written])


def refuse_others(out: Path) -> None:
    """Raise if something lies in the folder of a table that is no part of it, and would be lost."""
    for path in (path for name in SCHEMAS for path in (out / name).glob("*")):
        if not fnmatch(path.name, PART.format("*")):
            raise mistake("dataset.foreign", path=path, folder=out)
