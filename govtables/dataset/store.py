"""The published tables: rows to Parquet and back, and the codebook.

In: `Result`s. Out: a folder with one folder of Parquet a table. Next: `source`, notebooks, what reads
Parquet.
"""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govtables.dataset.dictionary import codebook, severities
from govtables.dataset.flags import flag_cells
from govtables.dataset.schema import COUNT, SCHEMAS, Tables, to_table
from govtables.records import Finding, Flag

BUILD = b"govtables.build"
PART = "part-0.parquet"
COMPLETE = ".complete"
RECORDS = ("issuers", "sections", "checks", "bounds", "proposals", "statements", "lines")
FLAGGED_BY = ("cells", "proposals", "findings")
HELD = ("cells", "bounds")  # until other reports have spoken


@dataclass(frozen=True, slots=True)
class Dataset:
    """The published tables as data frames, each under its name; `folder` is where they were read from."""

    folder: Path
    cells: pd.DataFrame
    reports: pd.DataFrame
    issuers: pd.DataFrame
    sections: pd.DataFrame
    checks: pd.DataFrame
    bounds: pd.DataFrame
    proposals: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame
    indicators: pd.DataFrame
    lines: pd.DataFrame
    codebook: pd.DataFrame

    def _repr_html_(self) -> str:
        sizes = pd.DataFrame({"rows": {name: len(getattr(self, name)) for name in SCHEMAS}})
        columns = [
            "report_id", "issuer", "year", "generation", "n_reported", "n_blank", "n_findings", "error",
        ]
        return sizes.T._repr_html_() + self.reports[columns].head(20)._repr_html_()


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
        yield from ((result.name, record) for record in result.records(name))


def findings_table(findings: Iterable[tuple[str, Finding]]) -> pa.Table:
    """Turn findings, each with its report, into the published table."""
    known, findings = severities(), list(findings)
    return to_table("findings", findings, severity=[known[finding.kind] for _, finding in findings])


class Publication:
    """Write tables beside the published ones and put them in place, each at once, when all are complete."""

    def __init__(self, out: Path, inputs: bytes = b"") -> None:
        self.out, self.partial = out, out / f".building-{os.getpid()}"
        self.writers: dict[str, pq.ParquetWriter] = {}
        self.reports: list[pa.Table] = []
        self.findings: Counter[str] = Counter()
        self.held: list[Path] = []
        self.build = hashlib.sha256(
            repr(SCHEMAS).encode() + inputs
        )  # with the documents, all that the tables depend on

    def __enter__(self) -> "Publication":
        if self.out.exists() and not self.out.is_dir():
            raise ValueError(f"{self.out}: is a file; name a folder for the dataset")
        for path in (path for name in SCHEMAS for path in (self.out / name).glob("*") if path.name != PART):
            raise ValueError(
                f"{path}: is no part of a dataset; choose another folder than {self.out} for the tables"
            )
        self.out.mkdir(parents=True, exist_ok=True)
        for stale in self.out.glob(".building-*"):
            shutil.rmtree(stale)
        _put_in_place(self.out)
        self.partial.mkdir()
        self.writers = {name: self._writer(name) for name in SCHEMAS}
        return self

    def _writer(self, name: str) -> pq.ParquetWriter:
        return pq.ParquetWriter(self.partial / f"{name}.parquet", SCHEMAS[name], compression="zstd")

    def hold(self, tables: Tables) -> None:
        """Add one batch, but keep its cells and bounds for `release`."""
        self.held.append(self.partial / f"held-{len(self.held)}")
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

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if not failed:
            self._write_reports()
            self.writers["codebook"].write_table(
                pa.Table.from_pandas(codebook(), SCHEMAS["codebook"], preserve_index=False)
            )
        for writer in self.writers.values():
            writer.add_key_value_metadata({BUILD: self.build.hexdigest()})
            writer.close()
        if not failed:
            os.replace(self.partial, self.out / COMPLETE)
            _put_in_place(self.out)
        shutil.rmtree(self.partial, ignore_errors=True)

    def _write_reports(self) -> None:
        reports = pa.concat_tables([SCHEMAS["reports"].empty_table(), *self.reports])
        for sha256 in reports["sha256"].to_pylist():
            self.build.update(sha256.encode())
        counts = pa.array([self.findings[name] for name in reports["report_id"].to_pylist()], COUNT)
        at = reports.schema.get_field_index("n_findings")
        self.writers["reports"].write_table(reports.set_column(at, "n_findings", counts))


def _put_in_place(out: Path) -> None:
    """Move the tables of a complete build into place; what a stopped run left undone is done by the next
    call.
    """
    for file in sorted((out / COMPLETE).glob("*.parquet")):
        (out / file.stem).mkdir(exist_ok=True)
        os.replace(file, out / file.stem / PART)
    shutil.rmtree(out / COMPLETE, ignore_errors=True)


def load(out: str | Path) -> Dataset:
    """Read a published dataset; an error names what is missing.

    If a run was stopped while it put its tables in place, the rest is put in place first.

    >>> data = load("data/parquet")
    >>> len(data.reports), len(data.cells)
    (5, 1000)
    """
    out = Path(out)
    _put_in_place(out)
    missing = [name for name in SCHEMAS if not (out / name).is_dir()]
    if missing:
        raise ValueError(
            f"{out}: no dataset here (missing: {', '.join(missing)}); make one with govtables build RAW {out}"
        )
    metadata = {name: _read_part(out, name, pq.read_metadata) for name in SCHEMAS}
    if len({(one.metadata or {}).get(BUILD) for one in metadata.values()}) > 1:
        raise ValueError(f"{out}: tables of different builds; run govtables build RAW {out} again")
    columns = {name: one.schema.to_arrow_schema().names for name, one in metadata.items()}
    if other := next((name for name in SCHEMAS if columns[name] != SCHEMAS[name].names), None):
        raise ValueError(
            f"{out / other}: has other columns than this version writes; run govtables build RAW {out} again"
        )
    return Dataset(out, **{name: _read_part(out, name, pd.read_parquet) for name in SCHEMAS})


def _read_part(out: Path, name: str, read: Callable) -> Any:
    try:
        return read(out / name / PART)
    except (OSError, pa.ArrowException) as problem:
        raise ValueError(
            f"{out / name / PART}: missing or damaged ({problem}); run govtables build RAW {out} again"
        ) from None
