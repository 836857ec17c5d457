"""The published tables: rows to Parquet, and the codebook.

In: `Result`s. Out: a folder with one folder of Parquet a table. Next: `published`, what reads Parquet.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import repeat
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset.dictionary import codebook, severities
from govtables.dataset.flags import flag_cells
from govtables.dataset.parts import describe_part, write_listed
from govtables.dataset.schema import COUNT, SCHEMAS, Tables, to_table
from govtables.dataset.swap import replace_folder
from govtables.records import Finding, Flag

PART = "part-0.parquet"
RECORDS = ("issuers", "sections", "checks", "bounds", "proposals", "decisions", "statements", "ledger")
FLAGGED_BY = ("cells", "proposals", "findings")
HELD = ("cells", "bounds")  # until other reports have spoken


def to_tables(results: Iterable) -> Tables:
    """Turn results into Arrow tables with the published schemas."""
    results = list(results)
    made = {name: to_table(name, _records(results, name)) for name in RECORDS}
    flags = [flag for result in results for flag in flag_cells(*map(result.records, FLAGGED_BY))]
    columns = dict(zip(Flag._fields, zip(*flags, strict=True), strict=False))
    made["cells"] = to_table("cells", _records(results, "cells"), **columns)
    made["reports"] = pa.Table.from_pylist([result.report() for result in results], SCHEMAS["reports"])
    made["findings"] = findings_table(_records(results, "findings"))
    return {name: made[name] for name in SCHEMAS if name in made}


def _records(results: Sequence, name: str) -> Iterator[tuple[str, tuple]]:
    """Records of one table of all results, each with its report."""
    for result in results:
        yield from zip(repeat(result.name), result.records(name), strict=False)


def findings_table(findings: Iterable[tuple[str, Finding]]) -> pa.Table:
    """Turn findings, each with its report, into the published table."""
    known, findings = severities(), list(findings)
    return to_table("findings", findings, severity=[known[finding.kind] for _, finding in findings])


class Publication:
    """Tables that are being written, batch by batch."""

    def __init__(self, folder: Path, files: ExitStack) -> None:
        self.writers: dict[str, pq.ParquetWriter] = {}
        for name, schema in SCHEMAS.items():
            (folder / name).mkdir(parents=True)
            writer = pq.ParquetWriter(folder / name / PART, schema, compression="zstd")
            self.writers[name] = files.enter_context(writer)
        self.reports: list[pa.Table] = []
        self.findings: Counter[str] = Counter()
        self.held: list[Path] = []
        self.folder = folder

    def hold(self, tables: Tables) -> None:
        """Add one batch, but keep its cells and bounds for `release`."""
        self.held.append(self.folder / f"held-{len(self.held)}")
        self.held[-1].mkdir()
        for name in HELD:
            pq.write_table(tables.pop(name), self.held[-1] / name)
        self.write(tables)

    def release(self, change: Callable[[Tables], Tables]) -> None:
        """Write what `change` makes of the cells and bounds that were kept, batch by batch."""
        for folder in self.held:
            self.write(change({name: pq.read_table(folder / name) for name in HELD}))
            shutil.rmtree(folder)

    def write(self, tables: Tables) -> None:
        """Add one batch to each table; `reports` waits for the count of its findings."""
        if "findings" in tables:
            self.findings.update(tables["findings"]["report_id"].to_pylist())
        for name, table in tables.items():
            if name == "reports":
                self.reports.append(table)
            else:
                self.writers[name].write_table(table)

    def complete(self) -> None:
        """Write what waited until all else was known."""
        reports = pa.concat_tables([SCHEMAS["reports"].empty_table(), *self.reports])
        counts = pa.array([self.findings[name] for name in reports["report_id"].to_pylist()], COUNT)
        at = reports.schema.get_field_index("n_findings")
        self.writers["reports"].write_table(reports.set_column(at, "n_findings", counts))
        book = pa.Table.from_pandas(codebook(), SCHEMAS["codebook"], preserve_index=False)
        self.writers["codebook"].write_table(book)
        for writer in self.writers.values():
            writer.close()
        write_listed(self.folder, [describe_part(self.folder / name / PART) for name in SCHEMAS])


@contextmanager
def publish(out: Path) -> Iterator[Publication]:
    """Give tables to write, which take the place of the published ones at once when all are complete."""
    for path in (path for name in SCHEMAS for path in (out / name).glob("*") if path.name != PART):
        raise ValueError(f"{path}: is no part of a dataset; choose another folder than {out} for the tables")
    with replace_folder(out, keep=True) as room, ExitStack() as files:
        publication = Publication(room / "new", files)
        yield publication
        publication.complete()
